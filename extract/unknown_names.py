"""Names that no gazetteer knows, made places by the words around them: "the village of X", "in X district"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.known_names import is_body
from extract.lower_case import in_lower, lowered
from extract.names import NameRun, Veto, place_level, veto
from extract.phrases import Word
from extract.place_names import (
    PlaceName,
    is_local_government,
    is_person,
    kind_after,
    kind_before,
    overlap,
    with_kind,
    words_before,
)
from model import Level, Span

_LOCATIVE = in_lower(
    r"\b(?:in|at|near|outside|around|inside|towards?|between|north|south|east|west|outskirts|parts|"
    r"suburbs|surroundings|countryside|vicinity|edges?|fringes|environs|residents|villagers|inhabitants|mayor|headman|"
    r"mukhtar|imam|elders?)\s+(?:of\s+)?(?:the\s+)?"
    r"(?:(?:[a-z]+ern|central|downtown|occupied|nearby|border)\s+)?$",
)
_HIT = re.compile(
    r"\b(?:attacked|shelled|bombed|struck|hit|targeted|targeting|captured|stormed|raided|entered|seized)\s+$"
)
_TAKEN = re.compile(  # verbs whose object is hardly a person or a group
    r"\b(?:shelled|shelling|bombarded|bombarding|pounded|pounding|torched|overran|besieged|retook|recaptured|liberated|"
    r"stormed|raided|entered)\s+$"
)
_TAKEN_END = re.compile(
    r"\s*(?:[,.;]|$|\s(?:on|in|at|with|overnight|early|late|before|after|from|for|again|and|using|killing|wounding|"
    r"yesterday|last|this|during|as|when|where)\b)"
)
_CHAIN = re.compile(r"(?:,\s+|\s+\(|\s+(?:town|city|district|village|area),\s+)$")
_AND = re.compile(r"\s*(?:,|,?\s+and)\s+$")
_CHAIN_END = re.compile(r"\s*(?:[,.;)(\n]|$|\s(?:on|and|in|city|town|district|region|province|village)\b)")
_COMMA_NAME = re.compile(r",\s+[A-Z]")
_APPOSED = re.compile(
    r",\s+(?:an?|the|one\s+of)\s+(?:[\w'-]+\s+){0,5}?(?:town|village|city|settlement|suburb|port|district|region)\b"
)
_DATELINE = re.compile(r"(?:,\s+[A-Z][\w. ]{1,20})?\s*(?:\([^()\n]{2,30}\)\s*)?(?:\s(?:—|–|--|-)\s|:\s)")
_LANDFORMS = frozenset(
    ("Mount", "Lake", "Cape", "Fort", "Port", "Camp", "Wadi", "Jebel", "Jabal", "Tell", "Tel", "Deir", "Umm")
)
_FATHERS = frozenset(("Abu", "Umm", "Beni", "Bani", "Sidi"))  # begin names of men, and of villages: "near Abu Hamra"
_STRUCK_IN = re.compile(
    r"(?:,)?\s+in\s+(?:the\s+)?[A-Z][\w’'-]+[^.;!?\n]{0,50}?\s(?:was|were|came|has\s+been|had\s+been)\s+(?:\w+ly\s+)?"
    r"(?:attacked|hit|struck|shelled|bombed|raided|overrun|stormed|targeted|under)\b"
)
_CHAIN_REACH = 12
_LONGEST_LABEL = 6
_LONGEST_NAME = 5
_ACRONYM = 5


def unknown_name(
    text: str, words: Sequence[Word], run: NameRun, adjectives: set[int], taken: Sequence[PlaceName], line_start: int
) -> PlaceName | None:
    """A run of capitals as a place, where the words around it say so.

    Args:
        text: the report.
        words: the words of the sentence.
        run: the capitalised words.
        adjectives: indexes of demonyms.
        taken: the places of the sentence found before.
        line_start: where the sentence begins.
    """
    lone = _dateline(text, words, run, line_start) or _label(text, words, run)
    if lone is not None:
        return lone
    first, last = _trimmed(words, run, adjectives)
    if first > last or last - first >= _LONGEST_NAME:
        return None
    span = Span(words[first].start, words[last].end)
    if any(overlap(span, name.span) for name in taken) or not _may_be_place(text, words[first : last + 1], span):
        return None
    return None if is_person(words, first) else _by_cue(text, words, span, last, taken)


def _may_be_place(text: str, inside: Sequence[Word], span: Span) -> bool:
    vetoes = [veto(word) for word in inside]
    named_abu = inside[0].text in _FATHERS and _LOCATIVE.search(words_before(text, span.start)) is not None
    if Veto.ORGANISATION in vetoes or Veto.TITLE in vetoes or None not in vetoes:
        return False
    if vetoes[0] is Veto.FORENAME and not named_abu:
        return False
    written = text[span.start : span.end]
    return not (written.isupper() and len(written) <= _ACRONYM) and not is_body(text, span.end)


def _by_cue(text: str, words: Sequence[Word], span: Span, last: int, taken: Sequence[PlaceName]) -> PlaceName | None:
    before, low = words_before(text, span.start), words_before(lowered(text), span.start)
    kind = kind_before(low)
    if kind is not None:
        return PlaceName(span, kind, frozenset(), "place/kind-of", 0.8)
    if kind_after(text, words, last) is not None or is_local_government(text, span.end):
        return with_kind(text, words, PlaceName(span, Level.SETTLEMENT, frozenset(), "place/kind-after", 0.75), last)
    if _LOCATIVE.search(low):
        return PlaceName(span, Level.SETTLEMENT, frozenset(), "place/after-preposition", 0.5)
    if _APPOSED.match(text, span.end):
        return PlaceName(span, Level.SETTLEMENT, frozenset(), "place/apposition", 0.7)
    if _STRUCK_IN.match(text, span.end):
        return PlaceName(span, Level.SETTLEMENT, frozenset(), "place/struck", 0.6)
    taken_ground = _TAKEN.search(before) is not None and _TAKEN_END.match(text, span.end) is not None
    if taken_ground or (_HIT.search(before) and _COMMA_NAME.match(text, span.end)):
        return PlaceName(span, Level.SETTLEMENT, frozenset(), "place/object", 0.5)
    return _chained(text, span, before, taken)


def _chained(text: str, span: Span, before: str, taken: Sequence[PlaceName]) -> PlaceName | None:
    """A further name in a list: the larger unit in "Kala, Kunar", the second village in "X and Y"."""
    near = next((name for name in taken if 0 < span.start - name.span.end <= _CHAIN_REACH), None)
    if near is None or _CHAIN_END.match(text, span.end) is None:
        return None
    gap = text[near.span.end : span.start]
    if "and" in gap and _AND.fullmatch(gap):
        return PlaceName(span, near.level, frozenset(), "place/list", 0.5)
    if _CHAIN.search(before):
        return PlaceName(span, Level.DISTRICT, frozenset(), "place/chain", 0.5)
    return None


def _dateline(text: str, words: Sequence[Word], run: NameRun, line_start: int) -> PlaceName | None:
    """A town in capitals at the head of a line: "KYIV — "."""
    start, end = words[run.first].start, words[run.last].end
    if start - line_start > 2 or end - start < 4 or not text[start:end].isupper():
        return None
    span = Span(start, end)
    if _DATELINE.match(text, span.end) is None or all(veto(w) is not None for w in words[run.first : run.last + 1]):
        return None
    return PlaceName(span, Level.SETTLEMENT, frozenset(), "place/dateline", 0.7)


def _label(text: str, words: Sequence[Word], run: NameRun) -> PlaceName | None:
    """A place that stands alone at the head of a note: "Vyrubka (Sumy region)."."""
    if (
        run.first != 0
        or run.last > 2
        or len(words) > _LONGEST_LABEL
        or text[words[-1].end : words[-1].end + 1] not in (".", ":", ")")
    ):
        return None
    named = all(word.text[0].isupper() or place_level(word) is not None for word in words)
    if not named or any(veto(word) is not None for word in words[: run.last + 1]):
        return None
    return PlaceName(Span(words[0].start, words[run.last].end), Level.SETTLEMENT, frozenset(), "place/label", 0.6)


def _trimmed(words: Sequence[Word], run: NameRun, adjectives: set[int]) -> tuple[int, int]:
    """The run without ordinary words and demonyms at its ends, and without a word for a kind of place at its end."""
    first, last = run.first, run.last
    while first <= last and (veto(words[first]) in (Veto.STARTER, Veto.WORD) or first in adjectives):
        if words[first].text in _LANDFORMS:
            break
        first += 1
    while first <= last and (veto(words[last]) in (Veto.STARTER, Veto.WORD) or place_level(words[last]) is not None):
        last -= 1
    return first, last
