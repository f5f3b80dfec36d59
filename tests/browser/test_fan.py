"""Events of one spot, spread out around it: by mouse and keyboard, in the picture, and never with one not shown."""

from __future__ import annotations

import base64
import io
import re

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Frame, Page, expect

from tests.browser.drive import map_frame, settled

pytestmark = pytest.mark.browser
FORTNIGHT = "?dates=2023-06-01&dates=2023-06-14"
SPOT = "events.scene.nodes.find((n) => n.place === 'Kharkiv' && n.count > 1)"
CHOSEN = re.compile(r"chosen [0-9a-f]{16}-\d+")


def at_kharkiv(page: Page, address: str) -> Frame:
    """The map at its closest, over a spot of many events."""
    page.goto(address)
    frame = map_frame(page)
    settled(page)
    frame.wait_for_function("events.stats.events < 4000")
    frame.evaluate("map_div.setView([49.9818, 36.2548], map_div.getMaxZoom(), {animate: false})")
    frame.wait_for_function(f"{SPOT} && events.scene.tally.mask === events.columns.mask")
    return frame


def click_spot(frame: Frame) -> int:
    """Click the bubble; how many events it stood for."""
    x, y, count = frame.evaluate(f"(({{x, y, count}}, f) => [x - f.padX, y - f.padY, count])({SPOT}, events.frame)")
    frame.locator(".leaflet-container").click(position={"x": x, "y": y})
    return int(count)


def picture(frame: Frame) -> Image.Image:
    data = frame.evaluate("events.picture(1).toDataURL()")
    return Image.open(io.BytesIO(base64.b64decode(data.split(",")[1]))).convert("RGB")


def test_events_of_one_spot_are_spread_and_one_is_chosen(page: Page, map_url: str) -> None:
    frame = at_kharkiv(page, map_url + FORTNIGHT)
    folded = picture(frame)
    count = click_spot(frame)
    buttons = frame.locator(".strikeline-fan button")
    expect(buttons).to_have_count(count)
    assert 1 < count <= 24
    signs = frame.evaluate("events.scene.fan.map(({x, y, r, row}) => [x, y, r, row])")
    expect(frame.locator(".strikeline-counter")).to_contain_text(f"{count} spread around their spot")
    assert len({row for *_, row in signs}) == count
    apart = [
        (x - p) ** 2 + (y - q) ** 2 > (r + s) ** 2 for i, (x, y, r, _) in enumerate(signs) for p, q, s, _ in signs[:i]
    ]
    assert all(apart)
    inside = "events.scene.fan.every(({x, y}) => x > events.frame.padX && y > events.frame.padY)"
    assert frame.evaluate(inside)
    assert ImageChops.difference(folded, picture(frame)).getbbox() is not None
    third = signs[2][3]
    buttons.nth(2).click()
    expect(page.get_by_text(CHOSEN)).to_be_visible()
    frame.wait_for_function("row => events.focus === row", arg=third)
    settled(page)
    expect(buttons).to_have_count(count)  # the rerun left it open
    assert buttons.nth(2).get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("how", ["Escape", "elsewhere", "hub", "zoom"])
def test_a_fan_folds(page: Page, map_url: str, how: str) -> None:
    frame = at_kharkiv(page, map_url + FORTNIGHT)
    count = click_spot(frame)
    buttons = frame.locator(".strikeline-fan button")
    expect(buttons).to_have_count(count)
    if how == "Escape":
        page.keyboard.press("Escape")
    elif how == "zoom":
        frame.evaluate("map_div.zoomOut()")
    elif how == "hub":
        click_spot(frame)
    else:
        frame.locator(".leaflet-container").click(position={"x": 300, "y": 30})
    expect(buttons).to_have_count(0)
    frame.wait_for_function("!events.fan && !events.scene.fan")
    assert page.get_by_text(CHOSEN).count() == 0


def test_a_fan_folds_when_the_filter_changes_and_no_rerun_opens_it_again(page: Page, map_url: str) -> None:
    frame = at_kharkiv(page, map_url + FORTNIGHT)
    count = click_spot(frame)
    buttons = frame.locator(".strikeline-fan button")
    expect(buttons).to_have_count(count)
    box = page.get_by_text("Fatal only")
    for _ in range(2):
        box.click()
        settled(page)
        expect(buttons).to_have_count(0)
    frame.wait_for_function("events.columns.mask === null")
    expect(buttons).to_have_count(0)


def test_enter_on_the_map_spreads_the_chosen_event_and_escape_gives_the_map_back(page: Page, map_url: str) -> None:
    frame = at_kharkiv(page, map_url + FORTNIGHT)
    row = frame.evaluate(f"events.rowsOf({SPOT})[1]")
    frame.evaluate("row => strikeline.select(events, row)", row)
    expect(page.get_by_text(CHOSEN)).to_be_visible()
    settled(page)
    frame.locator(".leaflet-container").focus()
    page.keyboard.press("Enter")
    buttons = frame.locator(".strikeline-fan button")
    expect(buttons.first).to_be_focused()
    expect(buttons.first).to_have_accessible_name(re.compile(r"Kharkiv · \d+ Jun 2023 · .*(killed|injured|no figures)"))
    expect(frame.locator(".strikeline-tip")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    third = frame.evaluate("events.fan.rows[2]")
    frame.wait_for_function("row => events.focus === row", arg=third)
    page.keyboard.press("Escape")
    expect(buttons).to_have_count(0)
    expect(frame.locator(".leaflet-container")).to_be_focused()


def test_too_many_for_a_fan_are_listed_with_their_number(page: Page, map_url: str) -> None:
    frame = at_kharkiv(page, f"{map_url}/?dates=2023-06-01&dates=2023-09-30")
    count = click_spot(frame)
    assert count > 24
    expect(frame.locator(".strikeline-list h4")).to_have_text(f"{count} events on this spot")
    assert frame.locator(".strikeline-fan button").count() == 0
