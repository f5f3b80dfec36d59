"""Calendar arithmetic for day expressions: the days they are counted from, and intervals of days."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from extract.calendar_words import day_or_none
from model import DayPrecision

DAY = timedelta(days=1)
SOON = timedelta(days=21)  # a date so little ahead is that one, not the one of a year before, even beside a past tense

Days: TypeAlias = tuple[date, date, date]
"""First day, last day, likeliest day."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The days an expression may be counted from. None: not known, and then nothing is counted from it."""

    published: date | None
    anchor: date | None = None  # the day of what is being told
    named: date | None = None  # the day named last before the expression
    future: bool = False  # words beside it say that it is still to come
    past: bool = False  # words beside it say that it is over
    month_first: bool = False  # the report writes month/day/year


def single(day: date | None) -> Days | None:
    """An interval of one day."""
    return None if day is None else (day, day, day)


def width(first: date, last: date) -> DayPrecision:
    """The precision code of an interval of days."""
    days = (last - first).days + 1
    for most, precision in ((1, DayPrecision.DAY), (6, DayPrecision.DAYS), (10, DayPrecision.WEEK)):
        if days <= most:
            return precision
    return DayPrecision.MONTH if days <= 31 else DayPrecision.YEAR


def place_in_time(month: int, day: int, frame: Frame, weekday: int | None = None) -> date | None:
    """The day meant by a month and a day without a year: the nearest one that tense and weekday allow."""
    if frame.published is None:
        return None
    published = frame.published
    years = range(published.year - 8, published.year + 9)
    days = [found for year in years if (found := day_or_none(year, month, day)) is not None]
    if weekday is not None:
        near = [found for found in days if found.weekday() == weekday and abs((found - published).days) < 600]
        days = near or days
    if frame.future:
        days = [found for found in days if found >= published] or days
    elif frame.past and not any(timedelta(0) < found - published <= SOON for found in days):
        days = [found for found in days if found <= published] or days
    return min(days, key=lambda found: abs((found - published).days), default=None)


def latest(weekday: int, day: date) -> date:
    """The last such weekday on or before a day."""
    return day - ((day.weekday() - weekday) % 7) * DAY


def earliest(weekday: int, day: date) -> date:
    """The first such weekday on or after a day."""
    return day + ((weekday - day.weekday()) % 7) * DAY


def add_months(day: date, months: int) -> date:
    """The same day of the month some months on, or the last day of a shorter month."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    if not 1 <= year <= 9998:
        raise OverflowError(f"year {year} is out of range")
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def whole_month(year: int, month: int, best: date | None = None) -> Days:
    """A month; its middle is the likeliest day where none is given."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1]), best or date(year, month, 15)


def few_days_off(best: date, sign: int, base: date) -> Days:
    """A few days off: two to six days from the base."""
    near, far = base + sign * 2 * DAY, base + sign * 6 * DAY
    return min(near, far), max(near, far), best


def share(days: Days, part: str) -> Days:
    """The early, middle or late third of an interval."""
    first, last, _ = days
    third = ((last - first).days + 1) // 3
    part = part.removeprefix("the ").split(" ")[0].rstrip("-")
    if part in ("early", "beginning", "start"):
        last = first + max(third - 1, 0) * DAY
    elif part in ("mid", "middle"):
        first, last = first + third * DAY, first + (2 * third - 1) * DAY
    elif part in ("late", "end"):
        first = first + 2 * third * DAY
    else:
        return days
    return first, max(first, last), first + ((max(first, last) - first).days // 2) * DAY


def up_to(days: Days, limit: date | None) -> Days:
    """Cuts off what lies after a day, where any of the interval is left."""
    first, last, best = days
    if limit is None or limit >= last or limit < first:
        return days
    return first, limit, min(best, limit) if best <= limit else first + ((limit - first).days // 2) * DAY
