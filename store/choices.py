"""What analysts say names mean: kept for ever, with who, when and why. The newest word counts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, Row, Select, func, insert, select

from choices import name_key
from model import Place, PlaceChoice, Precision
from store.database import ChoiceRefused, new_rows, reader, writer
from store.record import lock, log
from store.rows import place_key, place_row, read_place
from store.schema import place, place_choice, report
from store.signed import check_signed

CHOOSE_PLACE = "choose place"
WITHDRAW_CHOICE = "withdraw choice"


def choose_place(
    engine: Engine,
    name: str,
    meant: Place,
    precision: Precision,
    *,
    by: str,
    at: datetime,
    why: str,
    report_id: str | None = None,
) -> int:
    """Keep that a name means a place, in one report or (``None``) in every one; the number of the choice.

    It takes the place of an earlier choice for the same name with the same reach. ``at`` needs a time zone. Raises
    ``ChoiceRefused`` where who or why is missing, ``StoreError`` for the rest; then nothing was stored.
    """
    check_signed(ChoiceRefused, at, by=by, why=why, name=name)
    if precision is Precision.UNRESOLVED:
        raise ChoiceRefused("A choice names a place.")
    with writer(engine) as connection:
        lock(connection)
        known = select(func.count()).select_from(report).where(report.c.id == report_id)
        if report_id is not None and not connection.execute(known).scalar_one():
            raise ChoiceRefused(f"No report has the id {report_id!r}.")
        key = place_key(meant)
        connection.execute(new_rows(connection, place), {"key": key, **place_row(meant)})
        row = {"name": name.strip(), "key": name_key(name), "report_id": report_id}
        return _add(connection, CHOOSE_PLACE, at, by, why, row | {"place_key": key, "precision": int(precision)})


def withdraw_choice(engine: Engine, number: int, *, by: str, at: datetime, why: str) -> int:
    """Take a choice back: from now on the rules' own answer counts again. The number of the withdrawal.

    Raises ``ChoiceRefused`` where who or why is missing, or where the choice does not stand any more.
    """
    check_signed(ChoiceRefused, at, by=by, why=why)
    with writer(engine) as connection:
        lock(connection)
        row = connection.execute(_standing().where(place_choice.c.id == number)).first()
        if row is None:
            raise ChoiceRefused(f"Choice {number} does not stand any more: it was withdrawn or replaced.")
        same = {"name": row.name, "key": row.key, "report_id": row.report_id, "place_key": None, "precision": None}
        return _add(connection, WITHDRAW_CHOICE, at, by, why, same | {"withdraws": number})


def standing(engine: Engine) -> tuple[PlaceChoice, ...]:
    """The choices that count now, the oldest first."""
    with reader(engine) as connection:
        return standing_on(connection)


def standing_on(connection: Connection) -> tuple[PlaceChoice, ...]:
    """The same, as one connection sees it."""
    rows = connection.execute(_standing()).all()
    keys = {row.place_key for row in rows}
    found = connection.execute(select(place).where(place.c.key.in_(keys))) if keys else ()
    places = {row.key: read_place(dict(row._mapping)) for row in found}
    return tuple(_read(row, places[row.place_key]) for row in rows)


def history(engine: Engine) -> pd.DataFrame:
    """Every choice and withdrawal, the newest first.

    Columns: id, at (UTC, ISO 8601), by, why, name, report_id ("" for every report), title (of the report), place_name
    ("" for a withdrawal), country, place_id (0 for a withdrawal), withdraws (0 where it withdraws nothing), stands.
    """
    now = {row.id for row in _rows(engine, _standing())}
    kept = _rows(
        engine,
        select(
            *(place_choice.c[name] for name in ("id", "at", "by", "why", "name")),
            func.coalesce(place_choice.c.report_id, "").label("report_id"),
            func.coalesce(report.c.title, "").label("title"),
            func.coalesce(place.c.name, "").label("place_name"),
            func.coalesce(place.c.country, "").label("country"),
            func.coalesce(place.c.id, 0).label("place_id"),
            func.coalesce(place_choice.c.withdraws, 0).label("withdraws"),
        )
        .select_from(
            place_choice.outerjoin(place, place.c.key == place_choice.c.place_key).outerjoin(
                report, report.c.id == place_choice.c.report_id
            )
        )
        .order_by(place_choice.c.id.desc()),
    )
    names = ("id", "at", "by", "why", "name", "report_id", "title", "place_name", "country", "place_id", "withdraws")
    frame = pd.DataFrame([tuple(row) for row in kept], columns=list(names))
    return frame.assign(stands=frame["id"].isin(now))


def sealed_words(row: Row[Any]) -> dict[str, object]:
    """What the audit says of a row of ``place_choice``."""
    return {name: getattr(row, name) for name in _SEALED}


_SEALED = ("why", "name", "key", "report_id", "place_key", "precision", "withdraws")


def _standing() -> Select[Any]:
    """The newest row of each name and reach, unless it is a withdrawal."""
    newest = select(func.max(place_choice.c.id)).group_by(place_choice.c.key, place_choice.c.report_id)
    counts = place_choice.c.id.in_(newest.scalar_subquery()) & place_choice.c.place_key.is_not(None)
    return select(place_choice).where(counts).order_by(place_choice.c.id)


def _rows(engine: Engine, statement: Select[Any]) -> list[Row[Any]]:
    with reader(engine) as connection:
        return list(connection.execute(statement))


def _read(row: Row[Any], meant: Place) -> PlaceChoice:
    return PlaceChoice(
        name=row.name,
        place=meant,
        precision=Precision(row.precision),
        by=row.by,
        at=datetime.fromisoformat(row.at),
        why=row.why,
        report_id=row.report_id,
        id=row.id,
    )


def _add(connection: Connection, action: str, at: datetime, by: str, why: str, row: dict[str, Any]) -> int:
    number = int(connection.execute(select(func.coalesce(func.max(place_choice.c.id), 0))).scalar_one()) + 1
    moment, who = at.astimezone(UTC).isoformat(timespec="seconds"), by.strip()
    said = {"withdraws": None, **row, "why": why.strip()}
    connection.execute(insert(place_choice), {"id": number, "at": moment, "by": who, **said})
    log(connection, moment, who, action, f"choice {number}", {name: said[name] for name in _SEALED})
    return number
