"""PMTiles archives for tests: images of one colour, and vector tiles cut from the base map's own data.

The vector tiles hold the sea and the lakes as the base map has them, squares where towns are, and straight roads from
each town to larger ones nearby: invented, but in the right places and under the layer names of real archives.
"""

from __future__ import annotations

import gzip
import io
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from PIL import Image
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from geo import basemap
from geo.vector_tiles import Tile

EXTENT, EDGE = 4096, 64  # units across a tile, and how far its shapes reach over its edge
CREDIT = '<a href="https://maps.example/">Map makers</a> &copy; <b>Example</b> contributors'
CREDIT_IN_WORDS = "Map makers © Example contributors"
# Layer and kind of each thing in the schemas of real archives.
SCHEMAS: Mapping[str, Mapping[str, tuple[str, str, str]]] = {
    "protomaps": {
        "sea": ("water", "kind", "ocean"),
        "lake": ("water", "kind", "lake"),
        "town": ("landuse", "kind", "residential"),
        "highway": ("roads", "kind", "highway"),
        "major": ("roads", "kind", "major_road"),
    },
    "openmaptiles": {
        "sea": ("water", "class", "ocean"),
        "lake": ("water", "class", "lake"),
        "town": ("landuse", "class", "residential"),
        "highway": ("transportation", "class", "motorway"),
        "major": ("transportation", "class", "primary"),
    },
    "shortbread": {
        "sea": ("ocean", "kind", ""),
        "lake": ("water_polygons", "kind", "water"),
        "town": ("land", "kind", "residential"),
        "highway": ("streets", "kind", "trunk"),
        "major": ("streets", "kind", "secondary"),
    },
}
Ring = list[tuple[float, float]]  # x and y: parts of the world, or units of a tile


def write_archive(
    path: Path,
    tiles: Mapping[tuple[int, int, int], bytes],
    kind: TileType,
    *,
    metadata: Mapping[str, Any] | None = None,
    compression: Compression = Compression.NONE,
) -> Path:
    """An archive of these tiles, by zoom, column and row."""
    with path.open("wb") as file:
        writer = Writer(file)
        for place, body in sorted(tiles.items(), key=lambda item: zxy_to_tileid(*item[0])):
            packed = gzip.compress(body, mtime=0) if compression is Compression.GZIP else body
            writer.write_tile(zxy_to_tileid(*place), packed)
        writer.finalize({"tile_type": kind, "tile_compression": compression}, dict(metadata or {}))
    return path


def places_in(box: tuple[float, float, float, float], zooms: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """The tiles of a box (west, south, east, north) in degrees."""
    west, south, east, north = box
    for zoom in zooms:
        n = 2**zoom
        first, last = int(across(west) * n), min(n - 1, int(across(east) * n))
        for x in range(first, last + 1):
            for y in range(int(down(north) * n), min(n - 1, int(down(south) * n)) + 1):
                yield zoom, x, y


def image(colour: tuple[int, int, int], kind: str = "PNG", size: int = 256) -> bytes:
    """An image of one colour."""
    body = io.BytesIO()
    Image.new("RGB", (size, size), colour).save(body, kind)
    return body.getvalue()


def raster_archive(path: Path, box: tuple[float, float, float, float], zooms: Iterable[int], **more: Any) -> Path:
    """Images of one colour a zoom."""
    tiles = {place: image((40 * (place[0] % 6), 160, 90)) for place in places_in(box, zooms)}
    return write_archive(path, tiles, TileType.PNG, metadata={"attribution": CREDIT}, **more)


def vector_archive(
    path: Path, box: tuple[float, float, float, float], zooms: Iterable[int], schema: str = "protomaps"
) -> Path:
    """The base map as vector tiles of a schema."""
    names = SCHEMAS[schema]
    shapes = list(_shapes(names))
    tiles = {place: vector_tile(_cut(shapes, place)) for place in places_in(box, zooms)}
    layers = [{"id": name, "fields": {}} for name in sorted({layer for layer, _, _ in names.values()})]
    metadata = {"attribution": CREDIT, "vector_layers": layers, "name": "test"}
    return write_archive(path, tiles, TileType.MVT, metadata=metadata, compression=Compression.GZIP)


def vector_tile(features: Iterable[tuple[tuple[str, str, str], bool, Sequence[Ring]]]) -> bytes:
    """A tile of features: layer, property and kind; whether it is an area; its rings or lines in units of the tile."""
    tile = Tile()
    layers: dict[str, Any] = {}
    for (name, key, kind), area, rings in features:
        layer = layers.get(name)
        if layer is None:
            layer = layers[name] = tile.layers.add(name=name, extent=EXTENT, keys=[key])
        number = next((i for i, value in enumerate(layer.values) if value.string_value == kind), len(layer.values))
        if number == len(layer.values):
            layer.values.add(string_value=kind)
        geometry = _commands(rings, area)
        if geometry:
            layer.features.add(type=3 if area else 2, tags=[0, number], geometry=geometry)
    return bytes(tile.SerializeToString())


def across(lon: float) -> float:
    """Longitude as a part of the world, from the west."""
    return lon / 360 + 0.5


def down(lat: float) -> float:
    """Latitude as a part of the Mercator square, from the north."""
    sine = math.sin(math.radians(lat))
    return 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def _commands(rings: Sequence[Ring], area: bool) -> list[int]:
    out: list[int] = []
    x = y = 0
    for ring in rings:
        points = [(round(px), round(py)) for px, py in ring]
        points = [point for i, point in enumerate(points) if i == 0 or point != points[i - 1]]
        if area and points and points[0] == points[-1]:
            points.pop()
        if len(points) < (3 if area else 2):
            continue
        for i, (px, py) in enumerate(points):
            if i < 2:
                out.append(9 if i == 0 else 2 | (len(points) - 1) << 3)
            out += (_zigzag(px - x), _zigzag(py - y))
            x, y = px, py
        if area:
            out.append(15)
    return out


def _zigzag(value: int) -> int:
    return value << 1 if value >= 0 else (-value << 1) - 1


def _shapes(names: Mapping[str, tuple[str, str, str]]) -> Iterator[tuple[tuple[str, str, str], bool, list[Ring]]]:
    """Everything there is, in parts of the world."""
    west, north, east, south = across(18), down(62), across(62), down(42)
    sea: list[Ring] = [[(west, north), (east, north), (east, south), (west, south)]]
    for ring in _rings("theatre", "units"):
        sea.append(ring if _turns_left(ring) else ring[::-1])  # land is a hole in the sea
    yield names["sea"], True, sea
    for ring in _rings("lakes", "lakes"):
        yield names["lake"], True, [ring[::-1] if _turns_left(ring) else ring]
    towns = _towns()
    for i, (x, y, people) in enumerate(towns):
        half = 0.6e-6 * math.sqrt(people)
        square = [(x + half * right, y + half * below) for right, below in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
        yield names["town"], True, [square]
        larger = sorted(towns[:i], key=lambda other: math.hypot(other[0] - x, other[1] - y))[:2]
        for to_x, to_y, _ in larger:
            yield names["highway" if people > 400_000 else "major"], False, [[(x, y), (to_x, to_y)]]


def _towns() -> list[tuple[float, float, int]]:
    """Larger towns, the largest first."""
    found = json.loads(basemap.path("places").read_text(encoding="utf-8"))
    rows = zip(found["lon"], found["lat"], found["population"], strict=True)
    return [(across(lon), down(lat), people) for lon, lat, people in rows if people > 40_000 and 42 < lat < 62]


def _rings(layer: str, name: str) -> Iterator[Ring]:
    topology = json.loads(basemap.path(layer).read_text(encoding="utf-8"))
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines: list[Ring] = []
    for steps in topology["arcs"]:
        x = y = 0
        line: Ring = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            line.append((across(x * kx + dx), down(y * ky + dy)))
        lines.append(line)
    for item in topology["objects"][name]["geometries"]:
        for part in [item["arcs"]] if item["type"] == "Polygon" else item["arcs"]:
            for numbers in part[:1]:
                yield [point for n in numbers for point in (lines[n] if n >= 0 else lines[~n][::-1])]


def _turns_left(ring: Ring) -> bool:
    """Seen with y downward, as MVT has it: a hole."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True)) < 0


def _cut(
    shapes: Iterable[tuple[tuple[str, str, str], bool, list[Ring]]], place: tuple[int, int, int]
) -> Iterator[tuple[tuple[str, str, str], bool, list[Ring]]]:
    zoom, column, row = place
    scale = 2**zoom * EXTENT
    for sign, area, rings in shapes:
        inside = []
        for ring in rings:
            local = [(x * scale - column * EXTENT, y * scale - row * EXTENT) for x, y in ring]
            if not (min(x for x, _ in local) > EXTENT + EDGE or max(x for x, _ in local) < -EDGE):
                inside.append(_clipped(local) if area else local)
        if any(inside):
            yield sign, area, inside


def _clipped(ring: Ring) -> Ring:
    """A ring cut to the tile with its edge, side by side (Sutherland and Hodgman)."""
    for axis, limit, sign in ((0, -EDGE, 1), (0, EXTENT + EDGE, -1), (1, -EDGE, 1), (1, EXTENT + EDGE, -1)):
        out: Ring = []
        for here, there in zip(ring, [*ring[1:], ring[0]] if ring else [], strict=True):
            in_here, in_there = (sign * (point[axis] - limit) >= 0 for point in (here, there))
            if in_here:
                out.append(here)
            if in_here != in_there:
                t = (limit - here[axis]) / (there[axis] - here[axis])
                out.append((here[0] + t * (there[0] - here[0]), here[1] + t * (there[1] - here[1])))
        ring = out
    return ring
