"""Finds the words that name a day; what day they mean is told by ``day_meaning``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extract.calendar_words import CalendarWords, calendar_words
from extract.day_forms import Form, Rule, day_rules
from model import Span


@dataclass(frozen=True, slots=True)
class Expression:
    """Words that name a day."""

    form: Form
    match: re.Match[str]
    span: Span
    time_of_day: str = ""
    since: bool = False  # "since Friday": the first day of a stretch
    until: bool = False  # "until 6 March": its last day

    def group(self, name: str) -> str:
        """A named part of the expression in lower case, "" where it is missing."""
        return (self.match.groupdict().get(name) or "").casefold()

    @property
    def which(self) -> str:
        """The word that chooses: "last" in "last Friday", "previous" in "the previous Friday"."""
        return " ".join(self.group("which").removeprefix("the ").split())

    @property
    def anaphoric(self) -> bool:
        """True where the day is counted from another day of the report."""
        if self.form is Form.COUNTED:
            return self.group("way") != "ago"
        if self.form in (Form.WEEKDAY, Form.UNIT):
            return self.which in {"previous", "following", "same", "preceding"}
        return self.form in (Form.AFTER, Form.NEIGHBOUR, Form.SAME)


MOST = 40
_HEAD = re.compile(r"\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?|(?:1[89]|20)\d\d|[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d[./-]\d|(?:1[89]|20)\d\d")
_UNITS = ("minute", "hour", "day", "night", "week", "month", "year", "decade")
_PARTS = ("morning", "afternoon", "evening", "накануне", "напередодні")
_NAMED = (
    "today",
    "tonight",
    "yesterday",
    "tomorrow",
    "overnight",
    "сегодня",
    "вчера",
    "завтра",
    "сьогодні",
    "вчора",
    "учора",
)
_OWN_TIME = re.compile(r"(?:overnight|tonight|(?:last|this)\s\w{5,9})(?:['’]s)?", re.I)
_UNTIL = re.compile(r"\b(?:until|till|by|before|through)\s{1,2}$", re.I)
_COUNT_NOUN = re.compile(
    r"\s{1,2}(?:(?P<people>people|persons|civilians|children|men|women|soldiers|others|were|per\s?cent)"
    r"|was|killed|injured|wounded|dead|houses)\b",
    re.I,
)
_LEADS_ON = re.compile(r"\s(?:of|on|from|to|на|проти)$", re.I)  # to the day, which is not the time of day
_ON = re.compile(r"\b(?:on|of|since|until|by|from)\s{1,2}$", re.I)


@dataclass(frozen=True, slots=True)
class _Grammar:
    heads: dict[str, str]  # word -> group of the rules that it wakes
    rules: tuple[Rule, ...]
    before: re.Pattern[str]  # a time of day before the expression
    after: re.Pattern[str]
    since: re.Pattern[str]
    habit: re.Pattern[str]
    no_day: re.Pattern[str]


def find_expressions(text: str, sentence: Span) -> list[Expression]:
    """The day expressions of a sentence, in order; of two that share words the one of the earlier rule is kept.

    No more than ``MOST`` are sought: what holds more is no sentence.
    """
    grammar = _grammar()
    heads = _heads(text, sentence, grammar)
    if not heads:
        return []
    found: list[Expression] = []
    taken: list[tuple[int, int]] = []
    for rule in grammar.rules:
        if rule.heads.isdisjoint(heads) or len(found) >= MOST:
            continue
        spots = [spot for group in rule.heads for spot in heads.get(group, ())]
        if len(spots) < rule.least:
            continue
        for start, end in _windows(text, sentence, spots[:MOST], rule):
            for match in rule.pattern.finditer(text, start, end):
                if any(match.start() < last and match.end() > first for first, last in taken):
                    continue
                if _is_day(rule.form, match, text, sentence, grammar):
                    expression, reach = _with_time_of_day(rule.form, match, text, sentence, grammar)
                    found.append(expression)
                    taken.append(reach)
    return sorted(found, key=lambda expression: expression.span.start)


def _heads(text: str, sentence: Span, grammar: _Grammar) -> dict[str, list[tuple[int, int]]]:
    """Where words stand that a day expression may be built around, by group."""
    words = _WORD.findall(text[sentence.start : sentence.end].casefold())
    if grammar.heads.keys().isdisjoint(words) and _NUMBER.search(text, sentence.start, sentence.end) is None:
        return {}
    found: dict[str, list[tuple[int, int]]] = {}
    for match in _HEAD.finditer(text, sentence.start, sentence.end):
        word = match[0]
        group = grammar.heads.get(word.casefold()) or _number_group(word)
        if group:
            found.setdefault(group, []).append(match.span())
    return found


def _number_group(word: str) -> str:
    if word[0].isdecimal():
        return "year" if word.isdecimal() else "number"
    return ""


def _windows(text: str, sentence: Span, spots: list[tuple[int, int]], rule: Rule) -> Iterator[tuple[int, int]]:
    """Stretches of the sentence around the head words, ending between words, apart from each other."""
    start = end = -1
    for first, last in sorted(spots):
        left, right = max(sentence.start, first - rule.left), min(sentence.end, last + rule.right)
        while right < sentence.end and not text[right].isspace():
            right += 1
        if left <= end:
            end = right
            continue
        if end >= 0:
            yield start, end
        start, end = left, right
    yield start, end


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    words = calendar_words()
    before, after = _time_patterns(words)
    return _Grammar(
        heads=_head_groups(words),
        rules=day_rules(words),
        before=re.compile(before, re.I),
        after=re.compile(after, re.I),
        since=re.compile(r"(?<!\w)(?:since|с|з|от|від)\s{1,2}(?:(?:early|late|on|the|at|least)\s){0,2}$", re.I),
        habit=re.compile(r"(?<!\w)(?:every|each|most|кажд\w{2,3}|кожн\w{1,3})\s{1,2}$", re.I),
        no_day=re.compile(words.patterns["no day"], re.I),
    )


def _head_groups(words: CalendarWords) -> dict[str, str]:
    heads = {re.split(r"[\s'’]", feast)[0]: "feast" for feast in words.feasts}
    for group, plain in (("unit", _UNITS), ("part", _PARTS)):
        heads |= dict.fromkeys(plain, group) | {f"{word}s": group for word in plain}
    heads |= dict.fromkeys(_NAMED, "named") | dict.fromkeys(("st", "nd", "rd", "th"), "nth") | {"weekend": "weekend"}
    heads |= {re.split(r"['’]", day.rstrip("."))[0]: "weekday" for day in words.weekdays}
    return heads | dict.fromkeys(words.months, "month")


def _time_patterns(words: CalendarWords) -> tuple[str, str]:
    part = words.patterns["part"]
    clock = (
        r"(?:\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b\.?|\d{1,2}[:.]\d\d(?:\s?(?:hours|hrs|gmt|utc)\b)?)(?:\s\w{1,9}\stime\b)?"
    )
    early = r"(?:early\s|late\s|small\s|pre-?dawn\s)?"
    before = (
        rf"(?<!\w)(?P<words>overnight|(?:in|on|during|by|at|of)\sthe\s(?:very\s)?{early}(?:hours|{part})(?:\s(?:of|on|from|to))?"
        rf"|(?:the\s)?{early}{part}\s(?:of|on)|(?:just\s|shortly\s)?(?:before|at|around|after|by|until|past)\s{part}"
        r"|в\sночь|(?:[ву]\sніч|[ву]ночі)(?:\s(?:на|проти))?|(?P<tight>(?:very\s)?(?:early|late|mid|later|earlier)|pre-?dawn)"
        rf"|(?P<clock>(?:(?:at|around|about|approximately|by)\s){{0,2}}{clock}))"
        r"(?(tight)|,?)\s{1,2}(?:(?:on|of|the|in|на)\s){0,2}$"
    )
    after = (
        rf",?\s{{1,2}}(?P<words>(?:(?:in|during)\sthe\s)?{early}(?:{part}|overnight)\b"
        rf"|(?:(?:in|during)\sthe\s)?(?:very\s)?{early.removesuffix('?')}hours\b"
        rf"|(?:just\s|shortly\s)?(?:at|around|before|after|by)\s{part}\b|at\s(?:around\s|about\s|approximately\s)?{clock})"
    )
    return before, after


def _is_day(form: Form, match: re.Match[str], text: str, sentence: Span, grammar: _Grammar) -> bool:
    """False where the words only look like a day: "may 5", "in December 22 people", "every Friday", "Bloody Sunday"."""
    for name in ("month", "weekday", "month2", "weekday2"):
        word = match.groupdict().get(name)
        if word and "a" <= word[0] <= "z":
            return False
    counted = _COUNT_NOUN.match(text, match.end())
    if (
        form is Form.DAY_RANGE and counted and counted["people"] and match.end("day") > match.end("month")
    ):  # "on Dec. 29 and 30 people fled"
        return False
    if form is Form.CALENDAR and counted and not match["year"] and match.end("day") > match.end("month"):
        prefix = text[max(sentence.start, match.start() - 12) : match.start()]
        return _ON.search(prefix) is not None
    if form is Form.WEEKDAY_RANGE and "and" in match["to"]:
        return (match["from"] or "").casefold() == "between"
    if form is Form.MONTH:
        return bool(match["part"] or match["year"] or match["which"] or (match["frame"] or "of").casefold() != "of")
    if form is Form.WEEKDAY:
        start = max(sentence.start, match.start() - 12)
        named = grammar.no_day.finditer(text, start, min(sentence.end, match.end() + 1))
        habit = grammar.habit.search(text[start : match.start()])
        return habit is None and all(name.end() <= match.start() for name in named)
    return True


def _with_time_of_day(
    form: Form, match: re.Match[str], text: str, sentence: Span, grammar: _Grammar
) -> tuple[Expression, tuple[int, int]]:
    """The expression with the time of day written beside it, and the stretch of text that it uses up."""
    groups = match.groupdict()
    core = "core" if "core" in groups else 0
    start, end = match.start(core), match.end(core)
    left = text[max(sentence.start, start - 60) : start]
    since, until = grammar.since.search(left) is not None, _UNTIL.search(left) is not None
    wide = form in (Form.MONTH, Form.YEAR, Form.UNIT, Form.WINDOW, Form.AFTER)
    before = None if wide else grammar.before.search(left)
    after = None if wide else grammar.after.match(text, end, min(sentence.end, end + 60))
    words = [_LEADS_ON.sub("", time["words"]).strip() for time in (before, after) if time is not None]
    if _OWN_TIME.fullmatch(match[0]):
        words.append(match[0])
    reach = min(start, match.start())
    if before is not None:
        reach = min(reach, start - (len(left) - before.start()))
        if before["clock"] or (before["tight"] and after is None):
            start -= len(left) - before.start()
    if after is not None:
        end = after.end()
    elif "(" in match[0] and text[end : end + 1] == ")":
        end += 1
    return Expression(form, match, Span(start, end), " ".join(words), since, until), (reach, end)
