"""Whom a harm word befell: the groups to its right ("killing two men") or to its left ("two men were killed")."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from extract.clauses import Clauses, linked, skip
from extract.harm import Harm, begins_harm
from extract.people import Group, named_thing, one_person_at, person_at, role
from model import CountRange, Outcome

FARTHEST_SUBJECT = 45  # tokens between the subject and "were killed"
FARTHEST_PARTICIPLE = 8  # tokens between the subject and a bare "killed"
_VERBAL = frozenset({"past", "active", "subject", "adjective"})


@dataclass(frozen=True, slots=True)
class Victims:
    """The groups a harm word takes, and the tokens that tell it. ``groups`` is empty for one person without a group."""

    groups: tuple[int, ...]
    first: int
    stop: int
    alone: bool = False  # one person told by a name or a pronoun


@lru_cache(maxsize=1)
def _being() -> frozenset[str]:
    return role("aux")


def auxiliary(clauses: Clauses, harm: Harm) -> tuple[int, bool]:
    """Where the verb phrase of a harm word begins, and whether it is passive."""
    i = harm.first
    passive = False
    for _ in range(8):
        word = clauses.word(i - 1)
        if word in _being():
            passive, i = True, i - 1
        elif (
            word in role("have")
            or word in role("modal")
            or word in role("not")
            or word in role("adverb")
            or word in role("link")
        ):
            i -= 1
        elif word in {"and", "or", ","} and harm.use == "past" and not passive and _shares_auxiliary(clauses, i - 1):
            i -= 2
        else:
            break
    while (clauses.word(i) in role("adverb") or clauses.word(i) in role("link")) and i < harm.first:
        i += 1
    return i, passive


def _shares_auxiliary(clauses: Clauses, joint: int) -> bool:
    """True for "were attacked and killed": the verb before the joint stands in the passive."""
    j = joint - 2
    while clauses.word(j) in role("adverb"):
        j -= 1
    return clauses.token(joint - 1).word and clauses.word(j) in _being()


def unreal(clauses: Clauses, first: int, harm: Harm) -> bool:
    """True for what did not happen: "to kill", "would have been killed", "was not injured"."""
    words = {clauses.word(j) for j in range(first, harm.first)} | {clauses.word(first - 1)}
    intended = clauses.word(harm.first - 1) == "to" or (clauses.word(first - 1) == "to" and not words & role("have"))
    if (words & role("unreal") or intended) and not (harm.use == "active" and harm.stop - harm.first > 1):
        return True
    return any(
        clauses.word(j) in role("not") and clauses.word(j + 1) not in role("not only")
        for j in range(first - 1, harm.first)
    )


def object_of(clauses: Clauses, harm: Harm) -> Victims | None:
    """The groups right after an active harm word; None where none stands there."""
    i = skip(clauses, harm.stop, "adverb")
    if clauses.word(i) in {"him", "her"} and not _noun_follows(clauses, i + 1):
        return Victims((), harm.first, i + 1, alone=True)
    k = clauses.group_at(i)
    if k is None and clauses.word(i) in {'"', "“", "of"}:
        k = clauses.group_at(i + 1)
    if k is None:
        name = _name_stop(clauses, i)
        return _named(clauses, harm, name) if name else None
    group = clauses.groups[k]
    if not group.counted and not group.person and named_thing(clauses.tokens, group.stop - 1):
        return None
    chain = _list_from(clauses, k)
    return Victims(tuple(chain), harm.first, clauses.groups[chain[-1]].stop)


def _named(clauses: Clauses, harm: Harm, stop: int) -> Victims:
    """One person by name, with those told beside: "Abu Omar, a commander, and three guards"."""
    i = stop
    if clauses.word(i) == "," and clauses.word(i + 1) != "and":
        i = next((j for j in range(i + 2, i + 10) if clauses.word(j) == ","), i)
    i += clauses.word(i) == ","
    k = clauses.group_at(i + 1) if clauses.word(i) == "and" else None
    if k is None or has_own_verb(clauses, clauses.groups[k]) or k in clauses.parent:
        return Victims((), harm.first, stop, alone=True)
    chain = _list_from(clauses, k)
    return Victims(tuple(chain), harm.first, clauses.groups[chain[-1]].stop, alone=True)


def _list_from(clauses: Clauses, k: int) -> list[int]:
    """The groups of the list that group ``k`` begins, to the one that is the subject of a verb of its own."""
    chain = [k]
    for following in range(k + 1, len(clauses.groups)):
        if following in clauses.parent:
            continue
        if linked(clauses, chain[-1], following) and not has_own_verb(clauses, clauses.groups[following]):
            chain.append(following)
        elif clauses.groups[following].counted:
            break
    return chain


def has_own_verb(clauses: Clauses, group: Group) -> bool:
    """True where the group is the subject of what follows it: "... and five were wounded"."""
    i = skip(clauses, group.stop, "adverb")
    word = clauses.word(i)
    if word in _being() or word in role("have") or word in role("modal"):
        return True
    harm = clauses.harm_at(i)
    return harm is not None and harm.use in {"past", "adjective", "subject"} and not _attributive(clauses, harm)


def _attributive(clauses: Clauses, harm: Harm) -> bool:
    """True for "wounded" in "two wounded soldiers"."""
    return harm.stop < len(clauses.tokens) and person_at(clauses.tokens, harm.stop)


def _noun_follows(clauses: Clauses, i: int) -> bool:
    token = clauses.token(i)
    return token.word and not any(
        token.lower in role(kind) for kind in ("preposition", "and", "break", "aux", "have", "relative", "adverb")
    )


def _name_stop(clauses: Clauses, i: int) -> int:
    """The index after the name of one person at token ``i``: "Haji Karim", "commander Musa"; 0 where there is none."""
    start = i
    titled = False
    while i < start + 4 and (person_at(clauses.tokens, i) if i < len(clauses.tokens) else False):
        titled = not clauses.word(i).endswith("s")
        i += 1
    while clauses.word(i) in role("title") or (clauses.word(i) == "." and clauses.word(i - 1) in role("title")):
        titled, i = True, i + 1
    first_name = i
    while i < first_name + 5 and clauses.token(i).capital and not begins_harm(clauses.tokens, i):
        i += 1
    names = i - first_name
    plural = clauses.word(i - 1).endswith("s") and names < 2
    noun = _noun_follows(clauses, i)
    return i if (names >= 2 or (titled and names >= 1)) and not plural and not noun else 0


def subject_of(clauses: Clauses, harm: Harm, taken: frozenset[int]) -> Victims | None:
    """The groups before a harm word that is a participle, a verb of its own, or "dead"."""
    start, passive = auxiliary(clauses, harm)
    near = not passive and harm.use in {"past", "adjective"} and start == harm.first
    bound = _bound(clauses, harm, start)
    farthest = FARTHEST_PARTICIPLE if near else FARTHEST_SUBJECT
    candidates = [
        k
        for k in range(*clauses.groups_between(bound, start))
        if clauses.groups[k].stop <= start and k not in taken and _within(clauses, k, start, farthest)
    ]
    if candidates and candidates[-1] in clauses.with_verb and _adverbs_only(clauses, candidates[-1], start):
        return Victims((candidates[-1],), clauses.groups[candidates[-1]].first, harm.stop)
    candidates = [k for k in candidates if k not in clauses.parent]
    if near:
        candidates = candidates[
            : next((n + 1 for n in reversed(range(len(candidates))) if _adjoins(clauses, candidates[n], start)), 0)
        ]
        chosen = candidates[-1] if candidates else None
    else:
        chosen = _best(clauses, candidates)
    if chosen is None:
        return _one_person(clauses, harm, start, bound, passive)
    chain = [chosen]
    while candidates and (before := [k for k in candidates if k < chain[0]]) and linked(clauses, before[-1], chain[0]):
        chain.insert(0, before[-1])
    for k in candidates:
        if k > chain[-1] and linked(clauses, chain[-1], k):
            chain.append(k)
    first = clauses.groups[chain[0]].first
    named = _name_before(clauses, first, bound)
    return Victims(tuple(chain), first if named is None else named, harm.stop, alone=named is not None)


def _name_before(clauses: Clauses, first: int, bound: int) -> int | None:
    """Where a name begins that opens the clause and is joined to its subject: "Khan and two guards were killed"."""
    j = first - 1
    if clauses.word(j) != "and":
        return None
    while j > bound and clauses.token(j - 1).capital and not begins_harm(clauses.tokens, j - 1):
        j -= 1
    one = not clauses.word(first - 2).endswith("s") and _noun_follows(clauses, j)
    return j if first - 1 - j in {1, 2, 3} and one and (j == bound or clauses.word(j - 1) == "that") else None


def _adverbs_only(clauses: Clauses, k: int, start: int) -> bool:
    return all(clauses.word(j) in role("adverb") for j in range(clauses.groups[k].stop, start))


def _within(clauses: Clauses, k: int, start: int, farthest: int) -> bool:
    """True where a group is near enough; a part list between does not count as distance."""
    stop = clauses.groups[k].stop
    if start - stop > 2 * farthest:
        return False
    between = (clauses.groups[part] for part in range(*clauses.groups_between(stop, start)) if part in clauses.parent)
    return start - stop - sum(part.stop - part.first + 2 for part in between) <= farthest


def _bound(clauses: Clauses, harm: Harm, start: int) -> int:
    """Where the search for the subject stops: the harm word before, a break, or a stop sign."""
    before = bisect_left(clauses.harms, start, key=lambda other: other.stop + 1)
    bound = next(
        (
            other.stop
            for other in reversed(clauses.harms[max(0, before - 20) : before])
            if other is not harm and not _attributive(clauses, other) and clauses.word(other.first - 1) != "the"
        ),
        0,
    )
    for j in range(start - 1, bound - 1, -1):
        word = clauses.word(j)
        if word in {";", ":", "?", "!"} or (word in role("break") and word != "as"):
            return j + 1
    return bound


def _best(clauses: Clauses, candidates: list[int]) -> int | None:
    """The likeliest subject: a counted group before a single one, none after a preposition, the nearest."""

    def rank(k: int) -> tuple[bool, bool, int]:
        group = clauses.groups[k]
        governed = clauses.word(group.first - 1) in role("preposition") and not _besides(clauses, group)
        return (not governed, group.counted and (group.count is None or group.count.figure >= 0), k)

    usable = [k for k in candidates if clauses.groups[k].person or clauses.groups[k].counted or _indefinite(clauses, k)]
    return max(usable, key=rank) if usable else None


def _besides(clauses: Clauses, group: Group) -> bool:
    return clauses.word(group.first - 1) == "to" and clauses.word(group.first - 2) == "addition"


def _indefinite(clauses: Clauses, k: int) -> bool:
    group = clauses.groups[k]
    return not group.definite and not named_thing(clauses.tokens, group.stop - 1)


def _adjoins(clauses: Clauses, k: int, start: int) -> bool:
    """True where only a prepositional phrase, a bracket or a part list lies between the group and "killed"."""
    stop = clauses.groups[k].stop
    if stop == start:
        return True
    word = clauses.word(stop)
    opened = word in role("preposition") or word in {"(", ","} or word in role("further") or word in role("adverb")
    later_parts = any(part in clauses.parent for part in range(*clauses.groups_between(stop, start)))
    return opened and (word != "," or later_parts or clauses.word(start - 1) == ",")


def _one_person(clauses: Clauses, harm: Harm, start: int, bound: int, passive: bool) -> Victims | None:
    """One person without a group: "he died", "Habib was killed", "... who was killed", "... and was killed"."""
    if start - 1 < bound:
        return None
    at = start - 1
    if clauses.word(at) == "," and clauses.word(at - 1).isdigit() and clauses.word(at - 2) == ",":
        at -= 3  # "Woman, 67, killed"
    token = clauses.token(at)
    verbs = {clauses.word(j) for j in range(start, harm.first)}
    singular = bool(verbs & role("singular verb"))
    if verbs & role("plural verb") or not token.word or (harm.use == "adjective" and not singular):
        return None
    headline = harm.use == "past" and start == harm.first and one_person_at(clauses.tokens, at)
    name = token.capital and not token.lower.endswith("s") and _noun_follows(clauses, at)
    subject = name or person_at(clauses.tokens, at) or token.lower in {"who", "and"}
    if headline or token.lower in role("pronoun subject") or (passive and singular and subject):
        return Victims((), at, harm.stop, alone=True)
    return None


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


ONE = CountRange(1, 1, 1)
