"""Write the gazetteer file, pack it, and say in the manifest what is in it."""

from __future__ import annotations

import collections
import hashlib
import json
import lzma
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from geo.build_entries import Entry
from geo.build_sources import sources
from geo.build_world import distinct_keys
from geo.names import DATA

PACKED = DATA / "gazetteer.sqlite.xz"
MANIFEST = DATA / "manifest.json"
SCHEMA = """
create table place(
  id integer primary key, level text, name text, name_ru text, name_uk text, country text, admin1 text, admin2 text,
  lat integer, lon integer,          -- 1e-4 degrees
  population integer, feature_code text, precision_m integer, source text, parent integer,
  names text,                        -- keys of all other spellings, one a line
  odd integer                        -- main names whose key is not the plain one: 1 name, 2 Russian, 4 Ukrainian
)
"""


def write(entries: Sequence[Entry], path: Path) -> None:
    """The plain file: one table, sorted so that it packs well (the order of rows is the order of ids all the same)."""
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path)
    db.execute("pragma page_size=65536")
    db.execute(SCHEMA.replace("id integer primary key", "id integer"))
    rows = sorted(entries, key=lambda e: (e.country, e.admin1, e.admin2, e.level, e.name, e.id))
    db.executemany("insert into place values(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", map(_row, rows))
    db.commit()
    db.execute("vacuum")
    db.close()


def _row(e: Entry) -> tuple[object, ...]:
    place = (e.id, e.level, e.name, e.name_ru, e.name_uk, e.country, e.admin1, e.admin2)
    numbers = (round(e.lat * 1e4), round(e.lon * 1e4), e.population, e.feature_code, round(e.precision_km * 1000))
    return (*place, *numbers, e.source, e.parent, *distinct_keys(e))


def pack(path: Path) -> None:
    """Compress the plain file into the repository and write the manifest beside it."""
    data = path.read_bytes()
    packed = lzma.compress(data, preset=9 | lzma.PRESET_EXTREME)
    fresh = path.with_name(PACKED.name)
    fresh.write_bytes(packed)
    os.replace(fresh, PACKED)
    manifest = {
        "file": PACKED.name,
        "sha256": hashlib.sha256(packed).hexdigest(),
        "sha256_unpacked": hashlib.sha256(data).hexdigest(),
        "bytes": len(packed),
        "counts": _counts(path),
        "sources": {
            name: {"registry": row[0], "version": row[2], "sha256": row[3], "licence": row[4]}
            for name, row in sources().items()
        },
        "lists": {
            name: hashlib.sha256((DATA / name).read_bytes()).hexdigest()
            for name in ("countries.tsv", "overlay.tsv", "world_areas.tsv", "SOURCES.tsv")
        },
    }
    MANIFEST.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _counts(path: Path) -> dict[str, int]:
    db = sqlite3.connect(path)
    levels = dict(db.execute("select level, count(*) from place group by level order by level"))
    counts = collections.Counter(levels)
    counts["all"] = sum(levels.values())
    for name, where in (
        ("countries", "level='A0'"),
        ("settlements UA", "country='UA' and level='P'"),
        ("settlements RU", "country='RU' and level='P'"),
        ("overlay", "source like '%overlay:%'"),
    ):
        counts[name] = db.execute("select count(*) from place where " + where).fetchone()[0]  # noqa: S608 - constants above
    counts["other spellings"] = db.execute(
        "select sum(length(names) - length(replace(names, char(10), '')) + 1) from place where names<>''"
    ).fetchone()[0]
    db.close()
    return dict(sorted(counts.items()))
