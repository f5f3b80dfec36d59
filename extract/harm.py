"""Harm words in a sentence ("were killed", "killing", "death toll"), each with how it takes its people."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from extract.phrases import split_words
from extract.tokens import Terms, Tokens
from extract.wordlist import read_list
from model import Outcome

_WORD = re.compile(r"[a-z0-9]+")
FARTHEST_BORNE = 10  # tokens between "hacked" or "treated" and its "to death", "for burns"
_KILLS = frozenset(
    (
        *("hack", "hacked", "hacking", "stab", "stabbed", "stabbing", "beat", "beaten", "beating", "burn", "burned"),
        *("burnt", "burning", "stone", "stoned", "club", "clubbed", "bludgeoned", "crush", "crushed", "crushing"),
        *("trampled", "choked", "torture", "tortured", "butchered", "hit", "shot"),
    )
)
_COSTS = frozenset({"cost", "costs", "costing"})
USES = frozenset(
    (
        *("past", "past behind", "active", "subject", "adjective", "noun", "body", "lives", "lost"),
        *("toll", "count", "number", "numbered", "bears", "borne", "zero noun", "zero verb", "carries", "price"),
    )
)


class Harm(NamedTuple):
    """A harm word where it stands; indexes are of tokens."""

    outcome: Outcome
    use: str
    first: int
    stop: int


@dataclass(frozen=True, slots=True)
class _Entry:
    outcomes: tuple[Outcome, ...]
    use: str


def find_harm(tokens: Tokens) -> list[Harm]:
    """The harm words among tokens, in order, longest first; the words of "no casualties" are left to ``zero_nouns``."""
    found: list[Harm] = []
    free = 0
    for i in _verbs().openings(tokens):
        harm = _harm_at(tokens, i) if i >= free else None
        if harm is not None:
            found.append(harm)
            free = harm.stop
    return found


def _harm_at(tokens: Tokens, i: int) -> Harm | None:
    entry = _verbs().at(tokens, i)
    if entry is None:
        return None
    first, use, stop = i, entry[0].use, entry[1]
    outcome = entry[0].outcomes[0]
    if use == "bears":
        use, stop = "subject", _borne_stop(tokens, stop)
        if not stop:
            return None
    if use == "number":
        numbered = _numbered_at(tokens, stop) if _is_the_number(tokens, i) else None
        if numbered is None:
            return None
        (outcome, stop), use = numbered, "toll"
    if use == "carries":
        if not _carries_to(tokens, stop):
            return None
        use = "active"
    if use == "price":
        use = "adjective" if _verb_before(tokens, i, _COSTS) else "none"
    if use == "past behind":
        first, use = (i - 1, "past") if _is_done_to_death(tokens, i - 1) else (i, "none")
        use = "adjective" if use == "none" and _verb_before(tokens, i, _KILLS) else use
    return Harm(outcome, use, first, stop)


def _borne_stop(tokens: Tokens, i: int) -> int:
    """The index after the injury that "sustained", "suffered" takes within five words; 0 where there is none."""
    for j in range(i, min(i + 6, len(tokens))):
        borne = _borne().at(tokens, j)
        if borne is not None:
            return borne[1]
        if not tokens[j].word or _verbs().at(tokens, j) is not None:
            return 0
    return 0


def _carries_to(tokens: Tokens, i: int) -> bool:
    """True for "treated 22 people for burns", "took the driver to hospital": people, then what befell them."""
    for j in range(i + 1, min(i + FARTHEST_BORNE, len(tokens) - 1)):
        if not tokens[j].word or _verbs().at(tokens, j) is not None:
            return False
        if tokens[j].lower in {"for", "to", "with"}:
            return any(_borne().at(tokens, k) is not None for k in range(j + 1, min(j + 4, len(tokens))))
    return False


def _verb_before(tokens: Tokens, i: int, verbs: frozenset[str]) -> bool:
    """True where one of these verbs stands before people and token ``i``: "hacked five farmers | to death"."""
    for j in range(i - 2, max(-1, i - FARTHEST_BORNE), -1):
        if tokens[j].lower in verbs:
            return True
        if not tokens[j].word:
            return False
    return False


def _is_the_number(tokens: Tokens, i: int) -> bool:
    """True for "the number of", not for "an unknown number of"."""
    before = [tokens[k].lower for k in range(max(0, i - 2), i)]
    return not before or "the" in before or "total" in before or not tokens[i - 1].word


def _numbered_at(tokens: Tokens, i: int) -> tuple[Outcome, int] | None:
    """What "the number of" counts within six words ("people who have been killed"), and the index after it."""
    for j in range(i, min(i + 6, len(tokens))):
        counted = _numbered().at(tokens, j)
        if counted is not None:
            return counted[0].outcomes[0], counted[1]
        if not tokens[j].word:
            return None
    return None


def _is_done_to_death(tokens: Tokens, i: int) -> bool:
    """True for "chopped to death", not for "sentenced to death"."""
    word = tokens[i].lower if i >= 0 else ""
    return word.endswith(("ed", "en", "ung")) and word not in {"sentenced", "condemned", "linked", "related"}


def begins_harm(tokens: Tokens, i: int) -> bool:
    """True where a harm word begins."""
    entry = _verbs().at(tokens, i)
    return entry is not None and entry[0].use not in {"carries", "price"}


def may_be_denied(words: Iterable[str]) -> bool:
    """True where a noun that "no" denies may begin with one of these words."""
    return _zero_nouns().meet(words)


def zero_noun_at(tokens: Tokens, i: int) -> tuple[tuple[Outcome, ...], int] | None:
    """What "no" denies before this word ("casualties": both), and the index after the word."""
    entry = _zero_nouns().at(tokens, i) if i < len(tokens) else None
    return None if entry is None else (entry[0].outcomes, entry[1])


def zero_verb_at(tokens: Tokens, i: int) -> tuple[tuple[Outcome, ...], int] | None:
    """What "no one was" denies before this word ("hurt": both), and the index after the word."""
    entry = _zero_verbs().at(tokens, i)
    return None if entry is None else (entry[0].outcomes, entry[1])


def may_tell_harm(text: str, start: int, end: int) -> bool:
    """False where a sentence surely holds no harm word: a quick test before any grammar."""
    told = _told_at(text)
    at = bisect_left(told, start)
    return at < len(told) and told[at] < end


@lru_cache(maxsize=2)  # asked for every sentence of a report
def _told_at(text: str) -> list[int]:
    """Where words stand that may tell harm."""
    telling, words = _telling_words(), split_words(text)
    joined = {word for word in words.mixed if not telling.isdisjoint(_WORD.findall(word))}  # "12killed"
    return [words[at].start for at in words.among(telling | joined)]


@lru_cache(maxsize=1)
def _entries() -> tuple[tuple[str, _Entry], ...]:
    entries = []
    for row in read_list("harm", ("term", "outcome", "use")):
        if row["use"] not in USES:
            raise row.error(f"no such use: {row['use']!r}")
        try:
            outcomes = tuple(Outcome(name) for name in row["outcome"].split())
        except ValueError as error:
            raise row.error(str(error)) from error
        entries.append((row["term"], _Entry(outcomes, row["use"])))
    return tuple(entries)


@lru_cache(maxsize=1)
def _verbs() -> Terms[_Entry]:
    apart = {"zero noun", "zero verb", "borne", "numbered"}
    return Terms(entry for entry in _entries() if entry[1].use not in apart)


@lru_cache(maxsize=1)
def _numbered() -> Terms[_Entry]:
    return Terms(entry for entry in _entries() if entry[1].use == "numbered")


@lru_cache(maxsize=1)
def _borne() -> Terms[_Entry]:
    return Terms(entry for entry in _entries() if entry[1].use == "borne")


@lru_cache(maxsize=1)
def _zero_nouns() -> Terms[_Entry]:
    return Terms(entry for entry in _entries() if entry[1].use == "zero noun")


@lru_cache(maxsize=1)
def _zero_verbs() -> Terms[_Entry]:
    return Terms(entry for entry in _entries() if entry[1].use == "zero verb")


@lru_cache(maxsize=1)
def _telling_words() -> frozenset[str]:
    """One word of every term: a word that is a term by itself, else its longest."""
    terms = [term for term, entry in _entries() if entry.use != "carries"]  # "took ... to hospital": the hospital tells
    alone = {term for term in terms if _WORD.fullmatch(term)}
    return frozenset(max(_WORD.findall(term), key=lambda word: (word in alone, len(word))) for term in terms)
