"""The bundled reports: what they promise as files, and what the program reads from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine

import pipeline
from geo.gazetteer import open_gazetteer
from intake import Item, find_files, read_file
from model import EventFilter, Reading, Stance
from store import query
from store.database import open_store
from store.record import add_report

SAMPLES = Path(__file__).parents[1] / "samples"
FILES = find_files(SAMPLES)
WINDOWS = ((date(2023, 12, 29), date(2024, 1, 2)), (date(2024, 2, 1), date(2024, 2, 29)))


@lru_cache(maxsize=1)
def items() -> dict[str, Item]:
    found = {}
    for path in FILES:
        (item,) = read_file(path, today=date(2024, 12, 31), note=pytest.fail)
        assert isinstance(item, Item), item
        found[path.stem] = item
    return found


@lru_cache(maxsize=1)
def readings() -> dict[str, Reading]:
    gazetteer = open_gazetteer()
    return {name: pipeline.read(item.report, gazetteer) for name, item in items().items()}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_store(tmp_path_factory.mktemp("samples") / "store.sqlite")
    for reading in readings().values():
        add_report(engine, reading, by="sample", at=datetime(2024, 3, 1, tzinfo=UTC))
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def events(loaded: Engine) -> pd.DataFrame:
    return query.events(loaded, EventFilter())


@pytest.mark.parametrize("name", [path.stem for path in FILES])
def test_each_report_is_short_dated_and_says_what_it_is(name: str) -> None:
    told = items()[name].report
    assert 60 <= len(told.text.split()) <= 160
    assert told.published
    assert name.startswith(told.published.isoformat())
    assert (told.outlet, told.note) == ("sample", "paraphrase written for Strikeline")
    assert told.title
    assert told.language == pipeline.language_of(told.text)


def test_there_are_enough_and_in_three_languages() -> None:
    languages = [item.report.language for item in items().values()]
    assert languages.count("en") >= 14
    assert (languages.count("ru"), languages.count("uk")) == (2, 2)
    assert len({item.report.id for item in items().values()}) == len(FILES)


def test_other_languages_are_stored_shown_and_not_read(loaded: Engine, events: pd.DataFrame) -> None:
    table = query.reports(loaded)
    foreign = table[table["language"] != "en"]
    assert len(foreign) == 4
    assert not foreign["read"].any()
    assert table[table["language"] == "en"]["read"].all()
    assert not set(foreign["report_id"]) & set(events["report_id"])


def test_every_english_report_gives_an_event() -> None:
    silent = [name for name, reading in readings().items() if reading.version and not reading.events]
    assert silent == []


def test_every_reading_comes_back_from_the_store(loaded: Engine) -> None:
    for reading in readings().values():
        back = query.reading(loaded, reading.report.id)
        assert back.events == tuple(_shortened(back, reading))
        assert (back.report, back.links, back.days) == (reading.report, reading.links, reading.days)


def _shortened(back: Reading, reading: Reading) -> Iterator[object]:
    """The events as the store keeps them: with the best candidates only."""
    for stored, told in zip(back.events, reading.events, strict=True):
        assert stored.event == told.event
        for mine, theirs in ((stored.target, told.target), (stored.origin, told.origin)):
            assert (mine and mine.place) == (theirs and theirs.place)
        yield stored


def at(events: pd.DataFrame, name: str, **wanted: object) -> pd.DataFrame:
    """The events of one sample with these values."""
    found = events[events["report_id"] == items()[name].report.id]
    for column, value in wanted.items():
        found = found[found[column] == value]
    return found


@pytest.mark.parametrize(
    ("name", "place", "country", "day", "killed", "injured"),
    [
        ("2023-12-29-kharkiv-three-waves", "Kharkiv", "UA", date(2023, 12, 29), 3, 13),
        ("2023-12-30-belgorod-first-report", "Belgorod", "RU", date(2023, 12, 30), 2, None),
        ("2023-12-30-belgorod-fourteen", "Belgorod", "RU", date(2023, 12, 30), 14, 108),
        ("2023-12-31-belgorod-twenty-four", "Belgorod", "RU", date(2023, 12, 30), 24, 108),
        ("2023-12-31-kharkiv-centre", "Kharkiv", "UA", date(2023, 12, 30), 0, 28),
        ("2023-12-31-borova", "Borova", "UA", date(2023, 12, 31), 3, None),
        ("2024-01-01-donetsk", "Donetsk", "UA", date(2024, 1, 1), 4, 13),
        ("2024-01-02-kharkiv-kyiv", "Kharkiv", "UA", date(2024, 1, 2), 1, 52),
        ("2024-02-04-lysychansk", "Lysychansk", "UA", date(2024, 2, 3), 28, None),
        ("2024-02-06-zolochiv", "Zolochiv", "UA", date(2024, 2, 6), 1, 3),
        ("2024-02-15-belgorod-shopping-centre", "Belgorod", "RU", date(2024, 2, 15), 7, 18),
    ],
)
def test_what_is_read(
    events: pd.DataFrame, name: str, place: str, country: str, day: date, killed: object, injured: object
) -> None:
    found = at(events, name, place_text=place, country=country, best_day=day)
    assert (killed, injured) in [(known(row.killed), known(row.injured)) for row in found.itertuples()]


def known(figure: object) -> object:
    return None if figure is pd.NA else figure


def test_toll_story_of_belgorod_rises_with_the_day(events: pd.DataFrame) -> None:
    told = events[
        (events["place_name"] == "Belgorod") & (events["best_day"] == date(2023, 12, 30)) & events["killed"].notna()
    ]
    assert {2, 14, 24, 25} <= set(told["killed"])


def test_strike_is_claimed_denied_and_passed_over_in_silence(events: pd.DataFrame) -> None:
    stances = {claim.stance for reading in readings().values() for p in reading.events for claim in p.event.claims}
    assert {Stance.CLAIMS, Stance.DENIES, Stance.SILENT} <= stances
    assert at(events, "2023-12-30-belgorod-fourteen")["claim_status"].tolist() == ["contested"]


def test_arcs_cross_the_border_both_ways(events: pd.DataFrame) -> None:
    ways = {(row.origin_country, row.country) for row in events[events["origin_basis"] != ""].itertuples()}
    assert {("RU", "UA"), ("UA", "RU")} <= ways
    assert "named" in set(events["origin_basis"])


def test_something_is_left_for_the_tray(events: pd.DataFrame) -> None:
    off_map = events[events["lat"].isna() | (events["precision"] > 2) | events["best_day"].isna()]
    assert len(off_map) >= 2
    assert 6 in set(events["precision"].dropna())  # a whole country


def test_days_stand_in_the_two_windows(events: pd.DataFrame) -> None:
    placed = events[(events["precision"] <= 2) & events["best_day"].notna()]
    outside = [day for day in placed["best_day"] if not any(first <= day <= last for first, last in WINDOWS)]
    assert outside == []


def test_no_sentence_is_an_address_or_markup() -> None:
    for item in items().values():
        assert not re.search(r"https?://|[<>{}]", item.report.text)


@pytest.mark.parametrize(
    ("name", "weapon"),
    [
        ("2023-12-29-kharkiv-three-waves", "S-300, Iskander-M and Kh-22 missiles"),
        ("2023-12-30-belgorod-fourteen", "Vilkha missiles and Czech-made Vampire rockets"),
        ("2023-12-31-kharkiv-centre", "S-300 missiles"),
        ("2024-02-04-lysychansk", "HIMARS rockets"),
        ("2024-02-28-kupiansk", "guided bombs"),
    ],
)
def test_weapons_are_named_by_their_model(name: str, weapon: str) -> None:
    assert readings()[name].events[0].event.weapon == weapon


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("2024-01-01-shebekino", ["Shebekino"]),
        ("2024-01-01-odesa", ["Ukraine", "Odesa"]),
        ("2024-02-10-kharkiv-fuel", ["Kharkiv", "Velykyi Burluk"]),
    ],
)
def test_no_event_is_spurious(name: str, places: list[str]) -> None:
    told = [placed.event for placed in readings()[name].events]
    assert [event.target.text if event.target else None for event in told] == places
    assert {event.actor.country for event in told if event.actor} == ({"UA"} if "shebekino" in name else {"RU"})
    assert all(event.actor for event in told)


def test_occupation_officials_speak_for_themselves() -> None:
    claims = readings()["2024-02-04-lysychansk"].events[0].event.claims
    assert [claim.speaker.name for claim in claims] == ["Officials appointed by Moscow", "Ukraine"]
