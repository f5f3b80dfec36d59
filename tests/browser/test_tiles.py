"""Tiles under the map: of a server that lets pictures copy them, one that does not, one that fails; of archives."""

from __future__ import annotations

import base64
import io
import re
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode

import pytest
from PIL import Image
from playwright.sync_api import Browser, Frame, Page

from geo import tiles
from geo.archive import MOST_ZOOM
from tests import palette, tile_archives
from tests.browser.conftest import watched
from tests.browser.drive import map_frame, settled
from views import layers

pytestmark = pytest.mark.browser
GREEN = (30, 200, 60)
TILE = tile_archives.image(GREEN)
CREDIT = "Tile makers <b>and</b> friends"
WORDS = "Tile makers and friends"
BOX = (33.5, 48.8, 40.0, 52.2)
# A colour of the base map's canvas at the middle of the view; raises where the canvas may not be read.
MIDDLE = """() => {
    const { canvas, frame, ratio } = events.base, at = [frame.width / 2 * ratio, frame.height / 2 * ratio];
    return [...canvas.getContext("2d").getImageData(...at, 1, 1).data].slice(0, 3);
}"""
IS_MIDDLE = f"colour => ({MIDDLE})().every((value, i) => Math.abs(value - colour[i]) <= 3)"
AT = """([lat, lng]) => {
    const { canvas, frame, ratio } = events.base, s = strikeline;
    const x = s.mercatorX(lng) * frame.scale - frame.x0, y = s.mercatorY(lat) * frame.scale - frame.y0;
    return [...canvas.getContext("2d").getImageData(x * ratio, y * ratio, 1, 1).data].slice(0, 3);
}"""
# The picture, with every word that is written on it.
PICTURE = """() => {
    const words = [], canvas = CanvasRenderingContext2D.prototype, write = canvas.fillText;
    canvas.fillText = function (text, ...more) { words.push(text); return write.call(this, text, ...more); };
    try { return [events.picture(1).toDataURL(), words.join("\\n")]; } finally { canvas.fillText = write; }
}"""
STATES = "events.base.tiles.wanted.map((name) => events.base.tiles.held.get(name).state)"
READY = f"() => {{ const all = {STATES}; return all.length && all.every((state) => state === 'ready'); }}"
DONE = f"() => {{ const all = {STATES}; return all.length && !all.includes('coming'); }}"
LOCKED = f"() => {{ try {{ ({MIDDLE})(); return false; }} catch {{ return true; }} }}"


class TileServer(BaseHTTPRequestHandler):
    """/copy/: with leave to copy; /bare/: without; /fail/: none at all; /half/: every other column."""

    def do_GET(self) -> None:
        how, _, column, _ = self.path.strip("/").split("/")
        there = how in ("copy", "bare") or (how == "half" and int(column) % 2 == 0)
        self.send_response(200 if there else 503)
        self.send_header("Content-Type", "image/png")
        if how in ("copy", "half"):
            self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        if there:
            self.wfile.write(TILE)

    def log_message(self, *_: object) -> None:
        """Nothing is said."""


@pytest.fixture(scope="module")
def tile_host() -> Iterator[str]:
    """Host and port of a tile server on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), TileServer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture(scope="module")
def vector_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The base map's own region as a vector archive."""
    yield from lent(tile_archives.vector_archive(tmp_path_factory.mktemp("tiles") / "region.pmtiles", BOX, range(5, 9)))


@pytest.fixture(scope="module")
def raster_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Images of one colour."""
    yield from lent(tile_archives.raster_archive(tmp_path_factory.mktemp("tiles") / "images.pmtiles", BOX, range(5, 9)))


def lent(file: Path) -> Iterator[Path]:
    """The archive; what was unpacked of it in the cache folder goes with it."""
    yield file
    shutil.rmtree(tiles.folder_of(file), ignore_errors=True)


@pytest.fixture
def dark(browser: Browser) -> Iterator[Page]:
    """A page in the dark theme."""
    yield from watched(browser.new_context(viewport={"width": 1440, "height": 1000}, color_scheme="dark"))


def open_map(page: Page, map_url: str, setting: str, credit: str = "", view: str = "8/50.3/36.6") -> Frame:
    asked = {"tiles": setting, "credit": credit, "view": view, "dates": ["2023-06-01", "2023-06-02"], "arcs": "0"}
    page.goto(f"{map_url}/?{urlencode(asked, doseq=True)}")
    frame = map_frame(page)
    settled(page)
    return frame


def template(host: str, how: str) -> str:
    return f"http://{host}/{how}/{{z}}/{{x}}/{{y}}.png"


def caption(frame: Frame) -> str:
    return str(frame.locator(".strikeline-counter").inner_text())


def credit_of(frame: Frame) -> str:
    return str(frame.locator(".leaflet-control-attribution").inner_text())


def land(theme: str) -> list[tuple[int, int, int]]:
    return [palette.colour(theme, f"land.{name}") for name in ("UA", "RU", "other")]


def close(one: list[int], other: tuple[int, int, int], within: int = 3) -> bool:
    return all(abs(a - b) <= within for a, b in zip(one, other, strict=True))


def picture_of(frame: Frame) -> tuple[Image.Image, str]:
    url, words = frame.evaluate(PICTURE)
    return Image.open(io.BytesIO(base64.b64decode(url.split(",")[1]))).convert("RGB"), words


def veiled(theme: str) -> tuple[int, int, int]:
    """The tiles' green under the veil of the theme."""
    veil = palette.symbols()[theme]["tiles"]["veil"]
    *over, alpha = (float(part) for part in re.findall(r"[\d.]+", veil))
    red, green, blue = (round(alpha * top + (1 - alpha) * below) for top, below in zip(over, GREEN, strict=True))
    return red, green, blue


def greens(picture: Image.Image, theme: str = "light") -> int:
    """How many pixels have the colour of the veiled tiles."""
    wanted = veiled(theme)
    small = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.NEAREST)
    return sum(count for count, colour in small.getcolors(1 << 20) or [] if close(list(colour), wanted))


def test_tiles_of_a_server_lie_under_the_map_with_their_credit(page: Page, map_url: str, tile_host: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if tile_host in request.url else None)
    frame = open_map(page, map_url, template(tile_host, "copy"), CREDIT)
    frame.wait_for_function(READY)
    frame.wait_for_function(IS_MIDDLE, arg=veiled("light"))
    assert credit_of(frame).endswith(f"Boundaries do not imply endorsement · {WORDS}")
    assert "unavailable" not in caption(frame)
    picture, words = picture_of(frame)
    assert greens(picture) > 10_000
    assert WORDS in words
    assert len(asked) == len(set(asked)) == len(frame.evaluate("events.base.tiles.wanted"))
    assert all(re.fullmatch(rf"http://{tile_host}/copy/8/\d+/\d+\.png", url) for url in asked)


def test_tiles_that_may_not_be_copied_are_shown_and_left_out_of_the_picture(
    page: Page, map_url: str, tile_host: str
) -> None:
    frame = open_map(page, map_url, template(tile_host, "bare"), CREDIT)
    frame.wait_for_function(READY)
    frame.wait_for_function(LOCKED)  # they are on the map's canvas, which nobody may read since
    assert "unavailable" not in caption(frame)
    picture, words = picture_of(frame)
    assert greens(picture) == 0
    assert f"tiles left out: {tile_host} does not let a picture copy them" in words
    assert WORDS not in words  # whoever made what is not shown is not credited for it


def test_a_failing_server_leaves_the_offline_map_and_says_so(page: Page, map_url: str, tile_host: str) -> None:
    frame = open_map(page, map_url, template(tile_host, "fail"), CREDIT)
    frame.wait_for_function(DONE)
    assert f"tiles from {tile_host} unavailable" in caption(frame)
    assert tuple(frame.evaluate(MIDDLE)) in land("light")
    _, words = picture_of(frame)
    assert f"tiles from {tile_host} unavailable" in words


def test_tiles_that_partly_fail_are_counted(page: Page, map_url: str, tile_host: str) -> None:
    frame = open_map(page, map_url, template(tile_host, "half"), CREDIT)
    frame.wait_for_function(DONE)
    found = re.search(rf"(\d+) of (\d+) tiles from {re.escape(tile_host)} unavailable", caption(frame))
    assert found
    assert 0 < int(found[1]) < int(found[2]) == len(frame.evaluate("events.base.tiles.wanted"))


def test_tiles_are_dimmed_in_the_dark_theme(dark: Page, map_url: str, tile_host: str) -> None:
    frame = open_map(dark, map_url, template(tile_host, "copy"), CREDIT)
    frame.wait_for_function(READY)
    frame.wait_for_function("events.theme === 'dark'")
    frame.wait_for_function(IS_MIDDLE, arg=veiled("dark"))
    assert palette.contrast(palette.colour("dark", "label"), veiled("dark")) > 4.5


def test_a_view_that_moves_on_asks_only_for_what_it_shows(page: Page, map_url: str, tile_host: str) -> None:
    frame = open_map(page, map_url, template(tile_host, "copy"), CREDIT)
    frame.wait_for_function(READY)
    frame.evaluate("map_div.setView([48.5, 34.5], 11, {animate: false})")
    frame.wait_for_function(READY)
    wanted = frame.evaluate("events.base.tiles.wanted")
    assert {name.split("/")[0] for name in wanted} == {"11"}
    assert len(wanted) < 60
    assert frame.evaluate("events.base.tiles.held.size") <= 200


def test_a_vector_archive_is_drawn_in_our_own_colours(page: Page, map_url: str, vector_file: Path) -> None:
    failed: list[str] = []
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    frame = open_map(page, map_url, str(vector_file))
    frame.wait_for_function(READY)
    built = tuple(int(palette.symbols()["light"]["tiles"]["built"][i : i + 2], 16) for i in (1, 3, 5))
    beside_poltava = [49.59, 34.62]
    frame.wait_for_function(f"built => ({AT})({beside_poltava}).every((v, i) => Math.abs(v - built[i]) < 3)", arg=built)
    assert tuple(frame.evaluate(AT, [49.3, 35.3])) in land("light")
    assert credit_of(frame).endswith(tile_archives.CREDIT_IN_WORDS)
    assert "unavailable" not in caption(frame)
    _, words = picture_of(frame)
    assert tile_archives.CREDIT_IN_WORDS in words
    assert not [url for url in failed if "tiles" in url]


def test_an_archive_is_enlarged_beyond_its_closest_zoom_and_ends_at_its_edge(
    page: Page, map_url: str, vector_file: Path
) -> None:
    frame = open_map(page, map_url, str(vector_file), view="10/49.59/34.55")
    frame.wait_for_function(READY)
    assert {name.split("/")[0] for name in frame.evaluate("events.base.tiles.wanted")} == {"8"}
    built = [int(palette.symbols()["light"]["tiles"]["built"][i : i + 2], 16) for i in (1, 3, 5)]
    frame.wait_for_function(f"built => ({AT})([49.58, 34.60]).every((v, i) => Math.abs(v - built[i]) < 3)", arg=built)
    frame.evaluate("map_div.setView([45.5, 25.0], 8, {animate: false})")
    frame.wait_for_function("events.base.tiles.wanted.length === 0")  # the archive has nothing here
    assert tuple(frame.evaluate(MIDDLE)) in land("light")


def test_a_raster_archive_is_drawn_and_may_be_copied(page: Page, map_url: str, raster_file: Path) -> None:
    frame = open_map(page, map_url, str(raster_file))
    frame.wait_for_function(READY)
    frame.wait_for_function(f"() => {{ const [r, g] = ({MIDDLE})(); return g > r + 40; }}")
    _, words = picture_of(frame)
    assert tile_archives.CREDIT_IN_WORDS in words
    assert "left out" not in words


def test_a_setting_that_is_refused_leaves_the_offline_map_and_its_caption_says_so(page: Page, map_url: str) -> None:
    frame = open_map(page, map_url, "http://tiles.example/{z}/{x}/{y}.png", CREDIT)
    assert "map tiles are set and not shown: see below" in caption(frame)
    assert tuple(frame.evaluate(MIDDLE)) in land("light")


def test_the_map_asks_nobody_without_the_setting(page: Page, map_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    frame = open_map(page, map_url, "")
    assert frame.evaluate("events.base.tiles") is None
    assert all(url.startswith((map_url, "data:", "blob:")) for url in asked if not url.startswith("ws://127.0.0.1"))


@pytest.mark.parametrize("width", [390, 1440])
def test_a_long_credit_covers_no_figures(browser: Browser, map_url: str, tile_host: str, width: int) -> None:
    for page in watched(browser.new_context(viewport={"width": width, "height": 900})):
        frame = open_map(page, map_url, template(tile_host, "copy"), "Everyone who ever made a map " * 6)
        frame.wait_for_function(
            """() => {
                const box = (name) => document.querySelector(name).getBoundingClientRect();
                const a = box(".strikeline-counter"), b = box(".leaflet-control-attribution");
                return a.width && (a.bottom <= b.top + 1 || a.right <= b.left);
            }"""
        )


def test_the_map_goes_no_closer_than_tiles_are_unpacked() -> None:
    assert layers.MAX_ZOOM == MOST_ZOOM
