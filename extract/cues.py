"""Finds the words of a text that speak for or against an attack: acts, weapons, attackers, other happenings.

The words are in ``kinds``, ``weapons``, ``attackers``, ``not_attacks`` and ``other_happenings`` of ``lists/``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from extract.phrases import Phrase, PhraseTable, Words, find_phrases, make_table
from extract.wordlist import Row, read_list
from model import EventKind, Span


class Act(StrEnum):
    """Words for an act that do not name the kind of attack by themselves."""

    ATTACK = "attack"
    STRIKE = "strike"
    RAID = "raid"
    HIT = "hit"
    FIRE = "fire"
    BOMBED = "bombed"
    PLANTED = "planted"
    CAPTURE = "capture"
    ABDUCT = "abduct"
    DEFUSED = "defused"
    HARM = "harm"
    DAMAGE = "damage"


class Sort(StrEnum):
    """What a cue is a word for."""

    ACT = "act"
    WEAPON = "weapon"
    ATTACKER = "attacker"
    VETO = "veto"
    OTHER = "other"  # protest, arrest, diplomacy
    MISHAP = "mishap"  # disaster, accident
    CRASH = "crash"  # an accident even where a warplane or explosives are told of
    DRILL = "drill"  # an exercise


class Cue(NamedTuple):
    """One word or phrase that speaks for or against an attack. ``kind`` or ``act`` is filled, for acts and weapons."""

    span: Span
    sort: Sort
    kind: EventKind | None = None
    act: Act | None = None
    irregular: bool = False  # of attackers: militants, gunmen; not troops


ELSEWHERE = frozenset({Sort.OTHER, Sort.MISHAP, Sort.CRASH, Sort.DRILL})
_HAPPENINGS = {"disaster": Sort.MISHAP, "accident": Sort.MISHAP, "crash": Sort.CRASH, "drill": Sort.DRILL}
_SPEAKS = re.compile(r"\s+(?:has\s+|have\s+)?(?:said|says|reported|told|spokes\w+|command(?:er)?|claimed|stated)\b")
_ACCORDING = re.compile(r"\b(?:according\s+to|quoting|citing)\s+(?:the\s+|its\s+)?(?:[\w’'-]+\s+)?$", re.IGNORECASE)
_ACCORDING_REACH = 40


def find_cues(text: str, words: Words) -> tuple[Cue, ...]:
    """Every word for an act, a weapon, an attacker or another happening, in the order of the text."""
    acts = [_cue(phrase) for phrase in find_phrases(text, words, _act_table())]
    vetoes = [cue.span for cue in acts if cue.sort in (Sort.VETO, *ELSEWHERE)]
    arms = [_cue(phrase) for phrase in find_phrases(text, words, _weapon_table())]
    arms = [cue for cue, after in zip_longest(arms, arms[1:]) if not _describes(text, cue, after)]
    arms += [Cue(p.span, Sort.ATTACKER, irregular=p.value) for p in find_phrases(text, words, _attacker_table())]
    kept = [cue for cue in arms if not _covered(cue.span, vetoes) and not _speaks(text, cue)]
    return tuple(sorted((*acts, *kept), key=lambda cue: (cue.span.start, cue.span.end)))


def _speaks(text: str, cue: Cue) -> bool:
    """An air force that says something is no weapon."""
    if cue.kind is not EventKind.AIR_STRIKE:
        return False
    quoted = _ACCORDING.search(text, max(0, cue.span.start - _ACCORDING_REACH), cue.span.start)
    return quoted is not None or _SPEAKS.match(text, cue.span.end) is not None


def _describes(text: str, cue: Cue, after: Cue | None) -> bool:
    """In "explosive-laden drone" and "high explosive rocket" the drone and the rocket are the weapons."""
    if after is None or cue.kind is not EventKind.EXPLOSION or after.kind is EventKind.SUICIDE_BOMBING:
        return False
    return not text[cue.span.end : after.span.start].strip(" -")


def _covered(span: Span, vetoes: Sequence[Span]) -> bool:
    return any(veto.start <= span.start and span.end <= veto.end for veto in vetoes)


def _cue(phrase: Phrase[tuple[Sort, EventKind | None, Act | None]]) -> Cue:
    sort, kind, act = phrase.value
    return Cue(phrase.span, sort, kind, act)


@lru_cache(maxsize=1)
def _act_table() -> PhraseTable[tuple[Sort, EventKind | None, Act | None]]:
    rows: list[tuple[str, tuple[Sort, EventKind | None, Act | None]]] = []
    for row in read_list("other_happenings", ("terms", "sort")):
        rows.append((row["terms"], (_HAPPENINGS.get(row["sort"], Sort.OTHER), None, None)))
    rows += [(row["terms"], (Sort.VETO, None, None)) for row in read_list("not_attacks", ("terms",))]
    rows += [(row["terms"], _act_of(row)) for row in read_list("kinds", ("terms", "act"))]
    return make_table(rows)


def _act_of(row: Row) -> tuple[Sort, EventKind | None, Act | None]:
    if row["act"] in set(Act):
        return Sort.ACT, None, Act(row["act"])
    if row["act"] in set(EventKind):
        return Sort.ACT, EventKind(row["act"]), None
    raise row.error(f"{row['act']!r} is neither an event kind nor one of {', '.join(Act)}")


@lru_cache(maxsize=1)
def _weapon_table() -> PhraseTable[tuple[Sort, EventKind | None, Act | None]]:
    rows = []
    for row in read_list("weapons", ("terms", "kind")):
        if row["kind"] not in set(EventKind):
            raise row.error(f"{row['kind']!r} is no event kind")
        rows.append((row["terms"], (Sort.WEAPON, EventKind(row["kind"]), None)))
    return make_table(rows)


@lru_cache(maxsize=1)
def _attacker_table() -> PhraseTable[bool]:
    rows = []
    for row in read_list("attackers", ("terms", "sort")):
        if row["sort"] not in ("irregular", "regular"):
            raise row.error(f"{row['sort']!r} is neither irregular nor regular")
        rows.append((row["terms"], row["sort"] == "irregular"))
    return make_table(rows)
