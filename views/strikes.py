"""Which strikes get an arc: from where, and on what grounds. Nothing is invented where a report says nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from geo import arcs

CAP = 60  # arcs drawn at once, strongest first; the map says how many it left out
AUTO_DAYS = 90  # a longer window draws arcs only when asked to
NO_START = -1


@dataclass(frozen=True, slots=True)
class Starts:
    """Where the arcs begin: a table of points, and for each event its number in it (-1: no arc)."""

    table: list[list[float]]  # [lat, lon, 1 where a report names the launch area, 0 where only the country is claimed]
    index: list[int]


def find_starts(frame: pd.DataFrame, pov: str = "un") -> Starts:
    """The start of each event's arc.

    A launch area that a report names is its own start. Where only the country of origin is claimed, the start is the
    point of the shared land border nearest to the target: the arc shows the direction, not a place of launch.

    Args:
        frame: columns lat, lon, country, actor_country, origin_lat, origin_lon, origin_basis.
        pov: whose borders ("un" or "de_facto").
    """
    table: dict[tuple[float, float, int], int] = {}
    index = [NO_START] * len(frame)
    basis = frame["origin_basis"].fillna("").astype(str).to_numpy()
    for row in (basis != "").nonzero()[0]:
        start = _start(frame.iloc[row], basis[row], pov)
        if start is not None:
            index[row] = table.setdefault(start, len(table))
    return Starts([list(start) for start in table], index)


def _start(event: pd.Series, basis: str, pov: str) -> tuple[float, float, int] | None:
    named = event["origin_lat"], event["origin_lon"]
    if basis == "named":
        return None if pd.isna(named[0]) or pd.isna(named[1]) else (round(named[0], 4), round(named[1], 4), 1)
    if basis != "country" or pd.isna(event["actor_country"]) or pd.isna(event["country"]):
        return None
    point = _border(float(event["lat"]), float(event["lon"]), event["actor_country"], event["country"], pov)
    return None if point is None or not all(map(math.isfinite, point)) else (round(point[0], 4), round(point[1], 4), 0)


@lru_cache(maxsize=4096)
def _border(lat: float, lon: float, from_country: str, to_country: str, pov: str) -> tuple[float, float] | None:
    return arcs.border_point(lat, lon, from_country, to_country, pov=pov)
