"""Tellings that may be of the same attack: several reports, one place, one day.

Reports are not merged into incidents, because a place and a day are not enough for that: of 1,219 incidents that
Bellingcat verified one by one in Ukraine, 14 % have another within one kilometre on the same day. But adding all their
figures would count the dead twice. So a total counts each place and day once, by the report that is sure of the most,
and is a lower bound.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

ALONE = -1


def find_spots(frame: pd.DataFrame) -> pd.Series[int]:
    """A number for each place and day that more than one report tells of; ``ALONE`` for every other event.

    Args:
        frame: one row an event: ``place_id``, ``best_day``, ``report_id``, as ``store.query.events`` gives them.
            Events without a place or a day stand alone.
    """
    spots = _places_and_days(frame)
    return spots.where(frame["report_id"].groupby(spots).transform("nunique") > 1, ALONE)


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
    numbered = frame if "spot" in frame and "report_number" in frame else number_tellings(frame)
    spot, report = (numbered[name].to_numpy(np.int64) for name in ("spot", "report_number"))
    once = np.ones(len(frame), dtype=np.bool_)
    rows = np.flatnonzero(spot != ALONE)
    if len(rows):
        # A silent report never wins over one that says "none"; a lower end that is left open is as good as none.
        figure = np.nan_to_num(_numbers(frame[outcome])[rows], nan=-1e-6)
        low = _numbers(frame[f"{outcome}_low"])[rows]
        low = np.where(np.isnan(low), np.minimum(figure, 0.0), low)
        many = report.max() + 1
        tellings, first, of = np.unique(spot[rows] * many + report[rows], return_index=True, return_inverse=True)
        sums = [np.bincount(of, weights=figure), np.bincount(of, weights=low)]
        order = np.lexsort((first, -sums[0], -sums[1], tellings // many))
        spots = (tellings // many)[order]
        best = np.zeros(len(tellings), dtype=bool)
        best[order[np.flatnonzero(np.diff(spots, prepend=ALONE))]] = True
        once[rows] = best[of]
    return pd.Series(once.astype(bool), index=frame.index, dtype=bool)


def number_tellings(frame: pd.DataFrame) -> pd.DataFrame:
    """The events with what ``counted_once`` would else work out anew each time: ``spot`` and ``report_number``.

    Here a spot is a place and day whether or not a second report tells of it.
    """
    return frame.assign(spot=_places_and_days(frame), report_number=pd.factorize(frame["report_id"])[0])


def _places_and_days(frame: pd.DataFrame) -> pd.Series[int]:
    known = frame.loc[frame[["place_id", "best_day"]].notna().all(axis=1), ["place_id", "best_day"]]
    numbers = known.groupby(["place_id", "best_day"], sort=False).ngroup()
    return numbers.reindex(frame.index, fill_value=ALONE).astype("int64")


def _numbers(column: pd.Series[Any]) -> np.ndarray[Any, np.dtype[np.float64]]:
    return pd.to_numeric(column).to_numpy(np.float64, na_value=np.nan)
