"""Tellings that may be of the same attack: several reports, one place, one day.

Reports are not merged into incidents, because a place and a day are not enough for that: of 1,219 incidents that
Bellingcat verified one by one in Ukraine, 14 % have another within one kilometre on the same day. But adding all their
figures would count the dead twice. So a total counts each place and day once, by the report with the highest figure,
and is a lower bound.
"""

from __future__ import annotations

import pandas as pd

ALONE = -1


def find_spots(frame: pd.DataFrame) -> pd.Series[int]:
    """A number for each place and day that more than one report tells of; ``ALONE`` for every other event.

    Args:
        frame: one row an event: ``place_id``, ``best_day``, ``report_id``, as ``store.query.events`` gives them.
            Events without a place or a day stand alone.
    """
    known = frame[["place_id", "best_day"]].notna().all(axis=1)
    by_spot = frame[known].groupby(["place_id", "best_day"], sort=False)
    shared = by_spot["report_id"].transform("nunique") > 1
    return by_spot.ngroup()[shared].reindex(frame.index, fill_value=ALONE).astype("int64")


def counted_once(frame: pd.DataFrame, outcome: str) -> pd.Series[bool]:
    """Which events a total adds up: of each spot those of the report whose figures for it are the highest.

    What one report tells as two events is two events: they are added. Where figures are equal the first row wins.

    Args:
        frame: as for ``find_spots``, with the column ``outcome`` (a figure; missing = silent).
        outcome: the count to be added up.
    """
    spots = find_spots(frame).rename("spot")
    shared = pd.concat([spots, frame[["report_id", outcome]]], axis=1)[spots != ALONE]
    # A silent report never wins over one that says "none".
    shared["figure"] = pd.to_numeric(shared[outcome]).astype("float64").fillna(-1e-6)
    sums = shared.groupby(["spot", "report_id"], sort=False, as_index=False)["figure"].sum()
    best = sums.loc[sums.groupby("spot", sort=False)["figure"].idxmax()].set_index("spot")["report_id"]
    return (spots == ALONE) | (frame["report_id"] == spots.map(best))
