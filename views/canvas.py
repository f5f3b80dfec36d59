"""A map that our own scripts draw on: one layer, one file of scripts, and nothing from outside.

There is no folium object per event or place: the layer's script fetches what it draws.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from views import literal_text  # noqa: F401  (before folium)

import folium  # isort: skip
from folium.elements import JSCSSMixin
from folium.map import Layer
from folium.template import Template

from views import offline
from views.backdrop import Backdrop


class ScriptLayer(JSCSSMixin, Layer):
    """A layer that a class of our own scripts draws."""

    default_css = [("map", offline.asset("map.css"))]  # noqa: RUF012 (folium's own attribute)
    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = window.{{ this.layer_name }} = "
        "new strikeline.{{ this._name }}({{ this.settings }});"
        "{% endmacro %}"
    )

    def __init__(
        self, kind: str, name: str, scripts: Iterable[str], settings: Mapping[str, Any], backdrop: Backdrop, first: str
    ) -> None:
        """A layer to be added to a ``blank_map``.

        Args:
            kind: the class below ``window.strikeline`` that draws.
            name: the variable of the frame that holds the layer.
            scripts: files below ``views/assets`` without their ending, in the order in which they are run.
            settings: what the class is told; it stands in the map's script, so other settings are another map.
            backdrop: tiles that the layer may ask for.
            first: a line of JavaScript before the scripts; it stands in their file.
        """
        super().__init__(name=name, control=False)
        self._name = kind
        self.tiles = backdrop.url  # for the guard
        files = (offline.LEAFLET, *(offline.ASSETS / f"{script}.js" for script in scripts))
        self.default_js = [(name, offline.one_script(files, first))]
        self.settings = as_script(settings)


def blank_map(lat: float, lon: float, zoom: int, zooms: tuple[int, int]) -> folium.Map:
    """A map with nothing on it, not even tiles; ``zooms`` are the least and the most."""
    least, most = zooms
    world = folium.Map(
        (lat, lon),
        zoom_start=min(max(zoom, least), most),
        tiles=None,
        min_zoom=least,
        max_zoom=most,
        minZoom=least,
        maxZoom=most,
        font_size="0.75rem",
        attribution_control=True,
        world_copy_jump=True,
    )
    world.default_js = []  # Leaflet is in the layer's own file
    return world


def as_script(value: Mapping[str, Any]) -> str:
    """The value as JSON that may stand inside a script: nothing in it ends the script."""
    return json.dumps(value, ensure_ascii=True, allow_nan=False).replace("<", "\\u003c")
