"""Ask an online geocoder about names the gazetteer does not know; off unless configured.

Nominatim, Photon and Pelias are asked through geopy. The whole application (one process) sends at most one request a
second, under its own name, and an answer once given is not asked for again: the cache is handed in, because only
``store`` writes to disk. A service that fails never takes an offline answer away.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from geopy.adapters import URLLibAdapter
from geopy.exc import GeocoderRateLimited, GeopyError
from geopy.geocoders import Nominatim, Pelias, Photon
from geopy.location import Location

PAUSE_SECONDS = 1.0  # the usage policy of OpenStreetMap's Nominatim, over all users of the application
CREDITS = {
    "nominatim": "Geocoding © OpenStreetMap contributors, ODbL 1.0, by Nominatim",
    "photon": "Geocoding © OpenStreetMap contributors, ODbL 1.0, by Photon (komoot)",
    "pelias": "Geocoding by Pelias; data credits as stated by the service",
}
_log = logging.getLogger(__name__)


class AnswerCache(Protocol):
    """Where answers are kept: ``store`` provides one that lasts, tests a dict."""

    def get(self, service: str, query: str) -> tuple[bool, dict[str, Any] | None]:
        """Whether the query was answered before, and the answer (None: the service knows no such place)."""

    def put(self, service: str, query: str, answer: dict[str, Any] | None) -> None:
        """Keep an answer."""


@dataclass(frozen=True, slots=True)
class OnlineSettings:
    """Which service, where, and under what name; ``service=""`` is off."""

    service: str = ""  # "nominatim", "photon" or "pelias"
    domain: str = ""  # of an own instance; "" is the public one where there is one
    scheme: str = "https"
    user_agent: str = "strikeline"
    api_key: str = ""
    timeout: float = 5.0

    def __post_init__(self) -> None:
        if self.service and self.service not in CREDITS:
            raise ValueError(f"unknown geocoding service {self.service!r}: one of {', '.join(CREDITS)}")


@dataclass(frozen=True, slots=True)
class OnlineAnswer:
    """What came of a question: a place, or None, and a message where the service could not be asked."""

    location: Location | None
    credit: str = ""
    message: str = ""


@dataclass(slots=True)
class Pause:
    """Lets one caller through a second, whichever thread it runs in."""

    seconds: float = PAUSE_SECONDS
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _next: float = float("-inf")

    def wait(self) -> None:
        """Return when it is this caller's turn."""
        with self._lock:
            now = self.clock()
            turn = max(now, self._next)
            self._next = turn + self.seconds
        if turn > now:
            self.sleep(turn - now)

    def hold(self, seconds: float) -> None:
        """Keep everybody waiting for so long: the service asked for it."""
        with self._lock:
            self._next = max(self._next, self.clock() + seconds)


APPLICATION_PAUSE = Pause()


class OnlineGeocoder:
    """Asks the configured service, one question a second, and remembers the answers."""

    def __init__(self, settings: OnlineSettings, cache: AnswerCache, pause: Pause = APPLICATION_PAUSE) -> None:
        self.settings = settings
        self._cache = cache
        self._pause = pause
        self._service = _service(settings)

    @property
    def on(self) -> bool:
        """Whether a service is configured."""
        return self._service is not None

    def ask(self, query: str, offline: Location | None = None) -> OnlineAnswer:
        """The service's answer, or the offline one with a message where it gives none or cannot be reached."""
        if self._service is None:
            return OnlineAnswer(offline)
        name = self.settings.service
        known, kept = self._cache.get(name, query)
        if known:
            return OnlineAnswer(_location(kept) or offline, CREDITS[name] if kept else "")
        self._pause.wait()
        try:
            found: Location | None = self._service.geocode(query, exactly_one=True)
        except GeocoderRateLimited as error:
            self._pause.hold(error.retry_after or 60)
            return self._failed(error, offline)
        except GeopyError as error:
            return self._failed(error, offline)
        self._cache.put(name, query, _kept(found))
        return OnlineAnswer(found or offline, CREDITS[name] if found else "")

    def _failed(self, error: GeopyError, offline: Location | None) -> OnlineAnswer:
        # Not kept in the cache: an outage is not "no such place".
        message = f"{self.settings.service} could not be asked ({type(error).__name__}); this is the offline answer"
        _log.warning("%s: %s", message, error)
        return OnlineAnswer(offline, "", message)


def _service(settings: OnlineSettings) -> Any:  # noqa: ANN401 - geopy is not typed
    common: dict[str, Any] = {
        "user_agent": settings.user_agent,
        "timeout": settings.timeout,
        "scheme": settings.scheme,
        # The adapter over requests repeats a refused request by itself, unseen by the pause.
        "adapter_factory": URLLibAdapter,
    }
    if settings.domain:
        common["domain"] = settings.domain
    if settings.service == "nominatim":
        return Nominatim(**common)
    if settings.service == "photon":
        return Photon(**common)
    if settings.service == "pelias":
        if not settings.domain:
            raise ValueError("pelias has no public server: name a domain")
        return Pelias(api_key=settings.api_key or None, **common)
    return None


def _kept(found: Location | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"address": found.address, "lat": found.latitude, "lon": found.longitude, "raw": found.raw}


def _location(kept: Mapping[str, Any] | None) -> Location | None:
    return None if kept is None else Location(kept["address"], (kept["lat"], kept["lon"]), kept["raw"])
