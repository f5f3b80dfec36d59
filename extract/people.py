"""Groups of people in a sentence: "at least two police officers", "a 9-year-old girl", "three others", "five of them".

A group is a count or a determiner and the noun phrase after it. The noun need not be known: "six VDPs were killed" is
read by its verb. Listed nouns (``people.tsv``) tell the kind of victim; listed things (``things.tsv``) are no people.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from extract.counts import CountMention, counts_of
from extract.harm import begins_harm
from extract.numerals import number_word
from extract.tokens import Terms, Tokens, token_at
from extract.wordlist import read_list
from model import CountRange

LONGEST_NOUN_PHRASE = 9  # words from the count to the head
_ONE = CountRange(1, 1, 1)
_TWO = CountRange(2, 2, 2)
_INDEFINITE = frozenset({"a", "an", "another", "each"})


@dataclass(frozen=True, slots=True)
class Group:
    """People told together. Indexes are of tokens."""

    first: int  # hedge or determiner included
    stop: int  # after the head noun
    count: CountRange | None  # None: some, without a figure
    label: str = ""  # civilians, children, military, ...
    person: bool = False  # its noun is a listed one, or it is "others"
    further: bool = False  # "another", "three more"
    part: bool = False  # "two of them": counted in some total
    counted: bool = True  # by a number; False for "a man", "the driver"
    definite: bool = False  # "the driver", "his wife"
    bare: bool = False  # a count without any noun


@dataclass(frozen=True, slots=True)
class _Noun:
    number: str
    label: str


@dataclass(frozen=True, slots=True)
class _Lists:
    people: Terms[_Noun]
    things: frozenset[str]
    part_after: Terms[str]
    roles: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    roles: dict[str, set[str]] = {}
    for row in read_list("function_words", ("term", "kind")):
        roles.setdefault(row["kind"], set()).add(row["term"])
    nouns = []
    for row in read_list("people", ("term", "number", "group")):
        if row["number"] not in {"one", "many", "pair"}:
            raise row.error(f"number is one, many or pair, not {row['number']!r}")
        nouns.append((row["term"], _Noun(row["number"], row["group"])))
    return _Lists(
        people=Terms(nouns),
        things=frozenset(row["term"] for row in read_list("things", ("term",))),
        part_after=Terms((term, term) for term in roles.get("part after", ())),
        roles={kind: frozenset(terms) for kind, terms in roles.items()},
    )


@lru_cache(maxsize=256)
def role(kind: str) -> frozenset[str]:
    """The function words of one kind: "aux", "preposition", "relative", ..."""
    return _lists().roles.get(kind, frozenset())


@lru_cache(maxsize=1)
def _closing() -> frozenset[str]:
    """Words that no noun phrase goes past."""
    kinds = (
        "preposition",
        "aux",
        "have",
        "modal",
        "not",
        "and",
        "relative",
        "break",
        "pronoun one",
        "pronoun many",
        "determiner",
        "possessive",
        "adverb",
        "link",
    )
    return frozenset().union(*(role(kind) for kind in kinds))


@lru_cache(maxsize=1)
def _opening() -> frozenset[str]:
    """Words that one person who is not counted may be told with."""
    return frozenset({"himself", "herself", *_INDEFINITE}) | role("determiner") | role("possessive")


def find_groups(tokens: Tokens) -> tuple[Group, ...]:
    """Every group of people (or of what may be people) among tokens, in order, none inside another."""
    counts = {mention.first: mention for mention in counts_of(tokens)}
    found: list[Group] = []
    opening, free = _opening(), 0
    for i, token in enumerate(tokens):
        if i < free:
            continue
        mention, group = counts.get(i), None
        if mention is not None:
            free = mention.stop
            if found and _is_age_of(tokens, mention, found[-1]):
                continue
            group = _counted(tokens, mention)
        elif token.lower == "both":
            group = _both(tokens, i)
        elif token.lower in opening:
            group = _single(tokens, i, counts)
        if group is None and found and found[-1].stop == i - 1:
            group = _joined_single(tokens, i, found[-1])
        if group is not None:
            found.append(group)
            free = group.stop
    return tuple(found)


def _is_age_of(tokens: Tokens, mention: CountMention, before: Group) -> bool:
    """True for 48 in "a man of 48", and for seven in "five people, not seven"."""
    if _word(tokens, mention.first - 1) == "of" and before.stop == mention.first - 1:
        one = before.person and before.count == _ONE and one_person_at(tokens, before.stop - 1)
        return one and not (mention.stop < len(tokens) and person_at(tokens, mention.stop))
    if _word(tokens, mention.first - 1) == "," and before.stop == mention.first - 1 and not before.counted:
        after = _word(tokens, mention.stop)  # "a woman, 61, was hurt"
        return before.person and before.count == _ONE and after in {",", ".", ")", ";", "and"}
    negated = _word(tokens, mention.first - 1) == "not" and _word(tokens, mention.first - 2) == ","
    return negated and mention.count is not None and before.counted and before.stop == mention.first - 2


def _both(tokens: Tokens, i: int) -> Group | None:
    """Two people told as "both attackers", "both were killed", "both of whom"."""
    after = _lists().part_after.at(tokens, i + 1)
    if after is not None:
        return Group(i, after[1], _TWO, part=True, bare=True)
    if _word(tokens, i + 1) in role("plural verb") or (i + 1 < len(tokens) and begins_harm(tokens, i + 1)):
        return Group(i, i + 1, _TWO, bare=True)
    noun = _lists().people.at(tokens, i + 1)
    if noun is None or noun[0].number != "many":
        return None
    return Group(i, noun[1], _TWO, noun[0].label, person=True)


def _joined_single(tokens: Tokens, i: int, before: Group) -> Group | None:
    """The group "daughter" in "his wife and daughter": one token behind the group before it."""
    joined = before.person and not before.counted and _word(tokens, i - 1) in {"and", ","}
    noun = _lists().people.at(tokens, i) if joined else None
    if noun is not None and _word(tokens, i - 1) == "," and _word(tokens, noun[1]) != "and":
        return None  # "a woman, nurse at the clinic": one
    if noun is None or noun[0].number != "one":
        return None
    return Group(i, noun[1], _ONE, noun[0].label, person=True, counted=False, definite=True)


def one_person_at(tokens: Tokens, i: int) -> bool:
    """True where a listed noun for one person begins."""
    noun = _lists().people.at(tokens, i) if 0 <= i < len(tokens) else None
    return noun is not None and noun[0].number == "one"


def named_thing(tokens: Tokens, i: int) -> bool:
    """True where the token names a thing, not people."""
    return tokens[i].lower in _lists().things


def person_at(tokens: Tokens, i: int) -> bool:
    """True where a listed noun for people begins."""
    return _lists().people.at(tokens, i) is not None


def _counted(tokens: Tokens, mention: CountMention) -> Group | None:
    i = mention.stop
    first = mention.first - (_word(tokens, mention.first - 1) in role("possessive"))
    further = "another" in (mention.count.hedge if mention.count else "") or "further" in _word(tokens, mention.first)
    part = False
    if _word(tokens, i) == "of" and mention.count is not None and mention.count.hedge and not mention.zero:
        i += 1  # "dozens of people"
    while _word(tokens, i) in role("further"):
        further = True
        i += 1
        if _word(tokens, i - 1) == "others":
            return Group(first, i, mention.count, person=True, further=True)
    after = _lists().part_after.at(tokens, i)
    if after is not None:
        part, i = True, after[1]
    elif _word(tokens, i) == "of" and _word(tokens, i + 1) in role("possessive"):
        i += 2
    group = _noun_phrase(tokens, first, i, mention.count, further=further, part=part, counted=True)
    young = group is not None and group.bare and mention.count is not None and mention.count.hedge == "under"
    return None if young else group  # "23 of them under eighteen"


def _single(tokens: Tokens, i: int, counts: dict[int, CountMention]) -> Group | None:
    word = tokens[i].lower
    if word in {"himself", "herself"}:
        return Group(i, i + 1, _ONE, label="attackers", person=True, counted=False, definite=True)
    indefinite = word in _INDEFINITE
    if i + 1 in counts:
        return None
    for j in range(i + 1, i + 4):
        if _word(tokens, j) in role("collective") and _word(tokens, j + 1) == "of" and j + 2 in counts:
            inner = _counted(tokens, counts[j + 2])
            return None if inner is None else replace(inner, first=i)
    j = i + 1 + (_word(tokens, i + 1) in role("further"))
    group = _noun_phrase(tokens, i, j, _ONE, further=word == "another", part=False, counted=False)
    if group is None or (word == "another" and group.stop == j):
        return group
    if group.stop == j or not (group.person or indefinite):
        return None
    return group


def _noun_phrase(
    tokens: Tokens, first: int, i: int, count: CountRange | None, *, further: bool, part: bool, counted: bool
) -> Group | None:
    """The group whose nouns begin at token ``i``; None where its head is a thing."""
    stop, noun, police, broken = _run(tokens, i)
    if noun is None:
        head = _word(tokens, stop - 1) if stop > i else ""
        if head in _lists().things or (broken and not counted):
            return None
        definite = not counted and _is_definite(tokens, first)
        return Group(first, stop, count, "", False, further, part, counted, definite, stop == i and not further)
    if not counted and (
        (noun.number == "many" and (noun.label != "military" or _is_definite(tokens, first)))
        or _names_a_body(tokens, first, stop)
    ):
        return None
    if noun.number == "pair":
        count = CountRange(2, 2, 2) if not counted else count
    label = "police" if police and noun.label in {"", "military", "civilians"} else noun.label
    definite = not counted and _is_definite(tokens, first)
    return Group(first, stop, count, label, True, further, part, counted, definite)


def _names_a_body(tokens: Tokens, first: int, stop: int) -> bool:
    """True for "the Civilian Joint Task Force": a name that begins like a person."""
    return tokens[first].lower == "the" and tokens[stop - 1].capital and token_at(tokens, stop).capital


def _is_definite(tokens: Tokens, first: int) -> bool:
    return tokens[first].lower not in _INDEFINITE


def _run(tokens: Tokens, i: int) -> tuple[int, _Noun | None, bool, bool]:
    """The nouns from token ``i``: where they end, the last listed one, whether police are named, whether cut short."""
    people, closing = _lists().people, _closing()
    noun: _Noun | None = None
    police = False
    stop = j = i
    while j < len(tokens) and j - i < LONGEST_NOUN_PHRASE:
        token = tokens[j]
        person = people.at(tokens, j)
        if person is not None:
            police = police or token.lower == "police"
            better = noun is None or person[0].label or not noun.label
            noun = _Noun(person[0].number, person[0].label if noun is None or better else noun.label)
            j = stop = person[1]
            close = _bracket_end(tokens, j) if _word(tokens, j) == "(" else 0
            j = close if close and close < len(tokens) and person_at(tokens, close) else j
            continue
        if token.lower == "(" and (close := _bracket_end(tokens, j)) and noun is None:
            j = close
            continue
        if token.lower in {'"', "“", "”", "'", "‘"} and noun is None:
            j += 1
            continue
        if not token.word or token.lower in closing or (j > i and _is_number(tokens, j)):
            break
        if begins_harm(tokens, j) and not (
            j + 1 < len(tokens) and person_at(tokens, j + 1) and (j == i or (j == i + 1 and _is_number(tokens, i)))
        ):
            break
        if noun is not None and not _may_lead_on(tokens, j):
            break
        if (
            noun is None
            and j > i
            and not token.capital
            and token.lower.endswith(("ed", "ing"))
            and not _leads_on(tokens, j)
        ):
            break
        police = police or token.lower in {"police", "policeman"}
        j += 1
        if noun is None:
            stop = j
    return stop, noun, police, j - i >= LONGEST_NOUN_PHRASE and noun is None


def _is_number(tokens: Tokens, j: int) -> bool:
    """True for a number that begins a count of its own; "a 50 year old man" goes on."""
    return number_word(tokens[j].lower) is not None and _word(tokens, j + 1) not in {"year", "years", "yr"}


def _leads_on(tokens: Tokens, j: int) -> bool:
    """True where a listed noun comes within three words."""
    return any(tokens[k].word and person_at(tokens, k) for k in range(j + 1, min(j + 4, len(tokens))))


def _may_lead_on(tokens: Tokens, j: int) -> bool:
    """True where a listed noun comes within two words: "militia group fighters"."""
    return any(j + k < len(tokens) and tokens[j + k - 1].word and person_at(tokens, j + k) for k in (1, 2)) and not (
        tokens[j].lower.endswith(("ed", "ing"))
    )


def _bracket_end(tokens: Tokens, i: int) -> int:
    """The index after the bracket that opens at ``i``; 0 where it does not close within eight tokens."""
    return next((k + 1 for k in range(i, min(i + 9, len(tokens))) if tokens[k].lower == ")"), 0)


def _word(tokens: Tokens, i: int) -> str:
    return tokens[i].lower if 0 <= i < len(tokens) else ""
