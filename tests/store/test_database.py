"""Opening the store, and saying clearly what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Column, Engine, Integer, MetaData, Table, event, insert, inspect, select, text, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from store import database, query, schema
from store.database import (
    StoreBusy,
    StoreFull,
    StoreReadOnly,
    StoreTooNew,
    StoreUnusable,
    new_rows,
    open_store,
    reader,
    upgrade,
    writer,
)
from store.record import add_report
from tests import factories


@pytest.fixture
def other(fresh_store: Engine) -> Iterator[Engine]:
    """A second process's view of the same store."""
    engine = open_store(fresh_store.url.database)
    yield engine
    engine.dispose()


def add(engine: Engine, text: str = factories.TEXT) -> None:
    add_report(engine, factories.full_reading(text), by="ana", at=factories.MOMENT)


def test_promises_of_the_file(fresh_store: Engine) -> None:
    pragmas = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}
    with reader(fresh_store) as connection:
        for name, value in pragmas.items():
            assert connection.exec_driver_sql(f"PRAGMA {name}").scalar() == value, name


def test_opening_again_keeps_everything(fresh_store: Engine, other: Engine) -> None:
    add(fresh_store)
    assert query.report_count(other) == 1


def test_default_is_under_var() -> None:
    assert database.DEFAULT_PATH.parts[-2:] == ("var", "strikeline.sqlite")


def test_path_comes_from_the_environment(store_path: Path) -> None:
    engine = open_store()
    engine.dispose()
    assert store_path.exists()


def test_url_works_like_a_path(tmp_path: Path) -> None:
    engine = open_store(f"sqlite:///{tmp_path}/by-url.sqlite")
    add(engine)
    assert query.report_count(engine) == 1
    engine.dispose()


def test_folder_is_made(tmp_path: Path) -> None:
    open_store(tmp_path / "new" / "folder" / "s.sqlite").dispose()
    assert (tmp_path / "new" / "folder" / "s.sqlite").exists()


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnusable, match="cannot be made"):
        open_store(tmp_path / "file" / "s.sqlite")


def test_file_that_is_no_store(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to be looked at " * 20)
    with pytest.raises(StoreUnusable, match=r"notes\.txt: the file is not a database"):
        open_store(path)
    assert path.read_text().startswith("not a database")


def test_unknown_address_hides_the_password() -> None:
    with pytest.raises(StoreUnusable, match="no database address") as told:
        open_store("nosuchdatabase://ana:secret@host/store")
    assert "secret" not in str(told.value)


def test_busy_store_says_so(fresh_store: Engine) -> None:
    impatient = open_store(fresh_store.url.database, wait_ms=20)
    with writer(fresh_store), pytest.raises(StoreBusy, match="another process"):
        add(impatient)
    add(impatient)
    impatient.dispose()


def test_reading_goes_on_while_another_writes(fresh_store: Engine, other: Engine) -> None:
    add(fresh_store)
    with writer(fresh_store) as connection:
        connection.execute(insert(schema.meta).values(key="a", value="b"))
        assert query.report_count(other) == 1


def test_read_only_store_can_be_read_and_says_no_to_writing(fresh_store: Engine) -> None:
    add(fresh_store)
    engine = open_store(f"sqlite:///file:{fresh_store.url.database}?mode=ro&uri=true")
    assert query.report_count(engine) == 1
    with pytest.raises(StoreReadOnly, match="may not be written"):
        add(engine, factories.TEXT + " Again.")
    engine.dispose()


def test_full_disk_keeps_what_was_there(fresh_store: Engine) -> None:
    add(fresh_store)
    with reader(fresh_store) as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    fresh_store.dispose()
    event.listen(fresh_store, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(StoreFull, match="disk is full"):
        add(fresh_store, factories.TEXT + " Much more." * 10_000)
    assert query.report_count(fresh_store) == 1


def test_store_of_a_later_version_is_left_alone(fresh_store: Engine) -> None:
    with writer(fresh_store) as connection:
        connection.execute(update(schema.meta).values(value="99"))
    with pytest.raises(StoreTooNew, match="schema 99"):
        open_store(fresh_store.url.database)


def test_steps_are_taken_once_and_in_order(fresh_store: Engine) -> None:
    add(fresh_store)
    taken = []
    steps = [*database.STEPS, *(lambda _, n=n: taken.append(n) for n in (2, 3))]
    for _ in range(2):
        with writer(fresh_store) as connection:
            upgrade(connection, steps)
    assert taken == [2, 3]
    assert query.report_count(fresh_store) == 1


def test_step_that_fails_changes_nothing(fresh_store: Engine) -> None:
    extra = Table("extra", MetaData(), Column("id", Integer))

    def fail(connection) -> None:
        extra.create(connection)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), writer(fresh_store) as connection:
        upgrade(connection, [*database.STEPS, fail])
    with reader(fresh_store) as connection:
        assert not inspect(connection).has_table("extra")
        assert connection.execute(select(schema.meta.c.value)).scalar() == str(len(database.STEPS) + 1)


def test_driver_error_that_is_not_known_is_still_named(fresh_store: Engine) -> None:
    with pytest.raises(StoreUnusable, match="no such table"), reader(fresh_store) as connection:
        connection.execute(text("SELECT 1 FROM nowhere"))


def test_statements_are_written_for_postgresql_too() -> None:
    dialect = postgresql.dialect()
    for table in schema.metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))
    connection = type("Stand", (), {"dialect": dialect})
    assert "ON CONFLICT DO NOTHING" in str(new_rows(connection, schema.report).compile(dialect=dialect))
