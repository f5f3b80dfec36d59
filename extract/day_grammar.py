"""Finds the words that name a day; what day they mean is told by ``day_meaning``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from extract.calendar_words import CalendarWords, calendar_words
from model import Span


class Form(StrEnum):
    """The shape of a day expression."""

    ISO = "iso"  # 2023-12-30
    NUMERIC = "numeric"  # 30.12.2023
    DAY_RANGE = "day range"  # 29-30 December
    MONTH_RANGE = "month range"  # 29 December to 2 January
    WEEKDAY_RANGE = "weekday range"  # from Friday to Sunday
    CALENDAR = "calendar"  # Saturday, 30 December 2023
    TWO_DAYS_OFF = "two days off"  # the day before yesterday
    WINDOW = "window"  # the past 24 hours
    AFTER = "after"  # a day after Russia struck ...
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
    SLASHED = "slashed"  # on 26/12


ANAPHORIC = frozenset({Form.AFTER, Form.NEIGHBOUR, Form.SAME})


@dataclass(frozen=True, slots=True)
class Expression:
    """Words that name a day."""

    form: Form
    match: re.Match[str]
    span: Span
    time_of_day: str = ""
    since: bool = False  # "since Friday": the first day of a stretch

    def group(self, name: str) -> str:
        """A named part of the expression in lower case, "" where it is missing."""
        return (self.match.groupdict().get(name) or "").casefold()

    @property
    def anaphoric(self) -> bool:
        """True where the day is counted from another day of the report."""
        if self.form is Form.COUNTED:
            return self.group("way") != "ago"
        if self.form in (Form.WEEKDAY, Form.UNIT):
            return self.group("which").removeprefix("the ") in {"previous", "following", "same", "preceding"}
        return self.form in ANAPHORIC


@dataclass(frozen=True, slots=True)
class _Rule:
    form: Form
    heads: frozenset[str]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Grammar:
    heads: dict[str, str]  # word -> group of rules that may hold it
    rules: tuple[_Rule, ...]
    before: re.Pattern[str]
    after: re.Pattern[str]
    since: re.Pattern[str]
    habit: re.Pattern[str]
    no_day: re.Pattern[str]


_HEAD = re.compile(r"\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?|(?:1[89]|20)\d\d|[^\W\d_]+")
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_NTH = r"(?:st|nd|rd|th|-?го|-?е)?"
_YEAR = r"(?:1[89]|20)\d\d"
_GAP = r"\s{1,2}"
_TO = r"(?:\s?[-–—/]\s?|\s(?:to|and|until|till|through|or|into|по|до|та|и|і|на)\s|\s?&\s?)"
_THROUGH = r"(?:\s?[-–—]\s?|\s(?:to|until|till|through|into|по|до)\s)"
_UNITS = {
    "minute": "unit", "hour": "unit", "day": "unit", "night": "unit", "week": "unit", "month": "unit", "year": "unit",
    "decade": "unit", "evening": "unit", "morning": "unit", "afternoon": "unit",
}  # fmt: skip
_NAMED = (
    "today", "tonight", "yesterday", "tomorrow", "overnight", "сегодня", "вчера", "завтра", "сьогодні", "вчора", "учора",
)  # fmt: skip


def find_expressions(text: str, sentence: Span) -> list[Expression]:
    """The day expressions of a sentence, in order; of two that share words the more exact one is kept."""
    grammar = _grammar()
    words = set(_HEAD.findall(text[sentence.start : sentence.end].casefold()))
    groups = {grammar.heads.get(word) or _number_group(word) for word in words}
    found: list[Expression] = []
    taken: list[tuple[int, int]] = []
    for rule in grammar.rules:
        if not rule.heads & groups:
            continue
        for match in rule.pattern.finditer(text, sentence.start, sentence.end):
            if any(match.start() < end and match.end() > start for start, end in taken):
                continue
            if _is_day(rule.form, match, text, sentence, grammar):
                expression, reach = _with_time_of_day(rule.form, match, text, sentence, grammar)
                found.append(expression)
                taken.append(reach)
    return sorted(found, key=lambda expression: expression.span.start)


def _number_group(word: str) -> str:
    if word.isdigit():
        return "year" if len(word) == 4 else ""
    return "number" if word[0].isdigit() else ""


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    words = calendar_words()
    heads = dict.fromkeys(words.months, "month") | {day.rstrip("."): "weekday" for day in words.weekdays}
    heads |= _UNITS | {f"{unit}s": "unit" for unit in _UNITS} | dict.fromkeys(_NAMED, "named")
    heads |= {
        "weekend": "weekend",
        "last": "named",
        "накануне": "unit",
        "напередодні": "unit",
        "ночь": "unit",
        "ніч": "unit",
    }
    heads |= dict.fromkeys(("st", "nd", "rd", "th", "го"), "nth")
    heads |= {re.split(r"[\s'’]", feast)[0]: "feast" for feast in words.feasts}
    part = words.patterns["part"]
    clock = r"\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\b\.?)|\d{1,2}[:.]\d\d(?:\s?(?:local\stime|hours|hrs|gmt))?"
    before = (
        rf"(?<!\w)(?P<words>(?P<loose>overnight|(?:in|on|during|by|at|of)\sthe\s(?:very\s)?(?:early\s|late\s|small\s|pre-?dawn\s)?"
        rf"(?:hours|{part})(?:\s(?:of|on|from|to))?|(?:the\s)?(?:early\s|late\s)?{part}\s(?:of|on)"
        rf"|(?:just\s|shortly\s)?(?:before|at|around|after|by|until|past)\s{part}|в\sночь|у\sніч)"
        rf"|(?P<tight>(?:very\s)?(?:early|late|mid|later|earlier)|pre-?dawn)"
        rf"|(?P<clock>(?:(?:at|around|about|approximately|by)\s){{0,2}}(?:{clock})))"
        rf",?\s{{1,2}}(?:on\s|of\s|the\s|in\s|на\s){{0,2}}$"
    )
    after = (
        rf",?\s{{1,2}}(?P<words>(?:(?:in|during)\sthe\s)?(?:early\s|late\s|pre-?dawn\s)?(?:{part}|overnight|hours)\b"
        rf"|(?:at|around|before|after|by)\s{part}\b|at\s(?:around\s|about\s|approximately\s)?(?:{clock}))"
    )
    return _Grammar(
        heads=heads,
        rules=tuple(_rules(words)),
        before=re.compile(before, re.I),
        after=re.compile(after, re.I),
        since=re.compile(
            r"(?<!\w)(?:since|ever\ssince|с|з|от|від)\s{1,2}(?:early\s|late\s|on\s|the\s|at\sleast\s){0,2}$", re.I
        ),
        habit=re.compile(r"(?<!\w)(?:every|each|most|кажд\w{2,3}|кожн\w{1,3})\s{1,2}$", re.I),
        no_day=re.compile(words.patterns["no day"], re.I),
    )


def _rules(words: CalendarWords) -> Iterator[_Rule]:
    month = rf"(?:{words.patterns['month']})(?!\w)\.?"
    weekday = rf"(?:{words.patterns['weekday']})(?!\w)"
    part = words.patterns["part"]
    number = rf"(?:{words.patterns['number']}|{words.patterns['vague number']}|\d{{1,3}})"
    year = rf"(?P<year>{_YEAR})\b(?:{_GAP}(?:года|г\.|року|р\.))?"
    own_year = rf"(?:,?{_GAP}(?:{year}|(?P<short>['’]\d\d\b|\d\d(?=\s{{0,2}}(?:\(|--|[),.;:]|$)))))?"
    lead = rf"(?:(?P<weekday>{weekday}),?{_GAP}\(?(?:the{_GAP})?)?"
    unit = r"(?P<unit>minute|hour|day|night|week|month|year|decade)s?"

    def rule(form: Form, heads: str, pattern: str) -> _Rule:
        return _Rule(form, frozenset(heads.split()), re.compile(rf"(?<!\w){pattern}", re.I))

    yield rule(Form.ISO, "number", rf"(?P<year>{_YEAR})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
    yield rule(
        Form.NUMERIC,
        "number",
        rf"(?<![\d.])(?P<day>\d{{1,2}})(?P<sep>[./-])(?P<month>\d{{1,2}})(?P=sep)(?P<year>{_YEAR}|\d\d)(?![\d%]|[./-]\d)",
    )
    yield rule(
        Form.MONTH_RANGE,
        "month",
        rf"(?:between\s|from\s|с\s|з\s)?(?P<day>{_DAY}){_NTH}\s(?P<month>{month})(?:,?\s(?P<year>{_YEAR}))?{_THROUGH}"
        rf"(?P<day2>{_DAY}){_NTH}\s(?P<month2>{month})(?:,?\s(?P<year2>{_YEAR}))?",
    )
    yield rule(
        Form.MONTH_RANGE,
        "month",
        rf"(?:between\s|from\s)?(?P<month>{month})\s(?P<day>{_DAY}){_NTH}(?:,?\s(?P<year>{_YEAR}))?{_THROUGH}"
        rf"(?P<month2>{month})\s(?P<day2>{_DAY}){_NTH}\b(?:,?\s(?P<year2>{_YEAR}))?",
    )
    yield rule(
        Form.MONTH_RANGE,
        "month",
        rf"between\s(?:(?P<month>{month})\s(?P<day>{_DAY}){_NTH}|(?P<day3>{_DAY}){_NTH}\s(?P<month3>{month}))\sand\s"
        rf"(?:(?P<month2>{month})\s(?P<day2>{_DAY}){_NTH}\b|(?P<day4>{_DAY}){_NTH}\s(?P<month4>{month}))",
    )
    yield rule(
        Form.DAY_RANGE,
        "month",
        rf"(?:between\s|from\s|с\s|з\s)?(?:the\s)?(?P<day>{_DAY}){_NTH}{_TO}(?:the\s)?(?P<day2>{_DAY}){_NTH}{_GAP}(?:of\s)?"
        rf"(?P<month>{month}){own_year}",
    )
    yield rule(
        Form.DAY_RANGE,
        "month",
        rf"(?:between\s|from\s)?(?P<month>{month})\s(?P<day>{_DAY}){_NTH}{_TO}(?P<day2>{_DAY}){_NTH}(?![\d:%]|[.,]\d){own_year}",
    )
    yield rule(
        Form.WEEKDAY_RANGE,
        "weekday",
        rf"(?:(?P<from>from|between)\s)?(?P<weekday>{weekday})(?:\s{part})?(?P<to>\s?[-–—]\s?|\s(?:to|until|through|till|into|and)\s)"
        rf"(?:early\s)?(?P<weekday2>{weekday})(?:\s{part})?",
    )
    yield rule(
        Form.CALENDAR,
        "month",
        rf"{lead}(?P<month>{month}){_GAP}(?P<day>{_DAY})(?:st|nd|rd|th)?(?![\d%]|[:.]\d|,\d{{3}}|\w){own_year}",
    )
    yield rule(
        Form.CALENDAR,
        "month",
        rf"{lead}(?P<day>{_DAY}){_NTH}{_GAP}(?:day{_GAP})?(?:of{_GAP})?(?P<month>{month}){own_year}",
    )
    yield rule(Form.TWO_DAYS_OFF, "named", r"(?:the\s)?day\s(?P<way>before|after)\s(?:yesterday|tomorrow)\b")
    yield rule(
        Form.WINDOW,
        "unit",
        rf"(?:the\s)?(?P<which>past|last|previous|preceding)\s(?P<number>{number})[\s-]{unit}\b"
        r"|(?:the\s)?past\s(?P<unit2>day|night|week|month|year)\b",
    )
    yield rule(
        Form.AFTER,
        "unit",
        rf"(?P<number>{number})[\s-]{unit}\safter(?P<known>\s(?:the|that|this|it|its|his|her|their|being)\b)?(?!\w)",
    )
    yield rule(Form.AFTER, "unit", rf"(?P<plural>{unit}(?<=s))\safter(?P<known>\s(?:the|that|this|it|being)\b)?(?!\w)")
    yield rule(
        Form.COUNTED,
        "unit",
        rf"(?P<number>{number})[\s-]{unit}\s(?P<way>ago|earlier|later|before|prior|previously|afterwards?|on\b(?=[,.]))\b",
    )
    yield rule(Form.COUNTED, "unit", rf"(?P<plural>{unit}(?<=s))\s(?P<way>ago|earlier|later|before|afterwards?)\b")
    yield rule(
        Form.NEIGHBOUR,
        "unit",
        r"the\s(?:(?P<back>day|night|evening|morning)\s(?:before|earlier)\b(?!\syesterday)"
        r"|(?P<back2>previous|preceding|prior)\s(?:day|night|evening|morning|afternoon)\b"
        r"|(?P<ahead>next|following)\s(?:day|night|evening|morning|afternoon)\b|(?P<ahead2>day|morning)\safter\b(?!\stomorrow))"
        r"|(?P<back3>накануне|напередодні)\b",
    )
    yield rule(
        Form.SAME,
        "unit",
        r"(?:(?:the|that|this)\s(?:very\s)?same\s(?:day|night|evening|morning|afternoon|week(?!end))"
        r"|that\s(?:day|night|evening|morning|afternoon|very\sday)|(?:earlier|later)\s(?:in\sthe|that|the\ssame)\s(?:day|night|evening))\b",
    )
    yield rule(
        Form.WEEKDAY,
        "weekday",
        rf"(?:(?P<which>last|next|this\s(?:coming|past)|this|(?:the\s)?(?:previous|preceding|following|same)|past|coming)\s)?"
        rf"(?P<weekday>{weekday})(?:['’]s)?(?!\w)(?:\s(?:of\s)?(?P<week>last|this|next)\sweek\b)?",
    )
    yield rule(
        Form.NAMED,
        "named unit",
        r"(?P<name>today|tonight|yesterday|tomorrow|last\snight|last\sevening|this\s(?:morning|afternoon|evening)|overnight"
        r"|сегодня|вчера|завтра|сьогодні|вчора|учора)\b(?:['’]s\b)?",
    )
    yield rule(
        Form.WEEKEND, "weekend", r"(?:(?P<which>the\s(?:last|past)|the|last|this\spast|this|next|past)\s)?weekend\b"
    )
    yield rule(
        Form.UNIT,
        "unit",
        r"(?:(?P<part>early|earlier|late|later|mid-?)\s?)?(?P<which>last|this|next|the\s(?:previous|same|following))\s(?P<unit>week|month|year)\b(?!end)",
    )
    yield rule(Form.FEAST, "feast", rf"(?P<feast>{words.patterns['feast']})(?!\w)(?:,?\s{year})?")
    yield rule(
        Form.NTH,
        "nth",
        rf"(?:on\s|of\s|since\s|before\s|by\s)the\s(?P<day>{_DAY})(?:st|nd|rd|th)\b"
        r"(?=\s{0,2}(?:[.,;:)!?]|$|of\s(?:this|last)\smonth|(?:and|when|after|in|at|near|by|with|but|as|while|killing|wounding)\b))"
        r"(?:\sof\s(?P<which>this|last)\smonth)?",
    )
    yield rule(
        Form.MONTH,
        "month",
        rf"(?:(?P<part>early|late|mid|later|earlier|(?:the\s)?(?:beginning|start|end|middle)\sof)[\s-](?:in\s|this\s)?)?"
        rf"(?P<which>in|since|of|last|next|this|until|during|by|throughout|from|through|в|у|з|с)?(?<=[\w-])\s?(?P<month>{month})"
        rf"(?:,?\s{year})?",
    )
    yield rule(
        Form.YEAR,
        "year",
        rf"(?:in|since|during|of|from|until|by|late|early|mid|throughout|back\sin|в|у|з|с)[\s-](?:early\s|late\s|mid-)?(?P<year>{_YEAR})"
        r"\b(?![.,]?\d|\s?(?:%|[-–]\s?\d))(?:\s(?:году|року)\b)?",
    )
    yield rule(Form.SLASHED, "number", r"on\s(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/.])")


_COUNT_NOUN = re.compile(
    r"\s{1,2}(?:people|persons|civilians|children|men|women|soldiers|others|houses|per\s?cent)\b", re.I
)
_ON = re.compile(r"\b(?:on|of|since|until|by|from)\s{1,2}$", re.I)


def _is_day(form: Form, match: re.Match[str], text: str, sentence: Span, grammar: _Grammar) -> bool:
    """False where the words only look like a day: "may 5", "in December 22 people", "every Friday", "Bloody Sunday"."""
    for name in ("month", "weekday", "month2", "weekday2"):
        word = match.groupdict().get(name)
        if word and "A" <= word[0] <= "z" and not word[0].isupper():
            return False
    if form in (Form.CALENDAR, Form.DAY_RANGE) and not match["year"] and match.end("day") > match.end("month"):
        prefix = text[max(sentence.start, match.start() - 12) : match.start()]
        return _COUNT_NOUN.match(text, match.end()) is None or _ON.search(prefix) is not None
    if form is Form.WEEKDAY_RANGE and "and" in match["to"]:
        return match["from"] == "between"
    if form is Form.MONTH:
        return bool(match["part"] or match["year"] or (match["which"] and match["which"].casefold() != "of"))
    if form is Form.WEEKDAY:
        start = max(sentence.start, match.start() - 12)
        if grammar.habit.search(text[start : match.start()]):
            return False
        return not any(
            named.end() > match.start()
            for named in grammar.no_day.finditer(text, start, min(sentence.end, match.end() + 1))
        )
    return True


def _with_time_of_day(
    form: Form, match: re.Match[str], text: str, sentence: Span, grammar: _Grammar
) -> tuple[Expression, tuple[int, int]]:
    """The expression with the time of day written beside it, and the stretch of text that it uses up."""
    start, end = match.span()
    while text[start].isspace():
        start += 1
    left = text[max(sentence.start, start - 60) : start]
    since = grammar.since.search(left) is not None or match.groupdict().get("which") == "since"
    before = grammar.before.search(left)
    after = grammar.after.match(text, end, min(sentence.end, end + 60)) if form not in (Form.MONTH, Form.YEAR) else None
    words = [part["words"].strip() for part in (before, after) if part is not None]
    own_words = {"overnight", "last night", "tonight", "last evening", "this morning", "this afternoon", "this evening"}
    if match[0].strip().casefold().removesuffix("'s") in own_words:
        words.append(match[0].strip())
    reach = start
    if before is not None:
        reach = start - (len(left) - before.start())
        if before["clock"] or (before["tight"] and after is None):
            start = reach
    if after is not None:
        end = after.end()
    return Expression(form, match, Span(start, end), " ".join(words), since), (reach, end)
