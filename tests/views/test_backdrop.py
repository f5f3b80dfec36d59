"""What the map is given of the setting, and what is said when it cannot be shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from pmtiles.tile import TileType

from geo import tiles
from geo.backdrop import CREDIT, VARIABLE
from tests import tile_archives
from views import backdrop, offline
from views.backdrop import OFFLINE, Backdrop, find, in_words, mark

BOX = (34.0, 49.0, 38.0, 51.0)
TEMPLATE = "https://tiles.example/{z}/{x}/{y}.png"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is unpacked into the user's own cache."""
    monkeypatch.setenv("STRIKELINE_CACHE", str(tmp_path / "cache"))


def set_to(value: object, credit: str = "") -> dict[str, str]:
    return {VARIABLE: str(value), CREDIT: credit}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tile_archives.raster_archive(tmp_path / "images.pmtiles", BOX, [5, 6])


def test_nothing_is_set() -> None:
    assert find({}) == OFFLINE
    assert OFFLINE.for_map() is None
    assert OFFLINE.origin == ""
    assert mark({}) == ()


def test_a_tile_server() -> None:
    found = find(set_to(TEMPLATE, "Makers"))
    assert found == Backdrop("online", TEMPLATE, "", (0, 11), "tiles.example", "Makers")
    assert found.origin == "https://tiles.example:443"


def test_an_archive_of_images(archive: Path) -> None:
    found = find(set_to(archive))
    base = f"{offline.tiles_base()}{tiles.folder_of(archive).name}/"
    assert found == Backdrop(
        "raster",
        base + "{z}/{x}/{y}.png",
        base + "index.json",
        (5, 6),
        "images.pmtiles",
        tile_archives.CREDIT_IN_WORDS,
    )
    assert base.startswith("../views.offline.tiles/")


def test_an_archive_of_vector_tiles(tmp_path: Path) -> None:
    found = find(set_to(tile_archives.vector_archive(tmp_path / "v.pmtiles", BOX, [5])))
    assert (found.kind, found.url.rpartition(".")[2]) == ("vector", "json")


def test_the_credit_that_is_set_goes_before_the_archives_own(archive: Path) -> None:
    assert find(set_to(archive, "Others")).credit == "Others"


def test_an_archive_without_a_credit_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tile_archives.write_archive(
        tmp_path / "a.pmtiles", {(2, 1, 1): tile_archives.image((1, 2, 3))}, TileType.PNG
    )
    found = find(set_to(path))
    assert found == Backdrop(
        problem=f"{path} does not say whom to credit: set {CREDIT} to the words its maker asks for"
    )
    assert not tiles.is_whole(tiles.folder_of(path))
    assert find(set_to(path, "We")).kind == "raster"
    assert find(set_to(path)).problem.startswith(str(path))  # nor afterwards


def test_a_large_archive_names_the_command_and_is_shown_once_it_is_unpacked(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tiles, "FEW_TILES", 1)
    found, before = find(set_to(archive)), mark(set_to(archive))
    assert not found.kind
    assert f"is unpacked first, once: python cli.py tiles {archive}" in found.problem
    tiles.unpacked(archive, say=lambda _: None)
    assert mark(set_to(archive)) != before
    assert find(set_to(archive)).kind == "raster"


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("http://tiles.example/{z}/{x}/{y}.png", "STRIKELINE_TILES must begin with https"),
        (TEMPLATE, f"{CREDIT} is not set"),
    ],
)
def test_a_setting_that_is_refused_leaves_the_offline_map(value: str, why: str) -> None:
    found = find(set_to(value))
    assert found.for_map() is None
    assert why in found.problem
    assert mark(set_to(value)) != mark({})


def test_a_file_that_is_not_there_or_is_damaged(tmp_path: Path) -> None:
    assert "there is no such file" in find(set_to(tmp_path / "no.pmtiles")).problem
    broken = tmp_path / "b.pmtiles"
    broken.write_bytes(b"x" * 1000)
    assert find(set_to(broken)).problem == f"{broken}: it is not a PMTiles archive"


def test_what_is_said_of_each() -> None:
    assert "drawn offline" in in_words(OFFLINE)
    online = in_words(find(set_to(TEMPLATE, "Makers")))
    assert "it learns which areas are looked at, when, and from which address" in online
    assert "Credit: Makers." in online
    assert "no other host is asked" in in_words(Backdrop("vector", "u", "i", (0, 1), "a.pmtiles", "Makers"))
    assert "not shown" in in_words(Backdrop(problem="It is gone."))


def test_a_file_name_cannot_turn_a_line(tmp_path: Path) -> None:
    path = tile_archives.raster_archive(tmp_path / "a\u202eb.pmtiles", BOX, [5])
    assert find(set_to(path)).source == "a\ufffdb.pmtiles"
    assert backdrop.find(set_to(tmp_path / "no\u202e")).problem.count("\u202e") == 0
