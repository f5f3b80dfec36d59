"""What kind of attack a clause tells, by its cues.

Some words name the kind by themselves ("shelled"); others ("attack", "hit", "fired") wait for a weapon or an attacker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extract.arms import all_named, belongs_elsewhere, is_in_name, kind_by_way, weapon_of
from extract.clearance import is_cleared, is_find
from extract.cues import ELSEWHERE, Act, Cue, Sort
from model import EventKind, Span


@dataclass(frozen=True, slots=True)
class KindChoice:
    """The kind of attack that a stretch of text tells.

    ``certain`` is False where no weapon is named and a fuller telling elsewhere in the report may say more; ``model``
    is True where the weapon is named by its model.
    """

    kind: EventKind
    span: Span
    weapon: Span | None
    rule: str
    certain: bool = True
    model: bool = False


class _Doer(NamedTuple):
    """What is known beside the cues: whether a place is named as hit, and who acts."""

    placed: bool
    by_state: bool
    by_group: bool


REMOTE = frozenset(
    {
        EventKind.MISSILE_STRIKE,
        EventKind.ROCKET_STRIKE,
        EventKind.SHELLING,
        EventKind.DRONE_STRIKE,
        EventKind.AIR_STRIKE,
        EventKind.STRIKE,
    }
)
PLANTED = frozenset({EventKind.EXPLOSION, EventKind.SUICIDE_BOMBING, EventKind.GRENADE})
GROUND = frozenset({EventKind.SHOOTING, EventKind.GROUND_COMBAT})
_BARE = frozenset({Act.ATTACK, Act.STRIKE, Act.RAID, Act.HIT, Act.BOMBED})
_PERSON = re.compile(
    r"\b(?:commanders?|leaders?|suspects?|members?|soldiers?|m[ae]n|wom[ae]n|persons?|people|civilians?|"
    r"militants?|fighters?|"
    r"terrorists?|rebels?|insurgents?|weapons?|ammunition|vehicles?|motorbikes?|motorcycles?|equipment|drugs|"
    r"arms|cattle|money|"
    r"prisoners?|troops|assailants?|operatives?|smugglers?|chief|imam|mayor|spokes\w+)\b",
)
_GROUND = re.compile(
    r"\b(?:towns?|villages?|cit(?:y|ies)|districts?|settlements?|bases?|camps?|ports?|airports?|airfields?|"
    r"hills?|hilltops?|"
    r"positions?|posts?|checkpoints?|outposts?|cent(?:er|re)s?|areas?|territor(?:y|ies)|provinces?|regions?|"
    r"neighbou?rhoods?|"
    r"roads?|bridges?|dams?|barracks|headquarters|strongholds?|control|crossings?|mountains?|ridges?|capital|"
    r"quarter|points?)\b",
    re.IGNORECASE,
)
_ARMED_TARGET = re.compile(
    r"\b(?:positions?|posts?|outposts?|checkpoints?|bases?|camps?|convoys?|patrols?|police|army|militants?|"
    r"fighters|rebels|"
    r"barracks|soldiers|troops|gendarmerie|stations?|trenches|bunkers?|strongholds?)\b"
)
_KILLS = re.compile(
    r"(?:killed|kills?|killing|wounded|injured)\s+(?:and\s+\w+\s+)?(?:at\s+least\s+|about\s+|around\s+|some\s+|over\s+|"
    r"up\s+to\s+|nearly\s+|almost\s+|more\s+than\s+|no\s+fewer\s+than\s+|no\s+less\s+than\s+|an\s+estimated\s+)?"
    r"(?:\d|an?\b|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|several|scores|many|"
    r"another|the\b|[A-Z])"
)
_KILLED_BY = re.compile(r"(?:killed|wounded|injured|dead|death|harmed)\s+(?:[\w,]+\s+){0,6}?by\b")
_SAYS = re.compile(r"\s+(?:has\s+|have\s+)?(?:said|says|reported|confirmed|told)\b")
_OBJECT_REACH = 70
_CARRY_REACH = 45
_FOUND = re.compile(
    r"\b(?:found|picked\s+up|playing|played|unexploded|left\s+over|scrap|remnants?|tinker\w+|"
    r"dug\s+up)\b",
    re.I,
)
_FOUND_REACH = 90
_SET_FIRE = re.compile(r"set\s+(?:fire|ablaze)|burn(?:ed|t)\s+down|torched", re.I)
_HARMLESS = re.compile(
    r"\b(?:fell|falling|fallen|came\s+down|debris|fragments)\b(?:.{0,40}\b(?:empty|open|field|fields|sea|water|"
    r"uninhabited|"
    r"wasteland|waste|outside|harmless\w*|ground|forest|desert|river|lake))?",
    re.I,
)
_TOOK = re.compile(
    r"\s+(?:[A-Z][\w’'-]+\s+){1,3}(?:on\b|from\b|after\b|without\b|late\b|early\b|this\b|and\b|last\b|at\b|"
    r"overnight|in\b)|"
    r"\s+[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?\s*[.,;]"
)
_ASSAULT_ON = re.compile(
    r"\s+(?:on|against)\s+(?:an?\s+|the\s+|several\s+|two\s+)?(?:[\w-]+\s+){0,2}?(?:mosque|church|school|"
    r"village|convoy|camp|base|bus|market|"
    r"post|checkpoint|station|prison|bank|hotel|farm|hospital|team|funeral|wedding)",
    re.I,
)
_ASSAULT = re.compile(r"assault|onslaught", re.I)
_FIRED_AT = re.compile(r"\s+(?:with\s+\w+\s+\w+\s+|back\s+|indiscriminately\s+)?(?:at|on|upon|towards?|into)\b")


def choose_kind(
    text: str, cues: Sequence[Cue], *, placed: bool = False, by_state: bool = False, by_group: bool = False
) -> KindChoice | None:
    """The kind of attack told by the cues of one clause, or None where they tell none.

    Args:
        text: the text that the spans of the cues index.
        cues: the cues of the clause, in order.
        placed: the clause names a place that may have been hit.
        by_state: the clause names a state as the one who acts.
        by_group: the clause names an armed group as the one who acts.
    """
    acts = [cue for cue in cues if cue.sort is Sort.ACT]
    attackers = [cue for cue in cues if cue.sort is Sort.ATTACKER]
    if not acts and not attackers:
        return None
    weapons = [cue for cue in cues if cue.sort is Sort.WEAPON and not is_in_name(cue, acts)]
    sorts = [cue.sort for cue in cues]
    if Sort.CRASH in sorts or is_find(text, acts):
        return None
    doer = _Doer(placed, by_state, by_group)
    suicide = next((cue for cue in weapons if cue.kind is EventKind.SUICIDE_BOMBING), None)
    if suicide is not None:
        return KindChoice(EventKind.SUICIDE_BOMBING, suicide.span, suicide.span, "kind/suicide")
    if (
        Sort.MISHAP in sorts and not weapons and all(_SAYS.match(text, cue.span.end) for cue in attackers)
    ):  # "police said"
        return None
    unsure = None
    for act in acts:
        choice = _choice_of(text, act, acts, weapons, attackers, doer)
        if choice is not None and choice.certain:
            return choice
        unsure = unsure or choice
    return unsure


def elsewhere_cue(text: str, cues: Sequence[Cue]) -> Cue | None:
    """The cue for something that is no attack, where a stretch leads with it: a protest, an arrest, a mishap."""
    for cue in cues:
        if cue.sort in ELSEWHERE or (cue.act is Act.CAPTURE and _takes_person(text, cue)):
            return cue
        if cue.sort is Sort.ACT and cue.act not in (Act.HARM, Act.DAMAGE, Act.FIRE, Act.PLANTED, Act.CAPTURE):
            return None
    return None


def same_family(one: KindChoice, two: KindChoice) -> bool:
    """True where two choices may be two tellings of the same attack; an unsure one may be sharpened by any other."""
    if one.kind is two.kind:
        return True
    if {EventKind.INTERCEPTION, EventKind.OTHER} & {one.kind, two.kind}:
        return False
    if not (one.certain and two.certain) or EventKind.SUICIDE_BOMBING in (one.kind, two.kind):
        return True
    return any({one.kind, two.kind} <= family for family in (REMOTE, PLANTED, GROUND))


def _choice_of(
    text: str,
    act: Cue,
    acts: Sequence[Cue],
    weapons: Sequence[Cue],
    attackers: Sequence[Cue],
    doer: _Doer,
) -> KindChoice | None:
    if act.kind is EventKind.INTERCEPTION:
        return _interception(text, act, acts, weapons)
    weapon = weapon_of(text, act, weapons)
    if act.act is Act.DEFUSED:
        return _defused(act, weapon)
    if act.kind is not None:
        return None if is_cleared(text, act, acts) else _named(text, act, weapon)
    if act.act is Act.CAPTURE:
        took = text[act.span.start : act.span.end].lower() == "took"
        if took and not (_TOOK.match(text, act.span.end) and (doer.by_group or doer.by_state)):
            return None
        return _capture(text, act, doer.placed)
    if act.act is Act.ABDUCT:
        return None
    if act.act is Act.DAMAGE and weapon is not None and _FOUND.match(text, act.span.start):
        return None  # "a shell that children had found": what it did is told later
    if weapon is not None and weapon.kind is not None:
        if act.act is Act.PLANTED and weapon.kind not in PLANTED:
            return None
        kind = kind_by_way(text, act, weapon)
        told = weapon.kind is not EventKind.STRIKE  # "a projectile" is any weapon that flies
        return KindChoice(kind, act.span, all_named(text, weapon, weapons), "kind/weapon", certain=told)
    if act.act is Act.FIRE and (attackers or doer.by_state) and _FIRED_AT.match(text, act.span.end):
        return KindChoice(EventKind.GROUND_COMBAT, act.span, None, "kind/fired-at", certain=False)
    return _bare(text, act, attackers, doer)


def _defused(act: Cue, weapon: Cue | None) -> KindChoice | None:
    if weapon is None or weapon.kind not in PLANTED:
        return None
    return KindChoice(EventKind.EXPLOSION, act.span, weapon.span, "kind/defused", certain=False)


def _named(text: str, act: Cue, weapon: Cue | None) -> KindChoice:
    """The kind an act names, sharpened by a weapon: a blast may be a missile's, gunfire a rocket's."""
    assert act.kind is not None
    if weapon is not None and belongs_elsewhere(text, act, weapon):
        weapon = None
    on_target = weapon is not None and act.kind is EventKind.SHOOTING and weapon.span.start > act.span.end
    if weapon is None or weapon.kind is None or (on_target and weapon.kind is EventKind.AIR_STRIKE):
        return KindChoice(act.kind, act.span, None, "kind/act", certain=act.kind is not EventKind.EXPLOSION)
    if (
        act.kind is EventKind.EXPLOSION
        and weapon.kind is EventKind.SHELLING
        and _FOUND.search(text, max(0, act.span.start - _FOUND_REACH), act.span.end + _FOUND_REACH)
    ):
        return KindChoice(EventKind.EXPLOSION, act.span, weapon.span, "kind/found-shell")
    if act.kind is EventKind.GROUND_COMBAT and weapon.kind in REMOTE and _SET_FIRE.match(text, act.span.start):
        return KindChoice(weapon.kind, act.span, weapon.span, "kind/act-and-weapon")
    if act.kind is EventKind.EXPLOSION or (act.kind is EventKind.SHOOTING and weapon.kind in REMOTE):
        return KindChoice(weapon.kind, act.span, weapon.span, "kind/act-and-weapon")
    if act.kind is EventKind.AIR_STRIKE and weapon.kind is EventKind.DRONE_STRIKE:
        return KindChoice(EventKind.DRONE_STRIKE, act.span, weapon.span, "kind/act-and-weapon")
    return KindChoice(act.kind, act.span, weapon.span if weapon.kind is act.kind else None, "kind/act")


def _interception(text: str, act: Cue, acts: Sequence[Cue], weapons: Sequence[Cue]) -> KindChoice | None:
    """Weapons shot down; where they hurt or broke something all the same, their use."""
    after = [cue for cue in weapons if cue.span.start >= act.span.end]
    downed = next(iter(after or [cue for cue in weapons if cue.kind is not EventKind.AIR_STRIKE]), None)
    if downed is None or downed.kind is None:
        return None
    fell = [cue for cue in acts if cue.act in (Act.HARM, Act.DAMAGE) and cue.span.start > act.span.end]
    if fell and downed.kind is EventKind.AIR_STRIKE and weapons[0].kind in REMOTE - {EventKind.AIR_STRIKE}:
        return KindChoice(weapons[0].kind, act.span, weapons[0].span, "kind/downed-aircraft")
    if any(
        cue.act is Act.HARM or not _HARMLESS.search(text, cue.span.start, cue.span.end + _CARRY_REACH) for cue in fell
    ):
        return KindChoice(downed.kind, act.span, downed.span, "kind/fallen-weapon")
    return KindChoice(EventKind.INTERCEPTION, act.span, downed.span, "kind/interception")


def _capture(text: str, act: Cue, placed: bool) -> KindChoice | None:
    """Ground taken is combat; a person or a thing taken is not."""
    if _takes_person(text, act) or (_ground_after(text, act) is None and not placed):
        return None
    return KindChoice(EventKind.GROUND_COMBAT, act.span, None, "kind/capture")


def _takes_person(text: str, act: Cue) -> bool:
    person, ground = _PERSON.search(text, act.span.end, act.span.end + _OBJECT_REACH), _ground_after(text, act)
    return person is not None and (ground is None or person.start() < ground.start())


def _ground_after(text: str, act: Cue) -> re.Match[str] | None:
    return _GROUND.search(text, act.span.end, act.span.end + _OBJECT_REACH)


def _bare(text: str, act: Cue, attackers: Sequence[Cue], doer: _Doer) -> KindChoice | None:
    if act.act is Act.BOMBED:
        kind = EventKind.AIR_STRIKE if doer.by_state else EventKind.EXPLOSION
        return KindChoice(kind, act.span, None, "kind/bombed", certain=doer.by_state)
    if act.act in (Act.ATTACK, Act.RAID):
        return KindChoice(_on_foot_or_not(text, act, attackers, doer), act.span, None, "kind/attack", certain=False)
    if act.act is Act.STRIKE:
        return KindChoice(EventKind.STRIKE, act.span, None, "kind/strike", certain=False)
    if act.act is Act.HIT and (attackers or doer.by_state or doer.placed):
        return KindChoice(EventKind.STRIKE, act.span, None, "kind/hit", certain=False)
    if act.act is Act.HARM:
        return _killing(text, act, attackers, doer)
    return None


def _on_foot_or_not(text: str, act: Cue, attackers: Sequence[Cue], doer: _Doer) -> EventKind:
    """An attack without a weapon: by militants it is combat, so is one by troops on an armed target; else a strike."""
    first = next((cue for cue in attackers if cue.span.start < act.span.start), None)
    if doer.by_group or (any(cue.irregular for cue in attackers) and not (doer.by_state and first is None)):
        return EventKind.GROUND_COMBAT
    if _ASSAULT.match(text, act.span.start) and _ASSAULT_ON.match(text, act.span.end):
        return EventKind.GROUND_COMBAT
    if first is not None and _ARMED_TARGET.search(text, act.span.end, act.span.end + _OBJECT_REACH):
        return EventKind.GROUND_COMBAT
    return EventKind.GROUND_COMBAT if attackers and not doer.by_state else EventKind.STRIKE


def _killing(text: str, act: Cue, attackers: Sequence[Cue], doer: _Doer) -> KindChoice | None:
    """An attack whose weapon nobody names: "forces killed four", "killed by gunmen"."""
    active = _KILLS.match(text, act.span.start) is not None
    passive = _KILLED_BY.match(text, act.span.start) is not None
    if (
        ((active or passive) and doer.by_group)
        or (active and attackers and attackers[0].span.start < act.span.start)
        or (passive and attackers)
    ):
        return KindChoice(EventKind.GROUND_COMBAT, act.span, None, "kind/killed-by-attackers", certain=False)
    if doer.by_state and (active or passive):
        return KindChoice(EventKind.STRIKE, act.span, None, "kind/killed-by-state", certain=False)
    return None
