"""What day an expression means, seen from the publication day or from another day of the report."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from extract import day_counting
from extract.calendar_words import calendar_words, day_or_none, full_year
from extract.day_arithmetic import (
    DAY,
    Days,
    Frame,
    add_months,
    earliest,
    latest,
    place_in_time,
    share,
    single,
    up_to,
    whole_month,
    width,
)
from extract.day_expressions import Expression
from extract.day_forms import Form
from model import DayBasis, When


def meaning(expression: Expression, frame: Frame) -> When | None:
    """The days an expression means, or None where they cannot be told: never a guess."""
    try:
        found = _MEANINGS[expression.form](expression, frame)
    except (OverflowError, ValueError):  # a year that the calendar does not have: "900 years ago", seen from 800
        return None
    if found is None:
        return None
    first, last, best = found
    if expression.since and frame.published is not None and best < frame.published:
        last = frame.published
    return When(
        first_day=first,
        last_day=last,
        best=best,
        precision=width(first, last),
        basis=_basis(expression),
        time_of_day=expression.time_of_day,
    )


_NIGHT = re.compile(r"night|ночь|ніч|ночі", re.I)
_STATED = frozenset(
    {
        Form.ISO,
        Form.NUMERIC,
        Form.DAY_RANGE,
        Form.MONTH_RANGE,
        Form.CALENDAR,
        Form.FEAST,
        Form.MONTH,
        Form.YEAR,
        Form.SLASHED,
    }
)


def _basis(expression: Expression) -> DayBasis:
    if expression.form in _STATED:
        return DayBasis.STATED
    return DayBasis.ANAPHORIC if expression.anaphoric else DayBasis.RELATIVE


def _month(expression: Expression, name: str = "month") -> int:
    return calendar_words().months[expression.group(name).rstrip(".")]


def _weekday(expression: Expression, name: str = "weekday") -> int | None:
    word = expression.group(name)
    return calendar_words().weekdays[word] if word else None


def _own_year(expression: Expression, frame: Frame) -> int | None:
    digits = expression.group("year") or expression.group("short")
    if digits:
        return full_year(digits)
    step = {"last": -1, "this": 0, "next": 1}.get(expression.group("of_year"))
    return None if step is None or frame.published is None else frame.published.year + step


def _iso(expression: Expression, _: Frame) -> Days | None:
    match = expression.match
    return single(day_or_none(int(match["year"]), int(match["month"]), int(match["day"])))


def _numeric(expression: Expression, frame: Frame) -> Days | None:
    match = expression.match
    day, month, year = int(match["day"]), int(match["month"]), full_year(match["year"])
    if frame.month_first and match["sep"] == "/":
        day, month = month, day
    return single(day_or_none(year, month, day) or day_or_none(year, day, month))


def _slashed(expression: Expression, frame: Frame) -> Days | None:
    day, month = int(expression.match["day"]), int(expression.match["month"])
    if frame.month_first:
        day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return single(place_in_time(month, day, frame))


def _calendar(expression: Expression, frame: Frame) -> Days | None:
    return single(_dated(expression, frame, "month", "day", _own_year(expression, frame)))


def _dated(expression: Expression, frame: Frame, month: str, day: str, year: int | None) -> date | None:
    month_number, day_number = _month(expression, month), int(expression.match[day])
    if year is not None:
        return day_or_none(year, month_number, day_number)
    weekday = _weekday(expression) if expression.form is Form.CALENDAR else None
    return place_in_time(month_number, day_number, frame, weekday)


def _day_range(expression: Expression, frame: Frame) -> Days | None:
    year = _own_year(expression, frame)
    last = _dated(expression, frame, "month", "day2", year)
    if last is None:
        return None
    first = day_or_none(last.year, last.month, int(expression.match["day"]))
    return _interval(first, last, expression)


def _month_range(expression: Expression, frame: Frame) -> Days | None:
    names = expression.match.groupdict()
    first_names = ("month", "day") if names["month"] else ("month3", "day3")
    last_names = ("month2", "day2") if names["month2"] else ("month4", "day4")
    year, year2 = names.get("year"), names.get("year2")
    last = _dated(expression, frame, *last_names, int(year2) if year2 else None)
    if year2 is None and year is not None:
        first = _dated(expression, frame, *first_names, int(year))
        after = Frame(first, future=True)
        last = None if first is None else _dated(expression, after, *last_names, None)
    if last is None:
        return None
    first = _dated(expression, Frame(last, past=True), *first_names, int(year) if year else None)
    return _interval(first, last, expression)


def _weekday_range(expression: Expression, frame: Frame) -> Days | None:
    first, last = _weekday(expression), _weekday(expression, "weekday2")
    if frame.published is None or first is None or last is None:
        return None
    end = latest(last, frame.published)
    if frame.future and end < frame.published:
        end += 7 * DAY
    return _interval(end - ((last - first) % 7 or 7) * DAY, end, expression)


def _interval(first: date | None, last: date | None, expression: Expression) -> Days | None:
    if first is None or last is None or first > last:
        return None
    if expression.group("between"):  # some day of the interval: its middle
        return first, last, first + (((last - first).days + 1) // 2) * DAY
    # A night that spans two days is mostly the second day's: raids are counted after midnight.
    night = _NIGHT.search(expression.time_of_day) is not None or expression.group("to").strip() == "into"
    return first, last, last if night else first


def _weekday_day(expression: Expression, frame: Frame) -> Days | None:
    weekday = _weekday(expression)
    which = expression.which
    base = frame.published
    if expression.anaphoric:
        base = frame.named or (frame.anchor if which in ("following", "same") else frame.published)
    if base is None or weekday is None:
        return None
    if week := expression.group("week"):
        monday = base - base.weekday() * DAY + {"last": -7, "this": 0, "next": 7}[week] * DAY
        return single(monday + weekday * DAY)
    if which == "next" or which in ("following", "this coming", "coming"):
        return single(earliest(weekday, base + DAY))
    if which in ("last", "this past", "past", "previous", "preceding"):
        return single(latest(weekday, base - DAY))
    return single(earliest(weekday, base) if frame.future else latest(weekday, base))


def _two_days_off(expression: Expression, frame: Frame) -> Days | None:
    if frame.published is None:
        return None
    return single(frame.published + (-2 if expression.group("way") == "before" else 2) * DAY)


def _named(expression: Expression, frame: Frame) -> Days | None:
    if frame.published is None:
        return None
    today = frame.published
    name = " ".join(expression.group("name").split())
    if name in ("yesterday", "вчера", "вчора", "учора"):
        return single(today - DAY)
    if name in ("tomorrow", "завтра"):
        return single(today + DAY)
    if name == "overnight":  # the night that ends on the publication day
        return today - DAY, today, today
    if name in ("last night", "last evening"):
        return today - DAY, today if name == "last night" else today - DAY, today - DAY
    return single(today)


def _weekend(expression: Expression, frame: Frame) -> Days | None:
    if frame.published is None:
        return None
    which = expression.which
    saturday = latest(5, frame.published)
    running = frame.published.weekday() >= 5
    if which == "next" or (frame.future and not running):
        saturday = earliest(5, frame.published + DAY)
    elif which in ("last", "this past", "past") and running:
        saturday -= 7 * DAY
    return saturday, saturday + DAY, saturday


def _unit(expression: Expression, frame: Frame) -> Days | None:
    base = frame.anchor if expression.anaphoric else frame.published
    if base is None:
        return None
    which = expression.which
    step = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(which, 0)
    unit = expression.group("unit")
    if unit == "week":
        first = base - base.weekday() * DAY + 7 * step * DAY
        days: Days = (first, first + 6 * DAY, first + 3 * DAY)
    elif unit == "month":
        month = add_months(base, step)
        days = whole_month(month.year, month.month)
    else:
        year = base.year + step
        days = (date(year, 1, 1), date(year, 12, 31), date(year, 7, 1))
    return up_to(
        share(days, expression.group("part") or expression.group("part2")),
        base if step == 0 and not frame.future else None,
    )


def _feast(expression: Expression, frame: Frame) -> Days | None:
    month, day = calendar_words().feasts[" ".join(expression.group("feast").split())]
    year = _own_year(expression, frame)
    if year is not None:
        return single(day_or_none(year, month, day))
    return single(place_in_time(month, day, frame))


def _nth(expression: Expression, frame: Frame) -> Days | None:
    if frame.published is None:
        return None
    published, day = frame.published, int(expression.match["day"])
    which = expression.which
    steps = {"this": (0,), "last": (-1,)}.get(which, (0, 1, 2) if frame.future else (0, -1, -2))
    for step in steps:
        month = add_months(published.replace(day=1), step)
        found = day_or_none(month.year, month.month, day)
        if found is not None and (which or (found >= published if frame.future else found <= published)):
            return single(found)
    return None


def _month_only(expression: Expression, frame: Frame) -> Days | None:
    month, year = _month(expression), _own_year(expression, frame)
    which = expression.which
    limit = None
    if year is None:
        if frame.published is None:
            return None
        published = frame.published
        year = published.year - (month > published.month or (which == "last" and month == published.month))
        if (frame.future and month < published.month) or which == "next":
            year = published.year + (month <= published.month)
        elif frame.future and month > published.month:
            year = published.year
        limit = published if (year, month) == (published.year, published.month) and not frame.future else None
    if not 1800 <= year <= 2200:
        return None
    days = share(whole_month(year, month), expression.group("part"))
    if expression.since:
        days = (days[0], days[1], days[0])
    return up_to(days, limit)


def _year_only(expression: Expression, _: Frame) -> Days | None:
    year = int(expression.match["year"])
    return date(year, 1, 1), date(year, 12, 31), date(year, 7, 1)


_MEANINGS: dict[Form, Callable[[Expression, Frame], Days | None]] = {
    Form.ISO: _iso,
    Form.NUMERIC: _numeric,
    Form.DAY_RANGE: _day_range,
    Form.MONTH_RANGE: _month_range,
    Form.WEEKDAY_RANGE: _weekday_range,
    Form.CALENDAR: _calendar,
    Form.TWO_DAYS_OFF: _two_days_off,
    Form.WINDOW: day_counting.window,
    Form.AFTER: day_counting.after,
    Form.COUNTED: day_counting.counted,
    Form.NEIGHBOUR: day_counting.neighbour,
    Form.SAME: day_counting.same,
    Form.WEEKDAY: _weekday_day,
    Form.NAMED: _named,
    Form.WEEKEND: _weekend,
    Form.UNIT: _unit,
    Form.FEAST: _feast,
    Form.NTH: _nth,
    Form.MONTH: _month_only,
    Form.YEAR: _year_only,
    Form.SLASHED: _slashed,
}
