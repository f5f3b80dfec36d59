"""What the pages ask: one row an event, with the types and the meaning of each column fixed."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from sqlalchemy import Engine

from model import (
    Casualties,
    Claim,
    CountRange,
    DayPrecision,
    EventFilter,
    EventKind,
    Party,
    Precision,
    Reading,
    ResponseLink,
    Stance,
    Telling,
)
from store import query
from store.query import ReportUnknown
from store.record import add_report
from tests import factories
from tests.factories import RUSSIA, RUSSIAN_MINISTRY, UKRAINE

COLUMNS = [
    "event_id",
    "report_id",
    "kind",
    "telling",
    "weapon",
    "first_day",
    "last_day",
    "best_day",
    "day_basis",
    "day_precision",
    "time_of_day",
    "place_text",
    "place_name",
    "place_id",
    "country",
    "admin1",
    "lat",
    "lon",
    "precision",
    "precision_km",
    "place_score",
    "killed_low",
    "killed",
    "killed_high",
    "killed_hedge",
    "injured_low",
    "injured",
    "injured_high",
    "injured_hedge",
    "actor",
    "actor_country",
    "target_side",
    "claim_status",
    "origin_name",
    "origin_lat",
    "origin_lon",
    "origin_country",
    "origin_basis",
    "main",
    "outlet",
    "title",
    "published",
    "review",
]
ANY = EventFilter()
DAY = date(2023, 12, 30)


def add(engine: Engine, *found: object, text: str = factories.TEXT, **given: object) -> str:
    """Store a report with these events, each (event fields, target, origin)."""
    told = factories.report(text, **given)
    events = []
    for number, item in enumerate(found):
        fields, *ends = item if isinstance(item, tuple) else (item,)
        events.append(factories.placed(factories.event(told, number, **fields), *ends))
    add_report(engine, factories.reading(told, events), by="ana", at=factories.MOMENT)
    return told.id


def only(table: pd.DataFrame) -> pd.Series:
    assert len(table) == 1
    return table.iloc[0]


def test_columns_are_exactly_these(fresh_store: Engine) -> None:
    assert list(query.events(fresh_store, ANY).columns) == COLUMNS


def test_empty_table_has_the_types_of_a_full_one(fresh_store: Engine) -> None:
    empty = query.events(fresh_store, ANY).dtypes
    add_report(fresh_store, factories.full_reading(), by="ana", at=factories.MOMENT)
    assert query.events(fresh_store, ANY).dtypes.equals(empty)


def test_every_column_of_a_full_event(fresh_store: Engine) -> None:
    given = factories.full_reading()
    add_report(fresh_store, given, by="ana", at=factories.MOMENT)
    row = query.events(fresh_store, EventFilter(DAY, DAY)).iloc[0]
    assert (row.event_id, row.report_id) == (given.events[0].event.id, given.report.id)
    assert (row.kind, row.telling, row.weapon) == ("rocket strike", "reported", "rockets")
    assert (row.first_day, row.last_day, row.best_day, row.day_precision) == (DAY, DAY, DAY, 1)
    assert (row.place_text, row.place_name, row.place_id, row.country) == ("Belgorod", "Belgorod", 578072, "RU")
    assert (row.lat, row.lon, row.precision, row.place_score) == (50.61, 36.58, 1, 0.9)
    assert (row.killed_low, row.killed, row.killed_hedge) == (22, 22, "at least")
    assert row.killed_high is pd.NA
    assert row.injured_low is pd.NA
    assert (row.injured, row.injured_high, row.injured_hedge) == (110, 110, "nearly")
    assert (row.actor, row.actor_country, row.target_side, row.claim_status) == ("Ukraine", "UA", "Russia", "claimed")
    assert (row.origin_name, row.origin_lat, row.origin_country, row.origin_basis) == ("Kharkiv", 49.98, "UA", "named")
    assert (row.main, row.outlet, row.title, row.published) == (True, "sample", "A strike", date(2024, 1, 1))


def test_silence_is_null_and_not_zero(fresh_store: Engine) -> None:
    add(fresh_store, {}, {"casualties": Casualties(killed=CountRange(0, 0, 0))})
    table = query.events(fresh_store, ANY)
    assert table["killed"].tolist() == [pd.NA, 0]
    assert table["killed"].sum() == 0


def test_event_off_the_map_is_in_the_table_without_a_point(fresh_store: Engine) -> None:
    text = "Rockets hit a village."
    add(fresh_store, ({}, factories.unresolved("village", text)), {}, text=text)
    table = query.events(fresh_store, ANY)
    assert table[["lat", "lon"]].isna().all(axis=None)
    assert table["precision"].tolist() == [Precision.UNRESOLVED, pd.NA]
    assert table["place_name"].tolist() == ["", ""]


def interval(first: int, last: int) -> dict:
    start, end = DAY + timedelta(first), DAY + timedelta(last)
    return {"when": factories.when(start, last_day=end, best=end, precision=DayPrecision.DAYS)}


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, True),
        (-1, 1, True),
        (0, 0, True),  # it may have happened on either day of its interval
        (1, 1, True),
        (2, 5, False),
        (-5, -1, False),
        (None, 0, True),
        (None, -1, False),
        (1, None, True),
        (2, None, False),
    ],
)
def test_event_is_in_a_range_that_its_days_overlap(
    fresh_store: Engine, first: int | None, last: int | None, expected: bool
) -> None:
    add(fresh_store, interval(0, 1))
    ends = [None if n is None else DAY + timedelta(n) for n in (first, last)]
    assert len(query.events(fresh_store, EventFilter(*ends))) == expected


def test_undated_events_are_apart_from_every_range(fresh_store: Engine) -> None:
    add(fresh_store, {"when": None}, {}, {"when": None, "kind": EventKind.SHELLING})
    dated = EventFilter(DAY, DAY)
    assert len(query.events(fresh_store, dated)) == 1
    assert len(query.undated(fresh_store, dated)) == 2
    assert len(query.undated(fresh_store, EventFilter(kinds=frozenset({EventKind.SHELLING})))) == 1
    every = query.events(fresh_store, ANY)
    assert every["best_day"].tolist() == [DAY, None, None]
    assert list(query.undated(fresh_store, ANY).columns) == COLUMNS


def test_kinds_and_tellings_are_chosen(fresh_store: Engine) -> None:
    add(fresh_store, {"kind": EventKind.SHELLING}, {"telling": Telling.BACKGROUND}, {"kind": EventKind.DRONE_STRIKE})
    asked = EventFilter(kinds=frozenset({EventKind.SHELLING, EventKind.ROCKET_STRIKE}))
    assert query.events(fresh_store, ANY)["kind"].tolist() == ["shelling", "drone strike"]
    assert query.events(fresh_store, asked)["kind"].tolist() == ["shelling"]
    assert len(query.events(fresh_store, EventFilter(tellings=frozenset()))) == 3
    assert (
        only(query.events(fresh_store, EventFilter(tellings=frozenset({Telling.BACKGROUND}))))["kind"]
        == "rocket strike"
    )


CLAIM, DENY, CONFIRM, STATE, SILENT = (
    Stance.CLAIMS,
    Stance.DENIES,
    Stance.CONFIRMS,
    Stance.STATES,
    Stance.SILENT,
)


ARMY, REBELS, STATE_OF_BOTH = Party("army", "SD"), Party("Rapid Support Forces", "SD"), Party("Sudan", "SD")


def by(stance: Stance, speaker=RUSSIAN_MINISTRY, about=UKRAINE) -> Claim:
    return factories.claim(speaker, stance, about)


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([], "stated"),
        ([by(CLAIM)], "claimed"),
        ([by(CLAIM), by(SILENT, UKRAINE, None)], "claimed"),
        ([by(CLAIM), by(STATE)], "stated"),
        ([by(STATE)], "stated"),
        ([by(CLAIM), by(CONFIRM, UKRAINE)], "confirmed"),
        ([by(CLAIM), by(DENY, UKRAINE)], "contested"),
        ([by(CLAIM), by(DENY, UKRAINE, None)], "contested"),
        ([by(CONFIRM), by(DENY, UKRAINE)], "contested"),
        ([by(CLAIM), by(CLAIM, UKRAINE, RUSSIA)], "contested"),  # each names the other
        ([by(CLAIM), by(CLAIM, RUSSIA, Party("Ukrainian forces", "UA"))], "claimed"),  # one side under two names
        ([by(CLAIM), by(DENY, RUSSIA, RUSSIA)], "claimed"),  # denied of somebody else
        # An army and the rebels of its country, each naming the other.
        ([by(CLAIM, ARMY, REBELS), by(CLAIM, REBELS, STATE_OF_BOTH)], "contested"),
        ([by(CLAIM, ARMY, REBELS), by(CONFIRM, REBELS, REBELS)], "confirmed"),
    ],
)
def test_claim_status(fresh_store: Engine, claims: list[Claim], expected: str) -> None:
    add(fresh_store, {"actor": UKRAINE, "claims": tuple(claims)})
    assert only(query.events(fresh_store, ANY)).claim_status == expected


@pytest.mark.parametrize(
    ("actor", "target", "origin", "basis", "country"),
    [
        (UKRAINE, "Belgorod", "Kharkiv", "named", "UA"),
        (UKRAINE, "Belgorod", None, "country", "UA"),
        (UKRAINE, "Kharkiv", None, "", ""),  # within one country
        (None, "Belgorod", None, "", ""),
        (None, "Belgorod", "Kharkiv", "named", "UA"),
        (UKRAINE, None, None, "", ""),
        (Party("A group"), "Belgorod", None, "", ""),
    ],
)
def test_origin_is_never_invented(fresh_store: Engine, actor, target, origin, basis: str, country: str) -> None:
    ends = [factories.resolution(name) if name else None for name in (target, origin)]
    add(fresh_store, ({"actor": actor}, *ends))
    row = only(query.events(fresh_store, ANY))
    assert (row.origin_basis, row.origin_country) == (basis, country)
    assert pd.isna(row.origin_lat) == (basis != "named")


def test_country_as_origin_is_no_point(fresh_store: Engine) -> None:
    """ "Launched from Russia" says which side of the border, not where: its middle is in Siberia."""
    country = factories.resolution("Belgorod", precision=Precision.COUNTRY)
    add(fresh_store, ({}, factories.resolution("Kharkiv"), country), ({}, factories.resolution("Belgorod"), country))
    first, second = query.events(fresh_store, ANY).itertuples()
    assert (first.origin_basis, first.origin_country, first.origin_name) == ("country", "RU", "")
    assert pd.isna(first.origin_lat)
    assert (second.origin_basis, second.origin_country) == ("", "")


def test_unresolved_origin_is_no_point(fresh_store: Engine) -> None:
    add(fresh_store, ({"actor": UKRAINE}, factories.resolution("Belgorod"), factories.unresolved("Kharkiv")))
    row = only(query.events(fresh_store, ANY))
    assert (row.origin_basis, row.origin_name) == ("country", "")


def test_link_carries_its_sentence(fresh_store: Engine) -> None:
    given = factories.full_reading()
    add_report(fresh_store, given, by="ana", at=factories.MOMENT)
    row = only(query.links(fresh_store, EventFilter(DAY, DAY)))
    link = given.links[0]
    assert (row.event_id, row.answers_id, row.report_id) == (link.event_id, link.answers_id, given.report.id)
    assert (row.claimant, row.quote, row.confidence) == ("Russia", "a day after", 0.75)
    assert (row.start, row.end) == (link.span.start, link.span.end)
    assert query.links(fresh_store, EventFilter(DAY + timedelta(1))).empty


def test_quote_of_a_link_counts_characters_not_bytes(fresh_store: Engine) -> None:
    text = "«Ответ» 🙂: a reply."
    told = factories.report(text)
    events = [factories.placed(factories.event(told, n)) for n in (0, 1)]
    link = ResponseLink(events[0].event.id, events[1].event.id, factories.span("a reply", text))
    add_report(fresh_store, factories.reading(told, events, links=(link,)), by="ana", at=factories.MOMENT)
    row = only(query.links(fresh_store, ANY))
    assert (row.quote, row.claimant) == ("a reply", "")


def test_reports_are_listed_newest_first_with_what_was_read(fresh_store: Engine) -> None:
    other = {"kind": EventKind.OTHER}
    add(fresh_store, {}, {"telling": Telling.PLANNED}, other, text="One.", published=date(2024, 1, 1))
    add(fresh_store, text="Two.", published=None)
    add(fresh_store, {}, {}, text="Three.", published=date(2024, 2, 1), note="n", language="en")
    unread = Reading(factories.report("Один.", language="ru", published=date(2023, 1, 1)), ())
    add_report(fresh_store, unread, by="ana", at=factories.MOMENT)
    table = query.reports(fresh_store)
    assert table["published"].tolist() == [date(2024, 2, 1), date(2024, 1, 1), date(2023, 1, 1), None]
    assert table["events"].tolist() == [2, 1, 0, 0]
    assert table["read"].tolist() == [True, True, False, True]
    assert table["language"].tolist() == ["en", "en", "ru", "en"]
    assert set(table["added_by"]) == {"ana"}
    assert query.report_count(fresh_store) == 4


def test_day_limits_are_those_of_reported_events(fresh_store: Engine) -> None:
    assert query.day_limits(fresh_store) is None
    add(fresh_store, {"when": None})
    assert query.day_limits(fresh_store) is None
    background = {"telling": Telling.BACKGROUND} | interval(-400, -400)
    add(fresh_store, interval(-3, -2), interval(1, 4), background, text="More.")
    assert query.day_limits(fresh_store) == (DAY + timedelta(-2), DAY + timedelta(4))


def test_revision_moves_with_each_write_and_only_then(fresh_store: Engine) -> None:
    assert query.data_revision(fresh_store) == 0
    for expected in (1, 1):
        add_report(fresh_store, factories.full_reading(), by="ana", at=factories.MOMENT)
        query.events(fresh_store, ANY)
        assert query.data_revision(fresh_store) == expected
    add(fresh_store, text="Another.")
    assert query.data_revision(fresh_store) == 2


def test_unknown_report_is_named(fresh_store: Engine) -> None:
    with pytest.raises(ReportUnknown, match="no-such"):
        query.reading(fresh_store, "no-such")


def test_hostile_text_is_only_text(fresh_store: Engine) -> None:
    text = "'); DROP TABLE report; -- {{7*191}} <script> %s ? :x"
    report_id = add(fresh_store, {"weapon": text}, text=text, title=text)
    row = only(query.events(fresh_store, ANY))
    assert (row.weapon, row.title) == (text, text)
    assert query.reading(fresh_store, report_id).report.text == text
