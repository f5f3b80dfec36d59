"""Events as a reader's table, as headline figures, and as the tray of what is not drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from incidents import overlap
from model import DayPrecision, Precision
from views import wording
from views.literal_text import plain_text
from views.wording import Total

COLUMNS = ("Day", "Place", "Kind", "Killed", "Injured", "By", "Told as", "Precision", "Review", "Report")
TRAY_COLUMNS = ("Why", "Day", "Place as written", "Kind", "Killed", "Injured", "Report")


def total(frame: pd.DataFrame, outcome: str) -> Total:
    """The counts of ``outcome`` ("killed", "injured") added up, each place and day once (``incidents.overlap``).

    The lower end adds what is certain (an open lower end adds nothing). The upper end is open as soon as one count is,
    one above zero was left out, or one event is silent: it gives no number, adds nothing, and is not zero.
    """
    said = figures(frame, outcome)
    told = said.notna()
    once = counted(frame, outcome)
    added = told & once
    ends = {end: pd.to_numeric(frame[f"{outcome}_{end}"])[added] for end in ("low", "high")}
    low, figure = int(ends["low"].sum()), int(said[added].sum())
    closed = bool(len(frame) and told.all() and ends["high"].notna().all() and not (said[~once] > 0).any())
    return Total(
        low=low if ends["low"].notna().any() and (low or not figure) else None,  # "at least nobody" says nothing
        figure=figure,
        high=int(ends["high"].sum()) if closed else None,
        told=int(told.sum()),
        silent=int((~told).sum()),
        every=int(said.sum()),
    )


def counted(frame: pd.DataFrame, outcome: str) -> pd.Series[bool]:
    """Which rows a total of ``outcome`` adds up, so that several reports of one attack do not count it twice."""
    return overlap.counted_once(frame.assign(**{outcome: figures(frame, outcome)}), outcome)


def figures(frame: pd.DataFrame, outcome: str) -> pd.Series[Any]:
    """The one number of each row, as ``CountRange.figure``: "20 to 30" has only its two ends, and is not silent."""
    said, low, high = (pd.to_numeric(frame[name]) for name in (outcome, f"{outcome}_low", f"{outcome}_high"))
    return said.fillna(low).fillna(high)


def events_table(frame: pd.DataFrame) -> pd.DataFrame:
    """One row an event in words, in the order of the frame. Holds words of reports: show as literal text only."""
    rows = [_row(event) for event in _records(frame)]
    return pd.DataFrame(rows, columns=list(COLUMNS), index=frame.index, dtype="str")


def newest_first(frame: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Positions of the rows with the latest day on top, events without a day last."""
    days = pd.to_datetime(frame["best_day"])
    undated = days.isna().to_numpy()
    age = np.where(undated, 1, -days.fillna(pd.Timestamp(1970, 1, 1)).to_numpy("datetime64[D]").astype(np.int64))
    return np.lexsort((age, undated))


def rough(frame: pd.DataFrame, off_map: frozenset[str]) -> pd.DataFrame:
    """The events that cannot be drawn as a dot; those not drawn at all (``Payload.off_map``) come first."""
    undrawn = frame["event_id"].isin(off_map)
    precision = pd.to_numeric(frame["precision"]).fillna(int(Precision.UNRESOLVED))
    found = frame[undrawn | frame["best_day"].isna() | (precision > int(Precision.NEAR))]
    return found.loc[(~undrawn[found.index]).sort_values(kind="stable").index]


def tray(found: pd.DataFrame, off_map: frozenset[str]) -> pd.DataFrame:
    """These events (``rough``) in words, each with the reason; words of reports, so show as literal text only."""
    rows = [_tray_row(event, _why(event, event["event_id"] in off_map)) for event in _records(found)]
    return pd.DataFrame(rows, columns=list(TRAY_COLUMNS), dtype="str")


def day_cell(event: dict[str, Any]) -> str:
    """The days of a row as text that sorts; "not known" where there are none."""
    if _absent(event["best_day"]):
        return "not known"
    first, last, best = (pd.Timestamp(event[name]).date() for name in ("first_day", "last_day", "best_day"))
    precision = DayPrecision.DAY if _absent(event["day_precision"]) else DayPrecision(int(event["day_precision"]))
    return wording.short_when(first, last, best, precision, event["day_basis"])


def count_cell(event: dict[str, Any], outcome: str) -> str:
    """A count with its ends; "silent" where the report gives no number."""
    return wording.ends(*(_int(event[name]) for name in (f"{outcome}_low", outcome, f"{outcome}_high")))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in event.items()} for event in frame.to_dict("records")]


def _row(event: dict[str, Any]) -> tuple[str, ...]:
    return (
        day_cell(event),
        _text(event["place_name"]) or _text(event["place_text"]) or "not known",
        _text(event["kind"]),
        count_cell(event, "killed"),
        count_cell(event, "injured"),
        _text(event["actor"]) or "not stated",
        _text(event["claim_status"]),
        wording.PRECISION[_precision(event)],
        _text(event["review"]),
        _text(event["title"]) or _text(event["outlet"]) or _text(event["report_id"]),
    )


def _tray_row(event: dict[str, Any], why: str) -> tuple[str, ...]:
    return (
        why,
        day_cell(event),
        _text(event["place_text"]) or "not named",
        _text(event["kind"]),
        count_cell(event, "killed"),
        count_cell(event, "injured"),
        _text(event["title"]) or _text(event["outlet"]) or _text(event["report_id"]),
    )


def _why(event: dict[str, Any], off_map: bool) -> str:
    place = _precision(event)
    reasons = []
    if _absent(event["best_day"]):
        reasons.append("no day can be told")
    if place is Precision.UNRESOLVED:
        named = _text(event["place_text"])
        reasons.append("the place is not in the gazetteer, or not certain" if named else "the text names no place")
    elif place > Precision.NEAR:
        level = f"only the {wording.PRECISION[place]} is known"
        reasons.append(level if off_map else f"{level} (an area)")
    elif off_map and not reasons:
        reasons.append("it has no coordinates")
    return "; ".join(reasons)


def _precision(event: dict[str, Any]) -> Precision:
    return Precision.UNRESOLVED if _absent(event["precision"]) else Precision(int(event["precision"]))


def _absent(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or value != value


def _int(value: object) -> int | None:
    return None if _absent(value) else int(str(value))


def _text(value: object) -> str:
    """Words of a report for a cell: signs that turn or hide text would reach its neighbours too."""
    return "" if _absent(value) else plain_text(value)
