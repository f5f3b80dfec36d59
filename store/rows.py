"""A reading as rows and back: the two directions side by side, so that they stay each other's inverse."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any, TypeAlias

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
    Telling,
    Toll,
    Toponym,
    When,
)

Row: TypeAlias = dict[str, Any]
Parts: TypeAlias = dict[str, list[Row]]  # table name -> its rows in order

CANDIDATES_KEPT = 5
_OUTCOMES = ("killed", "injured", "missing", "captured")


def to_parts(reading: Reading) -> Parts:
    """The rows of one reading by table, without ``reading_id``; places stand under ``place``."""
    resolutions = _resolutions(reading)
    number = {resolution: n for n, resolution in enumerate(resolutions)}
    parts: Parts = defaultdict(list)
    for n, resolution in enumerate(resolutions):
        _put_resolution(parts, resolution, mention=n < len(reading.mentions))
    for placed in reading.events:
        _put_event(parts, placed, number)
    event_n = {row["id"]: row["n"] for row in parts["event"]}
    for link in reading.links:
        ends = {"event_n": event_n[link.event_id], "answers_n": event_n[link.answers_id]}
        told = _span(link.span) | _party("claimant", link.claimant) | {"confidence": float(link.confidence)}
        _put(parts, "response_link", ends | told)
    for day in reading.days:
        _put(parts, "day_expression", _span(day.span) | _when(day.when))
    for span in reading.skipped:
        _put(parts, "skipped", _span(span))
    return parts


def from_parts(report: Report, parts: Mapping[str, Sequence[Row]], version: str) -> Reading:
    """The reading whose rows these are; rows of each table in their order."""
    resolutions = _read_resolutions(parts)
    mentions = [bool(row["mention"]) for row in parts["resolution"]]
    evidence, tolls, claims = (_by_event(parts[name]) for name in ("evidence", "toll", "claim"))
    events: list[PlacedEvent] = []
    for row in parts["event"]:
        told = Event(
            id=row["id"],
            report_id=report.id,
            kind=EventKind(row["kind"]),
            telling=Telling(row["telling"]),
            weapon=row["weapon"],
            when=_read_when(row),
            target=_read_toponym(row, "target"),
            target_side=_read_party(row, "side"),
            origin=_read_toponym(row, "origin"),
            actor=_read_party(row, "actor"),
            casualties=Casualties(*(_read_count(row, outcome) for outcome in _OUTCOMES)),
            tolls=tuple(_read_toll(r) for r in tolls[row["n"]]),
            claims=tuple(_read_claim(r) for r in claims[row["n"]]),
            evidence=tuple(Evidence(r["field"], _read_span(r), r["rule"], r["confidence"]) for r in evidence[row["n"]]),
            main=row["main"],
        )
        numbers = (row["target_n"], row["origin_n"])
        events.append(PlacedEvent(told, *(None if n is None else resolutions[n] for n in numbers)))
    return Reading(
        report=report,
        events=tuple(events),
        links=tuple(_read_link(row, events) for row in parts["response_link"]),
        mentions=tuple(r for r, mention in zip(resolutions, mentions, strict=True) if mention),
        days=tuple(DayExpression(_read_span(row), _read_when(row)) for row in parts["day_expression"]),
        skipped=tuple(_read_span(row) for row in parts["skipped"]),
        version=version,
    )


def digest(parts: Mapping[str, Iterable[Row]]) -> str:
    """SHA-256 of the rows. Nulls are left out, so a column that is added later changes no digest."""
    plain = {
        table: [{k: v for k, v in row.items() if v is not None and k != "reading_id"} for row in rows]
        for table, rows in parts.items()
        if table != "place"
    }
    return hashlib.sha256(_canonical({t: rows for t, rows in plain.items() if rows})).hexdigest()


def place_key(place: Place) -> str:
    """SHA-256 of a gazetteer entry: equal entries share one row."""
    return hashlib.sha256(_canonical(place_row(place))).hexdigest()


def place_row(place: Place) -> Row:
    """The row of ``place`` that keeps a gazetteer entry, without its key.

    Fractions are floats, as the database gives them back, so that equal places hash alike.
    """
    exact = {name: float(getattr(place, name)) for name in ("lat", "lon", "precision_km")}
    return asdict(place) | exact | {"level": place.level.value}


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=True, allow_nan=False, default=date.isoformat).encode()


def _put(parts: Parts, table: str, row: Row) -> None:
    parts[table].append({"n": len(parts[table])} | row)


def _resolutions(reading: Reading) -> list[Resolution]:
    """Every resolution once, the mentions first; each with its best candidates only."""
    found = [_cut(mention) for mention in reading.mentions]
    used = [end for placed in reading.events for end in (placed.target, placed.origin) if end is not None]
    found.extend(dict.fromkeys(cut for cut in map(_cut, used) if cut not in set(found)))
    return found


def _cut(resolution: Resolution) -> Resolution:
    """What the rules said: a choice of an analyst is kept apart and laid over when it is read."""
    resolution = resolution.machine or resolution
    return replace(resolution, candidates=resolution.candidates[:CANDIDATES_KEPT])


def _put_resolution(parts: Parts, resolution: Resolution, *, mention: bool) -> None:
    n = len(parts["resolution"])
    row = {
        "mention": mention,
        "words": resolution.toponym.text,
        **_span(resolution.toponym.span),
        "place_key": _put_place(parts, resolution.place),
        "precision": int(resolution.precision),
        "score": float(resolution.score),
        "reasons": list(resolution.reasons),
    }
    _put(parts, "resolution", row)
    for candidate in resolution.candidates:
        found = {"place_key": _put_place(parts, candidate.place), "score": float(candidate.score)}
        _put(parts, "candidate", {"resolution_n": n, **found, "reasons": list(candidate.reasons)})


def _put_place(parts: Parts, place: Place | None) -> str | None:
    if place is None:
        return None
    key = place_key(place)
    if not any(row["key"] == key for row in parts["place"]):
        parts["place"].append({"key": key, **place_row(place)})
    return key


def _put_event(parts: Parts, placed: PlacedEvent, number: Mapping[Resolution, int]) -> None:
    event, n = placed.event, len(parts["event"])
    row: Row = {
        "id": event.id,
        "kind": event.kind.value,
        "telling": event.telling.value,
        "weapon": event.weapon,
        **_when(event.when),
        **_toponym("target", event.target),
        "target_n": None if placed.target is None else number[_cut(placed.target)],
        **_toponym("origin", event.origin),
        "origin_n": None if placed.origin is None else number[_cut(placed.origin)],
        **_party("actor", event.actor),
        **_party("side", event.target_side),
        "main": event.main,
    }
    for outcome in _OUTCOMES:
        row |= _count(outcome, getattr(event.casualties, outcome))
    _put(parts, "event", row)
    for proof in event.evidence:
        known = {"field": proof.field, **_span(proof.span), "rule": proof.rule, "confidence": float(proof.confidence)}
        _put(parts, "evidence", {"event_n": n, **known})
    for toll in event.tolls:
        said = _count("count", toll.count) | _span(toll.span) | _party("speaker", toll.speaker)
        kept = {"outcome": toll.outcome.value, "group": toll.group, "part_of_total": toll.part_of_total}
        _put(parts, "toll", {"event_n": n, **kept, **said})
    for claim in event.claims:
        said = _party("speaker", claim.speaker) | _span(claim.span) | _party("about", claim.about)
        _put(parts, "claim", {"event_n": n, "stance": claim.stance.value, **said})


def _span(span: Span) -> Row:
    return {"start": span.start, "end": span.end}


def _read_span(row: Row) -> Span:
    return Span(row["start"], row["end"])


def _toponym(prefix: str, toponym: Toponym | None) -> Row:
    words, span = (None, None) if toponym is None else (toponym.text, toponym.span)
    start, end = (None, None) if span is None else (span.start, span.end)
    return {f"{prefix}_words": words, f"{prefix}_start": start, f"{prefix}_end": end}


def _read_toponym(row: Row, prefix: str) -> Toponym | None:
    words = row[f"{prefix}_words"]
    return None if words is None else Toponym(words, Span(row[f"{prefix}_start"], row[f"{prefix}_end"]))


def _party(prefix: str, party: Party | None) -> Row:
    name, country = (None, None) if party is None else (party.name, party.country)
    return {f"{prefix}_name": name, f"{prefix}_country": country}


def _read_party(row: Row, prefix: str) -> Party | None:
    name = row[f"{prefix}_name"]
    return None if name is None else Party(name, row[f"{prefix}_country"])


def _count(prefix: str, count: CountRange | None) -> Row:
    low, best, high, hedge = (
        (None, None, None, None) if count is None else (count.low, count.best, count.high, count.hedge)
    )
    return {f"{prefix}_low": low, f"{prefix}_best": best, f"{prefix}_high": high, f"{prefix}_hedge": hedge}


def _read_count(row: Row, prefix: str) -> CountRange | None:
    low, best, high, hedge = (row[f"{prefix}_{end}"] for end in ("low", "best", "high", "hedge"))
    return None if hedge is None else CountRange(low, best, high, hedge)


def _when(when: When | None) -> Row:
    if when is None:
        return dict.fromkeys(("first_day", "last_day", "best_day", "day_precision", "day_basis", "time_of_day"))
    return {
        "first_day": when.first_day,
        "last_day": when.last_day,
        "best_day": when.best,
        "day_precision": int(when.precision),
        "day_basis": when.basis.value,
        "time_of_day": when.time_of_day,
    }


def _read_when(row: Row) -> When | None:
    if row["first_day"] is None:
        return None
    precision, basis = DayPrecision(row["day_precision"]), DayBasis(row["day_basis"])
    return When(row["first_day"], row["last_day"], row["best_day"], precision, basis, row["time_of_day"])


def _by_event(rows: Iterable[Row]) -> dict[int, list[Row]]:
    grouped: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["event_n"]].append(row)
    return grouped


def _read_toll(row: Row) -> Toll:
    count = _read_count(row, "count")
    if count is None:
        raise ValueError(f"toll {row['n']} has no count")
    speaker = _read_party(row, "speaker")
    return Toll(Outcome(row["outcome"]), count, _read_span(row), speaker, row["group"], row["part_of_total"])


def _read_claim(row: Row) -> Claim:
    speaker = Party(row["speaker_name"], row["speaker_country"])
    return Claim(speaker, Stance(row["stance"]), _read_span(row), _read_party(row, "about"))


def _read_link(row: Row, events: Sequence[PlacedEvent]) -> ResponseLink:
    event_id, answers_id = events[row["event_n"]].event.id, events[row["answers_n"]].event.id
    return ResponseLink(event_id, answers_id, _read_span(row), _read_party(row, "claimant"), row["confidence"])


def _read_resolutions(parts: Mapping[str, Sequence[Row]]) -> list[Resolution]:
    places = {row["key"]: read_place(row) for row in parts["place"]}
    candidates: dict[int, list[Candidate]] = defaultdict(list)
    for row in parts["candidate"]:
        found = Candidate(places[row["place_key"]], row["score"], tuple(row["reasons"]))
        candidates[row["resolution_n"]].append(found)
    return [
        Resolution(
            toponym=Toponym(row["words"], _read_span(row)),
            place=None if row["place_key"] is None else places[row["place_key"]],
            precision=Precision(row["precision"]),
            score=row["score"],
            reasons=tuple(row["reasons"]),
            candidates=tuple(candidates[row["n"]]),
        )
        for row in parts["resolution"]
    ]


def read_place(row: Row) -> Place:
    """The gazetteer entry that a row of ``place`` keeps."""
    kept = {name: value for name, value in row.items() if name != "key"}
    return Place(**(kept | {"level": Level(row["level"])}))
