"""Who counts the victims of a sentence, by sort: officials, medics, residents, monitors, sources, rebels.

Two figures of different sorts of tellers are two accounts of one attack ("officials said four, doctors 13"); two of the
same sort are an account and its update.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from extract.clauses import Clauses
from extract.harm import begins_harm
from extract.numerals import count_words
from extract.people import role
from extract.tokens import Terms
from extract.wordlist import read_list
from model import Span, Tally, Toll

FARTHEST_TELLER = 16  # tokens from "doctors at the hospital, who asked not to be named," to "said"


def mark_tellers(clauses: Clauses, tolls: list[Toll]) -> list[Toll]:
    """The tolls of a sentence, each with the sort of its teller where one is named; a figure told anew has none."""
    if not tolls:
        return tolls
    tolls = [_of_own_side(clauses, toll) for toll in tolls]
    telling = _verbs()
    verbs = [i for i, word in enumerate(clauses.lowers) if word in telling]
    if not verbs or not _anew().isdisjoint(clauses.lowers):
        return tolls
    tellers = [_teller(clauses, verbs, toll.span) if toll.count.figure else toll.teller for toll in tolls]
    return [
        toll if toll.teller == teller else replace(toll, teller=teller)
        for toll, teller in zip(tolls, tellers, strict=True)
    ]


_STAND_INS = frozenset({"they", "he", "she", "it", "we"})


@lru_cache(maxsize=1)
def _tellers() -> Terms[str]:
    return Terms((row["term"], row["sort"]) for row in read_list("tellers", ("term", "sort")))


def _of_own_side(clauses: Clauses, toll: Toll) -> Toll:
    """Who "suffered no losses": the side named right before."""
    if toll.count.figure or toll.tally is not Tally.DISPUTED:
        return toll
    stop = next((i for i, token in enumerate(clauses.tokens) if token.start >= toll.span.start), 0)
    side = next((sort for i in range(stop - 1, stop - 9, -1) if (sort := _sort_at(clauses, i))), "")
    return replace(toll, teller=side)


def _tells(clauses: Clauses, i: int) -> bool:
    return clauses.word(i) in _verbs()


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    """Verbs of saying and counting."""
    return role("speech") | role("recount")


@lru_cache(maxsize=1)
def _anew() -> frozenset[str]:
    """Words of a figure that takes the place of another: "now", "rose", "bringing"."""
    return role("update") | count_words().rising | role("bringing")


def _teller(clauses: Clauses, verbs: list[int], told: Span) -> str:
    """Who speaks by the verb nearest before a figure, else by the one after it; "they counted" leads further back."""
    before = [i for i in verbs if clauses.tokens[i].start <= told.start]
    for verb in reversed(before):
        if not {clauses.word(verb - 1), clauses.word(verb - 2)} & _STAND_INS:
            return _sort_of(clauses, verb)
    return _sort_of(clauses, before[0] if before else verbs[0])


def _sort_of(clauses: Clauses, verb: int) -> str:
    """The sort of who speaks: the noun before the verb, up to the comma before that; after "according to" behind it."""
    if clauses.word(verb) == "according":
        return next((sort for i in range(verb + 2, verb + 10) if (sort := _sort_at(clauses, i))), "")
    sort = ""
    for i in range(verb - 1, max(-1, verb - FARTHEST_TELLER), -1):
        word = clauses.word(i)
        stops = word in {";", ":", "that", "but", "while"} or _tells(clauses, i) or begins_harm(clauses.tokens, i)
        if stops or (sort and word == ","):
            break
        here = _sort_at(clauses, i)
        if here and _further_on(here, sort):
            sort = here
    return sort


def _sort_at(clauses: Clauses, i: int) -> str:
    found = _tellers().at(clauses.tokens, i) if i >= 0 else None
    return "" if found is None else found[0]


def _further_on(here: str, sort: str) -> bool:
    """True where a word to the left names the teller better: "doctors at the state hospital", "police sources"."""
    return not sort or sort == "officials" or (here != "officials" and sort != "sources")
