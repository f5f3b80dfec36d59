"""Merges the tellings of one report: two clauses about the same attack become one draft of an event.

Two tellings are the same attack where place, day, kind and telling agree, or where one points back ("the attack").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.attribution import PartyFound
from extract.day_roles import DayRole
from extract.days import DayMention
from extract.frames import Frame
from extract.kinds import KindChoice, same_family
from extract.place_keys import bare_key, holds, is_finer, place_key
from extract.telling import TellingCue
from extract.toponyms import PlaceMention
from model import DayPrecision, EventKind, Level, Span, Tally, Telling, Toll


@dataclass(slots=True, eq=False)
class Draft:
    """An event in the making; grows with every telling that belongs to it. Two of one content are still two."""

    choices: list[KindChoice]
    telling: TellingCue
    place: PlaceMention | None
    day: DayMention | None
    actor: PartyFound | None
    blame: PartyFound | None
    side: PartyFound | None
    origin: PlaceMention | None
    tolls: list[Toll] = field(default_factory=list)
    sentences: list[Span] = field(default_factory=list)
    remarks: list[Span] = field(default_factory=list)  # sentences that speak about it and tell nothing new
    downed: list[Span] = field(default_factory=list)  # what tells of weapons of it that were shot down
    launched: list[Span] = field(default_factory=list)  # what tells how many weapons were sent
    named: list[PartyFound] = field(default_factory=list)  # every party that a telling names as the actor
    aside: bool = False  # first told in passing
    ahead: DayMention | None = None  # a day after publication that a telling gives it
    mishap: Span | None = None  # words that rule an attack out

    @property
    def choice(self) -> KindChoice:
        """The kind that the tellings agree on; the first counts more, and one with a weapon more than one without."""
        if len(self.choices) == 1:
            return self.choices[0]
        for kind in _OVERRIDING:
            for choice in self.choices:
                if choice.kind is kind:
                    return choice
        votes: dict[EventKind, float] = {}
        for index, choice in enumerate(self.choices):
            votes[choice.kind] = votes.get(choice.kind, 0.0) + _vote(choice) * (1.5 if index == 0 else 1.0)
        best = max(votes, key=lambda kind: votes[kind])
        told = [choice for choice in self.choices if choice.kind is best]
        return next((choice for choice in told if choice.weapon is not None), told[0])

    @property
    def weapon(self) -> Span | None:
        """The words for its weapon: those that name a model, wherever told, else those beside the kind."""
        choice = self.choice
        models = [c.weapon for c in self.choices if c.model and c.kind is choice.kind]
        return models[0] if models and choice.weapon is not None else choice.weapon

    @property
    def doer(self) -> PartyFound | None:
        """Who did it: told plainly, else as somebody claims."""
        return self.actor or self.blame

    @property
    def start(self) -> int:
        """Where the report first tells it."""
        return self.choices[0].span.start


_MOST_VOTES = 25  # tellings that vote on the kind; more change nothing but the time
_OVERRIDING = (EventKind.SUICIDE_BOMBING, EventKind.GRENADE)


def start_draft(frame: Frame, place: PlaceMention | None = None) -> Draft:
    """A new draft from one telling; ``place`` stands in for the frame's own where one act hit several places."""
    draft = Draft(
        choices=[frame.choice],
        telling=frame.telling,
        place=place or frame.place,
        day=frame.day,
        actor=frame.actor,
        blame=frame.blame,
        side=frame.side,
        origin=frame.origin,
        aside=frame.aside,
        ahead=frame.ahead,
    )
    draft.sentences.append(frame.sentence)
    draft.named.extend(_named(frame))
    _keep_wave(draft, frame)
    if place is None:
        draft.tolls.extend(frame.tolls)
    return draft


def _keep_wave(draft: Draft, frame: Frame) -> None:
    """Keeps what a telling says of how many weapons were sent and how many were shot down."""
    draft.downed.extend(span for span in frame.downed if span not in draft.downed)
    draft.launched.extend([frame.launched] if frame.launched is not None else [])


def _named(frame: Frame) -> list[PartyFound]:
    return [party for party in (frame.blame, frame.actor) if party is not None]


def absorb(draft: Draft, frame: Frame) -> None:
    """Adds a further telling to a draft: it fills what is empty, and a weapon that is named sharpens the kind."""
    vote(draft, frame)
    _keep_wave(draft, frame)
    if frame.place is not None and (draft.place is None or is_finer(frame.place, draft.place)):
        draft.place = frame.place
    if draft.day is None or frame.began or (_vague(draft.day) and frame.day is not None and not _vague(frame.day)):
        draft.day = frame.day or draft.day
    if draft.actor is None or (frame.actor is not None and frame.actor.confidence > draft.actor.confidence + 0.05):
        draft.actor = frame.actor or draft.actor
    draft.ahead = draft.ahead or frame.ahead
    draft.blame = draft.blame or frame.blame
    draft.named.extend(_named(frame))
    draft.side = draft.side or frame.side
    draft.origin = draft.origin or frame.origin
    known = {toll for toll in draft.tolls if toll.span.start >= frame.sentence.start}
    draft.tolls.extend(toll for toll in frame.tolls if toll not in known and toll.tally is not Tally.WIDER)
    if frame.sentence not in draft.sentences:
        draft.sentences.append(frame.sentence)


def vote(draft: Draft, frame: Frame) -> None:
    """Lets a telling speak for a kind; bare words that only point back have no voice."""
    heard = len(draft.choices) < _MOST_VOTES and (frame.choice.certain or not frame.definite)
    if heard and same_family(frame.choice, draft.choice):
        draft.choices.append(frame.choice)


def find_same(frame: Frame, drafts: Sequence[Draft], focus: Draft | None) -> Draft | None:
    """The draft that a telling belongs to, or None where it tells something new."""
    if frame.goes_on:
        return next((d for d in reversed(drafts) if d.telling.telling is Telling.BACKGROUND), None)
    if frame.began and focus is not None and frame.place is None:
        return focus
    open_drafts = [
        d for d in drafts if _told_alike(frame, d) and days_agree(frame.day, d.day) and not _is_older(frame, d)
    ]
    if frame.place is not None:
        alike = [d for d in open_drafts if same_family(frame.choice, d.choice)]
        return _same_place(frame, frame.place, alike, focus)
    open_drafts = [d for d in open_drafts if _actors_agree(frame, d) and _may_be_one(frame, d)]
    if frame.origin is not None and not frame.tolls:  # "the drones were launched from X": all that were sent
        open_drafts = [d for d in open_drafts if d.launched and d.choice.kind is frame.choice.kind] or open_drafts
    same_day = [d for d in open_drafts if _on_same_day(frame.day, d.day)]
    return _latest(same_day or open_drafts, focus)


def _latest(drafts: Sequence[Draft], focus: Draft | None) -> Draft | None:
    if focus in drafts:
        return focus
    return drafts[-1] if drafts else None


def _may_be_one(frame: Frame, draft: Draft) -> bool:
    """Without a day of its own, even another kind of act belongs to what was told before: "the ensuing clash"."""
    if frame.choice.kind is EventKind.INTERCEPTION or draft.choice.kind is EventKind.INTERCEPTION:
        return frame.choice.kind is draft.choice.kind
    return frame.day is None or same_family(frame.choice, draft.choice)


def _on_same_day(one: DayMention | None, two: DayMention | None) -> bool:
    return (
        one is not None
        and two is not None
        and one.when is not None
        and two.when is not None
        and (one.when.best == two.when.best)
    )


def is_worth_an_event(frame: Frame, drafts: Sequence[Draft]) -> bool:
    """True for a telling that stands on its own: with a place, a count or a day, or the first of its report."""
    if frame.goes_on:
        return False
    if not drafts:
        return True
    big = frame.place is None or frame.place.level is Level.COUNTRY
    if frame.choice.kind is EventKind.INTERCEPTION:
        return True
    if frame.telling.telling is not Telling.REPORTED:
        return frame.place is not None and not frame.definite and not (big and _is_only_past(frame))
    if frame.choice.certain and frame.place is not None and _is_other_country(frame, drafts):
        return True
    if big:
        counted = any(toll.tally is not Tally.WIDER for toll in frame.tolls)
        return counted or (frame.day is not None and frame.place is not None)
    return True


def _is_only_past(frame: Frame) -> bool:
    """True for what a country has seen since the fighting began: no attack of its own."""
    cue = frame.telling.span
    inside = cue is not None and cue.start <= frame.choice.span.start < cue.end
    return inside or not frame.choice.certain


def _is_other_country(frame: Frame, drafts: Sequence[Draft]) -> bool:
    """True where a country is hit in which nothing told before lies, by somebody who is named."""
    known = {country for d in drafts if d.place is not None for country in d.place.countries}
    return frame.actor is not None and frame.place is not None and not (frame.place.countries & known)


def _same_place(frame: Frame, place: PlaceMention, open_drafts: Sequence[Draft], focus: Draft | None) -> Draft | None:
    if frame.again:
        return None
    for draft in reversed(open_drafts):
        if draft.place is not None and place_key(draft.place) == place_key(place):
            return draft
    for draft in reversed(open_drafts):
        if draft.place is not None and _widens_or_narrows(frame, place, draft, draft.place):
            return draft
    if focus in open_drafts and (_is_site_in(place, frame, focus) or _is_region_of(place, frame, focus)):
        return focus
    nameless = [d for d in open_drafts if d.place is None and _actors_agree(frame, d)]
    if focus in nameless:
        return focus
    return nameless[-1] if nameless else None


def _widens_or_narrows(frame: Frame, place: PlaceMention, draft: Draft, known: PlaceMention) -> bool:
    """True where one telling names the country, the other a place in it: pointing back, on one day, or unfolding."""
    same_day = _same_day(frame.day, draft.day)
    if _is_lead_of(frame, place, draft, known):
        return True
    if holds(place, known):
        return frame.definite or same_day or (frame.day is None and _is_own_word(frame))
    if not holds(known, place) or draft.tolls or draft.launched:  # what got through a wave is an attack of its own
        return False
    return same_day or (draft.day is None and len(draft.sentences) == 1 and _actors_agree(frame, draft))


def _is_lead_of(frame: Frame, place: PlaceMention, draft: Draft, known: PlaceMention) -> bool:
    """True for the town of a region that a headline named in passing: "... amid attacks on X region"."""
    passing = draft.aside and draft.day is None and not draft.tolls and len(draft.sentences) == 1
    of_region = known.level is Level.PROVINCE and place.level is Level.SETTLEMENT
    return passing and of_region and bare_key(known) == place_key(place) and _actors_agree(frame, draft)


def _is_own_word(frame: Frame) -> bool:
    """True for "the rebels said they had attacked the country": of what was told, and not another attack."""
    return frame.actor is not None and frame.actor.rule == "actor/own-words"


def _is_site_in(place: PlaceMention, frame: Frame, focus: Draft | None) -> bool:
    """True for a site or a district that is told of after its town, with no day of its own."""
    if focus is None or focus.place is None or not (frame.definite or frame.day is None):
        return False
    return place.level in (Level.FACILITY, Level.CITY_DISTRICT) and focus.place.level is Level.SETTLEMENT


def _is_region_of(place: PlaceMention, frame: Frame, focus: Draft | None) -> bool:
    """True for the region of the town in focus, told of without a day or as "the attacks": "the police of X region"."""
    if focus is None or focus.place is None or place.level is not Level.PROVINCE:
        return False
    if frame.day is not None and not frame.definite:
        return False
    return bare_key(place) == place_key(focus.place) and not frame.elsewhere


def _vote(choice: KindChoice) -> float:
    if not choice.certain:
        return 0.1
    return 0.5 if choice.weapon is None and choice.kind in (EventKind.SHELLING, EventKind.GROUND_COMBAT) else 1.0


def _told_alike(frame: Frame, draft: Draft) -> bool:
    if frame.telling.telling is draft.telling.telling:
        return True
    return frame.definite and draft.telling.telling is Telling.REPORTED


def _actors_agree(frame: Frame, draft: Draft) -> bool:
    one, two = frame.actor, draft.actor
    return one is None or two is None or one.party.country is None or one.party.country == two.party.country


def _vague(day: DayMention) -> bool:
    return day.when is None or day.when.precision is not DayPrecision.DAY


def days_agree(one: DayMention | None, two: DayMention | None) -> bool:
    """True where two days may be the same one; also where one of them is not told."""
    if one is None or two is None or one.when is None or two.when is None:
        return True
    return one.when.first_day <= two.when.last_day and two.when.first_day <= one.when.last_day


def _is_older(frame: Frame, draft: Draft) -> bool:
    """True where the telling has a day long before the report, and the draft, which has none, is its news."""
    return draft.day is None and frame.day is not None and frame.day.role is DayRole.BACKGROUND


def _same_day(one: DayMention | None, two: DayMention | None) -> bool:
    return one is not None and two is not None and days_agree(one, two)
