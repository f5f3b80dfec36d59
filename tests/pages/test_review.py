"""Reviewing the chosen event: the word counts at once, is kept with its name and reason, and can be taken back."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from model import ReviewState
from store import reviews
from store.verify import verify
from tests.pages.conftest import EVENTS, figures, page, run, seen, table

WHY = "the text speaks of another town"


def judge(at: AppTest, state: ReviewState, by: str = "Ana", why: str = WHY) -> AppTest:
    at.radio(key="review_state").set_value(state)
    at.text_input(key="review_by").set_value(by)
    at.text_input(key="review_why").set_value(why)
    next(button for button in at.button if button.label == "Keep").click()
    return run(at)


def test_rejected_event_is_neither_counted_nor_drawn_and_the_page_says_so(fresh_store: Engine, stored: str) -> None:
    at = run(page("map", event=stored))
    assert figures(at)["Events"] == "4"
    assert "not reviewed" in seen(at)
    judge(at, ReviewState.REJECTED)
    assert figures(at)["Events"] == "3"
    assert "without 1 rejected on review" in seen(at)
    assert f"rejected by Ana, {reviews.history(fresh_store, stored)[0].at:%-d %B %Y}: {WHY}" in seen(at)
    assert verify(fresh_store) == ()


@pytest.mark.parametrize("name", ["map", "events"])
def test_address_asks_for_what_was_rejected(stored: str, fresh_store: Engine, name: str) -> None:
    judge(run(page("events", event=stored)), ReviewState.REJECTED)
    at = run(page(name, review=["rejected"]))
    assert figures(at)["Events"] == "1"
    assert "reviewed as rejected" in seen(at)
    assert len(reviews.history(fresh_store, stored)) == 1


def test_word_can_be_taken_back(stored: str, fresh_store: Engine) -> None:
    at = judge(run(page("events", event=stored)), ReviewState.REJECTED)
    judge(at, ReviewState.NOT_REVIEWED, why="I misread the name")
    assert figures(at)["Events"] == "4"
    assert [each.state for each in reviews.history(fresh_store, stored)] == [
        ReviewState.NOT_REVIEWED,
        ReviewState.REJECTED,
    ]


def test_word_without_name_or_reason_is_refused_and_said(stored: str, fresh_store: Engine) -> None:
    at = judge(run(page("events", event=stored)), ReviewState.REJECTED, why="no")
    assert "Reason: Say why in a few words" in seen(at)
    assert reviews.history(fresh_store, stored) == ()
    judge(at, ReviewState.ACCEPTED, why="")
    assert reviews.history(fresh_store, stored)[0].state is ReviewState.ACCEPTED
    assert "Reason" not in seen(at)


def test_words_of_an_analyst_stay_literal(stored: str) -> None:
    at = judge(
        run(page("events", event=stored)), ReviewState.IN_DOUBT, by="**A** \u202e", why="<img src=x> $x$ {{7*7}}"
    )
    assert "in doubt by **A** \ufffd, " in "\n".join(text.value for text in at.text)
    assert "<img src=x> $x$ {{7*7}}" in "\n".join(text.value for text in at.text)
    assert [row["Review"] for row in table(at, EVENTS)].count("in doubt") == 1
