"""Gives every event its day: stated, or taken from the other events of the report, and marked so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extract.day_roles import DayRole
from extract.days import DayMention, find_anchor
from extract.drafts import Draft
from extract.findings import Findings, tells_attack
from extract.in_order import within
from model import DayBasis, DayPrecision, Evidence, Span, Telling, When


@dataclass(frozen=True, slots=True)
class Dated:
    """The day of an event with its evidence; ``when`` is None where its words cannot mean a day that has passed."""

    when: When | None
    evidence: Evidence


_NEAR = timedelta(days=6)  # a wider interval says nothing
_FRESH = timedelta(days=3)
_WRITTEN = timedelta(days=30)  # how long before publication a note may have been written


def date_drafts(
    findings: Findings, published: date | None, drafts: Sequence[Draft], main: Draft | None
) -> dict[int, Dated]:
    """The day of each draft, by its identity, with its evidence; drafts that cannot be dated are left out."""
    dated: dict[int, Dated] = {}
    for draft in drafts:
        if draft.day is not None and draft.day.when is not None:
            rule = f"day/{draft.day.when.basis.value}"
            dated[id(draft)] = Dated(draft.day.when, Evidence("when", draft.day.span, rule, 0.9))
        elif draft.ahead is not None and draft.telling.telling is Telling.REPORTED:
            dated[id(draft)] = Dated(None, Evidence("when", draft.ahead.span, "day/after-publication", 0.2))
    if main is not None and (id(main) not in dated or _is_told_of_earlier(findings, main, drafts)):
        found = _undated(findings, published, main)
        if found is not None:
            dated[id(main)] = found
    for draft in drafts:
        if id(draft) not in dated and draft.telling.telling is Telling.REPORTED:
            found = _from_paragraph(findings, draft) or _inherited(draft, drafts, main, dated)
            if found is not None:
                dated[id(draft)] = found
    return dated


def _is_told_of_earlier(findings: Findings, main: Draft, drafts: Sequence[Draft]) -> bool:
    """True where the main event got its day late or vaguely, and the report had told its day before that."""
    anchor, day = _anchor(findings), main.day
    if anchor is None or day is None or anchor.role is not DayRole.EVENT or anchor.span.start >= day.span.start:
        return False
    first = main.sentences[0]
    late = anchor.span.start < first.start and day.span.start >= first.end
    vague = day.when is not None and day.when.precision > DayPrecision.WEEK
    return (late or vague) and all(draft.day != anchor for draft in drafts)


def _undated(findings: Findings, published: date | None, main: Draft) -> Dated | None:
    """The day of an event that is told without one: that of the report, else the day of writing or of publication."""
    return (
        _planned(findings, main)
        or _told_before(findings, main)
        or _from_report(findings)
        or _from_speech(findings, published)
        or _from_header(findings, published)
        or _published(published, main.choices[0].span)
    )


def _planned(findings: Findings, main: Draft) -> Dated | None:
    """The day to come of what is only planned: "the army will strike on Friday"."""
    if main.telling.telling is not Telling.PLANNED:
        return None
    days = [day for day in within(findings.days, main.sentences[0]) if day.role is DayRole.FUTURE]
    when = days[0].when if days else None
    return None if when is None else Dated(when, Evidence("when", days[0].span, "day/planned", 0.5))


def _told_before(findings: Findings, main: Draft) -> Dated | None:
    """The day of the sentence before: "It was quiet until Wednesday. Then a missile hit the market"."""
    at = findings.sentences.index(main.sentences[0])
    days = within(findings.days, findings.sentences[at - 1]) if at else []
    events = [day for day in days if day.role is DayRole.EVENT and _is_exact(day)]
    return _inherit(events[-1], "day/sentence-before", 0.6) if events else None


def _from_report(findings: Findings) -> Dated | None:
    """The day of what the report is about."""
    anchor = _anchor(findings)
    told = anchor is not None and anchor.role is DayRole.EVENT and anchor.when is not None
    return _inherit(anchor, "day/of-report", 0.6) if anchor is not None and told else None


def _anchor(findings: Findings) -> DayMention | None:
    return find_anchor(findings.days, findings.sentences, lambda part: tells_attack(findings.text, findings.cues, part))


def _from_header(findings: Findings, published: date | None) -> Dated | None:
    """The day in the dateline or in a note's "Date:", where it lies before the publication day."""
    for day in findings.days:
        if day.role is DayRole.HEADER and day.when is not None and _is_exact(day):
            before = published is None or timedelta(0) <= published - day.when.best <= _WRITTEN
            return _inherit(day, "day/header", 0.4) if before else None
    return None


def _is_exact(day: DayMention) -> bool:
    return day.when is not None and day.when.precision <= DayPrecision.DAYS


def _inherit(day: DayMention, rule: str, confidence: float) -> Dated | None:
    if day.when is None:
        return None
    return Dated(replace(day.when, basis=DayBasis.INHERITED), Evidence("when", day.span, rule, confidence))


def _from_speech(findings: Findings, published: date | None) -> Dated | None:
    """What was told on a fresh day happened on it or shortly before."""
    fresh = [d for d in findings.days if d.role is DayRole.STATEMENT and d.when is not None and _is_fresh(d, published)]
    if not fresh or fresh[0].when is None:
        return None
    day = fresh[0].when.best
    when = When(day - timedelta(days=1), day, day, DayPrecision.DAYS, DayBasis.INHERITED)
    return Dated(when, Evidence("when", fresh[0].span, "day/from-statement", 0.5))


def _is_fresh(day: DayMention, published: date | None) -> bool:
    return day.when is not None and (published is None or timedelta(0) <= published - day.when.best <= _FRESH)


def _published(published: date | None, act: Span) -> Dated | None:
    if published is None:
        return None
    when = When(published, published, published, DayPrecision.DAY, DayBasis.PUBLICATION)
    return Dated(when, Evidence("when", act, "day/publication", 0.3))


def _from_paragraph(findings: Findings, draft: Draft) -> Dated | None:
    """The exact day told last before it in its paragraph: "It was a bad Sunday in X. Rebels ambushed a patrol"."""
    first = draft.sentences[0]
    start = findings.text.rfind("\n", 0, first.start) + 1
    if start >= first.start:
        return None
    days = [day for day in within(findings.days, Span(start, first.start)) if day.role is DayRole.EVENT]
    if not days or days[-1].anaphoric or not _is_exact(days[-1]):  # "the day before" is that of what came before
        return None
    return _inherit(days[-1], "day/of-paragraph", 0.5)


def _inherited(draft: Draft, drafts: Sequence[Draft], main: Draft | None, dated: dict[int, Dated]) -> Dated | None:
    """The interval of the days of the other events; the likeliest is that of the main one."""
    others = [
        dated[id(d)].when for d in drafts if d is not draft and d.telling.telling is Telling.REPORTED and id(d) in dated
    ]
    of_main = dated[id(main)].when if main is not None and id(main) in dated else None
    if main is None or of_main is None or not others:
        return None
    best = of_main.best
    near = [w for w in others if w is not None and abs(w.best - best) <= _NEAR]
    first, last = min(w.best for w in near), max(w.best for w in near)
    when = When(first, last, best, DayPrecision.DAYS, DayBasis.INHERITED)
    return Dated(when, Evidence("when", dated[id(main)].evidence.span, "day/inherited", 0.4))
