"""Which of the names that the gazetteer proposes are places here; it proposes far too many."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.lower_case import in_lower, lowered
from extract.names import NameRun, Veto, place_level, veto
from extract.phrases import Word
from extract.place_names import PlaceName, is_end_of_route, is_person, owned_by_city, with_kind, words_before
from model import Level, NameMatch, Span

_BEFORE_NAME = in_lower(
    r"\b(?:in|at|near|outside|around|towards?|from|inside|against|over|on|between|of|to|north|south|east|west|"
    r"hit|struck|shelled|"
    r"attacked|bombed|targeted|stormed|captured|seized|entered|rocked)\s+(?:the\s+)?(?:(?:[a-z]+ern|central|"
    r"downtown|occupied|nearby|"
    r"russian|border)\s+)?(?:(?:village|town|city|settlement|port|district|region|province|area|neighbou?rhood|"
    r"suburb|camp|hamlet|"
    r"commune|municipality|township|county|governorate|oblast|island|capital|outskirts|areas|parts|"
    r"vicinity)\s+(?:of\s+)?)?$",
)
_PLACED = in_lower(
    r"\b(?:in|at|near|outside|around|inside|towards?|between|on|of|over|from)\s+(?:the\s+)?(?:[a-z]+ern\s+)?$",
)
_BODY_OF = re.compile(
    r"\b(?:House|Line|Ministry|Department|Board|Court|Cost|Bank|Secretary|Minister|Office|Institute|Faculty|"
    r"Directorate|"
    r"Movement|Party|Army|Front|Council|Union|Association|Federation|Church|Order|Society|University|Bureau|"
    r"Chamber)\s+of\s+"
    r"(?:the\s+)?(?:[A-Z]\w+\s+(?:&|and)\s+)?$"
)
_WEAPONS_AFTER = re.compile(r"\s+(?:[a-z]+\s+)?(?:missiles|rockets|drones|launchers?|howitzers?|shells|bombs)\b")
_COAST = re.compile(
    r"\s+(?:port|city|coast|fleet|resort|town|shore|grain|ports|cities|region|peninsula|state|"
    r"island|crossing|basin)s?\b"
)
_WATERS = frozenset({"Sea", "Gulf", "Strait", "Bay", "Ocean", "Lake", "Channel"})
_SHORTEST = 3
_ACRONYM = 5
_LONGEST_NAME = 5
_BIG = 50_000  # people; smaller places are not taken from a line of capitals


def known_name(
    text: str,
    words: Sequence[Word],
    match: NameMatch,
    place: tuple[int, int],
    run: NameRun,
    adjectives: set[int],
    headline: bool,
) -> PlaceName | None:
    """A gazetteer name as a place, unless something speaks against it.

    Args:
        text: the report.
        words: the words of the sentence.
        match: what the gazetteer knows.
        place: indexes of its first and last word.
        run: the capitalised words around it.
        adjectives: indexes of demonyms.
        headline: the sentence is a line of capitals.
    """
    first, last = place
    inside = words[first : last + 1]
    country = Level.COUNTRY in match.levels
    if not _is_written_as_name(match) or (not country and is_person(words, first)):
        return None
    water = len(inside) > 1 and inside[-1].text in _WATERS and Level.AREA in match.levels
    water = water and _COAST.match(text, match.span.end) is None
    if all(veto(word) is not None or first + i in adjectives for i, word in enumerate(inside)) and not (
        country or water
    ):
        return None
    before = words_before(text, match.span.start)
    low = words_before(lowered(text), match.span.start)
    if headline:
        return _in_headline(text, words, match, last, low)
    placed = _BEFORE_NAME.search(low) is not None
    if not placed and _WEAPONS_AFTER.match(text, match.span.end):
        return None
    if not country and (_BODY_OF.search(before) or (len(inside) == 1 and _named_before(words, run, first, adjectives))):
        return None
    return _with_following(text, words, match, last, run, placed=placed)


def _is_written_as_name(match: NameMatch) -> bool:
    if not match.text[0].isupper():
        return False
    if match.text.isupper() and len(match.text) < _ACRONYM:
        return Level.COUNTRY in match.levels and len(match.text) > 1
    return len(match.text) >= _SHORTEST


def _with_following(
    text: str, words: Sequence[Word], match: NameMatch, last: int, run: NameRun, *, placed: bool
) -> PlaceName | None:
    """The name with the word for its kind ("Orlov region"); None where what follows makes it a person or a body."""
    after = words[last + 1 : run.last + 1]
    if any(veto(word) is Veto.ORGANISATION for word in after) or is_body(text, match.span.end):
        return None
    country = Level.COUNTRY in match.levels
    level = _own_level(text, words, match, last)
    name = PlaceName(match.span, level, match.countries, "place/gazetteer", 0.9)
    owns = text[match.span.end : match.span.end + 2] in ("'s", "’s")
    if after and not owns and not country and veto(after[0]) is None and place_level(after[0]) is None:
        if not placed:
            return None
        end = min(run.last, last + _LONGEST_NAME)
        kind = next((i for i in range(last + 1, end + 1) if veto(words[i]) is not None), end + 1)
        span = Span(match.span.start, words[kind - 1].end)
        level = Level.AREA if is_end_of_route(text, span) else name.level
        return PlaceName(span, level, frozenset(), "place/longer-name", 0.6)
    return with_kind(text, words, name, last)


def _own_level(text: str, words: Sequence[Word], match: NameMatch, last: int) -> Level:
    """The level of a name that ends in the word for its kind; "the capital's X district" is a part of the town."""
    own = place_level(words[last]) if " " in match.text else None
    if own is Level.DISTRICT and owned_by_city(words_before(text, match.span.start)):
        return Level.CITY_DISTRICT
    return own if own is not None and own in match.levels else level_of(match)


def _in_headline(text: str, words: Sequence[Word], match: NameMatch, last: int, low: str) -> PlaceName | None:
    """In a line of capitals only a place after a preposition, or one of some size, is taken."""
    big = match.population >= _BIG or Level.COUNTRY in match.levels or Level.PROVINCE in match.levels
    if not (big or _PLACED.search(low)):
        return None
    return with_kind(text, words, PlaceName(match.span, level_of(match), match.countries, "place/headline", 0.7), last)


def _named_before(words: Sequence[Word], run: NameRun, first: int, adjectives: set[int]) -> bool:
    """True where capitals before a single word make it part of something else: "Naeem Baluch"."""
    return any(
        i not in adjectives and veto(words[i]) not in (Veto.WORD, Veto.STARTER) and place_level(words[i]) is None
        for i in range(run.first, first)
    )


def level_of(match: NameMatch) -> Level:
    """What a bare name most likely means: a country, else the most exact thing of that name but for facilities."""
    if Level.COUNTRY in match.levels:
        return Level.COUNTRY
    usual = (Level.SETTLEMENT, Level.CITY_DISTRICT, Level.COMMUNITY, Level.DISTRICT, Level.PROVINCE, Level.AREA)
    return next((level for level in usual if level in match.levels), Level.FACILITY)


_BODY_AFTER = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:company|firm|corporation|bank|newspaper|magazine|outlet|agency|party|movement|tribe|"
    r"tribes|community|"
    r"communities|clan|families|militia|group|cocktails?|channel|dealership|foundation|organi[sz]ation|chiefdom|ethnic|"
    r"tribesmen|herders|herdsmen|players?|team|club|actress|actor|singer)\b"
)


_COMMUNE_HIT = re.compile(  # a community that is shelled is a unit of land
    r"\s+(?:territorial\s+)?community\s+(?:was|were|came|has\s+been|had\s+been)\s+(?:\w+ly\s+)?"
    r"(?:hit|struck|shelled|attacked|bombed|targeted|under)\b"
)


def is_body(text: str, end: int) -> bool:
    """True where the words after a name make it a company, a people or a thing: "Sakima mining company"."""
    return _BODY_AFTER.match(text, end) is not None and _COMMUNE_HIT.match(text, end) is None
