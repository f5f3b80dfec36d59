"""From a report to its events: what happened, where, when, to whom, by whom, and who says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.casualties import choose_casualties
from extract.claims import find_claims
from extract.dating import Dated, date_drafts
from extract.drafts import Draft
from extract.findings import Findings, gather
from extract.frames import dates_event
from extract.in_order import within
from extract.kinds import elsewhere_cue
from extract.markup import read_words
from extract.place_keys import place_key
from extract.roles import Role
from extract.story import Story, read_story
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
)


def extract_events(report: Report, spot_names: SpotNames) -> Extraction:
    """Everything that a report tells: events (the main one first), links, toponyms, days, and the sentences left out.

    Args:
        report: the report; every span of the result indexes its text.
        spot_names: finds gazetteer names in a text; may propose too many.
    """
    findings = gather(report, spot_names)
    story = read_story(findings)
    main = _main(findings, story.drafts)
    if main is None:
        story.drafts = [draft for draft in story.drafts if not _is_stray(draft)]
    if main is not None:
        _adopt(findings, main, story.orphans)
        _place_main(findings, main, story.drafts)
    dates = date_drafts(findings, report.published, story.drafts, main)
    drafts = sorted(story.drafts, key=lambda draft: draft is not main)
    ids = _ids(report, drafts)
    told = [_event(report, findings, draft, ids[id(draft)], dates.get(id(draft)), draft is main) for draft in drafts]
    if main is None:
        told = [*_other(report, findings, story.orphans, set(ids.values())), *told]
    return Extraction(
        report_id=report.id,
        events=tuple(told),
        links=tuple(_links(findings, story, ids)),
        toponyms=tuple(place.toponym for place in findings.places),
        days=tuple(DayExpression(day.span, day.when) for day in findings.days),
        skipped=findings.skipped,
    )


def _main(findings: Findings, drafts: Sequence[Draft]) -> Draft | None:
    """What the report is about: told early and often, with victims; None where it leads with something else."""
    reported = [d for d in drafts if d.telling.telling is Telling.REPORTED] or list(drafts)
    if not reported:
        return None
    if _leads_elsewhere(findings) and not any(_carries(draft) for draft in reported):
        return None
    _, main = max(enumerate(reported), key=lambda told: _weight(findings, told[1], told[0]))
    return main


def _is_stray(draft: Draft) -> bool:
    """True for bare words of an attack in a report about something else: "ammunition went off in the blaze"."""
    return draft.place is None and draft.choice.weapon is None and not draft.choice.certain


def _leads_elsewhere(findings: Findings) -> bool:
    lead = next((s for s in findings.sentences if within(findings.cues, s)), None)
    return lead is not None and elsewhere_cue(findings.text, within(findings.cues, lead)) is not None


def _carries(draft: Draft) -> bool:
    """True for an attack that outweighs a lead about something else: it has victims, or is told again."""
    hurt = any(toll.outcome in (Outcome.KILLED, Outcome.INJURED) for toll in draft.tolls)
    return not draft.aside and (hurt or len(draft.sentences) > 1)


def _weight(findings: Findings, draft: Draft, order: int) -> float:
    early = 3.0 if draft.sentences[0] in findings.sentences[:2] else 0.0
    kind = -3.0 if draft.choice.kind is EventKind.INTERCEPTION else 0.0
    return early + kind + 0.5 * len(draft.sentences) + bool(draft.tolls) - 3.0 * draft.aside - 1.5 * order


def _place_main(findings: Findings, main: Draft, drafts: Sequence[Draft]) -> None:
    """A report that places its attack only in the dateline, or beside it, happened there."""
    if main.place is not None:
        return
    own = [p for s in main.sentences for p in within(findings.places, s) if p.role in (Role.BETWEEN, Role.MENTION)]
    own = [p for p in own if p.level not in (Level.COUNTRY, Level.AREA)]
    place = min(own, key=lambda p: p.exactness, default=None) or _place_of_report(findings, drafts)
    if place is not None:
        main.place = replace(place, rule="place/elsewhere-in-report", confidence=0.4)


def _place_of_report(findings: Findings, drafts: Sequence[Draft] = ()) -> PlaceMention | None:
    """The place a report is likeliest about: hit or mentioned before the seat of a speaker, then the most exact.

    A place where one of the drafts happened is that draft's own.
    """
    order = (Role.TARGET, Role.MENTION, Role.SPEAKER, Role.DATELINE, Role.ACTOR)
    placed = [p for p in findings.places if p.role in order and (p.role is not Role.ACTOR or p.level is Level.COUNTRY)]
    others = {place_key(draft.place) for draft in drafts if draft.place is not None}
    placed = [p for p in placed if place_key(p) not in others] or placed
    return min(placed, key=lambda p: (p.exactness > 5, order.index(p.role) // 2, p.exactness), default=None)


def _adopt(findings: Findings, main: Draft, orphans: Sequence[tuple[Span, Toll]]) -> None:
    """Victims counted before the first telling of an attack are those of the main one."""
    for sentence, toll in orphans:
        main.tolls.append(toll)
        if sentence not in main.sentences:
            main.sentences.append(sentence)
        days = [day for day in within(findings.days, sentence) if dates_event(day)]
        main.day = main.day or next(iter(days), None)


def _other(report: Report, findings: Findings, orphans: Sequence[tuple[Span, Toll]], taken: set[str]) -> list[Event]:
    """The one event of a report that tells no attack, where it tells anything known: a protest, a body found."""
    cue = elsewhere_cue(findings.text, findings.cues)
    tolls = tuple(toll for _, toll in orphans)
    place = _place_of_report(findings)
    spans = [found.span for found in (cue, *tolls, place) if found is not None]
    if not spans:
        return []
    span = spans[0]
    evidence = [Evidence("kind", span, "kind/other", 0.7), *_toll_evidence(tolls)]
    if place is not None:
        evidence.append(Evidence("target", place.span, place.rule, place.confidence * 0.7))
    day = next((d for d in findings.days if dates_event(d)), None)
    if day is not None:
        evidence.append(Evidence("when", day.span, "day/of-report", 0.6))
    event = Event(
        id=_free_id(report, span.start, taken),
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
    report: Report, findings: Findings, draft: Draft, event_id: str, dated: Dated | None, is_main: bool
) -> Event:
    tolls = tuple(sorted(draft.tolls, key=lambda toll: toll.span.start))
    weapon = draft.weapon
    return Event(
        id=event_id,
        report_id=report.id,
        kind=EventKind.OTHER if draft.mishap else draft.choice.kind,
        telling=draft.telling.telling,
        weapon=read_words(findings.text, report.quote(weapon), weapon) if weapon else "",
        when=dated.when if dated else None,
        target=_toponym(draft.place),
        target_side=draft.side.party if draft.side else None,
        origin=_toponym(draft.origin),
        actor=draft.doer.party if draft.doer else None,
        casualties=choose_casualties(tolls),
        tolls=tolls,
        claims=find_claims(findings, draft),
        evidence=(*_evidence(draft, dated), *_toll_evidence(tolls)),
        main=is_main,
    )


def _evidence(draft: Draft, dated: Dated | None) -> list[Evidence]:
    choice, found = draft.choice, []
    if draft.mishap is not None:
        found.append(Evidence("kind", draft.mishap, "kind/ruled-out", 0.7))
    else:
        found.append(Evidence("kind", choice.span, choice.rule, 0.9 if choice.certain else 0.6))
    if draft.weapon is not None:
        found.append(Evidence("weapon", draft.weapon, "weapon/named", 0.9))
    found += [Evidence("launched", span, "launched/count", 0.8) for span in draft.launched]
    found += [Evidence("intercepted", span, "intercepted/count", 0.8) for span in draft.downed]
    if draft.telling.span is not None:
        found.append(Evidence("telling", draft.telling.span, f"telling/{draft.telling.telling.value}", 0.7))
    for name, place in (("target", draft.place), ("origin", draft.origin)):
        if place is not None:
            found.append(Evidence(name, place.span, place.rule, place.confidence))
    for name, party in (("actor", draft.doer), ("target_side", draft.side)):
        if party is not None:
            found.append(Evidence(name, party.span, party.rule, party.confidence))
    if dated is not None:
        found.append(dated.evidence)
    return found


def _toll_evidence(tolls: Sequence[Toll]) -> list[Evidence]:
    return [Evidence(f"casualties.{toll.outcome.value}", toll.span, "toll/stated", 0.85) for toll in tolls]


def _toponym(place: PlaceMention | None) -> Toponym | None:
    return place.toponym if place else None


def _links(findings: Findings, story: Story, ids: Mapping[int, str]) -> list[ResponseLink]:
    links: list[ResponseLink] = []
    for told in story.answers:
        claimant = None if told.cue.nameless else _claimant(findings, told.sentence)
        link = ResponseLink(ids[id(told.answer)], ids[id(told.earlier)], told.sentence, claimant, 0.8)
        if all((link.event_id, link.answers_id) != (known.event_id, known.answers_id) for known in links):
            links.append(link)
    return links


def _claimant(findings: Findings, sentence: Span) -> Party | None:
    speeches = within(findings.speeches, sentence)
    return speeches[0].speaker if speeches else None


def _ids(report: Report, drafts: Sequence[Draft]) -> dict[int, str]:
    """An id for each draft, by its identity; places hit by one act share its words, so the later ones count on."""
    ids: dict[int, str] = {}
    for draft in drafts:
        ids[id(draft)] = _free_id(report, draft.start, set(ids.values()))
    return ids


def _free_id(report: Report, at: int, taken: set[str]) -> str:
    while f"{report.id}-{at}" in taken:
        at += 1
    return f"{report.id}-{at}"
