"""What an analyst adds carries who, when and why, so that somebody can be asked about it later."""

from __future__ import annotations

from datetime import datetime

from store.database import StoreError
from store.record import encodes

MAX_NAME, MAX_BY, MAX_WHY = 200, 100, 2_000  # characters
LEAST_WHY = 3  # words

_WORDS = {"by": "who says so", "why": "why", "name": "the name"}
_LIMITS = {"by": MAX_BY, "why": MAX_WHY, "name": MAX_NAME}


def check_signed(refused: type[StoreError], at: datetime, **given: str) -> None:
    """Raise ``refused`` where a moment has no time zone, or a word is empty, too long or cannot be stored.

    ``given`` has ``by``, ``why`` and ``name``, each only where it must be there.
    """
    if at.tzinfo is None:
        raise refused(f"{at} has no time zone.")
    for field, text in given.items():
        if not text.strip():
            raise refused(f"Say {_WORDS[field]}.")
        if len(text.strip()) > _LIMITS[field]:
            raise refused(f"Say {_WORDS[field]} in at most {_LIMITS[field]:,} characters.")
        if "\0" in text or not encodes(text):
            raise refused(f"{_WORDS[field].capitalize()} holds characters that cannot be stored.")
    if "why" in given and len(given["why"].split()) < LEAST_WHY:
        raise refused(f"Say why in a few words, at least {LEAST_WHY}: others will read it.")
