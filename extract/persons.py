"""People told by name, pronoun or bare noun, without a count: "killed Haji Karim", "he died", "Woman, 67, killed"."""

from __future__ import annotations

from dataclasses import dataclass

from extract.clauses import Clauses
from extract.harm import Harm, begins_harm
from extract.people import one_person_at, person_at, role


@dataclass(frozen=True, slots=True)
class Persons:
    """How many people are told so, and the token where they begin."""

    first: int
    number: int


def persons_before(clauses: Clauses, harm: Harm, start: int, bound: int, passive: bool) -> Persons | None:
    """Those before a verb: "he died", "Habib was killed", "... and was killed", "Child and grandmother killed"."""
    if start - 1 < bound:
        return None
    at = start - 1
    while at > bound and clauses.word(at) in role("adverb"):
        at -= 1
    if clauses.word(at) == "," and clauses.word(at - 1).isdigit() and clauses.word(at - 2) == ",":
        at -= 3  # "Woman, 67, killed"
    elif clauses.word(at) == "," and clauses.token(at - 1).capital:
        at -= 1  # "a candidate, Adamu Musa, was killed"
    elif clauses.word(at) == "," and clauses.word(name_stop(clauses, bound)) == ",":
        at = bound  # "Saleh Nasser, deputy head of the bureau, was killed"
    token = clauses.token(at)
    verbs = {clauses.word(j) for j in range(start, harm.first)}
    singular = bool(verbs & role("singular verb"))
    if at < bound or verbs & role("plural verb") or not token.word or (harm.use == "adjective" and not singular):
        return None
    bare = not verbs & (role("aux") | role("have"))
    if harm.use == "past" and bare and one_person_at(clauses.tokens, at):
        two = at - 2 >= bound and clauses.word(at - 1) in {"and", ","} and one_person_at(clauses.tokens, at - 2)
        return Persons(at - 2, 2) if two else Persons(at, 1)
    name = token.capital and not token.lower.endswith("s") and noun_follows(clauses, at)
    subject = name or person_at(clauses.tokens, at) or token.lower in {"who", "and"}
    if token.lower in role("pronoun subject") or (passive and singular and subject):
        return Persons(at, 1)
    return None


def name_stop(clauses: Clauses, i: int) -> int:
    """The index after the name of one person at token ``i``: "Haji Karim", "commander Musa"; 0 where there is none."""
    start = i
    titled = False
    if i + 1 < len(clauses.tokens) and not person_at(clauses.tokens, i) and one_person_at(clauses.tokens, i + 1):
        i += 1  # "Iranian general Hossein Kaani"
    while i < start + 4 and i < len(clauses.tokens) and person_at(clauses.tokens, i):
        titled = one_person_at(clauses.tokens, i)
        i += 1
    while clauses.word(i) in role("title") or (clauses.word(i) == "." and clauses.word(i - 1) in role("title")):
        titled, i = True, i + 1
    i += "year-old" in clauses.word(i)
    first_name = i
    while i < first_name + 5 and _may_name(clauses, i):
        i += 1
    names = i - first_name
    one = names >= 2 or (titled and names >= 1) or (names == 1 and start == first_name)
    plural = clauses.word(i - 1).endswith("s") and names < 2
    return i if one and not plural and not noun_follows(clauses, i) else 0


def _may_name(clauses: Clauses, i: int) -> bool:
    token = clauses.token(i)
    return token.capital and token.lower not in role("calendar") and not begins_harm(clauses.tokens, i)


def name_before(clauses: Clauses, first: int, bound: int) -> int | None:
    """Where a name begins that opens the clause and is joined to its subject: "Khan and two guards were killed"."""
    j = first - 1
    aged = clauses.word(j) == "," and clauses.word(j - 1).isdigit() and clauses.word(j - 2) == ","
    if aged:
        j = first = first - 3  # "Ahmed Salah, 40, his wife and their children"
        first += 1
    elif clauses.word(j) != "and":
        return None
    while j > bound and clauses.token(j - 1).capital and not begins_harm(clauses.tokens, j - 1):
        j -= 1
    one = not clauses.word(first - 2).endswith("s") and noun_follows(clauses, j)
    return j if first - 1 - j in {1, 2, 3} and one and (j == bound or clauses.word(j - 1) == "that") else None


def noun_follows(clauses: Clauses, i: int) -> bool:
    """True where a word that is no function word stands at token ``i``."""
    token = clauses.token(i)
    return token.word and not any(
        token.lower in role(kind) for kind in ("preposition", "and", "break", "aux", "have", "relative", "adverb")
    )
