"""How fast the map is in a real browser: ``python -m bench.map [--events 5000 100000 1000000]``.

Prints one table. For our layer and, with ``--rivals``, for a folium MarkerCluster and for a GeoJson in a feature group:
page to drawn map, slider to redrawn map (a rerun of the page included), bytes a rerun sends. For our layer also the lag
behind the brush while its right end is dragged from the last days to the middle (no rerun; every step changes the days
that the map shows), frames a second, and the heap after 100 moves. Wall-clock figures are of this machine at this
moment: the load is printed with them.

The lag begins when the browser gets the movement of the pointer (``event.timeStamp``, so the wait for the next frame,
8 ms on average, is in it) and ends with the first task after the frame that holds the map's new picture: scripts,
layout, painting and rastering of the canvas are in it, the compositor's own work and the screen are not. Where a
movement has no draw of its own, the next one's counts. The part of our own scripts, from the handler of the movement to
the end of the draw, is printed beside it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Frame, Page, sync_playwright

from bench.server import served

ARGS = ["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info", "--js-flags=--expose-gc"]
MOVES = 11
DAYS = "dates=2023-01-01&dates=2024-11-30"  # every day before the end has events, so every move shows another number
RIVALS = {"MarkerCluster": (1_000, 5_000), "GeoJson group": (1_000, 5_000)}


@dataclass
class Result:
    """One row of the table; times in milliseconds."""

    layer: str
    events: int
    ready: float = 0.0
    moves: list[float] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)  # KB a rerun
    lags: list[float] = field(default_factory=list)
    scripts: list[float] = field(default_factory=list)  # the part of each lag from its handler to the end of the draw
    frames: float = 0.0  # a second
    heap: tuple[float, float] | None = None  # MB before and after 100 moves
    server: tuple[float, float] | None = None  # MB

    def row(self) -> str:
        """The figures as a line of the table."""
        heap = "-" if self.heap is None else f"{self.heap[0]:.0f} → {self.heap[1]:.0f}"
        server = "-" if self.server is None else f"{self.server[0]:.0f} → {self.server[1]:.0f}"
        lag = f"{statistics.median(self.lags):.0f} / {max(self.lags):.0f}" if self.lags else "-"
        cells = [
            self.layer,
            f"{self.events:,}",
            f"{self.ready / 1000:.1f}",
            f"{min(self.moves):.0f} / {statistics.median(self.moves):.0f}",
            f"{statistics.median(self.sent):.1f}",
            lag,
            f"{statistics.median(self.scripts):.0f}" if self.scripts else "-",
            f"{self.frames:.0f}" if self.frames else "-",
            heap,
            server,
        ]
        return "| " + " | ".join(cells) + " |"


HEAD = (
    "| layer | events | page to map, s | slider to redraw, min / median ms | KB a rerun | drag lag, median / worst ms"
    " | of it scripts, median ms | frames/s in a drag | JS heap over 100 moves, MB | server memory, MB |\n|"
    + "---|"
    * 10
)


def memory_mb(pid: int) -> float:
    """Resident memory of a process."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"no memory figure for process {pid}")


def drawn_frame(page: Page, test: str) -> Frame:
    """The map's frame as soon as the test holds in it; a map that is mounted anew has a new one."""
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        for frame in page.frames:
            if "streamlit_folium" in frame.url and not frame.is_detached():
                try:
                    if frame.evaluate(test):
                        return frame
                except BrowserError as error:
                    print(f"the frame is being replaced: {error.message.splitlines()[0]}", file=sys.stderr)
        page.wait_for_timeout(5)
    raise TimeoutError(test)


def watch_traffic(page: Page) -> list[int]:
    """Bytes of every message from the server."""
    sizes: list[int] = []
    page.on("websocket", lambda socket_: socket_.on("framereceived", lambda data: sizes.append(len(data))))
    return sizes


def measure_moves(page: Page, result: Result, sizes: list[int], shown: str) -> None:
    """Press a key on the slider and wait until the map shows another number of events."""
    thumb = page.get_by_test_id("stSlider").locator("input[type=range]").nth(1)
    thumb.focus()
    for _ in range(MOVES):
        before = drawn_frame(page, f"() => ({shown}) >= 0").evaluate(f"() => ({shown})")
        page.wait_for_timeout(250)
        first, began = len(sizes), time.perf_counter()
        page.keyboard.press("ArrowLeft")
        drawn_frame(page, f"() => ({shown}) >= 0 && ({shown}) !== {before}")
        result.moves.append((time.perf_counter() - began) * 1000)
        page.wait_for_timeout(400)
        result.sent.append(sum(sizes[first:]) / 1024)


WATCH_DRAWS = """() => {
  window.drawn = []; window.ticks = 0;
  const now = () => performance.timeOrigin + performance.now(), redraw = events.redraw, after = new MessageChannel();
  after.port1.onmessage = ({ data }) => drawn.push([data, now()]);
  events.redraw = function () { redraw.call(this); after.port2.postMessage(now()); };
  const tick = () => { ticks++; requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
}"""
WATCH_HAND = """() => {
  window.moves = [];
  const note = (e) => moves.push([performance.timeOrigin + e.timeStamp, performance.timeOrigin + performance.now()]);
  document.addEventListener("pointermove", note, true);
}"""


def measure_drag(page: Page, frame: Frame, result: Result) -> None:
    """Drag the right end of the brush for two seconds."""
    chart = page.locator("canvas.chart")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box is not None
    frame.evaluate(WATCH_DRAWS)
    page.evaluate(WATCH_HAND)
    days, last = frame.evaluate("[events.columns.days, events.range[1]]")
    x, y = box["x"] + box["width"] * (last + 1) / days, box["y"] + 40
    page.mouse.move(x, y)
    page.mouse.down()
    ticks, began = frame.evaluate("ticks"), time.perf_counter()
    for step in range(1, 121):
        page.mouse.move(x - box["width"] * 0.4 * step / 120, y)
        page.wait_for_timeout(8)
    result.frames = (frame.evaluate("ticks") - ticks) / (time.perf_counter() - began)
    page.mouse.up()
    moves, draws = page.evaluate("moves"), frame.evaluate("drawn")
    for stamp, handled in moves:
        drawn = next(((end, shown) for end, shown in draws if end > handled), None)
        if drawn is not None:
            result.scripts.append(drawn[0] - handled)
            result.lags.append(drawn[1] - stamp)


def measure_heap(page: Page, frame: Frame, result: Result, pid: int) -> None:
    """100 filter moves; the heap after collecting garbage, and the server's memory."""
    used = "() => { if (window.gc) gc(); return performance.memory.usedJSHeapSize / 1048576; }"
    box = page.get_by_text("Fatal only")
    for _ in range(6):
        box.click()
        page.wait_for_timeout(150)
    page.wait_for_timeout(800)
    heap, server = frame.evaluate(used), memory_mb(pid)
    for _ in range(100):
        box.click()
        page.wait_for_timeout(120)
    page.wait_for_timeout(1500)
    result.heap, result.server = (heap, frame.evaluate(used)), (server, memory_mb(pid))


def measure_ours(page: Page, url: str, pid: int, count: int) -> Result:
    """All figures of the event layer."""
    result, sizes, shown = Result("event layer", count), watch_traffic(page), "window.events ? events.stats.events : -1"
    page.goto(f"{url}/?n={count}&{DAYS}", timeout=300_000)  # the first visit makes the events; the second is measured
    drawn_frame(page, "() => window.events && events.stats.ready")
    began = time.perf_counter()
    page.goto(f"{url}/?n={count}&{DAYS}", timeout=300_000)
    frame = drawn_frame(page, "() => window.events && events.stats.ready && events.base.areas.length > 0")
    result.ready = (time.perf_counter() - began) * 1000
    page.wait_for_timeout(1500)
    measure_moves(page, result, sizes, shown)
    measure_drag(page, frame, result)
    if count <= 100_000:
        measure_heap(page, frame, result, pid)
    return result


def measure_rival(page: Page, url: str, layer: str, count: int) -> Result:
    """Page to map and slider to redraw of a folium layer."""
    result, sizes = Result(layer, count), watch_traffic(page)
    page.goto(f"{url}/?n={count}&layer={layer.split()[0]}&{DAYS}", timeout=300_000)
    shown = "window.shown === undefined ? -1 : window.shown"
    drawn_frame(page, f"() => ({shown}) >= 0")
    began = time.perf_counter()
    page.goto(f"{url}/?n={count}&layer={layer.split()[0]}&{DAYS}", timeout=300_000)
    drawn_frame(page, f"() => ({shown}) >= 0")
    result.ready = (time.perf_counter() - began) * 1000
    page.wait_for_timeout(1000)
    measure_moves(page, result, sizes, shown)
    return result


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, nargs="*", default=[5_000, 100_000, 1_000_000])
    parser.add_argument("--rivals", action="store_true", help="also measure folium's own layers (needs bench.rivals)")
    options = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n\n{HEAD}", flush=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=ARGS)
        with served("tests/browser/map_page.py", Path(name), {"STRIKELINE_MAP": name}) as (url, pid):
            for count in options.events:
                page = browser.new_page(viewport={"width": 1440, "height": 1000})
                print(measure_ours(page, url, pid, count).row(), flush=True)
                page.close()
        if options.rivals:
            with served("bench/rivals_page.py", Path(name), {}) as (url, _):
                for layer, counts in RIVALS.items():
                    for count in counts:
                        page = browser.new_page(viewport={"width": 1440, "height": 1000})
                        print(measure_rival(page, url, layer, count).row(), flush=True)
                        page.close()
        browser.close()
    print(f"\nload {os.getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    main()
