"""The name of a place before its part in the sentence is known, and the words for kinds of places beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.lower_case import in_lower, lowered
from extract.names import Veto, place_level, veto
from extract.phrases import Word
from model import Level, Span


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name, the kind of place it most likely is, the countries that have such a place, and why it is taken."""

    span: Span
    level: Level
    countries: frozenset[str]
    rule: str
    confidence: float


_KIND_OF = in_lower(
    r"\b(village|town|city|cities|settlement|hamlet|port|suburb|neighbou?rhood|district|raion|county|"
    r"municipality|township|"
    r"commune|province|region|governorate|oblast|camp|area|island|valley|coastal\s+strip|strip|hill|market|"
    r"hospital|airport|"
    r"prison|dam|terminal|crossing|outskirts|cent(?:er|re)|quarter|monastery|bazaar|checkpoint)s?\s+(?:of\s+|"
    r"called\s+|named\s+|like\s+)?"
    r"(?:the\s+)?[\"'“‘]?$",
)
_CITY_OWNS = re.compile(r"(?:\b(?:city|town|capital)['’]s|\b[A-Z]\w+['’]s|\bdowntown|\bcity\s+of\s+\w+['’]s)\s+$")
_ALONG = re.compile(r"\b(?:along|astride)\s+the\s+$", re.IGNORECASE)  # what runs on is a river, a road, a border
_ROUTE = re.compile(
    r"\s?[–—-]\s?[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?\s+(?:road|highway|motorway|route|railway|line|pipeline|corridor|axis|"
    r"canal)\b"
)
_LOCAL_GOVERNMENT = re.compile(r"\s+(?:Local\s+Government(?:\s+(?:Area|Council))?|LGA|L\.G\.A\.?)(?!\w)")
_WITH_KIND = frozenset({Level.PROVINCE, Level.DISTRICT, Level.FACILITY})
_PART_OF = frozenset(
    {
        "area",
        "market",
        "hospital",
        "airport",
        "prison",
        "terminal",
        "outskirts",
        "center",
        "centre",
        "quarter",
        "bazaar",
        "strip",
        "coastal strip",
    }
)
_NO_PLURAL = frozenset({"barracks"})
_BEFORE = 60  # characters looked at before a name


def with_kind(text: str, words: Sequence[Word], name: PlaceName, last: int) -> PlaceName:
    """Adds the word for the kind of place that follows or precedes the name, where it tells the level."""
    if area := _LOCAL_GOVERNMENT.match(text, name.span.end):
        return replace(name, span=Span(name.span.start, area.end()), level=Level.DISTRICT)
    level = kind_after(text, words, last)
    before = words_before(text, name.span.start)
    if level is Level.DISTRICT and owned_by_city(before):
        level = Level.CITY_DISTRICT
    if level is None and (_ALONG.search(before) or is_end_of_route(text, name.span)):
        level = Level.AREA if name.level is not Level.COUNTRY else None
    if level is not None:
        if level is Level.FACILITY and name.level is Level.COUNTRY:
            return name
        reach = words[last + 1].end if level in _WITH_KIND else name.span.end
        return replace(name, span=Span(name.span.start, reach), level=level)
    kind = kind_before(words_before(lowered(text), name.span.start))
    return name if kind is None or name.level is Level.COUNTRY else replace(name, level=kind)


def is_local_government(text: str, end: int) -> bool:
    """True before "Local Government Area"."""
    return _LOCAL_GOVERNMENT.match(text, end) is not None


def is_end_of_route(text: str, name: Span) -> bool:
    """True for A in "the A–B road": what was hit lies somewhere between."""
    return _ROUTE.match(text, name.end) is not None


def owned_by_city(before: str) -> bool:
    """True where the words before a district make it a part of a town: "the capital's "."""
    return _CITY_OWNS.search(before) is not None


def words_before(text: str, start: int) -> str:
    """The words before a name, on its own line."""
    return text[max(0, start - _BEFORE) : start].rsplit("\n", 1)[-1]


def kind_after(text: str, words: Sequence[Word], last: int) -> Level | None:
    """The level told by the word after a name: "Marka district"."""
    if last + 1 >= len(words) or text[words[last].end : words[last + 1].start] not in (" ", "'s ", "’s "):
        return None
    following = words[last + 1]
    if following.lower.endswith("s") and following.lower not in _NO_PLURAL:
        return None
    return place_level(following)


def kind_before(low: str) -> Level | None:
    """The level told by the words before a name, in lower case: "the village of "."""
    kind = _KIND_OF.search(low)
    if kind is None:
        return None
    word = "city" if kind[1] == "cities" else kind[1]
    if word in _PART_OF:  # "the market of X" is in X
        return Level.SETTLEMENT
    return place_level(Word(0, len(word), word, word)) or Level.SETTLEMENT


def is_person(words: Sequence[Word], first: int) -> bool:
    """True where a title or a forename stands right before a name."""
    if first == 0 or words[first].start - words[first - 1].end > 2:
        return False
    return veto(words[first - 1]) in (Veto.TITLE, Veto.FORENAME)


def overlap(one: Span, two: Span) -> bool:
    """True where two spans share a character."""
    return one.start < two.end and two.start < one.end
