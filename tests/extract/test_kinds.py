from __future__ import annotations

import pytest

from extract.bare_weapons import weapon_alone
from extract.crosswalk import codes_of
from extract.cues import Act, Sort, find_cues
from extract.kinds import KindChoice, choose_kind, elsewhere_cue, same_family
from extract.phrases import split_words
from extract.wordlist import EXAMPLE, Row, read_list
from model import EventKind, Span

K = EventKind


def kind_of(text: str, *, by_state: bool = False, by_group: bool = False) -> EventKind | None:
    cues = find_cues(text, split_words(text))
    choice = choose_kind(text, cues, placed=True, by_state=by_state, by_group=by_group)
    return choice.kind if choice else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Missiles and rockets struck the port.", K.MISSILE_STRIKE),  # the first named weapon
        ("A barrage of rockets hit the town.", K.ROCKET_STRIKE),
        ("Mortar rounds landed near the school.", K.SHELLING),
        ("The village was shelled again.", K.SHELLING),
        ("Two drones crashed into a fuel depot.", K.DRONE_STRIKE),
        ("A missile fired by a drone hit a car.", K.DRONE_STRIKE),  # what carries the weapon names the kind
        ("Jets dropped bombs on the hillside.", K.AIR_STRIKE),
        ("The massive air assault lasted all night.", K.AIR_STRIKE),
        ("A strike on the hotel killed two.", K.STRIKE),
        ("A roadside bomb went off beside a patrol.", K.EXPLOSION),
        ("An army lorry struck a landmine.", K.EXPLOSION),
        ("A suicide bomber attacked the gate.", K.SUICIDE_BOMBING),
        ("A suicide drone hit the radar.", K.DRONE_STRIKE),
        ("A grenade was lobbed into a bar.", K.GRENADE),
        ("Gunmen opened fire on a bus.", K.SHOOTING),
        ("Militants attacked the police post.", K.GROUND_COMBAT),
        ("Rebels captured the border town.", K.GROUND_COMBAT),
        ("A bomber walked into the mosque and set off his vest.", K.SUICIDE_BOMBING),
        ("Bombers hit the ridge with guided bombs.", K.AIR_STRIKE),
        ("Three people died in an assault on a mosque.", K.GROUND_COMBAT),
        ("The drone assault on the port lasted an hour.", K.DRONE_STRIKE),
        ("A mortar bomb that boys had found exploded while they played.", K.EXPLOSION),
        ("Gunmen opened fire minutes before sirens announced missiles.", K.SHOOTING),
        ("A soldier was killed in a gun battle.", K.GROUND_COMBAT),
        ("A drone set fire to an oil depot.", K.DRONE_STRIKE),
        ("A paraglider threw two bombs on the crowd.", K.AIR_STRIKE),
        ("A drone brought down a helicopter and killed six officers.", K.DRONE_STRIKE),
        ("A missile was shot down and fell on empty ground.", K.INTERCEPTION),
        ("A missile was shot down and its debris killed a man.", K.MISSILE_STRIKE),
        ("Bombs fell on the camp and killed nine.", K.STRIKE),
        ("Sappers blew up 40 shells in a quarry.", None),
        ("Soldiers found 12 mines and destroyed them.", None),
        ("The jet crashed on a training flight with bombs on board.", None),
        ("They fired mortars and small arms at the trench.", K.GROUND_COMBAT),
        ("They fired mortars and machine guns at the trench.", K.SHELLING),
        ("Air defences shot down nine drones over the bay.", K.INTERCEPTION),
        ("A drone was shot down and debris injured two people.", K.DRONE_STRIKE),
        ("An explosive-laden drone was launched at the airfield.", K.DRONE_STRIKE),
        ("Forces killed four militants in the gorge.", K.GROUND_COMBAT),
        ("A projectile hit a private house.", K.STRIKE),  # any weapon that flies
        ("Two projectiles of a rocket launcher hit the depot.", K.ROCKET_STRIKE),
        ("A mortar projectile killed a farmer.", K.SHELLING),
        # No attacks:
        ("Rebels captured a senior commander.", None),
        ("Nurses began a hunger strike.", None),
        ("An earthquake struck the coast and killed twelve.", None),
        ("A gas explosion at a chemical plant hurt three.", None),
        ("The council condemned the missile tests.", None),
        ("The minister spoke of the harvest.", None),
    ],
)
def test_kind(text: str, expected: EventKind | None) -> None:
    assert kind_of(text) is expected


def test_an_attack_without_a_weapon_hangs_on_who_attacks() -> None:
    text = "The attack on the town left three dead."
    assert kind_of(text, by_group=True) is K.GROUND_COMBAT
    assert kind_of(text, by_state=True) is K.STRIKE
    assert kind_of("Planes were heard before the market was bombed.", by_state=True) is K.AIR_STRIKE


def test_a_bare_weapon_tells_its_use_unless_something_else_is_told() -> None:
    note = "Rocket motor in a garden"
    choice = weapon_alone(find_cues(note, split_words(note)))
    assert choice is not None
    assert (choice.kind, choice.certain) == (K.ROCKET_STRIKE, False)
    protest = "A protest against rockets"
    assert weapon_alone(find_cues(protest, split_words(protest))) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Workers protested against the air strikes.", "protested"),
        ("Troops captured a wanted commander of the group that shelled the town.", "captured"),
        ("Police opened fire on protesters.", None),
        ("The air strikes went on despite the talks.", None),
    ],
)
def test_a_lead_about_something_else(text: str, expected: str | None) -> None:
    cue = elsewhere_cue(text, find_cues(text, split_words(text)))
    assert (text[cue.span.start : cue.span.end] if cue else None) == expected


def test_cues_keep_their_words() -> None:
    text = "Gunmen fired a rocket at the mill."
    cues = find_cues(text, split_words(text))
    assert [(text[c.span.start : c.span.end], c.sort) for c in cues] == [
        ("Gunmen", Sort.WEAPON),
        ("Gunmen", Sort.ATTACKER),
        ("fired", Sort.ACT),
        ("rocket", Sort.WEAPON),
    ]
    assert cues[2].act is Act.FIRE


def choice(kind: EventKind, *, certain: bool = True) -> KindChoice:
    return KindChoice(kind, Span(0, 1), None, "kind/test", certain)


def test_tellings_that_may_be_one_attack() -> None:
    assert same_family(choice(K.MISSILE_STRIKE), choice(K.SHELLING))
    assert same_family(choice(K.STRIKE, certain=False), choice(K.EXPLOSION))
    assert not same_family(choice(K.MISSILE_STRIKE), choice(K.SHOOTING))
    assert not same_family(choice(K.INTERCEPTION), choice(K.STRIKE, certain=False))


def test_every_kind_has_its_codes() -> None:
    for kind in EventKind:
        codes = codes_of(kind)
        assert codes.source
        assert bool(codes.acled_event) == (kind is not K.OTHER)
        assert codes.cameo in {"", "183", "1831", "190", "193", "194", "195", "1952"}
        assert codes.plover.partition("-")[0] in ("", "ASSAULT")
    assert codes_of(K.SUICIDE_BOMBING).cameo == "1831"
    assert (codes_of(K.DRONE_STRIKE).cameo, codes_of(K.MISSILE_STRIKE).plover) == ("1952", "ASSAULT-heavy-weapons")
    assert (codes_of(K.INTERCEPTION).cameo, codes_of(K.INTERCEPTION).plover) == ("", "")  # none that fits was found
    assert codes_of(K.AIR_STRIKE).ucdp_types == (1, 2, 3)
    assert codes_of(K.OTHER).ucdp_types == ()


@pytest.mark.parametrize("row", read_list("kinds", ("terms", "act")), ids=lambda row: row["terms"].split("|")[0])
def test_the_example_of_a_list_line_shows_its_act(row: Row) -> None:
    cues = find_cues(row[EXAMPLE], split_words(row[EXAMPLE]))
    assert row["act"] in {(cue.act or cue.kind) for cue in cues if cue.sort is Sort.ACT}


@pytest.mark.parametrize("row", read_list("weapons", ("terms", "kind")), ids=lambda row: row["terms"].split("|")[0])
def test_the_example_of_a_list_line_shows_its_weapon(row: Row) -> None:
    cues = find_cues(row[EXAMPLE], split_words(row[EXAMPLE]))
    assert row["kind"] in {cue.kind for cue in cues if cue.sort is Sort.WEAPON}
