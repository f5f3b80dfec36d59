"""Every question to the store. Tables come back as data frames, single things as the types of ``model``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeAlias

import pandas as pd
from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    Integer,
    Row,
    Select,
    String,
    and_,
    case,
    column,
    func,
    or_,
    select,
    values,
)

from choices import SCORE, find_choices, lay_over
from model import EventFilter, EventKind, PlaceChoice, Precision, Reading, Report, Stance, Telling
from store.choices import standing_on
from store.database import StoreError, reader
from store.rows import from_parts
from store.schema import READING_PARTS, audit, claim, event_, place, place_choice, report, resolution, response_link
from store.schema import reading as reading_table

Fields: TypeAlias = dict[str, ColumnElement[Any]]

_PEOPLE = ("killed_low", "killed", "killed_high", "injured_low", "injured", "injured_high")
_WHOLE = ("place_id", "precision", "day_precision", "start", "end", "events", *_PEOPLE)
_FRACTION = ("lat", "lon", "precision_km", "place_score", "origin_lat", "origin_lon", "confidence")
_TRUTH = ("main", "read")
_DAYS = ("first_day", "last_day", "best_day", "published")


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
    """
    return _event_table(engine, shown, _in_range(shown))


def undated(engine: Engine, shown: EventFilter) -> pd.DataFrame:
    """Events without any day, with the columns of ``events``; the days of the filter play no part."""
    return _event_table(engine, shown, event_.c.best_day.is_(None))


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
        "claimant": _text(response_link.c.claimant_name),
        "start": response_link.c.start,
        "end": response_link.c.end,
        "quote": quote,
        "confidence": response_link.c.confidence,
    }
    joined = (
        current()
        .join(event_, event_.c.reading_id == reading_table.c.id)
        .join(response_link, _same(response_link, "event_n", event_))
        .join(answered, _same(response_link, "answers_n", answered))
    )
    found = _select(fields).select_from(joined).where(*_kinds(shown), _in_range(shown))
    return _frame(engine, fields, found.order_by(event_.c.id, response_link.c.n))


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
    return _frame(engine, fields, _select(fields).select_from(joined).order_by(*order))


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


def _event_table(engine: Engine, shown: EventFilter, days: ColumnElement[bool]) -> pd.DataFrame:
    with reader(engine) as connection:
        target, origin = _ends(connection)
        there, launch = place.alias("there"), place.alias("launch")
        said = _claims()
        joined = (
            current()
            .join(event_, event_.c.reading_id == reading_table.c.id)
            .outerjoin(target, _same(event_, "target_n", target))
            .outerjoin(there, target.c.place_key == there.c.key)
            .outerjoin(origin, _same(event_, "origin_n", origin))
            .outerjoin(launch, origin.c.place_key == launch.c.key)
            .outerjoin(said, and_(said.c.reading_id == event_.c.reading_id, said.c.event_n == event_.c.n))
        )
        fields = _event_fields(target, there, origin, launch, said)
        found = _select(fields).select_from(joined).where(*_kinds(shown), days)
        order = (event_.c.best_day.is_(None), event_.c.best_day, report.c.published, report.c.id, event_.c.n)
        return _typed(connection, fields, found.order_by(*order))


def _ends(connection: Connection) -> tuple[FromClause, FromClause]:
    """Resolutions of targets and of origins, with the places that analysts chose where they did."""
    choices = standing_on(connection)
    if not choices:
        return resolution.alias("target"), resolution.alias("origin")
    spelled = _spelled(connection, choices)
    own, every = spelled.alias("own"), spelled.alias("every")
    joined = (
        resolution.join(reading_table, reading_table.c.id == resolution.c.reading_id)
        .outerjoin(own, and_(own.c.words == resolution.c.words, own.c.report_id == reading_table.c.report_id))
        .outerjoin(every, and_(every.c.words == resolution.c.words, every.c.report_id.is_(None)))
        .outerjoin(place_choice, place_choice.c.id == func.coalesce(own.c.choice_id, every.c.choice_id))
    )
    fields: Fields = {name: resolution.c[name] for name in ("reading_id", "n")}
    fields |= {name: func.coalesce(place_choice.c[name], resolution.c[name]) for name in ("place_key", "precision")}
    fields["score"] = case((place_choice.c.id.is_not(None), SCORE), else_=resolution.c.score)
    found = _select(fields).select_from(joined)
    return found.subquery("target"), found.subquery("origin")


def _spelled(connection: Connection, choices: Sequence[PlaceChoice]) -> CTE:
    """Each choice with the spellings of its name that reports have; letter case is for Python to compare."""
    known = find_choices(choices)
    written = connection.execute(select(resolution.c.words).distinct()).scalars().all()
    rows = [(words, choice.report_id, choice.id) for words in written for choice in known(words)]
    columns = (column("words", String), column("report_id", String), column("choice_id", Integer))
    return values(*columns, name="spelled").data(rows or [("", None, 0)]).cte("spelled")


def _event_fields(
    target: FromClause, there: FromClause, origin: FromClause, launch: FromClause, said: FromClause
) -> Fields:
    named = origin.c.precision < int(Precision.COUNTRY)  # the middle of a country is no launch area
    source = func.coalesce(launch.c.country, event_.c.actor_country)
    crosses = source != there.c.country
    return {
        "event_id": event_.c.id,
        "report_id": report.c.id,
        **{name: event_.c[name] for name in ("kind", "telling", "weapon", "first_day", "last_day", "best_day")},
        "day_basis": _text(event_.c.day_basis),
        "day_precision": event_.c.day_precision,
        "time_of_day": _text(event_.c.time_of_day),
        "place_text": _text(event_.c.target_words),
        "place_name": _text(there.c.name),
        "place_id": there.c.id,
        "country": _text(there.c.country),
        "admin1": _text(there.c.admin1),
        "lat": there.c.lat,
        "lon": there.c.lon,
        "precision": target.c.precision,
        "precision_km": there.c.precision_km,
        "place_score": target.c.score,
        **_count("killed"),
        **_count("injured"),
        "actor": _text(event_.c.actor_name),
        "actor_country": _text(event_.c.actor_country),
        "target_side": _text(event_.c.side_name),
        "claim_status": _claim_status(said),
        "origin_name": case((named, launch.c.name), else_=""),
        "origin_lat": case((named, launch.c.lat)),
        "origin_lon": case((named, launch.c.lon)),
        "origin_country": case((or_(named, crosses), source), else_=""),
        "origin_basis": case((named, "named"), (crosses, "country"), else_=""),
        "main": event_.c.main,
        "outlet": report.c.outlet,
        "title": report.c.title,
        "published": report.c.published,
    }


def _count(outcome: str) -> Fields:
    return {
        f"{outcome}_low": event_.c[f"{outcome}_low"],
        outcome: event_.c[f"{outcome}_best"],
        f"{outcome}_high": event_.c[f"{outcome}_high"],
        f"{outcome}_hedge": _text(event_.c[f"{outcome}_hedge"]),
    }


def _claims() -> FromClause:
    """Per event: how often its actor is denied, confirmed, claimed and stated, and how many actors are named."""
    about = func.coalesce(claim.c.about_country, claim.c.about_name)
    same_actor = or_(
        claim.c.about_name.is_(None),
        event_.c.actor_name.is_(None),
        claim.c.about_name == event_.c.actor_name,
        claim.c.about_country == event_.c.actor_country,
    )
    denied = and_(claim.c.stance == Stance.DENIES.value, same_actor)
    named = claim.c.stance.in_([Stance.STATES.value, Stance.CLAIMS.value, Stance.CONFIRMS.value])
    counts = [
        func.sum(case((test, 1), else_=0)).label(name)
        for name, test in (
            ("denied", denied),
            ("confirmed", claim.c.stance == Stance.CONFIRMS.value),
            ("claimed", claim.c.stance == Stance.CLAIMS.value),
            ("stated", claim.c.stance == Stance.STATES.value),
        )
    ]
    actors = func.count(case((named, about)).distinct()).label("actors")
    joined = claim.join(event_, _same(claim, "event_n", event_))
    return (
        select(claim.c.reading_id, claim.c.event_n, *counts, actors)
        .select_from(joined)
        .group_by(claim.c.reading_id, claim.c.event_n)
        .subquery("said")
    )


def _claim_status(said: FromClause) -> ColumnElement[str]:
    return case(
        (or_(said.c.denied > 0, said.c.actors > 1), "contested"),
        (said.c.confirmed > 0, "confirmed"),
        (and_(said.c.claimed > 0, said.c.stated == 0), "claimed"),
        else_="stated",
    )


def current() -> FromClause:
    """Reports with their newest reading."""
    newest = select(func.max(reading_table.c.id)).group_by(reading_table.c.report_id).scalar_subquery()
    return report.join(reading_table, and_(reading_table.c.report_id == report.c.id, reading_table.c.id.in_(newest)))


def _same(part: FromClause, number: str, whole: FromClause) -> ColumnElement[bool]:
    return and_(part.c.reading_id == whole.c.reading_id, part.c[number] == whole.c.n)


def _kinds(shown: EventFilter) -> Sequence[ColumnElement[bool]]:
    asked = ((event_.c.kind, shown.kinds), (event_.c.telling, shown.tellings))
    return [column.in_(sorted(value.value for value in values)) for column, values in asked if values]


def _in_range(shown: EventFilter) -> ColumnElement[bool]:
    ends = [event_.c.last_day >= shown.first_day] if shown.first_day else []
    ends += [event_.c.first_day <= shown.last_day] if shown.last_day else []
    return and_(True, *ends)


def _text(column: ColumnElement[Any]) -> ColumnElement[str]:
    return func.coalesce(column, "")


def _select(fields: Fields) -> Select[Any]:
    return select(*(column.label(name) for name, column in fields.items()))


def _report(row: Row[Any]) -> Report:
    kept = ("id", "text", "title", "outlet", "published", "url", "language", "note")
    return Report(**{name: getattr(row, name) for name in kept})


def _frame(engine: Engine, fields: Fields, statement: Select[Any]) -> pd.DataFrame:
    with reader(engine) as connection:
        return _typed(connection, fields, statement)


def _typed(connection: Connection, fields: Fields, statement: Select[Any]) -> pd.DataFrame:
    """The rows with one fixed type a column, so that an empty table looks like a full one."""
    rows = connection.execute(statement).all()
    columns = zip(*rows, strict=True) if rows else ([] for _ in fields)
    return pd.DataFrame({name: _series(name, values) for name, values in zip(fields, columns, strict=True)})


def _series(name: str, values: Sequence[Any]) -> pd.Series[Any]:
    if name in _WHOLE:
        return pd.Series(values, dtype="Int64")
    if name in _FRACTION:
        return pd.Series(values, dtype="float64")
    if name in _TRUTH:
        return pd.Series(values, dtype=bool)
    if name in _DAYS:
        return pd.Series(values, dtype=object)
    return pd.Series(values, dtype="str")
