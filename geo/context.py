"""What the rest of a document says of a candidate, counted once a document and not once a candidate."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from geo.features import Features, front_of, near_battle
from geo.gazetteer import distance_km
from geo.retrieve import Cue, Options
from model import Level, Place

FAR_KM = 20_000.0  # where the document names no other point
KM_A_DEGREE = 12_742.0 * math.pi / 360  # of latitude


@dataclass(frozen=True, slots=True)
class Context:
    """The best guesses of a document's names, and what they add up to; ``read_context`` makes one."""

    people: Mapping[str, float]  # country -> share of the country names and words for peoples in the text
    places: Mapping[int, Place]  # by id
    own: Mapping[str, frozenset[int]]  # stem of a name -> the places that no other name leads to
    countries: Counter[str]  # how many of the places lie in each
    named: Counter[str]  # how many of the places are that country
    provinces: Counter[str]  # how many of the points lie in each first-order unit
    points: Sequence[Place]  # all but the countries, from south to north
    latitudes: Sequence[float]
    at_front: int  # points in units of the front


def read_context(guesses: Iterable[tuple[str, Place]], people: Mapping[str, float]) -> Context:
    """The context that guesses make: the stem of each name with its likeliest place. ``people``: see ``people_of``."""
    places: dict[int, Place] = {}
    stems: dict[int, set[str]] = defaultdict(set)
    for stem, place in guesses:
        places[place.id] = place
        stems[place.id].add(stem)
    own: dict[str, set[int]] = defaultdict(set)
    for number, names in stems.items():
        if len(names) == 1:
            own[next(iter(names))].add(number)
    points = sorted((p for p in places.values() if p.level is not Level.COUNTRY), key=lambda p: p.lat)
    return Context(
        people=people,
        places=places,
        own={stem: frozenset(numbers) for stem, numbers in own.items()},
        countries=Counter(p.country for p in places.values()),
        named=Counter(p.country for p in places.values() if p.level is Level.COUNTRY),
        provinces=Counter(p.admin1 for p in points),
        points=points,
        latitudes=[p.lat for p in points],
        at_front=sum(front_of(p) > 0 for p in points),
    )


def context_features(place: Place, options: Options, context: Context) -> Features:
    """How a candidate fits the other names of the document; a name never speaks for itself."""
    silent = {place.id, *context.own.get(options.stem, ())} & context.places.keys()
    left_out = [context.places[number] for number in silent]
    points_out = [p for p in left_out if p.level is not Level.COUNTRY]
    count = len(context.places) - len(left_out) or 1
    points = len(context.points) - len(points_out)
    # A text whose other places are all far from the war is hardly about it.
    at_war = (1 + context.at_front - sum(front_of(p) > 0 for p in points_out)) / (1 + points)
    is_country = place.level is Level.COUNTRY
    alike = context.countries[place.country] - sum(p.country == place.country for p in left_out)
    beside = context.provinces[place.admin1] - sum(p.admin1 == place.admin1 for p in points_out)
    named = context.named[place.country] - sum(
        p.level is Level.COUNTRY and p.country == place.country for p in left_out
    )
    nearest = FAR_KM if is_country else _nearest_km(place, context, silent)
    return {
        "front": front_of(place) * at_war,
        "battle": near_battle(place) * at_war if options.cue not in (Cue.REGION, Cue.DISTRICT) else 0.0,
        "country_share": alike / count,
        "admin1_share": beside / count if place.admin1 else 0.0,
        "near": 1 / (1 + nearest / 50),
        "country_named": named > 0,
        # A country's own name is among the words counted: it must not speak for itself.
        "people_named": context.people.get(place.country, 0.0) if not is_country else 0.0,
    }


def _nearest_km(place: Place, context: Context, silent: Collection[int]) -> float:
    """How far the nearest other point is: looked for to the north and to the south, as far as one may be nearer."""
    nearest = math.inf
    here = bisect_left(context.latitudes, place.lat)
    for way in (range(here, len(context.points)), range(here - 1, -1, -1)):
        for at in way:
            if abs(context.latitudes[at] - place.lat) * KM_A_DEGREE > nearest + 0.01:
                break
            if context.points[at].id not in silent:
                nearest = min(nearest, distance_km(place, context.points[at]))
    return nearest if nearest < math.inf else FAR_KM
