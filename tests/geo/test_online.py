from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlparse

import pytest
from geopy.location import Location

from geo.online import OnlineGeocoder, OnlineSettings, Pause

OFFLINE = Location("offline", (1.0, 2.0), {"offline": True})


class DictCache:
    def __init__(self):
        self.kept = {}

    def get(self, service, query):
        return (service, query) in self.kept, self.kept.get((service, query))

    def put(self, service, query, answer):
        self.kept[service, query] = answer


class Server(BaseHTTPRequestHandler):
    """A geocoding service: knows Springfield, knows nothing else, fails on demand."""

    status = 200
    seen: list[tuple[str, str]] = []  # noqa: RUF012 - shared by design: each test makes its own subclass

    def do_GET(self):
        asked = urlparse(self.path)
        query = (parse_qs(asked.query).get("q") or parse_qs(asked.query).get("text"))[0]
        self.seen.append((query, self.headers["User-Agent"]))
        self.send_response(self.status)
        if self.status == 429:
            self.send_header("Retry-After", "7")
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(self.answer(asked.path, query)).encode())

    def answer(self, path, query):
        known = query == "Springfield"
        if path.startswith("/search"):
            return [{"lat": "39.8", "lon": "-89.6", "display_name": "Springfield"}] if known else []
        feature = {
            "geometry": {"coordinates": [-89.6, 39.8]},
            "properties": {"name": "Springfield", "label": "Springfield"},
        }
        return {"features": [feature] if known else []}

    def log_message(self, format, *args):
        """Say nothing."""


@pytest.fixture
def server():
    handler = type("OwnServer", (Server,), {"seen": [], "status": 200})
    service = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=service.serve_forever, daemon=True)
    thread.start()
    handler.domain = f"127.0.0.1:{service.server_port}"
    yield handler
    service.shutdown()
    service.server_close()
    thread.join()


def geocoder(server, service="nominatim", cache=None):
    settings = OnlineSettings(service, server.domain, scheme="http", user_agent="strikeline-test")
    return OnlineGeocoder(settings, cache or DictCache(), Pause(seconds=0))


def test_it_is_off_by_default():
    quiet = OnlineGeocoder(OnlineSettings(), DictCache())
    assert not quiet.on
    assert quiet.ask("Springfield", OFFLINE).location is OFFLINE


@pytest.mark.parametrize("service", ["nominatim", "photon", "pelias"])
def test_each_service_answers_under_our_own_name_with_a_credit(server, service):
    answer = geocoder(server, service).ask("Springfield")
    assert (round(answer.location.latitude, 1), round(answer.location.longitude, 1)) == (39.8, -89.6)
    assert answer.credit
    assert server.seen == [("Springfield", "strikeline-test")]


def test_an_answer_and_a_miss_are_asked_for_once(server):
    asking = geocoder(server)
    for _ in range(2):
        assert asking.ask("Springfield").location.latitude == pytest.approx(39.8)
        assert asking.ask("Nowhere", OFFLINE).location is OFFLINE
    assert [query for query, _ in server.seen] == ["Springfield", "Nowhere"]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_an_outage_gives_the_offline_answer_and_is_not_kept(server, status):
    cache = DictCache()
    asking = geocoder(server, cache=cache)
    server.status = status
    answer = asking.ask("Springfield", OFFLINE)
    assert answer.location is OFFLINE
    assert "offline answer" in answer.message
    assert not cache.kept


def test_an_unreachable_server_gives_the_offline_answer():
    settings = OnlineSettings("nominatim", "127.0.0.1:9", scheme="http", timeout=1)
    answer = OnlineGeocoder(settings, DictCache(), Pause(seconds=0)).ask("Springfield", OFFLINE)
    assert answer.location is OFFLINE
    assert "could not be asked" in answer.message


def test_one_request_a_second_over_all_threads():
    slept, now = [], [0.0]
    pause = Pause(seconds=1.0, clock=lambda: now[0], sleep=slept.append)
    for _ in range(3):
        pause.wait()
    assert slept == [1.0, 2.0]


def test_a_service_that_asks_for_patience_gets_it(server):
    slept, now = [], [0.0]
    pause = Pause(seconds=1.0, clock=lambda: now[0], sleep=slept.append)
    settings = OnlineSettings("nominatim", server.domain, scheme="http")
    server.status = 429
    OnlineGeocoder(settings, DictCache(), pause).ask("Springfield", OFFLINE)
    pause.wait()
    assert slept == [7.0]


def test_an_unknown_service_is_refused():
    with pytest.raises(ValueError, match="unknown geocoding service"):
        OnlineSettings("carrier pigeon")
