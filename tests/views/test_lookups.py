"""The online geocoder: off unless named, an answer is a place to choose, and nothing it says is trusted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from geopy.location import Location

from geo.online import OnlineAnswer
from model import Level, Place
from tests import factories
from views import lookups

NAMED = "STRIKELINE_GEOCODER"


class Around:
    """Stands in for the gazetteer: one town everywhere but at the south pole."""

    def nearest(self, lat: float, lon: float, limit: int = 5) -> Sequence[tuple[Place, float]]:
        assert (limit, abs(lon) <= 180) == (1, True)
        return [] if lat < -80 else [(factories.place("Kharkiv"), 12.3)]


def option(address: str = "Depot, Kharkiv, Ukraine", lat: float = 50.0, lon: float = 36.2, raw: object = None):
    answer = OnlineAnswer(Location(address, (lat, lon), raw or {}))
    return lookups.option_of(answer, "nominatim", Around())  # type: ignore[arg-type]


def test_nothing_is_asked_unless_a_service_is_named() -> None:
    assert lookups.settings({}).service == ""


def test_service_and_address_come_from_the_environment() -> None:
    given = {NAMED: " Photon ", f"{NAMED}_DOMAIN": "127.0.0.1:9", f"{NAMED}_SCHEME": "http", f"{NAMED}_AGENT": "desk"}
    asked = lookups.settings(given)
    assert (asked.service, asked.domain, asked.scheme, asked.user_agent) == ("photon", "127.0.0.1:9", "http", "desk")
    assert "OpenStreetMap" in lookups.credit(asked)


def test_unknown_service_is_named() -> None:
    with pytest.raises(ValueError, match="unknown geocoding service 'google'"):
        lookups.settings({NAMED: "google"})


def test_answer_becomes_an_option_with_country_from_the_gazetteer() -> None:
    found = option()
    assert found
    assert (found.place.name, found.where, found.place.level) == ("Depot", "Kharkiv, Ukraine", Level.SETTLEMENT)
    assert (found.place.country, found.place.admin1) == ("UA", "UA.07")
    assert found.place.precision_km == 10
    assert found.reasons == ("Nominatim answers so; nearest place of the gazetteer: Kharkiv, 12 km",)
    assert found.place.id < 0
    assert option() == found


def test_box_of_the_answer_is_its_precision() -> None:
    found = option(raw={"boundingbox": ["49.9", "50.1", "36.1", "36.3"]})
    assert found
    assert found.place.precision_km == pytest.approx(13.2, abs=0.2)


@pytest.mark.parametrize("box", [None, [], ["a", "b", "c", "d"], ["nan"] * 4, [1, 2, 3], "1234567"])
def test_box_that_is_none_is_passed_over(box: object) -> None:
    found = option(raw={"boundingbox": box})
    assert found
    assert found.place.precision_km == 10


def test_no_answer_is_no_option() -> None:
    assert lookups.option_of(OnlineAnswer(None), "photon", Around()) is None  # type: ignore[arg-type]


def test_answer_far_from_anything_has_no_country() -> None:
    found = option(lat=-89.0)
    assert found
    assert (found.place.country, found.reasons) == ("", ("Nominatim answers so",))


@pytest.mark.parametrize("address", ["", ",,,", "\u202e" * 10, "x" * 9_999, "<img src=x>{{7*7}}"])
def test_any_address_gives_a_place_with_a_short_name(address: str) -> None:
    found = option(address)
    assert found
    assert 0 < len(found.place.name) <= 80
