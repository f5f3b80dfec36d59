"""Article text stays text wherever the map could show it."""

from __future__ import annotations

import ast
from pathlib import Path

import branca.element
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from views import literal_text
from views.literal_text import plain_text, safe_text

import folium  # isort: skip

ROOT = Path(__file__).resolve().parents[2]
TEXTS = (
    "{{7919*104729}}",
    "{% x",
    "{{'x",
    "{# c",
    "{{",
    "%}",
    "${7919*104729}",
    "a\\`b",
    "C:\\path\\20190221",
    "</script>",
)


def with_popup(world: folium.Map, text: str) -> None:
    folium.Marker((50, 36), popup=folium.Popup(text), icon=folium.DivIcon(html="x")).add_to(world)


def with_tooltip(world: folium.Map, text: str) -> None:
    folium.CircleMarker((50, 36), tooltip=folium.Tooltip(text)).add_to(world)


def with_icon(world: folium.Map, text: str) -> None:
    folium.Marker((50, 36), icon=folium.DivIcon(html=text)).add_to(world)


def with_title(world: folium.Map, text: str) -> None:
    folium.Marker((50, 36), title=text, icon=folium.DivIcon(html="x")).add_to(world)


def with_layer_name(world: folium.Map, text: str) -> None:
    folium.FeatureGroup(name=text).add_to(world)
    folium.LayerControl().add_to(world)


def with_properties(world: folium.Map, text: str) -> None:
    point = {"type": "Point", "coordinates": [36, 50]}
    feature = {"type": "Feature", "geometry": point, "properties": {"name": text}}
    folium.GeoJson(
        {"type": "FeatureCollection", "features": [feature]}, tooltip=folium.GeoJsonTooltip(["name"])
    ).add_to(world)


SINKS = (with_popup, with_tooltip, with_icon, with_title, with_layer_name, with_properties)


def test_the_patch_is_in_place_once_folium_is_imported() -> None:
    assert branca.element.Template is literal_text.LiteralTemplate


@pytest.mark.parametrize("sink", SINKS)
@pytest.mark.parametrize("escape", [safe_text, str])
@pytest.mark.parametrize("text", TEXTS)
def test_article_text_is_never_evaluated_as_a_template(sink, escape, text, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    world = folium.Map(tiles=None)
    sink(world, escape(text))
    assert "829348951" not in world.get_root().render()
    assert list(tmp_path.iterdir()) == []


def folium_imports() -> list[Path]:
    modules = [
        path
        for path in ROOT.rglob("*.py")
        if not {".venv", "var", "tests", "bench"} & set(path.relative_to(ROOT).parts)
    ]
    return [path for path in modules if any(name.split(".")[0] == "folium" for name in imported(path))]


def imported(path: Path) -> list[str]:
    names: list[str] = []
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            names.extend(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.extend(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def test_only_views_import_folium_and_each_imports_literal_text_first() -> None:
    paths = folium_imports()
    assert paths
    for path in paths:
        names = imported(path)
        assert path.parent.name == "views", f"{path} imports folium"
        first = next(i for i, name in enumerate(names) if name.split(".")[0] == "folium")
        assert "views.literal_text" in names[:first], f"{path} imports folium before literal_text"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 killed", "3 killed"),
        ("<b>&\"'`$\\{}=", "&#60;b&#62;&#38;&#34;&#39;&#96;&#36;&#92;&#123;&#125;&#61;"),
        ("two\r\nlines", "two<br>lines"),
        ("Белгород, Харків", "Белгород, Харків"),
        ("a\u202eb\u0000c", "a\ufffdb\ufffdc"),
        ("می‌شود", "می‌شود"),  # the zero-width non-joiner belongs to the word
        ("lone \ud800", "lone ?"),
        (None, "None"),
    ],
)
def test_safe_text(text: object, expected: str) -> None:
    assert safe_text(text) == expected


def test_long_text_is_cut_with_a_sign() -> None:
    assert plain_text("x" * 700) == "x" * 599 + "…"
    assert plain_text("x" * 700, 10) == "x" * 9 + "…"


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=80))
def test_safe_text_leaves_nothing_that_means_something_to_a_browser_or_a_template(text: str) -> None:
    said = safe_text(text)
    rest = said.replace("<br>", "")
    assert not set("<>\"'`$\\{}=") & set(rest)
    said.encode("utf-8")
