"""The gazetteer: open it, look names up, walk the administrative tree, find its names in a text.

Look-ups go to a read-only SQLite file, with one connection a thread; nothing here uses a network.
"""

from __future__ import annotations

import math
import sqlite3
import threading
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from geo.names import DATA, base_forms, exact_key, latin_key, read_rows
from geo.spot import find_names
from geo.unpack import PACKED, GazetteerError, cell, name_hash, unpacked
from model import Level, NameMatch, Place

FUZZY_SHORTEST = 6  # letters of the Latin key; shorter names have too many near neighbours
FUZZY_RATIO = 85.0
MOST_CANDIDATES = 150
_COLUMNS = (
    "id,name,lat,lon,level,country,feature_code,admin1,admin2,population,precision_km,name_ru,name_uk,source,parent"
)


class Found(NamedTuple):
    """A place that bears a name, and how the name led to it."""

    place: Place
    how: str  # "exact", "case ending", "spelling", "similar"
    similarity: float = 100.0
    form: str = ""  # exact key of the base form, where a case ending led to it


class Summary(NamedTuple):
    """What bears a name, in short."""

    levels: frozenset[Level]
    countries: frozenset[str]
    population: int


class Gazetteer:
    """An open gazetteer file; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        row = self._db.execute("select v from meta where k='hashes'").fetchone()
        if row is None:
            raise GazetteerError(f"{path}: not an unpacked gazetteer")
        self._hashes = array("I", row[0])
        self._place = lru_cache(maxsize=8192)(self._read_place)
        self._summary = lru_cache(maxsize=16384)(self._read_summary)
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

    def place(self, place_id: int) -> Place | None:
        """The entry with that id, or None."""
        found = self._place(place_id)
        return found[0] if found else None

    def _read_place(self, place_id: int) -> tuple[Place, int] | None:
        # The column list is a constant of this module.
        row = self._db.execute("select " + _COLUMNS + " from place where id=?", (place_id,)).fetchone()  # noqa: S608
        if row is None:
            return None
        id_, name, lat, lon, level, *rest, parent = row
        return Place(id_, name, lat, lon, Level(level), *rest), parent

    def known(self, key: str) -> bool:
        """Whether an exact key is (but for one word in 6,000 almost surely) a name."""
        wanted = name_hash(key)
        at = bisect_left(self._hashes, wanted)
        return at < len(self._hashes) and self._hashes[at] == wanted

    def summary(self, key: str) -> Summary | None:
        """What bears the name with that exact key."""
        return self._summary(key) if self.known(key) else None

    def _read_summary(self, key: str) -> Summary | None:
        row = self._db.execute("select levels,countries,population from name where k=?", (key,)).fetchone()
        if row is None:
            return None
        return Summary(frozenset(map(Level, row[0].split())), frozenset(row[1].split()), row[2])

    def _ids(self, key: str) -> tuple[int, ...]:
        row = self._db.execute("select ids from name where k=?", (key,)).fetchone() if self.known(key) else None
        return tuple(map(int, row[0].split())) if row else ()

    def _places(self, ids: Iterable[int]) -> list[Place]:
        return [place for place in map(self.place, ids) if place is not None]

    def exact(self, name: str) -> list[Place]:
        """Places one of whose spellings has the same exact key, biggest first."""
        return self._places(self._ids(exact_key(name))[:MOST_CANDIDATES])

    def inflected(self, name: str) -> list[Found]:
        """Places a Russian or Ukrainian case form may name: "в Харькове", "під Куп’янськом"."""
        forms = {i: form for form in base_forms(exact_key(name), self.known) for i in self._ids(form)}
        places = self._places(list(forms)[:MOST_CANDIDATES])
        return [Found(place, "case ending", form=forms[place.id]) for place in places]

    def spelled_like(self, name: str) -> list[Place]:
        """Places with the same Latin key: other romanisations of the name."""
        key = latin_key(name)
        row = self._db.execute("select ids from latin where k=?", (key,)).fetchone() if len(key) > 3 else None
        return self._places(list(map(int, row[0].split()))[:MOST_CANDIDATES]) if row else []

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
            (ids,) = self._db.execute("select ids from latin where k=?", (hit,)).fetchone()
            found += [Found(p, "similar", ratio) for p in self._places(list(map(int, ids.split()))[:20])]
        return found

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
        found = self._place(place.id)
        return self.place(found[1]) if found and found[1] else None

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
        query = "select id from around where cell=?"
        cells = ((row * 1000 + column,) for row in rows for column in sorted(columns))
        ids = (i for one in cells for (i,) in self._db.execute(query, one))
        here = Place(0, "", lat, lon, Level.SETTLEMENT, "")
        ranked = sorted((distance_km(here, place), place.id, place) for place in self._places(ids))
        return [(place, distance) for distance, _, place in ranked[:limit] if distance <= within_km]

    def country(self, code: str) -> Place | None:
        """The country with that ISO code."""
        row = self._db.execute("select id from place where level='A0' and country=?", (code.upper(),)).fetchone()
        return self.place(row[0]) if row else None

    def country_name(self, code: str) -> str:
        """English name of the country with that ISO code, or the code itself."""
        return self._countries.get(code.upper(), code)

    def country_code(self, name: str) -> str | None:
        """ISO code of a country by any of its names, in English, Russian or Ukrainian."""
        codes = [p.country for p in self.exact(name) if p.level is Level.COUNTRY]
        return codes[0] if codes else None

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
