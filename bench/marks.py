"""Marks: each field of each event of the gold set beside what the pipeline reads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import sqrt

from geopy.distance import great_circle

from bench.gold_set import Coded, Row
from extract.document import make_report
from geo.gazetteer import Gazetteer
from model import CountRange, Event, EventKind, Level, PlacedEvent, Precision, Reading, Stance, Telling
from pipeline import read

NEAR_KM = 25.0
_TOWN = (Level.SETTLEMENT, Level.CITY_DISTRICT, Level.FACILITY)
_AREA = re.compile(r"\b(?:region|oblast|province|state|district|governorate|county|township|sea|gulf)\b", re.IGNORECASE)
_AREA_KEY = re.compile(r"\b(?:region|oblast|province|state|district|governorate|county|township|city|the|of)\b")


class Verdict(StrEnum):
    """What became of one value; a wrong one counts against precision and recall."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSED = "missed"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Mark:
    """The verdict on one field of one event."""

    field: str
    row: Row
    verdict: Verdict
    expected: str = ""
    got: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Right values out of those given (precision) or those there are (recall)."""

    right: int
    of: int

    @property
    def share(self) -> float:
        """0 to 1; 1 where there was nothing to get wrong."""
        return self.right / self.of if self.of else 1.0

    @property
    def interval(self) -> tuple[float, float]:
        """The Wilson interval at 95 % (Wilson 1927, JASA 22)."""
        if not self.of:
            return 0.0, 1.0
        z, n, p = 1.96, self.of, self.share
        middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n))


def measure(rows: Iterable[Row], gazetteer: Gazetteer) -> tuple[Mark, ...]:
    """Reads every row and marks every field."""
    marks: list[Mark] = []
    for row in rows:
        report = make_report(row.text, published=row.published, language=row.language)
        marks.extend(mark_reading(row, read(report, gazetteer), gazetteer))
    return tuple(marks)


def mark_reading(row: Row, reading: Reading, gazetteer: Gazetteer) -> Iterator[Mark]:
    """The marks of one report.

    Only what is told as news counts as found in excess: what is marked background or planned is off the map. Fields are
    marked on events that were found, also where place or day alone is wrong.
    """
    given = [placed for placed in reading.events if placed.event.kind is not EventKind.OTHER]
    pairs = _pair(row.events, given, gazetteer)
    if not row.events:
        told = [placed for placed in given if placed.event.telling is Telling.REPORTED]
        verdict = Verdict.WRONG if told else Verdict.RIGHT
        yield Mark("non-attack", row, verdict, "no attack", "; ".join(_name(placed) for placed in told))
    for number, coded in enumerate(row.events):
        placed, strict = pairs.get(number, (None, False))
        if placed is None or not strict:
            if not coded.optional:
                yield Mark("event", row, Verdict.MISSED, _coded_name(coded), "")
        elif not coded.optional:
            yield Mark("event", row, Verdict.RIGHT)
        if placed is not None:
            yield from _mark_fields(row, coded, placed, gazetteer)
    strictly = {id(placed) for placed, strict in pairs.values() if strict}
    for placed in given:
        if row.events and id(placed) not in strictly and placed.event.telling is Telling.REPORTED:
            yield Mark("event", row, Verdict.EXTRA, "", _name(placed))
    yield from _mark_links(row, reading, pairs)


_Pairs = dict[int, tuple[PlacedEvent, bool]]


def _pair(coded: Sequence[Coded], given: Sequence[PlacedEvent], gazetteer: Gazetteer) -> _Pairs:
    """Coded event -> event found, best fits first; False where place or day disagrees."""
    fits = []
    for i, one in enumerate(coded):
        for j, placed in enumerate(given):
            place, day = _same_place(one, placed, gazetteer), _days_meet(one, placed.event)
            same_kind, both_main = placed.event.kind in one.kinds, one.main and placed.event.main
            counted = one.killed is not None and placed.event.casualties.killed is not None
            if (place and day) or (place and same_kind) or (day and (both_main or (same_kind and counted))):
                same_telling, same_count = placed.event.telling is one.telling, _same_count(one.killed, placed)
                extent = (place and day, not one.optional, same_telling, same_kind, same_count, both_main)
                fits.append((extent, -i, -j))
    pairs: _Pairs = {}
    taken: set[int] = set()
    for extent, i, j in sorted(fits, reverse=True):
        if -i not in pairs and -j not in taken:
            pairs[-i] = (given[-j], extent[0])
            taken.add(-j)
    return pairs


def _same_count(killed: CountRange | None, placed: PlacedEvent) -> bool:
    found = placed.event.casualties.killed
    return found is killed if killed is None or found is None else _figure_fits(killed, found)


def place_key(name: str) -> str:
    """A name without case, accents, punctuation and the words "city", "region", ..."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    return " ".join(_AREA_KEY.sub(" ", re.sub(r"[^\w]+", " ", plain)).split())


def _same_place(coded: Coded, placed: PlacedEvent, gazetteer: Gazetteer) -> bool:
    target = placed.event.target
    if target is None:
        return False
    wanted, found = place_key(coded.place), place_key(target.text)
    return f" {wanted} " in f" {found} " or _is_near(coded, placed, gazetteer) is True


def _is_near(coded: Coded, placed: PlacedEvent, gazetteer: Gazetteer) -> bool | None:
    """Whether the point found is near the town; None where neither the gold set nor the gazetteer knows the town."""
    known = [found.place for found in gazetteer.candidates(coded.place, fuzzy=False)]
    towns = [one for one in known if coded.country in (None, one.country) and one.level in _TOWN]
    points = [coded.point] if coded.point else [(one.lat, one.lon) for one in towns]
    if not points:
        return None
    target = placed.target
    if target is None or target.place is None or target.precision > Precision.NEAR:
        return False
    here = (target.place.lat, target.place.lon)
    return any(great_circle(point, here).km <= NEAR_KM for point in points)


def _days_meet(coded: Coded, event: Event) -> bool:
    if coded.days is None or event.when is None:
        return True
    return event.when.first_day <= coded.days[1] and coded.days[0] <= event.when.last_day


def _mark_fields(row: Row, coded: Coded, placed: PlacedEvent, gazetteer: Gazetteer) -> Iterator[Mark]:
    event = placed.event
    if "telling" not in coded.unscored:
        yield _mark("telling", row, coded.telling, event.telling, coded.telling is event.telling)
    if coded.optional:
        return
    if coded.main and "main" not in coded.unscored:
        yield _mark("main", row, "main", "main" if event.main else "not main", event.main)
    yield _mark("kind", row, " or ".join(sorted(coded.kinds)), event.kind, event.kind in coded.kinds)
    yield _mark_place(row, coded, placed, gazetteer)
    if coded.days is not None and "day" not in coded.unscored:
        yield _mark_day(row, coded.days, event)
    for name, wanted, found in (
        ("killed", coded.killed, event.casualties.killed),
        ("injured", coded.injured, event.casualties.injured),
    ):
        if name not in coded.unscored:
            yield from _mark_count(name, row, wanted, found)
    if event.kind is not EventKind.INTERCEPTION and EventKind.INTERCEPTION not in coded.kinds:
        yield from _mark_actor(row, coded, event)


def _mark(name: str, row: Row, wanted: object, found: object, right: bool) -> Mark:
    if right:
        return Mark(name, row, Verdict.RIGHT)
    if found is None:
        return Mark(name, row, Verdict.MISSED, str(wanted))
    return Mark(name, row, Verdict.WRONG, str(wanted), str(found))


def _mark_place(row: Row, coded: Coded, placed: PlacedEvent, gazetteer: Gazetteer) -> Mark:
    wanted = f"{coded.place} ({coded.country})" if coded.country else coded.place
    target = placed.target
    if target is None or target.place is None:
        return _mark("place", row, wanted, None, False)
    near = _is_near(coded, placed, gazetteer) if not _AREA.search(coded.place) else target.precision > Precision.NEAR
    named = near is not False and _same_place(coded, placed, gazetteer)
    right = near is True or (named and coded.country in (None, target.place.country))
    return _mark("place", row, wanted, f"{target.place.name} ({target.place.country}, {target.precision.name})", right)


def _mark_day(row: Row, days: tuple[date, date], event: Event) -> Mark:
    wanted = " to ".join(dict.fromkeys(day.isoformat() for day in days))
    when = event.when
    if when is None:
        return _mark("day", row, wanted, None, False)
    right = days[0] <= when.best <= days[1] and when.last_day - when.first_day <= days[1] - days[0]
    found = " to ".join(dict.fromkeys(day.isoformat() for day in (when.first_day, when.last_day)))
    return _mark("day", row, wanted, f"{found}, {when.basis}", right)


def _mark_count(name: str, row: Row, wanted: CountRange | None, found: CountRange | None) -> Iterator[Mark]:
    if wanted is None and found is None:
        return
    if wanted is None or found is None:
        verdict = Verdict.EXTRA if wanted is None else Verdict.MISSED
        for field in (name, f"{name}, one figure"):
            yield Mark(field, row, verdict, _count(wanted), _count(found))
        return
    same = (wanted.low, wanted.best, wanted.high) == (found.low, found.best, found.high)
    yield _mark(name, row, _count(wanted), _count(found), same)
    yield _mark(f"{name}, one figure", row, _count(wanted), _count(found), _figure_fits(wanted, found))


def _figure_fits(wanted: CountRange, found: CountRange) -> bool:
    """The figure said, or one inside a range that has none."""
    if wanted.best is not None:
        return found.figure == wanted.best
    return (wanted.low or 0) <= found.figure and (wanted.high is None or found.figure <= wanted.high)


def _mark_actor(row: Row, coded: Coded, event: Event) -> Iterator[Mark]:
    country = event.actor.country if event.actor else None
    if "actor_country" not in coded.unscored:
        if coded.actor_countries:
            wanted = " or ".join(sorted(coded.actor_countries))
            yield _mark("actor country", row, wanted, country, country in coded.actor_countries)
        elif country is not None:
            yield Mark("actor country", row, Verdict.EXTRA, "", country)
    if coded.actor is not None:
        name = event.actor.name if event.actor else None
        yield _mark("actor name", row, coded.actor, name, name == coded.actor)
    if coded.claim_status is not None:
        status = claim_status(event)
        yield _mark("claim status", row, coded.claim_status, status, status == coded.claim_status)


def claim_status(event: Event) -> str | None:
    """The rule of ``store.query.events``, on one event; None where nobody is named as the actor."""
    said = [claim for claim in event.claims if claim.stance is not Stance.SILENT]
    if event.actor is None and not any(claim.about for claim in said):
        return None
    stances = {claim.stance for claim in said}
    accused = [claim.about for claim in said if claim.about and claim.stance is not Stance.DENIES]
    named = {party.country or party.name for party in accused}
    answered = any(
        one.about and two.about and two.speaker.name == one.about.name != two.about.name and two.stance is Stance.CLAIMS
        for one in said
        for two in said
        if one.stance is not Stance.DENIES
    )
    if len(named) > 1 or answered or Stance.DENIES in stances:
        return "contested"
    if Stance.CONFIRMS in stances:
        return "confirmed"
    return "claimed" if Stance.CLAIMS in stances and Stance.STATES not in stances else "stated"


def _mark_links(row: Row, reading: Reading, pairs: _Pairs) -> Iterator[Mark]:
    number_of = {placed.event.id: number for number, (placed, _) in pairs.items()}
    found = {(number_of.get(link.event_id), number_of.get(link.answers_id)) for link in reading.links}
    for i, j in row.links:
        wanted = f"{_coded_name(row.events[i])} answers {_coded_name(row.events[j])}"
        yield Mark("link", row, Verdict.RIGHT if (i, j) in found else Verdict.MISSED, wanted, "")
    for ends in sorted(found - set(row.links), key=str):
        names = [_coded_name(row.events[end]) if end is not None else "an event in excess" for end in ends]
        yield Mark("link", row, Verdict.EXTRA, "", " answers ".join(names))


def _coded_name(coded: Coded) -> str:
    day = coded.days[0].isoformat() if coded.days else "no day"
    return f"{sorted(coded.kinds)[0]}, {coded.place}, {day}"


def _name(placed: PlacedEvent) -> str:
    event = placed.event
    place = event.target.text if event.target else "no place"
    return f"{event.kind}, {place}, {event.when.best if event.when else 'no day'}"


def _count(count: CountRange | None) -> str:
    if count is None:
        return ""
    ends = ["open" if end is None else str(end) for end in (count.low, count.best, count.high)]
    return ends[0] if len(set(ends)) == 1 else " / ".join(ends)


def score(marks: Iterable[Mark], name: str) -> tuple[Score, Score]:
    """Precision and recall of one field."""
    verdicts = [mark.verdict for mark in marks if mark.field == name]
    right, missed, extra = (verdicts.count(v) for v in (Verdict.RIGHT, Verdict.MISSED, Verdict.EXTRA))
    return Score(right, len(verdicts) - missed), Score(right, len(verdicts) - extra)
