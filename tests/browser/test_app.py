"""The app over its sample, as a reader uses it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.drive import drawn, figure, map_frame, settled

pytestmark = pytest.mark.browser


def test_first_visit_of_a_fresh_server_draws_the_map(page: Page, fresh_url: str) -> None:
    page.goto(fresh_url)
    frame = map_frame(page)
    assert frame.evaluate("events.stats.events > 0 && map_div.getSize().x > 300")
    scripts = frame.evaluate("[...document.querySelectorAll('body script[src]')].map((s) => s.getAttribute('src'))")
    assert [src for src in scripts if "payload/code/" in src] == scripts  # one file, and nothing else to wait for
    assert len(scripts) == 1


def test_a_map_whose_script_did_not_arrive_is_loaded_again(browser: Browser, app_url: str) -> None:
    page = browser.new_page()  # not a watched one: the refusal is an error of the page
    refused: list[str] = []

    def refuse_once(route: Route) -> None:
        if refused:
            route.continue_()
        else:
            refused.append(route.request.url)
            route.abort()

    page.route(re.compile(r"payload/code/\w+\.js"), refuse_once)
    page.goto(app_url)
    assert map_frame(page).evaluate("events.stats.events > 0")
    assert len(refused) == 1
    page.close()


def test_slider_moves_map_and_figures_together(page: Page, app_url: str) -> None:
    page.goto(app_url)
    frame = map_frame(page)
    settled(page)
    drawn(frame)
    before, last = figure(page, "Events"), frame.evaluate("events.range[1]")
    assert frame.evaluate("events.stats.events") == before - figure(page, "Not on the map")
    thumb = page.get_by_test_id("stSlider").locator("input[type=range]").nth(1)
    thumb.focus()
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
    drawn(frame, f"events.range[1] === {last} - 20")
    settled(page)
    assert figure(page, "Events") < before
    assert frame.evaluate("events.stats.events") == figure(page, "Events") - figure(page, "Not on the map")


@pytest.mark.parametrize("address", ["", "?kind=Drone+strike", "?country=Russia", "?killed=3", "?q=Belgorod"])
def test_headline_map_and_table_add_up_the_same(page: Page, app_url: str, address: str) -> None:
    page.goto(f"{app_url}/{address}")
    frame = map_frame(page)
    settled(page)
    drawn(frame)
    if figure(page, "Not on the map") == 0:  # so with the last three; else the map adds up fewer
        for outcome in ("killed", "injured"):
            metric = page.get_by_test_id("stMetric").filter(has_text=outcome.capitalize()).first
            told = metric.get_by_test_id("stMetricValue").inner_text()
            assert (frame.evaluate(f"events.stats.{outcome}Words") or "none told") == told
    listed = page.get_by_text(re.compile(r"^[\d,]+ events?, the newest first")).inner_text()
    assert int(re.match(r"[\d,]+", listed)[0].replace(",", "")) == figure(page, "Events")
    assert frame.evaluate("events.stats.events") == figure(page, "Events") - figure(page, "Not on the map")


def test_an_event_chosen_on_the_map_shows_its_evidence(page: Page, app_url: str) -> None:
    page.goto(app_url)
    frame = map_frame(page)
    settled(page)
    row = frame.evaluate("events.columns.killed.findIndex((n) => n > 0)")
    frame.evaluate("row => strikeline.select(events, row)", row)
    page.wait_for_url(re.compile("event="))
    settled(page)
    expect(page.locator("mark").first).to_be_visible()
    assert frame.evaluate("events.focus") == row
