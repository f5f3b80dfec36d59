from __future__ import annotations

import pytest

from model import Claim, Party, Stance
from tests.extract.few_names import main_event

UKRAINE, RUSSIA, ISRAEL = Party("Ukraine", "UA"), Party("Russia", "RU"), Party("Israel", "IL")


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Russian missiles struck Kharkiv on Sunday.", "RU"),  # weapon possessor
        ("Russia's air assault on Odesa killed two.", "RU"),
        ("Russia launched drones at Odesa.", "RU"),  # subject
        ("Russian forces shelled the town of Zabolotne.", "RU"),
        ("The town of Zabolotne was shelled by Russian troops.", "RU"),  # by-phrase
        ("Rockets fired by Hezbollah landed near Beirut.", "LB"),
        ("Israeli warplanes bombed a house in Rafah.", "IL"),
        ("Taliban fighters attacked a post in Kunar.", "AF"),
        ("A bomb planted by Al-Shabaab went off in Mogadishu.", "SO"),
        ("The Rapid Support Forces shelled a market in Omdurman.", "SD"),
        ("Kyiv's drones hit a depot in Kursk.", "UA"),
        ("Ukrainian officials said Russian missiles hit Odesa.", "RU"),  # the speaker is not the actor
        ("Officials in Kharkiv blamed Russia for the strike on the city.", "RU"),
        ("The Russian Defense Ministry claims that Ukraine was behind the attack on Belgorod.", "UA"),
        ("Al-Shabaab claimed responsibility for the blast in Mogadishu.", "SO"),
        ("A strike by Russia on Odesa killed two.", "RU"),
        ("Officials appointed by Moscow claimed that Ukrainian forces had used rockets in Kherson.", "UA"),
        ("Hamas fired rockets at Israel; Israeli air defences intercepted most of them.", "PS"),
        # Nobody is told to have done it:
        ("The Russian city of Belgorod was hit by rockets.", None),
        ("A strike hit Kharkiv, Ukrainian officials said.", None),
        ("A rocket killed two Israeli civilians near Gaza.", None),
        ("Rockets hit a town near the Russian border.", None),
        ("Iran-backed fighters were hit in Beirut by a missile.", None),
        ("The war between Russia and Ukraine saw a missile hit Odesa.", None),
        ("A Ukrainian soldier was killed by a mine near Kherson.", None),
    ],
)
def test_actor(text: str, country: str | None) -> None:
    actor = main_event(text).actor
    assert (actor.country if actor else None) == country


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The Russian city of Belgorod was hit by rockets.", "RU"),
        ("Missiles were fired at Ukrainian territory.", "UA"),
        ("A drone killed three Israeli soldiers near Beirut.", "IL"),
        ("A bomb targeted a Somali army convoy near Mogadishu.", "SO"),
        ("Rockets hit a town near the Russian border.", None),  # a border is nobody's
        ("Russian missiles struck Kharkiv.", None),
    ],
)
def test_target_side(text: str, country: str | None) -> None:
    side = main_event(text).target_side
    assert (side.country if side else None) == country


def claims(text: str) -> list[tuple[str, Stance, str | None]]:
    return [(c.speaker.name, c.stance, c.about.name if c.about else None) for c in main_event(text).claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ukrainian officials said Russian missiles hit Odesa.",
            [("Ukrainian officials", Stance.CLAIMS, "Russia")],
        ),
        (
            "Russia said it struck a depot in Odesa with missiles.",
            [("Russia", Stance.CONFIRMS, "Russia")],
        ),
        (
            "A blast hit Beirut. Israel denied responsibility for the attack.",
            [("Israel", Stance.DENIES, "Israel")],
        ),
        (
            "Missiles hit Belgorod. Kyiv has not commented on the attack.",
            [("Ukraine", Stance.SILENT, None)],
        ),
        (
            "A car bomb exploded in Mogadishu. Al-Shabaab claimed responsibility for the attack.",
            [("Al-Shabaab", Stance.CLAIMS, "Al-Shabaab")],
        ),
        (
            "Governor Denys Holub blamed the Ukrainian army for the strike on Belgorod and said two were hurt.",
            [("Governor Denys Holub", Stance.CLAIMS, "Ukraine")],
        ),
        (
            "Shells hit Omdurman. The RSF denied responsibility.",
            [("Rapid Support Forces", Stance.DENIES, "Rapid Support Forces")],
        ),
        (
            "A missile strike by Ukraine on Belgorod on Saturday killed at least 12 people, said Governor Petro Holub.",
            [("Governor Petro Holub", Stance.CLAIMS, "Ukraine")],
        ),
        (
            "A drone strike by Russia on Kharkiv killed six people, confirmed the Ukrainian army.",
            [("Ukrainian army", Stance.CLAIMS, "Russia")],
        ),
        (
            "The Ukrainian army, in a short statement, said Russian forces shelled Kharkiv.",
            [("Ukrainian army", Stance.CLAIMS, "Russia")],
        ),
        # Who was put in by a state speaks for the side that holds the ground, under the name that the text gives.
        (
            "Rockets hit Kherson. Officials appointed by Moscow claimed that Ukrainian forces had fired them.",
            [("Officials appointed by Moscow", Stance.CLAIMS, "Ukraine")],
        ),
        (
            "Shells hit Kherson. Moscow-installed authorities blamed Ukraine.",
            [("Moscow-installed authorities", Stance.CLAIMS, "Ukraine")],
        ),
        (
            "Shells hit Kherson. The Russian-backed administration said Ukraine had fired them.",
            [("Russian-backed administration", Stance.CLAIMS, "Ukraine")],
        ),
        (
            "Shells hit Kherson. The occupation authorities accused the Ukrainian army of the shelling.",
            [("occupation authorities", Stance.CLAIMS, "Ukraine")],
        ),
        (
            "Shells hit Kherson. A mayor installed by Russia did not comment.",
            [("mayor installed by Russia", Stance.SILENT, None)],
        ),
        # Silence may be told before the silent one.
        ("Shells hit Belgorod. There was no comment from Kyiv.", [("Ukraine", Stance.SILENT, None)]),
        # A service of a state is named as it is.
        (
            "Ukraine's air force said Russia had fired the missiles that hit Odesa.",
            [("Ukraine's air force", Stance.CLAIMS, "Russia")],
        ),
        ("Missiles hit Belgorod on Sunday.", []),
    ],
)
def test_who_says_what(text: str, expected: list[tuple[str, Stance, str | None]]) -> None:
    assert claims(text) == expected


@pytest.mark.parametrize(
    ("text", "speaker", "stance"),
    [
        (
            "Russian missiles hit Kyiv on Sunday. The air force reported that Russia had fired at least 99 missiles.",
            Party("air force"),
            Stance.CLAIMS,
        ),
        (
            "Israeli jets struck Rafah on Sunday. The army said it had struck a command post in Rafah.",
            Party("army", "IL"),
            Stance.CONFIRMS,
        ),
    ],
)
def test_an_army_that_names_a_state_as_the_doer_abroad_is_nobodys(text: str, speaker: Party, stance: Stance) -> None:
    assert [(claim.speaker, claim.stance) for claim in main_event(text).claims] == [(speaker, stance)]


@pytest.mark.parametrize(
    ("remark", "speaker", "about"),
    [
        ("The Sudanese air force said none of its aircraft had flown that night.", "Sudanese air force", "Sudan"),
        ("The Sudanese army said that none of its planes was in the area.", "Sudanese army", "Sudan"),
        ("Sudan's Defence Ministry said it had no jets over the town.", "Sudan's Defence Ministry", "Sudan"),
        ("The Sudanese army said its forces had not fired at the town.", "Sudanese army", "Sudan"),
    ],
)
def test_a_denial_of_a_service_is_no_deed_of_it(remark: str, speaker: str, about: str) -> None:
    event = main_event("Bombs fell on a market in Omdurman on Sunday and killed nine. " + remark)
    assert [(c.speaker.name, c.stance, c.about and c.about.name) for c in event.claims] == [
        (speaker, Stance.DENIES, about)
    ]
    assert event.actor is None


@pytest.mark.parametrize(
    "remark",
    [
        "The Sudanese army said none of its soldiers was killed in the attack.",
        "The Sudanese army said it had no information about the shelling.",
        "The Sudanese army said it had no casualties.",
    ],
)
def test_who_denies_losses_or_knows_nothing_denies_no_deed(remark: str) -> None:
    event = main_event("Shells hit a market in Omdurman on Sunday and killed nine. " + remark)
    assert not [claim for claim in event.claims if claim.stance is not Stance.SILENT]
    assert event.actor is None


def test_a_claim_quotes_its_words() -> None:
    text = "Missiles hit Belgorod. The Russian Defense Ministry claims that Ukraine was behind the attack."
    (claim,) = main_event(text).claims
    assert claim == Claim(Party("Russian Defense Ministry", "RU"), Stance.CLAIMS, claim.span, UKRAINE)
    assert text[claim.span.start : claim.span.end] == "Russian Defense Ministry claims"


def test_blame_for_a_war_is_not_blame_for_the_attack() -> None:
    text = (
        "Rockets hit the Russian city of Belgorod on Saturday. Moscow said Ukraine was behind the attack. "
        "Allies, placing the blame on the Kremlin, called for calm."
    )
    assert main_event(text).actor == UKRAINE


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gunmen of the ELN attacked a police post in Goma on Sunday.", "ELN"),
        ("Fighters loyal to Al-Shabaab stormed a hotel in Mogadishu on Sunday.", "Al-Shabaab"),
        ("Aircraft of the Saudi-led coalition struck a prison in Saada on Sunday.", "Saudi-led coalition"),
        ("CODECO fighters armed with blades killed around 30 people near Bunia on Sunday.", "CODECO"),
        ("Nine soldiers died when M23 rebels attacked their post with rockets near Goma on Sunday.", "M23"),
        ("Twelve soldiers died in clashes with Houthi fighters near Saada on Sunday.", "Houthis"),
        ("Turkey's army said one of its drones had struck a wedding near Erbil on Sunday.", "Turkey"),
        ("Fighting went on near Kursk on Sunday after Ukrainian troops crossed into Russia.", "Ukraine"),
        ("The RSF took Omdurman on Sunday.", "Rapid Support Forces"),
        ("US aircraft struck depots used by Kataib Hezbollah near Erbil on Sunday.", "United States of America"),
        ("Residents who reached Sudan told of an ambush near Goma on Sunday.", None),
        ("A grenade went off near a base held by M23 in Goma on Sunday.", None),
    ],
)
def test_forces_of_a_party(text: str, name: str | None) -> None:
    actor = main_event(text).actor
    assert (actor.name if actor else None) == name


def test_the_one_drone_that_got_through_was_sent_by_who_sent_the_others() -> None:
    event = main_event(
        "Ukraine's air force said it had shot down 20 of 24 drones that Russia sent on Sunday. One drone got "
        "through to Odesa and struck a school, killing one person."
    )
    assert event.actor == RUSSIA
