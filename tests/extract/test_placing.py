"""Which place and day a telling means that names none of its own."""

from __future__ import annotations

from datetime import date

import pytest

from model import Event, Telling
from tests.extract.few_names import read


def rows(text: str) -> list[tuple[str | None, date | None]]:
    return [(event.target.text if event.target else None, _day(event)) for event in read(text).events]


def _day(event: Event) -> date | None:
    return event.when.best if event.when and event.when.first_day == event.when.last_day else None


@pytest.mark.parametrize(
    "text",
    [
        "A rocket hit a mill in Omdurman on Sunday. Rafah has seen worse: on Saturday a bomb killed four people there.",
        "A rocket hit a mill in Omdurman on Sunday. A man asks about a camp at Rafah. On Saturday a shell fell there.",
        "A rocket hit a mill in Omdurman on Sunday. The third victim is from Rafah, where a shell fell on Saturday.",
        "A rocket hit a mill in Omdurman on Sunday. People fled Rafah, a port, where jets bombed a quay on Saturday.",
    ],
)
def test_there_and_where(text: str) -> None:
    assert rows(text) == [("Omdurman", date(2023, 12, 31)), ("Rafah", date(2023, 12, 30))]


def test_there_was_points_nowhere() -> None:
    text = "A rocket hit a mill in Omdurman on Sunday. The mayor of Rafah came. On Saturday there was more shelling."
    assert "Rafah" not in [place for place, _ in rows(text)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # The day told just before in the paragraph.
        ("A rocket hit Omdurman on Saturday.\n\nIt was a bad Sunday in Gaza. Gunmen ambushed a patrol near Rafah.", 31),
        # "The same day" is that of the event told last, some sentences before.
        (
            "A rocket hit Omdurman on Saturday.\n\nOn Sunday jets bombed Gaza. A family died. A clinic closed. The "
            "radio said that shells hit Rafah the same day.",
            31,
        ),
        # "A day after" is counted from the day of the strike, not from that of the statement.
        (
            "The air force confirmed on Sunday that its jets had bombed Omdurman two days earlier. People mourned. The "
            "road was shut. Aid came late.\n\nThe strike came a day after rebels overran a base at Rafah.",
            28,
        ),
        ("A rocket hit Omdurman on Saturday. The army said that on Sunday it had shelled Rafah.", 31),
    ],
)
def test_the_day_of_the_other_attack(text: str, day: int) -> None:
    assert dict(rows(text))["Rafah"] == date(2023, 12, day)


def test_an_answer_that_leads_its_sentence_is_two_attacks() -> None:
    text = "Drones hit Omdurman on Saturday. In answer to the attack on Omdurman, jets bombed the airport of Rafah."
    found = read(text)
    assert [event.target.text for event in found.events if event.target] == ["Omdurman", "Rafah"]
    assert [(link.event_id, link.answers_id) for link in found.links] == [(found.events[1].id, found.events[0].id)]


def test_hours_after_tells_no_day_of_what_came_before() -> None:
    text = (
        "Car bomb kills three in Rafah\n\nJets bombed Omdurman overnight, hours after a car bomb killed three men in "
        "Rafah. The bomb went off on Sunday in Rafah."
    )
    assert sorted(place for place, _ in rows(text) if place) == ["Omdurman", "Rafah"]


def test_a_headline_with_as_tells_two_attacks() -> None:
    text = "Nine killed in air strike near Rafah as rockets land in Beirut\n\nAn air strike hit Rafah on Sunday."
    events = {event.target.text: event.kind.value for event in read(text).events if event.target}
    assert events == {"Rafah": "air strike", "Beirut": "rocket strike"}
    assert all(event.telling is Telling.REPORTED for event in read(text).events)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A town that only says where another lies, or of which an attack is the worst.
        ("A drone fired on a car near Yadra, south of Beirut, on Saturday.", ["Yadra"]),
        ("A bomb went off in Mogadishu on Sunday. It was the deadliest attack in Somalia this year.", ["Mogadishu"]),
        ("Omdurman, Sudan's second city, was shelled on Sunday.", ["Omdurman"]),
        ("Omdurman, the town across the river, came under rocket fire on Sunday.", ["Omdurman"]),
        # The seat of those who speak.
        ("A missile hit Kharkiv on Sunday. In Moscow, the defence ministry said it had hit a depot.", ["Kharkiv"]),
        # The town of the witnesses, and not the one told of before.
        (
            "A rocket hit Omdurman on Sunday. Residents of Rafah reported tank fire at the edge of the town on Sunday.",
            ["Omdurman", "Rafah"],
        ),
        # Victims on a day and at a place of their own.
        (
            "Gunmen burst into a church in Silgan on Sunday and killed six people. On Friday five men had been killed "
            "at a school in Maitan. No group has claimed either attack.",
            ["Silgan", "Maitan"],
        ),
        # Where a report places its attack between two towns, another attack's town is not it.
        (
            "Ten people were shot dead in a bar between Rafah and Gaza late on Sunday.\n\nIn Beirut, nine men died in "
            "clashes on Saturday.",
            ["Gaza", "Beirut"],
        ),
    ],
)
def test_the_place_of_each_attack(text: str, expected: list[str]) -> None:
    assert [place for place, _ in rows(text)] == expected


def test_a_day_after_dates_what_went_before() -> None:
    text = "Rebels overran a base at Rafah on Saturday, a day after an attack on a convoy near Omdurman killed two."
    assert dict(rows(text)) == {"Rafah": date(2023, 12, 30), "Omdurman": date(2023, 12, 29)}
