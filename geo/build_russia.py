"""Russian villages under 500 people, from the postal file, with its wrong points thrown out."""

from __future__ import annotations

import collections
import re
from collections.abc import Mapping
from typing import Any

from geo.build_entries import Entry, Point, km, made_id, middle, plain, spellings_ru
from geo.build_sources import cities, postal
from geo.build_ukraine import inside, outlines

POSTAL_ID = 3_000_000_000
# Oblasts at the border or within reach of strikes: villages without an own point are kept at their district's median.
BORDER = frozenset({"RU.09", "RU.41", "RU.10", "RU.86", "RU.61"})  # Belgorod, Kursk, Bryansk, Voronezh, Rostov


def _cities_by_name() -> dict[tuple[str, str], dict[int, dict[str, Any]]]:
    named: dict[tuple[str, str], dict[int, dict[str, Any]]] = collections.defaultdict(dict)
    for city in cities().values():
        if city["countrycode"] == "RU":
            for name in city["alternatenames"]:
                if re.search("[а-я]", name.lower()):
                    named["RU." + city["admin1code"], plain(name)][city["geonameid"]] = city
    return named


def read_villages() -> list[tuple[str, str, str, Point, str]]:
    """(name, region code, district, point, accuracy), each once: "Белгород 12" and "Середа (...)" are cleaned."""
    rows = {}
    for country, name, _, code, district, lat, lon, accuracy in postal():
        name = re.sub(r"\s+\d+$", "", re.sub(r"\s*\(.*", "", name)).strip()
        if country == "RU" and name and (name, code, district) not in rows:
            rows[name, code, district] = (name, f"RU.{code}", district, (float(lat), float(lon)), accuracy)
    return list(rows.values())


def russia(district_ids: Mapping[tuple[str, str], tuple[int, str]], region_ids: Mapping[str, int]) -> list[Entry]:
    """Villages that GeoNames lacks; ``district_ids``: (region, district name) -> id and code."""
    named, shapes, rows = _cities_by_name(), outlines("RU."), read_villages()
    good = {i for i, (_, region, _, point, _) in enumerate(rows) if inside(point, shapes.get(region, ()))}
    groups = collections.defaultdict(list)
    for i in sorted(good):
        name, region, district, point, accuracy = rows[i]
        hit = list(named.get((region, plain(name)), {}).values())
        if district and len(hit) == 1:
            groups[region, district] += [(hit[0]["latitude"], hit[0]["longitude"])] * 2
        elif district and accuracy == "4":
            groups[region, district].append(point)
    medians = {key: middle(points) for key, points in groups.items()}
    entries = {}
    for i, (name, region, district, point, accuracy) in enumerate(rows):
        around = medians.get((region, district))
        if around is None or (region, plain(name)) in named or region not in region_ids:
            continue
        own = i in good and accuracy == "4" and km(point, around) < 35
        if not own and region not in BORDER:
            continue
        id_ = made_id(POSTAL_ID, region, district, name)
        parent, admin2 = district_ids.get((region, plain(district).removesuffix(" район")), (region_ids[region], ""))
        spellings = spellings_ru(name)
        entries[id_] = Entry(
            id_, "P", sorted(spellings - {name, name.replace("ё", "е")})[-1] if len(spellings) > 1 else name, "RU",
            region, admin2, *(point if own else around), 0, "PPL", 1.5 if own else 25.0,
            "GeoNames postal; " + ("postal" if own else "district median"), parent, name, "", spellings,
        )  # fmt: skip
    return list(entries.values())
