"""What analysts say of events after reading the evidence: kept for ever, with who, when and why. The newest counts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, Row, Select, func, insert, select

from model import Review, ReviewState
from store.database import ReviewRefused, reader, writer
from store.newest import current, part_of
from store.record import lock, log
from store.schema import event_, review
from store.schema import reading as reading_table
from store.signed import check_signed

REVIEW_EVENT = "review event"


def review_event(engine: Engine, event_id: str, state: ReviewState, *, by: str, at: datetime, why: str = "") -> int:
    """Keep what an analyst says of an event as it stands now; the number of the review.

    ``NOT_REVIEWED`` takes an earlier word back. Only an acceptance may do without a reason: its reason is the evidence.
    ``at`` needs a time zone. Raises ``ReviewRefused`` where who or why is missing, or where no newest reading has the
    event; ``StoreError`` for the rest; then nothing was stored.
    """
    reason = {} if state is ReviewState.ACCEPTED and not why.strip() else {"why": why}
    check_signed(ReviewRefused, at, by=by, **reason)
    with writer(engine) as connection:
        lock(connection)
        found = connection.execute(_events().where(event_.c.id == event_id)).first()
        if found is None:
            raise ReviewRefused(f"No event has the id {event_id!r}.")
        number = int(connection.execute(select(func.coalesce(func.max(review.c.id), 0))).scalar_one()) + 1
        moment, who = at.astimezone(UTC).isoformat(timespec="seconds"), by.strip()
        said = {"why": why.strip(), "state": state.value, "reading_id": found.reading_id, "event_n": found.n}
        connection.execute(insert(review), {"id": number, "at": moment, "by": who, **said})
        log(connection, moment, who, REVIEW_EVENT, f"review {number}", said)
    return number


def history(engine: Engine, event_id: str) -> tuple[Review, ...]:
    """What was said of an event as it stands now, the newest first."""
    joined = (
        current()
        .join(event_, event_.c.reading_id == reading_table.c.id)
        .join(review, part_of(review, "event_n", event_))
    )
    rows = select(review).select_from(joined).where(event_.c.id == event_id).order_by(review.c.id.desc())
    with reader(engine) as connection:
        return tuple(_read(row, event_id) for row in connection.execute(rows))


def sealed_words(row: Row[Any]) -> dict[str, object]:
    """What the audit says of a row of ``review``."""
    return {name: getattr(row, name) for name in ("why", "state", "reading_id", "event_n")}


def _events() -> Select[Any]:
    return select(event_.c.reading_id, event_.c.n).select_from(
        current().join(event_, event_.c.reading_id == reading_table.c.id)
    )


def _read(row: Row[Any], event_id: str) -> Review:
    moment = datetime.fromisoformat(row.at)
    return Review(event_id, ReviewState(row.state), row.by, moment, row.why, row.id)
