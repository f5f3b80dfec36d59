"""The meaning of days that are counted from others: "the day before", "two days later", "the past 24 hours"."""

from __future__ import annotations

import re
from datetime import date

from extract.calendar_words import calendar_words
from extract.day_arithmetic import DAY, Days, Frame, add_months, few_days_off, single, whole_month
from extract.day_expressions import Expression
from extract.day_forms import Form
from extract.lower_case import in_lower

_LANDMARK = re.compile(
    r"\s(?:(?:the|an?|his|her|its|their|this|that|these|those|last|next)\b|(?-i:[A-Z][a-z]))[^.!?;\n]{0,40}", re.I
)
_CAME = in_lower(r"\b(?:was|is|came|comes|coming|occurred|happened|took\splace|follows|followed)\s(?:\w{1,12}\s){0,2}$")


def neighbour(expression: Expression, frame: Frame) -> Days | None:
    """One day from the event: "the day before", "the next morning"."""
    ahead = expression.group("ahead") or expression.group("ahead2")
    if frame.anchor is None or (not ahead and _other_landmark(expression)):
        return None
    return single(frame.anchor + DAY if ahead else frame.anchor - DAY)


def same(expression: Expression, frame: Frame) -> Days | None:
    """The day named last: "the same day", "that night"; or its week."""
    base = frame.named or frame.anchor
    if base is None:
        return None
    if expression.group("week"):
        monday = base - base.weekday() * DAY
        return monday, monday + 6 * DAY, base
    return single(base)


def counted(expression: Expression, frame: Frame) -> Days | None:
    """So many days from the event ("two days later") or from the publication day ("two days ago")."""
    way = expression.group("way")
    if _other_landmark(expression):
        return None
    base = frame.published if way == "ago" else frame.anchor
    sign = 1 if way in ("later", "on", "afterward", "afterwards") else -1
    return _count(expression, base, sign)


def after(expression: Expression, frame: Frame) -> Days | None:
    """For "a day after": the day of the sentence itself, or of the event told after it."""
    return _count(expression, frame.anchor, -1 if tells_antecedent(expression) else 1)


def tells_antecedent(expression: Expression) -> bool:
    """True for "came a day after rebels struck": what follows tells of an earlier event, and the day is that one's.

    False for "a day after the attack, rescuers ...": there the day is that of the sentence itself.
    """
    match = expression.match
    if expression.form is not Form.AFTER:
        return False
    if expression.group("unit") in ("week", "month", "year", "decade"):  # "two years after the invasion"
        return True
    before = match.string[max(0, match.start() - 40) : match.start()]
    return not expression.group("known") or _CAME.search(before) is not None


def window(expression: Expression, frame: Frame) -> Days | None:
    """The stretch that ends with the publication day: "the past 24 hours", "recent weeks"."""
    if frame.published is None:
        return None
    unit = expression.group("unit") or expression.group("unit2") or expression.group("unit3")
    said = expression.group("number") or ("a few" if expression.group("unit3") else "one")
    number = calendar_words().number(said)
    if number is None:
        return None
    last = frame.published
    if unit in ("month", "year", "decade"):
        first = add_months(last, -number * {"month": 1, "year": 12, "decade": 120}[unit])
    else:
        hours = number * {"minute": 0, "hour": 1, "day": 24, "night": 24, "week": 168}[unit]
        first = last - max(1 if unit != "minute" else 0, hours // 24) * DAY
    return first, last, last


def _count(expression: Expression, base: date | None, sign: int) -> Days | None:
    if base is None:
        return None
    unit, words = expression.group("unit"), calendar_words()
    said = expression.group("number")
    alone = "" if expression.match[0].startswith("the ") else "a few"  # "the day after", "days after"
    number = words.number(said or alone) if said or alone else 1
    vague = words.is_vague(said or alone)
    if number is None:
        return None
    if unit in ("minute", "hour"):
        days = number // 24 if unit == "hour" else 0
        return single(base + sign * days * DAY)
    if unit in ("day", "night", "morning"):
        best = base + sign * number * DAY
        return few_days_off(best, sign, base) if vague else single(best)
    if unit == "week":
        best = base + sign * 7 * number * DAY
        return best - 3 * DAY, best + 3 * DAY, best
    if unit == "month":
        best = add_months(base, sign * number)
        return whole_month(best.year, best.month, best)
    best = add_months(base, sign * number * (120 if unit == "decade" else 12))
    return date(best.year, 1, 1), date(best.year, 12, 31), best


def _other_landmark(expression: Expression) -> bool:
    """True for "two days before the vote": counted from something that is not an attack, whose day is not known."""
    match = expression.match
    if not match[0].endswith("before"):
        return False
    following = _LANDMARK.match(expression.text, match.end(), match.end() + 60)
    return following is not None and re.search(calendar_words().patterns["happening"], following[0], re.I) is None
