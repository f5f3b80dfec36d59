"""Whom a harm word befell: the groups to its right ("killing two men") or to its left ("two men were killed")."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container
from dataclasses import dataclass

from extract.clauses import Clauses, beside_phrase_stop, linked, skip
from extract.harm import Harm, begins_harm
from extract.people import Group, named_thing, role
from extract.persons import name_before, name_stop, noun_follows, persons_before
from extract.voice import attributive, auxiliary, has_own_verb
from model import CountRange

FARTHEST_SUBJECT = 45  # tokens between the subject and "were killed"
FARTHEST_BESIDE = 8  # tokens between "died" and "along with"
FARTHEST_PARTICIPLE = 8  # tokens between the subject and a bare "killed"
ONE = CountRange(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Victims:
    """The groups a harm word takes, and the tokens that tell it. ``groups`` may be empty."""

    groups: tuple[int, ...]
    first: int
    stop: int
    persons: int = 0  # told beside the groups by a name or a pronoun


def object_of(clauses: Clauses, harm: Harm) -> Victims | None:
    """The groups right after an active harm word; None where none stands there."""
    i = skip(clauses, harm.stop, "adverb")
    if clauses.word(i) in {"him", "her"} and not noun_follows(clauses, i + 1):
        return Victims((), harm.first, i + 1, persons=1)
    k = clauses.group_at(i)
    if k is None and clauses.word(i) in {'"', "“", "of"}:
        k = clauses.group_at(i + 1)
    if k is None:
        name = name_stop(clauses, i)
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
        return Victims((), harm.first, stop, persons=1)
    chain = _list_from(clauses, k)
    return Victims(tuple(chain), harm.first, clauses.groups[chain[-1]].stop, persons=1)


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


def with_those_beside(clauses: Clauses, harm: Harm, victims: Victims, taken: Container[int]) -> Victims:
    """Adds the people after the verb in "was killed along with his two sons"."""
    after = _beside_after(clauses, harm.stop)
    k = clauses.group_at(after) if after else None
    if k is None or k in taken or k in clauses.parent or has_own_verb(clauses, clauses.groups[k]):
        return victims
    chain = (*victims.groups, *_list_from(clauses, k))
    return Victims(chain, victims.first, clauses.groups[chain[-1]].stop, victims.persons)


def _beside_after(clauses: Clauses, start: int) -> int:
    """The index after "along with" behind a harm word, its comma, or its "in the blast"; 0 where there is none."""
    k = clauses.group_at(start + 1) if clauses.word(start) == "with" else None
    if k is not None and clauses.groups[k].counted and (clauses.groups[k].person or clauses.groups[k].part):
        return start + 1  # "was killed with two of his guards"
    for i in range(start, start + FARTHEST_BESIDE):
        if after := beside_phrase_stop(clauses, i):
            return after
        word = clauses.word(i)
        goes_on = clauses.token(i).word and not begins_harm(clauses.tokens, i) and word not in role("break")
        if not (goes_on or word == ",") or word == "and" or (clauses.group_at(i) is not None and i == start):
            return 0
    return 0


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
    parts = [k for k in candidates if k in clauses.with_verb]
    candidates = [k for k in candidates if k not in clauses.parent]
    if near:
        candidates = candidates[
            : next((n + 1 for n in reversed(range(len(candidates))) if _adjoins(clauses, candidates[n], start)), 0)
        ]
        chosen = candidates[-1] if candidates else None
    else:
        chosen = _best(clauses, candidates)
    if chosen is None:
        persons = persons_before(clauses, harm, start, bound, passive)
        if persons is None and parts and not near:
            return Victims((parts[-1],), clauses.groups[parts[-1]].first, harm.stop)
        return None if persons is None else Victims((), persons.first, harm.stop, persons.number)
    chain = [chosen]
    while candidates and (before := [k for k in candidates if k < chain[0]]) and linked(clauses, before[-1], chain[0]):
        chain.insert(0, before[-1])
    for k in candidates:
        if k > chain[-1] and linked(clauses, chain[-1], k):
            chain.append(k)
    first = clauses.groups[chain[0]].first
    named = name_before(clauses, first, bound)
    return Victims(tuple(chain), first if named is None else named, harm.stop, persons=int(named is not None))


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
    before = bisect_right(clauses.harms, start, key=lambda other: other.stop)
    bound = next(
        (
            other.stop
            for other in reversed(clauses.harms[max(0, before - 20) : before])
            if other is not harm and not attributive(clauses, other) and clauses.word(other.first - 1) != "the"
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
