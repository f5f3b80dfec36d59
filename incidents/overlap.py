"""Tellings that may be of the same attack: several reports, one place, one day.

Reports are not merged into incidents, because a place and a day are not enough for that: of 1,219 incidents that
Bellingcat verified one by one in Ukraine, 14 % have another within one kilometre on the same day. But adding all their
figures would count the dead twice. So a total counts each place and day once, by the report that is sure of the most,
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
    """Which events a total adds up: of each spot those of the report that is sure of the most.

    The report whose lower ends sum up highest counts, so that a further report never makes the lower bound of a total
    fall; where those are equal the one with the higher figures, then the one that stands first. What one report tells
    as two events is two events: they are added.

    Args:
        frame: as for ``find_spots``, with the columns ``outcome`` (a figure; missing = silent) and ``outcome_low``
            (its lower end; missing = open).
        outcome: the count to be added up.
    """
    spots = find_spots(frame).rename("spot")
    shared = pd.concat([spots, frame[["report_id"]]], axis=1)[spots != ALONE]
    # A silent report never wins over one that says "none"; a lower end that is left open is as good as none.
    shared[outcome] = pd.to_numeric(frame[outcome]).astype("float64").fillna(-1e-6)
    low = pd.to_numeric(frame[f"{outcome}_low"]).astype("float64")
    shared[f"{outcome}_low"] = low.fillna(shared[outcome].clip(upper=0.0))
    sums = shared.groupby(["spot", "report_id"], sort=False, as_index=False).sum()
    order = sums.sort_values([f"{outcome}_low", outcome], ascending=False, kind="stable")
    best = order.drop_duplicates("spot").set_index("spot")["report_id"]
    return (spots == ALONE) | (frame["report_id"] == spots.map(best))
