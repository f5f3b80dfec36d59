"""A headline and the sentence under it tell one thing, though each in its own words for the place."""

from __future__ import annotations

from collections.abc import Sequence

from extract.drafts import Draft
from extract.findings import Findings
from extract.frames import Frame
from extract.in_order import within
from extract.kinds import same_family
from extract.place_keys import bare_key, place_key
from extract.roles import Role
from extract.toponyms import PlaceMention
from model import EventKind, Level, Span, Telling

_LEAD = 3  # sentences under a headline in which its news is told again
_STOPS = (".", "!", "?", ":", "”", '"', "…")


def headline_of(findings: Findings) -> Span | None:
    """The headline: a first line of its own without a stop at its end."""
    if len(findings.sentences) < 2:
        return None
    first, second = findings.sentences[:2]
    alone = "\n" in findings.text[first.end : second.start]
    return first if alone and not findings.text[first.start : first.end].rstrip().endswith(_STOPS) else None


def told_in_headline(findings: Findings, frame: Frame, drafts: Sequence[Draft]) -> Draft | None:
    """The attack of the headline that the lead tells again at a place which the headline names otherwise.

    "A strike in the east kills six", then "A missile hit the market of X": unless the lead tells the headline's own
    place too, and only for the first attack that the text tells.
    """
    headline = headline_of(findings)
    if headline is None or frame.place is None or frame.sentence not in findings.sentences[1 : 1 + _LEAD]:
        return None
    if not drafts or any(draft.sentences != [headline] for draft in drafts) or frame.aside or frame.definite:
        return None
    if frame.telling.telling is not Telling.REPORTED:
        return None
    told = {place_key(p) for p in within(findings.places, frame.sentence) if p.role is not Role.MENTION}
    for draft in drafts:
        alike = draft.telling.telling is Telling.REPORTED and same_family(frame.choice, draft.choice)
        if EventKind.INTERCEPTION in (frame.choice.kind, draft.choice.kind) or not alike:
            continue
        if draft.place is None or _is_wide(draft.place) or place_key(draft.place) not in told:
            return draft
    return None


def take_lead_place(draft: Draft, frame: Frame) -> None:
    """The lead's word for the place unless it is the wider one: "eastern Ukraine" is the town of the lead."""
    if frame.place is not None and (draft.place is None or _is_wide(draft.place) or not _is_wide(frame.place)):
        draft.place = frame.place


def _is_wide(place: PlaceMention) -> bool:
    """True for an area, a country, and a region that is written as one: bare "Deir al-Balah" is a town as well."""
    unit = place.level is Level.PROVINCE and place_key(place) != bare_key(place)
    return unit or place.level in (Level.AREA, Level.COUNTRY)
