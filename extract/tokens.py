"""Words, numbers and punctuation of one sentence, and the listed terms among them.

The casualty grammar reads tokens, not characters: every rule then takes time that grows with the sentence alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeAlias, TypeVar

T = TypeVar("T")

MOST_CHARACTERS = 2_000  # of one sentence; what follows is not read

# A figure with separators, an abbreviation ("U.S."), a word with inner hyphens or apostrophes, or one other character.
_TOKEN = re.compile(
    r"\d{1,3}(?:[,\u00a0\u202f]\d{3}){1,4}(?![\d])"
    r"|(?:[A-Za-z]\.){2,6}"
    r"|[^\W_]+(?:(?:['’\ufffd\-‐‑][^\W_]+)|(?<=\d)\.\d+){0,8}"
    r"|\S"
)


class Token(NamedTuple):
    """One token: in lower case, with plain hyphens and apostrophes; ``start`` and ``end`` are offsets into the text."""

    lower: str
    start: int
    end: int
    capital: bool
    word: bool  # letters or digits, not punctuation


Tokens: TypeAlias = Sequence[Token]
END = Token("", 0, 0, False, False)
_PLAIN = str.maketrans({"’": "'", "\ufffd": "'", "‐": "-", "‑": "-"})
_ACRONYMS = frozenset({"IS", "US", "IT", "PM"})  # no pronouns or verbs when written so


def token_at(tokens: Tokens, i: int) -> Token:
    """The token at ``i``; an empty one outside the sentence."""
    return tokens[i] if 0 <= i < len(tokens) else END


def split_tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of ``text[start:end]``, at most the first 2,000 characters of it."""
    end = min(end, start + MOST_CHARACTERS)
    plain = text[start:end].isascii()
    found = []
    last = start
    for raw in _TOKEN.findall(text, start, end):  # found again in the text, which costs less than a match for each
        first = text.index(raw, last)
        last = first + len(raw)
        if raw.isalpha() and raw not in _ACRONYMS:
            lower, capital, word = raw.lower(), raw[0].isupper(), True
        else:
            lower = raw if raw in _ACRONYMS else raw.lower()
            capital, word = raw[0].isupper() or ("-" in raw and _is_capital(raw)), raw[0].isalnum()
        found.append(Token(lower if plain else lower.translate(_PLAIN), first, last, capital, word))
    return found


def _is_capital(raw: str) -> bool:
    """True for "al-Nasser", as for "Nasser"."""
    return any(part[:1].isupper() for part in raw.split("-"))


class _Opened(NamedTuple, Generic[T]):
    """The terms that begin with one word: the word by itself, and longer ones by their second word, longest first."""

    alone: tuple[T] | None
    longer: Mapping[str, Sequence[tuple[tuple[str, ...], T]]]


class Terms(Generic[T]):
    """Listed terms of one or more words, each with a value; the longest that fits wins."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        table: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for term, value in entries:
            words = tuple(token.lower for token in split_tokens(term, 0, len(term)))
            table.setdefault(words[0], []).append((words, value))
        self._table: Mapping[str, _Opened[T]] = {first: _opened(rows) for first, rows in table.items()}

    def openings(self, tokens: Tokens) -> list[int]:
        """The tokens with which some term begins; few do, so that the others need no closer look."""
        table = self._table
        return [i for i, token in enumerate(tokens) if token.lower in table]

    def meet(self, words: Iterable[str]) -> bool:
        """True where some term begins with one of these words."""
        return not self._table.keys().isdisjoint(words)

    def at(self, tokens: Tokens, i: int) -> tuple[T, int] | None:
        """The value of the longest term at token ``i`` and the index after it; the first listed of equal ones."""
        opened = self._table.get(tokens[i].lower) if i < len(tokens) else None
        if opened is None:
            return None
        alone, longer = opened
        if longer and i + 1 < len(tokens):
            for words, value in longer.get(tokens[i + 1].lower, ()):
                stop = i + len(words)
                if stop <= len(tokens) and all(tokens[i + k].lower == words[k] for k in range(2, len(words))):
                    return value, stop
        return None if alone is None else (alone[0], i + 1)


def _opened(rows: Sequence[tuple[tuple[str, ...], T]]) -> _Opened[T]:
    alone = next(((value,) for words, value in rows if len(words) == 1), None)
    longer: dict[str, list[tuple[tuple[str, ...], T]]] = {}
    for row in sorted(rows, key=lambda row: -len(row[0])):
        if len(row[0]) > 1:
            longer.setdefault(row[0][1], []).append(row)
    return _Opened(alone, longer)
