"""Gives every event its day: stated, or taken from the other events of the report, and marked so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from extract.day_roles import DayRole
from extract.days import DayMention
from extract.drafts import Draft
from extract.findings import Findings
from model import DayBasis, DayPrecision, Evidence, Span, Telling, When


@dataclass(frozen=True, slots=True)
class Dated:
    """The day of an event with its evidence."""

    when: When
    evidence: Evidence


_NEAR = timedelta(days=6)  # a wider interval says nothing
_FRESH = timedelta(days=3)


def date_drafts(
    findings: Findings, published: date | None, drafts: Sequence[Draft], main: Draft | None
) -> dict[int, Dated]:
    """The day of each draft, by its identity, with its evidence; drafts that cannot be dated are left out."""
    dated: dict[int, Dated] = {}
    for draft in drafts:
        if draft.day is not None and draft.day.when is not None:
            rule = f"day/{draft.day.when.basis.value}"
            dated[id(draft)] = Dated(draft.day.when, Evidence("when", draft.day.span, rule, 0.9))
    if main is not None and id(main) not in dated:
        found = _from_speech(findings, published) or _published(published, main.choices[0].span)
        if found is not None:
            dated[id(main)] = found
    for draft in drafts:
        if id(draft) not in dated and draft.telling.telling is Telling.REPORTED:
            found = _inherited(draft, drafts, main, dated)
            if found is not None:
                dated[id(draft)] = found
    return dated


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


def _inherited(draft: Draft, drafts: Sequence[Draft], main: Draft | None, dated: dict[int, Dated]) -> Dated | None:
    """The interval of the days of the other events; the likeliest is that of the main one."""
    others = [
        dated[id(d)].when for d in drafts if d is not draft and d.telling.telling is Telling.REPORTED and id(d) in dated
    ]
    if main is None or id(main) not in dated or not others:
        return None
    best = dated[id(main)].when.best
    near = [w for w in others if abs(w.best - best) <= _NEAR]
    first, last = min(w.best for w in near), max(w.best for w in near)
    when = When(first, last, best, DayPrecision.DAYS, DayBasis.INHERITED)
    return Dated(when, Evidence("when", dated[id(main)].evidence.span, "day/inherited", 0.4))
