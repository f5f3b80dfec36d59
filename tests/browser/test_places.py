"""The Places page in a browser: the small map, a click on it, and a choice that moves the event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page, expect

from model import Candidate, EventFilter
from store.database import open_store
from store.query import events
from store.record import add_report
from tests import factories
from tests.browser.drive import MAP, serve, settled

pytestmark = pytest.mark.browser

READY = "window.candidates && candidates.stats.ready && candidates.base.areas.length"
# Three places of one name, two of them a few steps apart.
TOWNS = [(50.61, 36.58), (46.2, 30.3), (46.201, 30.301)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one strike on a Belgorod that the rules are not sure of."""
    home = tmp_path_factory.mktemp("places")
    places = [factories.place("Belgorod", id=-n - 1, lat=lat, lon=lon) for n, (lat, lon) in enumerate(TOWNS)]
    candidates = tuple(Candidate(place, 0.4 - n / 10, ("the name",)) for n, place in enumerate(places))
    end = factories.resolution("Belgorod", place=places[0], score=0.4, candidates=candidates)
    report = factories.report()
    strike = factories.placed(factories.event(report, target=end.toponym), end)
    engine = open_store(home / "store.sqlite")
    add_report(engine, factories.reading(report, [strike]), by="test", at=factories.MOMENT)
    engine.dispose()
    return home


@pytest.fixture(scope="module")
def places_url(folder: Path) -> Iterator[str]:
    """The page over that store."""
    for address in serve("app.py", folder):
        yield f"{address}/places"


@pytest.fixture
def url_with_tiles(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The same with tiles of a server that nobody answers for."""
    monkeypatch.setenv("STRIKELINE_TILES", "http://127.0.0.1:9/{z}/{x}/{y}.png")
    monkeypatch.setenv("STRIKELINE_TILES_CREDIT", "Tile makers")
    for address in serve("app.py", folder):
        yield f"{address}/places"


def small_map(page: Page) -> Frame:
    """The frame of the small map, once points and base map are drawn."""
    handle = page.wait_for_selector(MAP, timeout=60_000)
    frame = handle.content_frame() if handle else None
    assert frame is not None
    frame.wait_for_function(READY, timeout=60_000)
    return frame


def test_points_show_whole_and_apart_on_a_phone(phone: Page, places_url: str) -> None:
    phone.goto(places_url)
    frame = small_map(phone)
    marks = frame.evaluate("candidates.marks.map(({x, y}) => [x - candidates.frame.padX, y - candidates.frame.padY])")
    assert len(marks) == 3
    (x1, y1), (x2, y2) = marks[1:]
    assert (x1 - x2) ** 2 + (y1 - y2) ** 2 >= 21**2
    width, height = frame.evaluate("[window.innerWidth, window.innerHeight]")
    assert all(10 < x < width - 10 and 10 < y < height - 10 for x, y in marks)
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_tiles_that_do_not_come_leave_the_small_map_and_are_told(page: Page, url_with_tiles: str) -> None:
    page.goto(url_with_tiles)
    credit = small_map(page).locator(".leaflet-control-attribution")
    expect(credit).to_contain_text("tiles from 127.0.0.1:9 unavailable")
    expect(credit).to_contain_text("Tile makers")


def test_point_clicked_on_the_small_map_is_picked_and_can_be_chosen(page: Page, places_url: str, folder: Path) -> None:
    page.goto(places_url)
    frame = small_map(page)
    settled(page)
    picked = page.get_by_role("combobox", name="The name means")
    expect(picked).to_have_value(re.compile("^1 · Belgorod"))
    x, y = frame.evaluate("(({x, y}, f) => [x - f.padX, y - f.padY])(candidates.marks[1], candidates.frame)")
    frame.locator(".leaflet-container").click(position={"x": x, "y": y})
    expect(picked).to_have_value(re.compile("^2 · Belgorod"))
    assert frame.evaluate("candidates.turn") == 1  # still the same map
    page.get_by_label("Your name").first.fill("Ana")
    page.get_by_label("Why", exact=True).first.fill("the mayor named the port")
    page.get_by_role("button", name="Choose this place").click()
    expect(page.get_by_text("Kept. It counts from now on.")).to_be_visible()
    engine = open_store(folder / "store.sqlite")
    assert list(events(engine, EventFilter())["lat"]) == [46.2]
    engine.dispose()
