"""Numbers in words and figures ("7", "1,200", "twenty-two", "half a dozen"), and the list of count words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.tokens import Terms, Tokens, token_at
from extract.wordlist import read_list

LARGEST = 10_000_000  # no toll of a single report is larger; a longer figure is a telephone number or a sum of money
ODD = "-odd"  # "twenty-odd": that many or a few more
PAIR = re.compile(r"(\d{1,7})[-–](\d{1,7})")
_DIGITS = re.compile(r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+|\d{1,9}")
_DECIMAL = re.compile(r"\d{1,4}\.\d{1,3}")


@dataclass(frozen=True, slots=True)
class CountWords:
    """The list ``counts.tsv`` by what its words do."""

    atoms: dict[str, tuple[str, int]]  # unit, tens, scale
    fixed: Terms[tuple[str, int]]  # number, vague, some, zero
    hedges: Terms[str]
    after: Terms[str]
    measures: frozenset[str]
    numbered: frozenset[str]
    months: frozenset[str]
    rising: frozenset[str]  # before "from 20 to 30", these are two figures and no range
    beside: frozenset[str]  # next to a figure, it is no year
    plurals: frozenset[str]  # "dozens"
    starts: frozenset[str]  # every word that can begin a count


@lru_cache(maxsize=1)
def count_words() -> CountWords:
    """The list ``counts.tsv``; ``WordListError`` where a value is no whole number."""
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
    return CountWords(
        atoms=atoms,
        fixed=Terms(terms("number", "vague", "some", "zero")),
        hedges=Terms((term, kind) for term, (kind, _) in terms(*before)),
        after=Terms((term, kind) for term, (kind, _) in terms("after low", "after about")),
        measures=plain("measure"),
        numbered=plain("numbered"),
        months=plain("month"),
        rising=plain("rising"),
        beside=plain("beside"),
        plurals=plain("vague"),
        starts=frozenset({"between", "from", *atoms})
        | {term.split()[0].split("-")[0] for term in plain(*before, "number", "vague", "some", "zero")}
        | {term.split()[0] for term in plain(*before, "number", "vague", "some", "zero")},
    )


def number_word(word: str) -> int | None:
    """The value of "7", "1,200", "seven" or "twenty-two"; None for other words."""
    if word[:1].isdigit() and _DIGITS.fullmatch(word):
        value = int(re.sub(r"\D", "", word))
        return value if value <= LARGEST else None
    parts = _atoms_of(word)
    return None if parts is None else _compose(parts)


def figure_at(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """A number at token ``i``: its value and the index after it."""
    if i >= len(tokens):
        return None
    fixed = count_words().fixed.at(tokens, i)
    if fixed is not None and fixed[0][0] == "number":
        return fixed[0][1], fixed[1]
    word = tokens[i].lower
    if word.endswith(ODD):
        value = number_word(word.removesuffix(ODD))
        return None if value is None else (value, i + 1)
    if word[0].isdigit():
        pair = PAIR.fullmatch(word)
        if pair is not None:
            return int(pair[1]), i + 1
        if _DECIMAL.fullmatch(word):
            scale = count_words().atoms.get(token_at(tokens, i + 1).lower)
            return (int(float(word) * scale[1]), i + 2) if scale and scale[0] == "scale" else None
    parts: list[tuple[str, int]] = []
    stop = i
    while stop < len(tokens) and len(parts) < 8:
        step = _parts_of(tokens[stop].lower, bool(parts))
        if step is None:
            joined = parts and parts[-1][0] == "scale" and parts[-1][1] > 12 and tokens[stop].lower == "and"
            if not (joined and _parts_of(token_at(tokens, stop + 1).lower, False)):
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
    if word[:1].isdigit():
        value = None if inside else number_word(word)
        return None if value is None else [("figure", value)]
    parts = _atoms_of(word)
    return None if parts is None or (parts[0][0] == "scale" and not inside) else parts


def _atoms_of(word: str) -> list[tuple[str, int]] | None:
    """The number words of "two" or "twenty-two"; None where the word holds any other."""
    atoms = count_words().atoms
    if "-" not in word:
        return [atoms[word]] if word in atoms else None
    parts = word.split("-")
    return [atoms[part] for part in parts] if all(part in atoms for part in parts) else None


def _may_follow(last: tuple[str, int], following: tuple[str, int]) -> bool:
    """Whether two number words make one number: "twenty two", "two hundred", "hundred five", but not "two three"."""
    if following[0] == "scale":
        return True
    if last[0] == "scale":
        return last[1] > following[1] and last[1] != 12
    return last[0] == "tens" and following[0] == "unit" and following[1] < 10


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
