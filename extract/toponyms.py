"""Decides which words of a report are places, with the part each plays and the kind of place it is.

Names come from two sides: the gazetteer proposes far too many (surnames, months, ordinary words), and those are vetoed
here; names that no gazetteer knows are recognised by the words around them ("the village of X", "in X district").
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.in_order import InOrder, between
from extract.known_names import known_name
from extract.names import NameRun, is_headline, name_runs, surnames
from extract.parties import Form, Head, PartyMention
from extract.phrases import Word, Words
from extract.place_names import PlaceName, overlap
from extract.roles import Role, role_of
from extract.unknown_names import unknown_name
from model import Level, NameMatch, Span, Toponym


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A toponym in its sentence. ``countries`` are those in which the gazetteer knows such a name."""

    toponym: Toponym
    role: Role
    level: Level
    countries: frozenset[str]
    rule: str
    confidence: float

    @property
    def span(self) -> Span:
        """Where the name stands."""
        return self.toponym.span

    @property
    def exactness(self) -> int:
        """Smaller is more exact; orders the places of one clause."""
        return _EXACTNESS.index(self.level)


_EXACTNESS = (
    Level.FACILITY,
    Level.CITY_DISTRICT,
    Level.SETTLEMENT,
    Level.COMMUNITY,
    Level.DISTRICT,
    Level.PROVINCE,
    Level.AREA,
    Level.COUNTRY,
)
_BYLINE = re.compile(
    r"\W*(?:By|From|Reported\s+by)\s+(?:[Oo]ur|[Aa]n?|[Tt]he)?\s*(?:\w+\s+){0,2}?(?:[Cc]orrespondents?|[Rr]eporters?|"
    r"[Ss]taff|[Ww]riter)\b"
)
_TERRITORY = re.compile(r"(?:territor(?:y|ies)|soil|lands?|airspace)$", re.IGNORECASE)


def find_places(
    text: str,
    words: Words,
    sentences: Sequence[Span],
    matches: Sequence[NameMatch],
    parties: Sequence[PartyMention],
    dateline: Span | None = None,
) -> tuple[PlaceMention, ...]:
    """Every place that the text names, in order, none overlapping.

    Args:
        text: the report.
        words: its words.
        sentences: spans of its sentences, in order.
        matches: what the gazetteer knows as names; over-generates.
        parties: the parties of the text; a demonym is no place, "Ukrainian territory" is.
        dateline: where the report says it was written; stands outside the sentences.
    """
    starts = words.starts
    adjectives = sorted(bisect_left(starts, m.span.start) for m in parties if m.form is Form.ADJECTIVE)
    groups = _disjoint(m.whole for m in parties if m.form in (Form.GROUP, Form.ORGANISATION))
    people = surnames(text, words)
    named = (m for m in matches if m.text not in people or Level.COUNTRY in m.levels)
    known = InOrder(sorted(named, key=_match_start))
    found: list[PlaceName] = []
    lines = [dateline, *sentences] if dateline is not None else sentences
    for sentence in lines:
        low, high = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        near = between(known, sentence.start, sentence.end)
        here = {i - low for i in adjectives[bisect_left(adjectives, low) : bisect_left(adjectives, high)]}
        names = _names_of(text, words[low:high], starts[low:high], sentence, near, here)
        found += [name for name in names if text[name.span.start : name.span.end] not in people or name.countries]
    found += _territories(text, parties)
    seats = frozenset(m.span.end for m in parties if m.form is Form.CAPITAL)
    return _with_roles(text, lines, _apart(found, groups), dateline, seats)


def _run_at(runs: Sequence[NameRun], index: int) -> NameRun | None:
    at = bisect_right(runs, index, key=lambda run: run.first) - 1
    return runs[at] if at >= 0 and index <= runs[at].last else None


def _disjoint(spans: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in spans:
        if not kept or kept[-1].end <= span.start:
            kept.append(span)
    return kept


def _match_start(match: NameMatch) -> int:
    return match.span.start


def _names_of(
    text: str,
    words: Sequence[Word],
    starts: Sequence[int],
    sentence: Span,
    matches: Sequence[NameMatch],
    adjectives: set[int],
) -> list[PlaceName]:
    """The names of one sentence; ``words`` are its words, ``adjectives`` the places of demonyms among them."""
    headline = is_headline(text[sentence.start : sentence.end], words)
    runs = name_runs(text, words)
    known: list[PlaceName] = []
    for match in matches:
        first = bisect_left(starts, match.span.start)
        last = bisect_left(starts, match.span.end) - 1
        if not (first <= last < len(words) and words[first].start == match.span.start):
            continue
        run = _run_at(runs, first)
        if run is not None and (name := known_name(text, words, match, (first, last), run, adjectives, headline)):
            known.append(name)
    unknown: list[PlaceName] = []
    for run in runs if not headline else ():
        name = unknown_name(text, words, run, adjectives, [*known, *unknown], sentence.start)
        if name is not None:
            unknown.append(name)
    return known + unknown


def _territories(text: str, parties: Sequence[PartyMention]) -> list[PlaceName]:
    """Countries named by their land: "Ukrainian territory"."""
    found = []
    for mention in parties:
        country = mention.party.country
        owned = mention.form is Form.ADJECTIVE and mention.head is Head.PLACE
        if owned and country and _TERRITORY.search(text[mention.whole.start : mention.whole.end]):
            found.append(PlaceName(mention.whole, Level.COUNTRY, frozenset({country}), "place/territory", 0.8))
    return found


def _apart(names: Sequence[PlaceName], taken: Sequence[Span]) -> list[PlaceName]:
    """The names in order, off the taken spans; of two that overlap the surer, then the longer, stays."""
    starts = [span.start for span in taken]
    spans = list(taken)
    kept: list[PlaceName] = []
    for name in sorted(names, key=lambda n: (-n.confidence, n.span.start - n.span.end, n.span.start)):
        at = bisect_left(starts, name.span.start)
        if any(overlap(name.span, span) for span in spans[max(0, at - 1) : at + 1]):
            continue
        starts.insert(at, name.span.start)
        spans.insert(at, name.span)
        kept.append(name)
    return sorted(kept, key=lambda n: n.span.start)


def _with_roles(
    text: str, sentences: Sequence[Span], names: Sequence[PlaceName], dateline: Span | None, seats: frozenset[int]
) -> tuple[PlaceMention, ...]:
    starts = [sentence.start for sentence in sentences]
    mentions = []
    for name in names:
        sentence = sentences[max(0, bisect_left(starts, name.span.start + 1) - 1)]
        country, seat = name.level is Level.COUNTRY, name.span.end in seats
        role = role_of(text, sentence, name.span, country=country, seat=seat)
        role = Role.DATELINE if sentence is dateline or _BYLINE.match(text, sentence.start, sentence.end) else role
        toponym = Toponym(text[name.span.start : name.span.end], name.span)
        mentions.append(PlaceMention(toponym, role, name.level, name.countries, name.rule, name.confidence))
    return tuple(mentions)
