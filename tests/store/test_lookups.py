"""An answer of an online service is kept for good, also that there is none."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from store import query
from store.database import open_store
from store.lookups import StoredAnswers
from store.verify import verify
from tests import factories

ANSWER = {"address": "Дебальцеве, <b>Ukraine</b>", "lat": 48.34, "lon": 38.4, "raw": {"boundingbox": ["48.2", "48.4"]}}


@pytest.fixture
def answers(fresh_store: Engine) -> StoredAnswers:
    return StoredAnswers(fresh_store, lambda: factories.MOMENT)


@pytest.mark.parametrize("answer", [ANSWER, None])
def test_answer_comes_back_after_the_store_was_closed(answers: StoredAnswers, answer: dict[str, object] | None) -> None:
    assert answers.get("nominatim", "Debaltseve") == (False, None)
    answers.put("nominatim", "Debaltseve", answer)
    again = open_store(answers.engine.url.database)
    assert StoredAnswers(again).get("nominatim", "Debaltseve") == (True, answer)
    again.dispose()


@pytest.mark.parametrize(("service", "asked"), [("photon", "Izium"), ("nominatim", "izium"), ("nominatim", "")])
def test_other_questions_have_answers_of_their_own(answers: StoredAnswers, service: str, asked: str) -> None:
    answers.put("nominatim", "Izium", ANSWER)
    assert answers.get(service, asked) == (False, None)


def test_first_answer_stays(answers: StoredAnswers) -> None:
    answers.put("nominatim", "Debaltseve", ANSWER)
    answers.put("nominatim", "Debaltseve", None)
    assert answers.get("nominatim", "Debaltseve") == (True, ANSWER)


@pytest.mark.parametrize("words", ["\ud800", "\0", "'; DROP TABLE lookup; --", "x" * 10_000, "Ізюм"])
def test_any_words_can_be_asked(answers: StoredAnswers, words: str) -> None:
    answers.put("pelias", words, ANSWER)
    assert answers.get("pelias", words) == (True, ANSWER)


def test_cache_is_no_fact(answers: StoredAnswers) -> None:
    answers.put("nominatim", "Debaltseve", ANSWER)
    assert query.data_revision(answers.engine) == 0
    assert verify(answers.engine) == ()
