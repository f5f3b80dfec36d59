"""Read a PMTiles archive (version 3): what it holds up to the closest zoom of the map, and its tiles one by one.

Whatever the file holds, reading it is bounded: in tiles, in bytes, and in the size any part unpacks to.
"""

from __future__ import annotations

import json
import mmap
import shlex
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from typing import Any

from pmtiles.tile import (
    Compression,
    Entry,
    HeaderDict,
    MagicNumberNotFound,
    SpecVersionUnsupported,
    TileType,
    deserialize_directory,
    deserialize_header,
    tileid_to_zxy,
    zxy_to_tileid,
)

from geo import vector_tiles

MOST_ZOOM = 11  # as far as the map goes; closer tiles are never asked for
MOST_TILES = 40_000
MOST_BYTES = 1 << 30  # of all tiles together
MOST_A_TILE = 8 << 20  # bytes that one tile unpacks to
MOST_A_DIRECTORY = 16 << 20
MOST_DIRECTORIES, MOST_DEPTH = 2_000, 4
KINDS = {TileType.MVT: "vector", TileType.PNG: "png", TileType.JPEG: "jpg", TileType.WEBP: "webp"}
_HEADER = 127  # bytes


class ArchiveError(ValueError):
    """The archive cannot be used: which file, why, and what would help."""


@dataclass(frozen=True, slots=True)
class Archive:
    """What an archive holds of use."""

    path: Path
    kind: str  # "vector", "png", "jpg" or "webp"
    gzipped: bool
    first_zoom: int
    last_zoom: int  # at most MOST_ZOOM
    attribution: str  # plain text, "" where it has none
    entries: tuple[Entry, ...]
    data_offset: int  # of the first tile in the file

    @property
    def tiles(self) -> int:
        """How many tiles there are, those with the same content counted each."""
        return sum(entry.run_length for entry in self.entries)

    @property
    def size(self) -> int:
        """Bytes of their different contents, as stored."""
        return sum({entry.offset: entry.length for entry in self.entries}.values())


def read_archive(path: Path) -> Archive:
    """What the archive holds up to ``MOST_ZOOM``.

    Raises:
        ArchiveError: it is missing, no PMTiles archive, damaged, of a kind that is not drawn, or too large.
    """
    with _mapped(path) as data:
        header = _header(data, path)
        kind = _kind(header, path)
        metadata = _metadata(data, header, path)
        layers = [str(layer.get("id")) for layer in metadata.get("vector_layers") or [] if isinstance(layer, Mapping)]
        if kind == "vector" and layers and not vector_tiles.draws(layers):
            raise ArchiveError(f"{path}: none of its layers is known here ({_few(layers)}); {KNOWN}")
        entries = _entries(data, header, path)
        if not entries:
            raise ArchiveError(f"{path}: it has no tile up to zoom {MOST_ZOOM}, which is as far as the map goes")
        _check_ends(entries, header["tile_data_offset"], len(data), path)
    last = entries[-1]
    return Archive(
        path,
        kind,
        header["tile_compression"] is Compression.GZIP,
        tileid_to_zxy(entries[0].tile_id)[0],
        tileid_to_zxy(last.tile_id + last.run_length - 1)[0],
        plain_credit(metadata.get("attribution")),
        entries,
        header["tile_data_offset"],
    )


KNOWN = "what is drawn are the layers of the Protomaps basemap, of OpenMapTiles and of Shortbread"


def read_tiles(archive: Archive) -> Iterator[tuple[Entry, bytes]]:
    """Each entry with the body of its tiles, not compressed.

    Raises:
        ArchiveError: a body is damaged or unpacks to more than ``MOST_A_TILE`` bytes.
    """
    with _mapped(archive.path) as data:
        for entry in archive.entries:
            start = archive.data_offset + entry.offset
            body = bytes(data[start : start + entry.length])
            if archive.gzipped:
                body = _gunzip(body, MOST_A_TILE, f"{archive.path}: tile {name_of(entry)}")
            yield entry, body


def too_large(path: Path, why: str) -> ArchiveError:
    """The error for an archive that is more than is taken, with what to do."""
    cut = f"pmtiles extract {shlex.quote(path.name)} region.pmtiles --bbox=WEST,SOUTH,EAST,NORTH --maxzoom=10"
    return ArchiveError(f"{path}: {why}. Cut out the region you need: {cut}")


def places(entry: Entry) -> Iterator[tuple[int, int, int]]:
    """Zoom, column and row of every tile of an entry."""
    return (tileid_to_zxy(number) for number in range(entry.tile_id, entry.tile_id + entry.run_length))


def name_of(entry: Entry) -> str:
    """The first tile of an entry, for messages: "8/150/87"."""
    return "/".join(str(part) for part in tileid_to_zxy(entry.tile_id))


class _Words(HTMLParser):
    """Keeps the words of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._inside += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._inside -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if self._inside <= 0:
            self.words.append(data)


def plain_credit(attribution: object, limit: int = 200) -> str:
    """The words of an attribution: no markup, no address, no control or direction sign, on one line."""
    if not isinstance(attribution, str):
        return ""
    parser = _Words()
    parser.feed(attribution[: 20 * limit])
    parser.close()
    words = " ".join("".join(parser.words).split())
    clean = "".join(letter for letter in words if unicodedata.category(letter)[0] != "C")
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"


@contextmanager
def _mapped(path: Path) -> Iterator[mmap.mmap]:
    """The bytes of the file, read as they are needed."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise ArchiveError(f"{path}: there is no such file") from None
    except OSError as error:
        raise ArchiveError(f"{path}: it cannot be read ({error.strerror or error})") from error
    with file:
        try:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise ArchiveError(f"{path}: it is empty or cannot be read") from error
        with data:
            yield data


def _header(data: mmap.mmap, path: Path) -> HeaderDict:
    if len(data) < _HEADER:
        raise ArchiveError(f"{path}: it is not a PMTiles archive")
    try:
        header = deserialize_header(data[:_HEADER])
    except SpecVersionUnsupported:
        raise ArchiveError(f"{path}: it is not of PMTiles version 3; convert it: pmtiles convert") from None
    except (MagicNumberNotFound, ValueError) as error:  # an undecodable or unknown value is a ValueError too
        raise ArchiveError(f"{path}: it is not a PMTiles archive") from error
    if header["internal_compression"] is not Compression.GZIP:
        raise ArchiveError(f"{path}: its directories are not compressed with gzip, and nothing else is read")
    return header


def _kind(header: HeaderDict, path: Path) -> str:
    kind = KINDS.get(header["tile_type"])
    if kind is None:
        raise ArchiveError(f"{path}: its tiles are {header['tile_type'].name}; {', '.join(KINDS.values())} are drawn")
    if header["tile_compression"] not in (Compression.NONE, Compression.GZIP):
        packed = header["tile_compression"].name.lower()
        raise ArchiveError(f"{path}: its tiles are compressed as {packed}; only gzip and none are read")
    return kind


def _metadata(data: mmap.mmap, header: HeaderDict, path: Path) -> Mapping[str, Any]:
    packed = _part(data, header["metadata_offset"], header["metadata_length"], path)
    try:
        metadata = json.loads(_gunzip(packed, MOST_A_DIRECTORY, f"{path}: its description"))
    except (ValueError, RecursionError) as error:
        if isinstance(error, ArchiveError):
            raise
        raise ArchiveError(f"{path}: its description is damaged") from error
    return metadata if isinstance(metadata, dict) else {}


def _entries(data: mmap.mmap, header: HeaderDict, path: Path) -> tuple[Entry, ...]:
    """The entries up to the last zoom, in the order of their tiles, runs cut at its end."""
    end = zxy_to_tileid(MOST_ZOOM + 1, 0, 0)
    found: list[Entry] = []
    tiles = directories = 0
    # Leaves still to be read, the next one last; each with its depth.
    stack = [(header["root_offset"], header["root_length"], 1)]
    while stack:
        offset, length, depth = stack.pop()
        directories += 1
        if directories > MOST_DIRECTORIES or depth > MOST_DEPTH:
            raise ArchiveError(f"{path}: its directory is damaged")
        leaves = []
        for entry in _directory(data, offset, length, path):
            if entry.tile_id >= end:
                break
            if entry.run_length == 0:
                leaves.append((header["leaf_directory_offset"] + entry.offset, entry.length, depth + 1))
                continue
            entry.run_length = min(entry.run_length, end - entry.tile_id)
            found.append(entry)
            tiles += entry.run_length
            if tiles > MOST_TILES:
                raise too_large(path, f"it has more than {MOST_TILES:,} tiles up to zoom {MOST_ZOOM}")
        stack.extend(reversed(leaves))
    return tuple(sorted(found, key=lambda entry: entry.tile_id))


def _directory(data: mmap.mmap, offset: int, length: int, path: Path) -> list[Entry]:
    packed = _part(data, offset, length, path)
    _gunzip(packed, MOST_A_DIRECTORY, f"{path}: its directory")  # says in time what would fill the memory
    try:
        return deserialize_directory(packed)
    except (EOFError, OSError, OverflowError) as error:  # an OSError is what gzip calls bytes behind its end
        raise ArchiveError(f"{path}: its directory is damaged") from error


def _check_ends(entries: tuple[Entry, ...], offset: int, size: int, path: Path) -> None:
    end = offset + max(entry.offset + entry.length for entry in entries)
    if end > size:
        raise ArchiveError(f"{path}: it is cut off: {size:,} bytes where {end:,} are needed")
    whole = sum({entry.offset: entry.length for entry in entries}.values())
    if whole > MOST_BYTES:
        raise too_large(path, f"its tiles up to zoom {MOST_ZOOM} hold {whole >> 20:,} MB")


def _part(data: mmap.mmap, offset: int, length: int, path: Path) -> bytes:
    if offset + length > len(data):
        raise ArchiveError(f"{path}: it is cut off: {len(data):,} bytes where {offset + length:,} are needed")
    return bytes(data[offset : offset + length])


def _gunzip(packed: bytes, most: int, what: str) -> bytes:
    unpacking = zlib.decompressobj(31)  # 31: with the head and tail of gzip
    try:
        body = unpacking.decompress(packed, most + 1)
    except zlib.error as error:
        raise ArchiveError(f"{what} is damaged") from error
    if len(body) > most:
        raise ArchiveError(f"{what} unpacks to more than {most >> 20} MB")
    if not unpacking.eof:
        raise ArchiveError(f"{what} is cut off")
    return body


def _few(names: list[str]) -> str:
    return ", ".join(chain(names[:6], ["…"] if len(names) > 6 else []))
