"""The map in a real browser: it loads nothing from outside, follows every control, and keeps its place."""

from __future__ import annotations

import base64
import io
import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from playwright.sync_api import Browser, Frame, Page, expect

from bench.synthetic import make_events
from tests.browser.drive import map_frame, settled
from views import tables, wording
from views.payload import write_payload

pytestmark = pytest.mark.browser
RUNS = re.compile(r"runs (\d+)")


def stats(frame: Frame) -> dict[str, float]:
    return frame.evaluate("events.stats")


def shown_number(page: Page, label: str) -> int:
    metric = page.get_by_test_id("stMetric").filter(has_text=label).get_by_test_id("stMetricValue")
    return int(metric.inner_text().replace(",", ""))


def runs(page: Page) -> int:
    return int(RUNS.search(page.get_by_text(RUNS).inner_text())[1])


def drag(page: Page, start: tuple[float, float], end: tuple[float, float], *, release: bool = True) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=12)
    if release:
        page.mouse.up()


def brush_box(page: Page) -> dict[str, float]:
    chart = page.locator("canvas.chart")
    chart.scroll_into_view_if_needed()
    return chart.bounding_box()


def test_slider_filters_map_and_figures_together_and_the_map_stays(page: Page, map_url: str) -> None:
    page.goto(map_url)
    frame = map_frame(page)
    before = stats(frame)
    frame.evaluate("map_div.setView([50.4, 36.7], 9, {animate: false}); window.mark = 'same'")
    thumb = page.get_by_test_id("stSlider").locator("input[type=range]").nth(1)
    thumb.focus()
    for _ in range(40):
        page.keyboard.press("ArrowLeft")
    frame.wait_for_function("n => events.stats.events < n", arg=before["events"])
    settled(page)
    page.wait_for_timeout(400)
    after = stats(frame)
    off_map = shown_number(page, "Events") - after["events"]
    assert 0 <= off_map < 120  # the page also counts events without a place
    assert frame.evaluate("[map_div.getZoom(), window.mark]") == [9, "same"]
    assert "dates=" in page.url


def test_brush_moves_the_map_before_it_is_released_and_the_slider_after(page: Page, map_url: str) -> None:
    page.goto(map_url)
    frame = map_frame(page)
    settled(page)
    before, first_runs = stats(frame), runs(page)
    box = brush_box(page)
    middle = box["y"] + 40
    drag(page, (box["x"] + box["width"] * 0.3, middle), (box["x"] + box["width"] * 0.4, middle), release=False)
    frame.wait_for_function("n => events.stats.events < n / 4", arg=before["events"])
    assert runs(page) == first_runs
    assert "dates=" not in page.url
    page.mouse.up()
    page.wait_for_url(re.compile("dates="))
    settled(page)
    page.wait_for_function(
        "n => document.body.innerText.includes('runs') && !document.body.innerText.includes('runs ' + n + '\\n')",
        arg=first_runs,
    )
    page.wait_for_timeout(300)
    chosen = frame.evaluate("events.range")
    days = page.locator(".days").inner_text()
    assert f"({chosen[1] - chosen[0] + 1} days)" in days
    assert shown_number(page, "Events") >= stats(frame)["events"] > shown_number(page, "Events") * 0.9


def test_play_slides_the_window_and_pause_tells_the_page(page: Page, map_url: str) -> None:
    page.goto(f"{map_url}/?dates=2023-02-01&dates=2023-03-01")
    frame = map_frame(page)
    settled(page)
    start = frame.evaluate("events.range")
    brush_box(page)
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
    brush_box(page)
    page.locator("select.window").select_option("growing")
    page.locator("button.play").click()
    frame.wait_for_function("b => events.range[1] > b + 20", arg=start[1])
    assert frame.evaluate("events.range[0]") == start[0]
    page.locator("button.play").click()


def test_a_link_restores_days_and_counts(page: Page, map_url: str) -> None:
    page.goto(f"{map_url}/?dates=2024-05-01&dates=2024-05-31")
    frame = map_frame(page)
    settled(page)
    frame.wait_for_function("events.range && events.range[1] - events.range[0] === 30")
    page.wait_for_timeout(200)
    drawn = stats(frame)["events"]
    assert 0 < drawn <= shown_number(page, "Events") < 400


@pytest.mark.parametrize(
    "days",
    [
        "",
        "?dates=2023-06-01&dates=2023-06-30",
        "?dates=2024-02-10&dates=2024-02-16",
        "?dates=2024-03-05&dates=2024-03-05",
    ],
)
def test_map_and_page_add_up_the_same_total(page: Page, map_url: str, days: str) -> None:
    page.goto(f"{map_url}/{days}")
    frame = map_frame(page)
    for _ in range(2):
        settled(page)
        page.wait_for_timeout(500)
        told = page.get_by_test_id("stMetric").filter(has_text="Killed").get_by_test_id("stMetricValue").inner_text()
        assert stats(frame)["killedWords"] == told
        assert f"{told} killed" in frame.locator(".strikeline-counter").inner_text()
        page.get_by_text("Fatal only").click()


def test_other_filters_reach_the_map_as_a_mask(page: Page, map_url: str) -> None:
    page.goto(map_url)
    frame = map_frame(page)
    before = stats(frame)
    frame.evaluate("window.mark = 'same'")
    page.get_by_text("Fatal only").click()
    frame.wait_for_function("n => events.stats.events < n", arg=before["events"])
    after = stats(frame)
    assert after["killed"] == before["killed"]
    assert after["silent"] == 0
    assert frame.evaluate("window.mark") == "same"


@pytest.mark.parametrize("count", [5_000, 100_000])
def test_a_rerun_sends_little_whatever_the_number_of_events(page: Page, map_url: str, count: int) -> None:
    sizes: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: sizes.append(len(data))))
    page.goto(f"{map_url}/?n={count}&dates=2023-02-01&dates=2024-05-31")
    frame = map_frame(page)
    settled(page)
    page.get_by_text("Fatal only").click()  # the mask of 100,000 events is a file
    frame.wait_for_function("events.stats.silent === 0 && events.stats.events > 100")
    settled(page)
    page.wait_for_timeout(400)
    assert stats(frame)["events"] <= shown_number(page, "Events")
    sizes.clear()
    last = frame.evaluate("events.range[1]")
    page.get_by_test_id("stSlider").locator("input[type=range]").nth(1).focus()
    page.keyboard.press("ArrowLeft")
    frame.wait_for_function("day => events.range[1] < day", arg=last)
    settled(page)
    page.wait_for_timeout(400)
    assert 0 < sum(sizes) <= 5 * 1024


def test_the_heap_does_not_grow_with_every_filter_move(open_map: Page) -> None:
    frame = map_frame(open_map)
    session = open_map.context.new_cdp_session(open_map)

    def heap() -> float:
        session.send("HeapProfiler.collectGarbage")
        return session.send("Runtime.getHeapUsage")["usedSize"] / 2**20

    box = open_map.get_by_text("Fatal only")
    for _ in range(4):
        box.click()
    settled(open_map)
    before = heap()
    for _ in range(100):
        box.click()
        open_map.wait_for_timeout(40)
    settled(open_map)
    open_map.wait_for_timeout(300)
    assert heap() - before < 10
    assert frame.evaluate("events.stats.events > 4000")  # an even number of clicks: all events again


def lone_event(frame: Frame) -> dict[str, float]:
    """Where, in the frame, a bubble of one event lies that no other touches."""
    return frame.evaluate(
        """() => {
            const { padX, padY } = events.frame, size = map_div.getSize();
            const clear = (n, m) => Math.hypot(n.x - m.x, n.y - m.y) > n.r + m.r + 14;
            const alone = (n) => events.scene.nodes.every((m) => m === n || clear(n, m));
            const across = (n) => n.x - padX > 120 && n.x - padX < size.x - 330;
            const down = (n) => n.y - padY > 60 && n.y - padY < size.y - 80;
            const node = events.scene.nodes.find((n) => n.count === 1 && !n.area && across(n) && down(n) && alone(n));
            return node && { x: node.x - padX, y: node.y - padY, row: node.row };
        }"""
    )


def test_click_selects_an_event_and_a_second_run_keeps_it(page: Page, map_url: str) -> None:
    page.goto(f"{map_url}/?dates=2023-06-01&dates=2023-06-30")
    frame = map_frame(page)
    settled(page)
    page.wait_for_timeout(300)
    spot, box = lone_event(frame), page.locator('iframe[title*="streamlit_folium"]').bounding_box()
    page.mouse.move(box["x"] + spot["x"], box["y"] + spot["y"])
    expect(frame.locator(".strikeline-tip")).to_be_visible()
    page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
    expect(page.get_by_text(re.compile(r"chosen [0-9a-f]{16}-\d+"))).to_be_visible()
    frame.wait_for_function("row => events.focus === row", arg=spot["row"])
    chosen = page.get_by_text(re.compile("chosen")).inner_text().split()[1]
    assert frame.evaluate("events.ids[events.focus]") == chosen
    counted = runs(page)
    page.wait_for_timeout(600)
    assert runs(page) == counted  # no loop of reruns


def test_a_command_that_comes_before_the_data_is_kept(open_map: Page) -> None:
    frame = map_frame(open_map)
    kept = frame.evaluate(
        """async () => {
            const { columns, last } = events, command = { ...last, range: [50, 60], focus: 3 };
            Object.assign(events, { columns: null, stem: null, loading: null });
            events.apply(command); // nothing is there yet to apply it to
            await strikeline.load(events, command.url);
            await new Promise((done) => setTimeout(done, 150));
            const kept = [events.range, events.focus, events.columns.size === columns.size, events.stats.events];
            events.apply(last);
            return kept;
        }"""
    )
    assert kept[:3] == [[50, 60], 3, True]
    assert 0 < kept[3] < 400


def test_panning_and_zooming_cause_no_rerun_and_write_the_view(page: Page, map_url: str) -> None:
    page.goto(map_url)
    frame = map_frame(page)
    settled(page)
    counted = runs(page)
    frame.evaluate("map_div.panBy([160, 40], {animate: false}); map_div.setZoom(9, {animate: false})")
    page.wait_for_timeout(500)
    assert runs(page) == counted
    assert re.search(r"map=9/[0-9.]+/[0-9.]+", page.url)


def test_a_cluster_splits_on_zoom_and_one_spot_opens_as_a_list(page: Page, map_url: str) -> None:
    page.goto(f"{map_url}/?dates=2023-06-01&dates=2023-07-30")
    frame = map_frame(page)
    settled(page)
    zoom = frame.evaluate("map_div.getZoom()")
    frame.evaluate(
        """() => {
            const dots = events.scene.nodes.filter((n) => !n.area).sort((a, b) => b.count - a.count);
            events.open(dots[0], map_div.getCenter());
        }"""
    )
    frame.wait_for_function("z => map_div.getZoom() > z", arg=zoom)
    page.wait_for_timeout(600)  # the map glides
    frame.evaluate("map_div.setView([49.9818, 36.2548], map_div.getMaxZoom(), {animate: false})")
    frame.wait_for_function("events.scene.nodes.some((n) => n.place === 'Kharkiv' && n.count > 1)")
    frame.evaluate(
        "events.open(events.scene.nodes.find((n) => n.place === 'Kharkiv' && n.count > 1), map_div.getCenter())"
    )
    entries = frame.locator(".strikeline-list button")
    expect(entries.first).to_contain_text("Kharkiv")
    entries.first.click()
    expect(page.get_by_text(re.compile(r"chosen [0-9a-f]{16}-\d+"))).to_be_visible()


def test_no_bubble_holds_events_of_two_countries(open_map: Page) -> None:
    frame = map_frame(open_map)
    mixed = frame.evaluate(
        """async () => {
            const mixed = [];
            for (const zoom of [6, 8]) {
                map_div.setZoom(zoom, { animate: false });
                const { nodes, nodeOf, tally } = events.scene;
                const seen = new Map(nodes.filter((node) => !node.area).map((node) => [node, new Set()]));
                for (const row of tally.shownRows(() => true)) {
                    const node = nodeOf(row);
                    if (seen.has(node)) seen.get(node).add(events.columns.country[row]);
                }
                mixed.push([...seen.values()].map((countries) => countries.size));
            }
            return mixed;
        }"""
    )
    assert all(len(zoom) > 3 and set(zoom) == {1} for zoom in mixed)


def test_a_province_is_hatched_in_its_own_outline(open_map: Page) -> None:
    frame = map_frame(open_map)
    marks = frame.evaluate(
        """() => {
            const ctx = document.createElement("canvas").getContext("2d");
            return events.scene.nodes.filter((n) => n.precision === 4).map((n) => ({
                outlined: Boolean(n.outline), unit: n.unit, inside: strikeline.insideOf(ctx, n.outline, n.x, n.y),
                clear: events.scene.nodes.every((m) => m.area || Math.hypot(m.x - n.x, m.y - n.y) > m.r + n.r),
            }));
        }"""
    )
    assert {mark["unit"] for mark in marks} == {"UA.07", "RU.09"}
    assert all(mark["outlined"] and mark["inside"] and mark["clear"] for mark in marks)
    assert frame.evaluate("events.scene.nodes.filter((n) => n.area && n.precision !== 4).every((n) => !n.outline)")
    numbers = """events.scene.nodes.filter((n) => n.area && n.spot).map(({ spot: [x, y] }) =>
        events.scene.nodes.every((m) => m.area || Math.hypot(m.x - x, m.y - y) > m.r + 10))"""
    assert set(frame.evaluate(numbers)) == {True}  # no bubble covers half a number


def test_arcs_are_capped_and_the_map_says_so(open_map: Page) -> None:
    frame = map_frame(open_map)
    frame.wait_for_function("events.stats.arcs > 0")
    drawn = stats(frame)
    assert drawn["arcs"] <= 60
    if drawn["arcsTotal"] > 60:
        assert f"60 of {drawn['arcsTotal']} arcs drawn" in frame.locator(".strikeline-counter").inner_text()
    assert re.search(r"\d+ not on the map", frame.locator(".strikeline-counter").inner_text())


def test_arcs_end_at_the_rim_of_their_bubble_and_bend_left(open_map: Page) -> None:
    frame = map_frame(open_map)
    frame.wait_for_function("events.scene.drawn.some((l) => l.node)")
    checks = frame.evaluate(
        """events.scene.drawn.filter((l) => l.node).map(({ curve: k, node: n }) => ({
            gap: Math.hypot(k.ex - n.x, k.ey - n.y) - n.r,
            left: (n.x - k.ax) * (k.cy - k.ay) - (n.y - k.ay) * (k.cx - k.ax),
        }))"""
    )
    assert all(abs(check["gap"] - 7) < 0.5 for check in checks)
    assert all(check["left"] < 0 for check in checks)  # y grows downward: left of travel is the negative side


def test_an_arc_whose_start_is_out_of_view_says_where_it_comes_from(page: Page, map_url: str) -> None:
    page.goto(f"{map_url}/?dates=2023-06-01&dates=2023-06-30")
    frame = map_frame(page)
    settled(page)
    frame.wait_for_function("events.scene.entries.length > 0 && events.stats.events < 1000")
    told = frame.evaluate(
        """() => {
            const { padX, padY, width, height } = events.frame, written = [], write = strikeline.Labels.prototype.write;
            strikeline.Labels.prototype.write = function (lines, box, dx) {
                written.push([lines[0].text, box]);
                return write.call(this, lines, box, dx);
            };
            events.redraw();
            strikeline.Labels.prototype.write = write;
            const inView = (x, y) => x >= padX && y >= padY && x <= width - padX && y <= height - padY;
            const ends = ({ x, y, arc }) => [inView(arc.curve.ax, arc.curve.ay), inView(x, y)];
            return { written, starts: events.scene.entries.map(ends), view: [padX, padY, width - padX, height - padY] };
        }"""
    )
    assert all(not start and entry for start, entry in told["starts"])
    names = [(text, box) for text, box in told["written"] if text.startswith("from ")]
    assert {text for text, _ in names} == {"from Kursk"}
    left, top, right, bottom = told["view"]
    for _, box in names:
        assert left <= box[0] < box[2] <= right
        assert top <= box[1] < box[3] <= bottom
        others = [other for _, other in told["written"] if other != box]
        assert not [o for o in others if o[0] < box[2] and o[2] > box[0] and o[1] < box[3] and o[3] > box[1]]


def test_a_name_stands_nearest_to_its_bubble_or_has_a_line_to_it(open_map: Page) -> None:
    frame = map_frame(open_map)
    frame.wait_for_function("events.towns && events.scene.nodes.length > 20")
    strays, led = frame.evaluate(
        """() => {
            const own = strikeline.Labels.prototype, { put, lead, write } = own, strays = [];
            let owner = null, led = 0, line = false;
            own.put = function (lines, x, y, gap, options = {}) {
                [owner, line] = [options.own, false];
                return put.call(this, lines, x, y, gap, options);
            };
            own.lead = function (...given) { line = true; led++; lead.apply(this, given); };
            own.write = function (lines, box, dx) {
                const across = (m) => Math.max(box[0] - m.x, 0, m.x - box[2]);
                const down = (m) => Math.max(box[1] - m.y, 0, m.y - box[3]);
                const away = (m) => Math.hypot(across(m), down(m)) - m.r;
                const nearer = (m) => m !== owner && away(m) < away(owner);
                if (owner && !line && events.scene.nodes.some(nearer)) strays.push(lines[0].text);
                write.call(this, lines, box, dx);
            };
            events.redraw();
            Object.assign(own, { put, lead, write });
            return [strays, led];
        }"""
    )
    assert strays == []
    assert led > 0


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
    page.wait_for_timeout(300)
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


def test_the_same_command_twice_changes_nothing(open_map: Page) -> None:
    frame = map_frame(open_map)
    result = frame.evaluate(
        """async () => {
            const command = { ...events.last, range: [100, 130] };
            events.apply(command); events.apply(command);
            await new Promise((r) => setTimeout(r, 120));
            const once = JSON.stringify({ ...events.stats, ms: 0 });
            events.apply(command);
            await new Promise((r) => setTimeout(r, 120));
            return [once, JSON.stringify({ ...events.stats, ms: 0 }), events.range];
        }"""
    )
    assert result[0] == result[1]
    assert result[2] == [100, 130]
    assert json.loads(result[0])["events"] > 0


def test_phone_map_fits_and_legend_is_folded(phone: Page, map_url: str) -> None:
    phone.goto(map_url)
    frame = map_frame(phone)
    assert frame.evaluate("document.querySelector('.strikeline-legend').open") is False
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert frame.evaluate("map_div.getContainer().dataset.theme") == "dark"


def test_hostile_words_in_a_payload_stay_words(open_map: Page) -> None:
    frame = map_frame(open_map)
    frame.evaluate(
        """() => {
            const bad = "<img src=x onerror=\\"window.broken=1\\">`${1}`</script>";
            events.columns.tables.place = events.columns.tables.place.map(() => bad);
            events.redraw();
            const one = events.scene.nodes.find((n) => n.count === 1);
            events.tip.show({ x: 200, y: 200 }, strikeline.nodeLines(events.columns, one));
            strikeline.openList(map_div, map_div.getCenter(), events.columns, [0, 1], () => {});
        }"""
    )
    open_map.wait_for_timeout(300)
    assert frame.evaluate("window.broken") is None
    assert "<img" in frame.locator(".strikeline-list").inner_text()


STEPS = """() => {
    const { columns: c, symbols, frame } = events, anew = (f) => new strikeline.Tally(c, f, symbols);
    const other = { ...frame, zoom: 5, scale: frame.scale / 8, x0: frame.x0 / 8, y0: frame.y0 / 8 };
    const same = (p, q) => p.length === q.length && p.every((value, i) => value === q[i]);
    let seed = 7, a = 300, b = 400, differ = [];
    const chance = (n) => (seed = (seed * 16807) % 2147483647) % n;
    const kept = anew(frame);
    for (let step = 0; step < 400; step++) {
        if (step % 40 === 20) c.setMask(Uint8Array.from({ length: (c.size >> 3) + 1 }, () => chance(256)));
        if (step % 40 === 39) c.setMask(null);
        const by = chance(9) - 4;
        if (step % 25 === 0) [a, b] = [chance(c.days), chance(c.days)].sort((p, q) => p - q); // a jump
        else if (step % 3 === 0) [a, b] = [a + by, b + by]; // the window slides
        else if (step % 3 === 1) a += by; else b += by; // one end moves
        a = Math.max(0, Math.min(c.days - 1, a));
        b = Math.max(a, Math.min(c.days - 1, b));
        const view = step % 50 < 25 ? frame : other;
        if (kept.frame !== view) kept.look(view, symbols);
        kept.show(a, b);
        const fresh = anew(view).show(a, b);
        if (!same(kept.sums, fresh.sums) || !same(kept.flags, fresh.flags)) differ.push([step, a, b]);
    }
    c.setMask(null);
    return differ;
}"""


def test_sums_kept_up_in_steps_are_those_made_anew(open_map: Page) -> None:
    assert map_frame(open_map).evaluate(STEPS) == []


def test_map_adds_up_what_the_page_adds_up_for_any_days_and_any_filter(open_map: Page, tmp_path: Path) -> None:
    events = make_events(5000)
    payload = write_payload(events, folder=tmp_path)
    placed = events.set_index("event_id", drop=False).loc[list(payload.ids)]
    first, last = (
        (pd.to_datetime(placed[name]) - pd.Timestamp(payload.day0)).dt.days for name in ("first_day", "last_day")
    )
    chance = np.random.default_rng(3)
    asked, told = [], []
    for _ in range(25):
        a, b = sorted(chance.integers(0, payload.days, 2).tolist())
        shown = chance.random(len(placed)) < chance.choice([0.1, 0.5, 0.9, 1.0])
        inside = placed[shown & (first <= b).to_numpy() & (last >= a).to_numpy()].reset_index(drop=True)
        asked.append([a, b, base64.b64encode(np.packbits(shown, bitorder="little").tobytes()).decode()])
        words = [wording.total_words(tables.total(inside, outcome)) for outcome in ("killed", "injured")]
        told.append([len(inside), *words])
    drawn = map_frame(open_map).evaluate(
        """(asked) => {
            const { columns: c, frame, symbols } = events, tally = new strikeline.Tally(c, frame, symbols);
            const words = (total, outcome) => strikeline.sumWords(total, outcome);
            const drawn = asked.map(([a, b, bits]) => {
                c.setMask(bits);
                const total = tally.show(a, b).total();
                return [strikeline.readSums(total).count, words(total, "killed"), words(total, "injured")];
            });
            c.setMask(null);
            return drawn;
        }""",
        asked,
    )
    assert drawn == told
    assert len({count for count, *_ in told}) > 20


def test_two_districts_of_one_name_are_two_marks(open_map: Page) -> None:
    numbers = map_frame(open_map).evaluate(
        """async () => {
            const data = await strikeline.fetchJson(events.settings.base.events + events.stem + ".json");
            const before = new strikeline.Columns(data), [row] = before.areas;
            data.lat[before.area.indexOf(before.area[row], row + 1)] += 5000; // half a degree
            return [before.areas.length, new strikeline.Columns(data).areas.length];
        }"""
    )
    assert numbers[1] == numbers[0] + 1


def test_a_picture_leaves_the_map_where_a_click_finds_it(open_map: Page) -> None:
    frame = map_frame(open_map)
    assert frame.evaluate("(events.picture(1), events.scene.frame === events.frame)")
