"""The words of ``lists/days.tsv``, ready for regular expressions: months, weekdays, numbers, feasts, cue words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from extract.wordlist import Row, alternation, read_list

KINDS = (
    "month",
    "weekday",
    "number",
    "vague number",
    "feast",
    "part",
    "speech",
    "attribution",
    "future",
    "background",
    "no day",
    "happening",
)


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """Each mapping goes from a case-folded word to what it stands for; each pattern matches any of its words."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]  # 0 = Monday
    numbers: Mapping[str, int]
    vague_numbers: Mapping[str, int]
    feasts: Mapping[str, tuple[int, int]]  # month, day
    patterns: Mapping[str, str]  # kind of word -> regular expression, in lower case

    def number(self, words: str) -> int | None:
        """The number that digits or number words stand for; a vague one counts as its usual size."""
        plain = " ".join(words.casefold().split())
        if plain.isdecimal():
            return int(plain)
        return self.numbers.get(plain, self.vague_numbers.get(plain))

    def is_vague(self, words: str) -> bool:
        """True for "several", "a few"."""
        return " ".join(words.casefold().split()) in self.vague_numbers


@lru_cache(maxsize=1)
def calendar_words() -> CalendarWords:
    """The list, read once.

    Raises:
        WordListError: where a value is no month, weekday, number or feast.
    """
    terms: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    ranges = {"month": range(1, 13), "weekday": range(7), "number": range(1000), "vague number": range(1000)}
    for row in read_list("days", ("terms", "kind", "value")):
        if row["kind"] not in terms:
            raise row.error(f"unknown kind {row['kind']!r}; one of {', '.join(KINDS)}")
        if row["kind"] in ranges and not (row["value"].isdecimal() and int(row["value"]) in ranges[row["kind"]]):
            raise row.error(f"{row['value']!r} is no {row['kind']}")
        if row["kind"] == "feast":
            _month_and_day(row)
        terms[row["kind"]].update((term.strip(), row["value"]) for term in row["terms"].split("|") if term.strip())
    return CalendarWords(
        months=_numbers(terms["month"]),
        weekdays=_numbers(terms["weekday"]),
        numbers=_numbers(terms["number"]),
        vague_numbers=_numbers(terms["vague number"]),
        feasts={term.casefold(): (int(value[:2]), int(value[3:])) for term, value in terms["feast"].items()},
        patterns={kind: alternation(map(str.lower, found)) for kind, found in terms.items()},
    )


def day_or_none(year: int, month: int, day: int) -> date | None:
    """A date, or None where the calendar has no such day or the year is none that news tell of."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if 1800 <= year <= 2200 else None


def full_year(digits: str) -> int:
    """The year of "1990" or "90": two digits mean the years 1950 to 2049."""
    year = int(digits.lstrip("'’"))
    if year >= 100:
        return year
    return year + (1900 if year >= 50 else 2000)


def _numbers(terms: Mapping[str, str]) -> dict[str, int]:
    return {term.casefold(): int(value) for term, value in terms.items()}


def _month_and_day(row: Row) -> None:
    match = re.fullmatch(r"(\d\d)-(\d\d)", row["value"])
    if match is None or day_or_none(2024, int(match[1]), int(match[2])) is None:
        raise row.error(f"{row['value']!r} is no month and day, such as 12-31")
