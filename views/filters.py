"""What the reader asked to see: which rows pass, the same in words, and what stands in the way.

The frame of events stays whole, so that the map keeps its rows; a filter is one flag a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from typing import Any

import numpy as np
import pandas as pd

from incidents import overlap
from model import EventKind, Precision, ReviewState
from views import tables, wording

NOT_STATED = "not stated"
SEARCHED = ("title", "outlet", "place_text", "place_name", "actor", "weapon", "kind")
MAX_WORDS = 80  # characters of the search field

Flags = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The reader's filter; an empty field asks for nothing."""

    first_day: date | None = None
    last_day: date | None = None
    kinds: frozenset[EventKind] = frozenset()
    actors: frozenset[str] = frozenset()  # country codes of who did it, "" = not stated
    countries: frozenset[str] = frozenset()  # country codes of where it was, "" = not stated
    units: frozenset[str] = frozenset()  # codes of provinces, as the gazetteer writes them, "" = not stated
    weapons: frozenset[str] = frozenset()  # as ``weapon_name``, "" = not stated
    claims: frozenset[str] = frozenset()
    reviews: frozenset[ReviewState] = frozenset()  # none chosen: all but what an analyst rejected
    precision: Precision | None = None  # this exact or better
    killed: int = 0  # at least so many, by the figure said
    injured: int = 0
    words: str = ""


def prepare(frame: pd.DataFrame) -> pd.DataFrame:
    """The events with what every filter and total would else work out anew.

    Days are time stamps, words are folded for the search, places and days are numbered (``incidents.overlap``);
    ``weapon_name`` is the weapon without case and number: "Drones" and "drone" are one.
    """
    days = {name: pd.to_datetime(frame[name]) for name in ("first_day", "last_day", "best_day")}
    named = frame["weapon"].fillna("").map(weapon_name)
    return overlap.number_tellings(frame.assign(**days, searched=_searched(frame), weapon_name=named))


def weapon_name(words: str) -> str:
    """A weapon as reports write it, without case and plural; names like "S-300" and "HIMARS" stay as they are."""
    if words[1:] != words[1:].lower() or any(sign.isdigit() for sign in words):
        return words
    return re.sub(r"(?<=[a-rt-z])s$", "", words.lower())


def keep(frame: pd.DataFrame, wanted: Wanted) -> Flags:
    """One flag a row: does it pass? Undated events pass only where no days are asked for."""
    flags = np.ones(len(frame), dtype=bool)
    for part in _parts(wanted):
        flags &= part.passes(frame)
    return flags


def in_words(wanted: Wanted, names: Mapping[str, str], *, rejected: int = 0) -> str:
    """The filter as one sentence: "Missile strike, by Russia, 28–30 December 2023". Holds words of the reader.

    Args:
        wanted: the filter.
        names: names of countries and provinces by code.
        rejected: how many events an analyst rejected; said where the filter leaves them out.
    """
    said = [part.words(names) for part in _parts(wanted) if part.name != "unrejected"]
    left_out = f", without {rejected:,} rejected on review" if rejected and not wanted.reviews else ""
    return (", ".join(said) or "All events") + left_out


def rejected(frame: pd.DataFrame) -> int:
    """How many events an analyst rejected."""
    return int((frame["review"] == ReviewState.REJECTED.value).sum())


def obstacles(frame: pd.DataFrame, wanted: Wanted, names: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    """For each part of the filter, how many events would show without it; what helps most comes first."""
    found = []
    for part in _parts(wanted):
        others = [other for other in _parts(wanted) if other.name != part.name]
        flags = np.ones(len(frame), dtype=bool)
        for other in others:
            flags &= other.passes(frame)
        if part.name != "unrejected" or flags.any():
            found.append((part.words(names), int(flags.sum())))
    return tuple(sorted(found, key=lambda pair: -pair[1]))


def without_days(wanted: Wanted) -> Wanted:
    """The same filter for all days: the map is told its days apart."""
    return replace(wanted, first_day=None, last_day=None)


def positions(frame: pd.DataFrame, ids: Sequence[str]) -> np.ndarray[Any, np.dtype[np.intp]]:
    """Where in the frame the events of these ids stand (``Payload.ids``); all of them must be there."""
    found: np.ndarray[Any, np.dtype[np.intp]] = pd.Index(frame["event_id"].to_numpy()).get_indexer(pd.Index(ids))
    return found


def counts(frame: pd.DataFrame, column: str) -> dict[str, int]:
    """How often each value of a column comes, most frequent first; missing values count as ""."""
    counted = frame[column].fillna("").astype(str).value_counts()
    return {str(value): int(n) for value, n in counted.items()}


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    passes: Callable[[pd.DataFrame], Flags]
    words: Callable[[Mapping[str, str]], str]


def _parts(wanted: Wanted) -> Iterator[_Part]:
    yield from _one_of("kinds", "kind", frozenset(map(str, wanted.kinds)), lambda _: _kinds(wanted.kinds))
    yield from _one_of("actors", "actor_country", wanted.actors, lambda names: _listed("by", wanted.actors, names))
    yield from _one_of("countries", "country", wanted.countries, lambda names: _listed("in", wanted.countries, names))
    yield from _one_of("units", "admin1", wanted.units, lambda names: _listed("in", wanted.units, names))
    yield from _one_of("weapons", "weapon_name", wanted.weapons, lambda _: _listed("with", wanted.weapons, {}))
    yield from _one_of("claims", "claim_status", wanted.claims, lambda _: _listed("told as", wanted.claims, {}))
    yield _reviewed(wanted.reviews)
    if (worst := wanted.precision) is not None:
        yield _Part(
            "precision",
            lambda f: _as_flags(pd.to_numeric(f["precision"]).fillna(int(Precision.UNRESOLVED)) <= int(worst)),
            lambda _: f"placed to {wording.PRECISION[worst]} or better",
        )
    for name in ("killed", "injured"):
        if least := getattr(wanted, name):
            yield _at_least(name, least)
    if wanted.words.strip():
        yield _Part("words", lambda f: _mentions(f, wanted.words), lambda _: f"with ‘{wanted.words.strip()}’")
    if wanted.first_day is not None and wanted.last_day is not None:
        first, last = wanted.first_day, wanted.last_day
        yield _Part("days", lambda f: _within(f, first, last), lambda _: wording.days(first, last))


def _one_of(
    name: str, column: str, values: frozenset[str], words: Callable[[Mapping[str, str]], str]
) -> Iterator[_Part]:
    """The part that asks for one of these values of a column; none where no value is asked for."""
    if values:
        yield _Part(name, lambda f: _among(f, column, values), words)


def _reviewed(states: frozenset[ReviewState]) -> _Part:
    """Where nothing is asked, what an analyst called a misreading is left out."""
    if not states:
        return _Part(
            "unrejected",
            lambda f: ~_among(f, "review", frozenset({ReviewState.REJECTED.value})),
            lambda _: "not rejected",
        )
    words = "reviewed as " + _either(sorted(states - {ReviewState.NOT_REVIEWED}))
    if ReviewState.NOT_REVIEWED in states:
        words = "not reviewed" if len(states) == 1 else f"not reviewed, or {words}"
    return _Part("reviews", lambda f: _among(f, "review", frozenset(str(state) for state in states)), lambda _: words)


def _at_least(column: str, least: int) -> _Part:
    return _Part(column, lambda f: _as_flags(tables.figures(f, column) >= least), lambda _: f"{least} or more {column}")


def _among(frame: pd.DataFrame, column: str, values: frozenset[str]) -> Flags:
    return _as_flags(frame[column].fillna("").astype(str).isin(values))


def _within(frame: pd.DataFrame, first: date, last: date) -> Flags:
    days = frame[["first_day", "last_day"]].apply(pd.to_datetime)
    overlaps = (days["first_day"] <= pd.Timestamp(last)) & (days["last_day"] >= pd.Timestamp(first))
    return _as_flags(overlaps)


def _mentions(frame: pd.DataFrame, words: str) -> Flags:
    flags = np.ones(len(frame), dtype=bool)
    text = frame["searched"] if "searched" in frame else _searched(frame)
    for word in words[:MAX_WORDS].casefold().split():
        flags &= _as_flags(text.str.contains(word, regex=False))
    return flags


def _searched(frame: pd.DataFrame) -> pd.Series[Any]:
    columns = [frame[name].fillna("").astype("str").str.casefold() for name in SEARCHED]
    return reduce(lambda left, right: left + "\n" + right, columns)


def _as_flags(column: pd.Series[Any]) -> Flags:
    return np.asarray(column.fillna(value=False).to_numpy(), dtype=bool)


def _kinds(kinds: frozenset[EventKind]) -> str:
    return _either([wording.kind_words(kind).lower() for kind in sorted(kinds)]).capitalize()


def _listed(before: str, values: frozenset[str], names: Mapping[str, str]) -> str:
    return f"{before} {_either(sorted(names.get(value, value) or NOT_STATED for value in values))}"


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
