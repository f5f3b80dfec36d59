"""Counts in a sentence: "at least 22", "two dozen", "between 20 and 30", "an unknown number of".

Number policy (docs/glossary.md, CountRange): a figure alone is all three ends; "at least" and "more than" leave the upper end
open; "up to", "nearly" and "fewer than" the lower one; "about" keeps the figure and its hedge. A vague plural is a lower
end, at the values of the ACLED codebook (tens 10, dozens 12, hundreds 100). "several" and "an unknown number of" say that
there are some, and give no figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.tokens import END, Terms, Token, Tokens, split_tokens
from extract.wordlist import read_list
from model import CountRange, Span

LARGEST = 10_000_000  # no toll of a single report is larger; a longer figure is a telephone number or a sum of money
_DIGITS = re.compile(r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+|\d{1,9}")
_PAIR = re.compile(r"(\d{1,7})[-–](\d{1,7})")
_DECIMAL = re.compile(r"\d{1,4}\.\d{1,3}")
_YEAR = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class CountMention:
    """Words that count something. ``count`` is None where they say "some" without a figure."""

    span: Span
    count: CountRange | None
    first: int  # index of its first token, hedge included
    number: int  # index of the first token of the number itself
    stop: int  # index of the token after it

    @property
    def zero(self) -> bool:
        """True for "no", "nobody", "none"."""
        return self.count is not None and self.count.high == 0


@dataclass(frozen=True, slots=True)
class _Words:
    """The list ``counts.tsv`` by what its words do."""

    atoms: dict[str, tuple[str, int]]  # unit, tens, scale
    fixed: Terms[tuple[str, int]]  # number, vague, some, zero
    hedges: Terms[str]
    after: Terms[str]
    measures: frozenset[str]
    numbered: frozenset[str]
    months: frozenset[str]
    beside: frozenset[str]  # next to a figure, it is no year
    starts: frozenset[str]  # every word that can begin a count


def find_counts(text: str, sentence: Span) -> tuple[CountMention, ...]:
    """Every count of one sentence but dates, ages, measures, money and numbered things; spans are absolute."""
    return counts_of(split_tokens(text, sentence.start, sentence.end))


def counts_of(tokens: Tokens) -> tuple[CountMention, ...]:
    """The counts among tokens, in order, none inside another."""
    starts = _words().starts
    found = []
    i = 0
    while i < len(tokens):
        word = tokens[i].lower
        may = word in starts or word[:1].isdigit() or ("-" in word and word.split("-", 1)[0] in starts)
        mention = _count_at(tokens, i) if may else None
        if mention is None:
            i += 1
        else:
            found.append(mention)
            i = mention.stop
    return tuple(found)


def number_word(word: str) -> int | None:
    """The value of "7", "1,200", "seven" or "twenty-two"; None for other words."""
    if _DIGITS.fullmatch(word):
        value = int(re.sub(r"\D", "", word))
        return value if value <= LARGEST else None
    atoms = _words().atoms
    parts = [atoms.get(part) for part in word.split("-")]
    known = [part for part in parts if part is not None]
    return _compose(known) if parts and len(known) == len(parts) else None


def _compose(parts: list[tuple[str, int]]) -> int | None:
    """The number that units, tens and scales make together: two, hundred, five -> 205."""
    total = current = 0
    for kind, value in parts:
        if kind == "scale":
            current = max(current, 1) * value
            if value >= 1000:
                total, current = total + current, 0
        else:
            current += value
    return total + current if total + current <= LARGEST else None


@lru_cache(maxsize=1)
def _words() -> _Words:
    atoms: dict[str, tuple[str, int]] = {}
    kinds: dict[str, list[tuple[str, tuple[str, int]]]] = {}
    for row in read_list("counts", ("term", "kind", "value")):
        kind, value = row["kind"], row["value"]
        if value and not value.isdigit():
            raise row.error(f"not a whole number: {value!r}")
        if kind in {"unit", "tens", "scale"}:
            atoms[row["term"]] = (kind, int(value or 0))
        else:
            kinds.setdefault(kind, []).append((row["term"], (kind, int(value or 0))))

    def terms(*wanted: str) -> list[tuple[str, tuple[str, int]]]:
        return [entry for kind in wanted for entry in kinds.get(kind, ())]

    def plain(*wanted: str) -> frozenset[str]:
        return frozenset(term for term, _ in terms(*wanted))

    before = ("low", "more", "up", "under", "near", "about", "exact")
    return _Words(
        atoms=atoms,
        fixed=Terms(terms("number", "vague", "some", "zero")),
        hedges=Terms((term, kind) for term, (kind, _) in terms(*before)),
        after=Terms((term, kind) for term, (kind, _) in terms("after low", "after about")),
        measures=plain("measure"),
        numbered=plain("numbered"),
        months=plain("month"),
        beside=plain("beside"),
        starts=frozenset({"between", "from", *atoms})
        | {term.split()[0].split("-")[0] for term in plain(*before, "number", "vague", "some", "zero")}
        | {term.split()[0] for term in plain(*before, "number", "vague", "some", "zero")},
    )


def _count_at(tokens: Tokens, i: int) -> CountMention | None:
    words = _words()
    hedges: list[str] = []
    number = i
    while len(hedges) < 3 and (hedge := words.hedges.at(tokens, number)) is not None:
        hedges.append(hedge[0])
        number = hedge[1]
    between = tokens[number].lower in {"between", "from"} if number < len(tokens) else False
    figure = _figure_at(tokens, number + between)
    if figure is None:
        if hedges or between:
            return None
        return _fixed_at(tokens, i, i, [])
    value, stop = figure
    if _counts_nothing(tokens, number + between, stop):
        return None
    second = _range_end(tokens, stop, value, between)
    if second is None and between:
        return None
    return _mention(tokens, i, number, stop, value, second, hedges)


def _figure_at(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """A number at token ``i``: its value and the index after it."""
    if i >= len(tokens):
        return None
    fixed = _words().fixed.at(tokens, i)
    if fixed is not None and fixed[0][0] == "number":
        return fixed[0][1], fixed[1]
    pair = _PAIR.fullmatch(tokens[i].lower)
    if pair is not None:
        return int(pair[1]), i + 1
    if _DECIMAL.fullmatch(tokens[i].lower):
        scale = _words().atoms.get(_at(tokens, i + 1).lower)
        return (int(float(tokens[i].lower) * scale[1]), i + 2) if scale and scale[0] == "scale" else None
    parts: list[tuple[str, int]] = []
    stop = i
    while stop < len(tokens) and len(parts) < 8:
        step = _parts_of(tokens[stop].lower, bool(parts))
        if step is None:
            joined = parts and parts[-1][0] == "scale" and parts[-1][1] > 12 and tokens[stop].lower == "and"
            if not (joined and _parts_of(_at(tokens, stop + 1).lower, False)):
                break
            stop += 1
            continue
        if parts and not _may_follow(parts[-1], step[0]):
            break
        parts += step
        stop += 1
    value = _compose(parts) if parts else None
    return None if value is None else (value, stop)


def _parts_of(word: str, inside: bool) -> list[tuple[str, int]] | None:
    atoms = _words().atoms
    if word[:1].isdigit():
        value = None if inside else number_word(word)
        return None if value is None else [("figure", value)]
    parts = [atoms.get(part) for part in word.split("-")]
    known = [part for part in parts if part is not None]
    if not known or len(known) < len(parts):
        return None
    return None if known[0][0] == "scale" and not inside else known


def _may_follow(last: tuple[str, int], following: tuple[str, int]) -> bool:
    """Whether two number words make one number: "twenty two", "two hundred", "hundred five", but not "two three"."""
    if following[0] == "scale":
        return True
    if last[0] == "scale":
        return last[1] > following[1] and last[1] != 12
    return last[0] == "tens" and following[0] == "unit" and following[1] < 10


def _fixed_at(tokens: Tokens, first: int, i: int, hedges: list[str]) -> CountMention | None:
    fixed = _words().fixed.at(tokens, i)
    if fixed is None or fixed[0][0] == "number":
        return None
    (kind, value), stop = fixed
    count = None
    if kind == "vague":
        count = CountRange(value, value, None, _quote(tokens, i, stop))
    elif kind == "zero":
        count = CountRange(0, 0, 0)
    return CountMention(Span(tokens[first].start, tokens[stop - 1].end), count, first, i, stop)


def _range_end(tokens: Tokens, stop: int, value: int, between: bool) -> tuple[int, int] | None:
    """The upper end of "2 to 4" and the index after it."""
    joint = _at(tokens, stop).lower
    if joint not in ({"and", "to", "-", "–", "or"} if between else {"to", "-", "–", "or"}):
        return None
    figure = _figure_at(tokens, stop + 1)
    if figure is None or figure[0] <= value or _counts_nothing(tokens, stop + 1, figure[1]):
        return None
    return figure


def _mention(
    tokens: Tokens, first: int, number: int, stop: int, value: int, second: tuple[int, int] | None, hedges: list[str]
) -> CountMention:
    hedge = _quote(tokens, first, number) if number > first else ""
    pair = _PAIR.fullmatch(tokens[number].lower)
    if pair is not None and second is None and int(pair[2]) > int(pair[1]):
        second = (int(pair[2]), stop)
    if second is not None:
        low, best, high, stop = value, None, second[0], second[1]
    else:
        low, best, high = _ends(value, hedges)
        after = _words().after.at(tokens, stop)
        if after is not None and not _number_follows(tokens, after[1]):
            hedge = hedge or _quote(tokens, stop, after[1])
            high = None if after[0] == "after low" else high
            stop = after[1]
    count = CountRange(low, best, high, hedge)
    return CountMention(Span(tokens[first].start, tokens[stop - 1].end), count, first, number, stop)


def _number_follows(tokens: Tokens, i: int) -> bool:
    """True in "killing 12 at least 3 of them": the hedge belongs to the next number."""
    return _figure_at(tokens, i) is not None


def _ends(value: int, hedges: list[str]) -> tuple[int | None, int | None, int | None]:
    kinds = set(hedges)
    if kinds & {"low", "more"}:
        return value, value, None
    if kinds & {"up", "under", "near"}:
        return None, value, value
    return value, value, value


def _counts_nothing(tokens: Tokens, i: int, stop: int) -> bool:
    """True for a date, a clock time, an age, a measure, money, or the number of a thing."""
    words = _words()
    before, after = _at(tokens, i - 1), _at(tokens, stop)
    measured = after.lower in words.measures or after.lower.startswith("year-old")
    if before.lower in words.numbered or measured or _is_age(tokens, i):
        return True
    if after.lower == ":" and _at(tokens, stop + 1).lower[:1].isdigit():
        return True
    if before.lower in {":", "/", "."} and before.end == tokens[i].start and _at(tokens, i - 2).lower[-1:].isdigit():
        return True
    if after.lower == "/" or (after.lower == "-" and after.start == _at(tokens, stop - 1).end):
        return True
    if not tokens[i].lower.isdigit():
        return False
    return _is_day_or_year(tokens, i, stop, words) or _is_aside(tokens, i, stop)


def _is_age(tokens: Tokens, i: int) -> bool:
    """True in "aged 5, 8 and 11", "aged between 4 and 70"."""
    j = i - 1
    while j >= max(0, i - 9) and (
        tokens[j].lower in {",", "and", "to", "between", "from", "just", "only"} or tokens[j].lower.isdigit()
    ):
        j -= 1
    return _at(tokens, j).lower in {"aged", "ages", "age"}


def _is_day_or_year(tokens: Tokens, i: int, stop: int, words: _Words) -> bool:
    before, after = _at(tokens, i - 1), _at(tokens, stop)
    if before.lower == "." or (before.lower == "," and len(tokens[i].lower) == 4):
        before = _at(tokens, i - 2)
    value = int(tokens[i].lower)
    month_before = before.lower in words.months and before.capital
    if value <= 31 and (month_before or (after.lower in words.months and after.capital)):
        return True
    return (
        value in _YEAR
        and len(tokens[i].lower) == 4
        and not _counts_people(tokens, i, stop)
    )


def _counts_people(tokens: Tokens, i: int, stop: int) -> bool:
    """True where a figure like a year stands right beside people or a harm word: "killed 2000", "2000 soldiers"."""
    return _at(tokens, i - 1).lower in _words().beside or _at(tokens, stop).lower in _words().beside


def _is_aside(tokens: Tokens, i: int, stop: int) -> bool:
    """True for an age after a name ("Anna Koval, 45,") and for a figure alone in brackets ("(45)")."""
    before, after, name = _at(tokens, i - 1), _at(tokens, stop), _at(tokens, i - 2)
    if before.lower == "(" and after.lower == ")":
        return True
    return before.lower == "," and after.lower in {",", "."} and name.capital and name.word and i >= 3


def _at(tokens: Tokens, i: int) -> Token:
    return tokens[i] if 0 <= i < len(tokens) else END


def _quote(tokens: Tokens, first: int, stop: int) -> str:
    words = [token.lower for token in tokens[first:stop]]
    return "" if words == ["the"] else " ".join(words)
