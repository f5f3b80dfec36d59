"""One sentence as the casualty grammar sees it: tokens, groups of people, harm words, and which groups are parts."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache

from extract.harm import Harm, begins_harm, find_harm, may_be_denied
from extract.people import Group, find_groups, role
from extract.tokens import Terms, Token, split_tokens, token_at
from model import Span

WIDEST_GAP = 8  # tokens between coordinated groups
FARTHEST_SINCE = 9  # tokens between "since" and the "when" that tells what happened then
WIDEST_PHRASE = 14  # where a prepositional phrase lies between


@dataclass(frozen=True, slots=True)
class Clauses:
    """A sentence as the rules see it. ``parent`` maps a part group to the group it is counted in (-1: none named)."""

    tokens: list[Token]
    lowers: list[str]  # the words of the tokens
    starts: list[int]  # their first characters
    groups: tuple[Group, ...]
    harms: list[Harm]
    group_firsts: list[int]  # the tokens at which the groups begin, those right after them, those of the harm words
    group_stops: list[int]
    harm_firsts: list[int]
    auxiliaries: dict[Harm, tuple[int, bool]] = field(default_factory=dict)  # as ``voice`` finds them
    parent: dict[int, int] = field(default_factory=dict)
    with_verb: set[int] = field(default_factory=set)  # parts that may have a harm word of their own: "of whom 24 died"

    def word(self, i: int) -> str:
        """The word at token ``i``, "" outside the sentence."""
        return self.lowers[i] if 0 <= i < len(self.lowers) else ""

    def token(self, i: int) -> Token:
        """The token at ``i``, an empty one outside the sentence."""
        return token_at(self.tokens, i)

    def group_at(self, i: int) -> int | None:
        """The group that begins at token ``i``."""
        k = bisect_left(self.group_firsts, i)
        return k if k < len(self.groups) and self.group_firsts[k] == i else None

    def group_before(self, i: int) -> int | None:
        """The group that ends before token ``i``."""
        k = bisect_left(self.group_stops, i)
        return k if k < len(self.groups) and self.group_stops[k] == i else None

    def groups_between(self, start: int, stop: int) -> tuple[int, int]:
        """The groups that begin at tokens ``start`` to ``stop``, as the ends of a range."""
        return bisect_left(self.group_firsts, start), bisect_left(self.group_firsts, stop)

    def harm_at(self, i: int) -> Harm | None:
        """The harm word that begins at token ``i``."""
        k = bisect_left(self.harm_firsts, i)
        return self.harms[k] if k < len(self.harms) and self.harm_firsts[k] == i else None


def read_clauses(text: str, sentence: Span) -> Clauses | None:
    """Tokens, groups and harm words of one sentence; None where it neither tells harm nor denies it."""
    tokens = split_tokens(text, sentence.start, sentence.end)
    lowers, harms = [token.lower for token in tokens], find_harm(tokens)
    if not harms and not may_be_denied(lowers):
        return None
    groups = find_groups(tokens)
    clauses = Clauses(
        tokens=tokens,
        lowers=lowers,
        starts=[token.start for token in tokens],
        groups=groups,
        harms=harms,
        group_firsts=[group.first for group in groups],
        group_stops=[group.stop for group in groups],
        harm_firsts=[harm.first for harm in harms],
    )
    _mark_parts(clauses)
    return clauses


def told_in_passing(clauses: Clauses) -> range:
    """The tokens of the clause that says what an earlier day was: "since March, when 60 people died"."""
    if role("since").isdisjoint(clauses.lowers):
        return range(0)
    for i, token in enumerate(clauses.tokens):
        if token.lower not in {"when", "which", "that"} or not i:
            continue
        before = [clauses.word(k) for k in range(max(0, i - FARTHEST_SINCE), i)]
        if before[-1] not in {",", "in"} and token.lower == "when":
            continue
        if token.lower == "that" and not _of_the_worst(clauses, i):
            continue
        if not role("since").isdisjoint(before):
            stop = next(
                (k for k in range(i, len(clauses.tokens)) if clauses.word(k) in {";", ":"}), len(clauses.tokens)
            )
            return range(i, stop) if _of_the_worst(clauses, i) or token.lower != "when" else range(0)
    return range(0)


def _of_the_worst(clauses: Clauses, i: int) -> bool:
    """True in "the deadliest since a bombing in March that killed 40"."""
    since = next((k for k in range(i - 1, i - FARTHEST_SINCE, -1) if clauses.word(k) in role("since")), 0)
    return any(clauses.word(k) in role("superlative") for k in range(since - FARTHEST_SINCE, since))


def skip(clauses: Clauses, i: int, *kinds: str, most: int = 3) -> int:
    """The index after up to ``most`` function words of these kinds."""
    stop = i + most
    while i < stop and any(clauses.word(i) in role(kind) for kind in kinds):
        i += 1
    return i


@lru_cache(maxsize=1)
def _part_openers() -> Terms[str]:
    return Terms((term, kind) for kind in ("part before", "part opener") for term in role(kind))


@lru_cache(maxsize=1)
def _and_phrases() -> Terms[str]:
    return Terms((term, term) for term in role("and phrase") | role("and"))


def beside_phrase_stop(clauses: Clauses, i: int) -> int:
    """The index after "along with", "together with" at token ``i``; 0 where no such phrase stands there."""
    found = _and_phrases().at(clauses.tokens, i)
    return found[1] if found is not None and found[0] in role("and phrase") else 0


def _mark_parts(clauses: Clauses) -> None:
    """Finds the groups that are counted in another: after "including", and "two of them"."""
    for k, group in enumerate(clauses.groups):
        if group.part or (group.bare and clauses.word(group.first - 1) == "("):
            clauses.parent[k] = _total_before(clauses, group.first)
            clauses.with_verb.add(k)
        elif k and group.bare and clauses.groups[k - 1].person and _is_inset(clauses, clauses.groups[k - 1], group):
            clauses.parent[k] = k - 1
    free = 0
    for i in sorted((*_part_openers().openings(clauses.tokens), *_brackets(clauses))):
        if i < free:
            continue
        opener = _part_openers().at(clauses.tokens, i)
        if opener is None:
            before = clauses.group_before(i) if clauses.lowers[i] == "(" else None
            if before is not None and before not in clauses.parent:
                _mark_list(clauses, i + 1, before)
            continue
        free = opener[1]
        marked = _mark_list(clauses, free, _total_before(clauses, free))
        if opener[0] == "part opener":
            clauses.with_verb.update(marked)


def _brackets(clauses: Clauses) -> list[int]:
    return [i for i, word in enumerate(clauses.lowers) if word == "("] if "(" in clauses.lowers else []


def _is_inset(clauses: Clauses, total: Group, part: Group) -> bool:
    """True for "4 from one house" in "six people, 4 from one house, were killed"."""
    if part.first != total.stop + 1 or clauses.word(total.stop) != "," or part.stop >= len(clauses.tokens):
        return False
    close = next((j for j in range(part.stop, part.stop + 8) if clauses.word(j) == ","), -2)
    verb = clauses.word(close + 1)
    return clauses.word(part.stop) in role("preposition") and (verb in role("aux") or verb in role("have"))


def _total_before(clauses: Clauses, i: int) -> int:
    """The nearest group before token ``i`` that is no part; a counted one within the sentence is preferred."""
    before = [k for k, group in enumerate(clauses.groups) if group.stop <= i and k not in clauses.parent]
    counted = [k for k in before if clauses.groups[k].counted and i - clauses.groups[k].stop <= 25]
    return (counted or before or [-1])[-1]


def _mark_list(clauses: Clauses, i: int, total: int) -> list[int]:
    """Marks the list of groups that begins about token ``i`` as parts of a total, to where the list must end."""
    marked: list[int] = []
    limit = clauses.groups[total].count if total >= 0 else None
    told = 0
    listed = 0
    after_and = False
    k = bisect_left(clauses.group_firsts, i)
    while k < len(clauses.groups):
        group = clauses.groups[k]
        gap = [token.lower for token in clauses.tokens[i : group.first]]
        comma_and = len(gap) > 1 and gap[-2:] == [",", "and"]
        if len(gap) > 6 or any(begins_harm(clauses.tokens, j) or _breaks(clauses, j) for j in range(i, group.first)):
            return marked
        if gap.count(")") > gap.count("(") or (gap and gap[-1] == "," and listed == 0):
            return marked
        told += group.count.figure if group.count is not None else 0
        if limit is not None and limit.high is not None and told > limit.high:
            return marked
        if (comma_and and (listed == 1 or after_and or len(gap) > 2)) or (listed and not gap):
            return marked
        if listed and gap[-1] not in {",", "and"}:
            return marked
        clauses.parent[k] = total
        marked.append(k)
        listed += 1
        after_and = after_and or "and" in gap
        i = group.stop
        k += 1
    return marked


def _breaks(clauses: Clauses, j: int) -> bool:
    word = clauses.word(j)
    return word in {";", ".", ":"} or word in role("aux") or word in role("break")


def linked(clauses: Clauses, a: int, b: int) -> bool:
    """True where group ``b`` continues the list that group ``a`` stands in: "two men from Homs, and a girl"."""
    first, second = clauses.groups[a], clauses.groups[b]
    gap = _gap(clauses, first.stop, second.first)
    if gap is None or not gap or not (first.person or first.counted):
        return False
    if not (second.person or second.counted):
        return gap == ["and"] and not second.definite and second.stop - second.first <= 3
    if second.bare and first.person:
        return _is_ellipsis(clauses, gap, second.stop)
    if gap == [","]:
        return second.counted or _and_follows(clauses, b)
    if gap[-1] == "," and gap[0] in role("preposition") and len(gap) <= WIDEST_GAP:
        return _and_follows(clauses, b)
    if _word_before_is_besides(clauses, first) and gap[-1] == ",":
        return len(gap) <= 3
    return _ends_in_and(clauses, second.first) and len(gap) <= (
        WIDEST_PHRASE if gap[0] in role("preposition") else WIDEST_GAP
    )


def _is_ellipsis(clauses: Clauses, gap: list[str], stop: int) -> bool:
    """True for "two people in Lomo, 3 in Sula and 1 in Tari": each number has its own phrase."""
    after = {clauses.word(stop + k) for k in (1, 2, 3)}
    phrase = clauses.word(stop) in role("preposition") and not after & role("state")
    return (
        phrase
        and len(gap) <= WIDEST_GAP
        and gap[-1] in {",", "and"}
        and (gap[0] in role("preposition") or gap == ["and"])
    )


def _gap(clauses: Clauses, start: int, stop: int) -> list[str] | None:
    """The words between two groups without brackets and part lists; None where a verb or a break stands there."""
    if stop - start > 40:
        return None
    words: list[str] = []
    j = start
    while j < stop:
        part = next((k for k in clauses.parent if clauses.groups[k].first <= j < clauses.groups[k].stop), None)
        opener = _part_openers().at(clauses.tokens, j)
        if part is not None or opener is not None:
            j = clauses.groups[part].stop if part is not None else (opener[1] if opener else j + 1)
            while words and words[-1] == ",":
                words.pop()
            continue
        if clauses.word(j) == "(":
            close = next((k for k in range(j, min(j + 15, stop)) if clauses.word(k) == ")"), None)
            if close is None:
                return None
            j = close + 1
            continue
        word = clauses.word(j)
        if (
            begins_harm(clauses.tokens, j)
            or _breaks(clauses, j)
            or any(word in role(kind) for kind in ("relative", "have", "link"))
        ):
            return None
        words.append(word)
        j += 1
    return words


def _ends_in_and(clauses: Clauses, stop: int) -> bool:
    return any(
        (found := _and_phrases().at(clauses.tokens, stop - k)) is not None and found[1] == stop for k in (1, 2, 3)
    )


def _and_follows(clauses: Clauses, b: int) -> bool:
    """True where the list goes on after group ``b`` with "and" or another comma."""
    if b + 1 >= len(clauses.groups) or b + 1 in clauses.parent:
        return False
    gap = _gap(clauses, clauses.groups[b].stop, clauses.groups[b + 1].first)
    return gap in ([","], ["and"], [",", "and"])


def _word_before_is_besides(clauses: Clauses, group: Group) -> bool:
    return [clauses.word(group.first - k) for k in (3, 2, 1)] == ["in", "addition", "to"]
