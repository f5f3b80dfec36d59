"""The map as a whole: where it starts, what lies around it, and its picture."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.drive import drawn, map_frame, settled

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_the_map_starts_around_its_events_and_none_is_under_a_panel(
    browser: Browser, map_url: str, size: tuple[int, int]
) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(f"{map_url}/?view=around&dates=2023-06-01&dates=2023-06-30")
    frame = map_frame(page)
    settled(page)
    frame.wait_for_function("events.stats.events < 1000")
    hidden = frame.evaluate(
        """() => {
            const { padX, padY, width, height } = events.frame, panels = events.panels();
            const seen = (n) => n.x > padX && n.y > padY && n.x < width - padX && n.y < height - padY;
            const under = (n, b) => n.x + n.r > b[0] && n.x - n.r < b[2] && n.y + n.r > b[1] && n.y - n.r < b[3];
            const dots = events.scene.nodes.filter((n) => !n.area && seen(n));
            return [dots.length, dots.filter((n) => panels.some((b) => under(n, b))).map((n) => n.place || n.town)];
        }"""
    )
    assert hidden[0] > 5
    assert hidden[1] == []
    assert "map=" not in page.url  # to start is not to move
    lines = frame.locator(".strikeline-counter div")
    if size[0] > 1000:
        assert lines.count() == 2
        assert all(line.bounding_box()["height"] < 20 for line in lines.all())
    page.close()


@pytest.mark.parametrize("ratio", [1, 2])
def test_picture_shows_map_title_legend_and_credit(page: Page, map_url: str, ratio: int) -> None:
    page.goto(f"{map_url}/?dates=2023-06-01&dates=2023-06-30")
    frame = map_frame(page)
    settled(page)
    drawn(frame, "events.stats.events < 1000")
    with page.expect_download() as saved:
        frame.get_by_role("button", name="screen size" if ratio == 1 else "double size").click()
    picture = Image.open(saved.value.path()).convert("RGB")
    wide, high = frame.evaluate("[map_div.getSize().x, map_div.getSize().y]")
    assert picture.width == (wide + 60 + 345) * ratio
    assert picture.height > high * ratio
    legend = picture.crop(((wide + 40) * ratio, 90 * ratio, picture.width, 500 * ratio))
    title = picture.crop((20 * ratio, 10 * ratio, 400 * ratio, 48 * ratio))
    assert inked(legend) > 0.01
    assert inked(title) > 0.02
    assert len(picture.crop((20, 120, wide * ratio, high * ratio)).getcolors(1 << 24)) > 100


def inked(image: Image.Image) -> float:
    """Share of dark pixels."""
    grey = image.convert("L").tobytes()
    return sum(value < 140 for value in grey) / len(grey)


def test_map_draws_land_and_sea(open_map: Page) -> None:
    frame = map_frame(open_map)
    data = frame.evaluate(
        """() => {
            const canvas = document.createElement("canvas"), scale = 256 * 2 ** 6;
            Object.assign(canvas, { width: 800, height: 500 });
            const x0 = strikeline.mercatorX(33) * scale - 400, y0 = strikeline.mercatorY(47) * scale - 250;
            events.base.paint(canvas.getContext("2d"), { width: 800, height: 500, zoom: 6, scale, x0, y0 });
            return canvas.toDataURL();
        }"""
    )
    colours = Image.open(io.BytesIO(base64.b64decode(data.split(",")[1]))).convert("RGB").getcolors(1 << 24)
    by_share = sorted(colours, reverse=True)
    assert {(250, 247, 240), (217, 227, 234)} <= {colour for _, colour in by_share[:6]}  # land of Ukraine, sea


def test_legend_and_credit_are_on_the_map(open_map: Page) -> None:
    frame = map_frame(open_map)
    credit = frame.locator(".leaflet-control-attribution").inner_text()
    assert (
        credit == "Natural Earth (public domain) · GeoNames (CC BY 4.0, modified) · Boundaries do not imply endorsement"
    )
    legend = frame.locator(".strikeline-legend")
    legend.locator("summary").click()
    expect(legend).to_contain_text("schematic, not a flight path")
    assert frame.locator(".leaflet-control-scale-line").count() == 1  # kilometres alone


def test_phone_map_fits_and_legend_is_folded(phone: Page, map_url: str) -> None:
    phone.goto(map_url)
    frame = map_frame(phone)
    assert frame.evaluate("document.querySelector('.strikeline-legend').open") is False
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert frame.evaluate("map_div.getContainer().dataset.theme") == "dark"


def test_a_picture_leaves_the_map_where_a_click_finds_it(open_map: Page) -> None:
    frame = map_frame(open_map)
    assert frame.evaluate("(events.picture(1), events.scene.frame === events.frame)")
