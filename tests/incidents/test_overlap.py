"""Totals count a place and a day once, by the report that is sure of the most."""

from datetime import date
from itertools import product

import pandas as pd

from incidents.overlap import ALONE, counted_once, find_spots, number_tellings

SATURDAY, SUNDAY = date(2023, 12, 30), date(2023, 12, 31)


def events(*rows):
    full = [row if len(row) == 5 else (*row, row[3]) for row in rows]
    frame = pd.DataFrame(full, columns=["report_id", "place_id", "best_day", "killed", "killed_low"])
    return frame.astype({"place_id": "Int64", "killed": "Int64", "killed_low": "Int64"})


def test_one_strike_told_by_three_reports_counts_by_the_highest():
    frame = events(("a", 1, SATURDAY, 2), ("b", 1, SATURDAY, 24), ("c", 1, SATURDAY, 14))
    assert find_spots(frame).nunique() == 1
    assert counted_once(frame, "killed").tolist() == [False, True, False]


def test_a_report_that_says_nearly_never_lowers_the_bound():
    frame = events(("a", 1, SATURDAY, 109, 109), ("b", 1, SATURDAY, 110, None))
    assert counted_once(frame, "killed").tolist() == [True, False]


def test_nearly_some_counts_before_none():
    frame = events(("a", 1, SATURDAY, 0, 0), ("b", 1, SATURDAY, 13, None))
    assert counted_once(frame, "killed").tolist() == [False, True]


def test_of_equal_lower_ends_the_higher_figure_counts():
    frame = events(("a", 1, SATURDAY, 20, 20), ("b", 1, SATURDAY, 25, 20))
    assert counted_once(frame, "killed").tolist() == [False, True]


def test_two_events_of_one_report_are_added():
    frame = events(("a", 1, SATURDAY, 20), ("b", 1, SATURDAY, 1), ("b", 1, SATURDAY, 21))
    assert counted_once(frame, "killed").tolist() == [False, True, True]


def test_other_day_other_place_and_unknown_stand_alone():
    frame = events(
        ("a", 1, SATURDAY, 2), ("b", 1, SUNDAY, 2), ("c", 2, SATURDAY, 2), ("d", None, SATURDAY, 2), ("e", 1, None, 2)
    )
    assert (find_spots(frame) == ALONE).all()
    assert counted_once(frame, "killed").all()


def test_a_silent_report_never_wins_over_a_figure_even_zero():
    frame = events(("a", 1, SATURDAY, None), ("b", 1, SATURDAY, 0))
    assert counted_once(frame, "killed").tolist() == [False, True]


def test_numbers_worked_out_before_a_filter_give_the_same():
    frame = events(
        ("a", 1, SATURDAY, 2), ("b", 1, SATURDAY, 24), ("b", 2, SUNDAY, 3), ("c", 2, SUNDAY, 3), ("c", None, SUNDAY, 1)
    )
    numbered = number_tellings(frame)
    for flags in product([False, True], repeat=len(frame)):
        shown = list(flags)
        assert counted_once(numbered[shown], "killed").tolist() == counted_once(frame[shown], "killed").tolist()


def test_no_events():
    assert counted_once(events(), "killed").empty
