"""Attacks told only by their victims, beside one that was told: "Seven people died in Y, one in Z"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.day_roles import DayRole
from extract.days import DayMention
from extract.drafts import Draft, days_agree
from extract.findings import Findings
from extract.frames import dates_event
from extract.in_order import within
from extract.lower_case import in_lower, lowered
from extract.place_keys import place_key
from extract.roles import Role
from extract.telling import NEWS
from extract.toponyms import PlaceMention
from model import Level, Span, Tally, Toll

_HOSPITAL = in_lower(
    r"\bhospital|\btreated\b|\btaken\s+to\b|\bborn\b",
)  # where victims are, not the attack
_NEXT = 16  # characters from a count to its place: "... died near X"


def tell_siblings(findings: Findings, drafts: list[Draft], draft: Draft, sentence: Span, tolls: Sequence[Toll]) -> bool:
    """Victims at towns not told of before are those of the same attack there; False where there are no such towns."""
    if draft.place is None or _HOSPITAL.search(lowered(findings.text), sentence.start, sentence.end):
        return False
    towns = [p for p in within(findings.places, sentence) if p.role is Role.TARGET and p.level is Level.SETTLEMENT]
    known = {place_key(d.place) for d in drafts if d.place is not None}
    towns = [p for p in towns if place_key(p) not in known and (p.countries & draft.place.countries or not p.countries)]
    if not towns:
        return False
    day = next((d for d in within(findings.days, sentence) if dates_event(d) and d.role is DayRole.EVENT), None)
    siblings = {place_key(p): _start(draft, p, sentence, day) for p in towns}
    apart = any(toll.tally is Tally.BESIDE and _names_one(toll.span, towns) for toll in tolls)
    for toll in tolls:
        if apart and not _names_one(Span(toll.span.start, toll.span.end + _NEXT), towns):
            draft.tolls.append(toll)  # "three at the airport | and three more in Y"
            continue
        nearest = min(towns, key=lambda p: abs(p.span.start - toll.span.end))
        siblings[place_key(nearest)].tolls.append(toll)
    drafts.extend(sibling for sibling in siblings.values() if sibling.tolls)
    return True


def _names_one(span: Span, towns: Sequence[PlaceMention]) -> bool:
    return any(span.start <= town.span.start < span.end for town in towns)


def _start(draft: Draft, place: PlaceMention, sentence: Span, day: DayMention | None) -> Draft:
    """The same attack at another place, told only by its victims: "Seven people died in Y, one in Z".

    On a day of its own ("On Friday four teachers had been killed in Y") it is another one of which as little is known.
    """
    other = day is not None and not (draft.day is not None and days_agree(day, draft.day))
    choice = replace(draft.choice, certain=False, rule="kind/of-the-same-attack")
    if other:
        choice = replace(draft.choice, weapon=None, certain=False, rule="kind/like-the-attack-before")
        sibling = Draft([choice], NEWS, place, day, None, None, None, None)
    else:
        sibling = Draft([choice], NEWS, place, None, draft.actor, draft.blame, draft.side, None)
    sibling.sentences.append(sentence)
    return sibling
