"""Which mentions name the same place, and which place holds which."""

from __future__ import annotations

import re

from extract.toponyms import PlaceMention
from model import Level

_KIND_OF_PLACE = re.compile(
    r"\s+(?:region|oblast|province|district|city|governorate|state|raion|county|area|town|village)$", re.IGNORECASE
)


def place_key(place: PlaceMention) -> str:
    """Two mentions with the same key name the same place; a region keeps its word, so that it is not its capital."""
    name = " ".join(place.toponym.text.lower().split())
    return name if place.level in (Level.PROVINCE, Level.DISTRICT) else _KIND_OF_PLACE.sub("", name)


def bare_key(region: PlaceMention) -> str:
    """The name of a region without its word, which may be that of its capital."""
    return _KIND_OF_PLACE.sub("", place_key(region))


def holds(big: PlaceMention, small: PlaceMention) -> bool:
    """True where one place is the country of the other."""
    return big.level is Level.COUNTRY and small.level is not Level.COUNTRY and bool(big.countries & small.countries)


def is_finer(new: PlaceMention, old: PlaceMention) -> bool:
    """True for a place in the country told before, and for the town of a region of its name."""
    if old.level is Level.PROVINCE and new.level is Level.SETTLEMENT:
        return bare_key(old) == place_key(new)
    return old.level is Level.COUNTRY and new.level is not Level.COUNTRY
