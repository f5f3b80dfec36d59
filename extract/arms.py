"""Which of the weapons that a clause names was used, and what kind of attack it stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extract.cues import Cue
from extract.wordlist import read_list
from model import EventKind, Span

_CARRY_REACH = 45
_CARRIERS = frozenset({EventKind.DRONE_STRIKE, EventKind.AIR_STRIKE})
_MODIFIER_GAP = re.compile(r"[\s\-]*(?:(?:and|or|/|,)\s*)?(?:(?:double|mass|massive|deadly|combined)\s+)?")
# "missiles and 36 drones", "Vilkha missiles and Czech-made Vampire rockets", "Shahed attack drones"
_JOINED = re.compile(
    r"(?:-[A-Z0-9]{1,4}\b)?(?:\s*(?:,|,?\s+and|/)\s*(?:(?!\w+ed\b|hit\b|struck\b|then\b)[\w-]+\s+){0,2}|[\s-]+(?:(?:attack|strike|kamikaze|suicide|"
    r"ballistic|cruise|guided|multiple|type|series)\s+)?)"
)
# Short for a type of weapon, and no model.
_TYPES = frozenset(
    ("UAV", "UA", "IED", "RCIED", "VBIED", "SVBIED", "MLRS", "RPG", "ATGM", "UXO", "FPV", "KAB", "Molotov")
)
_CARRIED = re.compile(r"\b(?:by|from|on|to|via|under|aboard|attached|using)\b", re.IGNORECASE)
_SMALL_ARMS = re.compile(r"small|light weapons|infantry", re.IGNORECASE)
_OTHER_TIME = re.compile(r"\b(?:before|after|while|since|until|amid|hours|days)\b", re.I)
_AIRCRAFT = re.compile(
    r"(?:military |combat |war ?|fighter |strategic |stealth |heavy )?"
    r"(?:aircraft|planes?|jets?|bombers?|helicopters?|gunships?)|warplanes?|airplanes?|air force|"
    r"helicopter gunships?|fighter bombers?",
    re.I,
)
_PLAIN_BOMBS = re.compile(r"bombs?", re.I)
_DROP = re.compile(r"drop", re.I)
_FALL = re.compile(r"fell|fall|rain|land|came down", re.I)


def is_in_name(weapon: Cue, acts: Sequence[Cue]) -> bool:
    """True for the gun of a "gun battle": the act says what it is."""
    return any(
        act.kind not in (None, weapon.kind) and act.span.start <= weapon.span.start and weapon.span.end <= act.span.end
        for act in acts
    )


def kind_by_way(text: str, act: Cue, weapon: Cue) -> EventKind:
    """The kind a weapon stands for; plain bombs that are dropped come from the air, those that fall from afar."""
    assert weapon.kind is not None
    if _PLAIN_BOMBS.fullmatch(text, weapon.span.start, weapon.span.end):
        if _DROP.match(text, act.span.start):
            return EventKind.AIR_STRIKE
        if _FALL.match(text, act.span.start):
            return EventKind.STRIKE
    return weapon.kind


def all_named(text: str, weapon: Cue, weapons: Sequence[Cue]) -> Span:
    """The words for a weapon with those joined to it: "missiles and rockets"."""
    start, end = weapon.span.start, weapon.span.end
    for cue in reversed(weapons):
        if cue.span.end <= start and _JOINED.fullmatch(text[cue.span.end : start]):
            start = cue.span.start
    for cue in weapons:
        if cue.span.start >= end and _JOINED.fullmatch(text[end : cue.span.start]):
            end = cue.span.end
    return Span(start, end)


def names_model(text: str, weapon: Span) -> bool:
    """True for words that name a model of weapon: "HIMARS rockets", not "rockets" or "UAVs"."""
    return _models().search(text, weapon.start, weapon.end) is not None


@lru_cache(maxsize=1)
def _models() -> re.Pattern[str]:
    terms = {term for row in read_list("weapons", ("terms", "kind")) for term in row["terms"].split("|")}
    models = sorted((t for t in terms if t != t.lower() and t.rstrip("s") not in _TYPES), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(term).replace(r"\ ", r"[\s-]") for term in models) + r")\b")


def belongs_elsewhere(text: str, act: Cue, weapon: Cue) -> bool:
    """True for a weapon of another moment ("opened fire minutes before sirens announced missiles") or in a name."""
    if act.span.start <= weapon.span.start < act.span.end:  # the gun of a "gun battle"
        return weapon.kind is EventKind.SHOOTING
    return weapon.span.start > act.span.end and _OTHER_TIME.search(text, act.span.end, weapon.span.start) is not None


def weapon_of(text: str, act: Cue, weapons: Sequence[Cue]) -> Cue | None:
    """The weapon of an act: small arms in a list win; then the first named, unless an aircraft or drone carried it."""
    if not weapons:
        return None
    hand_held = [cue for cue in weapons if cue.kind is EventKind.GROUND_COMBAT]
    close = next((cue for cue in hand_held if _SMALL_ARMS.search(text, cue.span.start, cue.span.end)), None)
    if close is not None and len(weapons) > 1:
        return close
    named = [cue for cue in weapons if cue.kind is not EventKind.GROUND_COMBAT] or list(weapons)
    first = _modifier(text, act, named) or named[0]
    if first.kind in (EventKind.SHOOTING, EventKind.STRIKE):  # "a projectile" says less than "a mortar"
        first = next((cue for cue in named if cue.kind is not first.kind), first)
    if first.kind in _CARRIERS:
        return _dropped(text, first, named)
    carrier = next((cue for cue in named if cue.kind in _CARRIERS), None)
    if carrier is None:
        return first
    if carrier.span.start < first.span.start:
        return carrier
    between = text[first.span.end : carrier.span.start]
    carried = len(between) <= _CARRY_REACH and "," not in between and _CARRIED.search(between) is not None
    return carrier if carried else first


def _dropped(text: str, carrier: Cue, weapons: Sequence[Cue]) -> Cue:
    """What an aircraft dropped, where it is named: "aircraft dropped guided bombs"; else the carrier itself."""
    if not _AIRCRAFT.fullmatch(text, carrier.span.start, carrier.span.end):
        return carrier
    bombs = (cue for cue in weapons if cue.kind is carrier.kind and cue.span.start >= carrier.span.end)
    return next((c for c in bombs if not _AIRCRAFT.fullmatch(text, c.span.start, c.span.end)), carrier)


def _modifier(text: str, act: Cue, weapons: Sequence[Cue]) -> Cue | None:
    """The first of the weapons that stand right before the act: "missile and drone attack"."""
    inside = [cue for cue in weapons if act.span.start <= cue.span.start < act.span.end]
    if inside:
        return inside[0]
    first, edge = None, act.span.start
    for cue in reversed([cue for cue in weapons if cue.span.end <= act.span.start]):
        if not _MODIFIER_GAP.fullmatch(text[cue.span.end : edge]):
            break
        first, edge = cue, cue.span.start
    return first
