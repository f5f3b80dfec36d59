"""Opening the store: one SQLite file by default, or any database that SQLAlchemy can reach by URL.

Errors::

    StoreError
    ├── StoreBusy       another process holds the store; try again
    ├── StoreReadOnly   it may not be written
    ├── StoreFull       no space left
    ├── StoreTooNew     written by a later version of Strikeline
    ├── StoreUnusable   not a store, damaged, or not reachable
    ├── ReadingRefused  the reading contradicts itself; nothing was stored
    ├── ChoiceRefused   the choice of a place lacks something; nothing was stored
    └── ReviewRefused   the review of an event lacks something; nothing was stored

Each names the store and says what to do.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, insert, inspect, select, update
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from store.schema import lookup, meta, metadata, place_choice, review

DEFAULT_PATH = Path(__file__).parents[1] / "var" / "strikeline.sqlite"
VARIABLE = "STRIKELINE_STORE"

Step = Callable[[Connection], None]
# STEPS[0] turns schema 1 into 2, and so on. A new store is made from store/schema.py and starts at the last number.
STEPS: tuple[Step, ...] = (
    lambda connection: metadata.create_all(connection, [place_choice, lookup]),
    lambda connection: metadata.create_all(connection, [review]),
)


class StoreError(RuntimeError):
    """Something about the store that the user can act on."""


class StoreBusy(StoreError, TimeoutError):
    """Another process held the store for longer than we wait."""


class StoreReadOnly(StoreError, PermissionError):
    """The store can be read but not written."""


class StoreFull(StoreError):
    """There was no space left; nothing of the last report was kept."""


class StoreTooNew(StoreError):
    """The store was written by a later version."""


class StoreUnusable(StoreError):
    """The file is no store, is damaged, or cannot be reached."""


class ReadingRefused(StoreError, ValueError):
    """The reading contradicts itself, so nothing of it was stored."""


class ChoiceRefused(StoreError, ValueError):
    """The choice of a place lacks who or why, or stands no longer; nothing was stored."""


class ReviewRefused(StoreError, ValueError):
    """The review of an event lacks who or why, or there is no such event; nothing was stored."""


_BY_CODE: dict[str, tuple[type[StoreError], str]] = {
    "SQLITE_BUSY": (StoreBusy, "another process is writing to it. Wait a moment and try again"),
    "SQLITE_LOCKED": (StoreBusy, "another process is writing to it. Wait a moment and try again"),
    "SQLITE_READONLY": (StoreReadOnly, "it may not be written. Check the rights of the file and its folder"),
    "SQLITE_FULL": (StoreFull, "the disk is full. Free some space; reports saved before are safe"),
    "SQLITE_CANTOPEN": (StoreUnusable, "it cannot be opened. Check that the folder exists and may be written"),
    "SQLITE_NOTADB": (StoreUnusable, "the file is not a database. Name another file"),
    "SQLITE_CORRUPT": (StoreUnusable, "the file is damaged. Put a backup in its place"),
    "SQLITE_IOERR": (StoreUnusable, "the disk reported an error"),
    # PostgreSQL's SQLSTATE
    "55P03": (StoreBusy, "another session holds a lock. Wait a moment and try again"),
    "25006": (StoreReadOnly, "the session is read-only"),
    "53100": (StoreFull, "the server's disk is full; reports saved before are safe"),
}


def open_store(url: str | Path | None = None, *, wait_ms: int = 10_000) -> Engine:
    """An engine on a store that is ready for use; made, or brought up to date, where needed.

    ``url`` is a path or a database URL; without it the variable STRIKELINE_STORE counts, else var/strikeline.sqlite.
    ``wait_ms`` is how long to wait for another writer. Raises ``StoreError``.
    """
    where = str(url or os.environ.get(VARIABLE) or DEFAULT_PATH)
    engine = _engine(where, wait_ms)
    try:
        with reader(engine) as connection:
            version = _version(connection)
        if version is None or version < _newest(STEPS):
            with writer(engine) as connection:
                upgrade(connection, STEPS)
        elif version > _newest(STEPS):
            raise _too_new(engine, version)
    except StoreError:
        engine.dispose()
        raise
    return engine


def upgrade(connection: Connection, steps: Sequence[Step]) -> None:
    """Bring the store to the newest schema. Safe when two processes do it at once: the second finds it done."""
    version, newest = _version(connection), _newest(steps)
    if version is None:
        metadata.create_all(connection)
        connection.execute(insert(meta).values(key="schema", value=str(newest)))
        return
    if version > newest:
        raise _too_new(connection.engine, version)
    for step in steps[version - 1 :]:
        step(connection)
    connection.execute(update(meta).where(meta.c.key == "schema").values(value=str(newest)))


@contextmanager
def reader(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment of the store."""
    with _said_clearly(engine), engine.connect() as connection:
        yield connection


@contextmanager
def writer(engine: Engine) -> Iterator[Connection]:
    """A transaction that alone may write: all of it is kept, or nothing."""
    with _said_clearly(engine), engine.execution_options(store_writes=True).begin() as connection:
        yield connection


def new_rows(connection: Connection, table: Table) -> PostgresInsert | SqliteInsert:
    """An INSERT that passes over rows which are already there; what it returns tells, row counts do not everywhere."""
    if connection.dialect.name == "sqlite":
        return sqlite_insert(table).on_conflict_do_nothing()
    return postgres_insert(table).on_conflict_do_nothing()


def store_name(engine: Engine) -> str:
    """The path or URL of the store, without a password."""
    return str(engine.url.database) if engine.dialect.name == "sqlite" else engine.url.render_as_string()


def _engine(where: str, wait_ms: int) -> Engine:
    if "://" not in where:
        path = Path(where).expanduser().absolute()
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnusable(f"{path.parent} cannot be made: {error.strerror}") from error
        where = f"sqlite:///{path}"
    try:
        address = make_url(where)
        engine = create_engine(address)
    except (SQLAlchemyError, ImportError) as error:
        scheme = where.split("://")[0]  # the rest may hold a password
        raise StoreUnusable(f"{scheme}://… is no database address that can be used: {error}") from error
    if engine.dialect.name == "sqlite":
        _tune(engine, wait_ms)
    return engine


def _tune(engine: Engine, wait_ms: int) -> None:
    """Set what SQLite forgets between connections, and let us say when a transaction begins."""

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _: ConnectionPoolEntry) -> None:  # noqa: ANN401 - a raw driver connection
        connection.isolation_level = None  # else the driver begins transactions too late for a reader to wait
        for pragma in (
            f"PRAGMA busy_timeout = {wait_ms:d}",
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",  # with NORMAL the last commits may go at power loss
            "PRAGMA foreign_keys = ON",
            "PRAGMA recursive_triggers = ON",  # else INSERT OR REPLACE slips past the append-only triggers
        ):
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("store_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _said_clearly(engine: Engine) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise _translated(engine, error) from error


def _translated(engine: Engine, error: DBAPIError) -> StoreError:
    code = str(getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None) or "")
    kinds = [known for start, known in _BY_CODE.items() if code.startswith(start)]
    kind, advice = kinds[0] if kinds else (StoreUnusable, str(error.orig))
    return kind(f"The store {store_name(engine)}: {advice}.")


def _too_new(engine: Engine, version: int) -> StoreTooNew:
    return StoreTooNew(
        f"The store {store_name(engine)} has schema {version}, this version of Strikeline knows {_newest(STEPS)}. "
        "Update Strikeline, or name another file."
    )


def _newest(steps: Sequence[Step]) -> int:
    return len(steps) + 1


def _version(connection: Connection) -> int | None:
    """The number of the schema; ``None`` in an empty database."""
    if not inspect(connection).has_table(meta.name):
        return None
    value = connection.execute(select(meta.c.value).where(meta.c.key == "schema")).scalar()
    return None if value is None else int(value)
