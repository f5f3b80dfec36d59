from __future__ import annotations

from datetime import date

import pytest

from model import CountRange, DayBasis, EventKind, Party, Stance, Telling
from tests.extract.few_names import main_event, read

K = EventKind


@pytest.mark.parametrize(
    ("text", "kind", "target"),
    [
        # No casualties, no known place, one sentence.
        ("An IED hit an army lorry near Goreh village, no losses.", K.EXPLOSION, "Goreh"),
        ("Rocket motor in a garden in Vyrubka.", K.ROCKET_STRIKE, "Vyrubka"),
        ("On 4 May 2020, gunmen opened fire on a bus in Goreh (Marka, Bahr).", K.SHOOTING, "Goreh"),
        (
            "03/04/2021: Assailants attacked Matunga, Helmand, Afghanistan. No group claimed it.",
            K.GROUND_COMBAT,
            "Matunga",
        ),
        ("Vyrubka. Shelling of a residential street.", K.SHELLING, "Vyrubka"),
        ("Workers protested against the war in Kyiv.", K.OTHER, "Kyiv"),
        ("Damage to a school in Vyrubka", K.OTHER, "Vyrubka"),
        ("An earthquake struck Kunar and killed 12 people.", K.OTHER, "Kunar"),
    ],
)
def test_short_notes(text: str, kind: EventKind, target: str) -> None:
    main = main_event(text, date(2021, 3, 5))
    assert (main.kind, main.target.text if main.target else None) == (kind, target)


def tellings(text: str) -> list[tuple[str, str | None, Telling]]:
    return [(e.kind.value, e.target.text if e.target else None, e.telling) for e in read(text).events]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # One attack, told three times.
        (
            "Missiles hit Kharkiv on Sunday. The strike killed two people. Kharkiv was struck at noon.",
            [("missile strike", "Kharkiv", Telling.REPORTED)],
        ),
        # Two towns hit by one act.
        (
            "Missiles hit Kharkiv and Odesa on Sunday.",
            [("missile strike", "Kharkiv", Telling.REPORTED), ("missile strike", "Odesa", Telling.REPORTED)],
        ),
        # The same town on another day.
        (
            "Missiles hit Kharkiv on Sunday. Shelling of Kharkiv on Friday killed one person.",
            [("missile strike", "Kharkiv", Telling.REPORTED), ("shelling", "Kharkiv", Telling.REPORTED)],
        ),
        # A containing list is one place.
        (
            "A bomb exploded in Goreh, Kunar, Afghanistan on Sunday.",
            [("explosion", "Goreh", Telling.REPORTED)],
        ),
        # The headline names the country, the lead the town.
        (
            "Russian Missiles Hit Ukraine Again\n\nRussian missiles hit Kharkiv on Sunday.",
            [("missile strike", "Kharkiv", Telling.REPORTED)],
        ),
        # Two towns as the subject; the victims go to the first.
        (
            "Sumy and the southern city of Odesa have come under missile attack, leaving five dead.",
            [("missile strike", "Sumy", Telling.REPORTED), ("missile strike", "Odesa", Telling.REPORTED)],
        ),
        # A site in the town told of before.
        (
            "Missiles hit Kharkiv on Sunday. The strike destroyed the Palace Hotel in the city's Marka district.",
            [("missile strike", "Kharkiv", Telling.REPORTED)],
        ),
        (
            "Missiles hit Kharkiv on Sunday. Odesa has previously been shelled.",
            [("missile strike", "Kharkiv", Telling.REPORTED), ("shelling", "Odesa", Telling.BACKGROUND)],
        ),
        # Downed drones are no strike.
        (
            "Missiles hit Kharkiv on Sunday. Air defences shot down nine drones over Odesa.",
            [("missile strike", "Kharkiv", Telling.REPORTED), ("interception", "Odesa", Telling.REPORTED)],
        ),
        ("Air defences shot down nine drones over Odesa.", [("interception", "Odesa", Telling.REPORTED)]),
        ("The general vowed to strike Odesa.", [("strike", "Odesa", Telling.PLANNED)]),
    ],
)
def test_which_tellings_are_one_event(text: str, expected: list[tuple[str, str | None, Telling]]) -> None:
    assert tellings(text) == expected


def test_downed_weapons_are_evidence_of_the_attack_they_belong_to() -> None:
    text = "Russia fired 40 missiles at Kharkiv on Sunday. The air force shot down 27 of the missiles."
    (event,) = read(text).events
    (evidence,) = event.evidence_for("intercepted")
    assert text[evidence.span.start : evidence.span.end] == "shot down 27 of the missiles"


@pytest.mark.parametrize(
    ("text", "weapon"),
    [
        ("Rockets hit Kharkiv on Sunday. The army had used Vampire rockets, the mayor said.", "Vampire rockets"),
        ("Missiles hit Kharkiv. Police found pieces of S-300 and Kh-22 missiles.", "S-300 and Kh-22 missiles"),
        ("Vilkha missiles and Czech-made Grad rockets hit Sumy.", "Vilkha missiles and Czech-made Grad rockets"),
        ("Drones struck Odesa. The Shahed drones set a port shed on fire.", "Shahed drones"),
        ("Russia fired 12 missiles and 36 drones at Kyiv on Sunday.", "missiles and 36 drones"),
        ("Missiles hit Kharkiv on Sunday. Air defences shot down an Iskander over Odesa.", "Missiles"),
        ("UAVs and rockets hit Sumy on Sunday.", "UAVs and rockets"),
        ("Russian aircraft dropped guided bombs on Kharkiv on Sunday.", "guided bombs"),
        ("Russian warplanes bombed Kharkiv on Sunday.", "warplanes"),
        ("Iskander-M and Kh-22 missiles hit Sumy on Sunday.", "Iskander-M and Kh-22 missiles"),
    ],
)  # fmt: skip
def test_the_weapon_is_told_by_its_model_where_one_is_named(text: str, weapon: str) -> None:
    event = main_event(text)
    (evidence,) = event.evidence_for("weapon")
    assert event.weapon == weapon == text[evidence.span.start : evidence.span.end]


def test_victims_at_other_towns_make_events_there() -> None:
    text = "Russian missiles hit Kyiv on Sunday, killing 30 people. Seven people died in Dnipro and two in Odesa."
    killed = {e.target.text: e.casualties.killed for e in read(text).events if e.target}
    assert killed["Kyiv"] == CountRange(30, 30, 30)
    assert killed["Dnipro"] == CountRange(7, 7, 7)


def test_victims_brought_elsewhere_stay_with_the_attack() -> None:
    text = "Missiles hit Kharkiv on Sunday. Two of the victims died in a hospital in Kyiv."
    (event,) = read(text).events
    assert event.casualties.killed == CountRange(2, 2, 2)


def test_it_and_that_attack_in_one_sentence() -> None:
    text = (
        "Rockets killed 24 people in Belgorod on Saturday. It came a day after Russia's air assault on Ukraine, and "
        "many saw in it a response to that attack. Ukraine has not commented."
    )
    found = read(text)
    ids = [event.id for event in found.events]
    (link,) = found.links
    assert (ids.index(link.event_id), ids.index(link.answers_id)) == (0, 1)
    assert [claim.stance for claim in found.events[0].claims] == [Stance.SILENT]


def test_the_main_event_is_what_the_report_leads_with() -> None:
    text = (
        "Following the rocket strike on Belgorod that killed 24 people, Russia hit Kharkiv with drones on Sunday. "
        "The drones injured 28 people in Kharkiv."
    )
    main = main_event(text)
    assert main.target is not None
    assert (main.kind, main.target.text) == (K.DRONE_STRIKE, "Kharkiv")


def test_the_day_may_stand_with_the_victims() -> None:
    main = main_event("Two children were killed on Friday. A rocket had hit their home in Shebekino.")
    assert main.when is not None
    assert (main.when.best, main.when.basis) == (date(2023, 12, 29), DayBasis.RELATIVE)


def test_years_gone_by_are_background() -> None:
    found = read(
        "A bomb went off in Mogadishu on Sunday. In 2017 a truck bomb killed more than 500 people in Mogadishu."
    )
    assert [event.telling for event in found.events] == [Telling.REPORTED, Telling.BACKGROUND]


def test_a_count_carries_its_speaker() -> None:
    main = main_event(
        "Missiles hit Kharkiv on Sunday. Ukrainian officials said two people were killed. Three were hurt."
    )
    assert [(toll.outcome.value, toll.speaker) for toll in main.tolls] == [
        ("killed", Party("Ukrainian officials", "UA")),
        ("injured", None),
    ]


def test_the_toll_of_a_whole_war_is_not_that_of_the_attack() -> None:
    text = "Missiles hit Kharkiv on Sunday, killing two people. More than 10,000 civilians have been killed in Ukraine."
    assert main_event(text).casualties.killed == CountRange(2, 2, 2)


def test_victims_counted_before_the_attack_is_told_belong_to_it() -> None:
    main = main_event("Two people died in Kharkiv on Sunday. A missile had hit their house.")
    assert main.casualties.killed == CountRange(2, 2, 2)
    assert (main.kind, main.target.text if main.target else None) == (K.MISSILE_STRIKE, "Kharkiv")


def test_a_launch_area_only_where_the_text_names_one() -> None:
    main = main_event("Missiles launched from Belgorod region struck Kharkiv on Sunday.")
    assert main.origin is not None
    assert main.target is not None
    assert (main.origin.text, main.target.text) == ("Belgorod region", "Kharkiv")
    assert main_event("Russian missiles struck Kharkiv on Sunday.").origin is None


def test_the_dateline_places_an_attack_that_has_no_other_place() -> None:
    main = main_event("KYIV — Two drones hit a block of flats on Sunday.")
    assert main.target is not None
    assert main.target.text == "KYIV"
    assert main.evidence_for("target")[0].confidence < 0.5


def test_days() -> None:
    assert main_event("Missiles hit Kharkiv.", None).when is None  # nothing to go by
    guessed = main_event("Missiles hit Kharkiv.").when
    assert guessed is not None
    assert guessed.basis is DayBasis.PUBLICATION
    said = main_event("Missiles hit Kharkiv, the mayor said on Sunday.").when
    assert said is not None
    assert said.basis is DayBasis.INHERITED
    assert said.best == date(2023, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "A helicopter crashed near Goma on Sunday during a routine flight, killing five soldiers.",
        "A bomber on a training flight fell on a house in Kursk on Sunday and killed two people.",
        "Jets bombed targets on a range near Odesa on Sunday in a joint exercise.",
        "Warships fired missiles at floating targets near Beirut on Sunday in a naval exercise.",
        "Sappers blew up 40 mines and shells near Kharkiv on Sunday.",
        "Soldiers found 12 mines near Goma on Sunday and destroyed them.",
        "A controlled explosion of an old bomb shook Odesa on Sunday.",
        "The general threatened on Sunday to bomb Beirut if the talks failed.",
        "The minister expects the rebels to attack Goma in the coming weeks.",
        "The rebels agreed on Sunday to a pause of three days in all attacks on Goma.",
        "No shells have fallen on Kherson since Sunday, the mayor said.",
        "Reports that rockets had hit Erbil on Sunday were false, the governor said.",
        "Rumours that a missile had hit the dam near Kherson are wrong.",
        "An explosion at a fuel depot in Sirte killed nine people on Sunday. Officials ruled out an attack.",
        "A blast at a bakery in Sirte killed two people on Sunday. The police said that it was an accident.",
        "Had the shell hit the school, nobody in Kherson would have lived.",
        "Ten years after the bombing in Mogadishu that killed 30 people, survivors laid wreaths on Sunday.",
        "There was no fighting in Goma on Sunday.",
    ],
)
def test_what_is_no_attack_is_no_dot(text: str) -> None:
    assert [e for e in read(text).events if e.telling is Telling.REPORTED and e.kind is not K.OTHER] == []


@pytest.mark.parametrize(
    "text",
    [
        "A missile hit soldiers who were taking part in a military exercise near Kharkiv on Sunday, killing 20.",
        "There were no casualties in the rocket attack on Kherson on Sunday.",
        "Rebels attacked Goma on 3 May and killed nine people.",
        "No soldiers were hurt when a drone struck the base near Erbil on Sunday.",
    ],
)
def test_what_looks_like_none_but_is_an_attack(text: str) -> None:
    assert [e for e in read(text).events if e.telling is Telling.REPORTED and e.kind is not K.OTHER]


@pytest.mark.parametrize(
    ("text", "answer", "answered"),
    [
        ("Missiles hit Erbil on Saturday. In response, US jets bombed a depot near Saada on Sunday.", "Saada", "Erbil"),
        ("Jets bombed Mekelle on Saturday. The TPLF retaliated by firing rockets at Asmara.", "Asmara", "Mekelle"),
        (
            "Jets bombed Saada on Sunday, a day after a drone had killed a man in Beirut. Israel said the raid was in "
            "response to the drone attack.",
            "Saada",
            "Beirut",
        ),
        (
            "A bomb went off in Goma on Sunday. The army called it revenge for an operation in which nine rebels had "
            "been killed near Bunia on Friday.",
            "Goma",
            "Bunia",
        ),
    ],
)
def test_an_answer_in_a_later_sentence(text: str, answer: str, answered: str) -> None:
    found = read(text)
    places = {event.id: event.target.text if event.target else None for event in found.events}
    assert [(places[link.event_id], places[link.answers_id]) for link in found.links] == [(answer, answered)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Drones hit Odesa on Sunday. On Friday shelling in the same city wounded two people.",
            [("drone strike", "Odesa"), ("shelling", "Odesa")],
        ),
        ("Seven people were killed in Kharkiv and one in Sumy by missiles on Sunday.", [(7, "Kharkiv"), (1, "Sumy")]),
        ("On Sunday missiles hit the port of Odesa and the airport of Kherson.", [("missile strike", "Odesa")]),
        ("Missiles hit a ship in the Red Sea on Sunday.", [("missile strike", "Red Sea")]),
        (
            "Drones attacked the border town of Shebekino on Sunday, the governor of Belgorod region wrote.",
            [("drone strike", "Shebekino")],
        ),
        (
            "Shells hit Kherson on Sunday. The mayor told reporters in Paris about the attack.",
            [("shelling", "Kherson")],
        ),
        ("A strike hit a car between Gadra and Nessim in southern Lebanon on Sunday.", [("strike", "Nessim")]),
        ("Bombs dropped on the market of Karwila killed nine people on Sunday.", [("air strike", "Karwila")]),
    ],
)
def test_where_it_happened(text: str, expected: list[tuple[object, str]]) -> None:
    events = read(text).events
    got: list[tuple[object, str | None]] = [(e.kind.value, e.target.text if e.target else None) for e in events]
    if isinstance(expected[0][0], int):
        got = [
            (e.casualties.killed.figure if e.casualties.killed else None, e.target.text if e.target else None)
            for e in events
        ]
    assert got[: len(expected)] == expected
