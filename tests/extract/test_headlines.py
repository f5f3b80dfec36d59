"""A headline and its lead tell one attack, though each has its own word for the place."""

from __future__ import annotations

import pytest

from tests.extract.few_names import read


def places(text: str) -> list[str | None]:
    return [event.target.text if event.target else None for event in read(text).events]


@pytest.mark.parametrize(
    ("headline", "lead"),
    [
        (
            "Missile in eastern Ukraine kills six",
            "A missile hit a depot in the town of Lysa on Sunday, killing six people, officials said.",
        ),
        (
            "Shelling of camp in Sudan leaves dozens dead",
            "KHARTOUM — Artillery fire on a camp near Abu Hamra on Sunday killed dozens of people, medics said.",
        ),
        (
            "Seven dead in ambush on Kalo road",
            "Gunmen opened fire on a bus near Pakele on the Khartoum–Kalo road on Sunday, killing six people.",
        ),
        ("Drones strike port on Gaza coast", "Drones hit a quay in Rafah overnight, wounding a docker."),
    ],
)
def test_the_lead_says_where(headline: str, lead: str) -> None:
    assert len(places(f"{headline}\n\n{lead}")) == 1
    assert places(f"{headline}\n\n{lead}")[0] in {"Lysa", "Abu Hamra", "Pakele", "Rafah"}


@pytest.mark.parametrize(
    "text",
    [
        # The lead tells the place of the headline too: two attacks.
        "Missile strike on Kyiv kills three\n\nRockets hit Kharkiv hours after three died in Kyiv.",
        # No headline: a sentence.
        "A missile hit Kyiv on Sunday.\n\nA missile hit Kharkiv too.",
        # What comes after the lead is told for itself.
        "Missile strike on Kyiv kills three\n\nA missile struck Kyiv on Sunday.\n\nA missile hit Kharkiv on Sunday.",
    ],
)
def test_other_attacks_stay_apart(text: str) -> None:
    assert places(text) == ["Kyiv", "Kharkiv"]


def test_a_lead_that_is_wider_leaves_the_place() -> None:
    text = "Shells hit market in Sumy\n\nShells fell on towns across Ukraine on Sunday, officials said."
    assert places(text) == ["Sumy"]


@pytest.mark.parametrize("by_the_way", ["along the Volta", "on the Khartoum–Kalo road"])
def test_a_river_and_the_ends_of_a_road_are_not_what_was_hit(by_the_way: str) -> None:
    assert places(f"A drone hit a barge {by_the_way} in the town of Senu on Sunday.") == ["Senu"]
