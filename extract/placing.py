"""Which place a telling means that names none: the one it points back to, or that of whoever speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.drafts import Draft
from extract.findings import Findings
from extract.frames import Frame
from extract.in_order import within
from extract.lower_case import in_lower, lowered
from extract.phrases import holds
from extract.place_keys import place_key
from extract.roles import Role
from model import Level, Span, Telling

_SAME_PLACE = in_lower(
    r"\b(?:the|that)\s+same\s+(?:\w+\s+)?(?:city|town|village|district|area|place|region|province|camp|"
    r"neighbou?rhood|spot|market|base|site|"
    r"location|town)\b|\bthe\s+(?:city|town|village|camp|island)['’]s\b|"
    r"\b(?:in|on|of|at|over|to)\s+the\s+(?:city|town|village)(?!\s+(?:of|council|hall)\b)",
)
_REALM = in_lower(
    r"\b(?:in|across|throughout|of)\s+(?:the|his|her)\s+(?:\w+\s+)?(?:region|oblast|province|city|town|district|governorate)\b",
)
THERE = in_lower(
    r"(?<!over\s)\bthere\b(?!\s+(?:was|were|is|are|has|have|had|will|would|may|might|could|can|appears?|seems?|remain\w*|"
    r"came|followed)\b)"
)  # the place, not "there were"
_THERE = frozenset({"there"})
_OWN = frozenset({Role.MENTION, Role.SPEAKER, Role.TARGET})
_NEAR = 2  # sentences back in which the place stands that "there" means


def placed(findings: Findings, frame: Frame, drafts: Sequence[Draft], focus: Draft | None) -> Frame:
    """The telling with the place that its words point back to, where it names none of its own."""
    site = frame.place is not None and frame.place.level is Level.FACILITY and not frame.place.countries
    if frame.place is not None and not site:
        return frame
    if site:  # "the yard of the hospital there"
        return _there(findings, frame, focus)
    return _placed_again(findings, _there(findings, _in_own_realm(findings, frame, drafts), focus), focus)


def _there(findings: Findings, frame: Frame, focus: Draft | None) -> Frame:
    """A telling of what happened "there": at the place named last, in its sentence or just before."""
    start, end = frame.clause.span.start, frame.clause.span.end
    if not holds(findings.text, start, end, _THERE):
        return frame
    there = THERE.search(lowered(findings.text), start, end)
    if there is None:
        return frame
    at = findings.sentences.index(frame.sentence)
    start = findings.sentences[max(0, at - _NEAR)].start
    if start >= there.start():  # the report opens with it
        return frame
    near = Span(start, there.start())
    named = [p for p in within(findings.places, near) if p.role in (Role.TARGET, Role.MENTION)]
    place = next((p for p in reversed(named) if p.level is not Level.COUNTRY), None) or (focus.place if focus else None)
    return frame if place is None else replace(frame, place=replace(place, rule="place/there", confidence=0.6))


def _in_own_realm(findings: Findings, frame: Frame, drafts: Sequence[Draft]) -> Frame:
    """Where "Orlov's governor said the strikes had killed one in the region", Orlov is meant, if it was told of."""
    if (
        frame.place is not None
        or _REALM.search(lowered(findings.text), frame.clause.span.start, frame.clause.span.end) is None
    ):
        return frame
    seats = [place for place in within(findings.places, frame.sentence) if place.role is Role.SPEAKER]
    told = {place_key(draft.place) for draft in drafts if draft.place is not None}
    if len(seats) != 1 or place_key(seats[0]) not in told:
        return frame
    return replace(frame, place=replace(seats[0], rule="place/of-speaker", confidence=0.6))


def _placed_again(findings: Findings, frame: Frame, focus: Draft | None) -> Frame:
    """A telling "in the same city" or "at the city's airport" happened at the place told of before."""
    if frame.place is not None or focus is None or frame.telling.telling not in (Telling.REPORTED, Telling.BACKGROUND):
        return frame
    if frame.telling.telling is Telling.BACKGROUND and frame.day is None:
        return frame
    known = focus.place or next((p for p in findings.places if p.role is Role.DATELINE), None)
    if known is None:
        return frame
    same = _SAME_PLACE.search(lowered(findings.text), frame.clause.span.start, frame.clause.span.end)
    if same is None:
        return frame
    if " same " not in same[0]:
        before = within(findings.places, Span(frame.sentence.start, max(same.start(), frame.sentence.start + 1)))
        known = next((p for p in reversed(before) if p.level is Level.SETTLEMENT and p.role in _OWN), known)
    return replace(frame, place=replace(known, rule="place/same", confidence=0.7))
