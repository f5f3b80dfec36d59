"""Proof that what was stored is what is there: texts and readings hashed again, the audit chain walked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine, Row, select

from store import choices, reviews
from store.choices import CHOOSE_PLACE, WITHDRAW_CHOICE
from store.database import reader
from store.query import parts
from store.record import ADD_REPORT, FIRST_HASH, audit_hash, text_hash
from store.reviews import REVIEW_EVENT
from store.rows import digest, place_key, read_place
from store.schema import audit, place, place_choice, reading, report, review

Sealed: TypeAlias = Mapping[str, Mapping[str, Any]]  # report id -> what the audit says of it


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the store that is not as it was written."""

    subject: str
    reason: str


def verify(engine: Engine) -> tuple[Finding, ...]:
    """All that does not fit; empty when the store is whole.

    An audit row cut off the end of the chain shows as a report without one.
    """
    with reader(engine) as connection:
        trail = connection.execute(select(audit).order_by(audit.c.id)).all()
        sealed = {row.subject: json.loads(row.detail) for row in trail if row.action == ADD_REPORT}
        return (
            *_chain(trail),
            *_texts(connection, sealed),
            *_readings(connection, sealed),
            *_places(connection),
            *_choices(connection, trail),
            *_reviews(connection, trail),
        )


def _chain(trail: Sequence[Row[Any]]) -> Iterator[Finding]:
    previous = FIRST_HASH
    for number, row in enumerate(trail, start=1):
        seal = audit_hash(row.id, row.at, row.by, row.action, row.subject, row.detail, row.previous)
        if row.id != number:
            yield Finding(f"audit row {row.id}", f"row {number} is missing")
            return
        if row.previous != previous:
            yield Finding(f"audit row {row.id}", "does not follow on the row before")
        if row.hash != seal:
            yield Finding(f"audit row {row.id}", "was changed")
        previous = row.hash


def _texts(connection: Connection, sealed: Sealed) -> Iterator[Finding]:
    there = set()
    for row in connection.execute(select(report.c.id, report.c.sha256, report.c.text).order_by(report.c.id)):
        there.add(row.id)
        now = text_hash(row.text)
        if row.id not in sealed:
            yield Finding(f"report {row.id}", "has no audit row")
        elif {now, row.sha256} != {sealed[row.id]["sha256"]}:
            yield Finding(f"report {row.id}", "its text was changed")
    yield from (Finding(f"report {gone}", "is missing") for gone in sorted(set(sealed) - there))


def _readings(connection: Connection, sealed: Sealed) -> Iterator[Finding]:
    for row in connection.execute(select(reading.c.id, reading.c.report_id).order_by(reading.c.id)).all():
        known = sealed.get(row.report_id)
        if known is not None and digest(parts(connection, row.id)) != known["reading"]:
            yield Finding(f"report {row.report_id}", "its events were changed")


def _places(connection: Connection) -> Iterator[Finding]:
    for row in connection.execute(select(place).order_by(place.c.key)):
        if place_key(read_place(dict(row._mapping))) != row.key:
            yield Finding(f"place {row.name}", "was changed")


def _choices(connection: Connection, trail: Sequence[Row[Any]]) -> Iterator[Finding]:
    said = {row.subject: row for row in trail if row.action in (CHOOSE_PLACE, WITHDRAW_CHOICE)}
    rows = connection.execute(select(place_choice).order_by(place_choice.c.id)).all()
    return _signed(said, {f"choice {row.id}": (row, choices.sealed_words(row)) for row in rows})


def _reviews(connection: Connection, trail: Sequence[Row[Any]]) -> Iterator[Finding]:
    said = {row.subject: row for row in trail if row.action == REVIEW_EVENT}
    rows = connection.execute(select(review).order_by(review.c.id)).all()
    return _signed(said, {f"review {row.id}": (row, reviews.sealed_words(row)) for row in rows})


def _signed(said: Mapping[str, Row[Any]], there: Mapping[str, tuple[Row[Any], dict[str, object]]]) -> Iterator[Finding]:
    """What analysts added, each beside its audit row."""
    for subject, (row, words) in there.items():
        known = said.get(subject)
        if known is None:
            yield Finding(subject, "has no audit row")
        elif (known.by, known.at, json.loads(known.detail)) != (row.by, row.at, words):
            yield Finding(subject, "was changed")
    yield from (Finding(gone, "is missing") for gone in sorted(set(said) - set(there)))
