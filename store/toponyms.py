"""Names of places that an analyst should look at: those the rules could not place, or are not sure of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Engine,
    FromClause,
    Row,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
    union_all,
)

from choices import choice_for, find_choices
from model import Precision, Telling
from store.choices import standing_on
from store.database import reader
from store.newest import current
from store.schema import candidate, event_, place, report, resolution
from store.schema import reading as reading_table

SURE = 0.8  # a choice with a lower score is to be looked at; from here on the evidence panel calls it "high"
DOUBTS = ("not placed", "backed off", "not sure", "")  # worst first
COLUMNS = (
    *("report_id", "title", "words", "start", "end", "events", "doubt"),
    *("place_name", "country", "precision", "score", "choice"),
)


def doubtful(engine: Engine) -> pd.DataFrame:
    """One row a name and report, for targets and origins of reported events; the names of most events first.

    Listed are names that were not placed, those placed only as the unit above ("backed off": the place given is none of
    the name's candidates), those placed with a score below ``SURE``, and all for which an analyst's choice counts.

    Columns: report_id, title, words (as written), start and end (of the mention in doubt, offsets into the report's
    text), events (that the name places), doubt (one of ``DOUBTS``; "" where the rules are sure), place_name and country
    ("" where the rules found none), precision, score, choice (number of the analyst's choice that counts, 0 where none
    does). All but ``choice`` say what the rules say.
    """
    with reader(engine) as connection:
        known = find_choices(standing_on(connection))
        written = connection.execute(select(resolution.c.words).distinct()).scalars()
        rows = connection.execute(_mentions([words for words in written if known(words)])).all()
    found: dict[tuple[str, str], tuple[Any, ...]] = {}
    for row in sorted(rows, key=lambda row: (DOUBTS.index(_doubt(row)), row.start)):
        choice = choice_for(known(row.words), row.report_id)
        if choice is None and not _doubt(row):
            continue  # chosen in another report
        told = (row.events, _doubt(row), row.place_name or "", row.country or "", row.precision, row.score)
        mention = (row.report_id, row.title, row.words, row.start, row.end)
        found.setdefault((row.report_id, row.words), (*mention, *told, 0 if choice is None else choice.id))
    frame = pd.DataFrame(list(found.values()), columns=list(COLUMNS))
    return frame.sort_values("events", ascending=False, kind="stable", ignore_index=True)


def _doubt(row: Row[Any]) -> str:
    if row.precision == Precision.UNRESOLVED:
        return "not placed"
    if not row.among:
        return "backed off"
    return "not sure" if row.score < SURE else ""


def _mentions(chosen: Sequence[str]) -> Select[Any]:
    """Resolutions of targets and origins that are in doubt, or whose words somebody chose a place for."""
    used = _used().subquery("used")
    joined = resolution.join(used, _same(resolution, used))
    counts = (
        select(resolution.c.reading_id, resolution.c.words, func.count(used.c.event_n.distinct()).label("events"))
        .select_from(joined)
        .group_by(resolution.c.reading_id, resolution.c.words)
        .subquery("counts")
    )
    among = _among()
    once = select(used.c.reading_id, used.c.resolution_n).distinct().subquery("once")
    ends: FromClause = (
        current()
        .join(resolution, resolution.c.reading_id == reading_table.c.id)
        .join(counts, and_(counts.c.reading_id == resolution.c.reading_id, counts.c.words == resolution.c.words))
        .join(once, _same(resolution, once))
        .outerjoin(place, place.c.key == resolution.c.place_key)
    )
    asked = or_(~among, resolution.c.score < SURE, resolution.c.words.in_(chosen))
    return (
        select(
            report.c.id.label("report_id"),
            report.c.title,
            *(resolution.c[name] for name in ("words", "start", "end", "precision", "score")),
            counts.c.events,
            place.c.name.label("place_name"),
            place.c.country,
            among.label("among"),
        )
        .select_from(ends)
        .where(asked)
        .order_by(report.c.id, resolution.c.start)
    )


def _among() -> ColumnElement[bool]:
    """Whether the place given is one of the name's own candidates."""
    return exists().where(
        candidate.c.reading_id == resolution.c.reading_id,
        candidate.c.resolution_n == resolution.c.n,
        candidate.c.place_key == resolution.c.place_key,
    )


def _used() -> CompoundSelect[Any]:
    """Which resolution places which reported event."""
    happened = event_.c.telling == Telling.REPORTED.value
    ends = (event_.c.target_n, event_.c.origin_n)
    return union_all(
        *(
            select(event_.c.reading_id, event_.c.n.label("event_n"), end.label("resolution_n")).where(
                happened, end.is_not(None)
            )
            for end in ends
        )
    )


def _same(part: FromClause, used: FromClause) -> ColumnElement[bool]:
    return and_(used.c.reading_id == part.c.reading_id, used.c.resolution_n == part.c.n)
