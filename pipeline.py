"""From a report to its placed events: the one place where extraction and the gazetteer meet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from choices import lay_over, with_aliases
from extract.events import extract_events
from extract.findings import MAX_CHARACTERS
from extract.parties import at_home
from geo.gazetteer import Gazetteer
from geo.named_unit import place_in_units
from geo.resolve import resolve
from model import PlaceChoice, PlacedEvent, Reading, Report, Resolution, Span, Toponym

VERSION = "1"  # goes up with every change of the rules that could change a reading
LANGUAGES = frozenset({"en"})  # those there are rules for

_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_LETTER = re.compile(r"[^\W\d_]")
_UKRAINIAN = re.compile(r"[іїєґ]", re.IGNORECASE)


def read(report: Report, gazetteer: Gazetteer, choices: Sequence[PlaceChoice] = ()) -> Reading:
    """All that the rules find in a report, placed; where an analyst chose what a name means, as chosen.

    A report in a language without rules comes back with no events and no version, to be read when there are some: it is
    stored and shown, never half-read by the rules of another language.
    """
    if not is_read(report):
        return Reading(report, events=())
    found = extract_events(report, with_aliases(gazetteer.spot, choices))
    ends = [end for event in found.events for end in (event.target, event.origin) if end is not None]
    text = report.text[:MAX_CHARACTERS]  # nothing beyond is read
    resolutions = resolve(text, _in_order([*found.toponyms, *ends]), gazetteer)
    targets = {event.target.span for event in found.events if event.target is not None}
    resolutions = place_in_units(text, resolutions, targets)
    by_span = {resolution.toponym.span: resolution for resolution in resolutions}
    home = _country_of(resolutions)
    reading = Reading(
        report=report,
        events=tuple(
            _known_forces(PlacedEvent(event, _placed(event.target, by_span), _placed(event.origin, by_span)), home)
            for event in found.events
        ),
        links=found.links,
        mentions=resolutions,
        days=found.days,
        skipped=found.skipped,
        version=VERSION,
    )
    return lay_over(reading, choices)


def is_read(report: Report) -> bool:
    """True when there are rules for the language of the report and its letters do not gainsay that language."""
    return report.language in LANGUAGES and language_of(report.text) in LANGUAGES


def language_of(text: str) -> str:
    """A guess from the letters alone, as ISO 639-1: "uk" or "ru" for text mostly in Cyrillic, else "en"."""
    if 2 * len(_CYRILLIC.findall(text)) <= len(_LETTER.findall(text)):
        return "en"
    return "uk" if _UKRAINIAN.search(text) else "ru"


def _in_order(toponyms: list[Toponym]) -> list[Toponym]:
    """Each span once, in the order of the text."""
    once = {toponym.span: toponym for toponym in reversed(toponyms)}
    return sorted(once.values(), key=lambda toponym: toponym.span.start)


def _country_of(resolutions: Sequence[Resolution]) -> str | None:
    """The country in which most of the places lie, or None where another has half as many."""
    found = Counter(r.place.country for r in resolutions if r.place is not None and r.place.country)
    ranked = found.most_common(2)
    clear = ranked and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1])
    return ranked[0][0] if clear else None


def _known_forces(placed: PlacedEvent, home: str | None) -> PlacedEvent:
    """The event with the state's name for "the army" that nothing but the place of the event tells whose it is."""
    country = placed.target.place.country if placed.target is not None and placed.target.place is not None else home
    event = placed.event
    claims = tuple(
        replace(c, speaker=at_home(c.speaker, country), about=at_home(c.about, country) if c.about else None)
        for c in event.claims
    )
    actor = at_home(event.actor, country) if event.actor else None
    side = at_home(event.target_side, country) if event.target_side else None
    return replace(placed, event=replace(event, actor=actor, target_side=side, claims=claims))


def _placed(toponym: Toponym | None, by_span: dict[Span, Resolution]) -> Resolution | None:
    return None if toponym is None else by_span[toponym.span]
