"""What browser tests do with a server and a page, apart from the fixtures."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page

ROOT = Path(__file__).resolve().parents[2]
MAP = 'iframe[title*="streamlit_folium"]'
DRAWN = """events.scene && events.last && !events._waiting
    && (events.maskName === events.last.mask || !/[.]mask$/.test(events.last.mask))"""
RUNS = re.compile(r"runs (\d+)")


def own_settings(folder: Path) -> dict[str, str]:
    """An environment whose store and map files lie in this folder."""
    own = {"STRIKELINE_STORE": f"sqlite:///{folder / 'store.sqlite'}", "STRIKELINE_MAP": str(folder / "map")}
    return {**os.environ, "PYTHONPATH": str(ROOT), **own}


def serve(script: str, folder: Path) -> Iterator[str]:
    """Run a page on a free port until the test session ends; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        script,
        "--server.port",
        str(port),
        "--server.headless",
        "true",
    ]
    log = (folder / "server.log").open("wb")
    server = subprocess.Popen(command, cwd=ROOT, env=own_settings(folder), stdout=log, stderr=subprocess.STDOUT)
    try:
        await_port(port, server, folder / "server.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)
        log.close()


def await_port(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers; its log is the error when it does not."""
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{log.read_text(errors='replace')[-2000:]}")


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
