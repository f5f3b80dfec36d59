"""Small valid things with quiet defaults; a test names only what it is about."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from model import (
    Candidate,
    Casualties,
    Claim,
    CountRange,
    DayBasis,
    DayExpression,
    DayPrecision,
    Event,
    EventKind,
    Evidence,
    Level,
    Outcome,
    Party,
    Place,
    PlacedEvent,
    Precision,
    Reading,
    Report,
    Resolution,
    ResponseLink,
    Span,
    Stance,
    Toll,
    Toponym,
    When,
)

MOMENT = datetime(2024, 1, 3, 9, 30, tzinfo=UTC)
TEXT = "On Saturday rockets hit Belgorod and killed at least 22 people, a day after missiles fell on Kharkiv."
UKRAINE = Party("Ukraine", "UA")
RUSSIA = Party("Russia", "RU")
RUSSIAN_MINISTRY = Party("Russian Defence Ministry", "RU")


def report(text: str = TEXT, **given: Any) -> Report:
    told = {"title": "A strike", "outlet": "sample", "published": date(2024, 1, 1)} | given
    return Report(id=hashlib.sha256(text.encode()).hexdigest()[:16], text=text, **told)


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def toponym(words: str, text: str = TEXT) -> Toponym:
    return Toponym(words, span(words, text))


def place(name: str = "Belgorod", **given: Any) -> Place:
    known: dict[str, dict[str, Any]] = {
        "Belgorod": {"id": 578072, "lat": 50.61, "lon": 36.58, "country": "RU", "admin1": "RU.09"},
        "Kharkiv": {"id": 706483, "lat": 49.98, "lon": 36.25, "country": "UA", "admin1": "UA.07"},
    }
    basis = known.get(name, {"id": 1, "lat": 50.0, "lon": 36.0, "country": "UA"})
    return Place(**({"name": name, "level": Level.SETTLEMENT, "population": 400_000, **basis} | given))


def resolution(name: str = "Belgorod", text: str = TEXT, **given: Any) -> Resolution:
    found = place(name)
    chosen = {"place": found, "precision": Precision.SITE, "score": 0.9, "reasons": ("only place of this name",)}
    return Resolution(toponym(name, text), **(chosen | {"candidates": (Candidate(found, 0.9, ("name",)),)} | given))


def unresolved(name: str, text: str = TEXT) -> Resolution:
    return Resolution(toponym(name, text), None, Precision.UNRESOLVED)


def when(day: date = date(2023, 12, 30), **given: Any) -> When:
    known = {"last_day": day, "best": day, "precision": DayPrecision.DAY, "basis": DayBasis.RELATIVE}
    return When(first_day=day, **(known | given))


def event(told: Report | None = None, number: int = 0, **given: Any) -> Event:
    told = told or report()
    quiet = {"kind": EventKind.ROCKET_STRIKE, "when": when()}
    return Event(id=f"{told.id}-{number}", report_id=told.id, **(quiet | given))


def claim(speaker: Party, stance: Stance, about: Party | None = None) -> Claim:
    return Claim(speaker, stance, Span(0, 5), about)


def placed(given: Event, target: Resolution | None = None, origin: Resolution | None = None) -> PlacedEvent:
    return PlacedEvent(given, target, origin)


def reading(told: Report | None = None, events: Sequence[PlacedEvent] | None = None, **given: Any) -> Reading:
    told = told or report()
    return Reading(told, tuple(events if events is not None else [placed(event(told))]), version="1", **given)


def full_reading(text: str = TEXT) -> Reading:
    """A reading with every field filled: what must come back from the store exactly."""
    told = report(text, url="https://example.org/a", note="made up")
    belgorod, kharkiv = resolution("Belgorod", text), resolution("Kharkiv", text)
    at_least = CountRange(22, 22, None, "at least")
    strike = event(
        told,
        12,
        weapon="rockets",
        target=belgorod.toponym,
        target_side=RUSSIA,
        origin=kharkiv.toponym,
        actor=UKRAINE,
        casualties=Casualties(killed=at_least, injured=CountRange(None, 110, 110, "nearly")),
        tolls=(
            Toll(Outcome.KILLED, at_least, span("at least 22", text), RUSSIAN_MINISTRY),
            Toll(Outcome.KILLED, CountRange(3, 3, 3), span("22", text), None, "children", True),
        ),
        claims=(claim(RUSSIAN_MINISTRY, Stance.CLAIMS, UKRAINE), claim(UKRAINE, Stance.SILENT)),
        evidence=(
            Evidence("kind", span("rockets", text), "kinds.rocket", 0.9),
            Evidence("when", span("Saturday", text), "days.weekday"),
        ),
        main=True,
    )
    earlier = event(told, 70, kind=EventKind.MISSILE_STRIKE, when=None, target=kharkiv.toponym)
    return Reading(
        report=told,
        events=(placed(strike, belgorod, kharkiv), placed(earlier, kharkiv)),
        links=(ResponseLink(strike.id, earlier.id, span("a day after", text), RUSSIA, 0.75),),
        mentions=(belgorod, kharkiv),
        days=(DayExpression(span("Saturday", text), when()), DayExpression(span("a day after", text), None)),
        skipped=(span("missiles", text),),
        version="1",
    )
