"""Mines, shells and arms that are found or cleared: no attack, whatever goes off."""

from __future__ import annotations

from collections.abc import Sequence

from extract.cues import Act, Cue
from extract.lower_case import in_lower, lowered
from model import EventKind, Span

_CARRY_REACH = 45
_OBJECT_REACH = 70

_SAPPERS = in_lower(
    r"\b(?:sappers?|de-?min(?:ers?|ing)|disposal|clearance|ordnance\s+(?:teams?|experts?)|explosives\s+experts?|"
    r"engineers?)\b",
)
_REMNANTS = in_lower(
    r"\b(?:mines?|landmines?|shells?|bombs?|ordnance|ammunition|munitions?|explosives?|rockets?|devices?|"
    r"grenades?)\b",
)
_FINDS = in_lower(
    r"\b(?:troops|soldiers|police|army|forces|sappers|engineers|guards|authorities|officers|"
    r"teams?)\s+(?:\w+\s+)?(?:found|discovered|uncovered|"
    r"located|unearthed|recovered|seized)\s+(?:(?!that\b)[\w-]+\s+){0,4}?(?:mines?|bombs?|shells?|rockets?|"
    r"explosives?(?![\s-](?:laden|packed|filled))|weapons?|ammunition|devices?|"
    r"grenades?|missiles?|drones?|ieds?)\b",
)


def is_find(text: str, acts: Sequence[Cue]) -> bool:
    """True for "troops found 12 mines and destroyed them"."""
    if not acts or any(cue.kind is not None or cue.act not in (Act.DAMAGE, Act.FIRE, Act.CAPTURE) for cue in acts):
        return False
    start, end = max(0, acts[0].span.start - _CARRY_REACH), acts[-1].span.end + _OBJECT_REACH
    return _FINDS.search(lowered(text), start, end) is not None


def is_clearance(text: str, part: Span) -> bool:
    """True for a part that tells of mines, shells or arms found, or of sappers at work on them."""
    if _FINDS.search(lowered(text), part.start, part.end):
        return True
    sappers = _SAPPERS.search(lowered(text), part.start, part.end)
    return sappers is not None and _REMNANTS.search(lowered(text), sappers.end(), part.end) is not None


def is_cleared(text: str, act: Cue, acts: Sequence[Cue]) -> bool:
    """True for mines and shells that sappers blow up."""
    if act.kind is not EventKind.EXPLOSION or any(cue.act is Act.HARM for cue in acts):
        return False
    sappers = _SAPPERS.search(lowered(text), max(0, act.span.start - _CARRY_REACH), act.span.start) is not None
    return sappers and _REMNANTS.search(lowered(text), act.span.end, act.span.end + _OBJECT_REACH) is not None
