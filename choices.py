"""What analysts say names mean, laid over what the rules say: the rules' own answer stays beside it.

A choice for one report goes before one for every report; of two with the same reach, the newer counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from model import Level, NameMatch, Place, PlaceChoice, Precision, Reading, Resolution, Span, SpotNames

SCORE = 1.0  # of a place an analyst chose
_APOSTROPHES = re.compile("[’‘ʼ`´′]")
_PRECISION = {
    Level.COUNTRY: Precision.COUNTRY,
    Level.PROVINCE: Precision.PROVINCE,
    Level.DISTRICT: Precision.DISTRICT,
    Level.COMMUNITY: Precision.NEAR,
    Level.AREA: Precision.AREA,
}


def name_key(name: str) -> str:
    """The form in which names are compared: letter case, white space and the kind of apostrophe do not count."""
    plain = _APOSTROPHES.sub("'", unicodedata.normalize("NFKC", name))
    return " ".join(plain.casefold().split())


def precision_of(place: Place, *, near: bool = False) -> Precision:
    """How exact an event at this place is known: by level, and for a point by the radius that holds the true one.

    A point within 5 km is exact, one within 20 km is "near", one farther off stands for its district, as for the rules.
    ``near``: the event was somewhere around it.
    """
    level = _PRECISION.get(place.level)
    if level is not None:
        return level
    radius = place.precision_km
    exact = Precision.SITE if radius <= 5 else Precision.NEAR if radius < 20 else Precision.DISTRICT
    return max(exact, Precision.NEAR) if near else exact


def find_choices(choices: Iterable[PlaceChoice]) -> Callable[[str], Sequence[PlaceChoice]]:
    """Looks up the choices for a name, of whatever reach."""
    known: dict[str, list[PlaceChoice]] = defaultdict(list)
    for choice in choices:
        known[name_key(choice.name)].append(choice)
    return lambda name: known.get(name_key(name), ())


def choice_for(choices: Iterable[PlaceChoice], report_id: str) -> PlaceChoice | None:
    """Which of the choices for one name counts in a report; ``None`` where none does."""
    fitting = [choice for choice in choices if choice.report_id in (None, report_id)]
    return max(fitting, key=lambda choice: (choice.report_id is not None, choice.id), default=None)


def lay_over(reading: Reading, choices: Sequence[PlaceChoice]) -> Reading:
    """The reading with every place that an analyst chose; the report and all else stay as they are."""
    if not choices:
        return reading
    known = find_choices(choices)

    def placed(resolution: Resolution) -> Resolution:
        choice = choice_for(known(resolution.toponym.text), reading.report.id)
        return resolution if choice is None else chosen(resolution, choice)

    def end(resolution: Resolution | None) -> Resolution | None:
        return None if resolution is None else placed(resolution)

    events = tuple(replace(told, target=end(told.target), origin=end(told.origin)) for told in reading.events)
    return replace(reading, events=events, mentions=tuple(map(placed, reading.mentions)))


def chosen(resolution: Resolution, choice: PlaceChoice) -> Resolution:
    """The resolution as an analyst chose it; what the rules said is in ``machine``."""
    own = by_rules(resolution)
    reasons = (f"chosen by {choice.by} on {day_words(choice.at)}: {choice.why}",)
    return Resolution(
        own.toponym, choice.place, choice.precision, SCORE, reasons, own.candidates, choice=choice, machine=own
    )


def by_rules(resolution: Resolution) -> Resolution:
    """What the rules alone said."""
    return resolution.machine or resolution


def day_words(moment: datetime) -> str:
    """The day of a choice: "3 January 2024"."""
    return f"{moment.day} {moment:%B %Y}"


def with_aliases(spot: SpotNames, choices: Iterable[PlaceChoice]) -> SpotNames:
    """Finds the names that hold in every report too, though no gazetteer may know them.

    Letter case counts here, so that a common word in a text is not taken for a name.
    """
    names = {choice.name: choice.place for choice in choices if choice.report_id is None}
    if not names:
        return spot

    def spot_all(text: str) -> Sequence[NameMatch]:
        known = spot(text)
        new = [own for own in _aliases_in(text, names) if not any(_within(own.span, m.span) for m in known)]
        kept = [match for match in known if not any(_overlap(match.span, own.span) for own in new)]
        return sorted([*kept, *new], key=lambda match: match.span.start)

    return spot_all


def _aliases_in(text: str, names: dict[str, Place]) -> Iterator[NameMatch]:
    """Longest first where they overlap."""
    taken: list[Span] = []
    for name in sorted(names, key=lambda name: (-len(name), name)):
        if name.split()[0] not in text:
            continue
        words = r"\s{1,3}".join(map(re.escape, name.split()))
        for found in re.finditer(rf"(?<!\w){words}(?!\w)", text):
            span = Span(found.start(), found.end())
            if not any(_overlap(span, other) for other in taken):
                taken.append(span)
                place = names[name]
                countries = frozenset({place.country} - {""})
                yield NameMatch(found[0], span, frozenset({place.level}), countries, place.population)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
