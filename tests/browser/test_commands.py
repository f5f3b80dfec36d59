"""What the page tells the map and the map the page: little, in any order, and nothing twice."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.browser.drive import MAP, drawn, figure, map_frame, run_again, runs, settled, stats

pytestmark = pytest.mark.browser


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
    first_runs = runs(page)
    page.get_by_text("Fatal only").click()  # the mask of 100,000 events is a file
    run_again(page, first_runs)
    drawn(frame, "events.stats.silent === 0 && events.stats.events > 100")
    assert stats(frame)["events"] <= figure(page, "Events")
    sizes.clear()
    last, first_runs = frame.evaluate("events.range[1]"), runs(page)
    page.get_by_test_id("stSlider").locator("input[type=range]").nth(1).focus()
    page.keyboard.press("ArrowLeft")
    frame.wait_for_function("day => events.range[1] < day", arg=last)
    run_again(page, first_runs)
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
        open_map.wait_for_timeout(40)  # else the page takes many clicks together
    settled(open_map)
    drawn(frame, "events.stats.events > 4000")  # an even number of clicks: all events again
    assert heap() - before < 10


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
    drawn(frame, "events.stats.events < 1000")
    spot, box = lone_event(frame), page.locator(MAP).bounding_box()
    page.mouse.move(box["x"] + spot["x"], box["y"] + spot["y"])
    expect(frame.locator(".strikeline-tip")).to_be_visible()
    page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
    expect(page.get_by_text(re.compile(r"chosen [0-9a-f]{16}-\d+"))).to_be_visible()
    frame.wait_for_function("row => events.focus === row", arg=spot["row"])
    chosen = page.get_by_text(re.compile("chosen")).inner_text().split()[1]
    assert frame.evaluate("events.ids[events.focus]") == chosen
    counted = runs(page)
    page.wait_for_timeout(600)  # time for a run that must not come
    assert runs(page) == counted  # no loop of reruns


def test_a_command_that_comes_before_the_data_is_kept(open_map: Page) -> None:
    frame = map_frame(open_map)
    kept = frame.evaluate(
        """async () => {
            const { columns, last } = events, command = { ...last, range: [50, 60], focus: 3 };
            Object.assign(events, { columns: null, stem: null, loading: null });
            events.apply(command); // nothing is there yet to apply it to
            await strikeline.load(events, command.url);
            await new Promise(requestAnimationFrame); // drawn with the next frame
            const kept = [events.range, events.focus, events.columns.size === columns.size, events.stats.events];
            events.apply(last);
            return kept;
        }"""
    )
    assert kept[:3] == [[50, 60], 3, True]
    assert 0 < kept[3] < 400


def test_the_same_command_twice_changes_nothing(open_map: Page) -> None:
    frame = map_frame(open_map)
    result = frame.evaluate(
        """async () => {
            const command = { ...events.last, range: [100, 130] };
            events.apply(command); events.apply(command);
            await new Promise(requestAnimationFrame); // drawn with the next frame
            const once = JSON.stringify({ ...events.stats, ms: 0 });
            events.apply(command);
            await new Promise(requestAnimationFrame); // drawn with the next frame
            return [once, JSON.stringify({ ...events.stats, ms: 0 }), events.range];
        }"""
    )
    assert result[0] == result[1]
    assert result[2] == [100, 130]
    assert json.loads(result[0])["events"] > 0


def test_panning_and_zooming_cause_no_rerun_and_write_the_view(page: Page, map_url: str) -> None:
    page.goto(map_url)
    frame = map_frame(page)
    settled(page)
    counted = runs(page)
    frame.evaluate("map_div.panBy([160, 40], {animate: false}); map_div.setZoom(9, {animate: false})")
    page.wait_for_url(re.compile(r"map=9/[0-9.]+/[0-9.]+"))
    page.wait_for_timeout(500)  # time for a run that must not come
    assert runs(page) == counted
