"""An attack of an earlier week, told beside newer ones, is background."""

from __future__ import annotations

import pytest

from model import Telling
from tests.extract.few_names import read

NEWS = "A rocket hit a mill in Omdurman on Saturday, killing three people. "  # read on Monday 1 January 2024


def tellings(text: str) -> list[tuple[str | None, Telling, int | None]]:
    return [
        (
            event.target.text if event.target else None,
            event.telling,
            event.casualties.killed.figure if event.casualties.killed else None,
        )
        for event in read(text).events
    ]


@pytest.mark.parametrize(
    "earlier",
    [
        "On 12 December, mortar rounds fell on a school in Khartoum, killing four.",
        "Four people died when an air strike hit a market in Khartoum in mid-December.",
        "In November gunmen shot dead four guards in Khartoum.",
    ],
)
def test_an_attack_of_an_earlier_week_is_background(earlier: str) -> None:
    told = tellings(NEWS + "The town is quiet now. " + earlier)
    assert told == [("Omdurman", Telling.REPORTED, 3), ("Khartoum", Telling.BACKGROUND, 4)]


@pytest.mark.parametrize(
    "text",
    [
        NEWS + "On Wednesday, mortar rounds fell on a school in Khartoum, killing four.",
        "A rocket hit Omdurman on 10 December. On 8 December, mortar rounds fell on Khartoum.",  # no news is newer
        "Incidents of the month:\n\n• On 28 December, a rocket hit Omdurman.\n\n• On 12 December, shells hit Khartoum.",
    ],
)
def test_attacks_of_one_week_and_items_of_a_list_are_news(text: str) -> None:
    assert {telling for _, telling, _ in tellings(text)} == {Telling.REPORTED}


def test_victims_counted_right_after_it_are_its_own() -> None:
    text = (
        NEWS + "On 12 December, shells hit Khartoum. Nine people were wounded there and two died.\n\nThe mill burned."
    )
    assert tellings(text) == [("Omdurman", Telling.REPORTED, 3), ("Khartoum", Telling.BACKGROUND, 2)]


def test_what_news_answers_is_news() -> None:
    text = "Drones hit Moscow on Sunday in response to a missile strike on Kharkiv on 20 December."
    assert {telling for _, telling, _ in tellings(text)} == {Telling.REPORTED}
