"""Everything by keyboard, and no serious or critical finding of axe: every page, light and dark, desk and phone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Frame, Page, expect

from tests.browser.drive import MAP, map_frame, settled

pytestmark = pytest.mark.browser
GRAVE = ("serious", "critical")
DESK, PHONE = {"width": 1440, "height": 1000}, {"width": 390, "height": 844}
AT_REST = """() => !document.querySelector("[data-stale=true]")
  && !document.getAnimations().some((running) => running.playState === "running")"""
FOCUSED = """() => {
  let at = document.activeElement;
  for (;;) {
    if (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    else if (at.tagName === "IFRAME" && at.contentDocument) at = at.contentDocument.activeElement;
    else return (at.getAttribute("aria-label") || at.title || at.innerText || at.tagName).slice(0, 60);
  }
}"""
IN_ORDER = (  # a part of the name of each, as they come with the Tab key
    *("Skip to main", "Map", "Events", "About", "Days — start", "Days — end", "7 days", "Filters", "Zoom in", "PNG"),
    *("2×", "Legend", "Play", "Speed of play", "Window while playing", "What the bars count", "Width of a bar"),
    *("Events", "Download as CSV: Events", "CANVAS"),
)


def findings(where: Page | Frame) -> list[str]:
    """Rule, selector and markup of each grave finding, frames looked at one by one."""
    told = Axe().run(where, options={"resultTypes": ["violations"], "iframes": False})
    return [
        f"{found['id']}: {node['target']} {node['html'][:160]}"
        for found in told.response["violations"]
        if found["impact"] in GRAVE
        for node in found["nodes"]
    ]


def look(page: Page) -> list[str]:
    """The findings on the page as it rests, and in its map where it has one."""
    settled(page)
    page.wait_for_timeout(300)
    page.wait_for_function(AT_REST)
    maps = [handle.content_frame() for handle in page.query_selector_all(MAP)]
    return findings(page) + [found for frame in maps if frame for found in findings(frame)]


def first_event(page: Page, app_url: str) -> str:
    page.goto(app_url)
    frame = map_frame(page)
    return frame.evaluate("fetch(events.settings.base.events + events.stem + '-ids.json').then((ids) => ids.json())")[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "events", "add", "places", "about"])
def test_pages_have_no_grave_finding(browser: Browser, app_url: str, path: str, scheme: str) -> None:
    page = browser.new_page(viewport=DESK, color_scheme=scheme)
    page.goto(f"{app_url}/{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=60_000)
    if path == "":
        map_frame(page)
    found = look(page)
    page.set_viewport_size(PHONE)
    found += look(page)
    page.close()
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_chosen_event_and_open_filter_have_no_grave_finding(browser: Browser, app_url: str, scheme: str) -> None:
    page = browser.new_page(viewport=DESK, color_scheme=scheme)
    event = first_event(page, app_url)
    page.goto(f"{app_url}/?event={event}&kind=%3Cb%3E")
    map_frame(page)
    found = look(page)
    page.get_by_role("button", name="Filters").click()
    expect(page.get_by_label("Killed, at least")).to_be_visible()
    found += look(page)
    page.set_viewport_size(PHONE)
    page.goto(f"{app_url}/events?event={event}")
    expect(page.get_by_text("Who says what")).to_be_visible(timeout=60_000)
    found += look(page)
    page.close()
    assert found == []


def focused(page: Page, most: int) -> Iterator[str]:
    """What the Tab key brings, one after another."""
    for _ in range(most):
        page.keyboard.press("Tab")
        yield page.evaluate(FOCUSED)


def test_every_control_of_the_map_page_comes_with_the_tab_key(page: Page, app_url: str) -> None:
    page.goto(app_url)
    map_frame(page)
    settled(page)
    stops = focused(page, 60)
    for name in IN_ORDER:
        assert any(name in stop for stop in stops), f"{name!r} is not reached, or out of order"


@pytest.mark.parametrize("path", ["", "events"])
def test_a_row_is_chosen_and_its_evidence_read_by_keyboard(page: Page, app_url: str, path: str) -> None:
    page.goto(f"{app_url}/{path}")
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible(timeout=60_000)
    settled(page)
    page.wait_for_timeout(500)
    assert any(stop == "CANVAS" for stop in focused(page, 60))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    page.wait_for_url(re.compile("event="))
    expect(page.get_by_text("Who says what")).to_be_visible(timeout=20_000)
    expect(page.locator("mark").first).to_be_visible()
