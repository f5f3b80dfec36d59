"""Finds listed phrases in a text: one pass over its words, so that time grows with the text and not with the lists.

A phrase is written as plain words. ``|`` separates variants ("strike|strikes|struck"), ``*`` stands for up to two
words, a variant with a capital letter matches only as written. Hyphens and blanks are the same: "air strike" finds
"air-strike".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

from model import Span

T = TypeVar("T")

WORD = re.compile(r"[^\W_]+")
_JOINT = re.compile(r"[\s\-‐‑–'’.]{1,3}")
_SKIPPED_JOINT = re.compile(r"[\s\-‐‑'’\",“”()]{1,4}")
_START = itemgetter(0)
_ANY = "*"
_MOST_SKIPPED = 2


class Word(NamedTuple):  # a text has hundreds: a named tuple is made in a quarter of the time of a data class
    """One word of the text: offsets, the word as written, and in lower case."""

    start: int
    end: int
    text: str
    lower: str


class Words(tuple[Word, ...]):
    """The words of a text, and where each stands among them: a list then meets the text only where it can."""

    places: dict[str, list[int]]  # by the word in lower case
    known: frozenset[str]  # the words in lower case
    starts: list[int]  # the first character of each
    mixed: set[str]  # those that hold signs other than letters, in lower case

    def __new__(cls, found: Iterable[Word]) -> Words:
        """The words in the order of the text."""
        made = super().__new__(cls, found)
        places: dict[str, list[int]] = {}
        for at, word in enumerate(made):
            if word.lower in places:
                places[word.lower].append(at)
            else:
                places[word.lower] = [at]
        made.places = places
        made.known = frozenset(places)
        made.starts = list(map(_START, made))
        made.mixed = {word for word in places if not word.isalpha()}
        return made

    def among(self, wanted: Set[str]) -> list[int]:
        """The places of the wanted words, in lower case; in order."""
        places = self.places
        return sorted(chain.from_iterable([places[word] for word in self.known & wanted]))  # walks the smaller set


def matches_at(text: str, openers: Set[str], pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The matches of a pattern that can only begin with one of some words, given in lower case.

    As ``pattern.finditer(text)`` would find them; only the places where such a word stands are tried.
    """
    words, free = split_words(text), 0
    for start in [words.starts[at] for at in words.among(openers)]:
        match = pattern.match(text, start) if start >= free else None
        if match is not None:
            yield match
            free = match.end()


def holds(text: str, start: int, end: int, wanted: frozenset[str]) -> bool:
    """True where one of some words, given in lower case, begins in a stretch of a text: spares many a longer look."""
    places = _places(text, wanted)
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


@lru_cache(maxsize=64)  # a few sets of words are asked for in every sentence of a report
def _places(text: str, wanted: frozenset[str]) -> list[int]:
    words = split_words(text)
    return [words.starts[at] for at in words.among(wanted)]


class Phrase(NamedTuple, Generic[T]):
    """A listed phrase where it stands; ``first`` and ``last`` index the words."""

    span: Span
    value: T
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Entry(Generic[T]):
    words: tuple[str, ...]
    as_written: bool
    value: T
    second: str = ""  # what must follow the first word, in lower case; "" = anything


@dataclass(frozen=True, slots=True)
class _Openers(Generic[T]):
    """The entries that share a first word, longest first, by the word that follows in the text.

    Many phrases begin with "the" or "in": only those whose second word is there are worth a closer look.
    """

    by_second: Mapping[str, tuple[_Entry[T], ...]]  # with those that anything may follow
    free: tuple[_Entry[T], ...]  # those that anything may follow


@dataclass(frozen=True, slots=True)
class PhraseTable(Generic[T]):
    """Phrases by their first word in lower case."""

    openers: Mapping[str, _Openers[T]]


@lru_cache(maxsize=4)  # every finder asks for those of its report
def split_words(text: str) -> Words:
    """The words of a text: runs of letters and digits."""
    return Words([Word(m.start(), m.end(), word := m[0], word.lower()) for m in WORD.finditer(text)])


def make_table(phrases: Iterable[tuple[str, T]]) -> PhraseTable[T]:
    """A table from (variants, value) pairs; of two equal variants the first stays."""
    entries: dict[str, list[_Entry[T]]] = {}
    for variants, value in phrases:
        for variant in variants.split("|"):
            words = tuple(re.findall(r"[^\W_]+|\*", variant))
            if not words or words[0] == _ANY:
                raise ValueError(f"a phrase must begin with a word: {variant!r}")
            as_written = variant != variant.lower()
            kept = words if as_written else tuple(word.lower() for word in words)
            known = entries.setdefault(words[0].lower(), [])
            if all(entry.words != kept for entry in known):
                known.append(_Entry(kept, as_written, value, _second(kept)))
    return PhraseTable({first: _openers(sorted(found, key=_longest_first)) for first, found in entries.items()})


def find_phrases(text: str, words: Words, table: PhraseTable[T]) -> list[Phrase[T]]:
    """The phrases of a table in a text, from left to right, the longest at each place, none overlapping."""
    found: list[Phrase[T]] = []
    openers, free, end = table.openers, 0, len(words) - 1
    for at in words.among(openers.keys()):
        if at < free:
            continue
        opener = openers[words[at].lower]
        entries = opener.by_second.get(words[at + 1].lower, opener.free) if at < end else opener.free
        if entries and (phrase := _longest_of(text, words, at, entries)) is not None:
            found.append(phrase)
            free = phrase.last + 1
    return found


def phrase_at(text: str, words: Sequence[Word], at: int, table: PhraseTable[T]) -> Phrase[T] | None:
    """The longest phrase of a table that begins at a word, or None."""
    openers = table.openers.get(words[at].lower)
    if openers is None:
        return None
    following = words[at + 1].lower if at + 1 < len(words) else ""
    return _longest_of(text, words, at, openers.by_second.get(following, openers.free))


def _longest_of(text: str, words: Sequence[Word], at: int, entries: Sequence[_Entry[T]]) -> Phrase[T] | None:
    for entry in entries:
        last = _last_word(text, words, at, entry) if len(entry.words) > 1 or entry.as_written else at
        if last is not None:
            return Phrase(Span(words[at].start, words[last].end), entry.value, at, last)
    return None


def _second(words: tuple[str, ...]) -> str:
    return words[1].lower() if len(words) > 1 and words[1] != _ANY else ""


def _longest_first(entry: _Entry[T]) -> tuple[int, int]:
    return (-len(entry.words), -sum(map(len, entry.words)))


def _openers(entries: Sequence[_Entry[T]]) -> _Openers[T]:
    seconds = {entry.second for entry in entries if entry.second}
    return _Openers(
        {second: tuple(entry for entry in entries if entry.second in ("", second)) for second in seconds},
        tuple(entry for entry in entries if not entry.second),
    )


def _last_word(text: str, words: Sequence[Word], at: int, entry: _Entry[T]) -> int | None:
    """Index of the last word where the entry matches from ``at`` on; its first word is known to match but for case."""
    if entry.as_written and words[at].text != entry.words[0]:
        return None
    position, skips_left = at, 0
    for wanted in entry.words[1:]:
        if wanted == _ANY:
            skips_left = _MOST_SKIPPED
            continue
        matched = _next_match(words, position, wanted, entry.as_written, skips_left)
        if matched is None or not _are_joined(text, words, position, matched, skips_left):
            return None
        position, skips_left = matched, 0
    return position


def _next_match(words: Sequence[Word], position: int, wanted: str, as_written: bool, skips_left: int) -> int | None:
    """Index of the wanted word right after a position, or a little further on where words may be skipped."""
    for index in range(position + 1, min(position + 2 + skips_left, len(words))):
        if (words[index].text if as_written else words[index].lower) == wanted:
            return index
    return None


def _are_joined(text: str, words: Sequence[Word], first: int, last: int, skips_left: int) -> bool:
    """True where nothing parts the words from one to another."""
    joint = _SKIPPED_JOINT if skips_left else _JOINT
    for index in range(first, last):
        gap = text[words[index].end : words[index + 1].start]
        if gap == " ":
            continue
        if joint.fullmatch(gap) is None or ("." in gap and len(words[index].text) > 1):
            return False
    return True
