"""The tables of the unpacked gazetteer file.

The file in the repository is small because it holds each spelling once. The unpacked file adds what makes look-ups
fast: for exact keys and for Latin keys a sorted array of hashes with the places that bear them, which also tells in a
microsecond that a word is no name at all, and tables of Latin keys by their first letters and by their consonants.
"""

from __future__ import annotations

import sqlite3
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.names import bones, fold_key, plain_key, words

# Names of these countries are written in Latin letters at home: they have no romanisations to fold, and folding them
# only finds false friends. Their cities and units are indexed all the same.
LATIN_AT_HOME = words(
    "US GB IE CA AU NZ FR BE NL LU DE AT CH LI IT ES PT AD MX GT HN SV NI CR PA CO VE EC PE BO CL AR UY PY BR CU DO PR "
    "HT JM TT PH ID MY SE NO DK FI IS EE LV LT PL CZ SK HU SI HR RO TR VN"
)
FOLDED_POPULATION = 50_000
_SCHEMA = """
create table place(
  at integer primary key, id integer, level text, name text, name_ru text, name_uk text, country text, admin1 text,
  admin2 text, lat real, lon real, population integer, feature_code text, precision_km real, source text,
  parent integer, names text);
create table alike(first text, length integer, k text, primary key(first, length, k)) without rowid;
create table sound(bones text, k text, primary key(bones, k)) without rowid;
create table around(cell integer, at integer, primary key(cell, at)) without rowid;
create table meta(k text primary key, v blob)
"""
_COPY_PLACES = """
insert into place
  select rowid, id, level, name, name_ru, name_uk, country, admin1, admin2, lat / 1e4, lon / 1e4, population,
    feature_code, precision_m / 1e3, source, parent, names
  from packed.place
"""
# The same cells as ``cell`` counts, in whole numbers.
_COPY_POINTS = """
insert into around
  select (lat + 900000) / 5000 * 1000 + (lon + 1800000) % 3600000 / 5000, rowid
  from packed.place where level='P' and precision_m<=5000 order by 1, 2
"""
_MAIN_NAMES = (
    "select name, rowid from packed.place where not odd & ?",
    "select name_ru, rowid from packed.place where name_ru<>'' and not odd & ?",
    "select name_uk, rowid from packed.place where name_uk<>'' and name_uk<>name_ru and not odd & ?",
)


def index(plain: bytes, target: Path) -> None:
    """Write the unpacked file from the bytes of the plain one.

    Everything goes in sorted and in one transaction, so that every table is written from its first page to its last.
    """
    db = sqlite3.connect(target, isolation_level=None)
    db.executescript("pragma page_size=8192; pragma journal_mode=off; pragma synchronous=off")
    db.execute("attach ':memory:' as packed")
    db.deserialize(plain, name="packed")
    db.execute("begin")
    for statement in filter(str.strip, _SCHEMA.split(";")):
        db.execute(statement)
    db.execute(_COPY_PLACES)
    db.execute(_COPY_POINTS)
    db.execute("create unique index ids on place(id)")
    db.execute("create index children on place(parent)")
    db.execute("create index countries on place(country, id) where level='A0'")
    people = np.array([0] + [row[0] for row in db.execute("select population from place order by at")])
    rank = np.empty(len(people), np.uint64)  # by number of the place; 0, which is no place, may have any
    rank[np.argsort(-people, kind="stable")] = np.arange(len(people))
    names = _names(db)
    _write_index(db, "name", names, rank)
    folded = _folded(db, names)
    _write_index(db, "latin", folded, rank)
    keys = [key for key in set(folded.keys) if len(key) > 2]
    db.executemany("insert into sound values(?,?)", sorted(zip(bones("\n".join(keys)).split("\n"), keys, strict=True)))
    db.execute("insert into alike select substr(k, 1, 2), length(k), k from sound order by 1, 2, 3")
    db.execute("insert into meta values('pages', 0)")
    (pages,) = db.execute("pragma main.page_count").fetchone()
    db.execute("update meta set v=? where k='pages'", (pages,))
    db.execute("commit")
    db.close()


class _Names(NamedTuple):
    """Keys, and beside each the number of a place that bears it."""

    keys: list[str]
    places: list[int]


def _names(db: sqlite3.Connection) -> _Names:
    """Every exact key of every place."""
    names = _Names([], [])
    for bit, query in enumerate(_MAIN_NAMES):
        rows = db.execute(query, (1 << bit,)).fetchall()
        names.keys.extend(plain_key("\n".join([name for name, _ in rows])).split("\n") if rows else ())
        names.places.extend([at for _, at in rows])
    for others, at in db.execute("select names, rowid from packed.place where names<>''"):
        keys = others.split("\n")
        names.keys.extend(keys)
        names.places.extend([at] * len(keys))
    return names


def _folded(db: sqlite3.Connection, names: _Names) -> _Names:
    """The Latin keys of the names worth folding."""
    marks = ",".join("?" * len(LATIN_AT_HOME))
    query = "select at from place where country not in (" + marks + ") or population>=? or level in ('A0','A1')"  # noqa: S608
    kept = bytearray(1 + max(names.places, default=0))
    for (at,) in db.execute(query, (*LATIN_AT_HOME, FOLDED_POPULATION)):
        kept[at] = 1
    worth = [(key, at) for key, at in zip(names.keys, names.places, strict=True) if kept[at]]
    folded = _Names([], [])
    for plain_letters in (True, False):  # folding is faster where all letters are ASCII
        some = [pair for pair in worth if pair[0].isascii() is plain_letters]
        folded.keys.extend(fold_key("\n".join([key for key, _ in some])).split("\n") if some else ())
        folded.places.extend([at for _, at in some])
    return folded


def _write_index(db: sqlite3.Connection, name: str, names: _Names, rank: NDArray[np.uint64]) -> None:
    """Two arrays of equal length: hashes of keys, in order, and the numbers of their places, the biggest first."""
    hashes = np.fromiter(map(zlib.crc32, "\n".join(names.keys).encode().split(b"\n")), np.uint64, len(names.keys))
    places = np.array(names.places, np.uint64)
    pairs = np.unique(hashes << np.uint64(32) | rank[places])
    by_rank = np.argsort(rank).astype(np.uint32)
    for part, numbers in (
        ("hashes", (pairs >> np.uint64(32)).astype(np.uint32)),
        ("places", by_rank[pairs & np.uint64(0xFFFFFFFF)]),
    ):
        db.execute("insert into meta values(?, ?)", (f"{name} {part}", numbers.tobytes()))
