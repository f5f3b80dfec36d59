"""Finds the words that name a day; what day they mean is told by ``day_meaning``."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extract.calendar_words import CalendarWords, calendar_words
from extract.day_forms import Form, Rule, day_rules
from extract.lower_case import in_lower, lowered
from extract.phrases import split_words
from model import Span


@dataclass(frozen=True, slots=True)
class Expression:
    """Words that name a day."""

    form: Form
    match: re.Match[str]  # in the text in lower case
    text: str  # of the whole report, as written
    span: Span
    time_of_day: str = ""
    since: bool = False  # "since Friday": the first day of a stretch
    until: bool = False  # "until 6 March": its last day

    def group(self, name: str) -> str:
        """A named part of the expression in lower case, "" where it is missing."""
        return self.match.groupdict().get(name) or ""

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
_TIME_REACH = 60  # characters to the time of day on either side
_NUMBER = re.compile(r"\d(?:\d{0,3}[./-]\d{1,2}(?:[./-]\d{2,4})?|(?<=1)[89]\d\d|(?<=2)0\d\d)")
_WORD_END = re.compile(r"\S*")
_LETTERS = re.compile(r"[^\W\d_]+")
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
_OWN_TIME = in_lower(r"(?:overnight|tonight|(?:last|this)\s\w{5,9})(?:['’]s)?")
_UNTIL = in_lower(r"\b(?:until|till|by|before|through)\s{1,2}$")
_COUNT_NOUN = in_lower(
    r"\s{1,2}(?:(?P<people>people|persons|civilians|children|men|women|soldiers|others|were|per\s?cent)"
    r"|was|killed|injured|wounded|dead|houses)\b"
)
_LEADS_ON = re.compile(r"\s(?:of|on|from|to|на|проти)$", re.I)  # to the day, which is not the time of day
_ON = in_lower(r"\b(?:on|of|since|until|by|from)\s{1,2}$")


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
    heads = _heads_within(text, sentence)
    if not heads:
        return []
    grammar, low = _grammar(), lowered(text)
    found: list[Expression] = []
    taken: list[tuple[int, int]] = []
    for rule in _rules_around(frozenset(heads)):
        if len(found) >= MOST:
            break
        spots = [spot for group in rule.heads for spot in heads.get(group, ())]
        if len(spots) < rule.least:
            continue
        for start, end in _windows(text, sentence, spots[:MOST], rule):
            for match in rule.pattern.finditer(low, start, end):
                if any(match.start() < last and match.end() > first for first, last in taken):
                    continue
                if _is_day(rule.form, match, text, sentence, grammar):
                    expression, reach = _with_time_of_day(rule.form, match, text, sentence, grammar)
                    found.append(expression)
                    taken.append(reach)
    return sorted(found, key=lambda expression: expression.span.start)


@dataclass(frozen=True, slots=True)
class _Heads:
    """The words of a text that a day expression may be built around, in order, and the group of each."""

    starts: tuple[int, ...]
    spots: tuple[tuple[int, int], ...]
    groups: tuple[str, ...]


@lru_cache(maxsize=2)  # every sentence of a report asks for its own
def _heads(text: str) -> _Heads:
    groups = _grammar().heads
    found: list[tuple[tuple[int, int], str]] = []
    words = split_words(text)
    for word in (words[at] for at in words.among(groups.keys())):
        found.append(((word.start, word.end), groups[word.lower]))
    for word in (words[at] for at in words.among(words.mixed)):  # the "th" of "5th"
        parts = _LETTERS.finditer(lowered(text), word.start, word.end)
        found += [(part.span(), groups[part[0]]) for part in parts if part[0] in groups]
    for number in _NUMBER.finditer(text):
        found.append((number.span(), "year" if number[0].isdecimal() else "number"))
    found.sort()
    return _Heads(tuple(s for (s, _), _ in found), tuple(spot for spot, _ in found), tuple(group for _, group in found))


def _heads_within(text: str, sentence: Span) -> dict[str, list[tuple[int, int]]]:
    """Where such words stand in a sentence, by group."""
    heads = _heads(text)
    low = bisect_left(heads.starts, sentence.start)
    high = bisect_left(heads.starts, sentence.end, low)
    found: dict[str, list[tuple[int, int]]] = {}
    for spot, group in zip(heads.spots[low:high], heads.groups[low:high], strict=True):
        if spot[1] <= sentence.end:
            found.setdefault(group, []).append(spot)
    return found


@lru_cache(maxsize=512)  # there are ten groups; texts have few sets of them
def _rules_around(groups: frozenset[str]) -> tuple[Rule, ...]:
    return tuple(rule for rule in _grammar().rules if not rule.heads.isdisjoint(groups))


def _windows(text: str, sentence: Span, spots: list[tuple[int, int]], rule: Rule) -> Iterator[tuple[int, int]]:
    """Stretches of the sentence around the head words, ending between words, apart from each other."""
    start = end = -1
    for first, last in sorted(spots):
        left, right = max(sentence.start, first - rule.left), min(sentence.end, last + rule.right)
        rest = _WORD_END.match(text, right, sentence.end)
        right = rest.end() if rest is not None else right
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
        before=in_lower(before),
        after=in_lower(after),
        since=in_lower(r"(?<!\w)(?:since|с|з|от|від)\s{1,2}(?:(?:early|late|on|the|at|least)\s){0,2}$"),
        habit=in_lower(r"(?<!\w)(?:every|each|most|кажд\w{2,3}|кожн\w{1,3})\s{1,2}$"),
        no_day=in_lower(words.patterns["no day"]),
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
    early = r"(?:early\s|late\s|small\s|first\s|last\s|pre-?dawn\s)?"
    before = (
        rf"(?<!\w)(?P<words>overnight|(?:in|on|during|by|at|of)\sthe\s(?:very\s)?{early}(?:hours?|minutes|{part})(?:\s(?:of|on|from|to))?"
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
    groups, low = match.groupdict(), lowered(text)
    for name in ("month", "weekday", "month2", "weekday2"):
        if groups.get(name) and "a" <= text[match.start(name)] <= "z":
            return False
    counted = _COUNT_NOUN.match(low, match.end())
    if (
        form is Form.DAY_RANGE and counted and counted["people"] and match.end("day") > match.end("month")
    ):  # "on Dec. 29 and 30 people fled"
        return False
    if form is Form.CALENDAR and counted and not match["year"] and match.end("day") > match.end("month"):
        prefix = low[max(sentence.start, match.start() - 12) : match.start()]
        return _ON.search(prefix) is not None
    if form is Form.WEEKDAY_RANGE and "and" in match["to"]:
        return match["from"] == "between"
    if form is Form.MONTH:
        return bool(match["part"] or match["year"] or match["which"] or (match["frame"] or "of") != "of")
    if form is Form.WEEKDAY:
        start = max(sentence.start, match.start() - 12)
        named = grammar.no_day.finditer(low, start, min(sentence.end, match.end() + 1))
        habit = grammar.habit.search(low[start : match.start()])
        return habit is None and all(name.end() <= match.start() for name in named)
    return True


def _with_time_of_day(
    form: Form, match: re.Match[str], text: str, sentence: Span, grammar: _Grammar
) -> tuple[Expression, tuple[int, int]]:
    """The expression with the time of day written beside it, and the stretch of text that it uses up."""
    low = lowered(text)
    core = "core" if "core" in match.re.groupindex else 0
    start, end = match.span(core)
    floor = max(sentence.start, start - _TIME_REACH)
    left = low[floor:start]
    since, until = grammar.since.search(left) is not None, _UNTIL.search(left) is not None
    wide = form in (Form.MONTH, Form.YEAR, Form.UNIT, Form.WINDOW, Form.AFTER)
    before = None if wide else grammar.before.search(left)
    after = None if wide else grammar.after.match(low, end, min(sentence.end, end + _TIME_REACH))
    words = []
    reach = min(start, match.start())
    if before is not None:
        words.append(text[floor + before.start("words") : floor + before.end("words")])
        reach = min(reach, floor + before.start())
        if before["clock"] or (before["tight"] and after is None):
            start = floor + before.start()
    if after is not None:
        words.append(text[after.start("words") : after.end("words")])
        end = after.end()
    elif "(" in match[0] and text[end : end + 1] == ")":
        end += 1
    words = [_LEADS_ON.sub("", time).strip() for time in words]
    if _OWN_TIME.fullmatch(match[0]):
        words.append(text[match.start() : match.end()])
    return Expression(form, match, text, Span(start, end), " ".join(words), since, until), (reach, end)
