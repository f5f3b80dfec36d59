"""Denied harm: "no casualties were reported", "without injuries", "casualties were not reported"."""

from __future__ import annotations

from dataclasses import dataclass

from extract.clauses import Clauses
from extract.harm import may_be_denied, zero_noun_at
from extract.people import role
from model import CountRange, Outcome

FARTHEST = 7  # tokens from "no" to what it denies


@dataclass(frozen=True, slots=True)
class Denial:
    """Words that say nobody was harmed; indexes are of tokens."""

    outcomes: tuple[Outcome, ...]
    count: CountRange
    first: int
    stop: int


def find_denials(clauses: Clauses) -> list[Denial]:
    """Every denial with a noun. "No one was hurt" is read with the verbs."""
    found: list[Denial] = []
    if not may_be_denied(clauses.lowers):
        return found
    free = 0
    for i, word in enumerate(clauses.lowers):
        if i < free:
            continue
        denial = _noun_denied(clauses, i) if word in role("denial") or word in role("not") else None
        if denial is None and may_be_denied((word,)):
            denial = _noun_not_told(clauses, i)
        if denial is not None:
            found.append(denial)
            free = denial.stop
    return found


def _noun_denied(clauses: Clauses, i: int) -> Denial | None:
    """Reads "no ... casualties", "did not cause any casualties"."""
    negated_verb = clauses.word(i) in role("not") and clauses.word(i) not in {"without", "nor"}
    between: list[str] = []
    for j in range(i + 1, min(i + 1 + FARTHEST, len(clauses.tokens))):
        noun = zero_noun_at(clauses.tokens, j)
        if noun is not None:
            if negated_verb and "any" not in between and not set(between) & role("denied verb"):
                return None
            return _denial(clauses, i, j, between)
        word = clauses.word(j)
        if not clauses.token(j).word and word != "/":
            return None
        between.append(word)
    return None


def _denial(clauses: Clauses, first: int, noun: int, between: list[str]) -> Denial | None:
    if set(between) & role("denial unknown") or (clauses.word(first) == "any" and not between):
        return None
    if clauses.word(first) == "any":
        return None
    outcomes, stop = zero_noun_at(clauses.tokens, noun) or ((), noun + 1)
    outcomes, stop = _more_nouns(clauses, outcomes, stop)
    later = set(between) & role("denial later")
    count = CountRange(0, 0, None, " ".join([clauses.word(first), *between])) if later else CountRange(0, 0, 0)
    return Denial(outcomes, count, first, stop)


def _more_nouns(clauses: Clauses, outcomes: tuple[Outcome, ...], stop: int) -> tuple[tuple[Outcome, ...], int]:
    """Goes on over "or injuries", "nor damage or deaths"."""
    for _ in range(3):
        if clauses.word(stop) not in {"or", "and", "nor", ",", "/"}:
            break
        step = next((k for k in (1, 2, 3) if zero_noun_at(clauses.tokens, stop + k) is not None), None)
        if step is None:
            break
        more = zero_noun_at(clauses.tokens, stop + step)
        if more is not None:
            outcomes = tuple(dict.fromkeys((*outcomes, *more[0])))
            stop = more[1]
    return outcomes, stop


def _noun_not_told(clauses: Clauses, i: int) -> Denial | None:
    """Reads "casualties were not reported", "casualties have been avoided"."""
    noun = zero_noun_at(clauses.tokens, i)
    if noun is None:
        return None
    j = noun[1]
    while clauses.word(j) in role("aux") or clauses.word(j) in role("have"):
        j += 1
    if j == noun[1]:
        return None
    if clauses.word(j) in role("not") and clauses.word(j + 1) in role("told"):
        return Denial(noun[0], CountRange(0, 0, 0), i, j + 2)
    if clauses.word(j) in role("averted"):
        return Denial(noun[0], CountRange(0, 0, 0), i, j + 1)
    return None
