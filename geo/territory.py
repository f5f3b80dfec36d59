"""Whose view of disputed territory the map draws: one switch for lines and labels.

The gazetteer keeps the United Nations' view; what resolves a name does not know this switch. It changes what is drawn
and what a country is called, nothing that is stored.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import MappingProxyType

from geo import basemap

VARIABLE = "STRIKELINE_TERRITORY"
DEFAULT = "un"
# GeoNames first-order unit -> the state that holds it, where that is not the state it belongs to. These units alone:
# the front line inside other oblasts moves, and no source of ours has it.
HELD_BY: Mapping[str, str] = MappingProxyType({"UA.11": "RU", "UA.20": "RU"})
IN_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "un": "State borders as the United Nations see them (General Assembly resolution 68/262)",
        "de_facto": "State borders by who holds Crimea and Sevastopol",
    }
)


class TerritoryUnknown(ValueError):
    """The setting names no point of view."""


def point_of_view(settings: Mapping[str, str] = os.environ) -> str:
    """The point of view that ``STRIKELINE_TERRITORY`` names: "un" (default) or "de_facto".

    Raises:
        TerritoryUnknown: it names another.
    """
    pov = settings.get(VARIABLE, "").strip() or DEFAULT
    if pov not in basemap.POVS:
        raise TerritoryUnknown(f"{VARIABLE} is {pov!r}; it must be one of {', '.join(basemap.POVS)}.")
    return pov


def country_of(country: str, admin1: str, pov: str) -> str:
    """The country a place is counted to under a point of view.

    Args:
        country: its ISO 3166-1 alpha-2 code in the gazetteer.
        admin1: its first-order unit by GeoNames code ("UA.11"), "" if none.
        pov: "un" or "de_facto".
    """
    return HELD_BY.get(admin1, country) if pov == "de_facto" else country
