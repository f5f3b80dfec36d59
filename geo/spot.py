"""Find words of a text that the gazetteer knows as names.

Capitalised words, alone or up to five together, are looked up; the longest match wins. Whether a match is a place here,
a person or an army, is for ``extract`` to decide: this only leaves out words that are hardly ever a place (a list), and
at the start of a sentence words that the same text also writes in lower case.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geo.names import DATA, base_forms, exact_key, expand_abbreviation, words
from model import Level, NameMatch, Span

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer, Summary

LONGEST = 5  # words of a name
_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+(?:[’'ʼ`][^\W\d_]+)*")
_GAP = re.compile(r"[\s  ]{1,2}|\. |[-‐‑–]|, (?=D\.C\.)|[’'](?= )|\s?[-–]\s?")
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
_SENTENCE_END = re.compile(r"[.!?:;…\n\"“”«»(]\s*$")
_PREPOSITION = re.compile(r"\b(?:in|near|from|at|around|outside|, ?) ?$")
_CYRILLIC = re.compile("[\u0400-\u04ff]")


class _Token(NamedTuple):
    text: str
    start: int
    end: int
    starts: bool  # may be the first word of a name
    inside: bool  # may be a word inside a name


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


def find_names(text: str, gazetteer: Gazetteer) -> tuple[NameMatch, ...]:
    """The names in a text, in order, none overlapping."""
    tokens = _tokens(text)
    lower = {t.text.lower() for t in tokens if t.text[0].islower()}
    found = []
    at = 0
    while at < len(tokens):
        match, used = _longest(text, tokens, at, gazetteer, lower) if tokens[at].starts else (None, 1)
        if match is not None:
            found.append(match)
        at += used
    return tuple(found)


def _tokens(text: str) -> list[_Token]:
    tokens = []
    for m in _TOKEN.finditer(text):
        word, end = m[0], m.end()
        if word[-2:] in ("'s", "’s", "'S", "’S"):
            word, end = word[:-2], end - 2
        if word:
            first = word[0]
            low = word.lower()
            starts = first.isupper() or (low in _START and text[m.end() : m.end() + 1] in "- ")
            tokens.append(_Token(word, m.start(), end, starts, first.isupper() or low in _INSIDE or low in _UNITS))
    return tokens


def _longest(
    text: str, tokens: list[_Token], at: int, gazetteer: Gazetteer, lower: set[str]
) -> tuple[NameMatch | None, int]:
    """The longest name that starts at token ``at``, and how many tokens it takes."""
    last = at
    while last + 1 < len(tokens) and last - at + 1 < LONGEST and tokens[last + 1].inside:
        if not _GAP.fullmatch(text, tokens[last].end, tokens[last + 1].start):
            break
        last += 1
    first = tokens[at]
    for end in range(last, at - 1, -1):
        token = tokens[end]
        capital = token.text[0].isupper()
        if not capital and token.text.lower() not in _UNITS:
            continue
        surface = text[first.start : token.end]
        summary = _bearers(surface, gazetteer)
        if summary is None or (end == at and not _plausible(text, first, lower, summary)):
            continue
        stop, used = _with_unit(text, tokens, end)
        span = Span(first.start, stop)
        name = text[first.start : stop]
        return NameMatch(name, span, summary.levels, summary.countries, summary.population), used - at + 1
    return _abbreviation(text, first, gazetteer), 1


def _with_unit(text: str, tokens: list[_Token], end: int) -> tuple[int, int]:
    """End offset and last token of a match, a unit word right behind it taken in: "Balkh" + "province"."""
    after = end + 1
    if after < len(tokens) and tokens[after].text.lower() in _UNITS and not tokens[after].text.lower().endswith("s"):
        gap = text[tokens[end].end : tokens[after].start]
        if gap == " ":
            return tokens[after].end, after
    return tokens[end].end, end


def _bearers(surface: str, gazetteer: Gazetteer) -> Summary | None:
    key = exact_key(surface)
    found = gazetteer.summary(key)
    if found is None and _CYRILLIC.search(key):
        forms = base_forms(key, gazetteer.known, limit=200)
        found = next((s for s in map(gazetteer.summary, forms) if s), None)
    if found is None and key.startswith("st "):
        found = gazetteer.summary("saint " + key[3:])
    return found


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


def _abbreviation(text: str, token: _Token, gazetteer: Gazetteer) -> NameMatch | None:
    """A state or country in short: "U.S.", "UAE" anywhere; "Ky.", "TX" only behind a comma."""
    surface, end = token.text, token.end
    if text[end : end + 1] == "." and "." not in surface:
        surface, end = surface + ".", end + 1
    full = expand_abbreviation(surface)
    if full is None:
        return None
    summary = gazetteer.summary(exact_key(full))
    before = text[max(0, token.start - 4) : token.start]
    behind_comma = before.endswith(", ") or (len(token.text) > 3 and "." in token.text and before.endswith(" in "))
    if summary is None or not (behind_comma or Level.COUNTRY in summary.levels or surface in ("D.C.", "N.Y.")):
        return None
    if not behind_comma and len(token.text) < 2:
        return None
    return NameMatch(surface, Span(token.start, end), summary.levels, summary.countries, summary.population)
