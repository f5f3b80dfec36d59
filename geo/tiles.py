"""Unpack a PMTiles archive once into the cache folder, as one file a tile, for a server that knows no byte ranges.

Images are kept as they are; vector tiles become the lines and areas that the map draws (``geo.vector_tiles``). Beside
the tiles lies ``index.json``: kind, zooms, credit, and which tiles there are.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pmtiles.tile import Entry

from geo import archive, vector_tiles
from geo.archive import Archive, ArchiveError
from geo.lock import turn
from geo.unpack import cache_folder

FORMAT = "1"  # of the unpacked folder: raise when its files change
INDEX = "index.json"
FEW_TILES, FEW_BYTES = 1_500, 32 << 20  # what a page may unpack while its reader waits: some ten seconds
FINE = 4 * vector_tiles.GRID  # of the closest tiles where the map goes closer still
_MAGIC = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "webp": b"RIFF"}
_SECONDS, _STEP = 2.0, 5  # between two lines about the progress: at least so long, and so many percent


@dataclass(frozen=True, slots=True)
class Unpacked:
    """An unpacked archive."""

    folder: Path
    kind: str  # "vector", "png", "jpg" or "webp"
    first_zoom: int
    last_zoom: int
    credit: str
    tiles: int


def home() -> Path:
    """The folder that holds every unpacked archive, and nothing else."""
    return cache_folder() / "tiles"


def folder_of(path: Path) -> Path:
    """Where an archive is unpacked: named by its size, time and beginning, so that another archive is another folder.

    Raises:
        ArchiveError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(16_384)  # the header and the whole root directory
        known = path.stat()
    except FileNotFoundError:
        raise ArchiveError(f"{path}: there is no such file") from None
    except OSError as error:
        raise ArchiveError(f"{path}: it cannot be read ({error.strerror or error})") from error
    mark = hashlib.sha256(head + f"{known.st_size} {known.st_mtime_ns}".encode()).hexdigest()[:16]
    return home() / f"{mark}-{FORMAT}"


def is_whole(folder: Path) -> bool:
    """Whether an unpacked archive is there; it is moved into place only when it is complete."""
    return (folder / INDEX).is_file()


def is_small(held: Archive) -> bool:
    """Whether it is unpacked within seconds."""
    return held.tiles <= FEW_TILES and held.size <= FEW_BYTES


def unpacked(path: Path, *, say: Callable[[str], None] | None = None) -> Unpacked:
    """The unpacked archive, made if it is not there; programs that start together wait for one.

    Args:
        path: a PMTiles archive.
        say: what to do with a line about the progress; without it, it goes to stderr.

    Raises:
        ArchiveError: the archive cannot be used, or the cache folder cannot be written.
    """
    target = folder_of(path)
    if not is_whole(target):
        held = archive.read_archive(path)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with turn(target, is_whole) as alive:
                if not is_whole(target):  # another program may have made it in the meantime
                    _make(held, target, _Progress(path, held.tiles, say or _on_stderr, alive))
        except OSError as error:
            raise ArchiveError(
                f"{path}: it cannot be unpacked into {target.parent}: {error.strerror or error}"
            ) from error
    return _read(target)


def _read(folder: Path) -> Unpacked:
    try:
        index = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        first, last = index["zooms"]
        return Unpacked(folder, index["kind"], first, last, index["credit"], index["tiles"])
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveError(f"{folder}: it is damaged. Remove this folder; it is made again") from error


def _on_stderr(line: str) -> None:
    sys.stderr.write("".join(sign if sign.isprintable() else "\ufffd" for sign in line) + "\n")
    sys.stderr.flush()


class _Progress:
    """Says how far the work is, and keeps its lock alive."""

    def __init__(self, path: Path, tiles: int, say: Callable[[str], None], alive: Callable[[], None]) -> None:
        self._words, self._all, self._say, self._alive = f"Unpacking {path.name}, once", tiles, say, alive
        self._next, self._told = time.monotonic() + _SECONDS, 0
        say(f"{self._words}: {tiles:,} {'tile' if tiles == 1 else 'tiles'}")

    def at(self, done: int) -> None:
        """So many tiles are written."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _SECONDS
        self._alive()
        percent = done * 100 // self._all
        if percent >= self._told + _STEP:
            self._told = percent
            self._say(f"{self._words}: {done:,} of {self._all:,} tiles ({percent} %)")


def _make(held: Archive, target: Path, progress: _Progress) -> None:
    with tempfile.TemporaryDirectory(dir=cache_folder(), prefix="unpack-") as beside:
        fresh = Path(beside) / target.name
        fresh.mkdir()
        rows, any_drawn = _write_tiles(held, fresh, progress)
        if not any_drawn:
            raise ArchiveError(f"{held.path}: nothing in its tiles is drawn; {archive.KNOWN}")
        index = {
            "kind": held.kind,
            "zooms": [min(map(int, rows)), max(map(int, rows))],
            "credit": held.attribution,
            "tiles": sum(last - first + 1 for runs in rows.values() for _, first, last in runs),
            "rows": rows,
        }
        (fresh / INDEX).write_text(json.dumps(index, separators=(",", ":")), encoding="utf-8")
        try:
            fresh.rename(target)
        except OSError:
            if not is_whole(target):  # else another program was faster, and both are equal
                raise


def _write_tiles(held: Archive, folder: Path, progress: _Progress) -> tuple[dict[str, list[list[int]]], bool]:
    """Write every tile; zoom -> row and first and last column of each run of tiles, and whether any shows anything."""
    suffix = "json" if held.kind == "vector" else held.kind
    there: dict[int, list[tuple[int, int]]] = {}
    first_of: dict[int, Path] = {}  # where a content was written first, by its place in the archive
    written = done = 0
    any_drawn = False
    for entry, stored in archive.read_tiles(held):
        body, drawn = _served(held, entry, stored)
        any_drawn |= drawn
        done += entry.run_length
        progress.at(done)
        for zoom, column, row in archive.places(entry):
            path = folder / str(zoom) / str(column) / f"{row}.{suffix}"
            if _write(path, body, first_of.get(entry.offset)):
                written += len(body)
            first_of.setdefault(entry.offset, path)
            there.setdefault(zoom, []).append((row, column))
        if written > archive.MOST_BYTES:
            raise archive.too_large(held.path, f"unpacked it is more than {archive.MOST_BYTES >> 20:,} MB")
    return {str(zoom): _runs(found) for zoom, found in sorted(there.items())}, any_drawn


def _served(held: Archive, entry: Entry, body: bytes) -> tuple[bytes, bool]:
    """A tile as it is served, and whether it shows anything.

    Raises:
        ArchiveError: it is not what the archive says its tiles are.
    """
    if held.kind != "vector":
        if not body.startswith(_MAGIC[held.kind]):
            raise ArchiveError(f"{held.path}: tile {archive.name_of(entry)} is no {held.kind} image")
        return body, True
    closest = next(archive.places(entry))[0] == held.last_zoom < archive.MOST_ZOOM
    grid = FINE if closest else vector_tiles.GRID
    try:
        drawing = vector_tiles.read_tile(body, grid=grid)
    except vector_tiles.VectorTileError as error:
        raise ArchiveError(f"{held.path}: tile {archive.name_of(entry)} is damaged: {error}") from error
    shown: dict[str, Any] = {"grid": grid, **drawing}
    return json.dumps(shown, separators=(",", ":")).encode(), bool(drawing)


def _write(path: Path, body: bytes, same: Path | None) -> bool:
    """Write a tile, or where the same is written already, give that another name; whether it takes room."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if same is not None:
        try:
            os.link(same, path)
        except OSError:  # a file system without links
            pass
        else:
            return False
    path.write_bytes(body)
    return True


def _runs(found: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Row and first and last column of each run of neighbours."""
    runs: list[list[int]] = []
    for row, column in sorted(set(found)):
        if runs and runs[-1][0] == row and runs[-1][2] == column - 1:
            runs[-1][2] = column
        else:
            runs.append([row, column, column])
    return runs
