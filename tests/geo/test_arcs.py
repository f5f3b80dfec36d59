"""Arcs bend left of travel, and start on the border where only a country is known."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.arcs import bend, border_point, from_mercator, to_mercator

BELGOROD, KHARKIV = (50.6, 36.59), (49.98, 36.23)
LATITUDE, LONGITUDE = st.floats(-80, 80), st.floats(-179, 179)


def side(start, end, point) -> float:
    """Negative left of travel on a screen, whose y grows downward."""
    (x0, y0), (x1, y1), (x, y) = to_mercator(*start), to_mercator(*end), to_mercator(*point)
    return (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)


@pytest.mark.parametrize("angle", range(0, 360, 45))
def test_bend_is_left_in_all_directions(angle: int) -> None:
    end = (50 + math.sin(math.radians(angle)), 36 + math.cos(math.radians(angle)))
    assert side((50, 36), end, bend((50, 36), end)) < 0


def test_north_bends_west() -> None:
    lat, lon = bend((50, 36), (51, 36))
    assert lon < 36
    assert 50 < lat < 51


def test_there_and_back_are_two_curves() -> None:
    assert bend(BELGOROD, KHARKIV) != pytest.approx(bend(KHARKIV, BELGOROD), abs=0.1)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(LATITUDE, LONGITUDE)
def test_mercator_there_and_back(lat: float, lon: float) -> None:
    assert from_mercator(*to_mercator(lat, lon)) == pytest.approx((lat, lon), abs=1e-9)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(LATITUDE, LONGITUDE, LATITUDE, LONGITUDE)
def test_bend_is_never_right(lat0: float, lon0: float, lat1: float, lon1: float) -> None:
    assert side((lat0, lon0), (lat1, lon1), bend((lat0, lon0), (lat1, lon1))) <= 1e-15


@pytest.mark.parametrize(("target", "there", "here"), [(BELGOROD, "UA", "RU"), (KHARKIV, "RU", "UA")])
def test_border_point_lies_between_the_two_cities(target, there: str, here: str) -> None:
    lat, lon = border_point(*target, there, here)
    assert 50.0 < lat < 50.6
    assert 36.0 < lon < 36.9
    assert border_point(*target, here, there) == (lat, lon)


def test_border_point_is_nearer_than_any_corner_of_the_border() -> None:
    from geo.basemap import border_line

    lat, lon = border_point(*BELGOROD, "UA", "RU")
    east = math.cos(math.radians(BELGOROD[0]))
    found = math.hypot(lat - BELGOROD[0], (lon - BELGOROD[1]) * east)
    corners = [
        math.hypot(a - BELGOROD[0], (b - BELGOROD[1]) * east) for line in border_line("UA", "RU") for a, b in line
    ]
    assert found <= min(corners) + 1e-12


@pytest.mark.parametrize(("there", "here"), [("IR", "IL"), ("UA", "UA"), ("PL", "RU"), ("", "RU")])
def test_no_shared_border_is_no_point(there: str, here: str) -> None:
    found = border_point(52.0, 30.0, there, here)
    assert (found is None) == ((there, here) != ("PL", "RU"))  # Poland meets Russia at Kaliningrad


def test_crimea_depends_on_the_point_of_view() -> None:
    assert border_point(45.3, 34.4, "RU", "UA", pov="un")[0] > 47
    assert border_point(45.3, 34.4, "RU", "UA", pov="de_facto")[0] < 46.3
