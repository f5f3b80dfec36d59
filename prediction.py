"""A reading as one row of an evaluation file: plain JSON values, one main event, what the text leaves open kept open.

``killed_min`` and ``killed_max`` are single figures for scoring ("at least 22" is 22 and 22); ``killed_low`` and
``killed_high`` beside them say which end is open (22 and null).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from model import (
    Claim,
    CountRange,
    Event,
    EventKind,
    PlacedEvent,
    Precision,
    Reading,
    Resolution,
    ResponseLink,
    Telling,
)

Json: TypeAlias = dict[str, Any]
CountryName: TypeAlias = Callable[[str], str]

EVENT_TYPES = {
    EventKind.MISSILE_STRIKE: "missile",
    EventKind.ROCKET_STRIKE: "rocket",
    EventKind.SHELLING: "shelling",
    EventKind.DRONE_STRIKE: "drone",
    EventKind.AIR_STRIKE: "airstrike",
    EventKind.STRIKE: "shelling",
    EventKind.EXPLOSION: "ied",
    EventKind.SUICIDE_BOMBING: "suicide_bombing",
    EventKind.GRENADE: "grenade",
    EventKind.SHOOTING: "shooting",
    EventKind.GROUND_COMBAT: "ground",
    EventKind.INTERCEPTION: "missile",
    EventKind.OTHER: "none",
}
_NO_ATTACK = frozenset({EventKind.OTHER, EventKind.INTERCEPTION})
_DRONE_WORDS = ("drone", "uav", "unmanned", "shahed", "geran", "quadcopter")


def prediction(reading: Reading, country_name: CountryName) -> Json:
    """The events that count, the main one first, with every toponym and every day of the text.

    Events told as background, planned or denied appear only where nothing is reported; interceptions and events that
    are no attack only where they are what the report is about, or all it tells.
    """
    chosen = _chosen(reading.events)
    place_in_list = {placed.event.id: number for number, placed in enumerate(chosen)}
    return {
        "events": [_event(placed, reading.links, place_in_list, country_name) for placed in chosen],
        "mentions": [_mention(resolution) for resolution in reading.mentions if resolution.place is not None],
        "timexes": [
            {"text": reading.report.quote(day.span), "start": day.span.start, "date": day.when.best.isoformat()}
            for day in reading.days
            if day.when is not None
        ],
    }


def event_type(event: Event) -> str:
    """The evaluation's word for a kind of event."""
    if event.kind is EventKind.INTERCEPTION and any(word in event.weapon.lower() for word in _DRONE_WORDS):
        return "drone"
    return EVENT_TYPES[event.kind]


def _chosen(events: Sequence[PlacedEvent]) -> list[PlacedEvent]:
    reported = [placed for placed in events if placed.event.telling is Telling.REPORTED] or list(events)
    counted = [placed for placed in reported if placed.event.main or placed.event.kind not in _NO_ATTACK] or reported
    return sorted(counted, key=lambda placed: not placed.event.main)


def _event(
    placed: PlacedEvent, links: Sequence[ResponseLink], place_in_list: dict[str, int], country_name: CountryName
) -> Json:
    event, when = placed.event, placed.event.when
    answered = [place_in_list.get(link.answers_id) for link in links if link.event_id == event.id]
    return {
        **_people("killed", event.casualties.killed),
        **_people("injured", event.casualties.injured),
        "event_type": event_type(event),
        "kind": event.kind.value,
        "telling": event.telling.value,
        "weapon": event.weapon,
        **_where(placed, country_name),
        "date": when.best.isoformat() if when else None,
        "date_first": when.first_day.isoformat() if when else None,
        "date_last": when.last_day.isoformat() if when else None,
        "date_basis": when.basis.value if when else None,
        "attacker": event.actor.name if event.actor else None,
        "attacker_country": _named(event.actor.country if event.actor else None, country_name),
        "claims": [_claim(claim) for claim in event.claims],
        "main": event.main,
        "retaliation_for": next((number for number in answered if number is not None), None),
    }


def _people(outcome: str, count: CountRange | None) -> Json:
    if count is None:
        return {f"{outcome}_{end}": None for end in ("min", "max", "low", "high")} | {f"{outcome}_hedge": ""}
    least = count.figure
    most = next(n for n in (count.high, count.best, count.low) if n is not None)
    known = {"min": least, "max": most, "low": count.low, "high": count.high, "hedge": count.hedge}
    return {f"{outcome}_{name}": value for name, value in known.items()}


def _where(placed: PlacedEvent, country_name: CountryName) -> Json:
    """A country gets no coordinates: its middle is nowhere that anything happened."""
    event, found = placed.event, placed.target
    place = found.place if found else None
    point = place if found and found.precision < Precision.COUNTRY else None
    side = event.target_side.country if event.target_side else None
    return {
        "place": place.name if place else event.target.text if event.target else None,
        "lat": point.lat if point else None,
        "lon": point.lon if point else None,
        "precision": found.precision.name.lower() if found else None,
        "country": _named(place.country if place else side, country_name),
    }


def _named(code: str | None, country_name: CountryName) -> str | None:
    return country_name(code) if code else None


def _claim(claim: Claim) -> Json:
    about = claim.about.name if claim.about else None
    return {"speaker": claim.speaker.name, "stance": claim.stance.value, "about": about, "start": claim.span.start}


def _mention(resolution: Resolution) -> Json:
    toponym, place = resolution.toponym, resolution.place
    point = (place.lat, place.lon) if place else (None, None)
    return {"text": toponym.text, "start": toponym.span.start, "lat": point[0], "lon": point[1]}
