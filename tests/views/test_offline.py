"""The guard refuses whatever would load from another host."""

from __future__ import annotations

import folium
import folium.plugins
import pytest
from branca.colormap import LinearColormap

from views import offline
from views.offline import OutsideUrlError, refuse_outside_urls

POINTS = [[50.6, 36.6, 1.0], [50.0, 36.2, 2.0]]


def bare() -> folium.Map:
    return folium.Map(tiles=None)


def test_a_map_without_tiles_passes() -> None:
    refuse_outside_urls(bare())


@pytest.mark.parametrize(
    "element",
    [
        folium.plugins.HeatMap(POINTS),
        folium.plugins.AntPath([(50, 36), (51, 37)]),
        folium.plugins.MarkerCluster(),
        folium.plugins.MiniMap(tile_layer=folium.TileLayer("https://tiles.example/{z}/{x}/{y}.png", attr="x")),
        folium.RegularPolygonMarker((50, 36)),
        folium.TileLayer("https://tiles.example/{z}/{x}/{y}.png", attr="x"),
        folium.TileLayer("//tiles.example/{z}/{x}/{y}.png", attr="x"),
        LinearColormap(["red", "blue"]),
    ],
    ids=lambda element: type(element).__name__,
)
def test_what_calls_outside_is_refused(element) -> None:
    world = bare()
    folium.FeatureGroup().add_to(world).add_child(element)
    with pytest.raises(OutsideUrlError):
        refuse_outside_urls(world)


ALLOWED = "https://tiles.example:443"


def with_tiles(template: str) -> folium.Map:
    world = bare()
    folium.FeatureGroup().add_to(world).add_child(folium.TileLayer(template, attr="x"))
    return world


def test_the_one_host_that_is_set_may_be_asked_for_tiles() -> None:
    refuse_outside_urls(with_tiles("https://tiles.example/{z}/{x}/{y}.png"), ALLOWED)


@pytest.mark.parametrize(
    "template",
    [
        "https://other.example/{z}/{x}/{y}.png",
        "https://a.tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example.evil.example/{z}/{x}/{y}.png",
        "https://tiles.example@evil.example/{z}/{x}/{y}.png",
        "https://tiles.example:8443/{z}/{x}/{y}.png",
        "http://tiles.example/{z}/{x}/{y}.png",
        "//tiles.example/{z}/{x}/{y}.png",
    ],
)
def test_any_other_host_is_refused_all_the_same(template: str) -> None:
    with pytest.raises(OutsideUrlError, match="tiles from"):
        refuse_outside_urls(with_tiles(template), ALLOWED)


def test_the_host_of_the_tiles_may_not_serve_scripts() -> None:
    class Script(folium.elements.JSCSSMixin, folium.map.Layer):
        default_js = [("x", "https://tiles.example/a.js")]  # noqa: RUF012 (folium's own attribute)

    world = bare()
    Script().add_to(world)
    with pytest.raises(OutsideUrlError, match="Script loads"):
        refuse_outside_urls(world, ALLOWED)


def test_an_error_does_not_repeat_the_key_of_an_address() -> None:
    with pytest.raises(OutsideUrlError) as refused:
        refuse_outside_urls(with_tiles("https://tiles.example/{z}/{x}/{y}.png?key=s3cr3t"))
    assert str(refused.value) == "tiles from https://tiles.example:443"


def test_tiles_of_our_own_layer_are_looked_at_too() -> None:
    world = bare()
    layer = folium.map.Layer("ours")
    layer.tiles = "https://other.example/{z}/{x}/{y}.png"
    layer.add_to(world)
    with pytest.raises(OutsideUrlError, match=r"tiles from https://other\.example:443"):
        refuse_outside_urls(world, ALLOWED)


@pytest.mark.parametrize("url", ["http://x.example/a.js", "https://x.example/a.js", "//x.example/a.js"])
def test_scripts_of_other_hosts_are_refused(url: str) -> None:
    class Script(folium.elements.JSCSSMixin, folium.map.Layer):
        default_js = [("x", url)]  # noqa: RUF012 (folium's own attribute)

    world = bare()
    Script().add_to(world)
    with pytest.raises(OutsideUrlError, match="Script loads"):
        refuse_outside_urls(world)


@pytest.mark.parametrize("base", [offline.ASSET_BASE, offline.BASEMAP_BASE, offline.PAYLOAD_BASE, offline.LEAFLET_BASE])
def test_mounts_are_relative_so_they_hold_under_any_base_path(base: str) -> None:
    assert base.startswith("../views.offline.")
    assert base.endswith("/")


def test_leaflet_is_the_package_that_was_installed() -> None:
    script = offline.Path(offline.leaflet.BASE_DIR) / "leaflet.js"
    assert "Leaflet 1.9.3" in script.read_text(encoding="utf-8")[:200]


def test_an_asset_is_named_with_a_mark_of_its_content() -> None:
    name, mark = offline.asset("map.css").split("?v=")
    assert name == offline.ASSET_BASE + "map.css"
    assert len(mark) == 8


def test_scripts_are_served_as_one_file_named_by_its_content(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(offline.payload, "FOLDER", tmp_path)
    for name, text in (("a.js", "let a = 1 // no line break"), ("b.js", "(function () {})()")):
        (tmp_path / name).write_text(text)
    both = [tmp_path / "a.js", tmp_path / "b.js"]
    url = offline.one_script(both)
    assert offline.one_script(both) == url != offline.one_script(both[:1])
    served = (tmp_path / url.removeprefix(offline.PAYLOAD_BASE)).read_text()
    assert served == "let a = 1 // no line break\n;\n(function () {})()\n;\n"


def test_no_file_of_ours_names_another_host_or_evaluates_text() -> None:
    for path in offline.ASSETS.iterdir():
        text = path.read_text(encoding="utf-8")
        assert "http://" not in text, path
        assert "https://" not in text, path
        for word in ("eval(", "new Function", "innerHTML", "insertAdjacentHTML", "document.write"):
            assert word not in text, f"{path.name} uses {word}"
