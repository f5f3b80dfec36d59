"""What an analyst says a name means: kept for ever, in force at once, and never in place of what the rules said."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, insert, inspect, select, update

from choices import by_rules
from model import EventFilter, Level, Place, Precision
from store import choices, query, schema
from store.database import ChoiceRefused, StoreUnusable, open_store, reader, writer
from store.record import add_report
from store.toponyms import doubtful
from store.verify import verify
from tests import factories

LATER = factories.MOMENT + timedelta(days=1)
WHY = "the ministry names its district"
VILLAGE = Place(77, "Belhorod", 48.5, 35.1, Level.SETTLEMENT, "UA", admin1="UA.04", precision_km=2.0)
OBLAST = Place(78, "Belgorod Oblast", 50.8, 37.5, Level.PROVINCE, "RU", admin1="RU.09", precision_km=120.0)
SECOND = factories.TEXT + " Again."


@pytest.fixture
def filled(fresh_store: Engine) -> Engine:
    """Two reports that both tell of Belgorod and, as origin and as target, of Kharkiv."""
    for text in (factories.TEXT, SECOND):
        add_report(fresh_store, factories.full_reading(text), by="ana", at=factories.MOMENT)
    return fresh_store


def first() -> str:
    return factories.report().id


def choose(engine: Engine, name: str = "Belgorod", meant: Place = VILLAGE, **given: object) -> int:
    told = {"precision": Precision.SITE, "by": "Ana", "at": LATER, "why": WHY} | given
    return choices.choose_place(engine, name, meant, **told)  # type: ignore[arg-type]


def places(engine: Engine) -> dict[str, list[str]]:
    """Places of the two strikes on Belgorod, by report."""
    frame = query.events(engine, EventFilter())
    hit = frame[frame["place_text"] == "Belgorod"]
    return {report_id: list(rows["place_name"]) for report_id, rows in hit.groupby("report_id")}


def test_choice_comes_back_as_it_was_made(filled: Engine) -> None:
    number = choose(filled, "Belgorod", report_id=first())
    (choice,) = choices.standing(filled)
    assert (choice.id, choice.name, choice.place, choice.precision) == (number, "Belgorod", VILLAGE, Precision.SITE)
    assert (choice.by, choice.at, choice.why, choice.report_id) == ("Ana", LATER, WHY, first())


def test_choice_for_one_report_counts_there_alone(filled: Engine) -> None:
    choose(filled, report_id=first())
    found = places(filled)
    assert found.pop(first()) == ["Belhorod"]
    assert list(found.values()) == [["Belgorod"]]


def test_choice_for_every_report_moves_every_row_however_the_name_is_written(filled: Engine) -> None:
    choose(filled, "  BELGOROD ", OBLAST, precision=Precision.PROVINCE)
    frame = query.events(filled, EventFilter())
    hit = frame[frame["place_text"] == "Belgorod"]
    assert len(hit) == 2
    for name, value in {"place_name": "Belgorod Oblast", "lat": 50.8, "precision": 4, "place_score": 1.0}.items():
        assert set(hit[name]) == {value}
    assert set(frame[frame["place_text"] == "Kharkiv"]["place_name"]) == {"Kharkiv"}


def test_choice_moves_the_origin_and_whether_the_border_is_crossed(filled: Engine) -> None:
    choose(filled, "Kharkiv", replace(VILLAGE, country="RU"))
    strike = query.events(filled, EventFilter()).iloc[0]
    assert (strike["origin_name"], strike["origin_lat"], strike["origin_country"]) == ("Belhorod", 48.5, "RU")


def test_choice_for_one_report_goes_before_a_newer_one_for_all(filled: Engine) -> None:
    choose(filled, report_id=first())
    choose(filled, meant=OBLAST)
    found = places(filled)
    assert found.pop(first()) == ["Belhorod"]
    assert list(found.values()) == [["Belgorod Oblast"]]


def test_of_two_choices_the_newer_counts(filled: Engine) -> None:
    choose(filled)
    choose(filled, meant=OBLAST, by="Ben")
    assert {name for names in places(filled).values() for name in names} == {"Belgorod Oblast"}
    assert [choice.by for choice in choices.standing(filled)] == ["Ben"]
    assert [(row.by, row.stands) for row in choices.history(filled).itertuples()] == [("Ben", True), ("Ana", False)]


def test_withdrawn_choice_leaves_what_the_rules_said(filled: Engine) -> None:
    before = places(filled)
    choose(filled)
    number = choose(filled, meant=OBLAST)
    choices.withdraw_choice(filled, number, by="Ben", at=LATER, why="it was the town")
    assert places(filled) == before
    assert choices.standing(filled) == ()
    kept = choices.history(filled)
    assert list(kept["withdraws"]) == [number, 0, 0]
    assert not kept["stands"].any()


@pytest.mark.parametrize("number", [1, 3, 99])
def test_only_a_choice_that_stands_can_be_withdrawn(filled: Engine, number: int) -> None:
    choose(filled)
    choices.withdraw_choice(filled, choose(filled, meant=OBLAST), by="Ben", at=LATER, why="it was the town")
    with pytest.raises(ChoiceRefused, match="does not stand any more"):
        choices.withdraw_choice(filled, number, by="Ben", at=LATER, why="it was the town")


def test_reading_is_as_chosen_and_still_says_what_the_rules_said(filled: Engine) -> None:
    before = query.reading(filled, first())
    choose(filled, report_id=first())
    after = query.reading(filled, first())
    target = after.events[0].target
    assert target
    assert target.place == VILLAGE
    assert target.choice
    assert (target.choice.by, target.choice.why) == ("Ana", WHY)
    assert target.reasons == (f"chosen by Ana on 4 January 2024: {WHY}",)
    assert by_rules(target) == before.events[0].target
    assert target.candidates == by_rules(target).candidates
    assert after.report == before.report
    assert [m.place for m in after.mentions if m.toponym.text == "Belgorod"] == [VILLAGE]


def test_reading_with_choices_stores_what_the_rules_said(filled: Engine) -> None:
    choose(filled)
    chosen = query.reading(filled, first())
    text = factories.TEXT + " Later."
    told = factories.report(text)
    moved = replace(
        chosen,
        report=told,
        events=tuple(replace(p, event=replace(p.event, id=f"{told.id}-{n}")) for n, p in enumerate(chosen.events)),
        links=(),
    )
    add_report(filled, moved, by="ana", at=LATER)
    (choice,) = choices.standing(filled)
    choices.withdraw_choice(filled, choice.id, by="Ana", at=LATER, why="no longer sure of it")
    assert places(filled)[told.id] == ["Belgorod"]


def test_nothing_of_the_reports_is_touched(filled: Engine) -> None:
    def rows() -> list[object]:
        with reader(filled) as connection:
            tables = (schema.report, *schema.READING_PARTS)
            return [connection.execute(select(table)).all() for table in tables]

    before = rows()
    choose(filled)
    assert rows() == before


def test_every_choice_moves_the_revision_and_joins_the_chain(filled: Engine) -> None:
    assert query.data_revision(filled) == 2
    number = choose(filled)
    choices.withdraw_choice(filled, number, by="Ben", at=LATER, why="it was the town")
    assert query.data_revision(filled) == 4
    assert verify(filled) == ()


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE place_choice SET why = 'x'", "was changed"),
        ("UPDATE place_choice SET \"by\" = 'Ben'", "was changed"),
        ("UPDATE place_choice SET report_id = NULL", "was changed"),
        ("UPDATE place_choice SET place_key = (SELECT key FROM place WHERE name = 'Kharkiv')", "was changed"),
        ("DELETE FROM place_choice", "is missing"),
        (
            'INSERT INTO place_choice SELECT 2, at, "by", why, name, key, NULL, place_key, 1, NULL FROM place_choice',
            "has no audit row",
        ),
    ],
)
def test_choice_changed_behind_the_back_is_found(filled: Engine, statement: str, reason: str) -> None:
    choose(filled, report_id=first())
    with filled.begin() as connection:
        raw = connection.connection.cursor()
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(statement)
    assert reason in {finding.reason for finding in verify(filled)}


@pytest.mark.parametrize("verb", ["update", "delete", "replace"])
def test_choices_are_only_ever_added(filled: Engine, verb: str) -> None:
    choose(filled)
    with reader(filled) as connection:
        row = dict(connection.execute(select(schema.place_choice)).one()._mapping)
    statements = {
        "update": update(schema.place_choice).values(why="x"),
        "delete": delete(schema.place_choice),
        "replace": insert(schema.place_choice).prefix_with("OR REPLACE").values(**row | {"why": "x"}),
    }
    with pytest.raises(StoreUnusable, match="facts are only ever added"), writer(filled) as connection:
        connection.execute(statements[verb])
    assert choices.standing(filled)[0].why == WHY


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"by": " "}, "Say who says so"),
        ({"why": ""}, "Say why"),
        ({"why": "looks right"}, "at least 3"),
        ({"why": "a b c " * 500}, "at most 2,000"),
        ({"by": "A" * 101}, "at most 100"),
        ({"name": " \n "}, "Say the name"),
        ({"name": "B" * 201}, "at most 200"),
        ({"why": "a lone \ud800 surrogate"}, "cannot be stored"),
        ({"by": "Ana\0"}, "cannot be stored"),
        ({"at": datetime(2024, 1, 1)}, "no time zone"),  # noqa: DTZ001
        ({"precision": Precision.UNRESOLVED}, "names a place"),
        ({"report_id": "0" * 16}, "No report has the id"),
    ],
)
def test_what_nobody_could_stand_by_is_refused(filled: Engine, given: dict[str, object], words: str) -> None:
    with pytest.raises(ChoiceRefused, match=words):
        choose(filled, **given)
    assert choices.history(filled).empty
    assert query.data_revision(filled) == 2


def test_hostile_words_come_back_as_they_are(filled: Engine) -> None:
    words = "{{7*7}} <script>'; DROP TABLE report; --</script> and why"
    choose(filled, "Belgorod%_'\"", by=words[:90], why=words)
    (choice,) = choices.standing(filled)
    assert (choice.name, choice.why) == ("Belgorod%_'\"", words)
    assert {name for names in places(filled).values() for name in names} == {"Belgorod"}


def test_store_of_the_first_schema_learns_to_keep_choices(filled: Engine) -> None:
    with writer(filled) as connection:
        for table in (schema.place_choice, schema.lookup, schema.review):
            table.drop(connection)
        connection.execute(update(schema.meta).where(schema.meta.c.key == "schema").values(value="1"))
    again = open_store(filled.url.database)
    choose(again)
    assert verify(again) == ()
    with reader(again) as connection:
        assert inspect(connection).has_table("lookup")
        assert inspect(connection).has_table("review")
        version = select(schema.meta.c.value).where(schema.meta.c.key == "schema")
        assert connection.execute(version).scalar() == "3"
    with pytest.raises(StoreUnusable, match="only ever added"), writer(again) as connection:
        connection.execute(delete(schema.place_choice))
    again.dispose()


def told(engine: Engine) -> list[tuple[object, ...]]:
    frame = doubtful(engine)
    return [(row.words, row.events, row.doubt, row.place_name, row.choice) for row in frame.itertuples()]


def test_names_the_rules_are_not_sure_of_are_listed(fresh_store: Engine) -> None:
    text = "Rockets hit Belgorod. Shells hit Kharkiv, Dora and Elk. A drone hit Elk."
    report = factories.report(text)
    elk = factories.span("Elk.", text)
    unit = factories.resolution("Dora", text, place=OBLAST, precision=Precision.PROVINCE)
    ends = [
        factories.resolution("Belgorod", text),
        factories.resolution("Kharkiv", text, score=0.4),
        replace(unit, candidates=()),
        factories.unresolved("Elk", text),
        replace(factories.unresolved("Elk", text), toponym=replace(factories.toponym("Elk", text), span=elk)),
    ]
    events = [factories.placed(factories.event(report, n, target=end.toponym), end) for n, end in enumerate(ends)]
    add_report(fresh_store, factories.reading(report, events), by="ana", at=factories.MOMENT)
    assert told(fresh_store) == [
        ("Elk", 2, "not placed", "", 0),
        ("Dora", 1, "backed off", "Belgorod Oblast", 0),
        ("Kharkiv", 1, "not sure", "Kharkiv", 0),
    ]
    number = choose(fresh_store, report_id=report.id)
    assert ("Belgorod", 1, "", "Belgorod", number) in told(fresh_store)
    choices.withdraw_choice(fresh_store, number, by="Ben", at=LATER, why="it was the town")
    assert "Belgorod" not in [row[0] for row in told(fresh_store)]


def test_empty_store_has_nothing_to_look_at(fresh_store: Engine) -> None:
    assert doubtful(fresh_store).empty
    assert choices.history(fresh_store).empty
    assert query.events(fresh_store, EventFilter()).empty
