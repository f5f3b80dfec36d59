"""Colours and sizes of the map's signs, from the one file that every painter reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

SYMBOLS = Path(__file__).resolve().parents[1] / "views" / "assets" / "symbols.json"
THEMES = ("light", "dark")
SIGNS = ("killed", "injured", "silent", "area", "arc", "link", "focus")  # what must be told apart from the land
Colour = tuple[int, int, int]


@lru_cache(maxsize=1)
def symbols() -> Mapping[str, Any]:
    """Everything: colours by theme, radii, line styles and the shape of each kind of attack."""
    found: Mapping[str, Any] = json.loads(SYMBOLS.read_text(encoding="utf-8"))
    return found


def colour(theme: str, name: str) -> Colour:
    """Red, green and blue (0..255) of a sign, or of the land of a country as ``land.UA``.

    Raises:
        KeyError: no such theme or name.
    """
    value: Any = symbols()[theme]
    for part in name.split("."):
        value = value[part]
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def luminance(of: Colour) -> float:
    """Relative luminance, 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    red, green, blue = (c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in of)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def glyph_of(kind: str) -> str:
    """Name of the shape that stands for a kind of attack; "ring" for one that has none."""
    return str(symbols()["glyph"].get(kind, "ring"))
