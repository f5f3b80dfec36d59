"""The map loads nothing from outside: its files are served by the app itself, and a guard refuses anything else.

The addresses are relative to the frame the map is drawn in, so they hold under any base path of the server.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from views import literal_text  # noqa: F401  (before folium)

import folium  # isort: skip
import xstatic.pkg.leaflet as leaflet
from branca.colormap import ColorMap
from branca.element import Element
from streamlit.components.v1 import declare_component

from geo import backdrop, basemap, tiles
from views import payload

ASSETS = Path(__file__).resolve().parent / "assets"


class OutsideUrlError(RuntimeError):
    """A map element would load a file from the network."""


def _mount(name: str, folder: Path) -> str:
    """Serve a folder and say where the map finds it."""
    folder.mkdir(parents=True, exist_ok=True)
    return f"../{declare_component(name, path=str(folder)).name}/"


ASSET_BASE = _mount("assets", ASSETS)
BASEMAP_BASE = _mount("basemap", basemap.DATA)
PAYLOAD_BASE = _mount("payload", payload.FOLDER)
LEAFLET_BASE = _mount("leaflet", Path(leaflet.BASE_DIR))

LEAFLET = Path(leaflet.BASE_DIR) / "leaflet.js"
folium.Map.default_js = [("leaflet", LEAFLET_BASE + LEAFLET.name)]
folium.Map.default_css = [("leaflet", LEAFLET_BASE + "leaflet.css")]


def tiles_base() -> str:
    """Where the map finds unpacked archives; served from the first call on, for most runs need none."""
    return _mount("tiles", tiles.home())


def asset(name: str) -> str:
    """Address of one of our own files, with a mark of its content so that no browser keeps an outdated one."""
    mark = hashlib.sha256((ASSETS / name).read_bytes()).hexdigest()[:8]
    return f"{ASSET_BASE}{name}?v={mark}"


def loader(name: str) -> str:
    """Code of a component that one of our modules draws, by its ``show(component)`` and, if there is one, ``remove``.

    Streamlit sends a component's code with every run of the page, so this is all of it; the module itself is fetched
    once, from beside Streamlit's own files, which holds under any base path.
    """
    # The line break says to Streamlit that this is code, and not the name of a file.
    return (
        "export default c=>{\nconst s=document.querySelector(\"script[src*='static/js/']\").src,"
        f'm=import(s.slice(0,s.lastIndexOf("static/js/"))+"component/{asset(name).removeprefix("../")}");'
        "m.then(m=>m.show(c));return()=>m.then(m=>m.remove?.(c))}"
    )


def one_script(scripts: Sequence[Path], first: str = "") -> str:
    """Address of one file that holds these scripts in their order, named by its content; written if it is not there.

    streamlit-folium loads the scripts of a map one after another, each only when the one before has arrived, and a
    single failure leaves the frame blank for the rest of the visit.

    Args:
        scripts: files of JavaScript.
        first: a line of JavaScript that comes before them.
    """
    # A semicolon on a line of its own ends a script that lacks one, even after a comment without a line break.
    body = first.encode() + b"".join(script.read_bytes() + b"\n;\n" for script in scripts)
    folder = payload.FOLDER / "code"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{hashlib.sha256(body).hexdigest()[:16]}.js"
    payload.place_file(path, body)
    return f"{PAYLOAD_BASE}{folder.name}/{path.name}"


def refuse_outside_urls(element: Element, allowed: str = "") -> None:
    """Look at a map and all that is on it, before it is drawn.

    Args:
        element: the map, or a part of it.
        allowed: the one host that may be asked for tiles, as ``geo.backdrop.origin`` writes it; "" for none. Scripts
            and style sheets are never taken from it.

    Raises:
        OutsideUrlError: something would be fetched from another host (http, https or protocol-relative).
    """
    if isinstance(element, ColorMap):
        raise OutsideUrlError("a colour map loads d3 from outside; draw the legend yourself")
    template = str(getattr(element, "tiles", ""))
    asked = backdrop.origin(template)
    if (isinstance(element, folium.TileLayer) or "//" in template) and not (asked and asked == allowed):
        raise OutsideUrlError(f"tiles from {asked or template}")
    for _, url in [*getattr(element, "default_js", []), *getattr(element, "default_css", [])]:
        if "//" in url:
            raise OutsideUrlError(f"{type(element).__name__} loads {url}")
    for child in element._children.values():
        refuse_outside_urls(child, allowed)
