"""Finds words that tell one attack as the answer to another. The words are in ``lists/response_cues.tsv``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from extract.lower_case import in_lower, lowered
from extract.phrases import PhraseTable, Words, find_phrases, make_table
from extract.wordlist import read_list
from model import Span


class Direction(StrEnum):
    """Which side of the cue is the answer."""

    ANSWERS = "answers"  # what stands before answers what stands after
    ANSWERED = "answered"  # what stands after answers what stands before
    BACK = "back"  # the sentence answers what was told before it


@dataclass(frozen=True, slots=True)
class ResponseCue:
    """A cue in its sentence. ``nameless`` is True in the passive without a speaker: "is considered a response to"."""

    span: Span
    direction: Direction
    nameless: bool


_NAMELESS = in_lower(
    r"\b(?:is|was|are|were|been|being)\s+(?:widely\s+)?(?:considered|seen|regarded|viewed|believed|described|"
    r"thought|interpreted)\b"
    r"[^.;]{0,40}$",
)
# "rescuers responding to the blast" answer nothing.
_RESCUERS = in_lower(
    r"\b(?:rescuers?|police|firefighters?|ambulances?|medics|paramedics|crews?|teams?|workers|officers|services|"
    r"doctors|"
    r"hospitals?|questions?|responders)\b[^.;,]{0,40}$"
)
_PLANNED = in_lower(r"\b(?:vow\w*|promis\w+|threat\w+|pledg\w+|will|would)\b[^.;]{0,60}$")


def find_response_cues(text: str, words: Words) -> tuple[ResponseCue, ...]:
    """The cues of a text, in order; vows of a response to come are left out."""
    found = []
    for phrase in find_phrases(text, words, _table()):
        low = lowered(text)[max(0, phrase.span.start - 100) : phrase.span.start]
        helps = lowered(text).startswith("respond", phrase.span.start) and _RESCUERS.search(low)
        if not _PLANNED.search(low) and not helps:
            found.append(ResponseCue(phrase.span, phrase.value, _NAMELESS.search(low) is not None))
    return tuple(found)


@lru_cache(maxsize=1)
def _table() -> PhraseTable[Direction]:
    rows = []
    for row in read_list("response_cues", ("terms", "direction")):
        if row["direction"] not in set(Direction):
            raise row.error(f"{row['direction']!r} is not one of answers, answered, back")
        rows.append((row["terms"], Direction(row["direction"])))
    return make_table(rows)
