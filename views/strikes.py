"""Which strikes get an arc: from where, and on what grounds. Nothing is invented where a report says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import pandas as pd

from geo import arcs
from views.literal_text import plain_text

CAP = 60  # arcs drawn at once, strongest first; the map says how many it left out
AUTO_DAYS = 90  # a longer window draws arcs only when asked to
NO_START = -1
# Latitude, longitude, 1 where a report names the launch area and 0 where only the country is claimed, and what it is
# called: a name of the gazetteer, never the words of a report.
Start: TypeAlias = tuple[float, float, int, str]


@dataclass(frozen=True, slots=True)
class Starts:
    """Where the arcs begin: a table of points, and for each event its number in it (-1: no arc)."""

    table: list[Start]
    index: list[int]


def find_starts(frame: pd.DataFrame, pov: str = "un", names: Mapping[str, str] | None = None) -> Starts:
    """The start of each event's arc.

    A launch area that a report names is its own start. Where only the country of origin is claimed, the start is the
    point of the shared land border nearest to the target: the arc shows the direction, not a place of launch.

    Args:
        frame: columns lat, lon, country, actor_country, origin_name, origin_lat, origin_lon, origin_basis.
        pov: whose borders ("un" or "de_facto").
        names: name of each country by its code; one that is not there goes by its code.
    """
    table: dict[Start, int] = {}
    index = [NO_START] * len(frame)
    asked = frame["origin_basis"].fillna("").astype(str).to_numpy() != ""
    fields = ("origin_basis", "origin_name", "origin_lat", "origin_lon", "lat", "lon", "actor_country", "country")
    values = (frame.loc[asked, name] for name in fields)
    for row, *event in zip(asked.nonzero()[0], *values, strict=True):
        start = _start(*event, pov=pov, names=names or {})
        if start is not None:
            index[row] = table.setdefault(start, len(table))
    return Starts(list(table), index)


def _start(
    basis: str,
    origin_name: str | None,
    origin_lat: float,
    origin_lon: float,
    lat: float,
    lon: float,
    actor_country: str | None,
    country: str | None,
    *,
    pov: str,
    names: Mapping[str, str],
) -> Start | None:
    if basis == "named":
        placed = not pd.isna(origin_lat) and not pd.isna(origin_lon)
        name = plain_text(origin_name or "", 80)
        return (round(origin_lat, 4), round(origin_lon, 4), 1, name) if placed else None
    if basis != "country" or not isinstance(actor_country, str) or not isinstance(country, str):
        return None
    point = _border(lat, lon, actor_country, country, pov)
    name = plain_text(names.get(actor_country, actor_country), 80)
    return None if point is None else (round(point[0], 4), round(point[1], 4), 0, name)


@lru_cache(maxsize=4096)
def _border(lat: float, lon: float, from_country: str, to_country: str, pov: str) -> tuple[float, float] | None:
    return arcs.border_point(lat, lon, from_country, to_country, pov=pov)
