"""Events counted by day, week or month: the bars under the map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

import pandas as pd

from views.tables import counted, figures

MOST_BARS = 1_500  # more than a screen has room for


class Unit(StrEnum):
    """Width of a bar."""

    DAY = "day"
    WEEK = "week"  # from Monday
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class DayBin:
    """One bar: the days it covers (both included) and what was told of them."""

    first_day: date
    last_day: date
    events: int = 0
    killed: int = 0  # each place and day once; silent events add nothing and are counted in the next field
    killed_silent: int = 0
    injured: int = 0
    injured_silent: int = 0
    unsure: int = 0  # events whose day is an interval; counted at the likeliest day


def unit_for(first_day: date, last_day: date) -> Unit:
    """The narrowest unit that gives at most about a hundred bars."""
    width = (last_day - first_day).days + 1
    return Unit.DAY if width <= 100 else Unit.WEEK if width <= 730 else Unit.MONTH


def all_bins(frame: pd.DataFrame, first_day: date, last_day: date) -> dict[Unit, tuple[DayBin, ...]]:
    """Bars in every unit that gives a readable number of them; the most fitting unit comes first."""
    width = (last_day - first_day).days + 1
    fitting = unit_for(first_day, last_day)
    others = [unit for unit in Unit if unit is not fitting and not (unit is Unit.DAY and width > MOST_BARS)]
    return {unit: day_bins(frame, first_day, last_day, unit) for unit in (fitting, *others)}


def day_bins(frame: pd.DataFrame, first_day: date, last_day: date, unit: Unit) -> tuple[DayBin, ...]:
    """Bars from the unit of the first day to the unit of the last one, without gaps.

    Args:
        frame: events as ``store.query.events`` gives them; undated ones are left out.
        first_day: first day of the axis.
        last_day: last day of the axis, included.
        unit: width of a bar; all bars cover whole units.
    """
    starts = _starts(first_day, last_day, unit)
    counted = _counted(frame, unit)
    return tuple(
        DayBin(start, after - timedelta(days=1), **counted.get(start, {})) for start, after in pairwise(starts)
    )


def _start(day: date, unit: Unit) -> date:
    if unit is Unit.DAY:
        return day
    return day - timedelta(days=day.weekday()) if unit is Unit.WEEK else day.replace(day=1)


def _next(start: date, unit: Unit) -> date:
    if unit is Unit.MONTH:
        return (start + timedelta(days=31)).replace(day=1)
    return start + timedelta(days=7 if unit is Unit.WEEK else 1)


def _starts(first_day: date, last_day: date, unit: Unit) -> list[date]:
    starts = [_start(first_day, unit)]
    while starts[-1] <= last_day:
        starts.append(_next(starts[-1], unit))
    return starts


def _counted(frame: pd.DataFrame, unit: Unit) -> dict[date, dict[str, int]]:
    dated = frame[frame["best_day"].notna()]
    if dated.empty:
        return {}
    best = pd.to_datetime(dated["best_day"])
    killed, injured = figures(dated, "killed"), figures(dated, "injured")
    table = pd.DataFrame(
        {
            "start": _floor(best, unit),
            "events": 1,
            "killed": killed.where(counted(dated, "killed")).fillna(0),
            "killed_silent": killed.isna(),
            "injured": injured.where(counted(dated, "injured")).fillna(0),
            "injured_silent": injured.isna(),
            "unsure": dated["first_day"] != dated["last_day"],
        }
    )
    sums = table.groupby("start").sum().astype(int)
    return {_date(start): _fields(sums.columns, row) for start, row in zip(sums.index, sums.to_numpy(), strict=True)}


def _floor(best: pd.Series[Any], unit: Unit) -> pd.Series[Any]:
    if unit is Unit.DAY:
        return best
    since: pd.Series[Any] = best.dt.day_of_week if unit is Unit.WEEK else best.dt.day - 1
    floor: pd.Series[Any] = best - pd.to_timedelta(since, unit="D")
    return floor


def _date(stamp: object) -> date:
    return pd.Timestamp(str(stamp)).date()


def _fields(names: Iterable[str], row: Iterable[Any]) -> dict[str, int]:
    return {name: int(value) for name, value in zip(names, row, strict=True)}
