"""The gazetteer as a geopy geocoder: it can stand wherever one of geopy's own can, and needs no network."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable, Mapping
from dataclasses import asdict
from typing import Any, NoReturn, TypeAlias

from geopy.adapters import BaseAsyncAdapter, BaseSyncAdapter
from geopy.exc import GeocoderQueryError, GeocoderUnavailable
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from geo.gazetteer import Gazetteer, open_gazetteer
from geo.resolve import resolve
from model import Candidate, Place, Resolution, Span, Toponym

Answer: TypeAlias = "Location | list[Location] | None"


class NoNetwork(BaseSyncAdapter):  # type: ignore[misc]
    """geopy's adapter that refuses every request: an offline geocoder that asks the network has a bug."""

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> NoReturn:  # noqa: ARG002
        """Refuse."""
        raise GeocoderUnavailable(f"this geocoder works offline; not asked: {url}")

    get_text = get_json


class NoNetworkAsync(BaseAsyncAdapter):  # type: ignore[misc]
    """The same for ``async with``: answers are awaited, requests refused."""

    async def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> NoReturn:  # noqa: ARG002
        """Refuse."""
        raise GeocoderUnavailable(f"this geocoder works offline; not asked: {url}")

    get_text = get_json


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]
    """geopy's contract over the gazetteer file.

    ``geocode("Харьков")`` is a ``Location``, a list of them with ``exactly_one=False``, or None. ``Location.raw`` holds
    the ranking: place, score, reasons, precision.
    """

    def __init__(
        self,
        gazetteer: Gazetteer | None = None,
        *,
        country_codes: str | Iterable[str] = (),
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ANN401 - geopy's own sentinel
        adapter_factory: Any = NoNetwork,  # noqa: ANN401 - geopy takes a class or a function
        user_agent: str = "strikeline",
    ) -> None:
        """``country_codes``: ISO 3166-1 codes that every query is held to, unless it names others."""
        super().__init__(scheme="https", timeout=timeout, user_agent=user_agent, adapter_factory=adapter_factory)
        self.gazetteer = gazetteer or open_gazetteer()
        self.country_codes = _codes(country_codes)

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ANN401, ARG002 - part of geopy's contract; nothing here can wait
        country_codes: str | Iterable[str] = (),
        limit: int = 10,
    ) -> Answer | Coroutine[None, None, Answer]:
        """Places for a name, best first. "Odessa, Texas" is read as a place and the unit it lies in.

        Raises:
            GeocoderQueryError: the query is not a string.
        """
        if not isinstance(query, str):
            raise GeocoderQueryError(f"a query is a string, not {type(query).__name__}")
        codes = _codes(country_codes) or self.country_codes
        return self._deliver(self._locations(query, codes)[:limit], exactly_one)

    def reverse(
        self,
        query: Any,  # noqa: ANN401 - geopy takes points, pairs and strings
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ANN401, ARG002
        limit: int = 5,
    ) -> Answer | Coroutine[None, None, Answer]:
        """Settlements nearest to a point, within 50 km; country and oblast are those of the settlement."""
        try:
            point = query if isinstance(query, Point) else Point(query)
        except (TypeError, ValueError) as error:
            raise GeocoderQueryError(f"not a point: {query!r}") from error
        near = self.gazetteer.nearest(point.latitude, point.longitude, limit)
        raws = [{**asdict(place), "distance_km": round(distance, 3)} for place, distance in near]
        locations = [
            Location(self._address(place), (place.lat, place.lon), raw)
            for (place, _), raw in zip(near, raws, strict=True)
        ]
        return self._deliver(locations, exactly_one)

    def _locations(self, query: str, codes: frozenset[str]) -> list[Location]:
        parts = [part.strip() for part in query.split(",")]
        if not parts[0]:
            return []
        toponyms, at = [], 0
        for part in parts:
            at = query.index(part, at)
            if part:
                toponyms.append(Toponym(part, Span(at, at + len(part))))
            at += len(part)
        first = resolve(query, toponyms, self.gazetteer)[0]
        candidates = [c for c in first.candidates if not codes or c.place.country in codes]
        found = [self._location(candidate, first) for candidate in candidates]
        if first.place and first.place not in [c.place for c in candidates] and not codes:
            found.insert(0, self._location(Candidate(first.place, first.score, first.reasons), first))
        return found

    def _location(self, candidate: Candidate, resolution: Resolution) -> Location:
        place = candidate.place
        raw = {
            **asdict(place),
            "score": round(candidate.score, 4),
            "reasons": list(candidate.reasons),
            "precision": resolution.precision.name if place == resolution.place else None,
        }
        return Location(self._address(place), (place.lat, place.lon), raw)

    def _address(self, place: Place) -> str:
        above = [unit.name for unit in self.gazetteer.ancestors(place) if unit.name != place.name]
        return ", ".join([place.name, *above])

    def _deliver(self, locations: list[Location], exactly_one: bool) -> Answer | Coroutine[None, None, Answer]:
        answer: Answer = (locations[0] if exactly_one else locations) if locations else None
        if isinstance(self.adapter, BaseAsyncAdapter):
            return _later(answer)
        return answer


async def _later(answer: Answer) -> Answer:
    await asyncio.sleep(0)
    return answer


def _codes(codes: str | Iterable[str]) -> frozenset[str]:
    listed = [codes] if isinstance(codes, str) else codes
    return frozenset(code.upper() for code in listed)
