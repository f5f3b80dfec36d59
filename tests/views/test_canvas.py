"""What a layer is told stands in the map's script: it must stay data there."""

from __future__ import annotations

import json

import pytest

from views import offline, payload
from views.backdrop import OFFLINE
from views.canvas import ScriptLayer, as_script, blank_map


def test_nothing_that_a_layer_is_told_ends_its_script() -> None:
    told = {"credit": "</script><script>alert(1)</script><!--", "\u2028": "Харків"}
    assert not {"<", "\u2028"} & set(as_script(told))
    assert json.loads(as_script(told)) == told


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        as_script({"lat": float("nan")})


def test_a_layer_is_one_file_of_scripts_in_their_order_after_its_first_line() -> None:
    layer = ScriptLayer("EventLayer", "events", ("space", "labels"), {"pov": "un"}, OFFLINE, "window.first = 1;\n")
    layer.add_to(blank_map(50.0, 36.0, 5, (1, 10)))
    assert f'var {layer.get_name()} = window.events = new strikeline.EventLayer({{"pov": "un"}});' in (
        layer.get_root().render()
    )
    ((_, url),) = layer.default_js
    file = payload.FOLDER / url.removeprefix(offline.PAYLOAD_BASE)
    scripts = [offline.LEAFLET, offline.ASSETS / "space.js", offline.ASSETS / "labels.js"]
    found = [file.read_bytes().find(script) for script in (b"window.first = 1;\n", *(p.read_bytes() for p in scripts))]
    assert found[0] == 0
    assert found == sorted(found)
