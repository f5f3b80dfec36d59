"""The days: slider, brush, play and link move map and figures together, and the map stays where it is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.browser.drive import drag_brush, drawn, figure, map_frame, run_again, runs, settled, stats

pytestmark = pytest.mark.browser


def test_slider_filters_map_and_figures_together_and_the_map_stays(page: Page, map_url: str) -> None:
    page.goto(map_url)
    frame = map_frame(page)
    before = stats(frame)
    frame.evaluate("map_div.setView([50.4, 36.7], 9, {animate: false}); window.mark = 'same'")
    thumb = page.get_by_test_id("stSlider").locator("input[type=range]").nth(1)
    thumb.focus()
    for _ in range(40):
        page.keyboard.press("ArrowLeft")
    drawn(frame, "events.range && events.range[1] === events.columns.days - 41")
    settled(page)
    assert stats(frame)["events"] < before["events"]
    off_map = figure(page, "Events") - stats(frame)["events"]
    assert 0 <= off_map < 120  # the page also counts events without a place
    assert frame.evaluate("[map_div.getZoom(), window.mark]") == [9, "same"]
    page.wait_for_url(re.compile("dates="))


def test_brush_moves_the_map_before_it_is_released_and_the_slider_after(page: Page, map_url: str) -> None:
    page.goto(map_url)
    frame = map_frame(page)
    settled(page)
    before, first_runs = stats(frame), runs(page)
    drag_brush(page, 0.3, 0.4, release=False)
    frame.wait_for_function("n => events.stats.events < n / 4", arg=before["events"])
    assert runs(page) == first_runs
    assert "dates=" not in page.url
    page.mouse.up()
    page.wait_for_url(re.compile("dates="))
    run_again(page, first_runs)
    drawn(frame)
    chosen = frame.evaluate("events.range")
    days = page.locator(".days").inner_text()
    assert f"({chosen[1] - chosen[0] + 1} days)" in days
    assert figure(page, "Events") >= stats(frame)["events"] > figure(page, "Events") * 0.9


def test_play_slides_the_window_and_pause_tells_the_page(page: Page, map_url: str) -> None:
    page.goto(f"{map_url}/?dates=2023-02-01&dates=2023-03-01")
    frame = map_frame(page)
    settled(page)
    start = frame.evaluate("events.range")
    page.locator("button.play").click()
    frame.wait_for_function("a => events.range[0] > a + 20", arg=start[0])
    page.locator("button.play").click()
    settled(page)
    stopped = frame.evaluate("events.range")
    assert stopped[1] - stopped[0] == start[1] - start[0]
    page.wait_for_function("() => !location.search.includes('2023-02-01')")


def test_growing_window_keeps_its_first_day(page: Page, map_url: str) -> None:
    page.goto(f"{map_url}/?dates=2023-02-01&dates=2023-03-01")
    frame = map_frame(page)
    start = frame.evaluate("events.range")
    page.locator("select.window").select_option("growing")
    page.locator("button.play").click()
    frame.wait_for_function("b => events.range[1] > b + 20", arg=start[1])
    assert frame.evaluate("events.range[0]") == start[0]
    page.locator("button.play").click()


def test_a_link_restores_days_and_counts(page: Page, map_url: str) -> None:
    page.goto(f"{map_url}/?dates=2024-05-01&dates=2024-05-31")
    frame = map_frame(page)
    settled(page)
    drawn(frame, "events.range && events.range[1] - events.range[0] === 30")
    assert 0 < stats(frame)["events"] <= figure(page, "Events") < 400
