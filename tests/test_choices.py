"""A choice laid over a reading, and names that only a choice makes known."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from choices import find_choices, lay_over, name_key, precision_of, with_aliases
from model import Level, NameMatch, Place, PlaceChoice, Precision, Span
from tests import factories

BRIDGE = Place(9, "Antonivskyi Bridge", 46.67, 32.72, Level.FACILITY, "UA", precision_km=1.0)


def choice(name: str, meant: Place = BRIDGE, **given: object) -> PlaceChoice:
    told = {"precision": Precision.SITE, "by": "Ana", "at": factories.MOMENT, "why": "local name of it"} | given
    return PlaceChoice(name, meant, **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Kup’yansk", "KUP'YANSK", True),
        ("Kupʼyansk", "kup`yansk", True),
        ("Velykyi  Burluk\n", "velykyi burluk", True),
        ("Бєлгород", "БЄЛГОРОД", True),
        ("Belgorod", "Belgorod region", False),
        ("Е", "E", False),  # Cyrillic and Latin
    ],
)
def test_names_are_compared_without_case_space_and_kind_of_apostrophe(one: str, other: str, same: bool) -> None:
    assert (name_key(one) == name_key(other)) is same
    assert bool(find_choices([choice(one)])(other)) is same


@pytest.mark.parametrize(
    ("level", "radius", "near", "expected"),
    [
        (Level.SETTLEMENT, 2, False, Precision.SITE),
        (Level.FACILITY, 1, False, Precision.SITE),
        (Level.SETTLEMENT, 2, True, Precision.NEAR),
        (Level.SETTLEMENT, 12, False, Precision.NEAR),
        (Level.SETTLEMENT, 30, True, Precision.DISTRICT),
        (Level.COMMUNITY, 8, False, Precision.NEAR),
        (Level.PROVINCE, 90, True, Precision.PROVINCE),
        (Level.AREA, 200, False, Precision.AREA),
        (Level.COUNTRY, 600, False, Precision.COUNTRY),
    ],
)
def test_precision_follows_level_and_radius(level: Level, radius: float, near: bool, expected: Precision) -> None:
    assert precision_of(factories.place(level=level, precision_km=radius), near=near) is expected


def test_without_choices_the_reading_is_the_same_one() -> None:
    reading = factories.full_reading()
    assert lay_over(reading, ()) is reading
    assert lay_over(reading, [choice("Nowhere")]) == reading


def test_laid_over_twice_the_newest_choice_counts_and_the_rules_stay_readable() -> None:
    reading = factories.full_reading()
    once = lay_over(reading, [choice("belgorod", id=1)])
    other = factories.place("Kharkiv")
    twice = lay_over(once, [choice("belgorod", id=1), choice("Belgorod", other, id=2)])
    target = twice.events[0].target
    assert target
    assert target.place == other
    assert target.machine == reading.events[0].target


def spot(text: str) -> Sequence[NameMatch]:
    """Knows two names."""
    names = [name for name in ("Kherson", "Great Bridge Farm") if name in text]
    found = [Span(text.index(n), text.index(n) + len(n)) for n in names]
    return tuple(NameMatch(text[s.start : s.end], s, frozenset({Level.SETTLEMENT}), frozenset({"UA"})) for s in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells hit the Great Bridge near Kherson.", ["Great Bridge", "Kherson"]),
        ("Shells hit the great bridge near Kherson.", ["Kherson"]),  # a common word is no name
        ("Shells hit the Great\nBridge.", ["Great\nBridge"]),
        ("Shells hit Great Bridges and XGreat Bridge.", []),
        ("Shells hit Great Bridge Farm.", ["Great Bridge Farm"]),  # the gazetteer's longer name stands
        ("Kherson", ["Kherson"]),
        ("", []),
    ],
)
def test_alias_is_found_where_the_gazetteer_knows_no_such_name(text: str, expected: list[str]) -> None:
    known = with_aliases(spot, [choice("Great Bridge"), choice("Kherson"), choice("Bridge", report_id="0" * 16)])
    found = known(text)
    assert [match.text for match in found] == expected
    assert all(text[match.span.start : match.span.end] == match.text for match in found)


def test_longer_alias_takes_the_place_of_a_shorter_name_in_it() -> None:
    found = with_aliases(spot, [choice("Kherson Bridge"), choice("Bridge")])("At Kherson Bridge.")
    assert [match.text for match in found] == ["Kherson Bridge"]
    assert found[0].levels == {Level.FACILITY}


def test_characters_of_an_alias_are_literal() -> None:
    found = with_aliases(spot, [choice("A.C (x"), choice("((((")])("In A.C (x and ABC (x.")
    assert [match.text for match in found] == ["A.C (x"]
