from __future__ import annotations

import pytest

from model import Extraction
from tests.extract.few_names import read

GAZA = "Israeli jets bombed a house in Rafah on Saturday and killed two paramedics. "


def links(found: Extraction) -> list[tuple[str, str]]:
    towns = {event.id: event.target.text if event.target else "" for event in found.events}
    return [(towns[link.event_id], towns[link.answers_id]) for link in found.links]


@pytest.mark.parametrize(
    "answer",
    [
        "Hezbollah fired rockets at Haifa, Israel, on Sunday in response to the killing of the paramedics.",
        "On Sunday Hezbollah fired rockets at Haifa, Israel, in revenge for Rafah.",
        "Hezbollah fired rockets at Haifa, Israel, on Sunday. The group said the attack was an answer to the raid.",
        "In retaliation for the attack on Rafah, Hezbollah fired rockets at Haifa, Israel, on Sunday.",
    ],
)
def test_an_answer_points_to_what_it_names(answer: str) -> None:
    assert [pair[1] for pair in links(read(GAZA + answer))] == ["Rafah"]


@pytest.mark.parametrize(
    "later",
    [
        "Hezbollah fired rockets at Haifa, Israel, on Sunday, a day after the raid.",  # time alone is no answer
        "Hezbollah fired rockets at Haifa, Israel, on Sunday in response to the siege of the south.",
        "Hezbollah fired rockets at Haifa, Israel, on Sunday in response to massacres.",
        "Medics responding to the strike were held up for an hour on Sunday.",
    ],
)
def test_what_answers_nothing_that_was_told(later: str) -> None:
    assert links(read(GAZA + later)) == []
