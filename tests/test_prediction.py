"""A reading as a row for scoring: one word a kind, figures with their open ends, the main event first."""

from __future__ import annotations

import json

import pytest

from model import Casualties, CountRange, EventKind, Precision, Reading, ResponseLink, Stance, Telling
from prediction import event_type, prediction
from tests import factories
from tests.factories import RUSSIAN_MINISTRY, UKRAINE

NAMES = {"UA": "Ukraine", "RU": "Russia"}
FINE = [
    "missile",
    "drone",
    "rocket",
    "shelling",
    "airstrike",
    "suicide_bombing",
    "grenade",
    "ied",
    "shooting",
    "ground",
    "none",
]


def predict(reading: Reading) -> dict:
    said = prediction(reading, lambda code: NAMES.get(code, code))
    return json.loads(json.dumps(said, allow_nan=False))


def only_event(*given: dict, **ends: object) -> dict:
    told = factories.report()
    events = [factories.placed(factories.event(told, n, **fields), **ends) for n, fields in enumerate(given)]
    found = predict(factories.reading(told, events))["events"]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_has_a_word_that_scoring_knows(kind: EventKind) -> None:
    assert event_type(factories.event(kind=kind)) in FINE


@pytest.mark.parametrize(
    ("kind", "weapon", "expected"),
    [
        (EventKind.MISSILE_STRIKE, "", "missile"),
        (EventKind.STRIKE, "", "shelling"),
        (EventKind.EXPLOSION, "car bomb", "ied"),
        (EventKind.OTHER, "", "none"),
        (EventKind.INTERCEPTION, "", "missile"),
        (EventKind.INTERCEPTION, "Shahed drones", "drone"),
        (EventKind.INTERCEPTION, "UAVs", "drone"),
    ],
)
def test_words_of_kinds(kind: EventKind, weapon: str, expected: str) -> None:
    assert event_type(factories.event(kind=kind, weapon=weapon)) == expected


@pytest.mark.parametrize(
    ("count", "least", "most"),
    [
        (None, None, None),
        (CountRange(22, 22, 22), 22, 22),
        (CountRange(22, 22, None, "at least"), 22, 22),
        (CountRange(None, 110, 110, "nearly"), 110, 110),
        (CountRange(20, None, 30), 20, 30),
        (CountRange(None, None, 30), 30, 30),
        (CountRange(40, 50, 60, "about"), 50, 60),
        (CountRange(0, 0, 0), 0, 0),
    ],
)
def test_figures(count: CountRange | None, least: int | None, most: int | None) -> None:
    said = only_event({"casualties": Casualties(killed=count)})
    assert (said["killed_min"], said["killed_max"]) == (least, most)
    assert (said["killed_low"], said["killed_high"]) == ((count.low, count.high) if count else (None, None))
    assert (said["injured_min"], said["injured_max"]) == (None, None)


def test_full_reading() -> None:
    said = predict(factories.full_reading())
    strike = said["events"][0]
    assert (strike["place"], strike["lat"], strike["lon"], strike["country"]) == ("Belgorod", 50.61, 36.58, "Russia")
    assert (strike["date"], strike["date_basis"], strike["event_type"]) == ("2023-12-30", "relative", "rocket")
    assert (strike["attacker"], strike["attacker_country"], strike["main"]) == ("Ukraine", "Ukraine", True)
    assert [(c["speaker"], c["stance"], c["about"]) for c in strike["claims"]] == [
        ("Russian Defence Ministry", "claims", "Ukraine"),
        ("Ukraine", "silent", None),
    ]
    assert strike["retaliation_for"] == 1
    assert said["events"][1]["date"] is None
    assert said["events"][1]["retaliation_for"] is None
    assert [m["text"] for m in said["mentions"]] == ["Belgorod", "Kharkiv"]
    assert said["timexes"] == [{"text": "Saturday", "start": factories.TEXT.index("Saturday"), "date": "2023-12-30"}]


def test_main_event_comes_first_and_links_follow_it() -> None:
    told = factories.report()
    events = [factories.placed(factories.event(told, n, main=n == 1)) for n in range(2)]
    link = ResponseLink(events[1].event.id, events[0].event.id, factories.span("a day after"))
    said = predict(factories.reading(told, events, links=(link,)))["events"]
    assert [event["main"] for event in said] == [True, False]
    assert [event["retaliation_for"] for event in said] == [1, None]


def test_only_what_is_reported_counts_unless_nothing_is() -> None:
    told = factories.report()
    tellings = [Telling.BACKGROUND, Telling.REPORTED, Telling.PLANNED]
    events = [factories.placed(factories.event(told, n, telling=telling)) for n, telling in enumerate(tellings)]
    assert [e["telling"] for e in predict(factories.reading(told, events))["events"]] == ["reported"]
    assert len(predict(factories.reading(told, [events[0], events[2]]))["events"]) == 2
    assert predict(factories.reading(told, []))["events"] == []


def test_what_is_no_attack_counts_only_alone() -> None:
    assert only_event({"kind": EventKind.OTHER}, {})["event_type"] == "rocket"
    assert only_event({"kind": EventKind.OTHER})["event_type"] == "none"


def test_country_has_a_name_but_no_point() -> None:
    country = factories.resolution("Kharkiv", precision=Precision.COUNTRY)
    said = only_event({"target": country.toponym}, target=country)
    assert (said["place"], said["country"], said["precision"]) == ("Kharkiv", "Ukraine", "country")
    assert (said["lat"], said["lon"]) == (None, None)


def test_unresolved_place_keeps_the_words_and_the_side_that_was_hit() -> None:
    nowhere = factories.unresolved("Belgorod")
    said = only_event({"target": nowhere.toponym, "target_side": RUSSIAN_MINISTRY}, target=nowhere)
    assert (said["place"], said["lat"], said["country"]) == ("Belgorod", None, "Russia")


def test_silent_event_is_all_null() -> None:
    said = only_event({"when": None})
    empty = (
        "date",
        "date_first",
        "date_basis",
        "place",
        "lat",
        "country",
        "attacker",
        "attacker_country",
        "killed_min",
    )
    assert {name: said[name] for name in empty} == dict.fromkeys(empty)


def test_claim_about_nobody_is_kept() -> None:
    said = only_event({"actor": UKRAINE, "claims": (factories.claim(UKRAINE, Stance.DENIES),)})
    assert said["claims"] == [{"speaker": "Ukraine", "stance": "denies", "about": None, "start": 0}]


def test_unresolved_mentions_and_meaningless_days_are_left_out() -> None:
    told = factories.report()
    said = predict(factories.reading(told, [], mentions=(factories.unresolved("Kharkiv"),)))
    assert said == {"events": [], "mentions": [], "timexes": []}
