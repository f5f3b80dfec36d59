"""Vector tiles (Mapbox Vector Tile 2.1) as the few lines and areas that the map draws.

Layer and kind names are those of the Protomaps basemap (versions 2 to 4), of OpenMapTiles and of Shortbread. State
borders and place names are left out on purpose: the map has its own, by the point of view that is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError

# One ring or line: x and y of its first point, then the steps to each further one; y runs downward.
Path: TypeAlias = list[int]
Drawing: TypeAlias = dict[str, list[Path]]  # sign -> paths

GRID = 1024  # units across a tile: a quarter of a pixel where a tile is 256 pixels wide
SIGNS = ("built", "green", "water", "river", "rail", "minor", "major", "highway")  # in the order of drawing

_GREEN = dict.fromkeys(("forest", "wood", "park", "nature_reserve", "national_park"), "green")
_BUILT = dict.fromkeys(("residential", "urban_area", "suburb", "industrial", "commercial", "retail"), "built")
_LAND = {**_GREEN, **_BUILT}
_WATER = {"": "water", "glacier": ""}
_RIVERS = {"river": "river", "canal": "river"}
_ROADS = {
    **dict.fromkeys(("highway", "motorway", "trunk"), "highway"),
    **dict.fromkeys(("major_road", "primary", "secondary"), "major"),
    **dict.fromkeys(("medium_road", "minor_road", "tertiary", "minor"), "minor"),
    "rail": "rail",
}
# Layer -> kind -> sign; the kind "" stands for every kind that is not named.
AREAS: Mapping[str, Mapping[str, str]] = {
    **dict.fromkeys(("water", "ocean", "water_polygons"), _WATER),
    **dict.fromkeys(("landuse", "landcover", "land", "natural"), _LAND),
    "park": {"": "green"},
}
LINES: Mapping[str, Mapping[str, str]] = {
    **dict.fromkeys(("water", "waterway", "water_lines", "physical_line"), _RIVERS),
    **dict.fromkeys(("roads", "transportation", "streets", "transit"), _ROADS),
}
KINDS = ("kind", "class", "pmap:kind")  # properties that tell the kind, one in each schema

_LINE, _AREA = 2, 3  # types of geometry in the standard
_MOVE, _DRAW, _CLOSE = 1, 2, 7  # its commands


class VectorTileError(ValueError):
    """A tile is not what the standard says."""


def _schema() -> descriptor_pb2.FileDescriptorProto:
    """The messages of the standard with the fields that are read here; what is not named is skipped."""
    kinds = descriptor_pb2.FieldDescriptorProto
    file = descriptor_pb2.FileDescriptorProto(name="strikeline/vector_tile.proto", package="strikeline.tile")
    fields = {
        "Value": (("string_value", 1, kinds.TYPE_STRING, False),),
        "Feature": (
            ("tags", 2, kinds.TYPE_UINT32, True),
            ("type", 3, kinds.TYPE_UINT32, False),
            ("geometry", 4, kinds.TYPE_UINT32, True),
        ),
        "Layer": (
            ("name", 1, kinds.TYPE_STRING, False),
            ("features", 2, "Feature", True),
            ("keys", 3, kinds.TYPE_STRING, True),
            ("values", 4, "Value", True),
            ("extent", 5, kinds.TYPE_UINT32, False),
        ),
        "Tile": (("layers", 3, "Layer", True),),
    }
    for message, rows in fields.items():
        described = file.message_type.add(name=message)
        for name, number, kind, many in rows:
            field = described.field.add(name=name, number=number)
            field.label = kinds.LABEL_REPEATED if many else kinds.LABEL_OPTIONAL
            field.type = kinds.TYPE_MESSAGE if isinstance(kind, str) else kind
            if isinstance(kind, str):
                field.type_name = f".strikeline.tile.{kind}"
            if name == "extent":
                field.default_value = "4096"
    return file


def _message() -> Any:  # noqa: ANN401 - made at run time
    pool = descriptor_pool.DescriptorPool()
    pool.Add(_schema())
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("strikeline.tile.Tile"))


Tile = _message()


def draws(layers: Iterable[str]) -> bool:
    """Whether any of these layers is one that is drawn."""
    return any(name in AREAS or name in LINES for name in layers)


def read_tile(body: bytes, *, grid: int = GRID) -> Drawing:
    """What is drawn of a tile, in units of the grid; signs without a path are left out.

    Args:
        body: the tile, not compressed.
        grid: units across the tile.

    Raises:
        VectorTileError: it is no vector tile, or a damaged one.
    """
    tile = Tile()
    try:
        tile.ParseFromString(body)
    except DecodeError as error:
        raise VectorTileError("not a vector tile") from error
    found: Drawing = {}
    for layer in tile.layers:
        by_type = {_AREA: AREAS.get(layer.name), _LINE: LINES.get(layer.name)}
        if any(by_type.values()):
            _take_layer(layer, by_type, grid, found)
    return {sign: found[sign] for sign in SIGNS if sign in found}


def _take_layer(layer: Any, by_type: Mapping[int, Mapping[str, str] | None], grid: int, found: Drawing) -> None:  # noqa: ANN401
    if not layer.extent:
        raise VectorTileError(f"layer {layer.name!r} has no extent")
    wanted = {number for number, key in enumerate(layer.keys) if key in KINDS}
    values = [value.string_value for value in layer.values]
    for feature in layer.features:
        signs = by_type.get(feature.type)
        if not signs:
            continue
        kind = _kind(feature.tags, wanted, values)
        sign = signs.get(kind, signs.get("", ""))
        if sign:
            paths = _paths(feature.geometry, layer.extent, grid, 3 if feature.type == _AREA else 2)
            if paths:
                found.setdefault(sign, []).extend(paths)


def _kind(tags: Sequence[int], wanted: set[int], values: Sequence[str]) -> str:
    for place in range(0, len(tags) - 1, 2):
        if tags[place] in wanted:
            try:
                return values[tags[place + 1]]
            except IndexError:
                raise VectorTileError("a property without a value") from None
    return ""


def _paths(geometry: Sequence[int], extent: int, grid: int, least: int) -> list[Path]:
    """The lines or rings of a feature that have at least so many points on the grid."""
    numbers = list(geometry)
    paths: list[Path] = []
    path: Path = []
    x = y = 0  # in units of the tile
    at_x = at_y = 0  # the last point of the path, on the grid
    place, end = 0, len(numbers)
    while place < end:
        command, count = numbers[place] & 7, numbers[place] >> 3
        place += 1
        if command == _CLOSE:
            continue
        last = place + 2 * count
        if command not in (_MOVE, _DRAW) or last > end:
            raise VectorTileError("a geometry that is cut off or has an unknown command")
        if command == _MOVE:
            path = _begun(paths, path, least)
        for step in range(place, last, 2):
            across, down = numbers[step], numbers[step + 1]
            x += (across >> 1) ^ -(across & 1)
            y += (down >> 1) ^ -(down & 1)
            to_x, to_y = x * grid // extent, y * grid // extent
            if not path:
                path += (to_x, to_y)
            elif to_x != at_x or to_y != at_y:
                path += (to_x - at_x, to_y - at_y)
            at_x, at_y = to_x, to_y
        place = last
    _begun(paths, path, least)
    return paths


def _begun(paths: list[Path], path: Path, least: int) -> Path:
    """Keep the path that ends here if it is long enough; a new one."""
    if len(path) >= 2 * least:
        paths.append(path)
    return []
