"""Find words of a text that the gazetteer knows as names.

Capitalised words, alone or up to five together, are looked up; the longest match wins. Whether a match is a place here,
a person or an army, is for ``extract`` to decide: this only leaves out words that are hardly ever a place (a list), and
at the start of a sentence words that the same text also writes in lower case.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple, Protocol

from geo.names import DATA, exact_key, expand_abbreviation, words
from model import Level, NameMatch, Span

LONGEST = 5  # words of a name
_WORD = r"(?:[A-Z]\.){2,}|[^\W\d_]+(?:[’'ʼ`][^\W\d_]+)*"
_TOKEN = re.compile(_WORD)
_FOLLOWING = re.compile(rf"(?:\s{{1,2}}|\. |[-‐‑–]|\s?[-–]\s?)({_WORD})")  # what may go on with a name
# The first letter of a token that may begin a name: a capital, or one of those that "al", "el", "ul" begin with. The
# engine leaps from one such letter to the next; it is the first of its token where no letter stands before it.
_OPENING = re.compile(
    r"[^\W\d_b-df-tv-z](?<![^\W\d_].)(?<![^\W\d_][’'ʼ`].)(?:(?<![aeu])|(?i:l|d|s|sh|n|r|t|z|bu)(?![^\W\d_]))"
)
_POSSESSIVES = frozenset({"'s", "’s", "'S", "’S"})
_INSIDE = words(
    "of de la le les el al the on upon du des and y na ob nad am an der sur en da do dos di del e bei im al ar as ash "
    "ad ed ez es et el ul us bin ben abu i и на у в"
)
_START = frozenset({"al", "el", "ad", "as", "ash", "an", "ar", "at", "az", "es", "ul", "abu", "ed", "ez"})
_UNITS = words(
    "region regions oblast oblasts district districts raion rayon county counties province provinces governorate "
    "prefecture krai state states parish department voivodeship canton municipality commune division "
    "область області областью областю области району районе районі район района районом край края крае краю краї "
    "округ округа округе округу republic республика республики республике"
)
_GOING_ON = _INSIDE | _UNITS
_SENTENCE_END = re.compile(r"[.!?:;…\n\"“”«»(]\s*$")
_PREPOSITION = re.compile(r"\b(?:in|near|from|at|around|outside|, ?) ?$")


class Summary(NamedTuple):
    """What bears a name, in short."""

    levels: frozenset[Level]
    countries: frozenset[str]
    population: int


class Names(Protocol):
    """What a text is searched with: every name of an open gazetteer, by its exact key."""

    def written(self, name: str) -> Summary | None:
        """What bears a name as a text writes it."""

    def summary(self, key: str) -> Summary | None:
        """What bears the name with that exact key."""


class _Token(NamedTuple):
    text: str  # without a possessive "s"
    start: int
    end: int


@lru_cache(maxsize=1)
def not_places() -> tuple[frozenset[str], frozenset[str]]:
    """Exact keys of words that are never taken for a place, and of those that are so only behind a preposition."""
    kinds: dict[str, set[str]] = {"never": set(), "seldom": set()}
    kind = "never"
    for line in (DATA / "not_places.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif not line.startswith("#"):
            kinds[kind] |= {exact_key(word) for word in line.split(",")}
    return frozenset(kinds["never"]), frozenset(kinds["seldom"])


def find_names(text: str, names: Names) -> tuple[NameMatch, ...]:
    """The names in a text, in order, none overlapping."""
    lower = _written_small(text)
    found = []
    at = 0
    while (opening := _OPENING.search(text, at)) is not None:
        first = _token_at(text, opening.start())
        match = _longest(text, first, names, lower) if _may_begin(text, first) else None
        if match is not None:
            found.append(match)
        at = first.end if match is None else match.span.end
    return tuple(found)


def _written_small(text: str) -> set[str]:
    """The words that the text writes with a small first letter, in lower case."""
    pieces = set(text.split())
    plain = [piece for piece in pieces if piece.isalpha()]  # the others hold several words, or signs beside one
    others = _TOKEN.findall(" ".join(pieces.difference(plain)))
    return {word.lower() for word in plain if word[0].islower()} | {
        _bare(word).lower() for word in others if word[0].islower()
    }


def _token_at(text: str, start: int) -> _Token:
    """The token whose first letter stands there."""
    match = _TOKEN.match(text, start)
    assert match is not None
    word = _bare(match[0])
    return _Token(word, start, start + len(word))


def _bare(word: str) -> str:
    """A word without the ending of a possessive."""
    return word[:-2] if word[-2:] in _POSSESSIVES else word


def _may_begin(text: str, token: _Token) -> bool:
    """True for the first word of a name: it has a capital, or is a small one such as "al-"."""
    if token.text[0].isupper():
        return True
    return token.text.lower() in _START and (token.end == len(text) or text[token.end] in "- ")


def _chain(text: str, first: _Token) -> list[_Token]:
    """The words that may belong to one name, from its first on."""
    chain = [first]
    while len(chain) < LONGEST and (following := _FOLLOWING.match(text, chain[-1].end)) is not None:
        word, start = _bare(following[1]), following.start(1)
        if not (word[0].isupper() or word.lower() in _GOING_ON):
            break
        chain.append(_Token(word, start, start + len(word)))
    return chain


def _longest(text: str, first: _Token, names: Names, lower: set[str]) -> NameMatch | None:
    """The longest name that begins with a token."""
    for token in reversed(_chain(text, first)):
        if not token.text[0].isupper() and token.text.lower() not in _UNITS:
            continue
        summary = names.written(text[first.start : token.end])
        if summary is None or (token.start == first.start and not _plausible(text, first, lower, summary)):
            continue
        stop = _with_unit(text, token)
        span = Span(first.start, stop)
        return NameMatch(text[first.start : stop], span, summary.levels, summary.countries, summary.population)
    return _abbreviation(text, first, names)


def _with_unit(text: str, last: _Token) -> int:
    """End offset of a match, a unit word right behind it taken in: "Balkh" + "province"."""
    if text[last.end : last.end + 1] == " " and (after := _TOKEN.match(text, last.end + 1)) is not None:
        unit = _bare(after[0])
        if unit.lower() in _UNITS and not unit.lower().endswith("s"):
            return last.end + 1 + len(unit)
    return last.end


def _plausible(text: str, token: _Token, lower: set[str], summary: Summary) -> bool:
    """Whether a single word may be a name here."""
    word = token.text
    key = exact_key(word)
    never, seldom = not_places()
    if key in never or len(key) < 3:
        return len(key) == 2 and word in ("US", "UK")
    if key in seldom:
        big = summary.population >= 15_000 or Level.COUNTRY in summary.levels
        return big and bool(_PREPOSITION.search(text, max(0, token.start - 9), token.start))
    if word.lower() not in lower:
        return True
    return not (_SENTENCE_END.search(text, max(0, token.start - 4), token.start) or token.start == 0)


def _abbreviation(text: str, token: _Token, names: Names) -> NameMatch | None:
    """A state or country in short: "U.S.", "UAE" anywhere; "Ky.", "TX" only behind a comma."""
    surface, end = token.text, token.end
    if text[end : end + 1] == "." and "." not in surface:
        surface, end = surface + ".", end + 1
    full = expand_abbreviation(surface)
    if full is None:
        return None
    summary = names.summary(exact_key(full))
    before = text[max(0, token.start - 4) : token.start]
    behind_comma = before.endswith(", ") or (len(token.text) > 3 and "." in token.text and before.endswith(" in "))
    if summary is None or not (behind_comma or Level.COUNTRY in summary.levels or surface in ("D.C.", "N.Y.")):
        return None
    if not behind_comma and len(token.text) < 2:
        return None
    return NameMatch(surface, Span(token.start, end), summary.levels, summary.countries, summary.population)
