"""Unpacking an archive into the cache folder: once, whole or not at all, and said as it goes on."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pmtiles.tile import Compression, TileType

from geo import archive, tiles
from geo.archive import ArchiveError
from geo.tiles import folder_of, home, is_small, is_whole, unpacked
from tests import tile_archives
from tests.tile_archives import CREDIT, CREDIT_IN_WORDS, image, vector_tile, write_archive

BOX = (34.0, 49.0, 38.0, 51.0)
ROAD = vector_tile([(("roads", "kind", "highway"), False, [[(0.0, 0.0), (400.0, 800.0)]])])


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing is unpacked into the user's own cache."""
    monkeypatch.setenv("STRIKELINE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def vector(path: Path, *places: tuple[int, int, int], body: bytes = ROAD) -> Path:
    return write_archive(
        path,
        dict.fromkeys(places, body),
        TileType.MVT,
        metadata={"attribution": CREDIT},
        compression=Compression.GZIP,
    )


def quiet(_: str) -> None:
    """Says nothing."""


def test_images_are_kept_as_they_are_and_listed(tmp_path: Path) -> None:
    made = unpacked(tile_archives.raster_archive(tmp_path / "a.pmtiles", BOX, range(5, 8)), say=quiet)
    assert (made.kind, made.first_zoom, made.last_zoom, made.credit) == ("png", 5, 7, CREDIT_IN_WORDS)
    expected = list(tile_archives.places_in(BOX, range(5, 8)))
    assert made.tiles == len(expected)
    for zoom, x, y in expected:
        assert (made.folder / f"{zoom}/{x}/{y}.png").read_bytes() == image((40 * (zoom % 6), 160, 90))
    rows = json.loads((made.folder / "index.json").read_text())["rows"]
    listed = {(int(z), x, y) for z, runs in rows.items() for y, first, last in runs for x in range(first, last + 1)}
    assert listed == set(expected)


def test_the_same_content_takes_room_once(tmp_path: Path) -> None:
    made = unpacked(tile_archives.raster_archive(tmp_path / "a.pmtiles", BOX, range(7, 9)), say=quiet)
    assert len({path.stat().st_ino for path in made.folder.rglob("*.png")}) == 2  # one a zoom


@pytest.mark.parametrize("schema", tile_archives.SCHEMAS)
def test_vector_tiles_become_what_is_drawn(tmp_path: Path, schema: str) -> None:
    made = unpacked(tile_archives.vector_archive(tmp_path / "a.pmtiles", BOX, [6, 7], schema), say=quiet)
    assert made.kind == "vector"
    drawn = [json.loads(path.read_text()) for path in made.folder.rglob("7/*/*.json")]
    assert any("highway" in tile for tile in drawn)
    assert any("built" in tile for tile in drawn)
    assert {tile["grid"] for tile in drawn} == {4096}  # they are drawn larger, for the archive ends here
    assert {json.loads(path.read_text())["grid"] for path in made.folder.rglob("6/*/*.json")} == {1024}


def test_an_empty_tile_among_others_is_land_without_roads(tmp_path: Path) -> None:
    places = {(11, 5, 5): ROAD, (11, 6, 5): b""}
    made = unpacked(write_archive(tmp_path / "a.pmtiles", places, TileType.MVT), say=quiet)
    assert json.loads((made.folder / "11/6/5.json").read_text()) == {"grid": 1024}
    assert made.tiles == 2


def test_it_is_unpacked_once_and_says_so(tmp_path: Path, own_cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = vector(tmp_path / "a.pmtiles", (3, 4, 2))
    first = unpacked(path)
    made = (first.folder / "index.json").stat().st_mtime_ns
    assert unpacked(path) == first
    assert (first.folder / "index.json").stat().st_mtime_ns == made
    assert capsys.readouterr().err == "Unpacking a.pmtiles, once: 1 tile\n"
    assert [found.name for found in own_cache.iterdir()] == ["tiles"]
    assert [found.name for found in home().iterdir()] == [first.folder.name]


def test_progress_is_told_on_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiles, "_SECONDS", 0.0)
    lines: list[str] = []
    unpacked(vector(tmp_path / "a.pmtiles", (2, 0, 0), (5, 3, 3)), say=lines.append)
    assert lines[1:] == [
        "Unpacking a.pmtiles, once: 1 of 2 tiles (50 %)",
        "Unpacking a.pmtiles, once: 2 of 2 tiles (100 %)",
    ]


def test_a_changed_archive_is_unpacked_anew(tmp_path: Path) -> None:
    path = vector(tmp_path / "a.pmtiles", (3, 4, 2))
    before = folder_of(path)
    os.utime(path, ns=(0, 0))
    assert folder_of(path) != before
    moved = path.rename(tmp_path / "b.pmtiles")
    at_first = folder_of(moved)
    vector(moved, (3, 4, 2), (3, 5, 2))
    assert folder_of(moved) != at_first


def test_programs_that_start_together_make_it_once(tmp_path: Path) -> None:
    path = tile_archives.raster_archive(tmp_path / "a.pmtiles", BOX, range(5, 8))
    lines: list[str] = []
    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(lambda _: unpacked(path, say=lines.append).folder, range(4)))
    assert len(made) == len(lines) == 1
    assert is_whole(made.pop())


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"\x1a\x05nonsense", "tile 3/4/2 is damaged: not a vector tile"),
        (
            vector_tile([(("soil", "kind", "clay"), True, [[(0.0, 0.0), (9.0, 0.0), (9.0, 9.0)]])]),
            "nothing in its tiles is drawn",
        ),
    ],
)
def test_what_cannot_be_drawn_leaves_nothing_behind(tmp_path: Path, own_cache: Path, body: bytes, why: str) -> None:
    path = vector(tmp_path / "a.pmtiles", (3, 4, 2), body=body)
    with pytest.raises(ArchiveError, match=rf"a\.pmtiles: {why}"):
        unpacked(path, say=quiet)
    assert not is_whole(folder_of(path))
    assert [found.name for found in own_cache.iterdir()] == ["tiles"]
    assert list(home().iterdir()) == []


def test_a_tile_that_is_no_image_is_refused(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.pmtiles", {(1, 0, 0): b"<html></html>"}, TileType.PNG)
    with pytest.raises(ArchiveError, match="tile 1/0/0 is no png image"):
        unpacked(path, say=quiet)


def test_what_becomes_too_large_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = vector(tmp_path / "a.pmtiles", (3, 4, 2), (3, 5, 3))
    held = archive.read_archive(path)
    monkeypatch.setattr(archive, "MOST_BYTES", held.size + 1)
    monkeypatch.setattr(tiles, "_served", lambda *_: (bytes(200), True))
    with pytest.raises(ArchiveError, match=r"unpacked it is more than .* pmtiles extract a\.pmtiles"):
        unpacked(path, say=quiet)


def test_a_cache_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("STRIKELINE_CACHE", str(tmp_path / "file"))
    with pytest.raises(ArchiveError, match=r"a\.pmtiles: it cannot be unpacked into "):
        unpacked(vector(tmp_path / "a.pmtiles", (3, 4, 2)), say=quiet)


def test_a_damaged_folder_says_how_to_mend_it(tmp_path: Path) -> None:
    path = vector(tmp_path / "a.pmtiles", (3, 4, 2))
    (unpacked(path, say=quiet).folder / "index.json").write_text("{")
    with pytest.raises(ArchiveError, match=r"is damaged\. Remove this folder"):
        unpacked(path, say=quiet)


def test_few_tiles_are_small_and_many_are_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = archive.read_archive(vector(tmp_path / "a.pmtiles", (3, 4, 2), (3, 5, 2)))
    assert is_small(held)
    monkeypatch.setattr(tiles, "FEW_TILES", 1)
    assert not is_small(held)
    monkeypatch.setattr(tiles, "FEW_TILES", 2)
    monkeypatch.setattr(tiles, "FEW_BYTES", held.size - 1)
    assert not is_small(held)


@pytest.mark.parametrize("name", ["webp", "jpeg"])
def test_other_kinds_of_image_are_kept_too(tmp_path: Path, name: str) -> None:
    kind = {"webp": TileType.WEBP, "jpeg": TileType.JPEG}[name]
    made = unpacked(write_archive(tmp_path / "a.pmtiles", {(2, 1, 1): image((9, 9, 9), name)}, kind), say=quiet)
    assert (made.folder / f"2/1/1.{made.kind}").read_bytes() == image((9, 9, 9), name)
