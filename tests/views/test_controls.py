from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from tests.views.told import frame, row
from views import controls
from views.payload import Payload

DEC_29 = date(2023, 12, 29)


def payload(days):
    return Payload("events/0123456789abcdef.json", DEC_29, days, (), {}, ())


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("9/50.300/36.600", (50.3, 36.6, 9)),
        ("4/-33.5/-70", (-33.5, -70.0, 4)),
        ("9/50.3/36.6/1", None),
        ("9/91/36", None),
        ("9/50/181", None),
        ("99/50/36", None),
        ("9/nan/36", None),
        ("9/5e1/36", None),
        ("９/50/36", None),  # digits of another script
        ("", None),
        ("9/50.3/36.6\n", None),
    ],
)
def test_parse_view(text, view):
    assert controls.parse_view(text) == view


@given(st.text(max_size=40))
@settings(max_examples=100, derandomize=True, deadline=None)
def test_parse_view_never_fails(text):
    view = controls.parse_view(text)
    assert view is None or (abs(view[0]) <= 85 and abs(view[1]) <= 180)


def test_around_holds_the_dots_and_not_the_areas():
    lat, lon, zoom = controls.around(
        frame(row(n=1), row(n=2, lat=50.0, lon=36.2), row(n=3, lat=60, lon=90, precision=6))
    )
    assert (round(lat, 1), round(lon, 1)) == (50.3, 36.4)
    assert zoom == 8
    assert controls.around(frame()) == (50.3, 36.6, 6)


def test_around_leaves_out_the_tenth_that_lies_far_off():
    near = [row(n=n, lat=50.0 + n % 5 * 0.15, lon=36.2 + n % 3 * 0.2) for n in range(19)]
    lat, lon, zoom = controls.around(frame(*near, row(n=99, lat=46.5, lon=30.7)))
    assert (round(lat, 1), round(lon, 1)) == (50.3, 36.4)
    assert zoom == 8


def test_a_wide_spread_starts_further_out():
    assert controls.around(frame(row(n=1), row(n=2, lat=20.0, lon=100.0)))[2] == 4


@pytest.mark.parametrize("days", [1, 2, 60])
def test_slider_has_two_ends(days):
    first, last = controls.limits(payload(days))
    assert first == DEC_29
    assert last == DEC_29 + timedelta(days=max(days - 1, 1))


def take(days, chosen):
    """A page that takes what the timeline gave."""
    import streamlit as st

    from tests.views.test_controls import payload
    from views import controls

    controls.take_days(payload(days), chosen)
    st.text(repr([str(day) for day in st.session_state["dates"]]) if "dates" in st.session_state else "unchanged")


@pytest.mark.parametrize(
    ("days", "chosen", "dates"),
    [
        (10, [2, 4], "['2023-12-31', '2024-01-02']"),
        (10, [4, 2], "['2023-12-31', '2024-01-02']"),
        (10, [0, 9], "['2023-12-29', '2024-01-07']"),
        (10, [-5, 99], "['2023-12-29', '2024-01-07']"),
        (1, [0, 0], "['2023-12-29', '2023-12-30']"),  # the slider's own ends: all days
        (10, None, "unchanged"),
        (10, [1], "unchanged"),
        (10, ["1", "2"], "unchanged"),
        (10, [float("nan"), 2], "unchanged"),
    ],
)
def test_take_days(days, chosen, dates):
    at = AppTest.from_function(take, args=(days, chosen)).run()
    assert not at.exception
    assert at.text[0].value == dates
