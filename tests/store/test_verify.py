"""Whatever is changed behind the store's back is found."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from store.record import add_report
from store.schema import READING_PARTS
from store.verify import verify
from tests import factories

TEXTS = [factories.TEXT, factories.TEXT + " Again.", factories.TEXT + " And again."]


@pytest.fixture
def filled(fresh_store: Engine) -> Engine:
    for text in TEXTS:
        add_report(fresh_store, factories.full_reading(text), by="ana", at=factories.MOMENT)
    return fresh_store


def tamper(engine: Engine, *statements: str) -> None:
    """Change facts the way an intruder would: without the triggers that refuse it."""
    with engine.begin() as connection:
        raw = connection.connection.cursor()
        triggers = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("PRAGMA defer_foreign_keys = ON")
        for statement in statements:
            raw.execute(statement)


def test_untouched_store_is_whole(filled: Engine) -> None:
    assert verify(filled) == ()


def test_empty_store_is_whole(fresh_store: Engine) -> None:
    assert verify(fresh_store) == ()


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE report SET text = text || '!' WHERE rowid = 2", "its text was changed"),
        ("UPDATE report SET text = 'x', sha256 = '2d711642' WHERE rowid = 2", "its text was changed"),
        ("UPDATE event SET killed_low = 2 WHERE reading_id = 2 AND n = 0", "its events were changed"),
        ("UPDATE event SET first_day = '2023-12-29' WHERE reading_id = 2 AND n = 0", "its events were changed"),
        ("UPDATE toll SET speaker_name = 'x' WHERE reading_id = 1", "its events were changed"),
        ("DELETE FROM response_link WHERE reading_id = 3", "its events were changed"),
        ("UPDATE place SET lat = 51 WHERE name = 'Kharkiv'", "was changed"),
        ("UPDATE audit SET \"by\" = 'ben' WHERE id = 2", "was changed"),
        ('UPDATE audit SET detail = \'{"sha256": "", "reading": ""}\' WHERE id = 3', "was changed"),
        ("DELETE FROM audit WHERE id = 2", "row 2 is missing"),
        ("DELETE FROM audit WHERE id = 3", "has no audit row"),
        ("DELETE FROM audit", "has no audit row"),
    ],
)
def test_change_is_found(filled: Engine, statement: str, reason: str) -> None:
    tamper(filled, statement)
    assert reason in {finding.reason for finding in verify(filled)}


def test_report_taken_out_is_found(filled: Engine) -> None:
    parts = [table.name for table in reversed(READING_PARTS)]
    gone = [f"DELETE FROM {part} WHERE reading_id = 2" for part in parts]  # noqa: S608 - our own names
    tamper(filled, *gone, "DELETE FROM reading WHERE id = 2", "DELETE FROM report WHERE rowid = 2")
    assert [finding.reason for finding in verify(filled)] == ["is missing"]


def test_resealed_row_breaks_the_chain_after_it(filled: Engine) -> None:
    """Who changes a row and its seal must also change all that follow."""
    tamper(filled, "UPDATE audit SET hash = 'f' WHERE id = 1")
    assert [(f.subject, f.reason) for f in verify(filled)] == [
        ("audit row 1", "was changed"),
        ("audit row 2", "does not follow on the row before"),
    ]
