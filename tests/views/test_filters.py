from datetime import date

import pytest

from model import EventKind, Precision, ReviewState
from tests.views.told import frame, row
from views import filters
from views.filters import Wanted

NAMES = {"RU": "Russia", "UA": "Ukraine"}
DEC_29, DEC_30 = date(2023, 12, 29), date(2023, 12, 30)
EVENTS = frame(
    row(n=1, killed=22, killed_low=22, title="Market hit"),
    row(n=2, kind="drone strike", actor="", actor_country="", claim_status="stated", precision=4),
    row(n=3, day=None, country="UA", place_name="Kharkiv", precision=None),
    row(n=4, day=date(2024, 1, 3), first_day=date(2024, 1, 1), injured_low=None, injured_high=40, injured=40),
)
REVIEWED = frame(
    row(n=1, review="rejected", weapon="HIMARS"),
    row(n=2, review="accepted", admin1="UA.07"),
    row(n=3, review="in doubt", admin1="", weapon="Drones"),
    row(n=4, weapon="drone"),
)


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        (Wanted(), [1, 2, 3, 4]),
        (Wanted(kinds=frozenset({EventKind.DRONE_STRIKE})), [2]),
        (Wanted(actors=frozenset({"UA"})), [1, 3, 4]),
        (Wanted(actors=frozenset({""})), [2]),  # not stated
        (Wanted(countries=frozenset({"UA"})), [3]),
        (Wanted(claims=frozenset({"stated"})), [2]),
        (Wanted(precision=Precision.NEAR), [1, 4]),
        (Wanted(killed=20), [1]),  # silent is not zero, and not twenty
        (Wanted(injured=40), [4]),  # "nearly 40"
        (Wanted(injured=41), []),
        (Wanted(DEC_30, DEC_30), [1, 2]),
        (Wanted(date(2024, 1, 1), date(2024, 1, 1)), [4]),  # an interval that overlaps
        (Wanted(DEC_29, DEC_29), []),
        (Wanted(words="MARKET"), [1]),
        (Wanted(words="kharkiv ukraine"), [3]),
        (Wanted(words=".*"), []),  # no pattern
        (Wanted(kinds=frozenset({EventKind.MISSILE_STRIKE}), actors=frozenset({""})), []),
    ],
)
def test_keep(wanted, kept):
    flags = filters.keep(EVENTS, wanted)
    assert EVENTS["report_id"][flags].tolist() == [f"{n:016x}" for n in kept]
    assert not filters.keep(frame(), wanted).any()


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        (Wanted(), [2, 3, 4]),  # a misreading counts only where it is asked for
        (Wanted(reviews=frozenset({ReviewState.REJECTED})), [1]),
        (Wanted(reviews=frozenset({ReviewState.ACCEPTED, ReviewState.NOT_REVIEWED})), [2, 4]),
        (Wanted(reviews=frozenset(ReviewState)), [1, 2, 3, 4]),
        (Wanted(weapons=frozenset({"HIMARS"})), []),  # rejected
        (Wanted(weapons=frozenset({"drone"})), [3, 4]),
        (Wanted(weapons=frozenset({""})), [2]),
        (Wanted(units=frozenset({"UA.07", ""})), [2, 3]),
    ],
)
def test_reviewed_events_weapons_and_provinces(wanted, kept):
    prepared = filters.prepare(REVIEWED)
    assert REVIEWED["report_id"][filters.keep(prepared, wanted)].tolist() == [f"{n:016x}" for n in kept]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("", ""),
        ("Drones", "drone"),
        ("cruise missiles", "cruise missile"),
        ("HIMARS", "HIMARS"),
        ("S-300", "S-300"),
        ("explosives", "explosive"),
        ("Shahed", "shahed"),
        ("glass", "glass"),
    ],
)
def test_weapons_without_case_and_number(written, name):
    assert filters.weapon_name(written) == name


def test_rejected_events_are_said_to_be_left_out():
    assert filters.rejected(REVIEWED) == 1
    assert filters.in_words(Wanted(), NAMES, rejected=1) == "All events, without 1 rejected on review"
    assert filters.in_words(Wanted(), NAMES, rejected=0) == "All events"
    only = Wanted(reviews=frozenset({ReviewState.REJECTED}))
    assert filters.in_words(only, NAMES, rejected=1) == "reviewed as rejected"
    assert ("not rejected", 1) in filters.obstacles(REVIEWED.iloc[:1], Wanted(), NAMES)


def test_prepared_events_pass_the_same_filters():
    prepared = filters.prepare(EVENTS)
    for wanted in (Wanted(), Wanted(DEC_30, DEC_30), Wanted(words="kharkiv ukraine"), Wanted(killed=20)):
        assert (filters.keep(prepared, wanted) == filters.keep(EVENTS, wanted)).all()
    assert filters.prepare(frame()).empty


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted(), "All events"),
        (Wanted(kinds=frozenset({EventKind.DRONE_STRIKE, EventKind.STRIKE})), "Drone strike or strike"),
        (Wanted(units=frozenset({"UA.07"}), weapons=frozenset({"HIMARS", ""})), "in UA.07, with HIMARS or not stated"),
        (
            Wanted(reviews=frozenset({ReviewState.NOT_REVIEWED, ReviewState.ACCEPTED})),
            "not reviewed, or reviewed as accepted",
        ),
        (Wanted(actors=frozenset({"RU", ""})), "by Russia or not stated"),
        (Wanted(DEC_29, DEC_30, killed=5), "5 or more killed, 29–30 December 2023"),
        (Wanted(precision=Precision.NEAR, words=" x "), "placed to near a town or better, with ‘x’"),
        (Wanted(claims=frozenset({"claimed"}), countries=frozenset({"XX"})), "in XX, told as claimed"),
    ],
)
def test_in_words(wanted, words):
    assert filters.in_words(wanted, NAMES) == words


def test_obstacles_name_what_to_drop():
    wanted = Wanted(DEC_29, DEC_29, kinds=frozenset({EventKind.DRONE_STRIKE}))
    assert filters.obstacles(EVENTS, wanted, NAMES) == (("29 December 2023", 1), ("Drone strike", 0))


def test_positions_follow_the_ids():
    flags = filters.keep(EVENTS, Wanted(killed=1))
    ids = [EVENTS["event_id"].iloc[n] for n in (3, 0)]
    assert filters.positions(EVENTS, ids).tolist() == [3, 0]
    assert flags[filters.positions(EVENTS, ids)].tolist() == [False, True]


def test_counts():
    assert filters.counts(EVENTS, "actor_country") == {"UA": 3, "": 1}


def test_without_days_keeps_the_rest():
    wanted = Wanted(DEC_29, DEC_30, killed=3, words="x")
    assert filters.without_days(wanted) == Wanted(killed=3, words="x")
