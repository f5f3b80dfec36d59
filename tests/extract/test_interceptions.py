"""How many weapons were sent and how many shot down, and whose the ones are that got through."""

from __future__ import annotations

import pytest

from extract.cues import find_cues
from extract.interceptions import find_downed, find_launched
from extract.phrases import split_words
from model import Event, Span
from tests.extract.few_names import read


@pytest.mark.parametrize(
    ("text", "launched", "downed"),
    [
        ("Russia sent 49 drones and 21 of them were shot down.", "sent 49 drones", ["21 of them were shot down"]),
        ("They launched 49 drones, 32 shot down.", "launched 49 drones", ["32 shot down"]),
        ("Seventy drones were launched overnight.", "Seventy drones were launched", []),
        ("It fired 122 missiles and 36 drones.", "fired 122 missiles and 36 drones", []),
        ("Guns shot down 8 missiles and 27 of the drones.", None, ["shot down 8 missiles and 27 of the drones"]),
        ("The crew shot down 21 out of 49 drones launched at the port.", None, ["shot down 21 out of 49 drones"]),
        ("Iran fired some 200 missiles; most were intercepted.", "fired some 200 missiles", ["most were intercepted"]),
        ("Air defences shot down a drone.", None, ["shot down a drone"]),
        ("Air defences intercepted incoming rockets.", None, ["intercepted incoming rockets"]),
        ("A rocket hit the mill.", None, []),
        ("The S-300 missiles were launched at dawn and were shot down.", None, []),  # 300 is no count
    ],
)  # fmt: skip
def test_what_was_sent_and_what_was_shot_down(text: str, launched: str | None, downed: list[str]) -> None:
    cues = find_cues(text, split_words(text))
    whole = Span(0, len(text))
    sent = find_launched(text, whole, cues)
    assert (text[sent.start : sent.end] if sent else None) == launched
    assert [text[span.start : span.end] for span in find_downed(text, whole, cues)] == downed


def at(text: str, place: str) -> Event:
    return next(e for e in read(text).events if e.target is not None and e.target.text == place)


WAVE = (
    "Russia launched 90 drones at Ukraine during the night, the Ukrainian air force said. It said 87 of them were shot "
    "down."
)


def test_a_wave_keeps_both_counts() -> None:
    wave = at(WAVE, "Ukraine")
    words = {e.field: WAVE[e.span.start : e.span.end] for e in wave.evidence if e.field in ("launched", "intercepted")}
    assert words == {"launched": "launched 90 drones", "intercepted": "87 of them were shot down"}


def test_debris_belongs_to_who_sent_the_drones_and_the_launch_area_to_the_wave() -> None:
    text = (
        WAVE
        + " In Odesa debris of a drone killed a boy. According to the air force, the drones were launched from Crimea."
    )
    debris, wave = at(text, "Odesa"), at(text, "Ukraine")
    assert debris.actor is not None
    assert debris.actor.country == "RU"
    assert debris.origin is None
    assert wave.origin is not None
    assert wave.origin.text == "Crimea"


def test_another_drone_is_of_those_told_of_before() -> None:
    text = "Russian drones hit a depot in Kharkiv on Sunday. Another drone hit a shop in Sumy."
    actor = at(text, "Sumy").actor
    assert actor is not None
    assert actor.country == "RU"


@pytest.mark.parametrize(
    "text",
    [
        "Russia sent 40 drones at Kharkiv on Sunday, 21 were shot down. A rocket hit Sumy.",  # other weapons
        "Russia sent 40 drones at Kharkiv on Sunday, 21 were shot down. A drone hit Belgorod.",  # its own town
        "Russian drones hit Kharkiv on Sunday. Another drone hit a shop in Belgorod.",
    ],
)
def test_other_weapons_and_own_towns_have_nobody(text: str) -> None:
    last = read(text).events[-1]
    assert last.actor is None
