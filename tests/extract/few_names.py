"""A gazetteer of a few names, for tests of the extraction alone; like the real one it proposes too much."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from extract.document import make_report
from extract.events import extract_events
from model import Event, Extraction, Level, NameMatch, Report, Span

_NAMES = {
    "Belgorod": ("P", "RU", 330_000),
    "Kursk": ("P", "RU", 440_000),
    "Moscow": ("P", "RU", 10_000_000),
    "Shebekino": ("P", "RU", 40_000),
    "Kharkiv": ("P", "UA", 1_400_000),
    "Kyiv": ("P", "UA", 2_900_000),
    "Odesa": ("P", "UA", 1_000_000),
    "Sumy": ("P", "UA", 260_000),
    "Dnipro": ("P", "UA", 980_000),
    "Kherson": ("P", "UA", 280_000),
    "Crimea": ("A1", "UA", 0),
    "Ukraine": ("A0", "UA", 0),
    "Russia": ("A0", "RU", 0),
    "Israel": ("A0", "IL", 0),
    "Lebanon": ("A0", "LB", 0),
    "Sudan": ("A0", "SD", 0),
    "Somalia": ("A0", "SO", 0),
    "Afghanistan": ("A0", "AF", 0),
    "Gaza": ("P", "PS", 600_000),
    "Rafah": ("P", "PS", 170_000),
    "Khartoum": ("P", "SD", 5_000_000),
    "Omdurman": ("P", "SD", 2_400_000),
    "Mogadishu": ("P", "SO", 2_600_000),
    "Kunar": ("A1", "AF", 0),
    "Helmand": ("A1", "AF", 0),
    "Beirut": ("P", "LB", 1_900_000),
    "Sirte": ("P", "LY", 80_000),
    "Saada": ("P", "YE", 50_000),
    "Bunia": ("P", "CD", 360_000),
    "Erbil": ("P", "IQ", 900_000),
    "Goma": ("P", "CD", 670_000),
    "Red Sea": ("V", "YE", 0),
    "Asmara": ("P", "ER", 500_000),
    "Mekelle": ("P", "ET", 300_000),
    "Paris": ("P", "FR", 2_100_000),
    # What a large gazetteer also knows as places:
    "Volodymyr": ("P", "UA", 38_000),
    "Council": ("P", "US", 800),
    "March": ("P", "GB", 21_000),
    "Saturday": ("P", "ZZ", 0),
    "Holub": ("P", "UA", 500),
    "Best": ("P", "NL", 28_000),
}
_PATTERN = re.compile(r"\b(?:" + "|".join(sorted(_NAMES, key=len, reverse=True)) + r")\b")


def spot(text: str) -> Sequence[NameMatch]:
    """Every listed name in the text."""
    return [_match(found) for found in _PATTERN.finditer(text)]


def _match(found: re.Match[str]) -> NameMatch:
    level, country, population = _NAMES[found[0]]
    return NameMatch(found[0], Span(*found.span()), frozenset({Level(level)}), frozenset({country}), population)


def report(text: str, published: date | None = date(2024, 1, 1)) -> Report:
    return make_report(text, published=published)


def read(text: str, published: date | None = date(2024, 1, 1)) -> Extraction:
    """The extraction of a text."""
    return extract_events(report(text, published), spot)


def main_event(text: str, published: date | None = date(2024, 1, 1)) -> Event:
    """The main event of a text that has one."""
    return next(event for event in read(text, published).events if event.main)
