"""The table of events, joined from their parts: places as analysts chose them, claims counted, reviews laid beside."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    Integer,
    String,
    and_,
    case,
    column,
    exists,
    func,
    or_,
    select,
    values,
)

from choices import SCORE, find_choices
from model import PlaceChoice, Precision, ReviewState, Stance
from store.choices import standing_on
from store.database import reader
from store.frames import Fields, select_fields, text_of, typed_frame
from store.newest import current, part_of
from store.schema import claim, event_, place, place_choice, report, resolution, review
from store.schema import reading as reading_table


def read(engine: Engine, *tests: ColumnElement[bool]) -> pd.DataFrame:
    """The events that pass the tests, with the columns that ``store.query.events`` tells."""
    with reader(engine) as connection:
        target, origin = _ends(connection)
        there, launch = place.alias("there"), place.alias("launch")
        said, judged = _claims(), _judged()
        joined = (
            current()
            .join(event_, event_.c.reading_id == reading_table.c.id)
            .outerjoin(target, part_of(event_, "target_n", target))
            .outerjoin(there, target.c.place_key == there.c.key)
            .outerjoin(origin, part_of(event_, "origin_n", origin))
            .outerjoin(launch, origin.c.place_key == launch.c.key)
            .outerjoin(said, and_(said.c.reading_id == event_.c.reading_id, said.c.event_n == event_.c.n))
            .outerjoin(judged, and_(judged.c.reading_id == event_.c.reading_id, judged.c.event_n == event_.c.n))
        )
        fields = _event_fields(target, there, origin, launch, said)
        fields["review"] = func.coalesce(judged.c.state, ReviewState.NOT_REVIEWED.value)
        found = select_fields(fields).select_from(joined).where(*tests)
        order = (event_.c.best_day.is_(None), event_.c.best_day, report.c.published, report.c.id, event_.c.n)
        return typed_frame(connection, fields, found.order_by(*order))


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
    found = select_fields(fields).select_from(joined)
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
        "day_basis": text_of(event_.c.day_basis),
        "day_precision": event_.c.day_precision,
        "time_of_day": text_of(event_.c.time_of_day),
        "place_text": text_of(event_.c.target_words),
        "place_name": text_of(there.c.name),
        "place_id": there.c.id,
        "country": text_of(there.c.country),
        "admin1": text_of(there.c.admin1),
        "lat": there.c.lat,
        "lon": there.c.lon,
        "precision": target.c.precision,
        "precision_km": there.c.precision_km,
        "place_score": target.c.score,
        **_count("killed"),
        **_count("injured"),
        "actor": text_of(event_.c.actor_name),
        "actor_country": text_of(event_.c.actor_country),
        "target_side": text_of(event_.c.side_name),
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
        f"{outcome}_hedge": text_of(event_.c[f"{outcome}_hedge"]),
    }


def _claims() -> FromClause:
    """Per event: how often its actor is denied, confirmed, claimed and stated, and how many actors are named.

    An army and its rebels are of one country: where the one that is accused accuses another, that denies it.
    """
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
            ("denied", or_(denied, and_(named, _is_answered()))),
            ("confirmed", claim.c.stance == Stance.CONFIRMS.value),
            ("claimed", claim.c.stance == Stance.CLAIMS.value),
            ("stated", claim.c.stance == Stance.STATES.value),
        )
    ]
    actors = func.count(case((named, about)).distinct()).label("actors")
    joined = claim.join(event_, part_of(claim, "event_n", event_))
    return (
        select(claim.c.reading_id, claim.c.event_n, *counts, actors)
        .select_from(joined)
        .group_by(claim.c.reading_id, claim.c.event_n)
        .subquery("said")
    )


def _is_answered() -> ColumnElement[bool]:
    """True for a claim about a party that itself names another in the same event."""
    other = claim.alias("other")
    return exists().where(
        other.c.reading_id == claim.c.reading_id,
        other.c.event_n == claim.c.event_n,
        other.c.stance == Stance.CLAIMS.value,
        other.c.speaker_name == claim.c.about_name,
        other.c.about_name != claim.c.about_name,
    )


def _claim_status(said: FromClause) -> ColumnElement[str]:
    return case(
        (or_(said.c.denied > 0, said.c.actors > 1), "contested"),
        (said.c.confirmed > 0, "confirmed"),
        (and_(said.c.claimed > 0, said.c.stated == 0), "claimed"),
        else_="stated",
    )


def _judged() -> FromClause:
    """The newest review of each event that has one."""
    newest = select(func.max(review.c.id)).group_by(review.c.reading_id, review.c.event_n).scalar_subquery()
    return (
        select(review.c.reading_id, review.c.event_n, review.c.state).where(review.c.id.in_(newest)).subquery("judged")
    )
