import pytest
from streamlit.testing.v1 import AppTest

A, B = f"{1:016x}-0", f"{2:016x}-7"


def click(*clicks):
    """A page that hears these clicks of the map, one after another."""
    import streamlit as st

    from tests.views.test_selection import A, B
    from views import selection

    for clicked in clicks:
        selection.take_click(clicked, {A: 0, B: 1})
    st.text(repr((selection.chosen_event(), st.session_state.get("side"))))


@pytest.mark.parametrize(
    ("clicks", "chosen"),
    [
        ([{"event": A, "turn": 1}], (A, "Chosen event")),
        ([{"event": A, "turn": 1}, {"event": B, "turn": 2}], (B, "Chosen event")),
        ([{"event": A, "turn": 1}, {"event": None, "turn": 2}], (None, "Chosen event")),
        ([{"event": "<script>", "turn": 1}], (None, None)),
        ([{"event": f"{3:016x}-0", "turn": 1}], (None, None)),  # not on this map
        ([{"event": ["x"], "turn": 1}], (None, None)),
        ([None], (None, None)),
        ([{}], (None, None)),
    ],
)
def test_clicks(clicks, chosen):
    at = AppTest.from_function(click, args=clicks).run()
    assert not at.exception
    assert at.text[0].value == repr(chosen)


def old_click():
    """A page that hears the same click again after another event was chosen elsewhere."""
    import streamlit as st

    from tests.views.test_selection import A, B
    from views import selection

    selection.take_click({"event": A, "turn": 1}, {A: 0, B: 1})
    selection.choose_event(B)
    selection.take_click({"event": A, "turn": 1}, {A: 0, B: 1})
    st.text(str(selection.chosen_event()))
    selection.take_click({}, {A: 0})  # the map was drawn anew and counts from one again
    selection.take_click({"event": A, "turn": 1}, {A: 0, B: 1})
    st.text(str(selection.chosen_event()))


def test_a_click_counts_once_for_each_map():
    at = AppTest.from_function(old_click).run()
    assert [text.value for text in at.text] == [B, A]


def pages_of(total, chosen):
    """A long table."""
    import streamlit as st

    from views import selection

    ids = [f"{n:016x}-0" for n in range(total)]
    selection.choose_event(ids[chosen] if chosen is not None else None)
    st.text(str(selection.page_of(ids, 100, "table_page")))


@pytest.mark.parametrize(
    ("total", "chosen", "rows"),
    [(5, None, "slice(0, 100, None)"), (250, None, "slice(0, 100, None)"), (250, 249, "slice(200, 300, None)")],
)
def test_the_page_of_the_chosen_event_comes_up(total, chosen, rows):
    at = AppTest.from_function(pages_of, args=(total, chosen)).run()
    assert not at.exception
    assert at.text[0].value == rows
