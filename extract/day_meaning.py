"""What day an expression means, seen from the publication day or from another day of the report."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from extract.calendar_words import calendar_words, day_or_none, full_year
from extract.day_expressions import Expression
from extract.day_forms import Form
from model import DayBasis, DayPrecision, When


@dataclass(frozen=True, slots=True)
class Frame:
    """The days an expression may be counted from. None: not known, and then nothing is counted from it."""

    published: date | None
    anchor: date | None = None  # the day of what is being told
    named: date | None = None  # the day named last before the expression
    future: bool = False  # words beside it say that it is still to come
    past: bool = False  # words beside it say that it is over
    month_first: bool = False  # the report writes month/day/year


def meaning(expression: Expression, frame: Frame) -> When | None:
    """The days an expression means, or None where they cannot be told: never a guess."""
    try:
        found = _MEANINGS[expression.form](expression, frame)
    except OverflowError:  # "900 years ago", counted from a day in the year 800
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


def width(first: date, last: date) -> DayPrecision:
    """The precision code of an interval of days."""
    days = (last - first).days + 1
    for most, precision in ((1, DayPrecision.DAY), (6, DayPrecision.DAYS), (10, DayPrecision.WEEK)):
        if days <= most:
            return precision
    return DayPrecision.MONTH if days <= 31 else DayPrecision.YEAR


_Days = tuple[date, date, date]  # first, last, best
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
_DAY = timedelta(days=1)
SOON = timedelta(days=21)  # a date so little ahead is that one, not the one of a year before, even beside a past tense


def _basis(expression: Expression) -> DayBasis:
    if expression.form in _STATED:
        return DayBasis.STATED
    return DayBasis.ANAPHORIC if expression.anaphoric else DayBasis.RELATIVE


def _single(day: date | None) -> _Days | None:
    return None if day is None else (day, day, day)


def _month(expression: Expression, name: str = "month") -> int:
    return calendar_words().months[expression.group(name).rstrip(".")]


def _weekday(expression: Expression, name: str = "weekday") -> int | None:
    word = expression.group(name)
    return calendar_words().weekdays[word] if word else None


def _own_year(expression: Expression) -> int | None:
    digits = expression.group("year") or expression.group("short")
    return full_year(digits) if digits else None


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


def _iso(expression: Expression, _: Frame) -> _Days | None:
    match = expression.match
    return _single(day_or_none(int(match["year"]), int(match["month"]), int(match["day"])))


def _numeric(expression: Expression, frame: Frame) -> _Days | None:
    match = expression.match
    day, month, year = int(match["day"]), int(match["month"]), full_year(match["year"])
    if frame.month_first and match["sep"] == "/":
        day, month = month, day
    return _single(day_or_none(year, month, day) or day_or_none(year, day, month))


def _slashed(expression: Expression, frame: Frame) -> _Days | None:
    day, month = int(expression.match["day"]), int(expression.match["month"])
    if frame.month_first:
        day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return _single(place_in_time(month, day, frame))


def _calendar(expression: Expression, frame: Frame) -> _Days | None:
    return _single(_dated(expression, frame, "month", "day", _own_year(expression)))


def _dated(expression: Expression, frame: Frame, month: str, day: str, year: int | None) -> date | None:
    month_number, day_number = _month(expression, month), int(expression.match[day])
    if year is not None:
        return day_or_none(year, month_number, day_number)
    weekday = _weekday(expression) if expression.form is Form.CALENDAR else None
    return place_in_time(month_number, day_number, frame, weekday)


def _day_range(expression: Expression, frame: Frame) -> _Days | None:
    year = _own_year(expression)
    last = _dated(expression, frame, "month", "day2", year)
    if last is None:
        return None
    first = day_or_none(last.year, last.month, int(expression.match["day"]))
    return _interval(first, last, expression)


def _month_range(expression: Expression, frame: Frame) -> _Days | None:
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


def _weekday_range(expression: Expression, frame: Frame) -> _Days | None:
    first, last = _weekday(expression), _weekday(expression, "weekday2")
    if frame.published is None or first is None or last is None:
        return None
    end = _latest(last, frame.published)
    if frame.future and end < frame.published:
        end += 7 * _DAY
    return _interval(end - ((last - first) % 7 or 7) * _DAY, end, expression)


def _interval(first: date | None, last: date | None, expression: Expression) -> _Days | None:
    if first is None or last is None or first > last:
        return None
    # A night that spans two days is mostly the second day's: raids are counted after midnight.
    night = "night" in expression.time_of_day.casefold() or expression.group("to").strip() == "into"
    return first, last, last if night else first


def _latest(weekday: int, day: date) -> date:
    """The last such weekday on or before a day."""
    return day - ((day.weekday() - weekday) % 7) * _DAY


def _earliest(weekday: int, day: date) -> date:
    """The first such weekday on or after a day."""
    return day + ((weekday - day.weekday()) % 7) * _DAY


def _weekday_day(expression: Expression, frame: Frame) -> _Days | None:
    weekday = _weekday(expression)
    which = expression.which
    base = (frame.named or frame.anchor) if expression.anaphoric else frame.published
    if base is None or weekday is None:
        return None
    if week := expression.group("week"):
        monday = base - base.weekday() * _DAY + {"last": -7, "this": 0, "next": 7}[week] * _DAY
        return _single(monday + weekday * _DAY)
    if which == "next" or which in ("following", "this coming", "coming"):
        return _single(_earliest(weekday, base + _DAY))
    if which in ("last", "this past", "past", "previous", "preceding"):
        return _single(_latest(weekday, base - _DAY))
    return _single(_earliest(weekday, base) if frame.future else _latest(weekday, base))


def _two_days_off(expression: Expression, frame: Frame) -> _Days | None:
    if frame.published is None:
        return None
    return _single(frame.published + (-2 if expression.group("way") == "before" else 2) * _DAY)


def _named(expression: Expression, frame: Frame) -> _Days | None:
    if frame.published is None:
        return None
    today = frame.published
    name = " ".join(expression.group("name").split())
    if name in ("yesterday", "вчера", "вчора", "учора"):
        return _single(today - _DAY)
    if name in ("tomorrow", "завтра"):
        return _single(today + _DAY)
    if name == "overnight":  # the night that ends on the publication day
        return today - _DAY, today, today
    if name in ("last night", "last evening"):
        return today - _DAY, today if name == "last night" else today - _DAY, today - _DAY
    return _single(today)


def _neighbour(expression: Expression, frame: Frame) -> _Days | None:
    if frame.anchor is None:
        return None
    ahead = expression.group("ahead") or expression.group("ahead2")
    return _single(frame.anchor + _DAY if ahead else frame.anchor - _DAY)


def _same(expression: Expression, frame: Frame) -> _Days | None:
    base = frame.named or frame.anchor
    if base is None:
        return None
    if expression.group("week"):
        monday = base - base.weekday() * _DAY
        return monday, monday + 6 * _DAY, base
    return _single(base)


def _counted(expression: Expression, frame: Frame) -> _Days | None:
    way = expression.group("way")
    base = frame.published if way == "ago" else frame.anchor
    sign = 1 if way in ("later", "on", "afterward", "afterwards") else -1
    return _count(expression, base, sign)


def _after(expression: Expression, frame: Frame) -> _Days | None:
    """With "after the attack" the day of the sentence itself; else the day of what the words after it tell."""
    return _count(expression, frame.anchor, 1 if expression.group("known") else -1)


def _count(expression: Expression, base: date | None, sign: int) -> _Days | None:
    if base is None:
        return None
    unit, words = expression.group("unit"), calendar_words()
    number = words.number(expression.group("number")) if expression.group("number") else 3
    vague = not expression.group("number") or words.is_vague(expression.group("number"))
    if number is None:
        return None
    if unit in ("minute", "hour"):
        days = number // 24 if unit == "hour" else 0
        return _single(base + sign * days * _DAY)
    if unit in ("day", "night"):
        best = base + sign * number * _DAY
        return _around(best, sign, base) if vague else _single(best)
    if unit == "week":
        best = base + sign * 7 * number * _DAY
        return best - 3 * _DAY, best + 3 * _DAY, best
    if unit == "month":
        best = add_months(base, sign * number)
        return _whole_month(best.year, best.month, best)
    best = add_months(base, sign * number * (120 if unit == "decade" else 12))
    return date(best.year, 1, 1), date(best.year, 12, 31), best


def _around(best: date, sign: int, base: date) -> _Days:
    """A few days off: two to six days from the base."""
    near, far = base + sign * 2 * _DAY, base + sign * 6 * _DAY
    return min(near, far), max(near, far), best


def add_months(day: date, months: int) -> date:
    """The same day of the month some months on, or the last day of a shorter month."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    if not 1 <= year <= 9998:
        raise OverflowError(f"year {year} is out of range")
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _whole_month(year: int, month: int, best: date | None = None) -> _Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1]), best or date(year, month, 15)


def _window(expression: Expression, frame: Frame) -> _Days | None:
    if frame.published is None:
        return None
    unit = expression.group("unit") or expression.group("unit2")
    number = calendar_words().number(expression.group("number")) if expression.group("number") else 1
    if number is None:
        return None
    last = frame.published
    if unit in ("month", "year", "decade"):
        first = add_months(last, -number * {"month": 1, "year": 12, "decade": 120}[unit])
    else:
        hours = number * {"minute": 0, "hour": 1, "day": 24, "night": 24, "week": 168}[unit]
        first = last - max(1 if unit != "minute" else 0, hours // 24) * _DAY
    return first, last, last


def _weekend(expression: Expression, frame: Frame) -> _Days | None:
    if frame.published is None:
        return None
    which = expression.which
    saturday = _latest(5, frame.published)
    running = frame.published.weekday() >= 5
    if which == "next" or (frame.future and not running):
        saturday = _earliest(5, frame.published + _DAY)
    elif which in ("last", "this past", "past") and running:
        saturday -= 7 * _DAY
    return saturday, saturday + _DAY, saturday


def _unit(expression: Expression, frame: Frame) -> _Days | None:
    base = frame.anchor if expression.anaphoric else frame.published
    if base is None:
        return None
    which = expression.which
    step = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(which, 0)
    unit = expression.group("unit")
    if unit == "week":
        first = base - base.weekday() * _DAY + 7 * step * _DAY
        days: _Days = (first, first + 6 * _DAY, first + 3 * _DAY)
    elif unit == "month":
        month = add_months(base, step)
        days = _whole_month(month.year, month.month)
    else:
        year = base.year + step
        days = (date(year, 1, 1), date(year, 12, 31), date(year, 7, 1))
    return _up_to(_share(days, expression.group("part")), base if step == 0 and not frame.future else None)


def _share(days: _Days, part: str) -> _Days:
    """The early, middle or late third of an interval."""
    first, last, _ = days
    third = ((last - first).days + 1) // 3
    part = part.removeprefix("the ").split(" ")[0].rstrip("-")
    if part in ("early", "beginning", "start"):
        last = first + max(third - 1, 0) * _DAY
    elif part in ("mid", "middle"):
        first, last = first + third * _DAY, first + (2 * third - 1) * _DAY
    elif part in ("late", "end"):
        first = first + 2 * third * _DAY
    else:
        return days
    return first, max(first, last), first + ((max(first, last) - first).days // 2) * _DAY


def _up_to(days: _Days, limit: date | None) -> _Days:
    """Cuts off what lies after a day, where any of the interval is left."""
    first, last, best = days
    if limit is None or limit >= last or limit < first:
        return days
    return first, limit, min(best, limit) if best <= limit else first + ((limit - first).days // 2) * _DAY


def _feast(expression: Expression, frame: Frame) -> _Days | None:
    month, day = calendar_words().feasts[" ".join(expression.group("feast").split())]
    year = _own_year(expression)
    if year is not None:
        return _single(day_or_none(year, month, day))
    return _single(place_in_time(month, day, frame))


def _nth(expression: Expression, frame: Frame) -> _Days | None:
    if frame.published is None:
        return None
    published, day = frame.published, int(expression.match["day"])
    which = expression.which
    steps = {"this": (0,), "last": (-1,)}.get(which, (0, 1, 2) if frame.future else (0, -1, -2))
    for step in steps:
        month = add_months(published.replace(day=1), step)
        found = day_or_none(month.year, month.month, day)
        if found is not None and (which or (found >= published if frame.future else found <= published)):
            return _single(found)
    return None


def _month_only(expression: Expression, frame: Frame) -> _Days | None:
    month, year = _month(expression), _own_year(expression)
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
    days = _share(_whole_month(year, month), expression.group("part"))
    if expression.since:
        days = (days[0], days[1], days[0])
    return _up_to(days, limit)


def _year_only(expression: Expression, _: Frame) -> _Days | None:
    year = int(expression.match["year"])
    return date(year, 1, 1), date(year, 12, 31), date(year, 7, 1)


_MEANINGS: dict[Form, Callable[[Expression, Frame], _Days | None]] = {
    Form.ISO: _iso,
    Form.NUMERIC: _numeric,
    Form.DAY_RANGE: _day_range,
    Form.MONTH_RANGE: _month_range,
    Form.WEEKDAY_RANGE: _weekday_range,
    Form.CALENDAR: _calendar,
    Form.TWO_DAYS_OFF: _two_days_off,
    Form.WINDOW: _window,
    Form.AFTER: _after,
    Form.COUNTED: _counted,
    Form.NEIGHBOUR: _neighbour,
    Form.SAME: _same,
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
