"""Events as columns: what goes in comes out, silence stays silence, and files are named by what they hold."""

from __future__ import annotations

import json
import os
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.synthetic import make_events, make_links
from views.payload import COLUMNS, Payload, remove_old, write_payload

QUIET = {
    "event_id": "a-1",
    "report_id": "a",
    "place_id": None,
    "kind": "shelling",
    "telling": "reported",
    "first_day": date(2024, 1, 1),
    "last_day": date(2024, 1, 1),
    "best_day": date(2024, 1, 1),
    "place_name": "Belgorod",
    "country": "RU",
    "admin1": "RU.09",
    "lat": 50.6,
    "lon": 36.6,
    "precision": 1,
    "precision_km": 1.0,
    "actor_country": "UA",
    "claim_status": "claimed",
    "origin_name": "",
    "origin_lat": None,
    "origin_lon": None,
    "origin_basis": "",
    **{f"{outcome}{end}": None for outcome in ("killed", "injured") for end in ("_low", "", "_high")},
}
COUNTS = [name for name in QUIET if name.startswith(("killed", "injured"))]


def frame(*events: dict) -> pd.DataFrame:
    made = pd.DataFrame(
        [{**QUIET, "event_id": f"a-{n}", **event} for n, event in enumerate(events)], columns=list(QUIET)
    )
    return made.astype(
        {**dict.fromkeys([*COUNTS, "precision"], "Int64"), "lat": float, "lon": float, "place_id": "Int64"}
    )


def columns(payload: Payload, folder: Path) -> dict:
    return json.loads((folder / payload.url).read_text(encoding="utf-8"))


def test_rows_are_in_order_of_the_day_and_ids_lead_back(tmp_path: Path) -> None:
    days = [date(2024, 1, 3), date(2024, 1, 1), date(2024, 1, 2)]
    events = frame(*({"best_day": d, "first_day": d, "last_day": d} for d in days))
    payload = write_payload(events, folder=tmp_path)
    told = columns(payload, tmp_path)
    assert payload.ids == ("a-1", "a-2", "a-0")
    assert payload.rows == {"a-1": 0, "a-2": 1, "a-0": 2}
    assert (payload.day0, payload.days) == (date(2024, 1, 1), 3)
    assert told["day"] == [0, 1, 2]
    assert json.loads((tmp_path / payload.url.replace(".json", "-ids.json")).read_text()) == list(payload.ids)


@pytest.mark.parametrize(
    ("low", "figure", "high", "count", "bounds"),
    [
        (None, None, None, -1, None),  # silent is not zero
        (0, 0, 0, 0, None),
        (22, 22, 22, 22, None),
        (22, 22, None, 22, (22, -1)),  # "at least 22"
        (None, 110, 110, 110, (-1, 110)),  # "nearly 110"
        (20, 20, 30, 20, (20, 30)),
        (None, 25, None, 25, (-1, -1)),
    ],
)
def test_counts_keep_silence_and_open_ends(low, figure, high, count, bounds, tmp_path: Path) -> None:
    payload = write_payload(frame({"killed_low": low, "killed": figure, "killed_high": high}), folder=tmp_path)
    told = columns(payload, tmp_path)
    assert told["killed"] == [count]
    expected = (
        {"row": [], "low": [], "high": []} if bounds is None else {"row": [0], "low": [bounds[0]], "high": [bounds[1]]}
    )
    assert told["killed_bounds"] == expected
    assert told["injured"] == [-1]


def test_events_without_place_or_day_go_to_the_tray(tmp_path: Path) -> None:
    no_day = {"best_day": None, "first_day": None, "last_day": None}
    payload = write_payload(frame({}, {"lat": None}, no_day, {"lon": None}), folder=tmp_path)
    assert payload.ids == ("a-0",)
    assert payload.off_map == ("a-1", "a-2", "a-3")


def test_days_cover_events_that_have_no_place(tmp_path: Path) -> None:
    early = {"lat": None, "best_day": date(2023, 12, 1), "first_day": date(2023, 11, 30), "last_day": date(2023, 12, 2)}
    payload = write_payload(frame({}, early), folder=tmp_path)
    assert (payload.day0, payload.days) == (date(2023, 11, 30), 33)
    assert payload.offset(date(2024, 1, 1)) == 32
    assert payload.offset(date(2030, 1, 1)) == 32
    assert payload.offset(date(2000, 1, 1)) == 0
    assert payload.day(1) == date(2023, 12, 1)


def test_an_event_of_several_days_keeps_its_interval(tmp_path: Path) -> None:
    spread = {"first_day": date(2023, 12, 30), "last_day": date(2024, 1, 2)}
    told = columns(write_payload(frame(spread, {}), folder=tmp_path), tmp_path)
    assert told["spread"] == {"row": [0], "first": [0], "last": [3]}
    assert told["day"] == [2, 2]


def test_nothing_at_all_is_a_payload_too(tmp_path: Path) -> None:
    payload = write_payload(frame().astype({"precision_km": float}), folder=tmp_path)
    assert (payload.ids, payload.days) == ((), 1)
    assert columns(payload, tmp_path)["day"] == []


def test_links_join_rows_that_are_both_on_the_map(tmp_path: Path) -> None:
    links = pd.DataFrame(
        [("a-1", "a-0"), ("a-1", "a-2"), ("a-0", "zz"), ("a-1", "a-0")], columns=["event_id", "answers_id"]
    )
    told = columns(write_payload(frame({}, {}, {"lat": None}), links, folder=tmp_path), tmp_path)
    assert told["links"] == {"row": [1], "answers": [0]}


def test_the_name_is_the_content_and_has_no_underscore(tmp_path: Path) -> None:
    first = write_payload(frame({}), folder=tmp_path)
    again = write_payload(frame({}), folder=tmp_path)
    other = write_payload(frame({"lat": 50.7}), folder=tmp_path)
    assert first.url == again.url != other.url
    assert re.fullmatch(r"events/[0-9a-f]{16}\.json", first.url)
    assert len(list((tmp_path / "events").iterdir())) == 4


def test_old_files_go_and_used_ones_stay(tmp_path: Path) -> None:
    old = write_payload(frame({"lat": 50.1}), folder=tmp_path)
    for path in (tmp_path / "events").iterdir():
        os.utime(path, (0, 0))
    new = write_payload(frame({}), folder=tmp_path)
    assert not (tmp_path / old.url).exists()
    assert (tmp_path / new.url).exists()
    assert remove_old(tmp_path / "events", now=2e10) == 2


def test_asking_again_keeps_a_file_young(tmp_path: Path) -> None:
    payload = write_payload(frame({}), folder=tmp_path)
    for path in (tmp_path / "events").iterdir():
        os.utime(path, (0, 0))
    assert write_payload(frame({}), folder=tmp_path).url == payload.url
    assert (tmp_path / payload.url).stat().st_mtime > 1e9


def test_reports_of_one_place_and_day_share_a_spot(tmp_path: Path) -> None:
    other = {"best_day": date(2024, 1, 2), "first_day": date(2024, 1, 2), "last_day": date(2024, 1, 2)}
    tellings = [("a", 1, {}), ("b", 1, {}), ("a", 1, {}), ("a", 2, {}), ("c", 1, other), ("c", None, {})]
    events = frame(*({"report_id": report, "place_id": place, **more} for report, place, more in tellings))
    told = columns(write_payload(events, folder=tmp_path), tmp_path)
    assert told["spot"] == [0, 0, 0, -1, -1, -1]  # one report alone, another day and an unknown place are no spot
    assert told["teller"] == [0, 1, 0, 0, 0, 0]


def test_no_words_of_a_report_are_in_the_file(tmp_path: Path) -> None:
    events = frame({}).assign(quote="secret words", title="secret words", place_text="secret words")
    payload = write_payload(events, folder=tmp_path)
    assert all("secret" not in path.read_text() for path in (tmp_path / "events").iterdir())
    assert payload.ids == ("a-0",)


@pytest.mark.parametrize("name", COLUMNS)
def test_a_missing_column_is_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=name):
        write_payload(frame({}).drop(columns=name), folder=tmp_path)


def test_a_coordinate_outside_the_world_names_its_event(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a-1: coordinate outside the world"):
        write_payload(frame({}, {"lat": 91.0}), folder=tmp_path)


@settings(derandomize=True, max_examples=25, deadline=None)
@given(st.integers(1, 120), st.integers(0, 5))
def test_every_event_is_on_the_map_or_in_the_tray(count: int, seed: int) -> None:
    import tempfile

    events = make_events(count, arcs=10, seed=seed)
    with tempfile.TemporaryDirectory() as name:
        payload = write_payload(events, make_links(events), folder=Path(name))
        told = columns(payload, Path(name))
    assert sorted([*payload.ids, *payload.off_map]) == sorted(events["event_id"])
    lengths = {
        len(told[name]) for name in ("lat", "lon", "day", "killed", "injured", "kind", "status", "origin", "place")
    }
    assert lengths == {len(payload.ids)}
    assert told["day"] == sorted(told["day"])
    assert all(0 <= day < payload.days for day in told["day"])
    assert all(-1 <= start < len(told["tables"]["origin"]) for start in told["origin"])
