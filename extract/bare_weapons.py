"""Weapons that are named where no act is: in a bare note, or as pieces that were found after an attack."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.arms import all_named, names_model
from extract.cues import ELSEWHERE, Cue, Sort
from extract.kinds import REMOTE, KindChoice

_REACH = 60
_IDENTIFIED = re.compile(
    r"\b(?:(?:fragments?|pieces?|parts?|remains|remnants?|debris|wreckage|shards?|markings?)\s+(?:of|from)|"
    r"(?:identified|described)\s+(?:\w+\s+){0,3}?as)\s+(?:(?:the|an?|two|three|several|at\s+least)\s+)?(?:[\w-]+\s+)?$",
    re.I,
)


def weapon_alone(cues: Sequence[Cue]) -> KindChoice | None:
    """The kind told by a weapon that is named where no act is: "Rocket motor in a garden"."""
    weapon = next((cue for cue in cues if cue.sort is Sort.WEAPON), None)
    if weapon is None or weapon.kind is None or any(cue.sort in ELSEWHERE for cue in cues):
        return None
    return KindChoice(weapon.kind, weapon.span, weapon.span, "kind/weapon-alone", certain=False)


def identified_weapon(text: str, cues: Sequence[Cue]) -> KindChoice | None:
    """The model of weapon whose pieces were found, or that one was identified as: "fragments of an S-300 missile"."""
    weapons = [cue for cue in cues if cue.sort is Sort.WEAPON and cue.kind in REMOTE]
    for weapon in weapons:
        before = text[max(0, weapon.span.start - _REACH) : weapon.span.start]
        if _IDENTIFIED.search(before) and weapon.kind is not None:
            span = all_named(text, weapon, weapons)
            if names_model(text, span):
                return KindChoice(weapon.kind, weapon.span, span, "kind/identified", model=True)
    return None
