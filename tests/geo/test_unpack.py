"""Unpacking, on a gazetteer of four places, and the shipped file against its manifest."""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from geo.gazetteer import Gazetteer, open_gazetteer
from geo.lock import PATIENCE
from geo.names import DATA, read_rows
from geo.unpack import GazetteerError, cache_folder, is_whole, unpacked
from model import Level

COLUMNS = (
    "id, level, name, name_ru, name_uk, country, admin1, admin2, lat, lon, population, feature_code, precision_m, "
    "source, parent, names, odd"
)
PLACES = [
    (
        1,
        "A0",
        "Ukraine",
        "Украина",
        "Україна",
        "UA",
        "",
        "",
        490000,
        320000,
        40000000,
        "PCLI",
        300000,
        "test",
        0,
        "",
        0,
    ),
    (2, "A1", "Kharkiv Oblast", "", "", "UA", "UA.07", "", 495000, 365000, 0, "ADM1", 80000, "test", 1, "kharkiv", 0),
    (
        3,
        "P",
        "Kharkiv",
        "Харьков",
        "Харків",
        "UA",
        "UA.07",
        "",
        499900,
        362300,
        1421125,
        "PPLA",
        1000,
        "test",
        2,
        "kharkov\ncharkiw",
        0,
    ),
    (4, "P", "Solv’yane", "", "", "UA", "UA.07", "", 499000, 362000, 0, "PPL", 1000, "test", 2, "solvyane", 1),
]


@pytest.fixture
def packed(tmp_path, monkeypatch):
    """A packed file with its manifest, and a cache folder of its own."""
    monkeypatch.setenv("STRIKELINE_CACHE", str(tmp_path / "cache"))
    plain = tmp_path / "plain.sqlite"
    db = sqlite3.connect(plain)
    db.execute(f"create table place({COLUMNS})")
    db.executemany(f"insert into place values({','.join('?' * 17)})", PLACES)
    db.commit()
    db.close()
    path = tmp_path / "gazetteer.sqlite.xz"
    path.write_bytes(lzma.compress(plain.read_bytes()))
    (tmp_path / "manifest.json").write_text(json.dumps({"sha256": hashlib.sha256(path.read_bytes()).hexdigest()}))
    return path


def test_it_is_unpacked_once(packed):
    first = unpacked(packed)
    made = first.stat().st_mtime_ns
    assert unpacked(packed) == first
    assert first.stat().st_mtime_ns == made
    assert [p.name for p in cache_folder().iterdir()] == [first.name]


def test_the_unpacked_file_answers(packed):
    gazetteer = open_gazetteer(packed)
    assert {p.id for p in gazetteer.exact("Kharkiv")} == {2, 3}
    assert [p.level for p in gazetteer.ancestors(gazetteer.place(3))] == [Level.PROVINCE, Level.COUNTRY]
    assert gazetteer.nearest(49.98, 36.2)[0][0].id == 3
    assert [p.id for p in gazetteer.exact("Charkiw")] == [p.id for p in gazetteer.spelled_like("Charkiv")] == [3]
    assert [p.id for p in gazetteer.exact("Solvyane")] == [4]
    assert gazetteer.exact("Nowhere") == gazetteer.spelled_like("Nowhere") == []
    gazetteer.close()


def test_it_says_once_that_it_takes_a_while(packed, capsys):
    for _ in range(2):
        unpacked(packed)
    assert capsys.readouterr().err.count("Preparing the gazetteer, once: about") == 1


def lock_of(packed):
    cache_folder().mkdir(exist_ok=True)
    path = unpacked(packed)
    path.unlink()
    return path.with_suffix(".lock")


def test_a_program_waits_for_the_one_that_is_at_it(packed, monkeypatch, capsys):
    lock = lock_of(packed)
    whole = unpacked(packed)
    away = whole.rename(whole.with_name("away"))
    lock.write_text(str(os.getpid()), encoding="ascii")
    capsys.readouterr()
    monkeypatch.setattr("geo.lock.time.sleep", lambda _: away.exists() and away.rename(whole))
    assert unpacked(packed) == whole
    assert capsys.readouterr().err == ""
    assert lock.exists()  # it is not ours


@pytest.mark.parametrize("left", ["gone", "old"])
def test_a_lock_left_behind_is_broken(packed, left):
    lock = lock_of(packed)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    lock.write_text(str(gone.pid if left == "gone" else os.getpid()), encoding="ascii")
    if left == "old":
        long_ago = time.time() - PATIENCE - 1
        os.utime(lock, (long_ago, long_ago))
    assert is_whole(unpacked(packed))
    assert not lock.exists()


def test_several_may_unpack_at_once(packed):
    with ThreadPoolExecutor(4) as pool:
        paths = set(pool.map(lambda _: unpacked(packed), range(4)))
    assert len(paths) == 1
    assert is_whole(paths.pop())


@pytest.mark.parametrize("damage", [b"", b"not a database at all", None])
def test_a_damaged_cache_is_made_again(packed, damage):
    path = unpacked(packed)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert not is_whole(path)
    assert unpacked(packed).read_bytes() == whole


def test_a_packed_file_that_is_not_the_manifests_is_refused(packed):
    packed.write_bytes(lzma.compress(b"something else"))
    with pytest.raises(GazetteerError, match="SHA-256"):
        unpacked(packed)


def test_a_missing_packed_file_says_how_to_make_it(tmp_path):
    with pytest.raises(GazetteerError, match=r"geo\.build"):
        unpacked(tmp_path / "gazetteer.sqlite.xz")


def test_a_file_that_is_no_gazetteer_is_refused(tmp_path):
    path = tmp_path / "other.sqlite"
    db = sqlite3.connect(path)
    db.execute("create table meta(k text, v blob)")
    db.commit()
    db.close()
    with pytest.raises(GazetteerError, match="not an unpacked gazetteer"):
        Gazetteer(path)


MANIFEST = json.loads((DATA / "manifest.json").read_text(encoding="utf-8"))


def test_the_shipped_file_is_the_manifests_and_small():
    packed = (DATA / MANIFEST["file"]).read_bytes()
    assert hashlib.sha256(packed).hexdigest() == MANIFEST["sha256"]
    assert len(packed) == MANIFEST["bytes"] <= 12_000_000


def test_the_shipped_file_holds_what_the_manifest_counts(gazetteer):
    db = sqlite3.connect(f"file:{gazetteer.path}?mode=ro", uri=True)
    counts = dict(db.execute("select level, count(*) from place group by level"))
    settlements = dict(db.execute("select country, count(*) from place where level='P' group by country"))
    overlay = db.execute("select count(*) from place where source like '%overlay:%'").fetchone()[0]
    db.close()
    assert counts == {level.value: MANIFEST["counts"][level.value] for level in Level}
    assert settlements["UA"] == MANIFEST["counts"]["settlements UA"] >= 29_701
    assert overlay == MANIFEST["counts"]["overlay"] >= 120


def test_the_shipped_file_was_built_from_the_lists_as_they_are():
    for name, checksum in MANIFEST["lists"].items():
        assert hashlib.sha256((DATA / name).read_bytes()).hexdigest() == checksum, f"{name} changed: rebuild"


def test_every_source_of_the_manifest_is_pinned():
    pinned = {row[1]: (row[2], row[3]) for row in read_rows(DATA / "SOURCES.tsv")}
    assert {name: (s["version"], s["sha256"]) for name, s in MANIFEST["sources"].items()} == pinned


@pytest.mark.parametrize("name", ["overlay.tsv", "world_areas.tsv"])
def test_every_row_of_an_overlay_says_its_source_and_lies_on_earth(name):
    rows = read_rows(DATA / name)
    assert len(rows) >= 120
    for row in rows:
        assert len(row) == 13, row
        assert row[12].strip(), row
        assert not row[7] or (-90 <= float(row[7]) <= 90 and -180 <= float(row[8]) <= 180), row
