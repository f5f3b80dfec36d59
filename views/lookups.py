"""The online geocoder as the Places page may ask it: only where configured, only on a click, each question once.

Environment variables: ``STRIKELINE_GEOCODER`` names the service ("nominatim", "photon" or "pelias"; without it nothing
is ever asked), ``STRIKELINE_GEOCODER_DOMAIN`` and ``STRIKELINE_GEOCODER_SCHEME`` an instance of one's own,
``STRIKELINE_GEOCODER_KEY`` its key, ``STRIKELINE_GEOCODER_AGENT`` the name under which it is asked.
"""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine

from geo.gazetteer import Gazetteer
from geo.online import CREDITS, OnlineAnswer, OnlineGeocoder, OnlineSettings
from model import Level, Place
from store.lookups import StoredAnswers
from views.candidates import Option
from views.literal_text import plain_text

VARIABLE = "STRIKELINE_GEOCODER"
_RADIUS_KM = 10.0  # of an answer that does not say how large the place is: near, not exact
_KM_A_DEGREE = 111.2


def settings(given: Mapping[str, str] = os.environ) -> OnlineSettings:
    """Which service is configured, if any. Raises ``ValueError`` for one that is not known."""
    usual = OnlineSettings()
    return OnlineSettings(
        service=given.get(VARIABLE, "").strip().lower(),
        domain=given.get(f"{VARIABLE}_DOMAIN", ""),
        scheme=given.get(f"{VARIABLE}_SCHEME", usual.scheme),
        user_agent=given.get(f"{VARIABLE}_AGENT", usual.user_agent),
        api_key=given.get(f"{VARIABLE}_KEY", ""),
    )


def credit(asked: OnlineSettings) -> str:
    """The line that must stand beside answers of the service."""
    return CREDITS[asked.service]


def ask(asked: OnlineSettings, name: str, engine: Engine) -> OnlineAnswer:
    """The service's answer, or the one that the store has kept. Raises ``ValueError`` where it lacks an address."""
    return OnlineGeocoder(asked, StoredAnswers(engine)).ask(name)


def option_of(answer: OnlineAnswer, service: str, gazetteer: Gazetteer) -> Option | None:
    """The answer as a place to choose; ``None`` where there is none, or none on this earth."""
    found = answer.location
    if found is None or not _on_earth(found.latitude, found.longitude):
        return None
    name, _, rest = plain_text(found.address, 300).partition(",")
    raw = found.raw if isinstance(found.raw, dict) else {}
    beside = gazetteer.nearest(found.latitude, found.longitude, limit=1)
    seed = hashlib.sha256(f"{service} {found.latitude:.5f} {found.longitude:.5f} {name}".encode()).digest()
    place = Place(
        id=-int.from_bytes(seed[:6], "big") - 1,  # below zero: in no gazetteer
        name=name.strip()[:80] or "unnamed place",
        lat=found.latitude,
        lon=found.longitude,
        level=Level.SETTLEMENT,
        country=beside[0][0].country if beside else "",
        admin1=beside[0][0].admin1 if beside else "",
        precision_km=_radius_km(raw),
        source=CREDITS[service],
    )
    nearest = f"; nearest place of the gazetteer: {beside[0][0].name}, {beside[0][1]:.0f} km" if beside else ""
    return Option(place, rest.strip(), (f"{service.capitalize()} answers so{nearest}",))


def _on_earth(lat: float, lon: float) -> bool:
    return math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180


def _radius_km(raw: Mapping[str, Any]) -> float:
    """Half the diagonal of Nominatim's bounding box (south, north, west, east), at least 1 km."""
    try:
        south, north, west, east = (float(end) for end in raw["boundingbox"])
    except (KeyError, TypeError, ValueError):
        return _RADIUS_KM
    wide = (east - west) * math.cos(math.radians((south + north) / 2))
    radius = math.hypot(north - south, wide) / 2 * _KM_A_DEGREE
    return max(1.0, round(radius, 1)) if math.isfinite(radius) else _RADIUS_KM
