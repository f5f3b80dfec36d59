"""Events as columns for the map: one JSON file, named by its content, that the browser fetches once and keeps.

A row is one event that has both a place and a day; rows are in order of the day. What lacks either goes to the tray
(``Payload.off_map``). The file holds numbers, codes and gazetteer names, never words of a report.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from incidents import overlap
from model import EventKind, Precision
from views import strikes
from views.literal_text import plain_text
from views.strikes import Starts

VARIABLE = "STRIKELINE_MAP"  # names another folder for the files below
FOLDER = Path(os.environ.get(VARIABLE) or Path(__file__).resolve().parent.parent / "var" / "map")
KEEP_DAYS = 7.0
SILENT = -1  # in a count: the report gives no figure, which is not zero
KINDS = tuple(kind.value for kind in EventKind)
STATUSES = ("stated", "claimed", "confirmed", "contested", "denied")
COLUMNS = (
    *(
        "event_id",
        "report_id",
        "place_id",
        "kind",
        "first_day",
        "last_day",
        "best_day",
        "place_name",
        "country",
        "admin1",
        "lat",
        "lon",
    ),
    *("precision", "precision_km", "killed_low", "killed", "killed_high", "injured_low", "injured", "injured_high"),
    *("actor_country", "claim_status", "origin_name", "origin_lat", "origin_lon", "origin_basis"),
)
_NO_DAY = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Payload:
    """Where the columns are, and how to get from events to rows and back."""

    url: str  # "events/<16 hex digits>.json", relative to the payload folder
    day0: date  # the day of offset 0: the earliest day of any dated event, placed or not
    days: int  # how many days there are, at least 1; offsets run from 0 to days - 1
    ids: tuple[str, ...]  # event id of each row
    rows: Mapping[str, int]  # row of each event id
    off_map: tuple[str, ...]  # events without a place or without a day, in the order of the frame

    def offset(self, day: date) -> int:
        """Days since ``day0``, kept within the payload."""
        return min(max((day - self.day0).days, 0), self.days - 1)

    def day(self, offset: int) -> date:
        """The day of an offset."""
        return self.day0 + timedelta(days=offset)


def write_payload(
    frame: pd.DataFrame,
    links: pd.DataFrame | None = None,
    *,
    folder: Path = FOLDER,
    pov: str = "un",
    names: Mapping[str, str] | None = None,
) -> Payload:
    """Write the columns of all events and say where they are.

    The same events give the same file name, so a browser loads them once; a file is written beside its place and moved
    in. Files of earlier data are removed when nobody has asked for them for a week.

    Args:
        frame: one row an event, as ``store.query.events`` gives them (``COLUMNS``, more are ignored).
        links: ``event_id`` answers ``answers_id``; rows whose ends are not both on the map are left out.
        folder: the folder the app serves; the file goes to ``events/`` below it.
        pov: whose borders a dashed arc starts from ("un" or "de_facto").
        names: name of each country by its code, for arcs that start at its border.

    Raises:
        ValueError: a column is missing, or a coordinate lies outside the world.
    """
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise ValueError(f"events lack the columns {', '.join(missing)}")
    days = frame[["first_day", "last_day", "best_day"]].apply(pd.to_datetime, errors="coerce")
    placed = frame["lat"].notna() & frame["lon"].notna() & days["best_day"].notna()
    order = days.loc[placed, "best_day"].sort_values(kind="stable").index
    day0, count = _extent(days)
    ids = tuple(frame.loc[order, "event_id"].astype(str))
    rows = {event_id: row for row, event_id in enumerate(ids)}
    columns = _columns(frame.loc[order], days.loc[order], day0, strikes.find_starts(frame.loc[order], pov, names))
    columns["day0"], columns["days"] = day0.isoformat(), count
    columns["links"] = _link_rows(links, rows)
    url = _write(columns, ids, folder / "events")
    off_map = tuple(frame.loc[~placed, "event_id"].astype(str))
    return Payload(url, day0, count, ids, rows, off_map)


def _extent(days: pd.DataFrame) -> tuple[date, int]:
    first, last = days.min().min(), days.max().max()
    if pd.isna(first):
        return _NO_DAY, 1
    return first.date(), (last - first).days + 1


def _columns(frame: pd.DataFrame, days: pd.DataFrame, day0: date, starts: Starts) -> dict[str, Any]:
    lat, lon = frame["lat"].to_numpy(float), frame["lon"].to_numpy(float)
    if not ((np.abs(lat) <= 90).all() and (np.abs(lon) <= 180).all()):
        bad = frame["event_id"][(np.abs(lat) > 90) | (np.abs(lon) > 180)].iloc[0]
        raise ValueError(f"event {bad}: coordinate outside the world")
    places, place_names = _codes(frame["place_name"].fillna("").map(lambda name: plain_text(name, 80)))
    units, unit_codes = _codes(frame["admin1"].fillna("").astype(str))
    countries, country_codes = _codes(frame["country"].fillna("").astype(str))
    spots = overlap.find_spots(frame)
    start_day = np.datetime64(day0)
    best = _offsets(days["best_day"], start_day)
    return {
        "lat": np.rint(lat * 1e4).astype(int).tolist(),
        "lon": np.rint(lon * 1e4).astype(int).tolist(),
        "day": best.tolist(),
        "spread": _spread(days, best, start_day),
        "killed": _figures(frame, "killed").tolist(),
        "injured": _figures(frame, "injured").tolist(),
        "killed_bounds": _bounds(frame, "killed"),
        "injured_bounds": _bounds(frame, "injured"),
        "kind": _coded(frame["kind"].astype(str), KINDS, KINDS.index(EventKind.OTHER.value)),
        "status": _coded(frame["claim_status"].astype(str), STATUSES, 0),
        "precision": _counts(frame["precision"].fillna(int(Precision.UNRESOLVED))).tolist(),
        "radius": np.rint(frame["precision_km"].fillna(0).to_numpy(float)).astype(int).tolist(),
        "place": places,
        "unit": units,
        "country": countries,
        "origin": starts.index,
        "spot": spots.tolist(),
        "teller": _tellers(frame, spots),
        "tables": {
            "kind": list(KINDS),
            "status": list(STATUSES),
            "place": place_names,
            "unit": unit_codes,
            "country": country_codes,
            "origin": starts.table,
        },
    }


def _tellers(frame: pd.DataFrame, spots: pd.Series[int]) -> list[int]:
    """Number of the report among those that tell of the same place and day; 0 where there is only one."""
    shared = frame.loc[spots != overlap.ALONE, ["report_id"]].assign(spot=spots)
    firsts = shared.drop_duplicates()
    codes = firsts.assign(teller=firsts.groupby("spot", sort=False).cumcount())
    told = pd.Series(shared.merge(codes, how="left")["teller"].to_numpy(), index=shared.index)
    return told.reindex(frame.index, fill_value=0).tolist()


def _offsets(days: pd.Series, day0: np.datetime64) -> np.ndarray[Any, np.dtype[np.int64]]:
    return (days.to_numpy("datetime64[D]") - day0).astype(np.int64)


def _spread(days: pd.DataFrame, best: np.ndarray[Any, Any], day0: np.datetime64) -> dict[str, list[int]]:
    """Rows told of more than one day, with their first and last offset; all others are of their one day."""
    first = _offsets(days["first_day"].fillna(days["best_day"]), day0)
    last = _offsets(days["last_day"].fillna(days["best_day"]), day0)
    rows = np.flatnonzero((first != best) | (last != best))
    return {"row": rows.tolist(), "first": first[rows].tolist(), "last": last[rows].tolist()}


def _counts(column: pd.Series) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.asarray(column.astype("Int64").fillna(SILENT), dtype=np.int64)


def _figures(frame: pd.DataFrame, outcome: str) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The one number to draw, as ``CountRange.figure``: "20 to 30" has only its two ends, and is not silent."""
    said, low, high = (frame[name].astype("Int64") for name in (outcome, f"{outcome}_low", f"{outcome}_high"))
    return _counts(said.fillna(low).fillna(high))


def _bounds(frame: pd.DataFrame, outcome: str) -> dict[str, list[int]]:
    """Rows whose count is no exact number, with both ends (-1 is an open end)."""
    figure = _figures(frame, outcome)
    low, high = (_counts(frame[name]) for name in (f"{outcome}_low", f"{outcome}_high"))
    rows = np.flatnonzero((figure != SILENT) & ((low != figure) | (high != figure)))
    return {"row": rows.tolist(), "low": low[rows].tolist(), "high": high[rows].tolist()}


def _codes(column: pd.Series) -> tuple[list[int], list[str]]:
    codes, names = pd.factorize(column)
    return codes.tolist(), [str(name) for name in names]


def _coded(column: pd.Series, table: tuple[str, ...], other: int) -> list[int]:
    codes = {name: code for code, name in enumerate(table)}
    return column.map(codes).fillna(other).astype(int).tolist()


def _link_rows(links: pd.DataFrame | None, rows: Mapping[str, int]) -> dict[str, list[int]]:
    pairs: list[tuple[int, int]] = []
    if links is not None and len(links):
        ends = zip(links["event_id"].astype(str), links["answers_id"].astype(str), strict=True)
        pairs = sorted({(rows[a], rows[b]) for a, b in ends if a in rows and b in rows and a != b})
    return {"row": [a for a, _ in pairs], "answers": [b for _, b in pairs]}


def _write(columns: dict[str, Any], ids: tuple[str, ...], folder: Path) -> str:
    """Two files: the columns, and the ids apart, because only a click asks for them."""
    body = json.dumps(columns, separators=(",", ":"), allow_nan=False, ensure_ascii=False).encode()
    names = json.dumps(ids, separators=(",", ":"), allow_nan=False).encode()
    stem = hashlib.sha256(body + names).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    place_file(folder / f"{stem}.json", body)
    place_file(folder / f"{stem}-ids.json", names)
    remove_old(folder)
    return f"events/{stem}.json"


def write_beside(body: bytes, suffix: str, *, folder: Path | None = None) -> str:
    """Put what a rerun would else send again into a file of its own, named by its content; the name, to fetch it by."""
    events = (folder or FOLDER) / "events"
    events.mkdir(parents=True, exist_ok=True)
    name = f"{hashlib.sha256(body).hexdigest()[:16]}{suffix}"
    place_file(events / name, body)
    return name


def place_file(path: Path, body: bytes) -> None:
    """Write a file whole or not at all; one that is there already only counts as asked for again."""
    if path.exists():
        os.utime(path)
        return
    handle, beside = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(body)
    Path(beside).replace(path)


def remove_old(folder: Path, *, now: float | None = None, keep_days: float = KEEP_DAYS) -> int:
    """Remove payload files that were last asked for more than ``keep_days`` ago; how many went."""
    oldest = (time.time() if now is None else now) - keep_days * 86_400
    old = [
        path
        for path in folder.iterdir()
        if path.suffix in {".json", ".mask", ".part"} and path.stat().st_mtime < oldest
    ]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
