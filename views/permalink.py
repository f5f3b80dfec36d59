"""What the address of a page asks for: a filter, an event, a view of the map. Read strictly, written in one way only.

An address comes from anywhere. What is not valid in it is ignored as if it were not there, and named by its key; of a
list the valid values stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from views.filters import MAX_WORDS

LISTS = ("kind", "weapon", "actor", "country", "unit", "claim", "review")
DEFAULTS: Mapping[str, Any] = {
    **{key: [] for key in LISTS},
    "precision": None,
    "killed": 0,
    "injured": 0,
    "q": "",
    "dates": None,  # all days
}
"""Keys of the filter, each also the name of its parameter, with what stands for "no filter"."""

KEYS = (*DEFAULTS, "event", "map")
MOST = 1_000_000  # people; the top of the two number fields
MOST_VALUES = 60  # of one parameter; more are not looked at

Days = tuple[date, date]
View = tuple[float, float, int]
Words = Mapping[str, Mapping[str, Any]]
"""The words that stand for the values of a list or choice: by key, then by word."""

_EVENT_ID = re.compile(r"[0-9a-f]{16}-[0-9]{1,9}", re.ASCII)
_VIEW = re.compile(r"(\d{1,2})/(-?\d{1,2}(?:\.\d{1,6})?)/(-?\d{1,3}(?:\.\d{1,6})?)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MICROSECONDS = re.compile(r"-?\d{1,17}", re.ASCII)  # how addresses of earlier versions held days
_COUNT = re.compile(r"\d{1,7}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for."""

    chosen: Mapping[str, Any]  # a value for every key of DEFAULTS
    event: str | None
    view: View | None  # latitude, longitude, zoom
    ignored: tuple[str, ...]  # keys of what was not valid, wholly or in part


def read(parameters: Mapping[str, Sequence[str]], words: Words, ends: Days) -> Asked:
    """What these parameters ask for.

    Args:
        parameters: every value of each parameter, as ``st.query_params.get_all`` gives them.
        words: the words for the values of ``LISTS`` and of "precision".
        ends: first and last day of the data; days beyond them are cut off.
    """
    ignored: list[str] = []

    def take(key: str, parse: Callable[[list[str]], tuple[Any, bool]]) -> Any:  # noqa: ANN401
        given = [value for value in parameters.get(key, ())[: MOST_VALUES + 1] if value]
        if not given:
            return DEFAULTS.get(key)
        value, whole = parse(given)
        if not whole:
            ignored.append(key)
        return value

    chosen: dict[str, Any] = {key: take(key, partial(_listed, words[key])) for key in LISTS}
    for key, parse in (("precision", words["precision"].get), ("killed", _count), ("injured", _count), ("q", _search)):
        chosen[key] = take(key, partial(_single, parse, DEFAULTS[key]))
    chosen["dates"] = take("dates", partial(_days, ends))
    event, view = (
        take(key, partial(_single, parse, None)) for key, parse in (("event", event_id), ("map", parse_view))
    )
    return Asked(chosen, event, view, tuple(ignored))


def write(chosen: Mapping[str, Any], event: str | None, words: Words) -> list[tuple[str, str]]:
    """Parameters and values that ask for this filter and event; what is at its default is not said."""
    said = [(key, word) for key in LISTS for word, value in words[key].items() if value in chosen[key]]
    if chosen["precision"] is not None:
        said += [("precision", word) for word, value in words["precision"].items() if value == chosen["precision"]]
    said += [(key, str(chosen[key])) for key in ("killed", "injured", "q") if chosen[key]]
    said += [("dates", day.isoformat()) for day in chosen["dates"] or ()]
    return said if event is None else [*said, ("event", event)]


def event_id(text: str) -> str | None:
    """The text, if it is formed like the id of an event."""
    return text if _EVENT_ID.fullmatch(text) else None


def parse_view(text: str) -> View | None:
    """Reads "zoom/lat/lon"; ``None`` unless all three are numbers within the world."""
    match = _VIEW.fullmatch(text)
    if match is None:
        return None
    zoom, lat, lon = int(match[1]), float(match[2]), float(match[3])
    return (lat, lon, zoom) if zoom <= 20 and abs(lat) <= 85 and abs(lon) <= 180 else None


def write_view(view: View) -> str:
    """The view as ``parse_view`` reads it, and as the map writes it."""
    lat, lon, zoom = view
    return f"{zoom}/{lat:.3f}/{lon:.3f}"


def _listed(words: Mapping[str, Any], given: list[str]) -> tuple[list[Any], bool]:
    known = [words[word] for word in dict.fromkeys(given) if word in words]
    return known, len(given) <= MOST_VALUES and all(word in words for word in given)


def _single(parse: Callable[[str], Any], default: Any, given: list[str]) -> tuple[Any, bool]:  # noqa: ANN401
    value = parse(given[0]) if len(given) == 1 else None
    return (default, False) if value is None else (value, True)


def _count(text: str) -> int | None:
    return int(text) if _COUNT.fullmatch(text) and int(text) <= MOST else None


def _search(text: str) -> str | None:
    return text if len(text) <= MAX_WORDS and text.isprintable() else None


def _days(ends: Days, given: list[str]) -> tuple[Days | None, bool]:
    days = [_day(text) for text in given]
    known = sorted(day for day in days if day is not None)
    if len(given) != 2 or len(known) != 2 or known[0] > ends[1] or known[1] < ends[0]:
        return None, False
    cut = (max(known[0], ends[0]), min(known[1], ends[1]))
    return None if cut == ends else cut, list(cut) == known


def _day(text: str) -> date | None:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        if _MICROSECONDS.fullmatch(text):
            return datetime.fromtimestamp(int(text) / 1e6, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
    return None
