"""The verb phrase of a harm word: where it begins, whether it is passive, real, shared, or only an adjective."""

from __future__ import annotations

from functools import lru_cache

from extract.clauses import Clauses, skip
from extract.harm import Harm
from extract.people import Group, person_at, role
from model import Outcome

_VERBAL = frozenset({"past", "active", "adjective"})


@lru_cache(maxsize=1)
def _beside_verbs() -> frozenset[str]:
    return frozenset().union(*(role(kind) for kind in ("have", "modal", "not", "adverb", "link")))


def auxiliary(clauses: Clauses, harm: Harm) -> tuple[int, bool]:
    """Where the verb phrase of a harm word begins, and whether it is passive."""
    found = clauses.auxiliaries.get(harm)
    if found is None:  # asked three times of most harm words
        found = clauses.auxiliaries[harm] = _auxiliary(clauses, harm)
    return found


def _auxiliary(clauses: Clauses, harm: Harm) -> tuple[int, bool]:
    i = harm.first
    passive = False
    for _ in range(8):
        word = clauses.word(i - 1)
        if word in role("aux"):
            passive, i = True, i - 1
        elif word in _beside_verbs():
            i -= 1
        elif word in {"and", "or", ","} and harm.use == "past" and not passive and _shares_auxiliary(clauses, i - 1):
            i -= 2
        else:
            break
    while i < harm.first and (clauses.word(i) in role("adverb") or clauses.word(i) in role("link")):
        i += 1
    return i, passive


def _shares_auxiliary(clauses: Clauses, joint: int) -> bool:
    """True for "were attacked and killed": the verb before the joint stands in the passive."""
    j = joint - 2
    while clauses.word(j) in role("adverb"):
        j -= 1
    return clauses.token(joint - 1).word and clauses.word(j) in role("aux")


def unreal(clauses: Clauses, first: int, harm: Harm) -> bool:
    """True for what did not happen: "to kill", "would have been killed", "was not injured"."""
    words = {clauses.word(j) for j in range(first, harm.first)} | {clauses.word(first - 1)}
    obliged = clauses.word(first - 2) == "had"  # "had to be taken to hospital": they were
    intended = clauses.word(harm.first - 1) == "to" or (
        clauses.word(first - 1) == "to" and not words & role("have") and not obliged
    )
    if (words & role("unreal") or intended) and not (harm.use == "active" and harm.stop - harm.first > 1):
        return True
    return any(
        clauses.word(j) in role("not") and clauses.word(j + 1) not in role("not only")
        for j in range(first - 1, harm.first)
    )


def speaks_of_two(clauses: Clauses, harm: Harm, following: Harm | None) -> bool:
    """True for "killed or injured": the figure is of both together, and tells neither."""
    if following is None or {harm.outcome, following.outcome} == {harm.outcome}:
        return False
    if (
        harm.use not in _VERBAL
        or following.use not in _VERBAL
        or Outcome.KILLED not in {harm.outcome, following.outcome}
    ):
        return False
    if harm.outcome is Outcome.CAPTURED or "subject" in {harm.use, following.use}:
        return False
    between = [clauses.word(j) for j in range(harm.stop, following.first)]
    joined = bool(between) and between[0] in {"and", "or", "/", ","}
    return joined and all(word in {"and", "or", "/", ","} or word in role("adverb") for word in between)


def has_own_verb(clauses: Clauses, group: Group) -> bool:
    """True where the group is the subject of what follows it: "... and five were wounded"."""
    i = skip(clauses, group.stop, "adverb")
    word = clauses.word(i)
    if word in role("aux") or word in role("have") or word in role("modal"):
        return True
    harm = clauses.harm_at(i)
    return harm is not None and harm.use in {"past", "adjective", "subject"} and not attributive(clauses, harm)


def attributive(clauses: Clauses, harm: Harm) -> bool:
    """True for "wounded" in "two wounded soldiers"."""
    return harm.stop < len(clauses.tokens) and person_at(clauses.tokens, harm.stop)
