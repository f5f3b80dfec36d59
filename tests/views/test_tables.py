from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.views.told import frame, row
from views import tables, wording


def counted(low, best, high):
    return {"killed_low": low, "killed": best, "killed_high": high}


AT_LEAST_22 = counted(22, 22, None)
NEARLY_110 = counted(None, 110, 110)
EXACTLY_5 = counted(5, 5, 5)
TWENTY_TO_THIRTY = counted(20, None, 30)
SILENT = counted(None, None, None)


def apart(counts):
    """Events of different places, one for each count."""
    return frame(*(row(n=n, place_id=n, **count) for n, count in enumerate(counts)))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([AT_LEAST_22], "≥ 22"),
        ([NEARLY_110], "≤ 110"),
        ([EXACTLY_5, EXACTLY_5], "10"),
        ([EXACTLY_5, TWENTY_TO_THIRTY], "25–35"),
        ([EXACTLY_5, AT_LEAST_22], "≥ 27"),  # one open end opens the sum
        ([EXACTLY_5, NEARLY_110], "5–115"),  # an open lower end adds nothing that is certain
        ([AT_LEAST_22, SILENT], "≥ 22"),
        ([EXACTLY_5, SILENT], "≥ 5"),  # the silent one may hide more
        ([NEARLY_110, SILENT], "≈ 110"),  # neither end is certain
        ([counted(0, 0, 0), SILENT], "≥ 0"),
        ([SILENT, SILENT], "none told"),
        ([], "none told"),
        ([counted(0, 0, 0)], "0"),
        ([counted(0, 0, 0), NEARLY_110], "≤ 110"),  # "at least nobody" says nothing
    ],
)
def test_total(counts, expected):
    total = tables.total(apart(counts), "killed")
    assert wording.total_words(total) == expected
    assert total.told + total.silent == len(counts)
    assert total.silent == counts.count(SILENT)


@pytest.mark.parametrize(
    ("tellings", "words", "note"),
    [  # (report, place, count)
        ([(1, 1, AT_LEAST_22), (2, 1, EXACTLY_5)], "≥ 22", "in 2 events; 27 if every report is added"),
        ([(1, 1, EXACTLY_5), (2, 1, counted(4, 4, 4))], "≥ 5", "in 2 events; 9 if every report is added"),
        ([(1, 1, EXACTLY_5), (2, 1, counted(0, 0, 0))], "5", "in 2 events"),  # nothing was left out
        ([(1, 1, EXACTLY_5), (2, 1, SILENT)], "≥ 5", "in 1 event, 1 silent"),  # silence is not zero
        ([(1, 1, SILENT), (2, 1, counted(0, 0, 0))], "≥ 0", "in 1 event, 1 silent"),
        ([(1, 1, EXACTLY_5), (1, 1, EXACTLY_5), (2, 1, counted(8, 8, 8))], "≥ 10", None),  # of one report: two events
        ([(1, 1, EXACTLY_5), (2, 2, EXACTLY_5)], "10", "in 2 events"),
        ([(1, 1, TWENTY_TO_THIRTY), (2, 1, EXACTLY_5)], "≥ 20", "in 2 events; 25 if every report is added"),
        # Sure of 22 comes before a higher figure that has no lower end.
        ([(1, 1, NEARLY_110), (2, 1, AT_LEAST_22)], "≥ 22", "in 2 events; 132 if every report is added"),
        # One left out, so the upper end of what counts is not certain either.
        ([(1, 1, NEARLY_110), (2, 1, counted(None, 90, 90))], "≈ 110", None),
    ],
)
def test_each_place_and_day_counts_once(tellings, words, note):
    events = frame(
        *(
            row(n=n, report_id=f"{report:016x}", place_id=place, **count)
            for n, (report, place, count) in enumerate(tellings)
        )
    )
    total = tables.total(events, "killed")
    assert wording.total_words(total) == words
    assert note is None or wording.total_note(total) == note


COUNTS = st.sampled_from([AT_LEAST_22, NEARLY_110, EXACTLY_5, TWENTY_TO_THIRTY, SILENT])


@given(st.lists(COUNTS, max_size=6), st.lists(COUNTS, max_size=6))
@settings(max_examples=40, derandomize=True, deadline=None)
def test_adding_in_two_steps_gives_the_same_ends(some, more):
    def total(counts):
        return tables.total(apart(counts), "killed")

    a, b, whole = total(some), total(more), total(some + more)
    assert whole.figure == a.figure + b.figure
    assert (whole.low or 0) == (a.low or 0) + (b.low or 0)
    assert (whole.told, whole.silent) == (a.told + b.told, a.silent + b.silent)
    if some and more:
        assert whole.high == (None if a.high is None or b.high is None else a.high + b.high)


def test_table_says_what_is_not_known():
    unknown = row(
        n=2, day=None, place_name="", place_text="", precision=None, lat=None, lon=None, actor="", title="", outlet=""
    )
    shown = tables.events_table(frame(row(**AT_LEAST_22), unknown))
    assert shown.iloc[0].tolist() == [
        "2023-12-30",
        "Belgorod",
        "missile strike",
        "≥ 22",
        "silent",
        "Ukraine",
        "claimed",
        "town or facility",
        "not reviewed",
        "Report 1",
    ]
    assert shown.iloc[1].tolist() == [
        "not known",
        "not known",
        "missile strike",
        "silent",
        "silent",
        "not stated",
        "claimed",
        "place not found",
        "not reviewed",
        f"{2:016x}",
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "2023-12-30"),
        ({"first_day": date(2023, 12, 28), "day_precision": 2}, "2023-12-28 – 2023-12-30"),
        ({"day_precision": 4}, "2023-12"),
        ({"day_precision": 5}, "2023"),
        ({"day_basis": "inherited"}, "2023-12-30 (inferred)"),
        ({"day_basis": "publication"}, "2023-12-30 (inferred)"),
    ],
)
def test_day_cell(changes, expected):
    assert tables.day_cell(row(**changes)) == expected


def test_newest_first_with_the_undated_last():
    days = [date(2023, 12, 30), None, date(2024, 2, 1), date(1969, 1, 1), date(2024, 2, 1)]
    assert tables.newest_first(frame(*(row(n=n, day=day) for n, day in enumerate(days)))).tolist() == [2, 4, 0, 3, 1]
    assert tables.newest_first(frame()).tolist() == []


NOWHERE = {"lat": None, "lon": None, "place_name": "", "precision": None}


@pytest.mark.parametrize(
    ("changes", "off_map", "why"),
    [
        (NOWHERE | {"place_text": ""}, True, "the text names no place"),
        (NOWHERE | {"place_text": "Nowhereville"}, True, "the place is not in the gazetteer, or not certain"),
        ({"day": None}, True, "no day can be told"),
        (NOWHERE | {"place_text": "", "day": None}, True, "no day can be told; the text names no place"),
        ({"precision": 6}, False, "only the country is known (an area)"),
        ({"precision": 4}, True, "only the province is known"),
        ({"lat": None, "lon": None}, True, "it has no coordinates"),
    ],
)
def test_tray_gives_the_reason(changes, off_map, why):
    ids = frozenset({f"{2:016x}-0"} if off_map else ())
    found = tables.rough(frame(row(n=1), row(n=2, **changes)), ids)
    assert found["event_id"].tolist() == [f"{2:016x}-0"]
    assert tables.tray(found, ids)["Why"].tolist() == [why]


def test_tray_puts_what_is_not_drawn_at_all_first():
    events = frame(row(n=1, precision=6), row(n=2, **NOWHERE))
    assert tables.rough(events, frozenset({f"{2:016x}-0"}))["report_id"].tolist() == [f"{n:016x}" for n in (2, 1)]


def test_empty_tables_keep_their_columns():
    assert list(tables.events_table(frame()).columns) == list(tables.COLUMNS)
    assert tables.rough(frame(), frozenset()).empty
    assert list(tables.tray(frame(), frozenset()).columns) == list(tables.TRAY_COLUMNS)


def test_signs_that_turn_or_hide_text_are_shown_in_cells():
    events = frame(
        row(title="Strike \u202ekcatta", actor="Ukr\u200baine", place_text="Bel\u2066gorod", place_name=None)
    )
    for table in (tables.events_table(events), tables.tray(events, frozenset())):
        cells = table.iloc[0]
        assert cells["Report"] == "Strike \ufffdkcatta"
        assert "Bel\ufffdgorod" in cells.to_list()
    assert tables.events_table(events).iloc[0]["By"] == "Ukr\ufffdaine"
