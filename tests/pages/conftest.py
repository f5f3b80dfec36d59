"""Pages run alone, cold, on a store of the test's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from model import Reading
from store.record import add_report
from tests import factories
from tests.views import told

EVENTS = "Events that pass the filter"
TRAY = "Events that cannot be drawn as a dot, with the reason"
FOUND = "Events found in this report"
REPORTS = "Stored reports"
UPLOADED = "What became of each report of the upload"
ROOT = Path(__file__).parents[2]
SAVED = datetime(2024, 1, 3, 9, 30, tzinfo=UTC)


@pytest.fixture
def save(fresh_store: Engine) -> Callable[[Reading], str]:
    """Puts a reading into the store; its report id."""
    return lambda reading: add_report(fresh_store, reading, by="test", at=SAVED).report_id


@pytest.fixture
def stored(save: Callable[[Reading], str]) -> str:
    """Two reports with four reported events, one of them off the map; the first event's id."""
    save(factories.full_reading())
    return f"{save(told.reading())}-0"


def page(name: str, **asked: str | list[str]) -> AppTest:
    """A page of the app, alone and not run yet, with these parameters in its address."""
    at = AppTest.from_file(ROOT / "pages" / f"{name}.py", default_timeout=60)
    for key, value in asked.items():
        at.query_params[key] = value
    return at


def run(at: AppTest) -> AppTest:
    """Run, and see that nothing went wrong."""
    at.run()
    assert not at.exception
    assert not at.error, [error.value for error in at.error]
    return at


def figures(at: AppTest) -> dict[str, str]:
    """The headline."""
    return {metric.label: str(metric.value) for metric in at.metric[:4]}


def seen(at: AppTest) -> str:
    """All words on the page that are not in a table."""
    kinds = ("text", "caption", "markdown", "info", "warning", "success", "error", "header", "subheader", "title")
    words = [str(element.value) for kind in kinds for element in getattr(at, kind)]
    return "\n".join([*words, *(element.proto.body for element in at.get("html"))])


def table(at: AppTest, name: str) -> list[dict[str, Any]]:
    """The rows of the table with this name for screen readers."""
    rows: list[dict[str, Any]] = next(t for t in at.dataframe if t.proto.alt == name).value.to_dict("records")
    return rows


def map_arguments(at: AppTest) -> dict[str, Any]:
    """What is sent to the map."""
    arguments: dict[str, Any] = json.loads(at.get("component_instance")[0].proto.json_args)
    return arguments


def timeline_data(at: AppTest) -> dict[str, Any]:
    """What is sent to the timeline, the map's command among it."""
    return _sent(at, "command")


def address(at: AppTest) -> dict[str, list[str]]:
    """What the page writes into the address."""
    said: dict[str, list[str]] = {}
    for key, value in _sent(at, "said")["said"]:
        said.setdefault(key, []).append(value)
    return said


def _sent(at: AppTest, field: str) -> dict[str, Any]:
    """The data of the component that is sent this field."""
    sent: list[dict[str, Any]] = [json.loads(component.proto.json) for component in at.get("bidi_component")]
    return next(data for data in sent if field in data)
