"""The base map's data: which files, whose borders, and whom to credit. Pure reading; drawing is done elsewhere.

The theatre is one topology: each stretch of border is stored once and used by the units on both sides, so the state
borders of a point of view are the stretches whose two sides belong to different countries under it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

DATA = Path(__file__).resolve().parent / "data" / "base"
FILES = {
    "theatre": "theatre.topo.json",
    "world": "world.topo.json",
    "lakes": "lakes.topo.json",
    "places": "places.json",
}
CREDIT = "Natural Earth (public domain) · GeoNames (CC BY 4.0, modified)"
CAPTION = "Boundaries do not imply endorsement"
SCALE = "1:10 million"  # off by up to 5 km: never derive a country from these lines
POVS = {"un": "country", "de_facto": "de_facto"}  # point of view -> the property that names a unit's country under it

Point: TypeAlias = tuple[float, float]  # latitude, longitude
Line: TypeAlias = tuple[Point, ...]
Polygon: TypeAlias = tuple[Line, ...]  # outline first, then holes; first and last point are the same


class BaseMapMissing(FileNotFoundError):
    """The base map's files are not there."""


def path(layer: str) -> Path:
    """Where a layer's file is; ``layer`` is a key of ``FILES``."""
    return DATA / FILES[layer]


@lru_cache(maxsize=1)
def file_names() -> Mapping[str, str]:
    """File name of each layer with a mark of its content, so that no browser keeps an outdated one."""
    return {
        layer: f"{name}?v={hashlib.sha256(path(layer).read_bytes()).hexdigest()[:8]}" for layer, name in FILES.items()
    }


@lru_cache(maxsize=1)
def _theatre() -> tuple[tuple[Mapping[str, Any], ...], tuple[Line, ...]]:
    """Units of the theatre and the stretches of border they are made of."""
    try:
        topology = json.loads(path("theatre").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BaseMapMissing(f"{path('theatre')} is not there. Build it: python -m geo.build_basemap") from error
    (step_lon, step_lat), (lon0, lat0) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for steps in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            line.append((y * step_lat + lat0, x * step_lon + lon0))
        lines.append(tuple(line))
    return tuple(topology["objects"]["units"]["geometries"]), tuple(lines)


def _parts(unit: Mapping[str, Any]) -> list[list[list[int]]]:
    """Arc numbers of a unit: polygons of rings; ``~n`` is arc n backward."""
    arcs: list[list[list[int]]] = [unit["arcs"]] if unit["type"] == "Polygon" else unit["arcs"]
    return arcs


def _ring(numbers: list[int], lines: tuple[Line, ...]) -> Line:
    points: list[Point] = []
    for number in numbers:
        line = lines[number] if number >= 0 else lines[~number][::-1]
        points.extend(line if not points else line[1:])
    return tuple(points)


def oblast_polygon(code: str) -> tuple[Polygon, ...]:
    """The areas of a first-order unit by its GeoNames code ("UA.07") or ISO 3166-2 code ("UA-63"); empty if unknown."""
    units, lines = _theatre()
    for unit in units:
        names = unit["properties"]
        if code and code in (names["code"], names["iso"]):
            return tuple(tuple(_ring(ring, lines) for ring in part) for part in _parts(unit))
    return ()


@lru_cache(maxsize=256)
def border_line(country_a: str, country_b: str, pov: str = "un") -> tuple[Line, ...]:
    """The land border that two countries share, as lines of points; empty where they share none in the theatre.

    Args:
        country_a: ISO 3166-1 alpha-2 code.
        country_b: the other one; the order does not matter.
        pov: "un" or "de_facto".

    Raises:
        KeyError: an unknown point of view.
    """
    units, lines = _theatre()
    owners: dict[int, set[str]] = {}
    for unit in units:
        country = unit["properties"][POVS[pov]]
        if country in (country_a, country_b):
            for number in (n for part in _parts(unit) for ring in part for n in ring):
                owners.setdefault(number if number >= 0 else ~number, set()).add(country)
    return tuple(lines[number] for number, countries in sorted(owners.items()) if len(countries) > 1)
