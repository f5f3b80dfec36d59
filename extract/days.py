"""The days a report names, what each is the day of, and what "the day before" is counted from.

Two passes: the first reads the days that can be told from the publication day alone and picks the anchor, the day of what
the report is about; the second counts "the day before" and its like from the event told just before, or from the anchor.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from extract.calendar_words import calendar_words
from extract.day_expressions import Expression, find_expressions
from extract.day_forms import Form
from extract.day_meaning import Frame, meaning
from extract.document import Header, read_header
from model import DayPrecision, Span, When

NEWS = timedelta(days=45)  # what happened longer before publication is background
NEAR_SENTENCES = 2  # how far back the event may be told that "the next day" is counted from


class DayRole(StrEnum):
    """What a day is the day of."""

    EVENT = "event"
    STATEMENT = "statement"  # when something was said: "said on Tuesday"
    BACKGROUND = "background"
    FUTURE = "future"
    HEADER = "header"  # in a dateline or a line of metadata


@dataclass(frozen=True, slots=True)
class DayMention:
    """Words that name a day; ``when`` is None where the day cannot be told, as without a publication day."""

    span: Span
    when: When | None
    role: DayRole
    anaphoric: bool  # counted from another day of the report


def find_days(
    text: str, sentences: Sequence[Span], published: date | None, tells_attack: Callable[[Span], bool]
) -> tuple[DayMention, ...]:
    """Every day expression of a report, in order.

    Args:
        text: the report.
        sentences: its sentences, as ``split_sentences`` gives them.
        published: the publication day, from which "yesterday" and "Saturday" are counted. Without it only full dates and
            what is counted from them have a meaning.
        tells_attack: whether a stretch of the text tells of an attack or of its victims.
    """
    header = read_header(text)
    found = [_Found(expression, index, sentence, _cue(text, sentence, expression, tells_attack))
             for index, sentence in enumerate(sentences) for expression in find_expressions(text, sentence)]  # fmt: skip
    told = {sentence: tells_attack(sentence) for sentence in dict.fromkeys(item.sentence for item in found)}
    reference = published
    first = [_mention(item, _frame(item, reference, None, None, told, header), reference) for item in found]
    anchor = _anchor(found, first, told) or published
    mentions = _second_pass(found, first, anchor, reference, told, header)
    return (*_header_days(text, header, published), *mentions)


@dataclass(frozen=True, slots=True)
class _Found:
    expression: Expression
    index: int  # of the sentence
    sentence: Span
    cue: DayRole | None  # what the words beside it say; None: nothing


def _frame(
    item: _Found,
    published: date | None,
    anchor: date | None,
    named: date | None,
    told: dict[Span, bool],
    header: Header,
) -> Frame:
    return Frame(
        published=published,
        anchor=anchor,
        named=named,
        future=item.cue is DayRole.FUTURE,
        past=item.cue is not DayRole.FUTURE and told[item.sentence],
        month_first=header.month_first,
    )


def _mention(item: _Found, frame: Frame, published: date | None) -> DayMention:
    when = meaning(item.expression, frame)
    return DayMention(item.expression.span, when, _role(item, when, published), item.expression.anaphoric)


def _role(item: _Found, when: When | None, published: date | None) -> DayRole:
    if item.cue is DayRole.STATEMENT and (when is None or published is None or when.best <= published):
        return DayRole.STATEMENT
    if when is None:
        return item.cue or DayRole.EVENT
    if published is not None and when.first_day > published:
        return DayRole.FUTURE
    if item.cue is DayRole.FUTURE:
        return DayRole.FUTURE if published is None or when.last_day >= published else DayRole.EVENT
    if item.expression.since or (item.expression.form is Form.AFTER and not item.expression.group("known")):
        return DayRole.BACKGROUND
    if when.precision is DayPrecision.YEAR or (published is not None and when.last_day < published - NEWS):
        return DayRole.BACKGROUND
    return item.cue or DayRole.EVENT


def _anchor(found: Sequence[_Found], mentions: Sequence[DayMention], told: dict[Span, bool]) -> date | None:
    """The day of what the report is about: the first stated day beside an attack, else the first stated day."""
    exact = [
        (item, mention.when.best, mention.role)
        for item, mention in zip(found, mentions, strict=True)
        if mention.when is not None and not mention.anaphoric and mention.when.precision <= DayPrecision.DAYS
    ]
    events = [(item, day) for item, day, role in exact if role is DayRole.EVENT]
    for item, day in events:
        if told[item.sentence]:
            return day
    if events:
        return events[0][1]
    return next((day for _, day, role in exact if role is DayRole.STATEMENT), None)


def _second_pass(
    found: Sequence[_Found],
    first: Sequence[DayMention],
    anchor: date | None,
    published: date | None,
    told: dict[Span, bool],
    header: Header,
) -> list[DayMention]:
    mentions: list[DayMention] = []
    event: tuple[int, date] | None = None  # sentence and day of the event told last
    named: tuple[int, date] | None = None  # sentence and day of the day named last
    for item, mention in zip(found, first, strict=True):
        if mention.anaphoric:
            base = event[1] if event is not None and item.index - event[0] <= NEAR_SENTENCES else anchor
            last = named[1] if named is not None and item.index - named[0] <= NEAR_SENTENCES else None
            mention = _mention(item, _frame(item, published, base, last, told, header), published)
        mentions.append(mention)
        if mention.when is not None and mention.when.precision <= DayPrecision.DAYS:
            if mention.role in (DayRole.EVENT, DayRole.BACKGROUND) and item.expression.form is not Form.AFTER:
                event = (item.index, mention.when.best)
            if mention.role is not DayRole.FUTURE:
                named = (item.index, mention.when.best)
    return mentions


def _header_days(text: str, header: Header, published: date | None) -> list[DayMention]:
    frame = Frame(published, published, month_first=header.month_first)
    return [
        DayMention(expression.span, meaning(expression, frame), DayRole.HEADER, expression.anaphoric)
        for span in header.spans
        for expression in find_expressions(text, span)
    ]


@dataclass(frozen=True, slots=True)
class _Cues:
    speech_before: re.Pattern[str]
    speech_after: re.Pattern[str]
    speech_later: re.Pattern[str]
    future: re.Pattern[str]
    deadline: re.Pattern[str]
    background: re.Pattern[str]
    speech: re.Pattern[str]


_BETWEEN = (
    "on in at a an the late early earlier later via by to through during his her its their of this that statement post posts "
    "telegram facebook twitter x video message address speech briefing interview television tv radio channel reporters "
    "journalists parliament media press news conference local time again also social network app website morning evening "
    "military official local police security sources officials authorities officers ministry spokesman spokeswoman government"
)


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    patterns = calendar_words().patterns
    speech = rf"(?<!\w){patterns['speech']}(?!\w)"
    between = rf"(?:,?\s{{1,2}}(?:(?:{'|'.join(_BETWEEN.split())})\b|(?-i:[A-ZА-Я][a-zа-я]\w{{0,20}}\b))){{0,7}}"
    return _Cues(
        speech_before=re.compile(rf"{speech}{between},?\s{{0,2}}$", re.I),
        speech_after=re.compile(
            rf",?\s{{1,2}}(?:(?:also|again|officially|later|reportedly)\s)?(?:(?:has|have|had)\s)?{speech}", re.I
        ),
        speech_later=re.compile(rf"{speech}(?!\s{{0,2}}[,.:;”\"])", re.I),
        future=re.compile(rf"(?<!\w){patterns['future']}(?!\w)", re.I),
        deadline=re.compile(r"\s{1,2}(?:deadline|elections?|vote|referendum|summit)\b", re.I),
        background=re.compile(rf"(?<!\w){patterns['background']}(?!\w)", re.I),
        speech=re.compile(speech, re.I),
    )


def _cue(text: str, sentence: Span, expression: Expression, tells_attack: Callable[[Span], bool]) -> DayRole | None:
    """What the words beside a day say of it."""
    cues, span = _cues(), expression.span
    left = text[max(sentence.start, span.start - 100) : span.start]
    right = text[span.end : min(sentence.end, span.end + 100)]
    if cues.speech_before.search(left) or cues.speech_after.match(right):
        return DayRole.STATEMENT
    if _is_future(left, right, cues, expression):
        return DayRole.FUTURE
    if span.start - sentence.start <= 12 and (verb := cues.speech_later.search(right)):
        between = right[: verb.start()]
        if between.strip() and not tells_attack(Span(span.end, span.end + verb.start())):
            return DayRole.STATEMENT
    return DayRole.BACKGROUND if cues.background.search(text, sentence.start, span.start) else None


def _is_future(left: str, right: str, cues: _Cues, expression: Expression) -> bool:
    if expression.form is Form.UNIT or expression.form is Form.WEEKDAY:
        if expression.which in ("next", "coming", "this coming"):
            return True
    if expression.form in (Form.COUNTED, Form.WINDOW, Form.AFTER, Form.SAME, Form.NEIGHBOUR, Form.NAMED):
        return False
    if cues.deadline.match(right):
        return True
    clause = re.split(r"[;:]|,\s(?:and|but|while|when|who|which)\s|\b(?:after|when|while)\s", left)[-1]
    last = None
    for last in cues.future.finditer(clause):  # noqa: B007 - the last one is wanted
        pass
    return last is not None and cues.speech.search(clause, last.end()) is None
