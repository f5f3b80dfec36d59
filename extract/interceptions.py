"""How many weapons were sent, and how many of them were shot down: "fired 49 drones", "32 of them were shot down"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.cues import Act, Cue, Sort
from extract.lower_case import in_lower, lowered
from model import EventKind, Span

_COUNT = (
    r"(?:\d[\d,]{0,6}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:\w{3,7}ty|\w{3,5}teen)(?:-\w+)?|"
    r"dozens|scores|several|most|all|both|half|some|none)"
)
_OF_THEM = r"(?:\s+(?:out\s+)?of\s+(?:them|these|those|(?:the\s+)?(?:\d[\d,]{0,6}\s+)?(?:[\w-]+\s+){0,2}?[\w-]+))?"
# "21 of them were", "with 114 of them successfully", "eight drones had been"
_BEFORE = in_lower(
    r"(?<![\w-])"
    + _COUNT
    + r"(?:\s+(?!(?:of|and|or|but|that|with)\b)[\w-]+){0,3}?"
    + _OF_THEM
    + r"\s+(?:(?:were|was|had\s+been|have\s+been|has\s+been|being)\s+)?"
    r"(?:successfully\s+|also\s+|later\s+|reportedly\s+|either\s+)?$",
)
_AFTER = in_lower(r"\s+(?:at\s+least\s+|about\s+|some\s+|another\s+|a\s+total\s+of\s+)?" + _COUNT + r"\b" + _OF_THEM)
_SENT = in_lower(
    r"\s+(?:at\s+least\s+|about\s+|some\s+|more\s+than\s+|over\s+|another\s+|a\s+total\s+of\s+|up\s+to\s+|nearly\s+|around\s+)?"
    r"(?:\d[\d,]{0,6}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,7}ty(?:-\w+)?|\w{3,5}teen|dozens\s+of|"
    r"scores\s+of|hundreds\s+of)\s+(?:[\w-]+\s+){0,3}?$",
)
_SENT_BEFORE = in_lower(r"\s+(?:were|was|had\s+been|have\s+been)\s+(?:\w+ly\s+)?$")
_COUNTED = in_lower(r"(?<![\w-])" + _SENT.pattern.removesuffix("$").removeprefix(r"\s+") + r"$")
_AND_COUNT = in_lower(
    r"\s*(?:,|,?\s+and)\s+(?:(?:at\s+least|about|some|another)\s+)?(?:"
    + _COUNT
    + r"\s+)?(?:of\s+)?(?:the\s+)?(?:[\w-]+\s+){0,2}?"
    r"|\s+(?:[a-z]+\s+)?",
)
_NEAR = 25
_SEPARATE = in_lower(r"[;:.]|\b(?:launched|fired|sent|hit|struck|killed|wounded|injured)\b")
_REACH = 70
_SENDS = frozenset(
    ("launched", "launches", "launching", "fired", "fires", "firing", "sent", "used", "flew", "unleashed")
)


def find_downed(text: str, clause: Span, cues: Sequence[Cue]) -> tuple[Span, ...]:
    """The words in a clause that tell how many weapons were shot down; without a number, which weapons."""
    low, found = lowered(text), []
    for cue in cues:
        if cue.kind is not EventKind.INTERCEPTION or not clause.start <= cue.span.start < clause.end:
            continue
        floor = max(clause.start, cue.span.start - _REACH)
        for stop in _SEPARATE.finditer(low, floor, cue.span.start):
            floor = stop.end()
        before = _BEFORE.search(low, floor, cue.span.start)
        after = _AFTER.match(low, cue.span.end, clause.end)
        if after is not None and not (before is not None and _is_passive(before)):
            found.append(Span(cue.span.start, _with_second(text, cues, _weapon_end(cues, cue, after.end()))))
        elif before is not None:
            found.append(Span(before.start(), cue.span.end))
        elif (weapon := _weapon_after(cues, cue)) is not None:
            found.append(Span(cue.span.start, weapon.span.end))
    return tuple(found)


def find_launched(text: str, clause: Span, cues: Sequence[Cue]) -> Span | None:
    """The words in a clause that tell how many weapons were sent: "fired 122 missiles", "49 drones were launched"."""
    low = lowered(text)
    for cue in cues:
        if cue.act is not Act.FIRE or low[cue.span.start : cue.span.end] not in _SENDS:
            continue
        weapon = next((w for w in cues if w.sort is Sort.WEAPON and w.span.start >= cue.span.end), None)
        if (
            weapon is not None
            and weapon.span.end <= clause.end
            and _SENT.fullmatch(low[cue.span.end : weapon.span.start])
        ):
            return Span(cue.span.start, _with_second(text, cues, weapon.span.end))
        behind = next((w for w in reversed(cues) if w.sort is Sort.WEAPON and w.span.end <= cue.span.start), None)
        if behind is None or _SENT_BEFORE.fullmatch(low[behind.span.end : cue.span.start]) is None:
            continue
        count = _COUNTED.search(low, max(clause.start, behind.span.start - _REACH), behind.span.start)
        if count is not None:
            return Span(count.start(), cue.span.end)
    return None


def _is_passive(before: re.Match[str]) -> bool:
    return re.search(r"\b(?:were|was|been|being)\s+(?:\w+\s+)?$", before[0]) is not None


def _weapon_after(cues: Sequence[Cue], act: Cue) -> Cue | None:
    return next((cue for cue in cues if cue.sort is Sort.WEAPON and 0 <= cue.span.start - act.span.end <= _REACH), None)


def _weapon_end(cues: Sequence[Cue], act: Cue, end: int) -> int:
    """The end of the weapon that the number counts, where it stands right after it."""
    weapon = _weapon_after(cues, act)
    return weapon.span.end if weapon is not None and weapon.span.start - end <= _NEAR else end


def _with_second(text: str, cues: Sequence[Cue], end: int) -> int:
    """The end with the second weapon of "122 missiles and 36 drones"."""
    for cue in cues:
        if (
            cue.sort is Sort.WEAPON
            and cue.span.start >= end
            and _AND_COUNT.fullmatch(lowered(text)[end : cue.span.start])
        ):
            end = cue.span.end
    return end
