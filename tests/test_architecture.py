"""Imports point down, and nothing comes from somebody else's server: read from the source, not by running it."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Room -> the other rooms it may import; docs/architecture.md has the same table in words.
MAY_IMPORT: dict[str, set[str]] = {
    "model": set(),
    "choices": {"model"},
    "extract": {"model"},
    "geo": {"model"},
    "store": {"model", "choices"},
    "pipeline": {"model", "choices", "extract", "geo"},
    "intake": {"model", "extract", "pipeline"},
    "prediction": {"model"},
    "incidents": {"model"},
    "briefing": {"model", "geo"},
    "views": {"model", "choices", "geo", "store", "incidents", "pipeline", "intake", "briefing"},
    "pages": {"views"},
    "app": {"views"},
    "cli": {"model", "extract", "pipeline", "intake", "prediction", "store", "geo"},
}
# Package -> the rooms that may import it.
ONLY_IN: dict[str, set[str]] = {
    "streamlit": {"views", "pages", "app"},
    "streamlit_folium": {"pages", "app"},
    "folium": {"views"},
    "branca": {"views"},
    "xstatic": {"views"},
    "geopy": {"geo"},
    "pmtiles": {"geo"},
    "google": {"geo"},
    "sqlite3": {"geo"},
    "sqlalchemy": {"store"},
    "pandas": {"store", "incidents", "briefing", "views"},
    "requests": set(),
    "httpx": set(),
    "urllib3": set(),
    "aiohttp": set(),
}
STREAMLIT = {"streamlit", "streamlit_folium"}
# The type of an open store may be named where it is handed on; no statement is written with it.
ENGINE_ONLY = {"cli": {"Engine"}, "views": {"Engine"}}

SQL = re.compile(
    r"\b(?:SELECT\s.{1,200}?\sFROM|INSERT\s(?:OR\s\w+\s)?INTO|DELETE\sFROM|UPDATE\s\w+\sSET|PRAGMA)\b", re.S
)
URL = re.compile(r"(?:https?:)?//[\w.-]+\.[a-z]{2,}", re.I)


def streamlit_views() -> set[str]:
    """The modules of views/ that may know Streamlit, as docs/architecture.md names them; all others stay pure."""
    told = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    sentence = re.search(r"Only these modules of `views/` know Streamlit:([^.]+)\.", told)
    assert sentence, "docs/architecture.md does not say which modules of views/ know Streamlit"
    return set(re.findall(r"`(\w+)`", sentence[1]))


STREAMLIT_VIEWS = streamlit_views()


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """First part of every absolute import, with the name that is taken from it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from ((node.module.split(".")[0], alias.name) for alias in node.names)


def room_of(path: Path, root: Path) -> str:
    return path.relative_to(root).parts[0].removesuffix(".py")


def breaches(path: Path, root: Path) -> set[str]:
    """Imports that this file must not have."""
    room = room_of(path, root)
    spared = ENGINE_ONLY.get(room, set())
    found = {package for package, name in imports(path) if not (package == "sqlalchemy" and name in spared)}
    wrong = (found & set(MAY_IMPORT)) - MAY_IMPORT[room] - {room}
    wrong |= {package for package in found & set(ONLY_IN) if room not in ONLY_IN[package]}
    if room == "views" and path.stem not in STREAMLIT_VIEWS:
        wrong |= found & STREAMLIT
    return wrong


def strings(path: Path) -> Iterator[str]:
    """Every string of the code, without the docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    spoken = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docs = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, spoken) and is_docstring(node.body)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def is_docstring(body: list[ast.stmt]) -> bool:
    return bool(body) and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)


def sources(root: Path) -> list[Path]:
    """Every module of the product, top-level files and folders alike."""
    modules = [root / f"{room}.py" for room in MAY_IMPORT]
    folders = [path for room in MAY_IMPORT for path in (root / room).rglob("*.py")]
    return sorted(path for path in [*modules, *folders] if path.exists())


def tracked() -> list[Path]:
    """The files of the repository as git knows them."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name]


def plant(root: Path, file: str, text: str) -> Path:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


SOURCES = sources(ROOT)
VIEWS = [path for path in SOURCES if room_of(path, ROOT) in ("views", "pages", "app")]
ASSETS = [path for path in tracked() if path.suffix in (".js", ".css", ".html", ".svg") and path.exists()]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_imports_point_down(path: Path) -> None:
    assert not breaches(path, ROOT), f"{named(path)} must not import {sorted(breaches(path, ROOT))}"


@pytest.mark.parametrize(
    ("file", "line", "expected"),
    [
        ("model.py", "import pandas", {"pandas"}),
        ("extract/events.py", "import geo.geocoder", {"geo"}),
        ("extract/days.py", "from . import sentences", set()),
        ("extract/days.py", "import requests", {"requests"}),
        ("geo/bad.py", "import streamlit", {"streamlit"}),
        ("geo/gazetteer.py", "import sqlite3", set()),
        ("geo/gazetteer.py", "from extract import days", {"extract"}),
        ("store/y.py", "from views import x", {"views"}),
        ("store/y.py", "import sqlite3", {"sqlite3"}),
        ("pipeline.py", "from store import record", {"store"}),
        ("intake.py", "from store import record", {"store"}),
        ("incidents/merge.py", "from store import query", {"store"}),
        ("briefing/render.py", "import folium", {"folium"}),
        ("views/markers.py", "import streamlit as st", {"streamlit"}),
        ("views/panel.py", "from streamlit_folium import st_folium", {"streamlit_folium"}),
        ("views/cached.py", "import streamlit as st", set()),
        ("views/cached.py", "from sqlalchemy import select", {"sqlalchemy"}),
        ("views/cached.py", "from sqlalchemy import Engine", set()),
        ("pages/map.py", "import folium.plugins", {"folium"}),
        ("pages/add.py", "from store import record", {"store"}),
        ("app.py", "def late():\n    import pipeline", {"pipeline"}),
        ("cli.py", "from sqlalchemy import Engine", set()),
        ("cli.py", "from sqlalchemy import select", {"sqlalchemy"}),
        ("cli.py", "import views.layers", {"views"}),
    ],
)
def test_planted_breach_is_seen(tmp_path: Path, file: str, line: str, expected: set[str]) -> None:
    assert breaches(plant(tmp_path, file, line), tmp_path) == expected


def modules_imported(path: Path, root: Path) -> set[str]:
    """Whatever an import names, types included, as dotted names: of ``from a import b`` both ``a`` and ``a.b``."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            folder = path.relative_to(root).parts[: -node.level] if node.level else ()
            home = ".".join((*folder, *filter(None, [node.module])))
            found |= {home} | {f"{home}.{alias.name}" for alias in node.names}
    return found


def circle(paths: Sequence[Path], root: Path) -> list[str]:
    """Modules that import one another in a circle, the first again at the end; none where there is no circle."""
    modules = {".".join(path.relative_to(root).with_suffix("").parts): path for path in paths}
    graph = {name: (modules_imported(path, root) & set(modules)) - {name} for name, path in modules.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_modules_import_one_another() -> None:
    assert circle([path for path in tracked() if path.suffix == ".py" and path.exists()], ROOT) == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"geo/a.py": "from geo.b import B", "geo/b.py": "import model", "model.py": ""}, set()),
        ({"geo/a.py": "from geo.b import B", "geo/b.py": "from geo import a"}, {"geo.a", "geo.b"}),
        ({"geo/a.py": "import geo.b", "geo/b.py": "from . import a"}, {"geo.a", "geo.b"}),
        (
            {"geo/a.py": "from .b import B", "geo/b.py": "if TYPE_CHECKING:\n    from geo.a import A"},
            {"geo.a", "geo.b"},
        ),
        (
            {"cli.py": "import intake", "intake.py": "import store.x", "store/x.py": "def f():\n    import cli"},
            {"cli", "intake", "store.x"},
        ),
    ],
)
def test_planted_circle_is_seen(tmp_path: Path, files: dict[str, str], expected: set[str]) -> None:
    assert set(circle([plant(tmp_path, file, text) for file, text in files.items()], tmp_path)) == expected


def sql_in(path: Path) -> list[str]:
    return [text for text in strings(path) if SQL.search(text)]


@pytest.mark.parametrize("path", [p for p in SOURCES if room_of(p, ROOT) not in ("store", "geo")], ids=named)
def test_sql_is_written_in_the_store_alone(path: Path) -> None:
    assert not sql_in(path)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ('rows = run("SELECT id FROM event")', True),
        ('rows = run("insert into".upper(), "INSERT INTO event VALUES (1)")', True),
        ('run(f"PRAGMA {name}")', True),
        ('label = "Select an event from the list"', False),
        ('"""SELECT id FROM event is how one would ask."""', False),
    ],
)
def test_planted_sql_is_seen(tmp_path: Path, text: str, seen: bool) -> None:
    assert bool(sql_in(plant(tmp_path, "views/x.py", text))) == seen


def addresses(text: str) -> list[str]:
    """Web addresses, but for the names of XML vocabularies, which nobody fetches."""
    return [found for found in URL.findall(text) if not found.endswith("//www.w3.org")]


@pytest.mark.parametrize("path", VIEWS, ids=named)
def test_no_page_names_another_server(path: Path) -> None:
    assert not [found for text in strings(path) for found in addresses(text)]


@pytest.mark.parametrize("path", ASSETS, ids=named)
def test_no_asset_names_another_server(path: Path) -> None:
    assert not addresses(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ('src="https://cdn.example.net/leaflet.js"', True),
        ("@import url(//fonts.example.com/x.css);", True),
        ('xmlns="http://www.w3.org/2000/svg"', False),
        ("a // comment about b.c", False),
        ("a / b // c", False),
    ],
)
def test_planted_address_is_seen(text: str, seen: bool) -> None:
    assert bool(addresses(text)) == seen


def is_foreign(text: str) -> bool:
    """Signs of a library that was copied in: minified lines, a licence banner, a bundler's wrapper."""
    head = text[:4_000]
    banner = re.search(r"/\*.{0,400}?(?:@licen[cs]e|@preserve|\(c\)\s[\w©]|copyright)", head, re.I | re.S)
    bundled = re.search(r"typeof\s+(?:exports|define)\b|sourceMappingURL=", text)
    return bool(banner or bundled or any(len(line) > 1_000 for line in text.splitlines()))


@pytest.mark.parametrize("path", [p for p in ASSETS if p.suffix in (".js", ".css")], ids=named)
def test_no_library_is_copied_into_the_repository(path: Path) -> None:
    assert ".min." not in path.name
    assert not is_foreign(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("/* @preserve\n * Leaflet 1.9.3, a JS library. (c) 2010 somebody */", True),
        ("/*! jQuery v3 | (c) OpenJS Foundation */", True),
        ("!function(t,i){'object'==typeof exports&&'undefined'!=typeof module}", True),
        ("if (typeof exports === 'object') module.exports = f();", True),
        ("x" * 2_000, True),
        ("// draws one marker an event\nfunction draw() {}\n", False),
    ],
)
def test_planted_library_is_seen(text: str, foreign: bool) -> None:
    assert is_foreign(text) == foreign
