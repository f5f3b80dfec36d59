"""The shapes in which a day is named, each with the regular expression that finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from extract.calendar_words import CalendarWords
from extract.lower_case import in_lower
from extract.wordlist import alternation


class Form(StrEnum):
    """The shape of a day expression."""

    ISO = "iso"  # 2023-12-30
    NUMERIC = "numeric"  # 30.12.2023
    SLASHED = "slashed"  # on 26/12
    DAY_RANGE = "day range"  # 29-30 December
    MONTH_RANGE = "month range"  # 29 December to 2 January
    WEEKDAY_RANGE = "weekday range"  # from Friday to Sunday
    CALENDAR = "calendar"  # Saturday, 30 December 2023
    TWO_DAYS_OFF = "two days off"  # the day before yesterday
    WINDOW = "window"  # the past 24 hours
    AFTER = "after"  # a day after the strike
    COUNTED = "counted"  # two days later, three weeks ago
    NEIGHBOUR = "neighbour"  # the day before, the next morning
    SAME = "same"  # the same day
    WEEKDAY = "weekday"  # last Friday
    NAMED = "named"  # today, last night, overnight
    WEEKEND = "weekend"
    UNIT = "unit"  # last week, earlier this month
    FEAST = "feast"  # New Year's Eve
    NTH = "nth"  # on the 5th
    MONTH = "month"  # in early December
    YEAR = "year"  # in 2022


@dataclass(frozen=True, slots=True)
class Rule:
    """How one form is found: only around words of the groups ``heads``, of which ``least`` must be near.

    ``left`` and ``right`` are the characters that the expression may reach beyond its head word. A part of the pattern
    named ``core`` is the expression; without one all of the match is.
    """

    form: Form
    heads: frozenset[str]
    left: int
    right: int
    pattern: re.Pattern[str]
    least: int = 1


_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_NTH = r"(?:st|nd|rd|th|-?го|-?е)?"
_YEAR = r"(?:1[89]|20)\d\d"
_TO = r"(?:\s?[-–—/]\s?|\s(?:to|and|until|till|through|or|into|по|до|та|и|і|на)\s|\s?&\s?)"
_THROUGH = r"(?:\s?[-–—]\s?|\s(?:to|until|till|through|into|по|до)\s)"
_OF_YEAR = r"(?:of\s)?(?P<of_year>last|this|next)\syear\b"
_FROM = r"(?:(?:(?P<between>between)|from|с|з)\s)?"


@dataclass(frozen=True, slots=True)
class _Pieces:
    month: str
    weekday: str
    part: str
    number: str
    year: str
    own_year: str  # a year that may follow a day and month
    unit: str
    feast: str


def day_rules(words: CalendarWords) -> tuple[Rule, ...]:
    """The rules in the order in which they are tried: where two share words, the first one has them."""
    pieces = _pieces(words)
    return (
        *_numeric_rules(),
        *_range_rules(pieces),
        *_calendar_rules(pieces),
        *_counted_rules(pieces),
        *_neighbour_rules(),
        *_relative_rules(pieces),
        *_wide_rules(pieces),
        *_slashed_rules(),
    )


def _rule(form: Form, heads: str, reach: tuple[int, int], pattern: str, least: int = 1) -> Rule:
    return Rule(form, frozenset(heads.split()), reach[0], reach[1], in_lower(rf"(?<!\w){pattern}"), least)


def _pieces(words: CalendarWords) -> _Pieces:
    short = {
        term
        for term, month in words.months.items()
        if any(other != term and other.startswith(term) and words.months[other] == month for other in words.months)
    }
    year = rf"(?P<year>{_YEAR})\b(?:\s(?:года|г\.|року|р\.))?"
    brief = r"(?P<short>['’]\d\d\b|\d\d(?=\s{0,2}(?:\(|--|[),.;:]|$)))"  # "19 FEB 90 (EFE)"
    return _Pieces(
        month=rf"(?:{alternation(set(words.months) - short)}(?!\w)|{alternation(short)}(?!\w)\.?)",
        weekday=rf"(?:{words.patterns['weekday']}(?!\w))",
        part=words.patterns["part"],
        number=rf"(?:\d{{1,3}}|{alternation([*words.numbers, *words.vague_numbers])})",
        year=year,
        own_year=rf"(?:,?\s{{1,2}}(?:{year}|{brief}|{_OF_YEAR}))?",
        unit=r"(?P<unit>minute|hour|day|night|week|month|year|decade)s?",
        feast=words.patterns["feast"],
    )


def _numeric_rules() -> Iterator[Rule]:
    yield _rule(
        Form.ISO, "number", (0, 4), rf"(?P<year>{_YEAR})(?P<sep>[-/.])(?P<month>\d\d)(?P=sep)(?P<day>\d\d)(?![\d%])"
    )
    yield _rule(
        Form.NUMERIC,
        "number",
        (1, 4),
        rf"(?<![\d.])(?P<day>\d{{1,2}})(?P<sep>[./-])(?P<month>\d{{1,2}})(?P=sep)(?P<year>{_YEAR}|\d\d)(?![\d%]|[./-]\d)",
    )


def _slashed_rules() -> Iterator[Rule]:
    yield _rule(
        Form.SLASHED, "number", (4, 2), r"(?:on\s|(?<=\())(?P<core>(?P<day>\d{1,2})/(?P<month>\d{1,2}))(?![\d/.])"
    )


def _range_rules(p: _Pieces) -> Iterator[Rule]:
    reach = (36, 36)
    yield _rule(
        Form.MONTH_RANGE,
        "month",
        reach,
        rf"{_FROM}(?P<day>{_DAY}){_NTH}\s(?P<month>{p.month})(?:,?\s(?P<year>{_YEAR}))?{_THROUGH}"
        rf"(?P<day2>{_DAY}){_NTH}\s(?P<month2>{p.month})(?:,?\s(?P<year2>{_YEAR}))?",
        least=2,
    )
    yield _rule(
        Form.MONTH_RANGE,
        "month",
        reach,
        rf"{_FROM}(?P<month>{p.month})\s(?P<day>{_DAY}){_NTH}(?:,?\s(?P<year>{_YEAR}))?{_THROUGH}"
        rf"(?P<month2>{p.month})\s(?P<day2>{_DAY}){_NTH}\b(?:,?\s(?P<year2>{_YEAR}))?",
        least=2,
    )
    yield _rule(
        Form.MONTH_RANGE,
        "month",
        reach,
        rf"(?P<between>between)\s(?:(?P<month>{p.month})\s(?P<day>{_DAY}){_NTH}|(?P<day3>{_DAY}){_NTH}\s(?P<month3>{p.month}))"
        rf"(?:,?\s(?P<year>{_YEAR}))?,?\sand\s(?:(?P<month2>{p.month})\s(?P<day2>{_DAY}){_NTH}\b"
        rf"|(?P<day4>{_DAY}){_NTH}\s(?P<month4>{p.month}))(?:,?\s(?P<year2>{_YEAR}))?",
        least=2,
    )
    yield _rule(
        Form.DAY_RANGE,
        "month",
        (36, 8),
        rf"{_FROM}(?:the\s)?(?P<day>{_DAY}){_NTH}{_TO}(?:the\s)?(?P<day2>{_DAY}){_NTH}\s{{1,2}}(?:of\s)?"
        rf"(?P<month>{p.month}){p.own_year}",
    )
    yield _rule(
        Form.DAY_RANGE,
        "month",
        (10, 28),
        rf"{_FROM}(?P<month>{p.month})\s(?P<day>{_DAY}){_NTH}{_TO}(?P<day2>{_DAY}){_NTH}(?![\w:%]|[.,]\d){p.own_year}",
    )
    yield _rule(
        Form.WEEKDAY_RANGE,
        "weekday",
        (36, 36),
        rf"(?:(?P<from>from|between)\s)?(?P<weekday>{p.weekday})(?:\s{p.part})?"
        rf"(?P<to>\s?[-–—/]\s?|\s(?:to|until|through|till|into|and)\s)(?:early\s)?(?P<weekday2>{p.weekday})(?:\s{p.part})?",
        least=2,
    )


def _calendar_rules(p: _Pieces) -> Iterator[Rule]:
    lead = rf"(?:(?P<weekday>{p.weekday}),?\s{{1,2}}\(?(?:the\s)?)?"
    yield _rule(
        Form.CALENDAR,
        "month",
        (20, 16),
        rf"{lead}(?P<month>{p.month})\s{{1,2}}(?P<day>{_DAY})(?:st|nd|rd|th)?(?![\w%]|[:.]\d|,\d{{3}}){p.own_year}",
    )
    yield _rule(
        Form.CALENDAR,
        "month",
        (32, 10),
        rf"{lead}(?P<day>{_DAY}){_NTH}\s{{1,2}}(?:day\s)?(?:of\s)?(?P<month>{p.month}){p.own_year}",
    )
    yield _rule(Form.CALENDAR, "month", (4, 6), rf"(?P<day>{_DAY})-(?P<month>{p.month})-(?P<year>{_YEAR}|\d\d)(?!\d)")


def _counted_rules(p: _Pieces) -> Iterator[Rule]:
    no_hour = rf"(?!\w|\s{p.part})"  # "hours after midnight" tells a time of day
    known = r"(?=(?P<known>\s(?:the|that|this|it|its|his|her|their|being)\b)?)"
    yield _rule(Form.TWO_DAYS_OFF, "named", (20, 2), r"(?:the\s)?day\s(?P<way>before|after)\s(?:yesterday|tomorrow)\b")
    yield _rule(
        Form.WINDOW,
        "unit",
        (32, 2),
        rf"(?:the\s)?(?:(?P<which>past|last|previous|preceding)\s(?P<number>{p.number})[\s-]{p.unit}\b"
        r"|past\s(?P<unit2>day|night|week|month|year)\b|recent\s(?P<unit3>hour|day|week|month|year)s\b)",
    )
    yield _rule(Form.AFTER, "unit", (14, 16), rf"(?P<number>{p.number})[\s-]{p.unit}\safter{known}{no_hour}")
    yield _rule(
        Form.AFTER, "unit part", (6, 16), rf"the\s(?P<unit>day|morning|night)\safter(?!\stomorrow){known}(?=\s\w)"
    )
    yield _rule(Form.AFTER, "unit", (1, 16), rf"{p.unit}(?<=s)\safter{known}{no_hour}")
    yield _rule(
        Form.COUNTED,
        "unit",
        (14, 14),
        rf"(?P<number>{p.number})[\s-]{p.unit}\s(?P<way>ago|earlier|later|before|prior|previously|afterwards?|on(?=[,.]))\b",
    )
    yield _rule(Form.COUNTED, "unit", (1, 14), rf"{p.unit}(?<=s)\s(?P<way>ago|earlier|later|before|afterwards?)\b")


def _neighbour_rules() -> Iterator[Rule]:
    span = "(?:day|night|evening|morning|afternoon)"
    yield _rule(
        Form.NEIGHBOUR,
        "unit part",
        (16, 10),
        r"(?:the\s(?:(?P<back>(?:day|night|evening|morning)\s(?:before|earlier)\b(?!\syesterday))"
        rf"|(?P<back2>(?:previous|preceding|prior)\s{span})|(?P<ahead>(?:next|following)\s{span})"
        r"|(?P<ahead2>(?:day|morning)\safter\b(?!\stomorrow)))|(?P<back3>накануне|напередодні))\b",
    )
    yield _rule(
        Form.SAME,
        "unit part",
        (20, 6),
        rf"(?:(?:the|that|this)\s(?:very\s)?same\s(?:{span}|(?P<week>week))|that\s(?:very\s)?{span}"
        r"|(?:earlier|later)\s(?:in\sthe|that|the\ssame)\s(?:day|night|evening))\b",
    )


def _relative_rules(p: _Pieces) -> Iterator[Rule]:
    yield _rule(
        Form.WEEKDAY,
        "weekday",
        (20, 16),
        rf"(?:(?P<which>last|next|this\s(?:coming|past)|this|(?:the\s)?(?:previous|preceding|following|same)|past|coming)\s)?"
        rf"(?P<weekday>{p.weekday})(?:['’]s)?(?!\w)(?:\s(?:of\s)?(?P<week>last|this|next)\sweek\b)?",
    )
    yield _rule(
        Form.NAMED,
        "named part unit",
        (6, 3),
        r"(?P<name>today|tonight|yesterday|tomorrow|last\s(?:night|evening)|this\s(?:morning|afternoon|evening)|overnight"
        r"|сегодня|вчера|завтра|сьогодні|вчора|учора)\b(?:['’]s\b)?",
    )
    yield _rule(
        Form.WEEKEND,
        "weekend",
        (14, 2),
        r"(?:(?P<which>the\s(?:last|past)|the|last|this\spast|this|next|past)\s)?weekend\b",
    )


def _wide_rules(p: _Pieces) -> Iterator[Rule]:
    yield _rule(Form.FEAST, "feast", (12, 24), rf"(?P<feast>{p.feast})(?!\w)(?:,?\s{p.year})?")
    yield _rule(
        Form.NTH,
        "nth",
        (20, 20),
        rf"(?:on|of|since|before|by)\s(?P<core>the\s(?P<day>{_DAY})(?:st|nd|rd|th)\b"
        r"(?=\s{0,2}(?:[.,;:)!?]|$|of\s(?:this|last)\smonth|(?:and|when|after|in|at|near|by|with|but|as|while|killing)\b))"
        r"(?:\sof\s(?P<which>this|last)\smonth)?)",
    )
    yield _rule(
        Form.MONTH,
        "month",
        (34, 10),
        r"(?:(?P<frame>in|since|until|during|by|throughout|from|through|of|в|у|з|с)\s)?"
        r"(?P<core>(?:(?P<part>early|late|mid|later|earlier|(?:the\s)?(?:beginning|start|end|middle)\sof)[\s-](?:in\s)?)?"
        rf"(?:(?P<which>last|next|this)\s)?(?P<month>{p.month})(?:,?\s(?:{p.year}|{_OF_YEAR}))?)",
    )
    yield _rule(
        Form.UNIT,
        "unit",
        (28, 4),
        r"(?:the\s)?(?:(?P<part>beginning|start|end|middle)\sof\s(?:the|(?P<which>last|this|next))"
        r"|(?P<part2>early|earlier|late|later)\sin\sthe)\s(?P<unit>week|month|year)\b",
    )
    yield _rule(
        Form.UNIT,
        "unit",
        (26, 4),
        r"(?:(?P<part>early|earlier|late|later|mid-?)\s?)?(?P<which>last|this|next|the\s(?:previous|same|following))\s"
        r"(?P<unit>week|month|year)\b(?!end)",
    )
    yield _rule(
        Form.YEAR,
        "year",
        (24, 6),
        r"(?P<frame>in|since|during|of|from|until|by|late|early|mid|throughout|в|у|з|с)[\s-]"
        rf"(?P<core>(?:early\s|late\s|mid-)?(?P<year>{_YEAR}))\b(?![.,]?\d|\s?(?:%|[-–]\s?\d))(?:\s(?:году|року)\b)?",
    )
