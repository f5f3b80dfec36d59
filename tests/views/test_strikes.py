"""An arc starts where a report says, or at the border of the accused country, or not at all."""

from __future__ import annotations

import pandas as pd
import pytest

from views.strikes import find_starts

BELGOROD, KHARKIV, BEIRUT = (50.6, 36.6), (49.98, 36.25), (33.9, 35.5)


def strike(target=BELGOROD, country="RU", actor="UA", basis="", origin=(None, None)) -> dict:
    fields = {"origin_name": "Kharkiv", "lat": target[0], "lon": target[1], "country": country, "actor_country": actor}
    return {**fields, "origin_basis": basis, "origin_lat": origin[0], "origin_lon": origin[1]}


def starts(*strikes: dict):
    return find_starts(pd.DataFrame(list(strikes)))


def test_a_named_launch_area_is_the_start() -> None:
    found = starts(strike(basis="named", origin=KHARKIV))
    assert found.table == [(49.98, 36.25, 1, "Kharkiv")]
    assert found.index == [0]


def test_a_claimed_country_starts_at_its_border() -> None:
    found = find_starts(pd.DataFrame([strike(basis="country")]), names={"UA": "Ukraine"})
    lat, lon, named, name = found.table[0]
    assert (named, name) == (0, "Ukraine")
    assert 50.0 < lat < 50.6
    assert 36.0 < lon < 37.0


@pytest.mark.parametrize(
    "silent",
    [
        strike(),
        strike(basis="named"),  # named, but not placed
        strike(basis="country", actor=None),
        strike(basis="country", actor="RU"),  # within one country there is no border
        strike(basis="country", target=BEIRUT, country="LB", actor="IR"),  # these share none
        strike(basis="country", country=None),
    ],
)
def test_where_nothing_is_known_there_is_no_arc(silent: dict) -> None:
    assert starts(silent).index == [-1]
    assert starts(silent).table == []


def test_equal_starts_are_kept_once() -> None:
    found = starts(*[strike(basis="named", origin=KHARKIV)] * 3, strike(), strike(basis="named", origin=(51.7, 36.2)))
    assert found.index == [0, 0, 0, -1, 1]
    assert len(found.table) == 2
