"""The day of the main event, stated or taken from what the report says around it."""

from __future__ import annotations

from datetime import date

import pytest

from model import DayBasis
from tests.extract.few_names import main_event, read

THURSDAY = date(2024, 2, 15)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # a note with a head
        ("Date: 2024-02-10\nPlace: Kherson\nShelling killed two people.", date(2024, 2, 10)),
        ("Shelling. Day: 9 February. Place: Kherson. Losses: two civilians dead.", date(2024, 2, 9)),
        ("Incident 14. Date: 11 February 2024. Gunmen attacked a convoy near Mogadishu.", date(2024, 2, 11)),
        # a dateline in mixed case, closed by a full stop
        ("Kherson, 14 February. A mine blew up under a tractor. Three people died.", date(2024, 2, 14)),
        ("Omdurman, 13 February 2024. A shell hit a bakery and killed five people.", date(2024, 2, 13)),
        ("Gaza, February 12. An air strike killed four people in a house.", date(2024, 2, 12)),
        # counted from the day of a statement
        ("Both sides accused each other on Tuesday of shelling Kherson the previous afternoon.", date(2024, 2, 12)),
        ("The two armies blamed one another on Wednesday for shelling Sumy the day before.", date(2024, 2, 13)),
        # nights and late days
        ("Gunmen killed 40 people near Mogadishu in the night of 8 to 9 February.", date(2024, 2, 9)),
        ("Drones hit a block of flats in Odesa on Tuesday night, killing three.", date(2024, 2, 13)),
        ("Shells struck Kherson late on Wednesday evening, killing two people.", date(2024, 2, 14)),
        ("A missile struck Odesa late on Thursday evening.", THURSDAY),
        ("A lorry with flour for the people of the camps was shelled near Khartoum on Monday.", date(2024, 2, 12)),
        # the sentence before has it
        ("It was quiet in Kharkiv until Wednesday. Then a missile hit the market and killed four.", date(2024, 2, 14)),
        ("The army entered Omdurman on Monday. The bridge came under artillery fire at noon.", date(2024, 2, 12)),
        ("Tuesday began with sirens in Sumy. A bomb then hit the town hall and killed two.", date(2024, 2, 13)),
        # what was told before, where the act itself has no day, or gets another one late
        (
            "Residents mourned six children who died in Kherson on 11 February. The shells came from across the river, "
            "the mayor said. The army denied that it had shelled the town. It spoke of a mistake on Wednesday.",
            date(2024, 2, 11),
        ),
        # the sentence after a statement
        (
            "The army said on Tuesday that its drone had struck a wedding near Kunar by mistake. The crew had seen "
            "lights there on Sunday night.",
            date(2024, 2, 11),
        ),
    ],
)  # fmt: skip
def test_day_of_the_main_event(text: str, day: date) -> None:
    event = main_event(text, THURSDAY)
    assert event.when is not None
    assert event.when.best == day


def test_inherited_day_says_so_and_shows_its_words() -> None:
    text = "It was quiet in Kharkiv until Wednesday. Then a missile hit the market and killed four."
    event = main_event(text, THURSDAY)
    assert event.when is not None
    assert event.when.basis is DayBasis.INHERITED
    shown = [e for e in event.evidence if e.field == "when"]
    assert [(text[e.span.start : e.span.end], e.rule) for e in shown] == [("Wednesday", "day/sentence-before")]


def test_day_of_the_dateline_is_only_a_last_resort() -> None:
    event = main_event("Kherson, 14 February. On Monday a mine blew up under a tractor. Three people died.", THURSDAY)
    assert event.when is not None
    assert (event.when.best, event.when.basis) == (date(2024, 2, 12), DayBasis.RELATIVE)


def test_old_head_does_not_date_a_later_report() -> None:
    event = main_event("Date: 2023-01-10\nShells hit Kherson and killed two people.", THURSDAY)
    assert event.when is not None
    assert (event.when.best, event.when.basis) == (THURSDAY, DayBasis.PUBLICATION)


def test_without_a_publication_day_and_a_day_nothing_is_guessed() -> None:
    assert main_event("Shells hit Kherson and killed two people.", None).when is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Shells hit Kherson on 17 February and killed three people, the governor said.", "17 February"),
        ("Three people were killed when shells hit Kherson on Saturday, 17 February.", "Saturday, 17 February"),
    ],
)
def test_a_day_after_publication_is_not_taken_and_nor_is_the_publication_day(text: str, words: str) -> None:
    event = main_event(text, THURSDAY)
    assert event.when is None
    (proof,) = event.evidence_for("when")
    assert (proof.rule, text[proof.span.start : proof.span.end]) == ("day/after-publication", words)


def test_a_day_to_come_beside_the_attack_leaves_its_day_alone() -> None:
    event = main_event("Shells hit Kherson and killed three people. Talks will be held on 17 February.", THURSDAY)
    assert event.when is not None
    assert (event.when.best, event.when.basis) == (THURSDAY, DayBasis.PUBLICATION)


def test_what_is_planned_has_the_day_it_is_planned_for() -> None:
    event = main_event("The army will shell Kherson on 17 February, the general said.", THURSDAY)
    assert event.when is not None
    assert event.when.best == date(2024, 2, 17)


def test_the_same_day_is_that_of_the_attack_and_not_of_what_was_said_after_it() -> None:
    text = "Shells hit Kherson on Tuesday, the governor said on Wednesday. On the same day drones hit Odesa."
    odesa = next(e for e in read(text, THURSDAY).events if e.target is not None and e.target.text == "Odesa")
    assert odesa.when is not None
    assert odesa.when.best == date(2024, 2, 13)
