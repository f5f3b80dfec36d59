"""Quiet defaults for tests of what readers see: a row as the store gives it, and a reading."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd

from extract.document import report_id
from model import (
    Candidate,
    Casualties,
    Claim,
    CountRange,
    DayBasis,
    DayPrecision,
    Event,
    EventKind,
    Evidence,
    Level,
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
    Telling,
    Toponym,
    When,
)

TEXT = (
    "Rockets hit the market of Belgorod on Saturday. At least 22 people were killed and nearly 110 hurt.\n\n"
    "The Russian Defence Ministry claims that Ukraine was behind it; Kyiv has not commented. "
    "It answered the air assault on Ukraine the day before."
)
NEW_YEAR = date(2024, 1, 1)
BELGOROD = Place(1, "Belgorod", 50.6, 36.59, Level.SETTLEMENT, "RU", "PPLA", "RU.09", population=391_554)
BELGOROD_RIVER = Place(2, "Belgorod-Dnestrovskiy", 46.19, 30.34, Level.SETTLEMENT, "UA", "PPL", "UA.17")
UKRAINE = Place(3, "Ukraine", 49.0, 32.0, Level.COUNTRY, "UA", precision_km=600)


def row(**changes: Any) -> dict[str, Any]:
    """An event of one exact place and day, silent about people."""
    n = changes.pop("n", 1)
    day = changes.pop("day", date(2023, 12, 30))
    return {
        "event_id": f"{n:016x}-0",
        "report_id": f"{n:016x}",
        "kind": "missile strike",
        "telling": "reported",
        "weapon": "",
        "first_day": day,
        "last_day": day,
        "best_day": day,
        "day_basis": "" if day is None else "stated",
        "day_precision": None if day is None else 1,
        "time_of_day": "",
        "place_text": "Belgorod",
        "place_name": "Belgorod",
        "place_id": 1,
        "country": "RU",
        "admin1": "RU.09",
        "lat": 50.6,
        "lon": 36.59,
        "precision": 1,
        "precision_km": 5.0,
        "place_score": 0.9,
        "killed_low": None,
        "killed": None,
        "killed_high": None,
        "killed_hedge": "",
        "injured_low": None,
        "injured": None,
        "injured_high": None,
        "injured_hedge": "",
        "actor": "Ukraine",
        "actor_country": "UA",
        "target_side": "",
        "claim_status": "claimed",
        "origin_name": "",
        "origin_lat": None,
        "origin_lon": None,
        "origin_country": "UA",
        "origin_basis": "country",
        "main": True,
        "outlet": "sample",
        "title": f"Report {n}",
        "published": NEW_YEAR,
        "review": "not reviewed",
        **changes,
    }


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    """Rows as ``store.query.events`` types them."""
    table = pd.DataFrame(list(rows), columns=list(row()))
    whole = ["place_id", "precision", "day_precision"]
    whole += [f"{outcome}{end}" for outcome in ("killed", "injured") for end in ("_low", "", "_high")]
    fraction = ["lat", "lon", "precision_km", "place_score", "origin_lat", "origin_lon"]
    return table.astype(dict.fromkeys(whole, "Int64") | dict.fromkeys(fraction, "float64"))


def reading(text: str = TEXT, *, published: date | None = NEW_YEAR, **changes: Any) -> Reading:
    """A report with a strike, the assault it answers, and a strike told as background; other texts give one event."""
    report = Report(
        id=report_id(text), text=text, title="Strike on Belgorod", outlet="sample", published=published, **changes
    )
    if text != TEXT:
        return Reading(report, (PlacedEvent(_plain_event(report)),), version="1")
    strike, assault, earlier = _strike(report), _assault(report), _earlier(report)
    link = ResponseLink(strike.event.id, assault.event.id, find(report, "It answered the air assault"), None, 0.8)
    return Reading(report, (strike, assault, earlier), (link,), version="1")


def find(report: Report, words: str) -> Span:
    at = report.text.index(words)
    return Span(at, at + len(words))


def _plain_event(report: Report) -> Event:
    return Event(
        f"{report.id}-0",
        report.id,
        EventKind.STRIKE,
        casualties=Casualties(killed=CountRange(1, 1, 1)),
        evidence=(Evidence("casualties.killed", Span(0, min(len(report.text), 40)), "killed", 0.9),),
        main=True,
    )


def _strike(report: Report) -> PlacedEvent:
    spot = Toponym("Belgorod", find(report, "Belgorod"))
    ministry, ukraine = Party("Russian Defence Ministry", "RU"), Party("Ukraine", "UA")
    saturday = NEW_YEAR - timedelta(days=2)
    event = Event(
        id=f"{report.id}-0",
        report_id=report.id,
        kind=EventKind.ROCKET_STRIKE,
        weapon="Rockets",
        when=When(saturday, saturday, saturday, DayPrecision.DAY, DayBasis.RELATIVE),
        target=spot,
        actor=ukraine,
        casualties=Casualties(CountRange(22, 22, None, "at least"), CountRange(None, 110, 110, "nearly")),
        claims=(
            Claim(ministry, Stance.CLAIMS, find(report, "The Russian Defence Ministry claims"), ukraine),
            Claim(ukraine, Stance.SILENT, find(report, "Kyiv has not commented")),
        ),
        evidence=(
            Evidence("kind", find(report, "Rockets hit"), "kind by weapon", 0.95),
            Evidence("when", find(report, "Saturday"), "weekday before publication", 0.9),
            Evidence("target", spot.span, "target after verb", 0.9),
            Evidence("casualties.killed", find(report, "At least 22 people were killed"), "number and verb", 0.9),
            Evidence("casualties.injured", find(report, "nearly 110 hurt"), "number and verb", 0.7),
            Evidence("actor", find(report, "Ukraine"), "claimed actor", 0.4),
        ),
        main=True,
    )
    reasons = ("largest place of that name", "country of the report")
    candidates = (Candidate(BELGOROD, 0.93, reasons), Candidate(BELGOROD_RIVER, 0.12, ("longer name",)))
    return PlacedEvent(event, Resolution(spot, BELGOROD, Precision.SITE, 0.93, reasons, candidates))


def _assault(report: Report) -> PlacedEvent:
    words = "air assault on Ukraine"
    span = find(report, words)
    spot = Toponym("Ukraine", Span(span.end - 7, span.end))
    day = NEW_YEAR - timedelta(days=3)
    event = Event(
        id=f"{report.id}-{span.start}",
        report_id=report.id,
        kind=EventKind.AIR_STRIKE,
        when=When(day, day, day, DayPrecision.DAY, DayBasis.ANAPHORIC),
        target=spot,
        evidence=(
            Evidence("kind", span, "kind by noun"),
            Evidence("when", find(report, "the day before"), "day before"),
        ),
    )
    return PlacedEvent(event, Resolution(spot, UKRAINE, Precision.COUNTRY, 0.99, ("country name",)))


def _earlier(report: Report) -> PlacedEvent:
    event = Event(f"{report.id}-9", report.id, EventKind.SHELLING, Telling.BACKGROUND)
    return PlacedEvent(event)
