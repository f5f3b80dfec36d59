"""What the other names of a document say: the same as asking each of them, in work that grows with the text alone."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from geo import context, features
from geo.context import context_features, read_context
from geo.features import read_links
from geo.gazetteer import distance_km
from geo.retrieve import Cue, Options
from model import Level, Place, Span, Toponym


def some_places(count: int) -> list[Place]:
    rng = random.Random(count)
    levels = (Level.SETTLEMENT, Level.SETTLEMENT, Level.PROVINCE, Level.COUNTRY)
    return [
        Place(
            n + 1,
            f"Place {n}",
            rng.uniform(-60, 70),
            rng.uniform(-180, 180),
            levels[n % 4],
            f"C{n % 7}",
            "",
            f"A{n % 11}",
        )
        for n in range(count)
    ]


def options(stem: str) -> Options:
    return Options(stem, Cue.NONE, ())


def asked_one_by_one(place: Place, stem: str, guesses: Sequence[tuple[str, Place]]) -> tuple[float, float, bool, float]:
    """Shares of country and first-order unit, whether the country is named, and km to the nearest other point."""
    others = {p.id: p for told, p in guesses if told != stem and p.id != place.id}.values()
    count = len(others) or 1
    points = [p for p in others if p.level is not Level.COUNTRY]
    return (
        sum(p.country == place.country for p in others) / count,
        sum(p.admin1 == place.admin1 for p in points) / count,
        any(p.level is Level.COUNTRY and p.country == place.country for p in others),
        min((distance_km(place, p) for p in points), default=context.FAR_KM),
    )


@pytest.mark.parametrize("count", [0, 1, 2, 3, 40])
def test_counting_once_says_what_asking_each_name_says(count: int) -> None:
    places = some_places(count)
    guesses = [(f"stem {n % 13}", place) for n, place in enumerate(places)]
    guesses += [(f"stem {n % 5}", place) for n, place in enumerate(places[:10])]  # two names for one place
    around = read_context(guesses, {})
    for place in [*places, replace(some_places(50)[-2], id=999)]:
        for stem in ("stem 0", "stem 7", "another"):
            found = context_features(place, options(stem), around)
            country, province, named, nearest = asked_one_by_one(place, stem, guesses)
            assert (found["country_share"], found["admin1_share"], found["country_named"]) == (country, province, named)
            far = context.FAR_KM if place.level is Level.COUNTRY else nearest
            assert found["near"] == 1 / (1 + far / 50)


def distances(count: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often a distance is measured for a document that names so many towns."""
    measured = 0

    def listen(a: Place, b: Place) -> float:
        nonlocal measured
        measured += 1
        return distance_km(a, b)

    monkeypatch.setattr(context, "distance_km", listen)
    towns = [replace(place, level=Level.SETTLEMENT) for place in some_places(count)]
    around = read_context([(town.name, town) for town in towns], {})
    for town in towns:
        context_features(town, options(town.name), around)
    return measured


def test_twice_the_names_are_not_four_times_the_distances(monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = distances(500, monkeypatch), distances(2_000, monkeypatch)
    assert many < 10 * few  # asking each name of each other: 16 times
    assert many < 2_000 * 200


def chain(count: int) -> int:
    """How many links are read from names that own one another."""
    text = "Aaa's " * count
    return len(read_links(text, [Toponym("Aaa", Span(6 * n, 6 * n + 3)) for n in range(count)]).inside)


def test_links_of_a_chain_without_end_grow_with_it() -> None:
    assert 0 < chain(400) <= features.MOST_UNITS * 400
    assert math.isclose(chain(800) / chain(400), 2, rel_tol=0.05)
