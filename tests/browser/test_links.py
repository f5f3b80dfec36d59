"""Address and page always say the same: after every change, a reload, Back and Forward, on both pages with a filter."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drive import choose_first_row, drag_brush, figure, map_frame, settled

pytestmark = pytest.mark.browser
DAY = re.compile(r"\d{4}-\d\d-\d\d")
COUNT_RUNS = """() => {
  const app = document.querySelector("[data-testid=stApp]");
  window.runs = 0;
  let before = "";
  new MutationObserver(() => {
    const now = app.dataset.testScriptState;
    if (now === "running" && before !== "running") window.runs++;
    before = now;
  }).observe(app, { attributes: true, attributeFilter: ["data-test-script-state"] });
}"""


def asked(page: Page) -> dict[str, list[str]]:
    """The parameters of the address, without the view of the map."""
    told = parse_qs(urlsplit(page.url).query)
    told.pop("map", None)
    return told


def agree(page: Page, events: int, **address: list[str]) -> None:
    """Address, figures, table and map say the same; the timeline too."""
    expect(page.get_by_text(re.compile(rf"^{events} events?, the newest first"))).to_be_visible(timeout=20_000)
    settled(page)
    page.wait_for_function(
        "n => document.querySelector('[data-testid=stMetricValue]')?.innerText === n", arg=str(events)
    )
    if not page.url.split("?")[0].endswith("/events"):
        frame = map_frame(page)
        frame.wait_for_function("n => events.stats.events === n", arg=events - figure(page, "Not on the map"))
    assert asked(page) == address


def at_least_killed(page: Page, number: int) -> None:
    """Set a filter by its own field."""
    page.get_by_role("button", name="Filters").click()
    field = page.get_by_label("Killed, at least")
    field.fill(str(number))
    field.press("Enter")
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()


def opened(page: Page, url: str) -> int:
    """Open the map; how many events there are."""
    page.goto(url)
    map_frame(page)
    settled(page)
    return figure(page, "Events")


def test_back_and_forward_step_through_filter_and_chosen_event(page: Page, app_url: str) -> None:
    everything = opened(page, app_url)
    at_least_killed(page, 5)
    page.wait_for_url(re.compile("killed=5"))
    settled(page)
    few = figure(page, "Events")
    assert 0 < few < everything
    agree(page, few, killed=["5"])
    choose_first_row(page)
    page.wait_for_url(re.compile("event="))
    settled(page)
    expect(page.get_by_text("Who says what")).to_be_visible()
    chosen = asked(page)
    page.go_back()
    page.wait_for_function("() => !location.search.includes('event=')")
    expect(page.get_by_text("Who says what")).to_have_count(0)
    settled(page)
    page.get_by_role("radio", name="Events").or_(page.get_by_role("button", name="Events", exact=True)).first.click()
    agree(page, few, killed=["5"])
    page.go_back()
    agree(page, everything)
    page.go_forward()
    agree(page, few, killed=["5"])
    page.go_forward()
    page.wait_for_url(re.compile("event="))
    agree(page, few, **chosen)


def test_brush_and_reset_write_days_that_can_be_read_and_back_undoes_them(page: Page, app_url: str) -> None:
    everything = opened(page, app_url)
    drag_brush(page, 0.05, 0.5)
    page.wait_for_url(re.compile("dates="))
    settled(page)
    few = figure(page, "Events")
    assert 0 < few < everything
    days = asked(page)["dates"]
    assert len(days) == 2
    assert all(DAY.fullmatch(day) for day in days)
    agree(page, few, dates=days)
    page.wait_for_timeout(2_100)  # changes of the days within two seconds are one step
    page.get_by_role("button", name="Reset").click()
    agree(page, everything)
    page.go_back()
    agree(page, few, dates=days)
    assert page.locator(".days").inner_text().startswith(f"{int(days[0][-2:])} ")
    page.go_back()
    agree(page, everything)
    page.go_forward()
    agree(page, few, dates=days)
    page.reload()
    agree(page, few, dates=days)


def test_quick_ranges_follow_the_slider_and_lead_it(page: Page, app_url: str) -> None:
    everything = opened(page, app_url)
    latest = page.get_by_role("radiogroup", name="The latest days")
    expect(latest.get_by_role("radio", name="All")).to_be_checked()
    latest.get_by_role("radio", name="All").focus()
    page.keyboard.press("ArrowLeft")  # by keyboard alone
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("dates="))
    settled(page)
    few, days = figure(page, "Events"), asked(page)["dates"]
    assert few < everything
    agree(page, few, dates=days)
    first, last = (date.fromisoformat(day) for day in days)
    assert (last - first).days == 29
    expect(latest.get_by_role("radio", name="30 days")).to_be_checked()
    assert "(30 days)" in page.locator(".days").inner_text()
    page.get_by_test_id("stSlider").locator("input[type=range]").nth(0).focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".days")).to_contain_text("(31 days)")
    expect(latest.get_by_role("radio", checked=True)).to_have_count(0)


def test_back_across_pages_brings_the_filter_of_that_page(page: Page, app_url: str) -> None:
    everything = opened(page, app_url)
    page.get_by_role("link", name="Events").click()
    agree(page, everything)
    at_least_killed(page, 5)
    page.wait_for_url(re.compile("killed=5"))
    few = figure(page, "Events")
    agree(page, few, killed=["5"])
    page.get_by_role("link", name="Map").click()
    map_frame(page)
    agree(page, few, killed=["5"])
    page.go_back()
    page.wait_for_url(re.compile("/events"))
    agree(page, few, killed=["5"])
    page.go_back()
    page.wait_for_function("() => !location.search.includes('killed')")
    agree(page, everything)
    page.go_back()
    page.wait_for_function("() => !location.pathname.includes('events')")
    map_frame(page)
    agree(page, everything)
    page.go_forward()
    page.go_forward()
    page.wait_for_url(re.compile("killed=5"))
    agree(page, few, killed=["5"])


def test_a_burst_of_arrow_keys_is_one_step_and_a_step_back_is_one_run(page: Page, app_url: str) -> None:
    everything = opened(page, app_url)
    thumb = page.get_by_test_id("stSlider").locator("input[type=range]").nth(1)
    thumb.focus()
    for _ in range(15):
        page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(60)  # as a held key repeats
    page.wait_for_url(re.compile("dates="))
    settled(page)
    page.wait_for_timeout(500)
    few, days = figure(page, "Events"), asked(page)["dates"]
    assert few < everything
    agree(page, few, dates=days)
    page.evaluate(COUNT_RUNS)
    page.go_back()
    agree(page, everything)
    page.wait_for_timeout(1_500)  # time for a run that must not come
    assert page.evaluate("runs") == 1  # and none after it: nothing goes round
    agree(page, everything)


def test_an_address_the_reader_moved_the_map_in_keeps_it(page: Page, app_url: str) -> None:
    opened(page, app_url)
    map_frame(page).evaluate("map_div.setView([50.4, 36.7], 9, {animate: false})")
    page.wait_for_url(re.compile("map=9/50.400/36.700"))
    at_least_killed(page, 5)
    page.wait_for_url(re.compile("killed=5"))
    settled(page)
    assert "map=9/50.400/36.700" in page.url
    few = figure(page, "Events")
    map_frame(page).evaluate("map_div.setView([50.0, 36.2], 10, {animate: false})")
    page.wait_for_url(re.compile("map=10/50.000/36.200"))
    page.go_back()
    page.wait_for_function("() => !location.search.includes('killed')")
    settled(page)
    page.wait_for_url(re.compile("map=10/50.000/36.200"))  # the map stays where it is, and the address says so
    page.go_forward()
    agree(page, few, killed=["5"])
    page.wait_for_url(re.compile("map=10/50.000/36.200"))
    page.reload()
    frame = map_frame(page)
    agree(page, few, killed=["5"])
    assert frame.evaluate("map_div.getZoom()") == 10


def test_what_is_not_valid_leaves_the_address_and_is_named_at_once(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/?kind=Drone+strike&kind=%3Cb%3E&event=x&map=1&dates=2024-13-01&embed_options=light_theme")
    expect(page.get_by_text("Ignored in the address, because not valid here:")).to_be_visible(timeout=60_000)
    told = page.get_by_text("Ignored in the address, because not valid here:").inner_text()
    assert told.endswith("kind, dates, event, map.")
    settled(page)
    page.wait_for_function("() => !location.search.includes('event')")
    assert asked(page) == {"kind": ["Drone strike"], "embed_options": ["light_theme"]}
