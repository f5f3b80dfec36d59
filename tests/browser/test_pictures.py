"""The map looks as it did: three views against pictures that a person has looked at.

Both pictures are made small and soft first, so that another font or a shifted pixel does not count, but a missing
layer, a colour or a bubble does. When the map is meant to look otherwise: ``UPDATE_REFERENCE=1 python -m pytest
tests/browser/test_pictures.py``, and look at the new files in ``tests/browser/reference`` before they are kept.
"""

from __future__ import annotations

import base64
import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat
from playwright.sync_api import Browser

from tests.browser.drive import drawn, map_frame, settled

pytestmark = pytest.mark.browser
REFERENCE = Path(__file__).parent / "reference"
SIZE = (720, 480)
MEAN, WORST = 2.5, 70  # of 255: over the whole picture, and at one softened pixel
VIEWS = {
    "theatre-light": ("light", "dates=2023-06-01&dates=2023-06-30&arcs=1&view=7/50.3/36.6"),
    "theatre-dark": ("dark", "dates=2023-06-01&dates=2023-06-30&arcs=1&view=7/50.3/36.6"),
    "crowded-light": ("light", "dates=2023-01-01&dates=2024-12-31&arcs=0&view=6/49.5/34.5"),
}
# The map of a fixed size and scale, painted by the same code as on the page, without the panels that lie over it.
PAINT = """([width, height]) => {
    const canvas = Object.assign(document.createElement("canvas"), { width, height }), ctx = canvas.getContext("2d");
    const at = map_div.getCenter(), zoom = map_div.getZoom(), scale = 256 * 2 ** zoom;
    const x0 = strikeline.mercatorX(at.lng) * scale - width / 2, y0 = strikeline.mercatorY(at.lat) * scale - height / 2;
    const frame = { width, height, padX: 0, padY: 0, zoom, scale, x0, y0 };
    events.base.paint(ctx, frame);
    events.paint(ctx, frame);
    return canvas.toDataURL();
}"""


def soft(picture: Image.Image) -> Image.Image:
    return picture.convert("RGB").filter(ImageFilter.GaussianBlur(4)).resize((180, 120))


def difference(one: Image.Image, other: Image.Image) -> tuple[float, int]:
    """Mean and greatest difference of two softened pictures, 0 to 255."""
    apart = ImageChops.difference(soft(one), soft(other)).convert("L")
    return ImageStat.Stat(apart).mean[0], int(apart.getextrema()[1])


@pytest.mark.parametrize("name", VIEWS)
def test_view_looks_as_it_did(browser: Browser, map_url: str, name: str) -> None:
    scheme, address = VIEWS[name]
    page = browser.new_page(viewport={"width": 1440, "height": 1000}, color_scheme=scheme)
    page.goto(f"{map_url}/?{address}")
    frame = map_frame(page)
    settled(page)
    drawn(frame, "events.last && events.theme === events.last.theme")
    painted = Image.open(io.BytesIO(base64.b64decode(frame.evaluate(PAINT, list(SIZE)).split(",")[1]))).convert("RGB")
    page.close()
    path = REFERENCE / f"{name}.png"
    if os.environ.get("UPDATE_REFERENCE"):
        path.parent.mkdir(exist_ok=True)
        painted.quantize(128).save(path, optimize=True)
    mean, worst = difference(painted, Image.open(path))
    assert (mean < MEAN, worst < WORST) == (True, True), f"mean {mean:.2f}, worst {worst}"


def test_a_missing_layer_and_another_theme_are_noticed() -> None:
    light, dark = (Image.open(REFERENCE / f"theatre-{theme}.png").convert("RGB") for theme in ("light", "dark"))
    assert difference(light, dark)[0] > 10 * MEAN
    bare = light.copy()
    bare.paste((250, 247, 240), (300, 180, 420, 300))  # the bubbles of the middle are gone
    assert difference(light, bare)[1] > WORST
