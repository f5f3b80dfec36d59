"""The gazetteer: open it, look names up, walk the administrative tree, find its names in a text.

Look-ups go to a read-only SQLite file, with one connection a thread; nothing here uses a network.
"""

from __future__ import annotations

import math
import re
import sqlite3
import threading
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from geo.names import DATA, base_forms, bones_of_name, exact_key, fold_key, latin_key, read_rows, without_article
from geo.spot import Summary, find_names
from geo.unpack import PACKED, GazetteerError, cell, name_hash, unpacked
from model import Level, NameMatch, Place

FUZZY_SHORTEST = 6  # letters of the Latin key; shorter names have too many near neighbours
FUZZY_RATIO = 85.0
SOUND_RATIO = 70.0  # of the letters, where the consonants are the same
MOST_CANDIDATES = 150
_VOWELS = frozenset("aeiou")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_COLUMNS = (
    "id,name,lat,lon,level,country,feature_code,admin1,admin2,population,precision_km,name_ru,name_uk,source,"
    "parent,names"
)


class Found(NamedTuple):
    """A place that bears a name, and how the name led to it."""

    place: Place
    how: str  # "exact", "case ending", "spelling", "similar", "sound"
    similarity: float = 100.0
    form: str = ""  # exact key of the base form, where a case ending led to it


class Record(NamedTuple):
    """A row of the file."""

    place: Place
    parent: int  # id of the unit right above, 0 where there is none
    names: str  # exact keys of the spellings besides the main names, one a line


class Index(NamedTuple):
    """Hashes of keys in order, and beside each the number of a place that bears it, the biggest first."""

    hashes: array[int]
    places: array[int]

    def find(self, key: str) -> array[int]:
        """Numbers of the places that bear the key, and once in thousands of keys of another with the same hash."""
        wanted = name_hash(key)
        at = bisect_left(self.hashes, wanted)
        return self.places[at : min(bisect_right(self.hashes, wanted, at), at + MOST_CANDIDATES)]


class Gazetteer:
    """An open gazetteer file; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._names = self._read_index("name")
        self._latin: Index | None = None  # read when a name is first looked up by its Latin key
        self._record = lru_cache(maxsize=8192)(self._read_record)
        self._number = lru_cache(maxsize=8192)(self._read_number)
        self._summary = lru_cache(maxsize=16384)(self._read_summary)
        self._written = lru_cache(maxsize=16384)(self._read_written)
        curated = {row[0]: row for row in read_rows(DATA / "countries.tsv")}
        self._countries: dict[str, str] = dict(self._db.execute("select country, name from place where level='A0'"))
        self._people = {
            exact_key(word): code
            for code, row in curated.items()
            for stem in (row[5] if len(row) > 5 else "").split("|")
            for word in (stem, f"{stem}s")
            if stem
        }
        self._words = {exact_key(name): code for code, name in self._countries.items() if " " not in name}

    @property
    def _db(self) -> sqlite3.Connection:
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        if db is None:
            db = sqlite3.connect(f"file:{self.path}?mode=ro&immutable=1", uri=True)
            self._local.db = db
        return db

    def _read_index(self, name: str) -> Index:
        arrays = []
        for part in ("hashes", "places"):
            row = self._db.execute("select v from meta where k=?", (f"{name} {part}",)).fetchone()
            if row is None:
                raise GazetteerError(f"{self.path}: not an unpacked gazetteer")
            arrays.append(array("I", row[0]))
        return Index(*arrays)

    def place(self, place_id: int) -> Place | None:
        """The entry with that id, or None."""
        at = self._number(place_id)
        return self._record(at).place if at else None

    def _read_number(self, place_id: int) -> int:
        row = self._db.execute("select at from place where id=?", (place_id,)).fetchone()
        return int(row[0]) if row else 0

    def _read_record(self, at: int) -> Record:
        # The column list is a constant of this module.
        row = self._db.execute("select " + _COLUMNS + " from place where at=?", (at,)).fetchone()  # noqa: S608
        id_, name, lat, lon, level, *rest, parent, names = row
        return Record(Place(id_, name, lat, lon, Level(level), *rest), parent, names)

    def known(self, key: str) -> bool:
        """Whether an exact key is (but for one word in 6,000 almost surely) a name."""
        wanted, hashes = name_hash(key), self._names.hashes
        at = bisect_left(hashes, wanted)
        return at < len(hashes) and hashes[at] == wanted

    def summary(self, key: str) -> Summary | None:
        """What bears the name with that exact key."""
        return self._summary(key) if self.known(key) else None

    def written(self, name: str) -> Summary | None:
        """What bears a name as a text writes it: by its exact key, else by the base form of a Cyrillic case ending."""
        return self._written(name)

    def _read_written(self, name: str) -> Summary | None:
        key = exact_key(name)
        found = self.summary(key)
        if found is None and not key.isascii() and _CYRILLIC.search(key):
            forms = base_forms(key, self.known, limit=200)
            found = next((s for s in map(self.summary, forms) if s), None)
        if found is None and key.startswith("st "):
            found = self.summary("saint " + key[3:])
        return found

    def _read_summary(self, key: str) -> Summary | None:
        places = self._bearers(key)
        if not places:
            return None
        levels, countries = frozenset(p.level for p in places), frozenset(p.country for p in places)
        return Summary(levels, countries, max(p.population for p in places))

    def _bearers(self, key: str) -> list[Place]:
        """Places one of whose exact keys it is, biggest first."""
        records = map(self._record, self._names.find(key))
        return [r.place for r in records if key in r.names.split("\n") or key in _main_keys(r.place)]

    def _latin_bearers(self, key: str) -> list[Place]:
        """Places one of whose Latin keys it is, biggest first."""
        if self._latin is None:
            self._latin = self._read_index("latin")
        records = map(self._record, self._latin.find(key))
        return [
            r.place
            for r in records
            if key in fold_key("\n".join((r.names, *(k for k in _main_keys(r.place) if k)))).split("\n")
        ]

    def _places(self, ids: Iterable[int]) -> list[Place]:
        return [place for place in map(self.place, ids) if place is not None]

    def exact(self, name: str) -> list[Place]:
        """Places one of whose spellings has the same exact key, biggest first."""
        return self._bearers(exact_key(name))

    def inflected(self, name: str) -> list[Found]:
        """Places a Russian or Ukrainian case form may name: "в Харькове", "під Куп’янськом"."""
        forms = base_forms(exact_key(name), self.known)
        found = {place.id: Found(place, "case ending", form=form) for form in forms for place in self._bearers(form)}
        return list(found.values())[:MOST_CANDIDATES]

    def spelled_like(self, name: str) -> list[Place]:
        """Places with the same Latin key: other romanisations of the name."""
        key = latin_key(name)
        return self._latin_bearers(key) if len(key) > 3 else []

    def similar(self, name: str, limit: int = 5) -> list[Found]:
        """Places whose Latin key differs by a letter or two; none for short names, which have too many neighbours.

        The first two letters must agree: that keeps the search to a few thousand keys, and misses few misspellings.
        """
        key = latin_key(name)
        if len(key) < FUZZY_SHORTEST:
            return []
        reach = 1 if len(key) < 10 else 2
        query = "select k from alike where first=? and length between ? and ?"
        keys = [k for (k,) in self._db.execute(query, (key[:2], len(key) - reach, len(key) + reach))]
        hits = process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=FUZZY_RATIO, limit=limit)
        found = []
        for hit, ratio, _ in hits:
            found += [Found(place, "similar", ratio) for place in self._latin_bearers(hit)[:20]]
        return found

    def sounding(self, name: str) -> list[Found]:
        """Places whose name has the same consonants, the article aside: "Hodeidah" is Al Hudaydah.

        Many names share their consonants, so these are worth having only in a country that the text speaks of.
        """
        own = latin_key(without_article(exact_key(name)))
        if len(own) < FUZZY_SHORTEST - 1:
            return []
        query = "select k from sound where bones=? limit 400"
        keys = {
            k.removeprefix("al") if each[0] == "l" and own[0] != "l" else k: k
            for each in bones_of_name(name)
            if len(each) > 1
            for (k,) in self._db.execute(query, (each,))
        }
        alike = [k for k in keys if (k[0] in _VOWELS) == (own[0] in _VOWELS)]
        hits = process.extract(own, alike, scorer=fuzz.ratio, score_cutoff=SOUND_RATIO, limit=20)
        found: dict[int, Found] = {}
        for hit, ratio, _ in hits:
            for place in self._latin_bearers(keys[hit])[:20]:
                found.setdefault(place.id, Found(place, "sound", ratio))
        return list(found.values())

    def candidates(self, name: str, *, fuzzy: bool = True) -> list[Found]:
        """Places a name may mean: by exact key, else by case ending, else by Latin key, else by likeness."""
        found = [Found(place, "exact") for place in self.exact(name)] or self.inflected(name)
        found = found or [Found(place, "spelling") for place in self.spelled_like(name)]
        if found:
            return found
        return self.similar(name) if fuzzy else []

    def children(self, place_id: int) -> list[Place]:
        """Entries whose parent is that one: districts of an oblast, city districts of a city."""
        return self._places(
            i for (i,) in self._db.execute("select id from place where parent=? order by id", (place_id,))
        )

    def parent(self, place: Place) -> Place | None:
        """The unit right above, or None."""
        at = self._number(place.id)
        above = self._record(at).parent if at else 0
        return self.place(above) if above else None

    def ancestors(self, place: Place) -> list[Place]:
        """The units above, nearest first, the country last."""
        above: list[Place] = []
        unit = self.parent(place)
        while unit is not None and len(above) < 8:
            above.append(unit)
            unit = self.parent(unit)
        return above

    def nearest(self, lat: float, lon: float, limit: int = 5, within_km: float = 50.0) -> list[tuple[Place, float]]:
        """Settlements around a point with their distance in km, nearest first."""
        north = within_km / 111.0
        east = within_km / (111.0 * max(0.02, math.cos(math.radians(lat))))
        south, top = max(-90.0, lat - north), min(90.0, lat + north)
        columns = {cell(0.0, lon + 0.5 * step) % 1000 for step in range(-math.ceil(east * 2), math.ceil(east * 2) + 1)}
        rows = range(cell(south, 0.0) // 1000, cell(top, 0.0) // 1000 + 1)
        query = "select at from around where cell=?"
        cells = ((row * 1000 + column,) for row in rows for column in sorted(columns))
        places = [self._record(at).place for one in cells for (at,) in self._db.execute(query, one)]
        here = Place(0, "", lat, lon, Level.SETTLEMENT, "")
        ranked = sorted((distance_km(here, place), place.id, place) for place in places)
        return [(place, distance) for distance, _, place in ranked[:limit] if distance <= within_km]

    def country(self, code: str) -> Place | None:
        """The country with that ISO code."""
        row = self._db.execute("select id from place where level='A0' and country=?", (code.upper(),)).fetchone()
        return self.place(row[0]) if row else None

    def country_name(self, code: str) -> str:
        """English name of the country with that ISO code, or the code itself."""
        return self._countries.get(code.upper(), code)

    def country_of_people(self, word: str) -> str | None:
        """ISO code of the country a word for its people or things points to: "Russian", "Ukrainians", "Dutch"."""
        return self._people.get(exact_key(word))

    def country_by_word(self, word: str) -> str | None:
        """ISO code of the country whose English name is that one word."""
        return self._words.get(exact_key(word))

    def spot(self, text: str) -> tuple[NameMatch, ...]:
        """Names in a text, longest first where they overlap, in the order of the text; see ``geo.spot``."""
        return find_names(text, self)

    def close(self) -> None:
        """Close this thread's connection."""
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        if db is not None:
            db.close()
            self._local.db = None


def _main_keys(place: Place) -> tuple[str, ...]:
    return exact_key(place.name), exact_key(place.name_ru), exact_key(place.name_uk)


def open_gazetteer(path: Path | None = None) -> Gazetteer:
    """Open the gazetteer, unpacking it on first use; ``path`` is another packed file or an unpacked one.

    Raises:
        GazetteerError: no such file, or not the file the manifest describes.
    """
    if path is not None and path.suffix == ".sqlite":
        if not path.exists():
            raise GazetteerError(f"no gazetteer at {path}")
        return Gazetteer(path)
    return Gazetteer(unpacked(path or PACKED))


def distance_km(a: Place, b: Place) -> float:
    """Great-circle distance between two places."""
    lat1, lat2 = math.radians(a.lat), math.radians(b.lat)
    east = math.radians(b.lon - a.lon)
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(east / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(min(1.0, h)))
