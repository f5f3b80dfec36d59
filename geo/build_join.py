"""Join all sources: countries, units, places, register, villages; the hand-checked lists have the last word."""

from __future__ import annotations

from collections.abc import Mapping

from geo.build_entries import Entry, made_id, pick_cyrillic
from geo.build_russia import russia
from geo.build_ukraine import ukraine
from geo.build_world import Units, american_and_british, countries, county_ids, places, russian_districts
from geo.names import DATA, exact_key, read_rows

OVERLAY_ID = 1_000_000_000


def all_entries() -> list[Entry]:
    """Every entry of the gazetteer, ids unique."""
    by_country = countries()
    country_ids = {code: entry.id for code, entry in by_country.items()}
    units = Units()
    admin = units.entries(country_ids)
    admin1 = {e.admin1: e.id for e in admin if e.level == "A1"}
    admin2 = {e.admin2: e.id for e in admin if e.level == "A2"}
    found = places(units, admin1, admin2, country_ids)
    register, additions = ukraine(admin1)
    _add_register(found, additions)
    villages = russia(russian_districts(admin), admin1)
    villages += american_and_british(admin1, county_ids(admin))
    entries = {e.id: e for e in (*villages, *register, *found, *admin, *by_country.values())}
    _name_oblasts(admin)
    _apply_overlay(entries, admin1, country_ids)
    return list(entries.values())


def _add_register(found: list[Entry], additions: Mapping[int, Entry]) -> None:
    """Give a GeoNames place of Ukraine its district, community, official name and Ukrainian spelling."""
    for entry in found:
        extra = additions.get(entry.id)
        if extra is not None:
            entry.admin1, entry.admin2, entry.parent = extra.admin1, extra.admin2, extra.parent
            entry.name_ru, entry.name_uk = pick_cyrillic(entry.names, extra.name_uk)
            entry.names |= extra.names
            entry.source = "GeoNames; KATOTTG"
            if entry.name != extra.name:  # the register's Latin form is the one in use since the renamings
                entry.names.add(entry.name)
                entry.name = extra.name


def _name_oblasts(admin: list[Entry]) -> None:
    """Call it "Kharkiv Oblast", not "Kharkiv": the bare name stays one of its spellings only."""
    for entry in admin:
        oblast = entry.name_ru.endswith("область") or entry.name_uk.endswith("область")
        if oblast and entry.level == "A1" and entry.country in ("UA", "RU") and not entry.name.endswith("Oblast"):
            entry.names.add(entry.name)
            entry.name = f"{entry.name} Oblast"
            entry.names.add(entry.name)


def _apply_overlay(entries: dict[int, Entry], admin1: Mapping[str, int], country_ids: Mapping[str, int]) -> None:
    """Rows of overlay.tsv and world_areas.tsv: a row with the id of an entry corrects it, one with id 0 adds a place.

    Columns: id, level, name, ru, uk, country, admin1, lat, lon, precision km, feature code, other names (|), source.
    An empty cell of a correction keeps what is there; a name after "-" is taken away.
    """
    for file in ("overlay.tsv", "world_areas.tsv"):
        for number, row in enumerate(read_rows(DATA / file), 1):
            if len(row) != 13:
                raise ValueError(f"{file}: row {number} has {len(row)} columns, not 13: {row[:3]}")
            id_, level, name, ru, uk, country, unit, lat, lon, radius, feature, others, source = row
            names = {n for n in (name, ru, uk, *others.split("|")) if n and n[0] != "-"}
            if int(id_):
                entry = entries[int(id_)]
                wrong = {n[1:] for n in others.split("|") if n[:1] == "-"}
                entry.names = {n for n in entry.names | names | {entry.name} if exact_key(n) not in wrong}
                entry.name, entry.name_ru, entry.name_uk = name or entry.name, ru or entry.name_ru, uk or entry.name_uk
                entry.lat, entry.lon = float(lat or entry.lat), float(lon or entry.lon)
                entry.precision_km = float(radius or entry.precision_km)
                entry.source = f"{entry.source}; overlay: {source}"
                continue
            new = made_id(OVERLAY_ID, level, name, country, unit)
            if new in entries:
                raise ValueError(f"{file}: row {number} repeats {name}")
            parent = admin1.get(unit) or country_ids.get(country, 0)
            entries[new] = Entry(
                new, level, name, country, unit, "", float(lat), float(lon), 0, feature, float(radius),
                f"overlay: {source}", parent, ru, uk, names,
            )  # fmt: skip
