"""Finds states, armed groups and their offices: who acts, who is hit, who speaks.

States with their demonyms are in ``lists/states.tsv``, armed groups and organisations in ``parties.tsv``, the nouns
that tell what a demonym qualifies ("officials", "forces", "city", "civilians") in ``heads.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import zip_longest

from extract.phrases import Phrase, PhraseTable, Word, Words, find_phrases, make_table, phrase_at
from extract.wordlist import read_list
from model import Party, Span


class Form(StrEnum):
    """How a party is named."""

    NAME = "name"  # Russia
    ADJECTIVE = "adjective"  # Russian
    CAPITAL = "capital"  # Moscow, for the government that sits there
    GROUP = "group"  # Hamas, IDF
    ORGANISATION = "organisation"  # United Nations: never an attacker


class Head(StrEnum):
    """What a demonym or a possessive qualifies."""

    NONE = ""
    OFFICE = "office"
    FORCE = "force"
    PLACE = "place"
    VICTIM = "victim"
    LINE = "line"  # a border: nobody's


@dataclass(frozen=True, slots=True)
class PartyMention:
    """A party where it stands.

    ``whole`` covers the party with what it qualifies: of "the Russian Defense Ministry" the span is "Russian", the
    whole is "Russian Defense Ministry".
    """

    party: Party
    span: Span
    whole: Span
    form: Form
    head: Head
    possessive: bool


# The forces of whichever state holds the place where something happens; which one is known once places are.
HOME = Party("government forces")
_POSSESSIVE = re.compile(r"['’]s?(?=\s)|['’]s\b")
_COMPOUND = re.compile(
    r"[-‐‑](?:annexed|occupied|backed|controlled|held|made|based|born|supplied|installed|aligned|speaking|built|run|"
    r"ruled|"
    r"linked|affiliated|allied|funded|armed|trained|supported|sponsored|inspired|governed|dominated|owned|flagged|"
    r"administered|designed|loyal|bound|language|era|style)\b"
)
_LINKED = re.compile(r"[-‐‑](?:linked|affiliated)\s")
_BRANCH_REACH = 40
# "Moscow-installed officials" speak for the side that holds the ground, under the name that the text gives them.
_SET_UP = re.compile(r"-(?:installed|appointed|backed|controlled|occupied|held)\s")
_SET_UP_BY = re.compile(
    r"\b(?:the\s+)?(?P<whole>(?:(?:local|regional|city|senior)\s+)?"
    r"(?:officials?|authorities|administrations?|governors?|mayors?|heads?|leaders?|government|administrators?)\s+"
    r"(?:(?:who\s+)?(?:was|were|is|are)\s+)?(?:appointed|installed|named|imposed|backed|set\s+up|"
    r"put\s+in\s+place)\s+by\s+(?:the\s+)?)$",
    re.IGNORECASE,
)
_SET_UP_REACH = 70
_FOREIGN_ARMY = {"PS": "IL"}  # a land without an army of its own: "the army" is that of the occupier
_ARTICLE = re.compile(r"^(?:the|an?|its)\s+", re.IGNORECASE)
_TO_HEAD = 3  # words between a demonym and the noun it qualifies


def find_parties(text: str, words: Words) -> tuple[PartyMention, ...]:
    """Every mention of a listed state, group or organisation, in the order of the text."""
    phrases = find_phrases(text, words, _party_table())
    found = []
    for phrase, after in zip_longest(phrases, phrases[1:]):
        compound = _COMPOUND.match(text, phrase.span.end) is not None
        if compound and _is_branch(text, phrase, after):
            compound = False
        mention = _set_up(text, words, phrase) if compound else _mention(text, words, phrase)
        if mention is not None:
            found.append(mention)
    return tuple(found)


def _is_branch(text: str, phrase: Phrase[tuple[Party, Form]], after: Phrase[tuple[Party, Form]] | None) -> bool:
    """True for "Islamic State-linked militants", its branch where no other name follows: "al-Qaeda-linked JNIM"."""
    if phrase.value[1] is not Form.GROUP or _LINKED.match(text, phrase.span.end) is None:
        return False
    return after is None or after.span.start - phrase.span.end > _BRANCH_REACH


def country_name(code: str) -> str:
    """The English name of a state by its ISO 3166-1 alpha-2 code; the code itself where the list has no such state."""
    return _state_names().get(code, code)


def state(code: str) -> Party:
    """The state of a country code."""
    return Party(country_name(code), code)


def is_state(party: Party) -> bool:
    """True for a state itself, as against a group that belongs to its country."""
    return party == HOME or (party.country is not None and _state_names().get(party.country) == party.name)


def is_of_state(party: Party) -> bool:
    """True for a state and for the services and forces that act for it, as against an armed group."""
    return is_state(party) or party.name in _services()


def same_side(one: Party, two: Party) -> bool:
    """True for one party and itself, and for two that act for the same state; an army and its rebels are two sides."""
    return one == two or (one.country == two.country is not None and is_of_state(one) and is_of_state(two))


def at_home(party: Party, country: str | None) -> Party:
    """The party, with the state of a country in place of forces that were not said to be whose."""
    return state(army_of(country)) if party == HOME and country is not None else party


def army_of(country: str) -> str:
    """The state whose army "the army" is in a country."""
    return _FOREIGN_ARMY.get(country, country)


def speaker_of(text: str, mention: PartyMention) -> Party:
    """The party as a speaker: "Russian Defense Ministry" with the country of the state it belongs to."""
    owned = mention.form is Form.ADJECTIVE or mention.possessive
    if mention.head is Head.OFFICE or (mention.head is Head.FORCE and owned):
        return Party(_ARTICLE.sub("", text[mention.whole.start : mention.whole.end]), mention.party.country)
    return mention.party


def _mention(text: str, words: Sequence[Word], phrase: Phrase[tuple[Party, Form]]) -> PartyMention:
    party, form = phrase.value
    mark = _POSSESSIVE.match(text, phrase.span.end)
    first = phrase.last + 1
    if mark is not None and first < len(words) and words[first].lower == "s":
        first += 1
    head, last = _head(text, words, first, mark.end() if mark else phrase.span.end)
    whole = Span(phrase.span.start, words[last].end) if head is not Head.NONE else phrase.span
    by = None
    if (
        form in (Form.NAME, Form.CAPITAL)
        and " by " in text[max(0, phrase.span.start - len(" by the ")) : phrase.span.start]
    ):
        by = _SET_UP_BY.search(text, max(0, phrase.span.start - _SET_UP_REACH), phrase.span.start)
    if by is not None:
        head, whole = Head.OFFICE, Span(by.start("whole"), phrase.span.end)
    return PartyMention(party, phrase.span, whole, form, head, mark is not None)


def _set_up(text: str, words: Sequence[Word], phrase: Phrase[tuple[Party, Form]]) -> PartyMention | None:
    """The office in "Moscow-installed officials": of that side, and not the state; None for forces and places."""
    party, form = phrase.value
    if form in (Form.GROUP, Form.ORGANISATION) or _SET_UP.match(text, phrase.span.end) is None:
        return None
    head, last = _head(text, words, phrase.last + 2, words[phrase.last + 1].end)
    if head is not Head.OFFICE:
        return None
    return PartyMention(party, phrase.span, Span(phrase.span.start, words[last].end), Form.ADJECTIVE, head, False)


def _head(text: str, words: Sequence[Word], first: int, edge: int) -> tuple[Head, int]:
    """The head noun within a few words, and the index of its last word; a comma or a stop ends the search."""
    window = words[first : first + _TO_HEAD + 2]
    table = _head_table()
    for index, word in enumerate(window[: _TO_HEAD + 1]):
        if text[edge : word.start].strip(" -‐‑'’\n") or word.lower in _STOPPERS or word.text.isdigit():
            break
        found = phrase_at(text, window, index, table)
        if found is not None:
            return found.value, first + found.last
        edge = word.end
    return Head.NONE, first


# Words that end the search for a head noun.
_STOPPERS = frozenset((
    "and", "or", "in", "on", "at", "of", "to", "from", "with", "by", "against", "near", "over", "into", "after",
    "has", "have", "had", "was", "were", "is", "are", "said", "says", "the", "a", "an", "its", "their", "who", "that",
    "attack", "attacks", "strike", "strikes", "struck", "hit", "hits", "missile", "missiles", "drone", "drones",
    "before", "rocket", "rockets", "shelling", "launched", "fired", "attacked", "shelled", "killed", "carried",
    "which", "not", "shot", "stormed", "raided", "bombed", "ambushed", "wounded", "injured", "fought", "opened",
    "gunned", "burned", "set", "blew", "detonated", "dropped", "used", "destroyed", "seized", "captured",
    "accused", "blamed", "denied", "told", "claimed", "confirmed", "when", "while", "where",
))  # fmt: skip


@lru_cache(maxsize=1)
def _party_table() -> PhraseTable[tuple[Party, Form]]:
    rows: list[tuple[str, tuple[Party, Form]]] = []
    for row in read_list("parties", ("name", "terms", "country", "sort")):
        form = Form.ORGANISATION if row["sort"] == "office" else Form.GROUP
        rows.append((row["terms"], (Party(row["name"], row["country"] or None), form)))
    for row in read_list("states", ("code", "names", "adjectives", "capitals")):
        party = Party(row["names"].split("|")[0], row["code"])
        rows.append((row["names"], (party, Form.NAME)))
        if row["adjectives"]:
            rows.append((row["adjectives"], (party, Form.ADJECTIVE)))
        if row["capitals"]:
            rows.append((row["capitals"], (party, Form.CAPITAL)))
    return make_table(rows)


@lru_cache(maxsize=1)
def _services() -> frozenset[str]:
    rows = read_list("parties", ("name", "terms", "country", "sort"))
    return frozenset(row["name"] for row in rows if row["sort"] == "state")


@lru_cache(maxsize=1)
def _head_table() -> PhraseTable[Head]:
    rows = []
    for row in read_list("heads", ("terms", "sort")):
        if row["sort"] not in set(Head):
            raise row.error(f"{row['sort']!r} is not one of office, force, place, victim, line")
        rows.append((row["terms"], Head(row["sort"])))
    return make_table(rows)


@lru_cache(maxsize=1)
def _state_names() -> Mapping[str, str]:
    rows = read_list("states", ("code", "names", "adjectives", "capitals"))
    return {row["code"]: row["names"].split("|")[0] for row in rows}
