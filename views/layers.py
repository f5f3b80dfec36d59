"""The map: a container whose script never changes, and the command that tells it what to show.

The script of the map says where things are, not what is shown: payload, days, filters and selection reach it as a
command by an event of the page, so zoom and position survive every rerun.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from views import literal_text  # noqa: F401  (before folium)

import folium  # isort: skip
import numpy as np

from geo import basemap
from views import offline, strikes
from views import payload as files
from views.backdrop import OFFLINE, Backdrop
from views.canvas import ScriptLayer, as_script, blank_map
from views.literal_text import plain_text
from views.payload import Payload

Theme = Literal["light", "dark"]
THEATRE = (50.3, 36.6, 6)  # latitude, longitude and zoom where there is no event with a dot
MIN_ZOOM, MAX_ZOOM = 3, 11  # the base map is drawn at 1:10 million
SCRIPTS = (
    *("space", "columns", "tally", "clusters", "arcs", "paint", "labels", "fan", "scene", "tiles", "basemap", "legend"),
    *("list", "picture", "startview", "eventlayer", "commands"),
)
TILES_NOT_SHOWN = "map tiles are set and not shown: see below"  # where the page says why
INLINE = 128  # bytes of a mask that are sent with every rerun; a longer one is fetched once
_CHANNEL = re.compile(r"[a-z]+-[0-9a-f]{8,64}")


def draw_map(
    payload_url: str,
    *,
    channel: str,
    view: tuple[float, float, int] | None = None,
    theme: Theme = "light",
    pov: str = "un",
    permalink: bool = True,
    backdrop: Backdrop = OFFLINE,
) -> folium.Map:
    """The map, checked to load nothing from outside; give it to ``st_folium(..., returned_objects=[])``.

    A click on an event makes ``st_folium`` return ``{"event": <event id or None>, "turn": <number of the click>}``.
    Draw it anew on each run (it takes milliseconds); the browser keeps the one it has as long as ``view``, ``channel``
    and ``pov`` stay, and follows theme and payload by ``command``.

    Args:
        payload_url: ``Payload.url``.
        channel: name of the page events that carry commands: letters, a hyphen and random hexadecimal digits,
            one for each session, so that a reader's other tabs stay as they are.
        view: latitude, longitude and zoom to start with; ``None`` starts around the events. Fix it for the visit:
            another view is another map.
        theme: "light" or "dark".
        pov: whose state borders to draw, a name in ``geo.basemap.POVS``.
        permalink: keep ``map=zoom/lat/lon`` in the address of the page while the reader moves the map.
        backdrop: tiles under borders and events; the one host it names is the only one that may be asked.

    Raises:
        ValueError: the channel name or the point of view is not a valid one.
        OutsideUrlError: a file would be loaded from elsewhere.
    """
    if not _CHANNEL.fullmatch(channel):
        raise ValueError(f"channel {channel!r} is not letters, a hyphen and random hexadecimal digits")
    if pov not in basemap.POVS:
        raise ValueError(f"point of view {pov!r} is none of {', '.join(basemap.POVS)}")
    world = blank_map(*(view or THEATRE), (MIN_ZOOM, MAX_ZOOM))
    settings = {**_settings(payload_url, channel, theme, pov), "permalink": permalink, "around": view is None}
    first = f"window.strikeline = {{ home: {as_script(_home(backdrop))} }};\n"
    ScriptLayer("EventLayer", "events", SCRIPTS, settings, backdrop, first).add_to(world)
    offline.refuse_outside_urls(world, backdrop.origin)
    return world


def _settings(payload_url: str, channel: str, theme: str, pov: str) -> dict[str, Any]:
    return {
        "channel": channel,
        # streamlit-folium's key is blind to what follows an underscore. Theme and payload stand there on purpose: they
        # are what a fresh map starts with, and must not replace a map that is there already.
        "first": {"theme": f"_{theme}", "url": "_" + _stem(payload_url)},
        "pov": pov,
    }


def _home(backdrop: Backdrop) -> dict[str, Any]:
    """What every map of this server has in common; it stands in the script file, which a browser fetches once."""
    return {
        "base": {
            "symbols": offline.asset("symbols.json"),
            "borders": offline.BASEMAP_BASE,
            "files": dict(basemap.file_names()),
            "events": offline.PAYLOAD_BASE + "events/",
        },
        "credit": f"{basemap.CREDIT} · {basemap.CAPTION}",
        "tiles": backdrop.for_map(),
        "noTiles": TILES_NOT_SHOWN if backdrop.problem else "",
        "cap": strikes.CAP,
        "autoDays": strikes.AUTO_DAYS,
    }


def _stem(payload_url: str) -> str:
    name = re.fullmatch(r"events/([0-9a-f]{16})\.json", payload_url)
    if name is None:
        raise ValueError(f"not the address of a payload: {payload_url!r}")
    return name[1]


def command(
    payload: Payload,
    selected: tuple[int, int],
    *,
    shown: Sequence[bool] | np.ndarray[Any, np.dtype[np.bool_]] | None = None,
    focus: str | None = None,
    arcs: bool | None = None,
    links: bool = True,
    theme: Theme = "light",
    notes: Mapping[str, str | int] | None = None,
) -> dict[str, Any]:
    """What the map is to show, as plain data for JSON. The same command twice changes nothing.

    Args:
        payload: the events.
        selected: first and last day as offsets, both included (``Payload.offset``).
        shown: one flag for each row of ``payload.ids``, the other filters applied; ``None`` shows all.
        focus: id of the chosen event. One that is not on the map counts as none.
        arcs: draw strike arcs; ``None`` draws them for windows of at most ``strikes.AUTO_DAYS`` days.
        links: draw response links.
        theme: "light" or "dark".
        notes: plain words for the picture: ``title``, ``filter`` (the filter in words), ``as_of``, and ``off_map``, the
            number of events that pass the filter but cannot be drawn.
    """
    return {
        "url": _stem(payload.url),
        "range": [int(selected[0]), int(selected[1])],
        "mask": None if shown is None else _mask(np.asarray(shown, dtype=bool), len(payload.ids)),
        "focus": None if focus is None else payload.rows.get(focus),
        "arcs": arcs,
        "links": links,
        "theme": theme,
        "notes": {k: v if isinstance(v, int) else plain_text(v, 300) for k, v in (notes or {}).items()},
    }


def _mask(shown: np.ndarray[Any, np.dtype[np.bool_]], rows: int) -> str | None:
    """One bit a row, first row in the lowest bit: base64, or the name of a file; ``None`` where every row is shown."""
    if len(shown) != rows:
        raise ValueError(f"{len(shown)} flags for {rows} rows")
    if shown.all():
        return None
    bits = np.packbits(shown, bitorder="little").tobytes()
    return base64.b64encode(bits).decode() if len(bits) <= INLINE else files.write_beside(bits, ".mask")
