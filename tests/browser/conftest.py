"""A server and a browser for the tests that need both."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM") or next(
    (path for name in ("chromium", "google-chrome", "chromium-browser") if (path := shutil.which(name))), None
)
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # a request that leaves this machine fails
]
MAP = 'iframe[title*="streamlit_folium"]'


def serve(script: str, folder: Path) -> Iterator[str]:
    """Run a page on a free port until the test session ends; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {"STRIKELINE_STORE": f"sqlite:///{folder / 'store.sqlite'}", "STRIKELINE_MAP": str(folder / "map")}
    settings = {**os.environ, "PYTHONPATH": str(ROOT), **own}
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
    server = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=subprocess.STDOUT)
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


@pytest.fixture(scope="session")
def map_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page with the map over invented events."""
    yield from serve("tests/browser/map_page.py", tmp_path_factory.mktemp("map"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    if CHROMIUM is None:
        pytest.skip("no browser: install the package chromium (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a desk screen, with the outside requests and errors it caused: both must stay empty."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, accept_downloads=True)
    yield from watched(context)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page of a phone, dark."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark", has_touch=True)
    yield from watched(context)


def watched(context: BrowserContext) -> Iterator[Page]:
    """A page that fails its test when it asked another machine for something, or when a script broke."""
    outside: list[str] = []
    errors: list[str] = []
    page = context.new_page()
    ours = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")
    page.on("request", lambda request: None if request.url.startswith(ours) else outside.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert outside == []
    assert errors == []


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
