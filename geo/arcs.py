"""Where an arc starts and how it bends. An arc is a sign for a direction, never a flight path."""

from __future__ import annotations

import math
from itertools import pairwise

from geo import basemap

BEND = 0.2  # height of the control point over the straight line, as a share of its length


def to_mercator(lat: float, lon: float) -> tuple[float, float]:
    """Web Mercator with the whole world in 0..1: x to the east, y to the **south**, as on a screen."""
    sine = math.sin(math.radians(lat))
    return lon / 360 + 0.5, 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def from_mercator(x: float, y: float) -> tuple[float, float]:
    """Latitude and longitude of a point of the Mercator square."""
    return math.degrees(2 * math.atan(math.exp((0.5 - y) * 2 * math.pi)) - math.pi / 2), (x - 0.5) * 360


def bend(start: tuple[float, float], end: tuple[float, float], height: float = BEND) -> tuple[float, float]:
    """Control point of the quadratic curve from ``start`` to ``end``, on the left of travel as seen on the map.

    Because it is always the left, an arc and the one that answers it never lie on each other.

    Args:
        start: latitude, longitude.
        end: latitude, longitude.
        height: distance of the control point from the middle, as a share of the length.
    """
    (x0, y0), (x1, y1) = to_mercator(*start), to_mercator(*end)
    dx, dy = x1 - x0, y1 - y0
    return from_mercator((x0 + x1) / 2 + height * dy, (y0 + y1) / 2 - height * dx)


def border_point(
    lat: float, lon: float, from_country: str, to_country: str, *, pov: str = "un"
) -> tuple[float, float] | None:
    """The point of the land border between two countries nearest to a target.

    Args:
        lat: latitude of the target.
        lon: longitude of the target.
        from_country: ISO 3166-1 alpha-2 code of where the strike is said to come from.
        to_country: of where the target is.
        pov: "un" or "de_facto".

    Returns:
        Latitude and longitude, or ``None`` where the two share no land border in the base map.
    """
    lines = basemap.border_line(*sorted((from_country, to_country)), pov)
    east = math.cos(math.radians(lat))  # a degree of longitude in degrees of latitude, near the target
    nearest: tuple[float, float, float] | None = None
    for line in lines:
        for a, b in pairwise(line):
            found = _nearest(((lon - a[1]) * east, lat - a[0]), ((b[1] - a[1]) * east, b[0] - a[0]))
            if nearest is None or found[0] < nearest[0]:
                share = found[1]
                nearest = (found[0], a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]))
    return None if nearest is None else nearest[1:]


def _nearest(target: tuple[float, float], along: tuple[float, float]) -> tuple[float, float]:
    """Squared distance from a target to a stretch that starts at 0, and the share of it where it is nearest."""
    length = along[0] ** 2 + along[1] ** 2
    share = 0.0 if length == 0 else min(max((target[0] * along[0] + target[1] * along[1]) / length, 0.0), 1.0)
    return (target[0] - share * along[0]) ** 2 + (target[1] - share * along[1]) ** 2, share
