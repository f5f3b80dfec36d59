"""A place that the gazetteer does not know lies in the unit in which its sentence puts it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from model import Level, Precision, Resolution, Span

_UNITS = {
    Level.DISTRICT: Precision.DISTRICT,
    Level.PROVINCE: Precision.PROVINCE,
    Level.COUNTRY: Precision.COUNTRY,
}
_STOP = re.compile(r"[.!?]\s|[\n;]")
# What may stand before a unit that holds what was named before it: "X, in the north of Y", "X in central Y".
_HELD_BY = re.compile(
    r"(?:,|\b(?:in|of))\s+(?:the\s+)?(?:(?:far\s+)?(?:\w+ern|\w+-?(?:east|west)|north|south|east|west|central|nearby|upper|"
    r"lower)\s+(?:of\s+)?(?:the\s+)?)?(?:\w+\s+of\s+)?(?:[A-Z][\w’'-]+['’]s\s+(?:[\w-]+\s+)?)?$"
)
_SURE = 0.5


def place_in_units(text: str, resolutions: Sequence[Resolution], wanted: Collection[Span]) -> tuple[Resolution, ...]:
    """The resolutions; those of the wanted names that were not placed are placed in the unit that their sentence names.

    Args:
        text: the document.
        resolutions: of all its names, in the order of the text.
        wanted: spans of names at which something happened.
    """
    units = [r for r in resolutions if r.place is not None and r.score >= _SURE and r.place.level in _UNITS]
    return tuple(
        _placed(text, each, units) if each.place is None and each.toponym.span in wanted else each
        for each in resolutions
    )


def _placed(text: str, lost: Resolution, units: Sequence[Resolution]) -> Resolution:
    span = lost.toponym.span
    for unit in units:
        start = unit.toponym.span.start
        between = text[span.end : start]
        if start >= span.end and _STOP.search(between) is None and _HELD_BY.search(between) and unit.place is not None:
            why = f"the gazetteer knows no such place; its sentence puts it in {unit.place.name}"
            precision = _UNITS[unit.place.level]
            return replace(lost, place=unit.place, precision=precision, score=min(unit.score, _SURE), reasons=(why,))
    return lost
