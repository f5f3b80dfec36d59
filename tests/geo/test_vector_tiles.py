"""Vector tiles become what is drawn: three schemas, another encoder's tile, damaged ones."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import vector_tiles
from geo.vector_tiles import VectorTileError, draws, read_tile
from tests.tile_archives import SCHEMAS, vector_tile

SQUARE = [(0.0, 0.0), (4096.0, 0.0), (4096.0, 4096.0), (0.0, 4096.0)]
LINE = [(0.0, 0.0), (400.0, 800.0)]
# A lake with an island, a river and a stream, roads in two parts, a footway and a city; encoded by mapbox-vector-tile
# 2.2.0, which shares no code with what reads it here.
OTHERS = base64.b64decode(
    "GpQBCgV3YXRlchIoEgQAAAEBGAMiHgkAABqAQAAAgED/PwAPCYAQ/y8aAIAggCAAAP8fDxIUEgIAAhgCIgwJAIBAEoAg/x+AIAASEBICAAMYAiIICQ"
    "AACoBAgEAaBGtpbmQaBG5hbWUiBgoEbGFrZSINCgtTdGlsbCB3YXRlciIHCgVyaXZlciIICgZzdHJlYW0ogCB4Ahp/CgVyb2FkcxIfEggAAAEBAgID"
    "AxgCIhEJAAAKoAbADAngOb8MCr8BUBIOEgIABBgCIgYJEBAKAgIaBGtpbmQaBWxhbmVzGgR0b2xsGgF3IgwKCm1ham9yX3JvYWQiAiACIgI4ASIJGQ"
    "AAAAAAAPg/IgkKB2Zvb3R3YXkogCB4AhooCgZwbGFjZXMSCxICAAAYASIDCQIEGgRraW5kIgYKBGNpdHkogCB4Ag=="
)


def test_a_tile_of_another_encoder_is_read() -> None:
    assert read_tile(OTHERS) == {
        "water": [[0, 0, 1024, 0, 0, 1024, -1024, 0], [256, 256, 0, 512, 512, 0, 0, -512]],
        "river": [[0, 1024, 512, -512, 512, 0]],
        "major": [[0, 0, 100, 200], [1024, 0, -24, 10]],
    }


@pytest.mark.parametrize("schema", SCHEMAS)
def test_layers_of_each_schema_are_known(schema: str) -> None:
    names = SCHEMAS[schema]
    shapes = [
        (sign, thing in ("sea", "lake", "town"), [SQUARE if thing != "highway" else LINE])
        for thing, sign in names.items()
    ]
    drawn = read_tile(vector_tile(shapes))
    assert list(drawn) == ["built", "water", "major", "highway"]  # areas before lines, as they are drawn
    assert drawn["water"] == [[0, 0, 1024, 0, 0, 1024, -1024, 0]] * 2
    assert drawn["highway"] == [[0, 0, 100, 200]]
    assert draws(layer for layer, _, _ in names.values())


@pytest.mark.parametrize("layer", ["boundaries", "boundary", "places", "place_labels", "pois", "buildings"])
def test_borders_names_and_buildings_are_left_out(layer: str) -> None:
    assert read_tile(vector_tile([((layer, "kind", "country"), False, [LINE])])) == {}
    assert not draws([layer])


def test_protomaps_of_old_calls_its_kinds_otherwise() -> None:
    drawn = read_tile(vector_tile([(("roads", "pmap:kind", "medium_road"), False, [LINE])]))
    assert drawn == {"minor": [[0, 0, 100, 200]]}


def test_points_that_fall_together_are_one_and_what_is_too_small_is_left_out() -> None:
    tiny = [(8.0, 8.0), (10.0, 8.0), (10.0, 10.0)]
    line = [(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (400.0, 0.0)]
    drawn = read_tile(
        vector_tile([(("water", "kind", "lake"), True, [tiny]), (("roads", "kind", "highway"), False, [line])])
    )
    assert drawn == {"highway": [[0, 0, 100, 0]]}


def test_the_grid_can_be_finer() -> None:
    drawn = read_tile(vector_tile([(("roads", "kind", "highway"), False, [LINE])]), grid=4096)
    assert drawn == {"highway": [[0, 0, 400, 800]]}


def test_an_empty_tile_draws_nothing() -> None:
    assert read_tile(b"") == {}


def broken(**changes: object) -> bytes:
    tile = vector_tiles.Tile()
    layer = tile.layers.add(name="roads", extent=4096, keys=["kind"])
    layer.values.add(string_value="highway")
    layer.features.add(type=2, tags=[0, 0], geometry=[9, 0, 0, 10, 2, 2])
    for name, value in changes.items():
        if name == "extent":
            layer.extent = value
        else:
            feature = layer.features[0]
            feature.ClearField(name)
            getattr(feature, name).extend(value)
    return bytes(tile.SerializeToString())


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<html>not found</html>", "not a vector tile"),
        (OTHERS[:100], "not a vector tile"),
        (broken(geometry=[9, 0]), "cut off"),
        (broken(geometry=[9, 0, 0, 0x7FFFFFFA, 2, 2]), "cut off"),
        (broken(geometry=[9, 0, 0, 11, 2, 2]), "unknown command"),
        (broken(tags=[0, 7]), "property without a value"),
        (broken(extent=0), "no extent"),
    ],
)
def test_a_damaged_tile_is_an_error_that_says_what(body: bytes, why: str) -> None:
    with pytest.raises(VectorTileError, match=why):
        read_tile(body)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.binary(max_size=400), st.integers(0, len(OTHERS)))
def test_whatever_the_bytes_only_its_own_error_is_raised(noise: bytes, place: int) -> None:
    for body in (noise, OTHERS[:place] + noise + OTHERS[place + len(noise) :]):
        try:
            drawn = read_tile(body)
        except VectorTileError:
            continue
        assert set(drawn) <= set(vector_tiles.SIGNS)
        assert all(len(path) >= 4 and len(path) % 2 == 0 for paths in drawn.values() for path in paths)
