"""The app over its sample, as a reader uses it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drive import map_frame, settled

pytestmark = pytest.mark.browser


def figure(page: Page, label: str) -> int:
    """A headline figure without its sign."""
    metric = page.get_by_test_id("stMetric").filter(has_text=label).first
    return int(re.sub(r"\D", "", metric.get_by_test_id("stMetricValue").inner_text()))


def test_slider_moves_map_and_figures_together(page: Page, app_url: str) -> None:
    page.goto(app_url)
    frame = map_frame(page)
    settled(page)
    before = figure(page, "Events")
    assert frame.evaluate("events.stats.events") == before - figure(page, "Not on the map")
    thumb = page.get_by_test_id("stSlider").locator("input[type=range]").nth(1)
    thumb.focus()
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
    drawn = frame.evaluate("events.stats.events")
    frame.wait_for_function("n => events.stats.events < n", arg=drawn)
    settled(page)
    page.wait_for_timeout(500)
    assert figure(page, "Events") < before
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
