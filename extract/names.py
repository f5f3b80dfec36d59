"""Runs of capitalised words, and what speaks against their being the name of a place.

The words that speak against it are in ``lists/name_vetoes.tsv``, words for kinds of places in ``place_words.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from extract.phrases import Word, Words
from extract.wordlist import read_list
from model import Level


class Veto(StrEnum):
    """Why a capitalised word is not, or not by itself, the name of a place."""

    TITLE = "title"  # stands before a person
    FORENAME = "forename"
    ORGANISATION = "organisation"
    WORD = "word"  # a day, a medium, a language, a direction
    STARTER = "starter"  # an ordinary word at the head of a sentence or in a headline


class NameRun(NamedTuple):
    """Capitalised words that follow each other; ``first`` and ``last`` index the words of the text."""

    first: int
    last: int


_JOINT = re.compile(r"[ \-‐‑'’]{1,2}")
_APOSTROPHES = ("'", "’", "ʼ")
_ENDINGS = frozenset(("s", "t", "re", "ll", "ve", "d", "m"))  # of a possessive or a short form: no part of a name
_LINKED = frozenset(
    ["au", "aux", "sur", "sous", "al", "el", "ez", "es", "ar", "as", "ash", "ad", "at", "an", "en", "as", "e", "i"]
)  # only with a hyphen: "Deir ez-Zor"
_SPACED = frozenset(["de", "la", "le", "du", "da", "di", "del", "dos", "das", "los", "las", "bin", "ibn", "sur", "les"])
_HEADLINE_SHARE = 0.85
_HEADLINE_WORDS = 5
_ALL_CAPITALS = 0.8
_SMALL_LETTERS = dict.fromkeys(range(ord("a"), ord("z") + 1))
_LONGEST_RUN = 8
_LONGEST_PERSON = 3


def name_runs(text: str, words: Sequence[Word]) -> tuple[NameRun, ...]:
    """The runs of capitalised words of a text, with the small words inside them ("Tel al-Hawa", "Rio de Oro")."""
    runs: list[NameRun] = []
    free = 0
    for at in [at for at, word in enumerate(words) if word.text[0].isupper() or word.text in _LINKED]:
        if at >= free and (words[at].text[0].isupper() or _small_start(text, words, at)):
            runs.append(NameRun(at, _run_end(text, words, at)))
            free = runs[-1].last + 1
    return tuple(runs)


def is_headline(line: str, words: Sequence[Word]) -> bool:
    """True for a line in capitals, or of capitalised words without a stop at its end: a capital there says nothing."""
    if len(words) > _HEADLINE_WORDS and _is_all_capitals(line):
        return True
    if line.rstrip().endswith((".", "!", "?", ".”", '."')):
        return False
    long = [word for word in words if len(word.text) > 3 and word.text[0].isalpha()]
    capital = sum(word.text[0].isupper() for word in long)
    return len(long) >= _HEADLINE_WORDS and capital >= _HEADLINE_SHARE * len(long)


def _is_all_capitals(line: str) -> bool:
    small = len(line) - len(line.translate(_SMALL_LETTERS))
    if small > (1 - _ALL_CAPITALS) * len(line):  # nearly every line; spares the look at each letter
        return False
    letters = [sign for sign in line if sign.isalpha()]
    return sum(map(str.isupper, letters)) > _ALL_CAPITALS * len(letters)


def veto(word: Word) -> Veto | None:
    """What speaks against a capitalised word as a place name."""
    return _vetoes().get(word.text)


def place_level(word: Word) -> Level | None:
    """The level of places that a word for a kind of place stands for: "district" is a second-order unit."""
    return _place_words().get(word.lower)


def surnames(text: str, words: Words) -> frozenset[str]:
    """The last names of the people whom a text names with a title or a forename."""
    found = set()
    before = _before_surnames()
    for at in words.among(_before_surnames_lower()):
        if words[at].text not in before:
            continue
        last = at
        while last + 1 < len(words) and last - at < _LONGEST_PERSON and _follows(text, words, last):
            last += 1
        if last > at and veto(words[last]) is None:
            found.add(words[last].text)
    return frozenset(found)


def _follows(text: str, words: Sequence[Word], last: int) -> bool:
    gap = text[words[last].end : words[last + 1].start]
    return gap in (" ", ". ", "-") and words[last + 1].text[0].isupper()


def _small_start(text: str, words: Sequence[Word], at: int) -> bool:
    """A name may begin small: "al-Shura"."""
    if at + 1 >= len(words):
        return False
    return text[words[at].end : words[at + 1].start] == "-" and words[at + 1].text[0].isupper()


def _run_end(text: str, words: Sequence[Word], at: int) -> int:
    last = at
    while last + 1 < len(words) and last - at < _LONGEST_RUN:
        gap = text[words[last].end : words[last + 1].start]
        following = words[last + 1]
        if gap in _APOSTROPHES and following.text.islower() and following.text not in _ENDINGS:
            last += 1
            continue
        if not _JOINT.fullmatch(gap):
            break
        if following.text[0].isupper() or _hyphened(gap, words[last], following):
            last += 1
        elif _links(text, words, last + 1):
            last += 2
        else:
            break
    return last


def _hyphened(gap: str, before: Word, following: Word) -> bool:
    """True for the small parts of a name with hyphens: "al-Shura", "Tel-el-Kebir"."""
    if gap not in ("-", "‐", "‑") or not following.text[0].isalpha():
        return False
    return before.lower in _LINKED or following.lower not in _LINKED


def _links(text: str, words: Sequence[Word], small: int) -> bool:
    """True where a small word binds two capitalised ones into one name."""
    if small + 1 >= len(words) or not words[small + 1].text[0].isupper():
        return False
    gap = text[words[small].end : words[small + 1].start]
    return (words[small].text in _LINKED and gap == "-") or (words[small].text in _SPACED and gap == " ")


@lru_cache(maxsize=1)
def _vetoes() -> Mapping[str, Veto]:
    found: dict[str, Veto] = {}
    for row in read_list("name_vetoes", ("terms", "sort")):
        if row["sort"] not in set(Veto):
            raise row.error(f"{row['sort']!r} is not one of {', '.join(Veto)}")
        for term in row["terms"].split("|"):
            found.setdefault(term, Veto(row["sort"]))
    return found


@lru_cache(maxsize=1)
def _before_surnames() -> frozenset[str]:
    return frozenset(word for word, why in _vetoes().items() if why in (Veto.TITLE, Veto.FORENAME))


@lru_cache(maxsize=1)
def _before_surnames_lower() -> frozenset[str]:
    return frozenset(word.lower() for word in _before_surnames())


@lru_cache(maxsize=1)
def _place_words() -> Mapping[str, Level]:
    found: dict[str, Level] = {}
    for row in read_list("place_words", ("terms", "level")):
        if row["level"] not in set(Level):
            raise row.error(f"{row['level']!r} is no level of places")
        for term in row["terms"].split("|"):
            found.setdefault(term.split()[-1], Level(row["level"]))
    return found
