"""A writer that is killed at any moment loses nothing that it said was stored."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from store import query
from store.database import open_store, reader
from store.verify import verify

ROOT = Path(__file__).parents[2]
ROUNDS = 4

WRITER = """
import sys
from store.database import open_store
from store.record import add_report
from tests import factories
engine = open_store(sys.argv[1])
print("ready", flush=True)
for n in range(10_000):
    given = factories.full_reading(f"{factories.TEXT} {sys.argv[2]}-{n}")
    print(add_report(engine, given, by="ana", at=factories.MOMENT).report_id, flush=True)
"""


def write_and_be_killed(path: Path, mark: int, after: float) -> list[str]:
    """Start a writer, kill it in mid-stride; the reports it had said were stored."""
    command = [sys.executable, "-c", WRITER, str(path), str(mark)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        return [line.strip() for line in process.stdout if line.endswith("\n")]


def test_killed_writer_loses_nothing(store_path: Path) -> None:
    moments = random.Random(1)
    acknowledged: list[str] = []
    for mark in range(ROUNDS):
        acknowledged += write_and_be_killed(store_path, mark, moments.uniform(0.02, 0.25))
    engine = open_store(store_path)
    with reader(engine) as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert acknowledged
    assert set(acknowledged) <= set(query.reports(engine)["report_id"])
    assert verify(engine) == ()  # and whatever else is there is whole
    engine.dispose()
