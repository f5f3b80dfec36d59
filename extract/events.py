"""From a report to its events: what happened, where, when, to whom, by whom, and who says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.casualties import choose_casualties
from extract.claims import find_claims
from extract.passages import Side
from extract.dating import date_drafts
from extract.days import DayMention
from extract.drafts import Draft, absorb, find_same, is_worth_an_event, place_key, start_draft
from extract.findings import Findings, gather, within
from extract.frames import Frame, dates_event, find_frames, find_weapon_frame
from extract.kinds import Sort, leads_elsewhere
from extract.responses import ResponseCue
from extract.roles import Role
from extract.toponyms import PlaceMention
from model import (
    DayExpression,
    Event,
    EventKind,
    Evidence,
    Extraction,
    Level,
    Outcome,
    Party,
    Report,
    ResponseLink,
    Span,
    SpotNames,
    Telling,
    Toll,
    Toponym,
    When,
)


_NOTE = 3  # sentences of a note that is read for a bare weapon


@dataclass(slots=True)
class _Story:
    """What has been told so far while the sentences are read in order."""

    drafts: list[Draft] = field(default_factory=list)
    links: list[tuple[Draft, Draft, ResponseCue, Span]] = field(default_factory=list)
    focus: Draft | None = None  # what "the attack" means now
    background: bool = False
    orphans: list[tuple[Span, Toll]] = field(default_factory=list)  # victims counted before any attack is told


def extract_events(report: Report, spot_names: SpotNames) -> Extraction:
    """Everything that a report tells: events (the main one first), links, toponyms, days, and the sentences left out.

    Args:
        report: the report; every span of the result indexes its text.
        spot_names: finds gazetteer names in a text; may propose too many.
    """
    findings = gather(report, spot_names)
    story = _Story()
    for sentence in findings.sentences:
        _read_sentence(findings, story, sentence)
    drafts = story.drafts
    if not drafts:
        _tell_by_weapon(findings, story)
    main = _main(findings, drafts)
    if main is not None:
        _adopt(main, story.orphans)
    _place_main(findings, main)
    dates = date_drafts(findings, report.published, drafts, main)
    events = {id(d): _event(report, findings, d, dates.get(id(d)), main=d is main) for d in drafts}
    told = _unique([events[id(d)] for d in ([main] if main else []) + [d for d in drafts if d is not main]])
    if main is None:
        told = [*_other(report, findings, story, findings.days), *told]
    return Extraction(
        report_id=report.id,
        events=tuple(told),
        links=tuple(_links(findings, story, {id(d): events[id(d)].id for d in drafts})),
        toponyms=tuple(place.toponym for place in findings.places),
        days=tuple(DayExpression(day.span, day.when) for day in findings.days),
        skipped=findings.skipped,
    )


def _read_sentence(findings: Findings, story: _Story, sentence: Span) -> None:
    frames = find_frames(findings, sentence, after_background=story.background)
    if not frames:
        _go_on(findings, story, sentence)
        return
    told: list[tuple[Frame, Draft]] = []
    for frame in frames:
        draft = _tell(story, frame)
        if draft is not None:
            told.append((frame, draft))
    story.focus = _in_focus(told) or story.focus
    story.background = bool(told) and all(draft.telling.telling is Telling.BACKGROUND for _, draft in told)
    story.background = story.background or all(f.telling.telling is Telling.BACKGROUND for f in frames)
    _link(story, told, sentence)


def _tell_by_weapon(findings: Findings, story: _Story) -> None:
    """A note that names a weapon and no act still tells of its use."""
    for sentence in findings.sentences[:_NOTE]:
        frame = find_weapon_frame(findings, sentence)
        if frame is not None:
            story.drafts.append(start_draft(frame))
            return


def _tell(story: _Story, frame: Frame) -> Draft | None:
    """Adds a telling to the draft it belongs to, or starts a new one; None where it is neither."""
    draft = find_same(frame, story.drafts, story.focus)
    if draft is not None:
        absorb(draft, frame)
    elif is_worth_an_event(frame, story.drafts):
        draft = start_draft(frame)
        story.drafts.append(draft)
    elif frame.tolls and story.focus is not None and frame.telling.telling is Telling.REPORTED:
        story.focus.tolls.extend(frame.tolls)
    if draft is not None:
        for place in frame.also:
            if not any(
                d.place and place_key(d.place) == place_key(place) and d.telling == draft.telling for d in story.drafts
            ):
                story.drafts.append(start_draft(frame, place))
    return draft


def _in_focus(told: Sequence[tuple[Frame, Draft]]) -> Draft | None:
    """What a sentence is about: its first attack told as news, unless that is only what another one answers."""
    news = [(frame, draft) for frame, draft in told if draft.telling.telling is Telling.REPORTED]
    lead = [draft for frame, draft in news if frame.clause.side is not Side.ANSWERED]
    return lead[0] if lead else None


def _go_on(findings: Findings, story: _Story, sentence: Span) -> None:
    """A sentence without an attack of its own may count the victims of one told before."""
    if any(cue.value is Telling.BACKGROUND for cue in within(findings.tellings, sentence)):
        return
    if any(cue.sort is Sort.MISHAP for cue in within(findings.cues, sentence)):
        return
    tolls = findings.tolls(sentence)
    draft = _told_of(findings, story, sentence) if tolls else None
    if draft is not None:
        draft.tolls.extend(toll for toll in tolls if toll not in draft.tolls)
        draft.sentences.append(sentence)
    elif not story.drafts:
        story.orphans.extend((sentence, toll) for toll in tolls)


def _told_of(findings: Findings, story: _Story, sentence: Span) -> Draft | None:
    """The event that a sentence goes on about: the one at a place it names, else the one in focus."""
    places = [p for p in within(findings.places, sentence) if p.role in (Role.TARGET, Role.MENTION)]
    named = {place_key(p) for p in places}
    reported = [d for d in story.drafts if d.telling.telling is Telling.REPORTED]
    for draft in reversed(reported):
        if draft.place is not None and place_key(draft.place) in named:
            return draft
    focus = story.focus or (reported[0] if reported else None)
    wide = [p for p in places if p.role is Role.TARGET and p.level is Level.COUNTRY]
    if wide and focus is not None and focus.place is not None and focus.place.level is not Level.COUNTRY:
        return None  # the toll of a whole war, not of this attack
    return focus


def _link(story: _Story, told: Sequence[tuple[Frame, Draft]], sentence: Span) -> None:
    answers = [(frame, draft) for frame, draft in told if frame.clause.side is Side.ANSWER]
    answered = [(frame, draft) for frame, draft in told if frame.clause.side is Side.ANSWERED]
    cue = next((frame.clause.cue for frame, _ in told if frame.clause.cue is not None), None)
    if cue is None:
        return
    answer = answers[-1][1] if answers else None
    earlier = answered[0][1] if answered else None
    if answer is None and earlier is not None and story.focus is not earlier:
        answer = story.focus
    if answer is not None and earlier is not None and answer is not earlier:
        story.links.append((answer, earlier, cue, sentence))


def _links(findings: Findings, story: _Story, ids: dict[int, str]) -> list[ResponseLink]:
    links: list[ResponseLink] = []
    for answer, earlier, cue, sentence in story.links:
        speaker = None if cue.nameless else _claimant(findings, sentence)
        link = ResponseLink(ids[id(answer)], ids[id(earlier)], sentence, speaker, 0.8)
        if all((link.event_id, link.answers_id) != (known.event_id, known.answers_id) for known in links):
            links.append(link)
    return links


def _claimant(findings: Findings, sentence: Span) -> Party | None:
    speeches = within(findings.speeches, sentence)
    return speeches[0].speaker if speeches else None


def _main(findings: Findings, drafts: Sequence[Draft]) -> Draft | None:
    """What the report is about: reported, told early and often, with victims; None where it leads with something else."""
    reported = [d for d in drafts if d.telling.telling is Telling.REPORTED] or list(drafts)
    if not reported:
        return None
    lead = next((s for s in findings.sentences if within(findings.cues, s)), None)
    if lead is not None and leads_elsewhere(findings.text, within(findings.cues, lead)):
        if not any(_carries(draft) for draft in reported):
            return None
    return max(reported, key=lambda draft: _weight(findings, draft, reported.index(draft)))


def _carries(draft: Draft) -> bool:
    """True for an attack that outweighs a lead about something else: it has victims, or is told again."""
    hurt = any(toll.outcome in (Outcome.KILLED, Outcome.INJURED) for toll in draft.tolls)
    return not draft.aside and (hurt or len(draft.sentences) > 1)


def _weight(findings: Findings, draft: Draft, order: int) -> float:
    early = 3.0 if draft.sentences[0] in findings.sentences[:2] else 0.0
    kind = -3.0 if draft.choice.kind is EventKind.INTERCEPTION else 0.0
    return early + kind + 0.5 * len(draft.sentences) + bool(draft.tolls) - 2.0 * draft.aside - 1.5 * order


def _place_main(findings: Findings, main: Draft | None) -> None:
    """A report that places its attack only in the dateline, or beside it, happened there."""
    if main is None or main.place is not None or not findings.places:
        return
    order = (Role.TARGET, Role.MENTION, Role.SPEAKER, Role.DATELINE, Role.ACTOR)
    near = [p for p in findings.places if p.role in order[:2]]
    ranked = sorted(near or findings.places, key=lambda p: (p.exactness, order.index(p.role) if p.role in order else 9))
    main.place = replace(ranked[0], rule="place/elsewhere-in-report", confidence=0.4)


def _adopt(main: Draft, orphans: Sequence[tuple[Span, Toll]]) -> None:
    """Victims counted before the first telling of an attack are those of the main one."""
    for sentence, toll in orphans:
        main.tolls.append(toll)
        if sentence not in main.sentences:
            main.sentences.append(sentence)


def _other(report: Report, findings: Findings, story: _Story, days: Sequence[DayMention]) -> list[Event]:
    """The one event of a report that tells no attack, where it tells anything known: a protest, a body found."""
    cue = next((cue for cue in findings.cues if cue.sort in (Sort.OTHER, Sort.MISHAP)), None)
    tolls = tuple(toll for _, toll in story.orphans)
    if cue is None and not tolls:
        return []
    span = cue.span if cue is not None else tolls[0].span
    evidence = [Evidence("kind", span, "kind/other", 0.7)]
    evidence += [Evidence(f"casualties.{toll.outcome.value}", toll.span, "toll/stated", 0.85) for toll in tolls]
    place = next((p for p in findings.places if p.role is Role.TARGET), None)
    if place is not None:
        evidence.append(Evidence("target", place.toponym.span, place.rule, place.confidence * 0.7))
    day = next((d for d in days if dates_event(d)), None)
    if day is not None:
        evidence.append(Evidence("when", day.span, "day/of-report", 0.6))
    event = Event(
        id=f"{report.id}-{span.start}",
        report_id=report.id,
        kind=EventKind.OTHER,
        when=day.when if day else None,
        target=_toponym(place),
        casualties=choose_casualties(tolls),
        tolls=tolls,
        evidence=tuple(evidence),
        main=True,
    )
    return [event]


def _event(
    report: Report, findings: Findings, draft: Draft, dated: tuple[When, Evidence] | None, *, main: bool
) -> Event:
    actor = draft.actor or draft.blame
    evidence = [Evidence("kind", draft.choice.span, draft.choice.rule, 0.9 if draft.choice.certain else 0.6)]
    weapon = draft.choice.weapon
    if weapon is not None:
        evidence.append(Evidence("weapon", weapon, "weapon/named", 0.9))
    if draft.telling.span is not None:
        evidence.append(Evidence("telling", draft.telling.span, f"telling/{draft.telling.telling.value}", 0.7))
    for name, place in (("target", draft.place), ("origin", draft.origin)):
        if place is not None:
            evidence.append(Evidence(name, place.toponym.span, place.rule, place.confidence))
    for name, party in (("actor", actor), ("target_side", draft.side)):
        if party is not None:
            evidence.append(Evidence(name, party.span, party.rule, party.confidence))
    if dated is not None:
        evidence.append(dated[1])
    tolls = tuple(sorted(draft.tolls, key=lambda toll: toll.span.start))
    evidence += [Evidence(f"casualties.{toll.outcome.value}", toll.span, "toll/stated", 0.85) for toll in tolls]
    at = draft.start
    return Event(
        id=f"{report.id}-{at}",
        report_id=report.id,
        kind=draft.choice.kind,
        telling=draft.telling.telling,
        weapon=report.text[weapon.start : weapon.end] if weapon else "",
        when=dated[0] if dated else None,
        target=_toponym(draft.place),
        target_side=draft.side.party if draft.side else None,
        origin=_toponym(draft.origin),
        actor=actor.party if actor else None,
        casualties=choose_casualties(tolls),
        tolls=tolls,
        claims=find_claims(findings, draft, main=main),
        evidence=tuple(evidence),
        main=main,
    )


def _toponym(place: PlaceMention | None) -> Toponym | None:
    return place.toponym if place else None


def _unique(events: Sequence[Event]) -> list[Event]:
    """Ids apart: two places hit by one act share its words, so the later ones count on."""
    seen: set[str] = set()
    apart = []
    for event in events:
        at = int(event.id.rsplit("-", 1)[1])
        while f"{event.report_id}-{at}" in seen:
            at += 1
        seen.add(f"{event.report_id}-{at}")
        apart.append(replace(event, id=f"{event.report_id}-{at}"))
    return apart
