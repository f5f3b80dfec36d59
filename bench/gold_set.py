"""The project's own gold sets: reports with what a careful reader codes from them (``bench/gold/README.md``)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from model import CountRange, EventKind, Telling

FOLDER = Path(__file__).resolve().parent / "gold"
GOLD = FOLDER / "reports.jsonl"  # short, with a trap to the line; the rules were mended on it
ARTICLES = FOLDER / "articles.jsonl"  # whole articles, written blind; the rules were mended on it since
KEPT = FOLDER / "kept.jsonl"  # whole articles, written blind; nobody mends a rule after reading it


@dataclass(frozen=True, slots=True)
class Row:
    """One report of a gold set, with what a reader codes from it."""

    id: str
    published: date
    language: str
    conflict: str
    text: str
    events: tuple[Coded, ...]
    links: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Coded:
    """One event as coded by hand; ``None`` where the report is silent."""

    kinds: frozenset[EventKind]
    place: str
    country: str | None
    point: tuple[float, float] | None  # lat, lon, where the name alone does not tell
    days: tuple[date, date] | None
    killed: CountRange | None
    injured: CountRange | None
    actor_countries: frozenset[str]
    actor: str | None
    claim_status: str | None
    telling: Telling
    main: bool
    optional: bool
    unscored: frozenset[str]


def read_gold(path: Path = GOLD) -> tuple[Row, ...]:
    """The rows of a gold set; ``ValueError`` names the line that cannot be read."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            rows.append(_row(json.loads(line)))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path.name}, line {number}: {error}") from error
    return tuple(rows)


def _row(told: dict[str, Any]) -> Row:
    expected = told["expected"]
    events = tuple(_coded(event) for event in expected["events"])
    links = tuple((int(i), int(j)) for i, j in expected["links"])
    if any(not (0 <= i < len(events) and 0 <= j < len(events) and i != j) for i, j in links):
        raise ValueError(f"{told['id']}: a link leads to no event")
    published = date.fromisoformat(told["published"])
    return Row(told["id"], published, told["language"], told["conflict"], told["text"], events, links)


def _coded(told: dict[str, Any]) -> Coded:
    first, last = told["first_day"], told["last_day"]
    countries = [told["actor_country"], *told.get("actor_country_also", ())]
    return Coded(
        kinds=frozenset(EventKind(kind) for kind in [told["kind"], *told.get("kind_also", ())]),
        place=told["place"],
        country=told["country"],
        point=(told["lat"], told["lon"]) if "lat" in told else None,
        days=(date.fromisoformat(first), date.fromisoformat(last)) if first else None,
        killed=CountRange(*told["killed"]) if told["killed"] else None,
        injured=CountRange(*told["injured"]) if told["injured"] else None,
        actor_countries=frozenset(country for country in countries if country),
        actor=told["actor"],
        claim_status=told["claim_status"],
        telling=Telling(told["telling"]),
        main=told["main"],
        optional=told.get("optional", False),
        unscored=frozenset(told.get("unscored", ())),
    )
