"""What speaks for and against a candidate: numbers from the name alone, and from the rest of the document.

Fourteen of the features are those of the published geoparsers (population, feature class, distance to the other places,
agreement of country and first-order unit); the others read the words at the name.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.gazetteer import Found, Gazetteer, distance_km
from geo.names import exact_key
from geo.retrieve import Cue, Options
from model import Level, Place, Toponym

UNITS = frozenset({Level.PROVINCE, Level.DISTRICT, Level.COMMUNITY})
THEATRE = frozenset({"UA", "RU", "BY"})
Features = dict[str, float]


def own_features(found: Found, options: Options, towns: frozenset[str]) -> Features:
    """What the name and the words beside it say; ``towns``: first-order units with a town of this name."""
    place, how, similarity = found
    level = place.level
    unit = level in UNITS
    agrees = {
        Cue.REGION: level is Level.PROVINCE,
        Cue.DISTRICT: level in (Level.DISTRICT, Level.COMMUNITY, Level.CITY_DISTRICT),
        Cue.TOWN: level in (Level.SETTLEMENT, Level.CITY_DISTRICT),
        Cue.NONE: False,
    }[options.cue]
    half = options.cue in (Cue.REGION, Cue.DISTRICT) and unit and not agrees
    names = {exact_key(n) for n in (place.name, place.name_ru, place.name_uk) if n}
    return {
        "population": math.log10(place.population + 1),
        "country": level is Level.COUNTRY,
        "province": level is Level.PROVINCE,
        "district": level is Level.DISTRICT,
        "community": level is Level.COMMUNITY,
        "city_district": level is Level.CITY_DISTRICT,
        "section": place.feature_code == "PPLX" and level is Level.SETTLEMENT,
        "capital": place.feature_code == "PPLC",
        "seat": place.feature_code in ("PPLA", "PPLA2"),
        "main_name": options.key in names,
        "cue_agrees": 1.0 if agrees else 0.7 if half else 0.0,
        "cue_disagrees": options.cue is not Cue.NONE and not agrees and not half,
        "city_of_unit": options.cue is Cue.NONE and unit and place.admin1 in towns,
        "inexact": how in ("spelling", "similar"),
        "dissimilar": 100 - similarity,
        "vague_point": math.log10(1 + place.precision_km) if level is Level.SETTLEMENT else 0.0,
        "theatre": place.country in THEATRE,
        "people": how == "people",
    }


@dataclass(frozen=True, slots=True)
class Context:
    """What the rest of the document says: best guesses of the other names, and the countries its words name."""

    guesses: tuple[tuple[str, Place], ...]  # key of the name, place
    people: Mapping[str, float]  # country -> share of the country names and words for peoples in the text


def context_features(place: Place, key: str, context: Context) -> Features:
    """How a candidate fits the other names of the document; a name never speaks for itself."""
    others = {p.id: p for k, p in context.guesses if k != key and p.id != place.id}.values()
    count = len(others) or 1
    named = {p.country for p in others if p.level is Level.COUNTRY}
    points = [p for p in others if p.level is not Level.COUNTRY]
    nearest = (
        min((distance_km(place, p) for p in points), default=20_000.0) if place.level is not Level.COUNTRY else 20_000.0
    )
    return {
        "country_share": sum(p.country == place.country for p in others) / count,
        "admin1_share": sum(p.admin1 == place.admin1 for p in points) / count if place.admin1 else 0.0,
        "near": 1 / (1 + nearest / 50),
        "country_named": place.country in named,
        "people_named": context.people.get(place.country, 0.0),
    }


def holds(gazetteer: Gazetteer, outer: Place, inner: Place) -> bool:
    """Whether ``outer`` is a unit, a country or a city that ``inner`` belongs to."""
    if outer.id == inner.id or outer.country != inner.country:
        return False
    if outer.level is Level.COUNTRY:
        return True
    if outer.level is Level.PROVINCE:
        return inner.level is not Level.PROVINCE and inner.admin1 == outer.admin1
    if outer.level is Level.DISTRICT:
        return (
            inner.level not in (Level.PROVINCE, Level.DISTRICT) and bool(inner.admin2) and inner.admin2 == outer.admin2
        )
    if outer.level is Level.SETTLEMENT:
        above = gazetteer.parent(inner)
        return bool(above and above.id == outer.id) or (
            inner.population < outer.population and distance_km(outer, inner) < 15
        )
    return False


_NEXT = re.compile(r"[’']?\s?(?:,|\(|\[|in|of|,? in|,? near|, outside|at)(?: the| a| an)?(?: [a-z]+){0,3}\s?")


def linked_pairs(text: str, toponyms: Sequence[Toponym]) -> list[tuple[int, int]]:
    """(inner, outer): names written as "Toretsk, Donetsk Oblast", "Odessa (Texas)", "Kharkiv's Kyivskyi district"."""
    order = sorted(range(len(toponyms)), key=lambda i: toponyms[i].span.start)
    pairs = []
    for here, there in itertools.pairwise(order):
        gap = text[toponyms[here].span.end : toponyms[there].span.start]
        if len(gap) <= 40 and _NEXT.fullmatch(gap):
            pairs.append((here, there))
        elif gap in ("'s ", "’s ", "' ", "’ "):
            pairs.append((there, here))
    return pairs


def people_of(text: str, gazetteer: Gazetteer) -> dict[str, float]:
    """Country -> its share of the words for peoples and the one-word country names of the text."""
    counts: Counter[str] = Counter()
    for word in re.findall(r"\b[A-Z][a-z]{3,}\b", text):
        code = gazetteer.country_of_people(word) or gazetteer.country_by_word(word)
        if code:
            counts[code] += 1
    total = sum(counts.values())
    return {code: n / total for code, n in counts.items()}
