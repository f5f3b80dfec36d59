"""What an analyst says of an event: the newest word counts, all are kept, and none without a name."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, inspect, update

from model import EventFilter, ReviewState
from store import query, reviews, schema
from store.database import ReviewRefused, StoreUnusable, open_store, reader, writer
from store.record import add_report
from store.verify import verify
from tests import factories

LATER = factories.MOMENT + timedelta(days=1)
WHY = "the text speaks of another town"


@pytest.fixture
def filled(fresh_store: Engine) -> Engine:
    """Two reports with the same events."""
    for text in (factories.TEXT, factories.TEXT + " Again."):
        add_report(fresh_store, factories.full_reading(text), by="ana", at=factories.MOMENT)
    return fresh_store


def ids(engine: Engine) -> list[str]:
    return [str(event_id) for event_id in query.events(engine, EventFilter())["event_id"]]


def states(engine: Engine) -> dict[str, str]:
    frame = query.events(engine, EventFilter())
    return dict(zip(frame["event_id"], frame["review"], strict=True))


def judge(engine: Engine, event_id: str, state: ReviewState = ReviewState.REJECTED, **given: object) -> int:
    told = {"by": "Ana", "at": LATER, "why": WHY} | given
    return reviews.review_event(engine, event_id, state, **told)  # type: ignore[arg-type]


def test_nobody_has_reviewed_a_new_event(filled: Engine) -> None:
    assert set(states(filled).values()) == {"not reviewed"}
    assert reviews.history(filled, ids(filled)[0]) == ()


def test_review_counts_for_its_event_alone(filled: Engine) -> None:
    judged, *others = ids(filled)
    judge(filled, judged)
    found = states(filled)
    assert found[judged] == "rejected"
    assert {found[other] for other in others} == {"not reviewed"}


def test_newest_word_counts_and_every_word_is_kept(filled: Engine) -> None:
    event_id = ids(filled)[0]
    judge(filled, event_id)
    judge(filled, event_id, ReviewState.ACCEPTED, by="Ben", why="", at=LATER + timedelta(hours=1))
    assert states(filled)[event_id] == "accepted"
    newest, first = reviews.history(filled, event_id)
    assert (newest.state, newest.by, newest.why, newest.id) == (ReviewState.ACCEPTED, "Ben", "", 2)
    assert (first.state, first.by, first.why, first.at) == (ReviewState.REJECTED, "Ana", WHY, LATER)


def test_word_taken_back_leaves_the_event_not_reviewed(filled: Engine) -> None:
    event_id = ids(filled)[0]
    judge(filled, event_id)
    judge(filled, event_id, ReviewState.NOT_REVIEWED, why="I misread the date")
    assert states(filled)[event_id] == "not reviewed"
    assert len(reviews.history(filled, event_id)) == 2


def test_every_write_is_a_new_revision_of_the_data(filled: Engine) -> None:
    before = query.data_revision(filled)
    judge(filled, ids(filled)[0])
    assert query.data_revision(filled) == before + 1
    assert verify(filled) == ()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"by": " "}, "Say who"),
        ({"why": "no"}, "at least 3"),
        ({"why": ""}, "Say why"),
        ({"why": "", "state": ReviewState.IN_DOUBT}, "Say why"),
        ({"why": "", "state": ReviewState.NOT_REVIEWED}, "Say why"),
        ({"why": "x" * 3_000}, "2,000 characters"),
        ({"by": "a\0b"}, "cannot be stored"),
        ({"at": datetime(2024, 1, 1)}, "no time zone"),  # noqa: DTZ001 - the point of the test
        ({"event_id": "0" * 16 + "-1"}, "No event has the id"),
    ],
)
def test_what_nobody_could_stand_by_is_refused(filled: Engine, given: dict[str, object], words: str) -> None:
    told = {"event_id": ids(filled)[0], "state": ReviewState.REJECTED} | given
    event_id, state = str(told.pop("event_id")), told.pop("state")
    with pytest.raises(ReviewRefused, match=words):
        judge(filled, event_id, state, **told)  # type: ignore[arg-type]
    assert set(states(filled).values()) == {"not reviewed"}
    assert query.data_revision(filled) == 2


def test_review_is_only_ever_added_and_a_changed_one_is_found(filled: Engine) -> None:
    judge(filled, ids(filled)[0])
    for statement in (delete(schema.review), update(schema.review).values(state="accepted")):
        with pytest.raises(StoreUnusable, match="only ever added"), writer(filled) as connection:
            connection.execute(statement)
    with filled.connect() as connection:
        connection.exec_driver_sql("DROP TRIGGER review_refuses_UPDATE")
        connection.execute(update(schema.review).values(state="accepted"))
        connection.commit()
    assert [(f.subject, f.reason) for f in verify(filled)] == [("review 1", "was changed")]


def test_store_of_the_second_schema_learns_to_keep_reviews(filled: Engine) -> None:
    with writer(filled) as connection:
        schema.review.drop(connection)
        connection.execute(update(schema.meta).where(schema.meta.c.key == "schema").values(value="2"))
    again = open_store(filled.url.database)
    with reader(again) as connection:
        assert inspect(connection).has_table("review")
    judge(again, ids(again)[0])
    assert verify(again) == ()
    again.dispose()
