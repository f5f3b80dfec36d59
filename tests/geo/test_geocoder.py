from __future__ import annotations

import asyncio

import pandas as pd
import pytest
from geopy.exc import GeocoderQueryError, GeocoderUnavailable
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder

from geo.geocoder import GazetteerGeocoder, NoNetwork, NoNetworkAsync


@pytest.fixture
def geocoder(gazetteer):
    return GazetteerGeocoder(gazetteer)


def test_it_is_a_geopy_geocoder(geocoder):
    assert isinstance(geocoder, Geocoder)


def test_three_spellings_agree(geocoder):
    ids = {geocoder.geocode(name).raw["id"] for name in ("Харьков", "Kharkov", "Kharkiv")}
    assert len(ids) == 1


@pytest.mark.parametrize("query", ["", "   ", "Qqzzxville"])
def test_a_miss_is_none(geocoder, query):
    assert geocoder.geocode(query) is None
    assert geocoder.geocode(query, exactly_one=False) is None


def test_all_answers_carry_the_ranking(geocoder):
    places = geocoder.geocode("Odessa", exactly_one=False)
    scores = [place.raw["score"] for place in places]
    assert len(places) > 1
    assert scores == sorted(scores, reverse=True)
    assert all(place.raw["reasons"] for place in places)


def test_country_codes_hold_for_a_call_or_for_the_geocoder(gazetteer, geocoder):
    assert geocoder.geocode("Odessa", country_codes="us").raw["country"] == "US"
    assert GazetteerGeocoder(gazetteer, country_codes=["US"]).geocode("Odessa").raw["country"] == "US"


def test_the_unit_behind_the_comma_decides(geocoder):
    assert geocoder.geocode("Odessa, Texas").raw["admin1"] == "US.TX"


def test_reverse_finds_the_nearest_settlement(geocoder):
    assert geocoder.reverse((49.99, 36.23)).raw["name"] == "Kharkiv"
    assert geocoder.reverse("50.20, 36.43").raw["name"] == "Lyptsi"
    assert geocoder.reverse((0.0, -150.0)) is None
    assert len(geocoder.reverse((49.99, 36.23), exactly_one=False, limit=3)) == 3


@pytest.mark.parametrize("query", [None, 3, ["Kharkiv"]])
def test_a_query_is_a_string(geocoder, query):
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode(query)


def test_a_point_must_be_one(geocoder):
    with pytest.raises(GeocoderQueryError):
        geocoder.reverse("nowhere at all")


def test_it_runs_in_a_rate_limiter_and_a_pandas_apply(geocoder):
    geocode = RateLimiter(geocoder.geocode, min_delay_seconds=0)
    found = pd.Series(["Харьков", "Lyptsi", "Qqzzxville"]).apply(geocode)
    assert [f and f.raw["name"] for f in found] == ["Kharkiv", "Lyptsi", None]


def test_with_an_async_adapter_answers_are_awaited(gazetteer):
    async def ask():
        async with GazetteerGeocoder(gazetteer, adapter_factory=NoNetworkAsync) as geocoder:
            return await geocoder.geocode("Kharkiv"), await geocoder.reverse((49.99, 36.23))

    one, other = asyncio.run(ask())
    assert one.raw["id"] == other.raw["id"]


def test_a_request_is_refused():
    with pytest.raises(GeocoderUnavailable, match="offline"):
        NoNetwork(proxies=None, ssl_context=None).get_json("https://example.org", timeout=1, headers={})
