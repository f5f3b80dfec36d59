"""One passage, one telling of an attack: its kind, place, day, parties and counts, before tellings are merged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extract.arms import names_model
from extract.attribution import PartyFound, find_actor, find_answerer, find_sender, find_target_side
from extract.bare_weapons import weapon_alone
from extract.cues import Act, Cue, Sort
from extract.day_roles import DayRole
from extract.days import DayMention
from extract.findings import Findings
from extract.in_order import within
from extract.interceptions import find_downed, find_launched
from extract.kinds import KindChoice, choose_kind, elsewhere_cue
from extract.lower_case import in_lower, lowered
from extract.parties import is_state
from extract.passages import Passage, Side, split_passages
from extract.phrases import holds
from extract.responses import Direction
from extract.roles import Role
from extract.targets import find_target, own_sky, part_by_victims
from extract.telling import TellingCue, is_memorial, refers_back, telling_of
from extract.toponyms import PlaceMention
from model import DayPrecision, EventKind, Outcome, Span, Telling, Toll


@dataclass(frozen=True, slots=True)
class Frame:
    """What one clause tells of an attack.

    ``also`` are further places hit by the same act; ``definite`` marks words that point back ("the attack");
    ``goes_on`` marks a sentence that continues background ("These attacks ..."); ``aside`` marks a passage whose
    sentence leads with something else, or a subordinate one; ``after`` marks what only went before ("a day after X"),
    ``elsewhere`` a sentence that looks beyond the place told of.
    """

    clause: Passage
    sentence: Span
    choice: KindChoice
    telling: TellingCue
    place: PlaceMention | None
    also: tuple[PlaceMention, ...]
    also_tolls: tuple[tuple[Toll, ...], ...]  # of the further places, where told: "seven in X and one in Y"
    origin: PlaceMention | None
    day: DayMention | None
    ahead: DayMention | None  # a day that lies after publication, though the clause tells what happened
    actor: PartyFound | None
    blame: PartyFound | None
    side: PartyFound | None
    tolls: tuple[Toll, ...]
    definite: bool
    aside: bool
    goes_on: bool
    after: bool
    elsewhere: bool
    sender: PartyFound | None  # whose the weapons were that were sent or shot down
    sent: frozenset[EventKind]  # the kinds of those weapons
    downed: tuple[Span, ...]  # "32 of them were shot down"
    launched: Span | None  # "fired 49 drones"
    another: bool  # "another drone": of those told of before
    again: bool  # "in addition, a missile attack on the same day": not the one told of before
    began: bool  # "since the incursion began on Monday": its first day, whatever day was told before


_DEFINITE = in_lower(r"(?:\b(?:the|this|that|these|those|its|their)|\w['’]s?)\s+(?:[\w’'-]+\s+){0,4}$")
_INDEFINITE = in_lower(
    r"\b(?:an?|several|another|two|three|four|some|many|more|new|fresh|separate|second)\s+(?:[\w’'-]+\s+){0,4}$",
)
_VERB_ACT = in_lower(
    r"(?:[\w-]+ed|struck|hit|shot|fought|overran|blew|opened|broke|drove|beat|fell|came|went|set|lay|took)\b|[\w\s-]+ed$"
)
_AFTER = in_lower(
    r"\b(?:day|days|hours|week|weeks|came|comes)\s+(?:\w+\s+)?after\s+(?:[\w’'-]+\s+){0,6}$",
)
_ELSEWHERE = frozenset(
    (
        *("elsewhere", "also", "another", "separate", "other", "village", "villages", "settlement", "settlements"),
        *("district", "districts"),
    )
)
_SINCE = frozenset({"since"})
_LEADING_SUBORDINATE = re.compile(
    r"\s*(?:Following|After|Despite|Amid|Since|Days\s+after|Hours\s+after|A\s+day\s+after)\b"
)
_SINCE_BEGAN = re.compile(r"\bsince\s+the\s+(?:\w+\s+)?\w+\s+(?:began|started)\b")
_BEFORE_THAT = re.compile(r"\b(?:before|until)\b[^,;]{0,60}$")
_ADDED = in_lower(r"\b(?:also|in\s+addition|separately|besides|later|meanwhile|additionally)\b")
_ATTACK_NOUN = (
    r"(?:[\w-]+\s+){0,2}?"
    r"(?:attack|strike|airstrike|blow|raid|barrage|wave|shelling|bombardment|assault|bombing|blast)s?\b"
)
_FURTHER = in_lower(r"\b(?:another|a\s+(?:second|third|further|new|separate|fresh))\s+" + _ATTACK_NOUN)
_SOME_ATTACK = in_lower(r"\b(?:an?|two|three|several)\s+" + _ATTACK_NOUN)
_ANOTHER = in_lower(r"\b(?:another|a\s+(?:second|third)|other|one\s+of\s+the)\s+(?:[\w-]+\s+)?$")
_ANOTHER_REACH = 30
_BY_DOER = frozenset({Act.HARM, Act.CAPTURE})  # an attack only where somebody is told to have done it
_HOURS_AFTER = in_lower(r"(?:[\w-]+\s+){0,3}?(?:hours?|minutes?|shortly|soon)\s+after\b")
_AFTER_WORD = 6
_A_YEAR = timedelta(days=365)


def find_frames(findings: Findings, sentence: Span, *, after_background: bool) -> tuple[Frame, ...]:
    """The tellings of one sentence, in order.

    Args:
        findings: what was found in the report.
        sentence: the sentence.
        after_background: the sentence before told background; "These attacks" then go on with it.
    """
    if not within(findings.cues, sentence):
        return ()
    clauses = split_passages(findings, sentence)
    tolls = findings.tolls(sentence)
    elsewhere = elsewhere_cue(findings.text, within(findings.cues, sentence)) is not None
    frames = []
    for clause in clauses:
        own = tolls if len(clauses) == 1 else tuple(t for t in tolls if _inside(t.span, clause.span))
        frame = _frame(findings, sentence, clause, own, elsewhere, after_background)
        if frame is not None:
            frames.append(frame)
    return tuple(frames)


def find_weapon_frame(findings: Findings, sentence: Span) -> Frame | None:
    """The telling of a sentence that names a weapon but no act."""
    choice = weapon_alone(within(findings.cues, sentence))
    if choice is None:
        return None
    return _frame(findings, sentence, Passage(sentence), findings.tolls(sentence), False, False, choice)


def _frame(
    findings: Findings,
    sentence: Span,
    clause: Passage,
    tolls: tuple[Toll, ...],
    elsewhere: bool,
    after_background: bool,
    fallback: KindChoice | None = None,
) -> Frame | None:
    text = findings.text
    cues = within(findings.cues, clause.span)
    parties = within(findings.parties, clause.span)
    places = within(findings.places, clause.span)
    placed = any(p.role is Role.TARGET for p in places)
    choice = _choice(findings, clause, cues, placed) or fallback
    if choice is None and clause.side is Side.ANSWERED:
        choice = _answered_harm(cues, tolls)
    if choice is not None and choice.weapon is not None and names_model(text, choice.weapon):
        choice = replace(choice, model=True)
    drill = any(cue.sort is Sort.DRILL for cue in within(findings.cues, sentence))
    if choice is None or (drill and not _hurt(tolls)):
        return None
    day = _day(findings, sentence, clause, choice.span)
    telling = telling_of(
        text,
        clause.span,
        choice.span,
        within(findings.tellings, clause.span),
        counted=bool(tolls),
        dated=day is not None and day.when is not None and day.when.precision is DayPrecision.DAY,
    )
    if day is not None and _is_long_ago(day, findings.published):
        memorial = is_memorial(text, sentence) and telling.telling in (Telling.REPORTED, Telling.ANNIVERSARY)
        telling = TellingCue(Telling.ANNIVERSARY if memorial else Telling.BACKGROUND, day.span)
    goes_on = after_background and refers_back(text, sentence)
    if goes_on:
        telling = TellingCue(Telling.BACKGROUND, Span(sentence.start, choice.span.end))
    place, also = find_target(text, places, choice.span)
    parted = part_by_victims(text, places, tolls)
    if parted:
        place, also = parted[0][0], tuple(spot for spot, _ in parted[1:])
        tolls = tuple(toll for toll in tolls if all(toll not in part for _, part in parted[1:]))
    if place is None and choice.kind is EventKind.INTERCEPTION:
        place = own_sky(text, clause.span, places)
    since = holds(text, clause.span.start, clause.span.end, _SINCE)
    since_began = _SINCE_BEGAN.search(text, clause.span.start, clause.span.end) if since else None
    if since_began is not None:
        since_began = since_began if since_began.start() < choice.span.start else None
    actor = find_actor(text, clause.span, choice.kind, choice.span, cues, parties)
    cue = clause.cue
    if actor is None and cue is not None and cue.direction is Direction.ANSWERED and clause.side is Side.ANSWER:
        actor = find_answerer(text, sentence, cue.span, within(findings.parties, sentence))
    if place is None and _went_before(text, clause.span, choice.span, cues):
        choice, day = replace(choice, certain=False), None
    hurt = _hurt(tolls)
    after = _AFTER.search(lowered(text)[clause.span.start : choice.span.start]) is not None
    aside = (elsewhere and not hurt) or after or _leads_in(text, sentence, choice.span)
    return Frame(
        clause=clause,
        sentence=sentence,
        choice=choice,
        telling=telling,
        place=place,
        also=also,
        also_tolls=tuple(part for _, part in parted[1:]),
        origin=next((p for p in places if p.role is Role.ORIGIN), None),
        day=day,
        ahead=_ahead(findings, clause, choice.span) if day is None else None,
        actor=actor,
        blame=next(iter(findings.blames(clause.span)), None),
        side=find_target_side(text, clause.span, choice.span, parties),
        tolls=tolls,
        definite=_definite(text, clause.span, choice.span),
        aside=aside or clause.side is Side.ANSWERED or clause.subordinate,
        goes_on=goes_on,
        after=after,
        sender=find_sender(text, clause.span, cues, parties),
        sent=frozenset(cue.kind for cue in cues if cue.sort is Sort.WEAPON and cue.kind is not None),
        downed=find_downed(text, clause.span, cues),
        launched=find_launched(text, clause.span, cues),
        another=choice.weapon is not None and _is_another(text, clause.span, choice.weapon),
        began=since_began is not None,
        again=_is_again(text, sentence, clause.span, choice.span, day),
        elsewhere=holds(text, sentence.start, sentence.end, _ELSEWHERE),
    )


def _choice(findings: Findings, clause: Passage, cues: Sequence[Cue], placed: bool) -> KindChoice | None:
    """The kind; where it hangs on who attacked, it is chosen again once the actor is known."""
    choice = choose_kind(findings.text, cues, placed=placed)
    act = choice.span if choice is not None else next((cue.span for cue in cues if cue.act in _BY_DOER), None)
    if act is None or (choice is not None and choice.certain):
        return choice
    kind = choice.kind if choice is not None else EventKind.STRIKE
    actor = find_actor(findings.text, clause.span, kind, act, cues, within(findings.parties, clause.span))
    by_state = actor is not None and is_state(actor.party)
    by_group = actor is not None and not by_state
    return choose_kind(findings.text, cues, placed=placed, by_state=by_state, by_group=by_group)


def _went_before(text: str, clause: Span, act: Span, cues: Sequence[Cue]) -> bool:
    """True for the act that ends what is told: "nine were killed before the army retook the building on Sunday"."""
    harm = next((cue.span for cue in cues if cue.act is Act.HARM), None)
    return harm is not None and harm.end < act.start and bool(_BEFORE_THAT.search(text[clause.start : act.start]))


def _is_another(text: str, clause: Span, weapon: Span) -> bool:
    """True for "another drone", "a second missile": one of those told of before."""
    return _ANOTHER.search(lowered(text), max(clause.start, weapon.start - _ANOTHER_REACH), weapon.start) is not None


def _is_again(text: str, sentence: Span, clause: Span, act: Span, day: DayMention | None) -> bool:
    """True for a further attack on a place: "a missile attack on the same day", "also struck another blow"."""
    low = lowered(text)
    another = _FURTHER.search(low, max(clause.start, act.start - 40), min(clause.end, act.end + 40)) is not None
    if another and _ADDED.search(low, sentence.start, act.start):
        return True
    same_day = day is not None and "same" in low[day.span.start : day.span.end]
    return same_day and (another or _SOME_ATTACK.search(low, clause.start, clause.end) is not None)


def _hurt(tolls: Sequence[Toll]) -> bool:
    return any(toll.outcome in (Outcome.KILLED, Outcome.INJURED) and toll.count.figure for toll in tolls)


def _answered_harm(cues: Sequence[Cue], tolls: Sequence[Toll]) -> KindChoice | None:
    """What is answered may be told by its victims alone: "revenge for an operation in which eleven were killed"."""
    harm = next((cue for cue in cues if cue.act is Act.HARM), None)
    if harm is None or not _hurt(tolls):
        return None
    return KindChoice(EventKind.GROUND_COMBAT, harm.span, None, "kind/answered-harm", certain=False)


def _is_long_ago(day: DayMention, published: date | None) -> bool:
    """True for a month or a year gone by, and for a day of another year."""
    if day.role is not DayRole.BACKGROUND or day.when is None:
        return False
    return day.when.precision > DayPrecision.WEEK or (published is not None and published - day.when.best > _A_YEAR)


def _leads_in(text: str, sentence: Span, act: Span) -> bool:
    """True for an act in a clause that only leads to the main one: "Following the raid on X, ..."."""
    if _LEADING_SUBORDINATE.match(text, sentence.start) is None:
        return False
    comma = text.find(",", sentence.start, sentence.end)
    return comma == -1 or act.start < comma


def _inside(span: Span, clause: Span) -> bool:
    return clause.start <= span.start < clause.end


def _definite(text: str, clause: Span, act: Span) -> bool:
    """True for words that point to an attack already told: "the strike", "Saturday's attack"."""
    low = lowered(text)
    if _VERB_ACT.match(low[act.start : act.end]):
        return False
    before = low[max(clause.start, act.start - 50) : act.start]
    return _DEFINITE.search(before) is not None and _INDEFINITE.search(before) is None


def _day(findings: Findings, sentence: Span, clause: Passage, act: Span) -> DayMention | None:
    """The day of the act: the nearest in its clause that dates an event; a lone clause may borrow from its sentence."""
    days = [d for d in within(findings.days, clause.span) if dates_event(d)]
    if clause.subordinate:
        days = [d for d in days if not _is_hours_after(findings.text, d)]
    if (
        not days
        and clause.subordinate
        and any(_is_hours_after(findings.text, d) for d in within(findings.days, sentence))
    ):
        return None
    if not days and clause.side is Side.ALONE and not clause.own_days:
        days = [d for d in within(findings.days, sentence) if dates_event(d)]
    return min(days, key=lambda d: abs(d.span.start - act.start)) if days else None


def _ahead(findings: Findings, clause: Passage, act: Span) -> DayMention | None:
    ahead = [d for d in within(findings.days, clause.span) if d.ahead]
    return min(ahead, key=lambda d: abs(d.span.start - act.start), default=None)


def _is_hours_after(text: str, day: DayMention) -> bool:
    """True for "hours after X": too near to tell the day of X from that of what came after."""
    return _HOURS_AFTER.match(lowered(text), day.span.start, day.span.end + _AFTER_WORD) is not None


def dates_event(day: DayMention) -> bool:
    """True for a day on which something happened, as against one on which somebody spoke."""
    return day.when is not None and day.role in (DayRole.EVENT, DayRole.BACKGROUND)
