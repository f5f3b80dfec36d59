"""Every question to the store. Tables come back as data frames, single things as the types of ``model``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Engine, Row, and_, func, select

from choices import lay_over
from model import EventFilter, EventKind, Reading, Report, Telling
from store import event_table
from store.choices import standing_on
from store.database import StoreError, reader
from store.frames import Fields, read_frame, select_fields, text_of
from store.newest import current, part_of
from store.rows import from_parts
from store.schema import READING_PARTS, audit, event_, place, report, response_link
from store.schema import reading as reading_table


class ReportUnknown(StoreError, LookupError):
    """No report has this id."""


def events(engine: Engine, shown: EventFilter) -> pd.DataFrame:
    """One row an event, oldest first, the undated last; those off the map have null ``lat`` and ``lon``.

    An event belongs to a range of days when it may have happened in it: its own interval of days overlaps the range.
    With either end of the range given, undated events are left out: ask ``undated`` for them. No kinds or no tellings
    in the filter means all.

    Columns that count people, ``place_id``, ``precision`` and ``day_precision`` are ``Int64``; coordinates, kilometres
    and scores ``float64``; days ``datetime.date`` or ``None``; ``main`` is ``bool``; all others text, "" if not known.
    ``claim_status`` is "contested" (someone denies it, or two actors are named), "confirmed", "claimed" (nobody but a
    claimant says so) or "stated". ``origin_basis`` is "named" (the text names the launch area), "country" (only a
    country is known, of the launch or of the actor, and is not the target's: no point is given) or "".
    ``review`` is the newest word of an analyst on the event, a ``ReviewState``.
    """
    return event_table.read(engine, *_kinds(shown), _in_range(shown))


def undated(engine: Engine, shown: EventFilter) -> pd.DataFrame:
    """Events without any day, with the columns of ``events``; the days of the filter play no part."""
    return event_table.read(engine, *_kinds(shown), event_.c.best_day.is_(None))


def links(engine: Engine, shown: EventFilter) -> pd.DataFrame:
    """Which event is told as the answer to which, for events that the filter shows.

    Columns: event_id, answers_id, report_id, claimant ("" where nobody is named), start, end, quote, confidence.
    ``start`` and ``end`` are offsets into the report's text; the answered event need not itself pass the filter.
    """
    answered = event_.alias("answered")
    quote = func.substr(report.c.text, response_link.c.start + 1, response_link.c.end - response_link.c.start)
    fields: Fields = {
        "event_id": event_.c.id,
        "answers_id": answered.c.id,
        "report_id": report.c.id,
        "claimant": text_of(response_link.c.claimant_name),
        "start": response_link.c.start,
        "end": response_link.c.end,
        "quote": quote,
        "confidence": response_link.c.confidence,
    }
    joined = (
        current()
        .join(event_, event_.c.reading_id == reading_table.c.id)
        .join(response_link, part_of(response_link, "event_n", event_))
        .join(answered, part_of(response_link, "answers_n", answered))
    )
    found = select_fields(fields).select_from(joined).where(*_kinds(shown), _in_range(shown))
    return read_frame(engine, fields, found.order_by(event_.c.id, response_link.c.n))


def reading(engine: Engine, report_id: str) -> Reading:
    """A report with its newest reading; toponyms have their five best candidates. Raises ``ReportUnknown``.

    Where an analyst chose what a name means, the resolution is as chosen and says what the rules said.
    """
    with reader(engine) as connection:
        told = connection.execute(select(report).where(report.c.id == report_id)).first()
        if told is None:
            raise ReportUnknown(f"No report has the id {report_id!r}.")
        head = connection.execute(
            select(reading_table.c.id, reading_table.c.version)
            .where(reading_table.c.report_id == report_id)
            .order_by(reading_table.c.id.desc())
            .limit(1)
        ).one()
        found = from_parts(_report(told), parts(connection, head.id), head.version)
        return lay_over(found, standing_on(connection))


def reports(engine: Engine) -> pd.DataFrame:
    """One row a report, the newest first.

    Columns: report_id, title, outlet, published (``datetime.date`` or ``None``), url, language, note, added_at (UTC,
    ISO 8601), added_by, events (how many attacks are reported as having happened), read (``False``: its language is not
    read yet).
    """
    attacks = (
        select(event_.c.reading_id, func.count().label("n"))
        .where(event_.c.telling == Telling.REPORTED.value, event_.c.kind != EventKind.OTHER.value)
        .group_by(event_.c.reading_id)
        .subquery("attacks")
    )
    joined = current().outerjoin(attacks, attacks.c.reading_id == reading_table.c.id)
    fields: Fields = {
        "report_id": report.c.id,
        **{name: report.c[name] for name in ("title", "outlet", "published", "url", "language", "note")},
        "added_at": report.c.added_at,
        "added_by": report.c.added_by,
        "events": func.coalesce(attacks.c.n, 0),
        "read": reading_table.c.version != "",
    }
    order = (report.c.published.is_(None), report.c.published.desc(), report.c.id)
    return read_frame(engine, fields, select_fields(fields).select_from(joined).order_by(*order))


def report_count(engine: Engine) -> int:
    """How many reports there are."""
    with reader(engine) as connection:
        return int(connection.execute(select(func.count()).select_from(report)).scalar_one())


def day_limits(engine: Engine) -> tuple[date, date] | None:
    """The first and the last likeliest day of reported events; ``None`` when no event has a day."""
    joined = current().join(event_, event_.c.reading_id == reading_table.c.id)
    ends = select(func.min(event_.c.best_day), func.max(event_.c.best_day)).select_from(joined)
    with reader(engine) as connection:
        first, last = connection.execute(ends.where(event_.c.telling == Telling.REPORTED.value)).one()
    return None if first is None else (first, last)


def data_revision(engine: Engine) -> int:
    """How often the store was written to; every write makes it greater. Part of each cache key."""
    with reader(engine) as connection:
        return int(connection.execute(select(func.coalesce(func.max(audit.c.id), 0))).scalar_one())


def parts(connection: Connection, reading_id: int) -> dict[str, list[dict[str, Any]]]:
    """The rows of one reading by table, in their order, with the places they use."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table in READING_PARTS:
        columns = [column for column in table.c if column.name != "reading_id"]
        rows = connection.execute(select(*columns).where(table.c.reading_id == reading_id).order_by(table.c.n))
        found[table.name] = [dict(row._mapping) for row in rows]
    keys = {row["place_key"] for name in ("resolution", "candidate") for row in found[name]} - {None}
    rows = connection.execute(select(place).where(place.c.key.in_(keys)))
    found["place"] = [dict(row._mapping) for row in rows]
    return found


def _kinds(shown: EventFilter) -> Sequence[ColumnElement[bool]]:
    asked = ((event_.c.kind, shown.kinds), (event_.c.telling, shown.tellings))
    return [column.in_(sorted(value.value for value in values)) for column, values in asked if values]


def _in_range(shown: EventFilter) -> ColumnElement[bool]:
    ends = [event_.c.last_day >= shown.first_day] if shown.first_day else []
    ends += [event_.c.first_day <= shown.last_day] if shown.last_day else []
    return and_(True, *ends)


def _report(row: Row[Any]) -> Report:
    kept = ("id", "text", "title", "outlet", "published", "url", "language", "note")
    return Report(**{name: getattr(row, name) for name in kept})
