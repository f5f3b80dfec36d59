"""No serious or critical finding of axe on any page, light and dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Frame, Page, expect

from tests.browser.drive import map_frame, settled

pytestmark = pytest.mark.browser
GRAVE = ("serious", "critical")


def findings(where: Page | Frame) -> list[str]:
    """Rule, selector and markup of each grave finding, frames looked at one by one."""
    told = Axe().run(where, options={"resultTypes": ["violations"], "iframes": False})
    return [
        f"{found['id']}: {node['target']} {node['html'][:160]}"
        for found in told.response["violations"]
        if found["impact"] in GRAVE
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "events", "add", "places", "about"])
def test_pages_have_no_grave_finding(browser: Browser, app_url: str, path: str, scheme: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 1000}, color_scheme=scheme)
    page.goto(f"{app_url}/{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=60_000)
    frame = map_frame(page) if path == "" else None
    settled(page)
    page.wait_for_timeout(300)
    found = findings(page) + (findings(frame) if frame else [])
    page.close()
    assert found == []
