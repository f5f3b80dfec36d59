"""PMTiles archives: what is read of them, and what is refused with file, reason and advice."""

from __future__ import annotations

import gzip
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pmtiles.tile import Compression, Entry, TileType, serialize_directory, serialize_header, zxy_to_tileid

from geo import archive
from geo.archive import ArchiveError, plain_credit, read_archive, read_tiles
from tests import tile_archives
from tests.tile_archives import CREDIT, CREDIT_IN_WORDS, image, write_archive

PNG = image((1, 2, 3))


def small(path: Path, **more: object) -> Path:
    return write_archive(path, {(3, x, 2): PNG for x in range(4)}, TileType.PNG, **more)


def test_what_an_archive_holds(tmp_path: Path) -> None:
    path = tile_archives.raster_archive(tmp_path / "a.pmtiles", (30, 48, 40, 52), range(4, 8))
    held = read_archive(path)
    assert (held.kind, held.gzipped, held.first_zoom, held.last_zoom) == ("png", False, 4, 7)
    assert held.attribution == CREDIT_IN_WORDS
    expected = list(tile_archives.places_in((30, 48, 40, 52), range(4, 8)))
    assert held.tiles == len(expected)
    found = [place for entry, _ in read_tiles(held) for place in archive.places(entry)]
    assert sorted(found) == sorted(expected)
    assert held.size < path.stat().st_size  # four images, each kept once


def test_a_large_directory_with_leaves_is_read(tmp_path: Path) -> None:
    tiles = {(9, x, y): b"\x89PNG\r\n\x1a\n" + bytes([x % 256, y, x // 256]) for x in range(300) for y in range(80)}
    held = read_archive(write_archive(tmp_path / "a.pmtiles", tiles, TileType.PNG))
    assert held.tiles == 24_000
    body_of = {place: body for entry, body in read_tiles(held) for place in archive.places(entry)}
    assert body_of == tiles


def test_tiles_closer_than_the_map_goes_are_left_out(tmp_path: Path) -> None:
    tiles = {(z, 0, 0): image((z, z, z)) for z in (10, 11, 12, 14)}
    held = read_archive(write_archive(tmp_path / "a.pmtiles", tiles, TileType.PNG))
    assert (held.first_zoom, held.last_zoom, held.tiles) == (10, 11, 2)


def test_a_run_that_reaches_beyond_the_last_zoom_is_cut(tmp_path: Path) -> None:
    end = zxy_to_tileid(archive.MOST_ZOOM + 1, 0, 0)
    path = raw(tmp_path, serialize_directory([Entry(end - 3, 0, len(PNG), 1_000_000)]))
    assert read_archive(path).tiles == 3


def raw(folder: Path, directory: bytes, leaves: bytes = b"", **header: object) -> Path:
    """An archive with this directory, whatever it says, and one tile."""
    metadata = gzip.compress(b"{}")
    start = 127 + len(directory)
    fields = {
        "root_offset": 127,
        "root_length": len(directory),
        "metadata_offset": start,
        "metadata_length": len(metadata),
        "leaf_directory_offset": start + len(metadata),
        "leaf_directory_length": len(leaves),
        "tile_data_offset": start + len(metadata) + len(leaves),
        "tile_data_length": len(PNG),
        "clustered": True,
        "internal_compression": Compression.GZIP,
        "tile_compression": Compression.NONE,
        "tile_type": TileType.PNG,
        "min_zoom": 0,
        "max_zoom": 11,
    }
    path = folder / "raw.pmtiles"
    path.write_bytes(serialize_header({**fields, **header}) + directory + metadata + leaves + PNG)
    return path


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"no\.pmtiles: there is no such file"):
        read_archive(tmp_path / "no.pmtiles")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="cannot be read"):
        read_archive(tmp_path)


@pytest.mark.parametrize(
    "body", [b"", b"PMTiles", b"SQLite format 3\x00" * 20, b"\xff" * 500, b"PMTiles\x03" + b"\xee" * 300]
)
def test_what_is_no_archive(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "a.pmtiles"
    path.write_bytes(body)
    with pytest.raises(ArchiveError, match=r"a\.pmtiles: it is (?:empty|not a PMTiles archive|cut off)"):
        read_archive(path)


def test_an_older_version(tmp_path: Path) -> None:
    path = small(tmp_path / "a.pmtiles")
    path.write_bytes(b"PMTiles\x02" + path.read_bytes()[8:])
    with pytest.raises(ArchiveError, match="version 3"):
        read_archive(path)


def test_an_archive_that_is_cut_off(tmp_path: Path) -> None:
    path = small(tmp_path / "a.pmtiles")
    whole = path.read_bytes()
    for size in (len(whole) - 1, len(whole) - len(PNG), 140):
        path.write_bytes(whole[:size])
        with pytest.raises(ArchiveError, match=rf"cut off: {size} bytes where [\d,]+ are needed"):
            read_archive(path)


def test_a_damaged_directory(tmp_path: Path) -> None:
    path = small(tmp_path / "a.pmtiles")
    body = bytearray(path.read_bytes())
    body[135:150] = b"x" * 15
    path.write_bytes(body)
    with pytest.raises(ArchiveError, match=r"its directory is (?:damaged|cut off)"):
        read_archive(path)


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ({"tile_type": TileType.AVIF}, "its tiles are AVIF; vector, png, jpg, webp are drawn"),
        ({"tile_type": TileType.MLT}, "its tiles are MLT"),
        ({"tile_type": TileType.UNKNOWN}, "its tiles are UNKNOWN"),
        ({"tile_compression": Compression.BROTLI}, "compressed as brotli"),
        ({"internal_compression": Compression.ZSTD}, "not compressed with gzip"),
    ],
)
def test_a_kind_that_is_not_drawn(tmp_path: Path, header: dict[str, object], why: str) -> None:
    path = raw(tmp_path, serialize_directory([Entry(5, 0, len(PNG), 1)]), **header)
    with pytest.raises(ArchiveError, match=why):
        read_archive(path)


def test_only_tiles_beyond_the_map(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.pmtiles", {(13, 0, 0): PNG}, TileType.PNG)
    with pytest.raises(ArchiveError, match="no tile up to zoom 11"):
        read_archive(path)


def test_too_many_tiles_say_how_to_cut_them(tmp_path: Path) -> None:
    path = raw(tmp_path, serialize_directory([Entry(0, 0, len(PNG), archive.MOST_TILES + 1)]))
    with pytest.raises(
        ArchiveError, match=r"more than 40,000 tiles up to zoom 11\. Cut out .* pmtiles extract raw\.pmtiles"
    ):
        read_archive(path)


def test_too_many_bytes_say_how_to_cut_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 100)
    with pytest.raises(ArchiveError, match=r"hold 0 MB\. Cut out"):
        read_archive(small(tmp_path / "a.pmtiles"))


def test_a_directory_that_leads_back_to_itself_ends(tmp_path: Path) -> None:
    leaf = serialize_directory([Entry(0, 0, 99, 0)])
    leaf = serialize_directory([Entry(0, 0, len(leaf), 0)])  # as long as the one before, so it names itself
    path = raw(tmp_path, serialize_directory([Entry(0, 0, len(leaf), 0)]), leaf)
    with pytest.raises(ArchiveError, match="directory is damaged"):
        read_archive(path)


def test_a_directory_or_tile_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST_A_DIRECTORY", 1 << 20)
    with pytest.raises(ArchiveError, match="its directory unpacks to more than 1 MB"):
        read_archive(raw(tmp_path, gzip.compress(bytes(2 << 20))))
    monkeypatch.setattr(archive, "MOST_A_TILE", 1 << 20)
    big = write_archive(tmp_path / "b.pmtiles", {(2, 1, 1): bytes(2 << 20)}, TileType.MVT, compression=Compression.GZIP)
    with pytest.raises(ArchiveError, match=r"b\.pmtiles: tile 2/1/1 unpacks to more than 1 MB"):
        list(read_tiles(read_archive(big)))


def test_a_vector_archive_without_a_known_layer(tmp_path: Path) -> None:
    metadata = {"vector_layers": [{"id": "soil"}, {"id": "wind"}]}
    path = write_archive(tmp_path / "a.pmtiles", {(1, 0, 0): b""}, TileType.MVT, metadata=metadata)
    with pytest.raises(ArchiveError, match=r"none of its layers is known here \(soil, wind\); what is drawn are"):
        read_archive(path)


@pytest.mark.parametrize("body", [b"[1", b"\xff\xfe", b"[" * 100_000])
def test_a_description_that_is_no_json(tmp_path: Path, body: bytes) -> None:
    packed = gzip.compress(body)
    directory = serialize_directory([Entry(5, 0, len(PNG), 1)])
    path = raw(
        tmp_path,
        directory + packed,
        root_length=len(directory),
        metadata_offset=127 + len(directory),
        metadata_length=len(packed),
    )
    with pytest.raises(ArchiveError, match="its description is damaged"):
        read_archive(path)


@pytest.mark.parametrize(
    ("attribution", "words"),
    [
        (CREDIT, CREDIT_IN_WORDS),
        ('<a href="javascript:x()" onclick=x>© OSM</a>', "© OSM"),
        ("<script>alert(1)</script>Me<style>b{}</style>", "Me"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("  one\n\ttwo  ", "one two"),
        ("left\u202eright\u200b\x07", "leftright"),
        ("x" * 300, "x" * 199 + "…"),
        ("<b", "<b"),
        (None, ""),
        (["a"], ""),
    ],
)
def test_an_attribution_is_words_alone(attribution: object, words: str) -> None:
    assert plain_credit(attribution) == words


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.text(max_size=300))
def test_no_attribution_keeps_a_sign_that_turns_or_breaks_a_line(text: str) -> None:
    words = plain_credit(text)
    assert len(words) <= 200
    assert "\n" not in words
    assert not set(words) & set("\u202a\u202e\u2066\u200f\x00\x1b")


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.integers(0, 400), st.binary(min_size=1, max_size=12))
def test_whatever_is_damaged_only_its_own_error_is_raised(
    tmp_path_factory: pytest.TempPathFactory, place: int, noise: bytes
) -> None:
    path = tmp_path_factory.mktemp("noise") / "a.pmtiles"
    body = bytearray(small(path).read_bytes())
    body[place : place + len(noise)] = noise
    path.write_bytes(body)
    with suppress(ArchiveError):
        list(read_tiles(read_archive(path)))
