"""What a day is the day of: the event, what somebody said, something earlier, something to come."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from extract.calendar_words import calendar_words
from extract.day_counting import tells_antecedent
from extract.day_expressions import Expression
from extract.day_forms import Form
from extract.lower_case import in_lower, lowered
from model import DayPrecision, Span, When

_REACH = 100  # characters beside a day in which the words that tell its role stand
NEWS = timedelta(days=45)  # what happened longer before publication is background


class DayRole(StrEnum):
    """What a day is the day of."""

    EVENT = "event"
    STATEMENT = "statement"  # when something was said: "said on Tuesday"
    BACKGROUND = "background"
    FUTURE = "future"
    HEADER = "header"  # in a dateline or a line of metadata


def tell_role(expression: Expression, cue: DayRole | None, when: When | None, published: date | None) -> DayRole:
    """The role of a day, from the cue beside it and from where it lies in time."""
    if cue is DayRole.STATEMENT and (when is None or published is None or when.best <= published):
        return DayRole.STATEMENT
    if when is None:
        return cue or DayRole.EVENT
    if published is not None and when.first_day > published:
        return DayRole.FUTURE
    if cue is DayRole.FUTURE:
        return DayRole.FUTURE if published is None or when.last_day >= published else DayRole.EVENT
    if expression.since or tells_antecedent(expression):
        return DayRole.BACKGROUND
    if when.precision is DayPrecision.YEAR or (published is not None and published - when.last_day > NEWS):
        return DayRole.BACKGROUND
    return cue or DayRole.EVENT


@dataclass(frozen=True, slots=True)
class _Cues:
    speech: re.Pattern[str]
    speech_before: re.Pattern[str]  # "told reporters late on" at the end of what precedes the day
    speech_after: re.Pattern[str]  # "Russia on Sunday said"
    speech_told: re.Pattern[str]  # "a day after the general warned that"
    speech_later: re.Pattern[str]  # "On Sunday, the governor said that"; not "..., the governor said."
    future: re.Pattern[str]
    deadline: re.Pattern[str]
    background: re.Pattern[str]


# Words that may stand between a verb of speech and its day.
_BETWEEN = """
on in at a an the late early earlier later via by to through during his her its their of this that again also each
other one another
page account blog website site note bulletin bulletins summary digest update communique communiqué report
letter channels newspaper outlet agency
statement post posts telegram facebook twitter x video message address speech briefing interview television tv radio
channel social network app website media press news conference reporters journalists parliament local time morning
evening military official officials police security sources authorities officers ministry spokesman spokeswoman
government
"""
_OVER = in_lower(r"(?<!be\s)(?<!\bbeen\s)\b(?:killed|wounded|injured|struck|hit|shelled|shot|bombed|died)\s(?:on\s)?$")
_THAT = in_lower(r"\bthat\s(?:(?:on|in|at|late|early|since|during)\s){0,2}$")  # "said that on Monday a shell hit X"
_CLAUSE = re.compile(r"[;:]|,\s(?:and|but|while|when|who|which)\s|\b(?:after|when|while)\s")
_NEVER_FUTURE = frozenset({Form.COUNTED, Form.WINDOW, Form.AFTER, Form.SAME, Form.NEIGHBOUR, Form.NAMED})


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    patterns = calendar_words().patterns
    verb = rf"(?<!\w){patterns['speech']}(?!\w)"
    said = rf"(?<!\w)(?:{patterns['speech']}|{patterns['attribution']})(?!\w)"
    between = rf"(?:,?\s{{1,2}}(?:(?:{'|'.join(_BETWEEN.split())})\b|(?-i:[A-ZА-Я][a-zа-я]\w{{0,20}}\b))){{0,7}}"
    adverb = r"(?:(?:also|again|officially|later|reportedly)\s)?(?:(?:has|have|had)\s)?"
    return _Cues(
        speech=in_lower(said),
        speech_before=re.compile(rf"{said}{between},?\s{{0,2}}$", re.I),
        speech_after=in_lower(rf"\s{{1,2}}{adverb}{verb}|\sstatement\b"),
        speech_told=in_lower(
            rf"(?:\s{{1,2}}[^\W\d_][\w’'.-]{{0,20}}){{1,6}}?\s{{1,2}}(?:{verb}|(?:warn|vow|threaten|promis)ed\b)"
        ),
        speech_later=in_lower(rf"{verb}(?!\s{{0,2}}[,.:;”\"])"),
        future=in_lower(rf"(?<!\w){patterns['future']}(?!\w)(?!\s(?:not\s)?have\b)"),
        deadline=in_lower(r"\s{1,2}(?:deadline|elections?|vote|referendum|summit)\b"),
        background=in_lower(rf"(?<!\w){patterns['background']}(?!\w)"),
    )


def find_cue(text: str, sentence: Span, expression: Expression, tells_attack: Callable[[Span], bool]) -> DayRole | None:
    """What the words beside a day say of it; None where they say nothing."""
    cues, span = _cues(), expression.span
    start, end = max(sentence.start, span.start - _REACH), min(sentence.end, span.end + _REACH)
    left, low_left = text[start : span.start], lowered(text)[start : span.start]
    right = lowered(text)[span.end : end]
    if low_left.strip() == "by" and span.start - sentence.start <= 4:  # "By Saturday six had died"
        return DayRole.STATEMENT
    if expression.form is Form.AFTER and cues.speech_told.match(right):
        return DayRole.STATEMENT
    said = cues.speech.search(low_left) is not None and cues.speech_before.search(left) is not None
    if (said and _THAT.search(low_left) is None) or cues.speech_after.match(right):
        return DayRole.STATEMENT
    if _is_future(left, low_left, right, expression):
        return DayRole.FUTURE
    if span.start - sentence.start <= 12 and (verb := cues.speech_later.search(right)):
        between = right[: verb.start()]
        if between.strip() and not tells_attack(Span(span.end, span.end + verb.start())):
            return DayRole.STATEMENT
    clause = low_left[low_left.rfind(",") + 1 :]
    return DayRole.BACKGROUND if cues.background.search(clause) else None


def _is_future(left: str, low_left: str, right: str, expression: Expression) -> bool:
    """True for a day to come, by what precedes it, as written and in lower case, and by what follows it."""
    cues = _cues()
    if expression.form in (Form.UNIT, Form.WEEKDAY) and expression.which in ("next", "coming", "this coming"):
        return True
    if expression.form in _NEVER_FUTURE:
        return False
    if cues.deadline.match(right):
        return True
    start = len(left) - len(_CLAUSE.split(left)[-1])
    # "May" and "Will" with a capital are a month and a name.
    found = [
        match.end()
        for match in cues.future.finditer(low_left[start:])
        if not left[start + match.start() : start + match.end()].istitle()
    ]
    clause = low_left[start:]
    if not found or cues.speech.search(clause, found[-1]) is not None:
        return False
    # "will meet the families of those killed on Sunday": Sunday is over.
    return _OVER.search(clause, found[-1]) is None
