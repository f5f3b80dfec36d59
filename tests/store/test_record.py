"""Adding reports: all or nothing, once only, and never changed afterwards."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, delete, event, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from model import Candidate, ResponseLink, Span
from store import query, schema
from store.database import ReadingRefused, open_store, reader, writer
from store.record import add_report
from tests import factories

FACTS = [table.name for table in (schema.report, schema.reading, schema.place, *schema.READING_PARTS, schema.audit)]


def count_rows(engine: Engine) -> dict[str, int]:
    with reader(engine) as connection:
        tables = schema.metadata.sorted_tables
        return {t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in tables}


def test_full_reading_comes_back_exactly(fresh_store: Engine) -> None:
    given = factories.full_reading()
    added = add_report(fresh_store, given, by="ana", at=factories.MOMENT)
    assert added.event_ids == tuple(placed.event.id for placed in given.events)
    assert not added.duplicate
    assert query.reading(fresh_store, given.report.id) == given


def test_report_without_events_comes_back_exactly(fresh_store: Engine) -> None:
    given = factories.reading(factories.report("Ракета упала.", language="ru", published=None), events=[])
    add_report(fresh_store, given, by="ana", at=factories.MOMENT)
    assert query.reading(fresh_store, given.report.id) == given


def test_same_report_twice_is_stored_once_and_left_as_it_was(fresh_store: Engine) -> None:
    given = factories.full_reading()
    first = add_report(fresh_store, given, by="ana", at=factories.MOMENT)
    before = count_rows(fresh_store)
    other = replace(given, report=replace(given.report, title="Another title"), events=(), links=())
    second = add_report(fresh_store, other, by="ben", at=factories.MOMENT)
    assert (second.duplicate, second.report_id, second.event_ids) == (True, first.report_id, first.event_ids)
    assert count_rows(fresh_store) == before
    assert query.reading(fresh_store, given.report.id).report.title == given.report.title


def test_two_writers_of_one_report_store_it_once(fresh_store: Engine) -> None:
    with ThreadPoolExecutor(8) as pool:
        engines = [open_store(fresh_store.url.database) for _ in range(4)] + [fresh_store] * 4
        add = lambda engine: add_report(engine, factories.full_reading(), by="ana", at=factories.MOMENT)  # noqa: E731
        added = list(pool.map(add, engines))
    for engine in engines[:4]:
        engine.dispose()
    assert sorted(a.duplicate for a in added) == [False] + [True] * 7
    assert len({a.event_ids for a in added}) == 1
    assert count_rows(fresh_store)["report"] == count_rows(fresh_store)["audit"] == 1


def test_only_the_five_best_candidates_are_kept(fresh_store: Engine) -> None:
    many = tuple(Candidate(factories.place("Kharkiv", id=n), 1 - n / 10, ("name",)) for n in range(8))
    target = factories.resolution("Kharkiv", candidates=many)
    told = factories.report()
    found = factories.placed(factories.event(told, target=target.toponym), target)
    add_report(fresh_store, factories.reading(told, [found], mentions=(target,)), by="ana", at=factories.MOMENT)
    back = query.reading(fresh_store, told.id)
    assert back.mentions[0].candidates == many[:5]
    assert back.events[0].target == back.mentions[0]


def test_places_are_kept_once_and_as_they_were(fresh_store: Engine) -> None:
    for n, lat in enumerate((50, 50.0, 50.5)):
        target = factories.resolution(place=factories.place(lat=lat), candidates=())
        told = factories.report(factories.TEXT + str(n))
        given = factories.reading(told, [], mentions=(target,))
        add_report(fresh_store, given, by="ana", at=factories.MOMENT)
        assert query.reading(fresh_store, told.id) == given
    assert count_rows(fresh_store)["place"] == 2


def test_failure_half_way_leaves_nothing(fresh_store: Engine) -> None:
    @event.listens_for(fresh_store, "before_cursor_execute")
    def fail(_connection, _cursor, statement, *_: object) -> None:
        if statement.startswith("INSERT INTO audit"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add_report(fresh_store, factories.full_reading(), by="ana", at=factories.MOMENT)
    event.remove(fresh_store, "before_cursor_execute", fail)
    assert set(count_rows(fresh_store).values()) == {0, 1}  # the one row is the schema's number
    assert not add_report(fresh_store, factories.full_reading(), by="ana", at=factories.MOMENT).duplicate


def test_audit_row_says_who_when_and_what(fresh_store: Engine) -> None:
    eastern = datetime(2024, 1, 3, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    given = factories.full_reading()
    add_report(fresh_store, given, by="ana", at=eastern)
    with reader(fresh_store) as connection:
        row = connection.execute(select(schema.audit)).one()
    assert (row.id, row.by, row.at, row.action) == (1, "ana", "2024-01-03T10:00:00+00:00", "add report")
    assert row.subject == given.report.id
    assert json.loads(row.detail)["events"] == 2


def test_moment_without_a_zone_is_refused(fresh_store: Engine) -> None:
    with pytest.raises(ReadingRefused, match="time zone"):
        add_report(fresh_store, factories.reading(), by="ana", at=factories.MOMENT.replace(tzinfo=None))


@pytest.mark.parametrize("name", FACTS)
@pytest.mark.parametrize("verb", ["update", "delete", "replace"])
def test_facts_cannot_be_changed(fresh_store: Engine, name: str, verb: str) -> None:
    add_report(fresh_store, factories.full_reading(), by="ana", at=factories.MOMENT)
    table = schema.metadata.tables[name]
    column = next(c for c in table.c if c.primary_key)
    statements = {
        "update": update(table).values({column.name: column}),
        "delete": delete(table),
        "replace": text(f'INSERT OR REPLACE INTO "{name}" SELECT * FROM "{name}"'),  # noqa: S608 - our own names
    }
    before = count_rows(fresh_store)
    with fresh_store.begin() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        with pytest.raises(IntegrityError, match="only ever added"):
            connection.execute(statements[verb])
    assert count_rows(fresh_store) == before


def loose_link() -> dict[str, object]:
    return {"links": (ResponseLink("nothing-1", "nothing-2", Span(0, 3)),)}


def event_twice() -> dict[str, object]:
    return {"events": (factories.placed(factories.event()), factories.placed(factories.event()))}


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (loose_link(), "not one of its events"),
        (event_twice(), "share an id"),
        ({"skipped": (Span(5, 5000),)}, "runs past the end"),
        ({"report": factories.report("   ")}, "no text"),
        ({"report": factories.report("a\0b")}, "NUL"),
        ({"report": factories.report(title="\ud800")}, "surrogate"),
    ],
)
def test_reading_that_contradicts_itself_is_refused(fresh_store: Engine, wrong: dict, reason: str) -> None:
    with pytest.raises(ReadingRefused, match=reason):
        add_report(fresh_store, replace(factories.reading(events=[]), **wrong), by="ana", at=factories.MOMENT)
    assert query.data_revision(fresh_store) == 0


def test_writer_is_alone(fresh_store: Engine) -> None:
    """A second writer waits for the first, and then sees what it wrote."""
    with ThreadPoolExecutor(1) as pool, writer(fresh_store) as connection:
        waiting = pool.submit(add_report, fresh_store, factories.reading(), by="ben", at=factories.MOMENT)
        connection.execute(insert(schema.meta).values(key="a", value="b"))
        assert not waiting.done()
    assert not waiting.result(timeout=10).duplicate
