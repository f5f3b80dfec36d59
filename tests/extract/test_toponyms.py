from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.document import read_header
from extract.parties import find_parties
from extract.phrases import split_words
from extract.roles import Role
from extract.sentences import split_sentences
from extract.toponyms import PlaceMention, find_places
from model import Level
from tests.extract.few_names import spot


def places_in(text: str) -> tuple[PlaceMention, ...]:
    words = split_words(text)
    dateline = read_header(text).dateline
    return find_places(text, words, split_sentences(text), spot(text), find_parties(text, words), dateline)


def names(text: str) -> list[str]:
    return [place.toponym.text for place in places_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell on Kharkiv.", ["Kharkiv"]),
        ("Volodymyr Holub spoke in Kyiv.", ["Kyiv"]),  # a person
        ("President Holub spoke in Kyiv.", ["Kyiv"]),  # a title before a surname
        ("Mayor Ivan Holub left. Later Holub came to Kyiv.", ["Kyiv"]),  # a surname said before
        ("The Council met on Saturday in March.", []),  # an ordinary word, a day, a month
        ("The Kharkiv Human Rights Group wrote.", []),  # a body
        ("The Moscow Times wrote.", []),
        ("Best of all, Kyiv held.", ["Kyiv"]),
        # Names no gazetteer knows:
        ("Shells fell on the village of Zabolotne.", ["Zabolotne"]),
        ("Clashes went on in Vyrub district.", ["Vyrub district"]),
        ("Fighters came to the villages of Abdan and Kfarla.", ["Abdan", "Kfarla"]),
        ("A bomb went off in Goreh, Kunar, Afghanistan.", ["Goreh", "Kunar", "Afghanistan"]),
        ("Assailants attacked Matunga, Helmand, Afghanistan.", ["Matunga", "Helmand", "Afghanistan"]),
        ("A mortar round hit Tel al-Mazar, a town in the south.", ["Tel al-Mazar"]),
        ("Gunmen attacked the offices of Sandoro mining company.", []),
        ("The band played in Gaza Cafe Orchestra style.", []),
        ("STATE GOVERNOR ISMAEL ORDAN SPOKE OF THE RAID ON THE TOWN TODAY.", []),  # all in capitals
        # Countries by their land:
        ("Rockets landed on Ukrainian territory.", ["Ukrainian territory"]),
        ("Rockets landed on Israeli soil.", ["Israeli soil"]),
        ("The Ukrainian army came.", []),
        # A region keeps the word that makes it one; a dateline counts as a place.
        ("Shelling of Belgorod region went on.", ["Belgorod region"]),
        ("KYIV — Two drones fell on Odesa.", ["KYIV", "Odesa"]),
        ("A rocket hit Velyka Vil'khova at dawn, near Sumy.", ["Sumy"]),
        ("A rocket fell in Velyka Vil'khova at dawn.", ["Velyka Vil'khova"]),
    ],
)
def test_which_words_are_places(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Missiles struck the centre of Kharkiv.", "Kharkiv", Role.TARGET),
        ("Kharkiv was shelled at night.", "Kharkiv", Role.TARGET),
        ("Missiles were launched from Belgorod region at night.", "Belgorod region", Role.ORIGIN),
        ("Drones flown from occupied Crimea hit a depot.", "Crimea", Role.ORIGIN),
        ("Troops withdrew from Kherson.", "Kherson", Role.MENTION),
        ("Kharkiv officials counted six missiles.", "Kharkiv", Role.SPEAKER),
        ("The governor of Belgorod spoke.", "Belgorod", Role.SPEAKER),
        ("Moscow said it had been a drone.", "Moscow", Role.SPEAKER),
        ("MOSCOW (News Desk) — Two drones fell.", "MOSCOW", Role.DATELINE),
        ("Russia launched forty drones.", "Russia", Role.ACTOR),
        ("Russia's air assault went on.", "Russia", Role.ACTOR),
        ("The town lies 40 km from Kharkiv.", "Kharkiv", Role.MENTION),
        ("The war between Russia and Ukraine goes on.", "Ukraine", Role.MENTION),
        ("Shells hit Ukraine's second city.", "Ukraine", Role.MENTION),  # described, not named
        # The seat of a government stands for its state, unless it is hit itself.
        ("Rescuers were at the spot when Moscow's forces struck it again.", "Moscow", Role.ACTOR),
        ("Kyiv fired four rockets at Belgorod.", "Kyiv", Role.ACTOR),
        ("The army shelled a school and blamed Kyiv for it.", "Kyiv", Role.ACTOR),
        ("Moscow's latest missile barrage on Sumy killed two.", "Moscow", Role.ACTOR),
        ("Two drones exploded over Moscow.", "Moscow", Role.TARGET),
        ("A missile hit Kyiv's main railway station.", "Kyiv", Role.TARGET),
        ("A rocket fired at a plant in Kyiv struck a house.", "Kyiv", Role.TARGET),
        ("Kyiv was hit by missiles.", "Kyiv", Role.TARGET),
        # Whom a body serves, and where a town lies.
        ("Missiles hit the office for the Belgorod region.", "Belgorod region", Role.MENTION),
        ("Shebekino lies in the Belgorod region and was shelled.", "Belgorod region", Role.MENTION),
        ("The strike in Kharkiv claimed the lives of nine.", "Kharkiv", Role.TARGET),
    ],
)
def test_role(text: str, name: str, role: Role) -> None:
    found = {place.toponym.text: place.role for place in places_in(text)}
    assert found[name] is role


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("in Kharkiv", Level.SETTLEMENT),
        ("in Belgorod region", Level.PROVINCE),
        ("in Marka district", Level.DISTRICT),
        ("in the city's Marka district", Level.CITY_DISTRICT),
        ("in the village of Marka", Level.SETTLEMENT),
        ("on populated areas of Belgorod", Level.SETTLEMENT),
        ("across Ukraine", Level.COUNTRY),
    ],
)
def test_level(text: str, level: Level) -> None:
    assert places_in(f"Shells fell {text} on Sunday.")[0].level is level


def test_a_kind_of_place_in_the_line_above_says_nothing() -> None:
    found = {p.toponym.text: p.level for p in places_in("Shells fell on Belgorod region\n\nSumy was hit too.")}
    assert found["Sumy"] is Level.SETTLEMENT


def test_a_known_name_carries_its_countries() -> None:
    assert places_in("Shells fell on Kharkiv.")[0].countries == {"UA"}
    assert places_in("Shells fell on the village of Zabolotne.")[0].countries == frozenset()


_PIECES = st.sampled_from(
    [
        "Kharkiv",
        "Volodymyr",
        "the village of",
        "in",
        "Governor",
        "region",
        "Zabolotne",
        ",",
        ".",
        "\n",
        "(",
        "Al-",
        "'s",
        "from",
    ]
)


@given(st.lists(_PIECES, max_size=40).map(" ".join))
@settings(derandomize=True, max_examples=150, deadline=None)
def test_places_quote_the_text_and_stay_apart(text: str) -> None:
    found = places_in(text)
    assert all(text[p.span.start : p.span.end] == p.toponym.text for p in found)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
