"""Reads the sentences of a report in order and keeps what has been told so far.

Each telling joins an event told before or starts a new one; a sentence without an attack may still count victims.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.answers import answered_by
from extract.attribution import PartyFound
from extract.bare_weapons import identified_weapon
from extract.clearance import is_clearance
from extract.cues import Sort
from extract.drafts import Draft, absorb, find_same, is_worth_an_event, start_draft, vote
from extract.findings import Findings
from extract.frames import Frame, find_frames, find_weapon_frame
from extract.headlines import take_lead_place, told_in_headline
from extract.hindsight import looked_back_on
from extract.in_order import within
from extract.interceptions import find_downed
from extract.kinds import REMOTE, same_family
from extract.loose_tolls import part_loose_tolls
from extract.lower_case import in_lower, lowered
from extract.passages import Side
from extract.place_keys import place_key
from extract.placing import THERE, placed
from extract.remarks import add_remark
from extract.responses import Direction, ResponseCue
from extract.roles import Role
from extract.siblings import tell_siblings
from extract.toponyms import PlaceMention
from model import EventKind, Level, Span, Tally, Telling, Toll

_THE_DEAD = in_lower(
    r"\b(?:the|those)\s+(?:dead|deceased|killed|wounded|injured|victims?|bodies|(?:death\s+|official\s+)?toll)\b"
)  # of whom the report has told
_SITES = (Level.DISTRICT, Level.CITY_DISTRICT, Level.FACILITY)  # parts of a place told of before
_OF_A_WAR = 20  # killed; a lower figure beside the toll of a war is of one attack
_NOTE = 3  # sentences of a note that is read for a bare weapon


@dataclass(frozen=True, slots=True)
class Answer:
    """One event told as the answer to an earlier one."""

    answer: Draft
    earlier: Draft
    cue: ResponseCue
    sentence: Span


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose weapons were sent or shot down, where it is said, and of which kinds they were."""

    party: PartyFound
    sentence: Span
    kinds: frozenset[EventKind]


@dataclass(frozen=True, slots=True)
class Pending:
    """An answer to an attack that its sentence only names; which one is known once all is told."""

    answer: Draft
    cue: ResponseCue
    sentence: Span


@dataclass(slots=True)
class Story:
    """What has been told so far: ``focus`` is what "the attack" means now, ``orphans`` are victims without attack."""

    drafts: list[Draft] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    pending: list[Pending] = field(default_factory=list)
    focus: Draft | None = None
    background: bool = False
    past: Draft | None = None  # the background that was told last, where nothing else was told since
    latest: Draft | None = None  # what was told last, whatever it was
    wide: Span | None = None  # the last sentence, where it counted the victims of a whole war
    sender: Sender | None = None  # whose the weapons were that were sent or shot down
    orphans: list[tuple[Span, Toll]] = field(default_factory=list)


def read_story(findings: Findings) -> Story:
    """The events that a report tells, as drafts in the order of their first telling."""
    story = Story()
    for sentence in findings.sentences:
        _read_sentence(findings, story, sentence)
    if not story.drafts:
        _tell_by_weapon(findings, story)
    for told in story.pending:
        earlier = answered_by(findings, story.drafts, told.answer, told.cue, told.sentence)
        if earlier is not None:
            story.answers.append(Answer(told.answer, earlier, told.cue, told.sentence))
    return story


def _read_sentence(findings: Findings, story: Story, sentence: Span) -> None:
    frames = find_frames(findings, sentence, after_background=story.background)
    if not frames:
        _go_on(findings, story, sentence)
        if story.focus is not None:
            story.pending.extend(
                Pending(story.focus, cue, sentence) for cue in within(findings.responses, sentence)[:1]
            )
        return
    if story.focus is not None and len(frames) == 1:
        frame, loose = part_loose_tolls(findings, frames[0])
        story.focus.tolls.extend(toll for toll in loose if toll not in story.focus.tolls)
        frames = (frame,)
    told: list[tuple[Frame, Draft]] = []
    for frame in frames:
        frame = looked_back_on(findings.text, frame, story.drafts, findings.published)
        frame = placed(findings, frame, story.drafts, told[-1][1] if told else story.focus)
        draft = _pointed_at(frame, told, story) or _tell(findings, story, frame)
        if draft is not None:
            told.append((frame, draft))
    before = story.focus
    story.focus = _in_focus(told) or before
    story.background = bool(told) and all(draft.telling.telling is Telling.BACKGROUND for _, draft in told)
    story.background = story.background or all(f.telling.telling is Telling.BACKGROUND for f in frames)
    story.past = told[-1][1] if told and story.background else None
    story.latest = told[-1][1] if told else story.latest
    counted = [toll for frame in frames for toll in frame.tolls]
    story.wide = sentence if counted and all(toll.tally is Tally.WIDER for toll in counted) else None
    _link(story, told, before, sentence)
    lead = _in_focus(told)
    if lead is None and not any(draft.telling.telling is Telling.REPORTED for _, draft in told):
        lead = before
    add_remark(findings, story.drafts, lead, sentence)


def _tell_by_weapon(findings: Findings, story: Story) -> None:
    """A note that names a weapon and no act still tells of its use."""
    if any(is_clearance(findings.text, s) or _is_elsewhere(findings, s) for s in findings.sentences[:_NOTE]):
        return
    for sentence in findings.sentences[:_NOTE]:
        frame = find_weapon_frame(findings, sentence)
        if frame is not None:
            story.drafts.append(start_draft(frame))
            for told in findings.sentences:
                add_remark(findings, story.drafts, story.drafts[0], told)
            return


def _is_elsewhere(findings: Findings, sentence: Span) -> bool:
    return any(cue.sort in (Sort.CRASH, Sort.DRILL) for cue in within(findings.cues, sentence))


def _tell(findings: Findings, story: Story, frame: Frame) -> Draft | None:
    """Adds a telling to the draft it belongs to, or starts a new one; None where it is neither."""
    story.sender = Sender(frame.sender, frame.sentence, frame.sent) if frame.sender is not None else story.sender
    if frame.choice.kind is EventKind.INTERCEPTION and frame.place is None and story.focus is not None:
        story.focus.downed.extend(frame.downed)
        return None
    draft = find_same(frame, story.drafts, story.focus)
    lead = told_in_headline(findings, frame, story.drafts) if draft is None else None
    if lead is not None:
        take_lead_place(lead, frame)
        draft = lead
    if draft is not None:
        absorb(draft, frame)
    elif is_worth_an_event(frame, story.drafts):
        draft = start_draft(frame)
        story.drafts.append(draft)
    elif frame.tolls and story.focus is not None and frame.telling.telling is Telling.REPORTED:
        story.focus.tolls.extend(toll for toll in frame.tolls if toll.tally is not Tally.WIDER)
    if draft is not None and draft.doer is None:
        _hand_on_doer(story, draft, frame)
    for place in frame.also if draft is not None else ():
        _tell_also(story, frame, place)
    for place, tolls in zip(frame.also, frame.also_tolls, strict=False):
        there = [d for d in story.drafts if d.place is not None and place_key(d.place) == place_key(place)]
        there[-1].tolls.extend(toll for toll in tolls if toll not in there[-1].tolls)
    return draft


def _hand_on_doer(story: Story, draft: Draft, frame: Frame) -> None:
    """Who sent the drones of which one got through; who hit the country in which a town is told of next."""
    choice, focus, sender = draft.choice, story.focus, story.sender
    if sender is not None and choice.kind in sender.kinds and choice.kind in REMOTE and choice.weapon is not None:
        if not _is_home_of(sender.party, draft):
            draft.actor = sender.party
            draft.named.append(sender.party)
            draft.remarks.append(sender.sentence)
        return
    if focus is None or focus is draft or focus.place is None or draft.place is None or focus.actor is None:
        return
    if _is_home_of(focus.actor, draft):
        return
    inside = focus.place.level is Level.COUNTRY and focus.place.countries & draft.place.countries
    beside = frame.another and focus.place.countries & draft.place.countries
    alike = same_family(choice, focus.choice) if choice.weapon is None else choice.kind is focus.choice.kind
    if (inside or beside) and alike:
        draft.actor = focus.actor


def _is_home_of(party: PartyFound, draft: Draft) -> bool:
    """True where an attack is told of in the very country of a party, and nowhere else."""
    return draft.place is not None and draft.place.countries == {party.party.country}


def _tell_also(story: Story, frame: Frame, place: PlaceMention) -> None:
    """A further place hit by the same act: told before, or an event of its own."""
    for draft in story.drafts:
        if draft.place is not None and place_key(draft.place) == place_key(place) and draft.telling == frame.telling:
            vote(draft, frame)
            return
    story.drafts.append(start_draft(frame, place))


def _pointed_at(frame: Frame, told: Sequence[tuple[Frame, Draft]], story: Story) -> Draft | None:
    """What "that attack" is in "It came a day after the raid on X, a response to that attack": the raid just told.

    In "Y said the raid answered the drone attack" it is an attack of that kind told before, and not the raid itself.
    """
    if frame.clause.side is not Side.ANSWERED or not frame.definite or frame.place is not None:
        return None
    if told and told[-1][0].after:
        return told[-1][1]
    answers = [draft for _, draft in told]
    others = [
        d
        for d in story.drafts
        if d not in answers and (answers or d is not story.focus) and d.telling.telling is not Telling.DENIED
    ]
    alike = [d for d in others if d.choice.kind is frame.choice.kind]
    return next(iter(alike or (others if not frame.choice.certain else [])), None)


def _in_focus(told: Sequence[tuple[Frame, Draft]]) -> Draft | None:
    """What a sentence is about: its first attack told as news, unless that is only what another one answers."""
    news = [(frame, draft) for frame, draft in told if draft.telling.telling is Telling.REPORTED]
    lead = [draft for frame, draft in news if frame.clause.side is not Side.ANSWERED and not frame.after]
    return next((draft for draft in lead if draft.choice.kind is not EventKind.INTERCEPTION), None)


def _go_on(findings: Findings, story: Story, sentence: Span) -> None:
    """A sentence without an attack of its own may count the victims of one told before, or say who did it."""
    if any(cue.value is Telling.BACKGROUND for cue in within(findings.tellings, sentence)):
        return
    add_remark(findings, story.drafts, story.focus, sentence)
    if story.focus is not None:
        _add_weapons(findings, story.focus, sentence)
    if any(cue.sort is Sort.MISHAP for cue in within(findings.cues, sentence)):
        return
    tolls = findings.tolls(sentence)
    if story.drafts:
        tolls = _of_one_attack(findings, story, sentence, tolls)
    draft = _told_of(findings, story, sentence, tolls) if tolls else None
    if draft is not None and not tell_siblings(findings, story.drafts, draft, sentence, tolls):
        draft.tolls.extend(t for t in tolls if t not in draft.tolls and not _is_of_other_town(findings, draft, t))
        draft.sentences.append(sentence)
    elif draft is None and not story.drafts:
        story.orphans.extend((sentence, toll) for toll in tolls)


def _add_weapons(findings: Findings, focus: Draft, sentence: Span) -> None:
    """Keeps what a sentence without an act says of the weapons of the attack in focus: which model, how many downed."""
    cues = within(findings.cues, sentence)
    weapon = identified_weapon(findings.text, cues)
    if weapon is not None and same_family(weapon, focus.choice):
        focus.choices.append(weapon)
    focus.downed.extend(span for span in find_downed(findings.text, sentence, cues) if span not in focus.downed)


def _is_of_other_town(findings: Findings, draft: Draft, toll: Toll) -> bool:
    """True for "three more in Y" where the attack told of hit the town of X."""
    if toll.tally is not Tally.BESIDE or draft.place is None or draft.place.level is not Level.SETTLEMENT:
        return False
    there = [p for p in within(findings.places, toll.span) if p.role is Role.TARGET and p.level is Level.SETTLEMENT]
    return any(place_key(place) != place_key(draft.place) for place in there)


def _of_one_attack(findings: Findings, story: Story, sentence: Span, tolls: tuple[Toll, ...]) -> tuple[Toll, ...]:
    """The tolls without those of a whole war, and of what the same paragraph goes on to say of it."""
    goes_on = story.wide is not None and "\n" not in findings.text[story.wide.end : sentence.start]
    own = tuple(toll for toll in tolls if toll.tally is not Tally.WIDER)
    if goes_on and any(toll.count.figure >= _OF_A_WAR for toll in own):
        own = ()
    if tolls:
        story.wide = sentence if not own else None
    return own


def _told_of(findings: Findings, story: Story, sentence: Span, tolls: Sequence[Toll]) -> Draft | None:
    """The event that a sentence goes on about: the one at a place it names, else the one in focus."""
    places = [p for p in within(findings.places, sentence) if p.role in (Role.TARGET, Role.MENTION)]
    named = {place_key(p) for p in places}
    reported = [d for d in story.drafts if d.telling.telling is Telling.REPORTED]
    for draft in reversed(reported):
        if draft.place is not None and place_key(draft.place) in named:
            return draft
    if story.latest is not None and _is_about_the_latest(findings, story.latest, sentence, tolls):
        return story.latest
    if story.past is not None and "\n" not in findings.text[story.past.sentences[-1].end : sentence.start]:
        return story.past
    focus = story.focus or (reported[0] if reported else None)
    if _THE_DEAD.search(lowered(findings.text), sentence.start, sentence.end) is not None:
        focus = _counted_before(focus, reported, tolls) or focus
    wide = [p for p in places if p.role is Role.TARGET and p.level is Level.COUNTRY]
    if wide and focus is not None and focus.place is not None and focus.place.level is not Level.COUNTRY:
        return None  # the toll of a whole war, not of this attack
    return focus


def _counted_before(focus: Draft | None, reported: Sequence[Draft], tolls: Sequence[Toll]) -> Draft | None:
    """The attack on a town whose dead are told of once more after a site in it: "the dead are a nurse and a man"."""
    if focus is None or focus.tolls or focus.place is None or focus.place.level not in _SITES:
        return None
    figures = {(toll.outcome, toll.count.figure) for toll in tolls}
    told = (d for d in reversed(reported) if any((t.outcome, t.count.figure) in figures for t in d.tolls))
    return next(told, None)


def _is_about_the_latest(findings: Findings, latest: Draft, sentence: Span, tolls: Sequence[Toll]) -> bool:
    """True for "no one was hurt there"; and for nobody hurt, right after weapons were shot down."""
    if latest.place is not None and THERE.search(lowered(findings.text), sentence.start, sentence.end) is not None:
        return True
    none = all(not toll.count.figure for toll in tolls)
    return none and latest.choice.kind is EventKind.INTERCEPTION


def _link(story: Story, told: Sequence[tuple[Frame, Draft]], before: Draft | None, sentence: Span) -> None:
    """Links the two sides of a response cue; a side that tells no attack of its own is what was told before."""
    answers = [(frame, draft) for frame, draft in told if frame.clause.side is Side.ANSWER]
    answered = [(frame, draft) for frame, draft in told if frame.clause.side is Side.ANSWERED]
    cue = next((frame.clause.cue for frame, _ in told if frame.clause.cue is not None), None)
    if cue is None:
        return
    answer = answers[-1][1] if answers and not answers[-1][0].after else before
    if not answered and cue.direction is Direction.ANSWERS:
        story.pending.extend([Pending(answer, cue, sentence)] if answer is not None else [])
        return
    earlier = answered[0][1] if answered else before
    if answer is not None and earlier is not None and answer is not earlier:
        story.answers.append(Answer(answer, earlier, cue, sentence))
