"""What the timeline sends to the browser: little, and all of it numbers."""

from __future__ import annotations

import json
import re
from datetime import date

import pandas as pd
import pytest

from bench.synthetic import make_events
from views import brush, offline
from views.timeline import DayBin, Unit, day_bins

DAY0 = date(2024, 1, 3)


def test_bars_become_columns_of_numbers_and_empty_ones_are_left_out() -> None:
    bars = [
        DayBin(date(2024, 1, 1), date(2024, 1, 7), events=3, killed=22, killed_silent=1),
        DayBin(date(2024, 1, 8), date(2024, 1, 14), events=1),
    ]
    told = brush._columns(bars, DAY0)
    assert told == {"events": [3, 1], "killed": [22, 0], "killed_silent": [1, 0], "start": [-2, 5], "end": 12}


@pytest.mark.parametrize("count", [100, 20_000])
def test_two_years_of_bars_stay_small_whatever_the_number_of_events(count: int) -> None:
    frame = make_events(count, arcs=0)
    first, last = frame["first_day"].min(), frame["last_day"].max()
    bars = {unit: brush._columns(day_bins(frame, first, last, unit), first) for unit in (Unit.WEEK, Unit.MONTH)}
    assert len(json.dumps(bars)) < 5_000


def test_bars_count_every_event_once() -> None:
    frame = make_events(500, arcs=0).assign(place_id=pd.NA)  # no place and day is told twice
    told = brush._columns(day_bins(frame, frame["first_day"].min(), frame["last_day"].max(), Unit.WEEK), DAY0)
    assert sum(told["events"]) == 500
    assert sum(told["killed"]) == int(pd.to_numeric(frame["killed"]).fillna(0).sum())


def test_the_loader_fetches_a_file_of_ours_and_is_short() -> None:
    code = offline.loader("brush.js")
    named = re.search(r'"component/([\w.]+)/([\w.]+)\?v=[0-9a-f]{8}"', code)
    assert named
    assert f"../{named[1]}/" == offline.ASSET_BASE
    assert (offline.ASSETS / named[2]).exists()
    assert len(code) < 300
