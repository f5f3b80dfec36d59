"""A server and a browser for the tests that need both."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.drive import load_sample, serve

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


@pytest.fixture(scope="session")
def map_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page with the map over invented events."""
    yield from serve("tests/browser/map_page.py", tmp_path_factory.mktemp("map"))


@pytest.fixture(scope="session")
def app_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose store holds the bundled sample."""
    folder = tmp_path_factory.mktemp("app")
    load_sample(folder)
    return folder


@pytest.fixture(scope="session")
def app_url(app_folder: Path) -> Iterator[str]:
    """The whole app over the bundled sample."""
    yield from serve("app.py", app_folder)


@pytest.fixture
def fresh_url(app_folder: Path, tmp_path: Path) -> Iterator[str]:
    """The same, from a server that nobody has visited and that has no map files yet."""
    for file in app_folder.glob("store.sqlite*"):
        shutil.copy(file, tmp_path)
    yield from serve("app.py", tmp_path)


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


@pytest.fixture(scope="module")
def open_map(browser: Browser, map_url: str) -> Iterator[Page]:
    """The map over all invented events, opened once for tests that leave it as it was."""
    for page in watched(browser.new_context(viewport={"width": 1440, "height": 1000})):
        page.goto(f"{map_url}/?arcs=1")
        yield page


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
