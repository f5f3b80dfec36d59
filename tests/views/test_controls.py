from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from views import controls
from views.payload import Payload

DEC_29 = date(2023, 12, 29)


def payload(days):
    return Payload("events/0123456789abcdef.json", DEC_29, days, (), {}, ())


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
