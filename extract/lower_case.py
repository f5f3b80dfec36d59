"""Text in lower case beside the text, offset for offset, and the regular expressions that are read over it.

A pattern that is told to ignore case tries every branch at every place, letter by letter; the same pattern over text
that is in lower case already takes a quarter of the time.
"""

from __future__ import annotations

import re
from functools import lru_cache

_CAPITAL = re.compile(r"(?<!\\)(?<!\(\?)[A-ZÀ-ÖØ-ÞА-ЯЁЄІЇҐ]")  # but not that of "\W" or "(?P<name>"


@lru_cache(maxsize=4)  # a report and what stands beside it; the finders all ask for the same text
def lowered(text: str) -> str:
    """The text in lower case, character for character: what stands at an offset here stands there too."""
    low = text.lower()
    if low.isascii():
        return low
    # One capital would become two characters; and what else passes for an "i" or an "s" where case is ignored.
    return text.replace("İ", "i").lower().replace("ı", "i").replace("ſ", "s")


def in_lower(pattern: str) -> re.Pattern[str]:
    """A pattern to be read over ``lowered`` text.

    Raises:
        ValueError: where it has a capital letter, which no such text holds.
    """
    capital = _CAPITAL.search(pattern)
    if capital is not None:
        raise ValueError(f"a pattern for lower case holds {capital[0]!r}: {pattern!r}")
    return re.compile(pattern)
