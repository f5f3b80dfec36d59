"""Unpack the gazetteer once into the user's cache folder and index its names; programs starting together wait for one.

What the unpacked file holds is said in ``geo.tables``.
"""

from __future__ import annotations

import gc
import hashlib
import json
import lzma
import os
import sqlite3
import sys
import tempfile
import zlib
from pathlib import Path

from geo.lock import turn
from geo.names import DATA

PACKED = DATA / "gazetteer.sqlite.xz"
FORMAT = "7"  # of the unpacked file: raise when its tables change
SECONDS = 6  # that it takes on a quiet machine


class GazetteerError(ValueError):
    """The gazetteer file is missing or is not the one the manifest describes."""


def cache_folder() -> Path:
    """STRIKELINE_CACHE, else XDG_CACHE_HOME/strikeline, else ~/.cache/strikeline."""
    own = os.environ.get("STRIKELINE_CACHE")
    if own:
        return Path(own)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "strikeline"


def name_hash(key: str) -> int:
    """32-bit hash of an exact key, the same in every process."""
    return zlib.crc32(key.encode("utf-8", "surrogatepass"))


def unpacked(packed: Path = PACKED) -> Path:
    """Path of the unpacked, indexed file; made on first use, remade when it is damaged.

    Raises:
        GazetteerError: the packed file is missing or its SHA-256 is not the manifest's.
    """
    if not packed.exists():
        raise GazetteerError(f"no gazetteer at {packed}: run python -m geo.build")
    manifest = packed.with_name("manifest.json")
    wanted = json.loads(manifest.read_text(encoding="utf-8"))["sha256"] if manifest.exists() else _sha256(packed)
    target = cache_folder() / f"gazetteer-{wanted[:12]}-{FORMAT}.sqlite"
    if is_whole(target):
        return target
    if _sha256(packed) != wanted:
        raise GazetteerError(f"{packed}: SHA-256 is not the one in {manifest.name}")
    target.parent.mkdir(parents=True, exist_ok=True)
    with turn(target, is_whole):
        if not is_whole(target):  # another program may have made it in the meantime
            sys.stderr.write(f"Preparing the gazetteer, once: about {SECONDS} seconds\n")
            sys.stderr.flush()
            _make(packed, target)
    return target


def _make(packed: Path, target: Path) -> None:
    from geo.tables import index  # with numpy, which takes longer to load than an unpacked file to open

    with tempfile.TemporaryDirectory(dir=target.parent, prefix="unpack-") as folder:
        fresh = Path(folder) / target.name
        # A million small objects are made and none is garbage: collecting in between costs a third of the time.
        collecting = gc.isenabled()
        gc.disable()
        try:
            index(lzma.decompress(packed.read_bytes()), fresh)
        finally:
            if collecting:
                gc.enable()
        os.replace(fresh, target)


def cell(lat: float, lon: float) -> int:
    """Number of the half-degree cell a point lies in: row from the south times 1,000 plus column from the west."""
    return int((lat + 90) * 2) * 1000 + int((lon + 180) % 360 * 2)


def is_whole(path: Path) -> bool:
    """Whether the file is there, as long as it was when written, and readable at both ends."""
    if not path.exists():
        return False
    try:
        db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        try:
            (pages,) = db.execute("select v from meta where k='pages'").fetchone()
            (page_size,) = db.execute("pragma page_size").fetchone()
            db.execute("select name from place order by at desc limit 1").fetchone()
            return bool(path.stat().st_size == int(pages) * page_size)
        finally:
            db.close()
    except (sqlite3.DatabaseError, TypeError):
        return False


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
