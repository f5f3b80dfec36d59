"""What browser tests do with a server and a page, apart from the fixtures."""

from __future__ import annotations

import os
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
