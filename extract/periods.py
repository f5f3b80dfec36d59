"""Counts of more than one attack: "since 2013", "over the past year", "the war has killed", "so far this year".

Such a count stands in most reports beside that of the attack they tell of, and must not take its place.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from dataclasses import dataclass, replace

from extract.clauses import FARTHEST_SINCE, Clauses
from extract.harm import begins_harm
from extract.people import role
from model import Span, Tally, Toll

NO_SINGLE_ATTACK = 5_000  # killed or wounded; more than any one attack of these wars has done
FARTHEST_BEST = 8  # tokens from "deadliest" to its "since"
FARTHEST_PERIOD = 60  # tokens between a count and its period
MOST_PERIODS = 8  # of one sentence
FARTHEST_WAR = 20  # tokens from "the war" to what it "has killed"
_OPENERS = frozenset({"since", "past", "last", "previous", "so", "this", "between", "in", "during", "of", "the"})
_YEARS = range(1900, 2100)
_STOPS = frozenset({";", "—", "–", "while", "but", "whereas", "when", "which", "who", "whose", "after", "before", "as"})


@dataclass(frozen=True, slots=True)
class _Period:
    """Words that say how long a count goes back; indexes are of tokens."""

    first: int
    stop: int
    tally: Tally
    since: bool = False
    ahead: bool = False  # only of what follows: "since March, when 60 people died"


def mark_periods(clauses: Clauses, tolls: list[Toll]) -> list[Toll]:
    """The tolls of a sentence, those of a long time marked ``WIDER``, those of the last hours or days ``LATELY``."""
    periods = _find_periods(clauses) if tolls else []
    return [_marked(clauses, toll, periods) for toll in tolls]


def _marked(clauses: Clauses, toll: Toll, periods: list[_Period]) -> Toll:
    if toll.count.figure >= NO_SINGLE_ATTACK:
        return replace(toll, tally=Tally.WIDER)
    if not toll.count.figure:
        return toll
    first, stop = _tokens_of(clauses, toll.span)
    if _of_a_war(clauses, first):
        return replace(toll, tally=Tally.WIDER)
    for period in periods:
        if _covers(clauses, period, first, stop):
            return replace(toll, tally=period.tally)
    return toll


def _tokens_of(clauses: Clauses, span: Span) -> tuple[int, int]:
    first, stop = bisect_left(clauses.starts, span.start), bisect_left(clauses.starts, span.end)
    return (first, stop) if first < stop else (0, 0)


def _find_periods(clauses: Clauses) -> list[_Period]:
    starts = [i for i, word in enumerate(clauses.lowers) if word in _OPENERS]
    found = (period for i in starts if (period := _period_at(clauses, i)) is not None)
    return list(itertools.islice(found, MOST_PERIODS))


def _period_at(clauses: Clauses, i: int) -> _Period | None:
    word = clauses.word(i)
    if word == "since":
        when = next((j for j in range(i + 2, i + FARTHEST_SINCE) if clauses.word(j) in {"when", "which"}), None)
        if when is not None:
            return _Period(i, when + 1, Tally.WIDER, ahead=True)
        return _Period(i, i + 2, Tally.WIDER, since=True) if _looks_back(clauses, i) else None
    lasting = clauses.word(i - 1) in {"the", "these"} and clauses.word(i - 2) in role("preposition")
    if word in {"past", "last", "previous"} and lasting:
        for j in range(i + 1, i + 4):
            if clauses.word(j) in role("long span"):
                return _Period(i - 2, j + 1, Tally.WIDER)
            if clauses.word(j) in role("short span"):
                return _Period(i - 2, j + 1, Tally.LATELY)
        return None
    if word == "so" and clauses.word(i + 1) == "far" and clauses.word(i + 2) in {"this", "in"}:
        return _Period(i, i + 4, Tally.WIDER)
    if word == "this" and clauses.word(i + 1) == "year":
        return _Period(i, i + 2, Tally.WIDER, since=True)
    if word == "between" and clauses.word(i + 1) in {"the", "noon", "midnight"} | role("calendar"):
        return _between_days(clauses, i)
    if word == "between" and clauses.word(i + 1).isdigit():
        return _between_days(clauses, i)
    if word in {"in", "during", "of"} and _is_year(clauses, i + 1) and clauses.word(i - 1) not in role("begun"):
        return _Period(i, i + 2, Tally.WIDER)
    if word == "the" and _is_year(clauses, i + 1) and clauses.token(i + 2).word:
        return _Period(i, i + 2, Tally.WIDER)
    return None


def _between_days(clauses: Clauses, i: int) -> _Period | None:
    """Reads "between the afternoons of 10 and 12 April"."""
    month = next((j for j in range(i + 2, i + 11) if clauses.word(j) in role("calendar")), None)
    both = month is not None and any(clauses.word(j) == "and" for j in range(i + 2, month + 3))
    return _Period(i, month + 1, Tally.LATELY) if month is not None and both else None


def _looks_back(clauses: Clauses, i: int) -> bool:
    """True for "since January", not for "has since died", "since dawn", "the deadliest since January"."""
    if clauses.word(i - 1) in role("have") or clauses.word(i - 1) in role("aux"):
        return False
    if i + 1 >= len(clauses.tokens) or begins_harm(clauses.tokens, i + 1):
        return False
    before = {clauses.word(j) for j in range(max(0, i - FARTHEST_BEST), i)}
    if before & role("superlative"):
        return False
    for j in range(i + 1, i + 7):
        if clauses.word(j) in role("recent"):
            return False
        if clauses.word(j) in {",", ";", "."}:
            return True
    return True


def _is_year(clauses: Clauses, i: int) -> bool:
    word = clauses.word(i)
    return len(word) == 4 and word.isdigit() and int(word) in _YEARS


def _covers(clauses: Clauses, period: _Period, first: int, stop: int) -> bool:
    """True where nothing parts a period from a count, and the verb can look back: "have killed ... since"."""
    ahead = period.stop <= first
    if period.ahead and not ahead:
        return False
    between = range(period.stop, first) if ahead else range(stop, period.first)
    if len(between) > FARTHEST_PERIOD or any(clauses.word(j) in _STOPS for j in between):
        return False
    if not period.since or not begins_harm(clauses.tokens, first):
        return True
    perfect = any(clauses.word(j) in role("have") for j in range(first - 3, first))
    return perfect or (ahead and all(clauses.word(j) != "," for j in between))


def _of_a_war(clauses: Clauses, first: int) -> bool:
    """True after "the war has killed", "the insurgency, which began in 2009, has cost"."""
    have = role("have")
    perfect = next((j for j in (first - 1, first - 2, first - 3) if clauses.word(j) in have), None)
    if perfect is None:
        return False
    for j in range(perfect - 1, max(-1, perfect - FARTHEST_WAR), -1):
        if clauses.word(j) in role("war"):
            after = clauses.word(j + 1)
            return after in {",", "which", "that"} or after in role("have") or after in role("preposition")
    return False
