"""Decides which words of a report are places, with the part each plays and the kind of place it is.

Names come from two sides: the gazetteer proposes far too many (surnames, months, ordinary words), and those are vetoed
here; names that no gazetteer knows are recognised by the words around them ("the village of X", "in X district").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.names import NameRun, Veto, is_headline, name_runs, place_level, surnames, veto
from extract.parties import Form, Head, PartyMention
from extract.phrases import Word
from extract.roles import Role, role_of
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


@dataclass(frozen=True, slots=True)
class _Name:
    """A name before its role is known."""

    span: Span
    level: Level
    countries: frozenset[str]
    rule: str
    confidence: float


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
_BEFORE_NAME = re.compile(
    r"\b(?:in|at|near|outside|around|towards?|from|inside|against|over|on|between|of|to|north|south|east|west|hit|struck|shelled|"
    r"attacked|bombed|targeted|stormed|captured|seized|entered|rocked)\s+(?:the\s+)?(?:(?:[a-z]+ern|central|downtown|occupied|nearby|"
    r"Russian|border)\s+)?(?:(?:village|town|city|settlement|port|district|region|province|area|neighbou?rhood|suburb|camp|hamlet|"
    r"commune|municipality|township|county|governorate|oblast|island|capital|outskirts|areas|parts|vicinity)\s+(?:of\s+)?)?$",
    re.IGNORECASE,
)
_LOCATIVE = re.compile(
    r"\b(?:in|at|near|outside|around|inside|towards?|between|north|south|east|west|outskirts|of)\s+(?:of\s+)?(?:the\s+)?"
    r"(?:(?:[a-z]+ern|central|downtown|occupied|nearby|border)\s+)?$",
    re.IGNORECASE,
)
_KIND_OF = re.compile(
    r"\b(village|town|city|settlement|hamlet|port|suburb|neighbou?rhood|district|raion|county|municipality|township|commune|province|"
    r"region|governorate|oblast|camp|area|island|valley)\s+(?:of\s+|called\s+|named\s+)?(?:the\s+)?[\"'“‘]?$",
    re.IGNORECASE,
)
_CHAIN = re.compile(r"(?:,\s+|\s+\(|\s+town,\s+|\s+city,\s+|\s+district,\s+|\s+village,\s+|\s+area,\s+)$")
_CHAIN_END = re.compile(r"\s*(?:[,.;)(\n]|$|\s(?:on|and|in|city|town|district|region|province|village)\b)")
_TERRITORY = re.compile(r"(?:territor(?:y|ies)|soil|lands?|airspace)$", re.IGNORECASE)
_CITY_OWNS = re.compile(r"(?:\b(?:city|town|capital)['’]s|\b[A-Z]\w+['’]s|\bdowntown|\bcity\s+of\s+\w+['’]s)\s+$")
_WITH_KIND = frozenset({Level.PROVINCE, Level.DISTRICT, Level.FACILITY})
_LONGEST_NAME = 5
_SHORTEST = 3
_ACRONYM = 5


def find_places(
    text: str,
    words: Sequence[Word],
    sentences: Sequence[Span],
    matches: Sequence[NameMatch],
    parties: Sequence[PartyMention],
) -> tuple[PlaceMention, ...]:
    """Every place that the text names, in order, none overlapping.

    Args:
        text: the report.
        words: its words.
        sentences: spans of its sentences, in order.
        matches: what the gazetteer knows as names; over-generates.
        parties: the parties of the text; a demonym is no place, "Ukrainian territory" is.
    """
    starts = [word.start for word in words]
    adjectives = sorted(bisect_left(starts, m.span.start) for m in parties if m.form is Form.ADJECTIVE)
    groups = [m.whole for m in parties if m.form in (Form.GROUP, Form.ORGANISATION)]
    people = surnames(text, words)
    matches = sorted((m for m in matches if m.text not in people or Level.COUNTRY in m.levels), key=_match_start)
    found: list[_Name] = []
    for sentence in sentences:
        low, high = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        near = matches[
            bisect_left(matches, sentence.start, key=_match_start) : bisect_left(
                matches, sentence.end, key=_match_start
            )
        ]
        here = {i - low for i in adjectives[bisect_left(adjectives, low) : bisect_left(adjectives, high)]}
        names = _names_of(text, words[low:high], sentence, near, here)
        found += [name for name in names if text[name.span.start : name.span.end] not in people or name.countries]
    found = [name for name in found if not any(_overlap(name.span, group) for group in groups)]
    found += _territories(text, parties)
    return _with_roles(text, sentences, _apart(found))


def _match_start(match: NameMatch) -> int:
    return match.span.start


def _names_of(
    text: str, words: Sequence[Word], sentence: Span, matches: Sequence[NameMatch], adjectives: set[int]
) -> list[_Name]:
    """The names of one sentence; ``words`` are its words, ``adjectives`` the places of demonyms among them."""
    starts = [word.start for word in words]
    headline = is_headline(text[sentence.start : sentence.end], words)
    runs = name_runs(text, words)
    known: list[_Name] = []
    for match in matches:
        first = bisect_left(starts, match.span.start)
        last = bisect_left(starts, match.span.end) - 1
        if not (first <= last < len(words) and words[first].start == match.span.start):
            continue
        run = next((run for run in runs if run.first <= first <= run.last), None)
        if run is not None and (name := _known(text, words, match, (first, last), run, adjectives, headline)):
            known.append(name)
    unknown: list[_Name] = []
    if not headline:
        for run in runs:
            name = _unknown(text, words, run, adjectives, [*known, *unknown])
            if name is not None:
                unknown.append(name)
    return known + unknown


def _known(
    text: str,
    words: Sequence[Word],
    match: NameMatch,
    place: tuple[int, int],
    run: NameRun,
    adjectives: set[int],
    headline: bool,
) -> _Name | None:
    """A gazetteer name, unless something speaks against it."""
    first, last = place
    inside = words[first : last + 1]
    if (
        len(match.text) < _SHORTEST
        or not match.text[0].isupper()
        or (match.text.isupper() and len(match.text) < _ACRONYM)
    ):
        return None
    if all(veto(word) is not None or first + i in adjectives for i, word in enumerate(inside)):
        return None
    country = Level.COUNTRY in match.levels
    level = _level_of(match)
    if headline:
        return _in_headline(text, words, match, place, level)
    if not country and _person_before(words, first):
        return None
    left = _unvetoed(words, range(run.first, first), adjectives)
    before = text[max(0, match.span.start - 60) : match.span.start]
    if left and not (country or len(inside) > 1):
        return None
    return _with_following(text, words, match, last, run, level, bool(_BEFORE_NAME.search(before)))


def _with_following(
    text: str, words: Sequence[Word], match: NameMatch, last: int, run: NameRun, level: Level, placed: bool
) -> _Name | None:
    """The name with the word for its kind ("Orlov region"); None where what follows makes it a person or a body."""
    after = words[last + 1 : run.last + 1]
    if any(veto(word) is Veto.ORGANISATION for word in after):
        return None
    possessive = text[match.span.end : match.span.end + 2] in ("'s", "’s")
    if after and not possessive and veto(after[0]) is None and place_level(after[0]) is None:
        if not placed and Level.COUNTRY not in match.levels:
            return None
        if not placed or match.population < 50_000:
            end = min(run.last, last + _LONGEST_NAME)
            kind = next((i for i in range(last + 1, end + 1) if veto(words[i]) is not None), end + 1)
            if Level.COUNTRY not in match.levels:
                return _Name(Span(match.span.start, words[kind - 1].end), level, frozenset(), "place/longer-name", 0.6)
    return _with_kind(text, words, _Name(match.span, level, match.countries, "place/gazetteer", 0.9), last)


def _in_headline(
    text: str, words: Sequence[Word], match: NameMatch, place: tuple[int, int], level: Level
) -> _Name | None:
    """In a line of capitals only a place after a preposition, at the head, or of some size is taken."""
    first, last = place
    before = text[max(0, match.span.start - 60) : match.span.start]
    big = match.population >= 50_000 or Level.COUNTRY in match.levels or Level.PROVINCE in match.levels
    if not (_LOCATIVE.search(before) or big) or _person_before(words, first):
        return None
    return _with_kind(text, words, _Name(match.span, level, match.countries, "place/headline", 0.7), last)


def _with_kind(text: str, words: Sequence[Word], name: _Name, last: int) -> _Name:
    """Adds the word for the kind of place that follows or precedes the name, where it tells the level."""
    level = _kind_after(text, words, last)
    if level is Level.DISTRICT and _CITY_OWNS.search(text[max(0, name.span.start - 40) : name.span.start]):
        level = Level.CITY_DISTRICT
    if level is not None:
        reach = words[last + 1].end if level in _WITH_KIND else name.span.end
        if level is Level.FACILITY and name.level is Level.COUNTRY:
            return name
        return replace(name, span=Span(name.span.start, reach), level=level)
    before = _KIND_OF.search(text[max(0, name.span.start - 40) : name.span.start])
    if before is not None and name.level is not Level.COUNTRY:
        kind = _level_word(before[1])
        return replace(name, level=kind or name.level)
    return name


def _unknown(
    text: str, words: Sequence[Word], run: NameRun, adjectives: set[int], taken: Sequence[_Name]
) -> _Name | None:
    """A name that the words around it make a place."""
    first, last = _trimmed(words, run, adjectives)
    if first > last or last - first >= _LONGEST_NAME:
        return None
    span = Span(words[first].start, words[last].end)
    if any(_overlap(span, name.span) for name in taken):
        return None
    inside = words[first : last + 1]
    if any(veto(word) in (Veto.ORGANISATION, Veto.TITLE) for word in inside) or veto(inside[0]) is Veto.FORENAME:
        return None
    if all(veto(word) is not None for word in inside) or _person_before(words, first) or _is_acronym(text, span):
        return None
    return _by_cue(text, words, span, last, taken)


def _by_cue(text: str, words: Sequence[Word], span: Span, last: int, taken: Sequence[_Name]) -> _Name | None:
    before = text[max(0, span.start - 60) : span.start]
    kind = _KIND_OF.search(before)
    if kind is not None:
        return _Name(span, _level_word(kind[1]) or Level.SETTLEMENT, frozenset(), "place/kind-of", 0.8)
    level = _kind_after(text, words, last)
    if level is not None:
        if level is Level.DISTRICT and _CITY_OWNS.search(before):
            return _Name(
                Span(span.start, words[last + 1].end), Level.CITY_DISTRICT, frozenset(), "place/part-of-city", 0.6
            )
        end = words[last + 1].end if level in _WITH_KIND else span.end
        return _Name(Span(span.start, end), level, frozenset(), "place/kind-after", 0.75)
    if _LOCATIVE.search(before):
        return _Name(span, Level.SETTLEMENT, frozenset(), "place/after-preposition", 0.5)
    chained = _CHAIN.search(before) is not None and _CHAIN_END.match(text, span.end) is not None
    if chained and any(0 < span.start - name.span.end <= 12 for name in taken):
        return _Name(span, Level.DISTRICT, frozenset(), "place/chain", 0.5)
    return None


def _trimmed(words: Sequence[Word], run: NameRun, adjectives: set[int]) -> tuple[int, int]:
    """The run without ordinary words and demonyms at its ends, and without a word for a kind of place at its end."""
    first, last = run.first, run.last
    while first <= last and (veto(words[first]) in (Veto.STARTER, Veto.WORD) or first in adjectives):
        first += 1
    while first <= last and (veto(words[last]) in (Veto.STARTER, Veto.WORD) or place_level(words[last]) is not None):
        last -= 1
    return first, last


def _unvetoed(words: Sequence[Word], indexes: range, adjectives: set[int]) -> list[Word]:
    return [
        words[i]
        for i in indexes
        if i not in adjectives and veto(words[i]) not in (Veto.WORD, Veto.STARTER) and place_level(words[i]) is None
    ]


def _person_before(words: Sequence[Word], first: int) -> bool:
    if first == 0 or words[first].start - words[first - 1].end > 2:
        return False
    return veto(words[first - 1]) in (Veto.TITLE, Veto.FORENAME)


def _kind_after(text: str, words: Sequence[Word], last: int) -> Level | None:
    if last + 1 >= len(words) or text[words[last].end : words[last + 1].start] not in (" ", "'s ", "’s "):
        return None
    if words[last + 1].lower.endswith("s") and words[last + 1].lower not in ("barracks",):
        return None
    return place_level(words[last + 1])


def _level_word(word: str) -> Level | None:
    return place_level(Word(0, len(word), word, word.lower()))


def _level_of(match: NameMatch) -> Level:
    """What a bare name most likely means: a country, else the most exact thing of that name but for facilities."""
    if Level.COUNTRY in match.levels:
        return Level.COUNTRY
    usual = (Level.SETTLEMENT, Level.CITY_DISTRICT, Level.COMMUNITY, Level.DISTRICT, Level.PROVINCE, Level.AREA)
    return next((level for level in usual if level in match.levels), Level.FACILITY)


def _is_acronym(text: str, span: Span) -> bool:
    written = text[span.start : span.end]
    return written.isupper() and len(written) <= _ACRONYM


def _territories(text: str, parties: Sequence[PartyMention]) -> list[_Name]:
    """Countries named by their land: "Ukrainian territory"."""
    found = []
    for mention in parties:
        country = mention.party.country
        owned = mention.form is Form.ADJECTIVE and mention.head is Head.PLACE
        if owned and country and _TERRITORY.search(text[mention.whole.start : mention.whole.end]):
            found.append(_Name(mention.whole, Level.COUNTRY, frozenset({country}), "place/territory", 0.8))
    return found


def _apart(names: Sequence[_Name]) -> list[_Name]:
    """The names in order; of two that overlap the surer, then the longer, stays."""
    kept: list[_Name] = []
    for name in sorted(names, key=lambda n: (-n.confidence, n.span.start - n.span.end, n.span.start)):
        if not any(_overlap(name.span, other.span) for other in kept):
            kept.append(name)
    return sorted(kept, key=lambda n: n.span.start)


def _with_roles(text: str, sentences: Sequence[Span], names: Sequence[_Name]) -> tuple[PlaceMention, ...]:
    starts = [sentence.start for sentence in sentences]
    mentions = []
    for name in names:
        sentence = sentences[max(0, bisect_left(starts, name.span.start + 1) - 1)]
        role = role_of(text, sentence, name.span, country=name.level is Level.COUNTRY)
        toponym = Toponym(text[name.span.start : name.span.end], name.span)
        mentions.append(PlaceMention(toponym, role, name.level, name.countries, name.rule, name.confidence))
    return tuple(mentions)


def _overlap(one: Span, two: Span) -> bool:
    return one.start < two.end and two.start < one.end
