"""Which strikes get an arc: from where, and on what grounds. Nothing is invented where a report says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import pandas as pd

from geo import arcs

CAP = 60  # arcs drawn at once, strongest first; the map says how many it left out
AUTO_DAYS = 90  # a longer window draws arcs only when asked to
NO_START = -1
Start: TypeAlias = tuple[float, float, int]  # latitude, longitude, 1 where a report names it


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
    table: dict[Start, int] = {}
    index = [NO_START] * len(frame)
    asked = frame["origin_basis"].fillna("").astype(str).to_numpy() != ""
    fields = ("origin_basis", "origin_lat", "origin_lon", "lat", "lon", "actor_country", "country")
    values = (frame.loc[asked, name] for name in fields)
    for row, *event in zip(asked.nonzero()[0], *values, strict=True):
        start = _start(*event, pov=pov)
        if start is not None:
            index[row] = table.setdefault(start, len(table))
    return Starts([list(start) for start in table], index)


def _start(
    basis: str,
    origin_lat: float,
    origin_lon: float,
    lat: float,
    lon: float,
    actor_country: str | None,
    country: str | None,
    *,
    pov: str,
) -> Start | None:
    if basis == "named":
        return None if pd.isna(origin_lat) or pd.isna(origin_lon) else (round(origin_lat, 4), round(origin_lon, 4), 1)
    if basis != "country" or not isinstance(actor_country, str) or not isinstance(country, str):
        return None
    point = _border(lat, lon, actor_country, country, pov)
    return None if point is None else (round(point[0], 4), round(point[1], 4), 0)


@lru_cache(maxsize=4096)
def _border(lat: float, lon: float, from_country: str, to_country: str, pov: str) -> tuple[float, float] | None:
    return arcs.border_point(lat, lon, from_country, to_country, pov=pov)
