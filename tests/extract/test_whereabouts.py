"""Where victims were brought, where a train was bound for and who rules in a capital: nothing was hit there."""

from __future__ import annotations

import pytest

from model import Telling
from tests.extract.few_names import read


def hit(text: str) -> list[str | None]:
    return [event.target.text if event.target else None for event in read(text).events]


@pytest.mark.parametrize(
    "text",
    [
        "A shell hit a bus in Rafah on Sunday. Two of the wounded died in a Khartoum clinic on Monday.",
        "A shell hit a bus in Rafah on Sunday. Nine people hurt in the blast were treated in Khartoum.",
        "A shell hit a bus in Rafah on Sunday. Three wounded were flown by helicopter to Khartoum, medics said.",
        "A shell hit a bus in Rafah on Sunday. Nine were hurt and two are in a critical state in Khartoum.",
        "A shell hit the line at Rafah on Sunday and damaged 18 wagons; trains to Khartoum ran late.",
        "A shell hit a Khartoum-bound bus in Rafah on Sunday.",
        "A drone of the Khartoum junta bombed a camp in Rafah on Sunday.",
        "From Our Correspondent, Khartoum\n\nA shell hit a bus in Rafah on Sunday.",
        "A shell hit the Khartoum–Kassab pipeline near Rafah on Sunday.",
    ],
)
def test_the_attack_was_elsewhere(text: str) -> None:
    assert hit(text) == ["Rafah"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("An air strike hit a hospital in Khartoum on Sunday, killing four patients.", "Khartoum"),
        ("Three people died in Khartoum on Sunday when a shell hit a clinic.", "Khartoum"),
        ("A drone brought down a police helicopter at Khartoum on Sunday; twelve officers died.", "Khartoum"),
        ("Jets bombed the surroundings of Kitala on Sunday.", "Kitala"),
        ("A drone struck a lorry in the countryside of Kamesh on Sunday.", "Kamesh"),
        ("Rebels overran Kamesh on Sunday.", "Kamesh"),
        ("Gunmen raided Kamesh on Sunday night, killing six.", "Kamesh"),
        ("Jets struck a camp in Marad Local Government Area on Sunday.", "Marad Local Government Area"),
        ("The neighbouring Marets community was hit by shells on Sunday.", "Marets"),
        ("On Sunday mortars killed a boy in neighbouring Omdurman.", "Omdurman"),
        ("Mortar rounds fell near Abu Tamra on Sunday, killing a boy.", "Abu Tamra"),
    ],
)
def test_the_place_that_was_hit(text: str, place: str) -> None:
    assert hit(text) == [place]


def test_a_front_with_a_number_is_no_place() -> None:
    text = "A car bomb hit Rafah on Sunday. Police blamed the attack on the Sixth Front of the rebels."
    assert hit(text) == ["Rafah"]


@pytest.mark.parametrize(
    "act",
    ["lay in wait for a column of the army near Omdurman and burned four lorries", "beat back bandits near Omdurman"],
)
def test_words_for_a_fight(act: str) -> None:
    assert hit(f"On Saturday, men of the movement {act}.") == ["Omdurman"]


@pytest.mark.parametrize(
    "text",
    [
        "A shell hit Rafah on Sunday. The peacekeepers from Sudan took no part in the fighting, an officer said.",
        "A shell hit Rafah on Sunday. About 900 people died in the raid on Israel that set off the war.",
        "A shell hit Rafah on Sunday. Since fighting began, 40 people have been killed in Israel.",
    ],
)
def test_what_led_to_a_war_and_what_it_cost_are_no_news(text: str) -> None:
    told = [event for event in read(text).events if event.telling is Telling.REPORTED]
    assert [event.target.text for event in told if event.target] == ["Rafah"]


def test_the_men_of_a_gang_point_back_to_no_attack() -> None:
    text = "Gunmen raided the town of Liana on Sunday, killing nine. In October its men shot dead six people at Lester."
    told = {event.target.text: event.telling for event in read(text).events if event.target}
    assert told == {"Liana": Telling.REPORTED, "Lester": Telling.BACKGROUND}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A truck bomb exploded near a court in Gaza, a port of Sudan, on Sunday, killing five people.", "Gaza"),
        ("Fires still burned at the port of Omdurman on Sunday, a day after jets struck fuel tanks there.", "Omdurman"),
    ],
)
def test_a_court_is_no_hearing_and_fires_are_no_shots(text: str, place: str) -> None:
    assert hit(text) == [place]


def test_fires_that_burn_do_not_date_the_strike() -> None:
    (event,) = read("Fires burned in Omdurman on Sunday, a day after jets struck fuel tanks there.").events
    assert event.when is not None
    assert event.when.best.isoformat() == "2023-12-30"
