"""Blasts and crashes that nobody brought about on purpose are no attacks."""

from __future__ import annotations

import pytest

from model import EventKind
from tests.extract.few_names import read


@pytest.mark.parametrize(
    "text",
    [
        "An explosion at a fireworks workshop in Omdurman killed nine workers on Sunday, police said.",
        "A blast at a firecracker factory in Omdurman on Sunday killed nine people, the army said.",
        "An army helicopter came down in a storm near Omdurman on Sunday, killing two crew members.",
        "A military plane crashed near Omdurman on Sunday in poor visibility. There was no sign of hostile fire.",
    ],
)
def test_no_attack(text: str) -> None:
    assert [event.kind for event in read(text).events] == [EventKind.OTHER]


def test_a_bomb_at_a_fireworks_factory_is_an_attack() -> None:
    (event,) = read("Gunmen threw a grenade into a fireworks factory in Omdurman on Sunday, killing nine.").events
    assert event.kind is EventKind.GRENADE
