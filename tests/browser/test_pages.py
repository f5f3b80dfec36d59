"""The pages together in a real browser: deep links, one chosen event, a report added, a phone; and nobody is called."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import watched
from tests.browser.drive import MAP, choose_first_row, figure_words, load_sample, map_frame, serve, settled

pytestmark = pytest.mark.browser

REPORT = """date 2024-03-04 Drones struck a depot in Kharkiv on Saturday, killing at least three people and injuring
nearly 20, the regional governor said. Moscow has not commented. {{7*191}} <img src="http://one.invalid/x.png">
"""


@pytest.fixture(scope="module")
def own_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of this module's own, which nobody has visited, over the bundled sample."""
    folder = tmp_path_factory.mktemp("pages")
    load_sample(folder)
    yield from serve("app.py", folder)


def test_cold_deep_link_has_frame_and_filter_and_carries_it_on(page: Page, own_url: str) -> None:
    page.goto(f"{own_url}/events?kind=Drone+strike")  # the first visit of this server
    expect(page.get_by_role("link", name="Map")).to_be_visible(timeout=60_000)
    settled(page)
    expect(page.get_by_role("heading", name="Events", exact=True)).to_be_visible()
    expect(page.get_by_text("Drone strike", exact=True).first).to_be_visible()
    few = figure_words(page, "Events")
    page.get_by_role("link", name="Map").click()
    map_frame(page)
    settled(page)
    assert figure_words(page, "Events") == few
    page.wait_for_url(f"{own_url}/?kind=Drone+strike")


def test_row_and_marker_choose_the_same_event_everywhere(page: Page, own_url: str) -> None:
    page.goto(own_url)
    frame = map_frame(page)
    settled(page)
    frame.evaluate("window.mark = 'same'")
    choose_first_row(page)
    expect(page.get_by_text("Who says what")).to_be_visible(timeout=20_000)
    settled(page)
    frame.wait_for_function("events.focus !== null")
    first = page.url
    assert "event=" in first
    frame.evaluate("strikeline.select(events, (events.focus + 1) % 5)")  # what a click on a marker calls
    page.wait_for_url(lambda url: "event=" in url and url != first)
    settled(page)
    assert f"event={frame.evaluate('events.ids[events.focus]')}" in page.url
    assert map_frame(page).evaluate("window.mark") == "same"  # the map was not made anew


def test_paste_read_save_and_find_it_on_the_map(page: Page, own_url: str) -> None:
    page.goto(f"{own_url}/add")
    page.get_by_label("Text of the report").fill(REPORT)
    page.get_by_label("Title").fill("![beacon](http://two.invalid/y.png) <b>title</b>")
    page.get_by_role("button", name="Read", exact=True).click()
    expect(page.get_by_text("“Saturday”, before publication on 4 March 2024")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Publication day taken from the head of the text: 4 March 2024.")).to_be_visible()
    assert "{{7*191}} <img src=" in page.locator(".report").inner_text()
    assert page.locator(".report img").count() == 0
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("told as having happened.")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Show on the map").click()
    map_frame(page).wait_for_function("events.focus !== null")
    settled(page)
    assert "event=" in page.url
    expect(page.get_by_text("![beacon](http://two.invalid/y.png) <b>title</b>").first).to_be_visible()
    page.goto(f"{own_url}/add")
    page.get_by_label("Text of the report").fill(f"\n  {REPORT}")
    page.get_by_role("button", name="Read", exact=True).click()
    expect(page.get_by_text("already stored")).to_be_visible(timeout=30_000)


def test_a_phone_shows_everything_without_scrolling_sideways(phone: Page, own_url: str) -> None:
    for path in ("", "events", "add", "about"):
        phone.goto(f"{own_url}/{path}")
        expect(phone.get_by_role("heading", level=1)).to_be_visible(timeout=30_000)
        settled(phone)
        wide = phone.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        assert wide <= 390, path


def test_map_and_first_rows_are_on_the_first_screen(phone: Page, browser: Browser, own_url: str) -> None:
    phone.goto(f"{own_url}/?kind=Drone+strike&killed=1")
    map_frame(phone)
    settled(phone)
    phone.wait_for_timeout(300)
    assert phone.locator(MAP).bounding_box()["y"] <= 420
    for page in watched(browser.new_context(viewport={"width": 1440, "height": 900})):
        page.goto(f"{own_url}/?kind=Drone+strike&killed=1")
        map_frame(page)
        settled(page)
        page.wait_for_timeout(300)
        chart, rows = page.locator("canvas.chart").bounding_box(), page.get_by_test_id("stDataFrame").bounding_box()
        assert chart["y"] + chart["height"] <= 900
        assert rows["y"] + 3 * 35 <= 900
