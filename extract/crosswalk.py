"""The codes of other event data sets for our kinds; the mapping with its sources is ``lists/crosswalk.tsv``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from extract.wordlist import read_list
from model import EventKind

_COLUMNS = ("kind", "acled_event", "acled_sub_event", "plover", "cameo", "ucdp", "source")


@dataclass(frozen=True, slots=True)
class Codes:
    """One kind in other codebooks; "" where a codebook has no place for it.

    ``ucdp_types`` are the types of violence of UCDP GED that the kind may be (1 state-based, 2 non-state, 3 one-sided):
    which one, the parties tell and not the kind.
    """

    acled_event: str
    acled_sub_event: str
    plover: str
    cameo: str
    ucdp_types: tuple[int, ...]
    source: str


def codes_of(kind: EventKind) -> Codes:
    """The codes of a kind."""
    return _crosswalk()[kind]


@lru_cache(maxsize=1)
def _crosswalk() -> Mapping[EventKind, Codes]:
    found: dict[EventKind, Codes] = {}
    for row in read_list("crosswalk", _COLUMNS):
        if row["kind"] not in set(EventKind):
            raise row.error(f"{row['kind']!r} is no event kind")
        types = tuple(int(number) for number in row["ucdp"].split("|") if number)
        found[EventKind(row["kind"])] = Codes(
            row["acled_event"], row["acled_sub_event"], row["plover"], row["cameo"], types, row["source"]
        )
    return found
