"""The map's script is constant; what is shown travels in the command."""

from __future__ import annotations

import base64
import json
import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from streamlit_folium import _get_map_string, generate_js_hash

from bench.synthetic import make_events
from views import layers, offline
from views.backdrop import OFFLINE, Backdrop
from views.canvas import ScriptLayer
from views.payload import Payload, write_payload

CHANNEL = "map-0123456789abcdef"
URL = "events/0123456789abcdef.json"
VIEW = (50.3, 36.6, 8)
SMALL = Payload(URL, date(2024, 1, 1), 31, ("a", "b", "c"), {"a": 0, "b": 1, "c": 2}, ("d",))


def key(**changes) -> str:
    """The key streamlit-folium gives the map: another key is another map, at the first zoom."""
    settings = {"payload_url": URL, "channel": CHANNEL, "view": VIEW, "theme": "light", "pov": "un", **changes}
    world = layers.draw_map(settings.pop("payload_url"), **settings)
    world.render()
    return generate_js_hash(_get_map_string(world), "map")


def test_the_map_stays_when_data_or_theme_change() -> None:
    assert key() == key() == key(payload_url="events/fedcba9876543210.json") == key(theme="dark")


@pytest.mark.parametrize(
    "changes", [{"channel": "map-fedcba9876543210"}, {"view": (49.0, 32.0, 6)}, {"pov": "de_facto"}]
)
def test_another_session_view_or_point_of_view_is_another_map(changes) -> None:
    assert key(**changes) != key()


def test_every_link_of_the_map_is_served_by_the_app() -> None:
    world = layers.draw_map(URL, channel=CHANNEL, view=VIEW)
    parts = [world, *world._children.values()]
    scripts = [url for part in parts for _, url in getattr(part, "default_js", [])]
    sheets = [url for part in parts for _, url in getattr(part, "default_css", [])]
    assert all(url.startswith("../views.offline.") and "//" not in url for url in [*scripts, *sheets])
    assert (len(scripts), len(sheets)) == (1, 2)
    assert "//" not in re.sub(r"\s//.*", "", world.get_root().script.render())


@pytest.mark.parametrize("count", [300, 20_000])
def test_script_and_command_are_small_whatever_the_number_of_events(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    monkeypatch.setattr(layers.files, "FOLDER", tmp_path)
    payload = write_payload(make_events(count), folder=tmp_path)
    world = layers.draw_map(payload.url, channel=CHANNEL, view=VIEW)
    world.render()
    flags = np.arange(len(payload.ids)) % 2 == 0
    told = layers.command(payload, (0, 10), shown=flags)
    assert len(_get_map_string(world)) < 3_000
    assert len(json.dumps(told)) < 300 + layers.INLINE * 4 / 3
    named = told["mask"].endswith(".mask")
    assert named == (count > 8 * layers.INLINE)
    bits = (tmp_path / "events" / told["mask"]).read_bytes() if named else base64.b64decode(told["mask"])
    assert np.unpackbits(np.frombuffer(bits, np.uint8), bitorder="little")[: len(flags)].tolist() == flags.tolist()


@pytest.mark.parametrize(
    "channel", ["map", "map_0123456789abcdef", "map-xyz", "map-01", "map-0123456789abcdef\n", "</script>"]
)
def test_a_channel_that_could_be_shared_or_break_out_is_refused(channel: str) -> None:
    with pytest.raises(ValueError, match="channel"):
        layers.draw_map(URL, channel=channel, view=VIEW)


@pytest.mark.parametrize("url", ["events/x.json", "../events/0123456789abcdef.json", "https://x.example/a.json"])
def test_only_payload_addresses_are_taken(url: str) -> None:
    with pytest.raises(ValueError, match="payload"):
        layers.draw_map(url, channel=CHANNEL, view=VIEW)


def test_an_unknown_point_of_view_is_refused() -> None:
    with pytest.raises(ValueError, match="point of view"):
        layers.draw_map(URL, channel=CHANNEL, view=VIEW, pov="mine")


def test_zoom_is_kept_within_what_the_base_map_carries() -> None:
    assert layers.draw_map(URL, channel=CHANNEL, view=(50.0, 36.0, 99)).options["zoom"] == layers.MAX_ZOOM


def test_the_command_is_plain_data() -> None:
    told = layers.command(
        SMALL, (0, 30), shown=[True, False, True], focus="b", arcs=True, notes={"off_map": 1, "title": "T"}
    )
    assert json.loads(json.dumps(told)) == told
    assert told["url"] == "0123456789abcdef"
    assert told["range"] == [0, 30]
    assert told["focus"] == 1
    assert told["notes"] == {"off_map": 1, "title": "T"}
    assert base64.b64decode(told["mask"]) == bytes([0b101])


def test_no_mask_where_every_row_is_shown_and_no_focus_off_the_map() -> None:
    told = layers.command(SMALL, (0, 30), shown=[True] * 3, focus="d")
    assert (told["mask"], told["focus"]) == (None, None)


def test_flags_must_fit_the_rows() -> None:
    with pytest.raises(ValueError, match="2 flags for 3 rows"):
        layers.command(SMALL, (0, 30), shown=[True, False])


def test_notes_lose_what_could_turn_a_line_around() -> None:
    told = layers.command(SMALL, (0, 1), notes={"filter": "a\u202eb" + "x" * 400})
    assert told["notes"]["filter"].startswith("a\ufffdb")
    assert len(told["notes"]["filter"]) == 300


ONLINE = Backdrop(
    "online", "https://tiles.example/{z}/{x}/{y}.png?key=a", "", (0, 11), "tiles.example", "</script><b>We</b>"
)


def script_of(backdrop: Backdrop) -> str:
    """The file with the map's scripts, which begins with what every map of the server has in common."""
    world = layers.draw_map(URL, channel=CHANNEL, view=VIEW, backdrop=backdrop)
    (layer,) = [child for child in world._children.values() if isinstance(child, ScriptLayer)]
    path = layer.default_js[0][1].removeprefix(offline.PAYLOAD_BASE)
    return (layers.files.FOLDER / path).read_text(encoding="utf-8")


def test_tiles_reach_the_map_by_its_script_file_and_leave_the_map_constant() -> None:
    assert key(backdrop=ONLINE) == key()
    first = script_of(ONLINE).splitlines()[0]
    told = json.loads(first.removeprefix("window.strikeline = { home: ").removesuffix(" };"))
    assert told["tiles"] == {
        "kind": "online",
        "url": ONLINE.url,
        "index": "",
        "zooms": [0, 11],
        "source": "tiles.example",
        "credit": ONLINE.credit,
    }
    assert "</script>" not in first


def test_no_other_host_is_in_the_scripts_without_the_setting() -> None:
    first = script_of(OFFLINE).splitlines()[0]
    assert '"tiles": null' in first
    assert "//" not in first


def test_the_caption_says_when_tiles_that_are_set_are_not_shown() -> None:
    assert f'"noTiles": "{layers.TILES_NOT_SHOWN}"' in script_of(Backdrop(problem="it is gone")).splitlines()[0]
    assert '"noTiles": ""' in script_of(ONLINE).splitlines()[0]


def test_tiles_of_an_archive_are_served_by_the_app() -> None:
    own = Backdrop("vector", "../views.offline.tiles/ab-1/{z}/{x}/{y}.json", "../i.json", (0, 8), "a.pmtiles", "We")
    assert own.origin == OFFLINE.origin == ""
    layers.draw_map(URL, channel=CHANNEL, view=VIEW, backdrop=own)


def test_scripts_named_are_there() -> None:
    assert all((offline.ASSETS / f"{name}.js").exists() for name in layers.SCRIPTS)
