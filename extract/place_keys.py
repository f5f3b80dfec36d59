"""Which mentions name the same place, and which place holds which."""

from __future__ import annotations

from functools import lru_cache

from extract.toponyms import PlaceMention
from model import Level

_KINDS_OF_PLACE = frozenset(
    (
        *("region", "oblast", "province", "district", "city", "governorate", "state", "raion", "county", "area"),
        *("town", "village"),
    )
)


def place_key(place: PlaceMention) -> str:
    """Two mentions with the same key name the same place; a region keeps its word, so that it is not its capital."""
    return _key(place.toponym.text, place.level in (Level.PROVINCE, Level.DISTRICT))


@lru_cache(maxsize=1024)  # the tellings of a report are compared place by place
def _key(name: str, whole: bool) -> str:
    name = " ".join(name.lower().split())
    return name if whole else _without_kind(name)


def bare_key(region: PlaceMention) -> str:
    """The name of a region without its word, which may be that of its capital."""
    return _without_kind(place_key(region))


def _without_kind(name: str) -> str:
    """A name without a word for its kind at the end: "kharkiv" of "kharkiv region"."""
    first, _, last = name.rpartition(" ")
    return first if first and last in _KINDS_OF_PLACE else name


def holds(big: PlaceMention, small: PlaceMention) -> bool:
    """True where one place is the country of the other."""
    return big.level is Level.COUNTRY and small.level is not Level.COUNTRY and bool(big.countries & small.countries)


def is_finer(new: PlaceMention, old: PlaceMention) -> bool:
    """True for a place in the country told before, and for the town of a region of its name."""
    if old.level is Level.PROVINCE and new.level is Level.SETTLEMENT:
        return bare_key(old) == place_key(new)
    return old.level is Level.COUNTRY and new.level is not Level.COUNTRY
