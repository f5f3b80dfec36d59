"""Reports go into the store: facts are added, never changed, and each addition leaves an audit row."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, insert, select

from model import Reading, Report, Span
from store.database import ReadingRefused, new_rows, writer
from store.rows import Parts, digest, to_parts
from store.schema import READING_PARTS, audit, event_, meta, place, reading, report

ADD_REPORT = "add report"
FIRST_HASH = "0" * 64  # what the first audit row follows on


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a report. ``event_ids`` are those of the stored reading, also where the report is a duplicate."""

    report_id: str
    duplicate: bool
    event_ids: tuple[str, ...]


def add_report(engine: Engine, given: Reading, *, by: str, at: datetime) -> Added:
    """Store a report with all that was read from it, in one transaction with its audit row.

    A report that is already there is left as it is. ``at`` needs a time zone. Raises ``StoreError``; then nothing was
    stored.
    """
    _check(given)
    if at.tzinfo is None:
        raise ReadingRefused(f"Report {given.report.id}: {at} has no time zone.")
    parts = to_parts(given)
    moment = at.astimezone(UTC).isoformat(timespec="seconds")
    with writer(engine) as connection:
        lock(connection)
        if not _add_text(connection, given.report, by, moment):
            return Added(given.report.id, True, _stored_events(connection, given.report.id))
        _add_parts(connection, given, parts, moment)
        detail = {
            "sha256": text_hash(given.report.text),
            "version": given.version,
            "events": len(given.events),
            "reading": digest(parts),
        }
        log(connection, moment, by, ADD_REPORT, given.report.id, detail)
    return Added(given.report.id, False, tuple(placed.event.id for placed in given.events))


def text_hash(text: str) -> str:
    """SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def audit_hash(number: int, at: str, by: str, action: str, subject: str, detail: str, previous: str) -> str:
    """What seals an audit row: SHA-256 over all of it and the seal before."""
    return hashlib.sha256(json.dumps([number, at, by, action, subject, detail, previous]).encode()).hexdigest()


def _check(given: Reading) -> None:
    """Refuse what could not be read back: no text, a span past its end, an event id twice, a link into nothing."""
    told, text = given.report, given.report.text
    if not text.strip():
        raise ReadingRefused(f"Report {told.id} has no text.")
    if "\0" in text or not encodes(text, told.title, told.outlet, told.url, told.note):
        raise ReadingRefused(f"Report {told.id} holds characters that cannot be stored (NUL or a lone surrogate).")
    ids = [placed.event.id for placed in given.events]
    if len(set(ids)) != len(ids):
        raise ReadingRefused(f"Report {told.id}: two events share an id.")
    loose = {end for link in given.links for end in (link.event_id, link.answers_id)} - set(ids)
    if loose:
        raise ReadingRefused(f"Report {told.id}: a link names {sorted(loose)[0]}, which is not one of its events.")
    past = [span for span in _spans(given) if span.end > len(text)]
    if past:
        raise ReadingRefused(f"Report {told.id}: {past[0]} runs past the end of the text ({len(text)} characters).")


def encodes(*texts: str) -> bool:
    """Whether texts can be stored: no lone surrogate in them."""
    try:
        "".join(texts).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _spans(given: Reading) -> list[Span]:
    spans = [*given.skipped, *(d.span for d in given.days), *(link.span for link in given.links)]
    spans += [mention.toponym.span for mention in given.mentions]
    for event in (placed.event for placed in given.events):
        spans += [proof.span for proof in event.evidence]
        spans += [toll.span for toll in event.tolls]
        spans += [claim.span for claim in event.claims]
        spans += [toponym.span for toponym in (event.target, event.origin) if toponym]
    return spans


def lock(connection: Connection) -> None:
    """Keep other writers out until the end, so that the audit chain has no fork; SQLite has done so already."""
    connection.execute(select(meta.c.value).where(meta.c.key == "schema").with_for_update())


def _add_text(connection: Connection, told: Report, by: str, moment: str) -> bool:
    """True when it was not there yet."""
    row = {
        "id": told.id,
        "sha256": text_hash(told.text),
        "text": told.text,
        "title": told.title,
        "outlet": told.outlet,
        "published": told.published,
        "url": told.url,
        "language": told.language,
        "note": told.note,
        "added_at": moment,
        "added_by": by,
    }
    return connection.execute(new_rows(connection, report).returning(report.c.id), row).first() is not None


def _add_parts(connection: Connection, given: Reading, parts: Parts, moment: str) -> None:
    row = {"report_id": given.report.id, "version": given.version, "read_at": moment}
    reading_id = connection.execute(insert(reading).returning(reading.c.id), row).scalar_one()
    if parts["place"]:
        connection.execute(new_rows(connection, place), parts["place"])
    for table in READING_PARTS:
        if rows := parts[table.name]:
            connection.execute(insert(table), [{"reading_id": reading_id, **row} for row in rows])


def _stored_events(connection: Connection, report_id: str) -> tuple[str, ...]:
    newest = select(reading.c.id).where(reading.c.report_id == report_id).order_by(reading.c.id.desc()).limit(1)
    found = select(event_.c.id).where(event_.c.reading_id == newest.scalar_subquery()).order_by(event_.c.n)
    return tuple(connection.execute(found).scalars())


def log(connection: Connection, at: str, by: str, action: str, subject: str, detail: dict[str, object]) -> None:
    """Add the audit row of what the transaction did; ``lock`` comes first."""
    last = connection.execute(select(audit.c.id, audit.c.hash).order_by(audit.c.id.desc()).limit(1)).first()
    number, previous = (1, FIRST_HASH) if last is None else (last.id + 1, last.hash)
    said = json.dumps(detail, sort_keys=True)
    seal = audit_hash(number, at, by, action, subject, said, previous)
    row = {"id": number, "at": at, "by": by, "action": action, "subject": subject, "detail": said}
    connection.execute(insert(audit), row | {"previous": previous, "hash": seal})
