"""What browser tests do with a server and a page, apart from the fixtures."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Frame, Page

from bench.server import served

ROOT = Path(__file__).resolve().parents[2]
MAP = 'iframe[title*="streamlit_folium"]'
DRAWN = """events.scene && events.last && !events._waiting
    && (events.maskName === events.last.mask || !/[.]mask$/.test(events.last.mask))"""
RUNS = re.compile(r"runs (\d+)")


def own_settings(folder: Path) -> dict[str, str]:
    """Settings whose store and map files lie in this folder."""
    return {"STRIKELINE_STORE": f"sqlite:///{folder / 'store.sqlite'}", "STRIKELINE_MAP": str(folder / "map")}


def load_sample(folder: Path) -> None:
    """Fill the store of this folder with the bundled sample."""
    environment = {**os.environ, **own_settings(folder)}
    command = [sys.executable, "cli.py", "sample"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, timeout=300)


def serve(script: str, folder: Path) -> Iterator[str]:
    """Run a page until the test session ends; its address."""
    with served(script, folder, own_settings(folder)) as (address, _):
        yield address


def map_frame(page: Page) -> Frame:
    """The map's own frame, once events and base map are drawn."""
    handle = page.wait_for_selector(MAP, timeout=60_000)
    frame = handle.content_frame() if handle else None
    assert frame is not None
    frame.wait_for_function("window.events && events.stats.ready && events.base.areas.length", timeout=60_000)
    return frame


def settled(page: Page) -> None:
    """Wait until the page's script rests."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000)


def stats(frame: Frame) -> dict[str, float]:
    """What the map says it has drawn."""
    return frame.evaluate("events.stats")


def figure(page: Page, label: str) -> int:
    """A headline figure without its sign."""
    return int(re.sub(r"\D", "", figure_words(page, label)))


def figure_words(page: Page, label: str) -> str:
    """A headline figure as the page writes it."""
    metric = page.get_by_test_id("stMetric").filter(has_text=label).first
    return metric.get_by_test_id("stMetricValue").inner_text()


def drawn(frame: Frame, state: str = "true") -> None:
    """Wait until a state holds in the map and it has drawn all that the page told it."""
    frame.wait_for_function(f"() => {DRAWN} && ({state})")


def drag_brush(page: Page, start: float, end: float, *, release: bool = True) -> None:
    """Drag over the timeline, from one share of its width to another."""
    chart = page.locator("canvas.chart")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * start, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * end, box["y"] + 40, steps=12)
    if release:
        page.mouse.up()


def runs(page: Page) -> int:
    """How often the page with the map alone has run."""
    return int(RUNS.search(page.get_by_text(RUNS).inner_text())[1])


def choose_first_row(page: Page) -> None:
    """Click where the first row of the table is chosen."""
    box = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 16, box["y"] + 35 + 17)


def run_again(page: Page, before: int) -> None:
    """Wait until the page with the map alone has run again and rests."""
    page.wait_for_function("n => Number(/runs (\\d+)/.exec(document.body.innerText)?.[1]) > n", arg=before)
    settled(page)
