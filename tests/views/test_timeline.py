from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.views.told import frame, row
from views.timeline import DayBin, Unit, all_bins, day_bins, unit_for

DEC_25, DEC_30, JAN_31 = date(2023, 12, 25), date(2023, 12, 30), date(2024, 1, 31)


def test_days_without_gaps_and_silence_apart():
    events = frame(
        row(n=1, killed_low=22, killed=22),
        row(n=2, injured=3, injured_low=3, injured_high=3, first_day=date(2023, 12, 29)),
        row(n=3, day=None),
    )
    bins = day_bins(events, date(2023, 12, 29), date(2023, 12, 31), Unit.DAY)
    assert [bar.first_day.day for bar in bins] == [29, 30, 31]
    assert bins[1] == DayBin(
        DEC_30, DEC_30, events=2, killed=22, killed_silent=1, injured=3, injured_silent=1, unsure=1
    )
    assert bins[0] == DayBin(date(2023, 12, 29), date(2023, 12, 29))


def test_bars_count_each_place_and_day_once():
    events = frame(*(row(n=n, killed=killed, killed_low=killed) for n, killed in enumerate((2, 24, 14, None))))
    (bar,) = day_bins(events, DEC_30, DEC_30, Unit.DAY)
    assert (bar.events, bar.killed, bar.killed_silent) == (4, 24, 1)


def test_two_ends_without_a_figure_are_not_silent():
    (bar,) = day_bins(frame(row(killed_low=20, killed_high=30)), DEC_30, DEC_30, Unit.DAY)
    assert (bar.killed, bar.killed_silent) == (20, 0)


def test_weeks_begin_on_monday_and_months_on_the_first():
    weeks = day_bins(frame(row()), DEC_30, JAN_31, Unit.WEEK)
    assert weeks[0] == DayBin(DEC_25, date(2023, 12, 31), events=1, killed_silent=1, injured_silent=1)
    assert all(bar.first_day.weekday() == 0 for bar in weeks)
    months = day_bins(frame(row()), DEC_30, JAN_31, Unit.MONTH)
    assert [(bar.first_day, bar.last_day) for bar in months] == [
        (date(2023, 12, 1), date(2023, 12, 31)),
        (date(2024, 1, 1), JAN_31),
    ]


@pytest.mark.parametrize(
    ("days", "unit"), [(1, Unit.DAY), (100, Unit.DAY), (101, Unit.WEEK), (730, Unit.WEEK), (731, Unit.MONTH)]
)
def test_unit_for(days, unit):
    assert unit_for(DEC_25, DEC_25 + timedelta(days=days - 1)) is unit


def test_all_bins_begins_with_the_fitting_unit_and_leaves_out_too_many_days():
    assert list(all_bins(frame(), DEC_30, JAN_31)) == [Unit.DAY, Unit.WEEK, Unit.MONTH]
    assert list(all_bins(frame(), date(2014, 1, 1), JAN_31)) == [Unit.MONTH, Unit.WEEK]


@given(st.integers(0, 400), st.sampled_from(Unit), st.lists(st.integers(0, 400), max_size=10))
@settings(max_examples=40, derandomize=True, deadline=None)
def test_bars_join_up_and_hold_every_dated_event_of_the_axis(width, unit, offsets):
    last = DEC_25 + timedelta(days=width)
    days = [DEC_25 + timedelta(days=min(offset, width)) for offset in offsets]
    bins = day_bins(frame(*(row(n=n, day=day) for n, day in enumerate(days))), DEC_25, last, unit)
    assert bins[0].first_day <= DEC_25
    assert bins[-1].last_day >= last
    assert all(a.last_day + timedelta(days=1) == b.first_day for a, b in pairwise(bins))
    assert sum(bar.events for bar in bins) == len(days)
