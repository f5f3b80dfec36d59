from __future__ import annotations

import pytest

from extract.blame import BEHIND, BLAMED, CLAIMS_ITSELF, TELLS_ITSELF, find_blames
from extract.parties import find_parties
from extract.phrases import split_words
from model import Event, Span, Stance
from tests.extract.few_names import main_event, read


def blames(text: str) -> list[tuple[str, str]]:
    parties = find_parties(text, split_words(text))
    return [(found.party.name, found.rule) for found in find_blames(text, Span(0, len(text)), parties)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Israel blamed Hezbollah.", [("Hezbollah", BLAMED)]),
        ("Tripoli held the Libyan National Army responsible.", [("Libyan National Army", BLAMED)]),
        ("The mayor attributed the blast to the ELN.", [("ELN", BLAMED)]),
        ("Residents suspect fighters of the ADF.", [("Allied Democratic Forces", BLAMED)]),
        ("Doctors said the drone was Turkish.", [("Turkey", BLAMED)]),
        ("The agency said it was an Israeli missile.", [("Israel", BLAMED)]),
        ("The premier said Armenia had fired it.", [("Armenia", BLAMED)]),
        ("It was the work of Boko Haram.", [("Boko Haram", BLAMED)]),
        ("Moscow said Ukraine was behind the attack.", [("Ukraine", BEHIND)]),
        ("Turkey was accused by the council.", [("Turkey", BEHIND)]),
        ("Al-Shabaab claimed responsibility.", [("Al-Shabaab", CLAIMS_ITSELF)]),
        ("Islamic State's regional branch later claimed it.", [("Islamic State", CLAIMS_ITSELF)]),
        ("The ELN took credit on Friday.", [("ELN", CLAIMS_ITSELF)]),
        ("M23 claimed to have killed forty soldiers.", [("M23", CLAIMS_ITSELF)]),
        ("The Houthis said they had fired it.", [("Houthis", TELLS_ITSELF)]),
        ("Al-Shabaab said on its radio that one of its men had set off the bomb.", [("Al-Shabaab", TELLS_ITSELF)]),
        ("Israel confirmed that its jets had struck the house.", [("Israel", TELLS_ITSELF)]),
        # Nobody is blamed:
        ("Ukraine said its gunners had shot down nine drones.", []),
        ("The White House blamed militias backed by Iran.", []),
        ("The mayor held talks with Turkey.", []),
        ("Nobody has claimed responsibility.", []),
        ("The drone was not Turkish.", []),
        ("Israel is the target of the blame.", []),
    ],
)
def test_who_is_blamed(text: str, expected: list[tuple[str, str]]) -> None:
    assert blames(text) == expected


STRIKE = "A rocket killed three people in Sirte on Sunday. "


def status(event: Event) -> str:
    """As ``store.query`` has it."""
    said = [claim for claim in event.claims if claim.stance is not Stance.SILENT]
    stances = {claim.stance for claim in said}
    accused = {c.about.country or c.about.name for c in said if c.about and c.stance is not Stance.DENIES}
    if len(accused) > 1 or Stance.DENIES in stances:
        return "contested"
    if Stance.CONFIRMS in stances:
        return "confirmed"
    return "claimed" if Stance.CLAIMS in stances else "stated"


@pytest.mark.parametrize(
    ("remark", "country", "expected"),
    [
        ("The council blamed Turkey.", "TR", "claimed"),
        ("The council held Turkey responsible.", "TR", "claimed"),
        ("It blamed Turkey. Ankara rejected the charge.", "TR", "contested"),
        ("The council blamed Turkey. Ankara called the charge baseless.", "TR", "contested"),
        ("The council blamed Turkey. Turkey said it had not flown there.", "TR", "contested"),
        ("Turkey said its jets had carried out the raid.", "TR", "confirmed"),
        ("Turkey claimed responsibility.", "TR", "claimed"),
        ("Doctors said the rocket was Turkish.", "TR", "claimed"),
        ("The council blamed Turkey, which denied it.", "TR", "contested"),
        ("Turkey and Egypt accused each other of firing it.", "TR", "contested"),
        ("Russia and Ukraine met in Paris.", None, "stated"),
        ("Kyiv denied any role.", None, "contested"),
        ("The army has neither confirmed nor denied the attack.", None, "stated"),
    ],
)
def test_a_remark_belongs_to_the_attack_told_before(remark: str, country: str | None, expected: str) -> None:
    event = main_event(STRIKE + remark)
    assert (event.actor.country if event.actor else None, status(event)) == (country, expected)


@pytest.mark.parametrize(
    ("remark", "speakers"),
    [
        ("The army and the Rapid Support Forces accused each other.", ["army", "Rapid Support Forces"]),
        ("Sudan's army and its paramilitary rivals accused each other.", ["Sudan's army", "paramilitary rivals"]),
        ("The army and the RSF each blamed the other.", ["army", "Rapid Support Forces"]),
        ("The army and the RSF traded blame on Monday.", ["army", "Rapid Support Forces"]),
        ("The army blamed the RSF. The RSF said the army had fired it.", ["army", "Rapid Support Forces"]),
    ],
)
def test_two_sides_of_one_country_both_keep_their_claim(remark: str, speakers: list[str]) -> None:
    event = main_event("Shells killed six people in Omdurman on Sunday. " + remark)
    assert [claim.speaker.name for claim in event.claims] == speakers
    assert len({claim.about.name for claim in event.claims if claim.about}) == 2


def test_blame_for_both_attacks_belongs_to_both() -> None:
    found = read(
        "A bomb killed two people in Bunia on Sunday. A mine killed four people in Goma on Saturday. "
        "The army blamed the ADF for both attacks."
    )
    assert [event.actor.name if event.actor else None for event in found.events] == ["Allied Democratic Forces"] * 2


def test_a_tag_names_the_speaker_and_not_who_stands_before_it() -> None:
    event = main_event("Turkish jets struck a depot in Sirte on Sunday, killing ten people, a monitor said.")
    (claim,) = event.claims
    assert (claim.speaker.name, claim.stance) == ("monitor", Stance.CLAIMS)


def test_an_army_that_blames_its_rebels_confirms_nothing() -> None:
    event = main_event("Shells fell on Omdurman on Sunday. The Sudanese army blamed the Rapid Support Forces.")
    assert [claim.stance for claim in event.claims] == [Stance.CLAIMS]
