"""Unpack the gazetteer once into the user's cache folder and index its names; safe for programs starting together.

The file in the repository is small because it holds each spelling once. The unpacked file adds what makes look-ups
fast: a table of exact keys, a table of Latin keys, and a sorted array of key hashes that tells in a microsecond that a
word is no name at all.
"""

from __future__ import annotations

import collections
import gc
import hashlib
import json
import lzma
import os
import sqlite3
import tempfile
import zlib
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path

from geo.names import DATA, exact_key, fold_key, words

PACKED = DATA / "gazetteer.sqlite.xz"
FORMAT = "5"  # of the unpacked file: raise when its tables change
# Names of these countries are written in Latin letters at home: they have no romanisations to fold, and folding them
# only finds false friends. Their cities and units are indexed all the same.
LATIN_AT_HOME = words(
    "US GB IE CA AU NZ FR BE NL LU DE AT CH LI IT ES PT AD MX GT HN SV NI CR PA CO VE EC PE BO CL AR UY PY BR CU DO PR "
    "HT JM TT PH ID MY SE NO DK FI IS EE LV LT PL CZ SK HU SI HR RO TR VN"
)
FOLDED_POPULATION = 50_000
_SCHEMA = """
create table place(
  id integer primary key, level text, name text, name_ru text, name_uk text, country text, admin1 text, admin2 text,
  lat real, lon real, population integer, feature_code text, precision_km real, source text, parent integer);
create table name(k text primary key, ids text, levels text, countries text, population integer) without rowid;
create table latin(k text primary key, ids text) without rowid;
create table alike(first text, length integer, k text, primary key(first, length, k)) without rowid;
create table around(cell integer, id integer, primary key(cell, id)) without rowid;
create table meta(k text primary key, v blob) without rowid;
"""


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
    # Every program that comes here builds its own copy; the last rename wins, and all copies are equal.
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
    return target


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
            db.execute("select name from place order by id desc limit 1").fetchone()
            return bool(path.stat().st_size == int(pages) * page_size)
        finally:
            db.close()
    except (sqlite3.DatabaseError, TypeError):
        return False


def index(plain: bytes, target: Path) -> None:
    """Write the unpacked file from the bytes of the plain one."""
    source = sqlite3.connect(":memory:")
    source.deserialize(plain)
    db = sqlite3.connect(target)
    db.executescript("pragma page_size=4096; pragma journal_mode=off; pragma synchronous=off;" + _SCHEMA)
    summary: dict[int, tuple[str, str, int]] = {}
    links: dict[str, list[int]] = collections.defaultdict(list)
    db.executemany("insert into place values(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", _places(source, summary, links))
    source.close()
    db.executemany("insert into name values(?,?,?,?,?)", _name_rows(links, summary))
    db.executemany("insert into latin values(?,?)", _latin_rows(links, summary))
    db.execute("insert into alike select substr(k, 1, 2), length(k), k from latin order by 1, 2, 3")
    points = db.execute("select lat, lon, id from place where level='P' and precision_km<=5")
    db.executemany("insert into around values(?,?)", sorted((cell(lat, lon), id_) for lat, lon, id_ in points))
    db.execute("create index children on place(parent)")
    db.execute("create index countries on place(country, id) where level='A0'")
    hashes = array("I", sorted({name_hash(key) for key in links}))
    db.execute("insert into meta values('hashes', ?)", (hashes.tobytes(),))
    db.execute("insert into meta values('pages', 0)")
    db.commit()
    (pages,) = db.execute("pragma page_count").fetchone()
    db.execute("update meta set v=? where k='pages'", (pages,))
    db.commit()
    db.close()


def _places(
    source: sqlite3.Connection, summary: dict[int, tuple[str, str, int]], links: dict[str, list[int]]
) -> Iterator[tuple[object, ...]]:
    for row in source.execute("select * from place order by id"):
        id_, level, name, ru, uk, country, admin1, admin2, lat, lon, people, feature, radius, origin, parent, names = (
            row
        )
        summary[id_] = (level, country, people)
        keys = {exact_key(name), *names.split("\n")}
        if ru or uk:
            keys |= {exact_key(ru), exact_key(uk)}
        keys.discard("")
        for key in keys:
            links[key].append(id_)
        point = (lat / 1e4, lon / 1e4)
        yield (id_, level, name, ru, uk, country, admin1, admin2, *point, people, feature, radius / 1e3, origin, parent)


def _name_rows(
    links: dict[str, list[int]], summary: dict[int, tuple[str, str, int]]
) -> Iterator[tuple[str, str, str, str, int]]:
    for key in sorted(links):
        if len(links[key]) == 1:
            (only,) = links[key]
            yield key, str(only), *summary[only]
            continue
        ids = sorted(links[key], key=lambda i: (-summary[i][2], i))
        levels = " ".join(sorted({summary[i][0] for i in ids}))
        countries = " ".join(sorted({summary[i][1] for i in ids}))
        yield key, _joined(ids), levels, countries, max(summary[i][2] for i in ids)


def _latin_rows(links: dict[str, list[int]], summary: dict[int, tuple[str, str, int]]) -> Iterator[tuple[str, str]]:
    def is_folded(place: int) -> bool:
        level, country, people = summary[place]
        return country not in LATIN_AT_HOME or people >= FOLDED_POPULATION or level in ("A0", "A1")

    folded: dict[str, list[int]] = collections.defaultdict(list)
    for key, ids in links.items():
        kept = [i for i in ids if is_folded(i)]
        if kept:
            folded[fold_key(key)] += kept
    return ((key, _joined(dict.fromkeys(folded[key]))) for key in sorted(folded) if len(key) > 2)


def _joined(ids: Iterable[int]) -> str:
    return " ".join(map(str, ids))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
