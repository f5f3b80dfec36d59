"""The base map's files are the ones that were built, and both points of view draw the borders they should."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise

import pytest

from geo import basemap
from geo.basemap import border_line, oblast_polygon


def inside(lat: float, lon: float, code: str) -> bool:
    """Even-odd rule over all rings of a unit."""
    crossings = 0
    for polygon in oblast_polygon(code):
        for ring in polygon:
            for (lat0, lon0), (lat1, lon1) in pairwise(ring):
                if (lat0 > lat) != (lat1 > lat) and lon < lon0 + (lat - lat0) / (lat1 - lat0) * (lon1 - lon0):
                    crossings += 1
    return crossings % 2 == 1


def test_files_are_those_of_the_manifest() -> None:
    manifest = json.loads((basemap.DATA / "manifest.json").read_text())["files"]
    assert set(manifest) == set(basemap.FILES.values())
    for name, digest in manifest.items():
        assert hashlib.sha256((basemap.DATA / name).read_bytes()).hexdigest() == digest


def test_nothing_else_is_served_beside_them() -> None:
    served = {path.name for path in basemap.DATA.iterdir()}
    assert served == {*basemap.FILES.values(), "manifest.json", "README.md"}


@pytest.mark.parametrize(
    ("code", "point"),
    [
        ("UA.07", (49.99, 36.23)),
        ("UA-63", (49.99, 36.23)),
        ("RU.09", (50.6, 36.6)),
        ("UA.11", (45.0, 34.1)),
        ("UA.12", (50.45, 30.52)),
    ],
)
def test_a_town_lies_in_its_unit(code: str, point: tuple[float, float]) -> None:
    assert inside(*point, code)
    assert not inside(55.75, 37.6, code)


def test_rings_are_closed() -> None:
    for polygon in oblast_polygon("UA.07"):
        assert all(ring[0] == ring[-1] and len(ring) > 3 for ring in polygon)


@pytest.mark.parametrize("code", ["", "XX.99", "UA"])
def test_an_unknown_unit_has_no_area(code: str) -> None:
    assert oblast_polygon(code) == ()


def test_under_un_no_state_border_is_drawn_at_perekop() -> None:
    points = [point for line in border_line("UA", "RU", "un") for point in line]
    assert not [p for p in points if p[0] < 46.5 and 32 < p[1] < 37]
    assert min(p[0] for p in points) > 47


def test_de_facto_adds_one_at_perekop() -> None:
    points = [point for line in border_line("UA", "RU", "de_facto") for point in line]
    south = [p for p in points if p[0] < 46.5]
    assert south
    assert all(33 < lon < 35.2 for _, lon in south)


@pytest.mark.parametrize("pov", basemap.POVS)
def test_the_order_of_countries_does_not_matter(pov: str) -> None:
    assert border_line("UA", "RU", pov) == border_line("RU", "UA", pov)


@pytest.mark.parametrize(
    ("a", "b", "shared"), [("UA", "BY", True), ("UA", "PL", True), ("UA", "BG", False), ("RU", "GE", True)]
)
def test_neighbours_share_a_border(a: str, b: str, shared: bool) -> None:
    assert bool(border_line(a, b)) is shared


def test_an_unknown_point_of_view_is_an_error() -> None:
    with pytest.raises(KeyError):
        border_line("UA", "RU", "mine")


def test_places_are_sorted_and_name_no_city_districts() -> None:
    places = json.loads(basemap.path("places").read_text(encoding="utf-8"))
    assert places["population"] == sorted(places["population"], reverse=True)
    names = set(places["name"])
    assert {
        "Belgorod",
        "Kharkiv",
        "Shebekino",
        "Vovchansk",
        "Derhachi",
        "Mariupol",
        "Zaporizhzhia",
        "Kryvyi Rih",
    } <= names
    assert not {"Saltivka", "Rayon KTZ", "Pravyi Bereh", "Livoberezhnyi", "Tekstylnyk"} & names
    assert not any(name.endswith(("'", "’")) for name in names)


def test_the_credit_names_both_sources() -> None:
    assert basemap.CREDIT == "Natural Earth (public domain) · GeoNames (CC BY 4.0, modified)"
    assert basemap.CAPTION == "Boundaries do not imply endorsement"


def test_a_missing_file_says_how_to_build_it(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setattr(basemap, "DATA", tmp_path)
    basemap._theatre.cache_clear()
    try:
        with pytest.raises(basemap.BaseMapMissing, match=r"geo\.build_basemap"):
            oblast_polygon("UA.07")
    finally:
        monkeypatch.undo()
        basemap._theatre.cache_clear()


def test_towns_and_units_are_called_what_the_gazetteer_calls_them(gazetteer) -> None:
    towns = json.loads(basemap.path("places").read_text(encoding="utf-8"))
    rows = zip(towns["lat"], towns["lon"], towns["population"], towns["name"], strict=True)
    near = {
        name: {place.name.replace("’", "").replace("'", "") for place, _ in gazetteer.nearest(lat, lon, 8, 3.0)}
        for lat, lon, people, name in rows
        if people >= 20_000 and 44 < lat < 54 and 22 < lon < 40.5
    }
    assert len(near) > 200
    assert [name for name, names in near.items() if name not in names] == []
    assert "Kupiansk" in near
    units = json.loads(basemap.path("theatre").read_text(encoding="utf-8"))["objects"]["units"]["geometries"]
    english = {unit["properties"]["code"]: unit["properties"].get("en") for unit in units}
    assert (english["UA.07"], english["RU.09"]) == ("Kharkiv Oblast", "Belgorod Oblast")
