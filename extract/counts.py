"""Counts in a sentence: "at least 22", "two dozen", "between 20 and 30", "an unknown number of".

Number policy (docs/glossary.md, CountRange): a figure alone is all three ends; "at least" and "more than" leave the
upper end open; "up to", "nearly" and "fewer than" the lower one; "about" keeps the figure and its hedge. A vague plural
is a lower end, at the values of the ACLED codebook (tens 10, dozens 12, hundreds 100). "several" and "an unknown number
of" say that there are some, and give no figure.
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.numerals import ODD, PAIR, CountWords, count_words, figure_at, number_word
from extract.tokens import Tokens, split_tokens, token_at
from model import CountRange, Span

_YEARS = range(1900, 2100)
_TO = frozenset({"to", "and", "-", "–", "or"})
_OPEN_HEDGES = frozenset({"about", "nearly", "over", "some", "least", "than"})


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


def find_counts(text: str, sentence: Span) -> tuple[CountMention, ...]:
    """Every count of one sentence but dates, ages, measures, money and numbered things; spans are absolute."""
    return counts_of(split_tokens(text, sentence.start, sentence.end))


def counts_of(tokens: Tokens) -> tuple[CountMention, ...]:
    """The counts among tokens, in order, none inside another."""
    starts = count_words().starts
    found = []
    free = 0
    for i in [i for i, token in enumerate(tokens) if _may_count(token.lower, starts)]:
        mention = _count_at(tokens, i) if i >= free else None
        if mention is not None:
            found.append(mention)
            free = mention.stop
    return tuple(found)


def _may_count(word: str, starts: frozenset[str]) -> bool:
    """False where surely no count begins."""
    return word in starts or word[0].isdigit() or ("-" in word and word.split("-", 1)[0] in starts)


def _is_number_word(word: str, words: CountWords) -> bool:
    """False for a word that surely begins no number and no range."""
    return word in words.atoms or not word.isalpha() or word in {"between", "from"} or word.endswith(ODD)


def _count_at(tokens: Tokens, i: int) -> CountMention | None:
    """The count that begins at token ``i``, hedge first; None where none does, or the number counts no people."""
    words = count_words()
    hedges: list[str] = []
    number = i
    if tokens[i].lower == "up" and token_at(tokens, i - 1).lower in words.rising:
        return None  # "went up | to 46"
    while len(hedges) < 3 and (hedge := words.hedges.at(tokens, number)) is not None:
        hedges.append(hedge[0])
        number = hedge[1]
    if number > i:
        if not (number < len(tokens) and _may_count(tokens[number].lower, words.starts)):
            return _fixed_at(tokens, i, first=i)  # "some" is a hedge and a count
    elif not _is_number_word(tokens[i].lower, words) and words.fixed.at(tokens, i) is None:
        return None  # the "a" of "a few", with no "few" behind it
    between = _range_opens(tokens, number, words)
    figure = figure_at(tokens, number + between)
    if figure is None:
        if between:
            return None
        return _fixed_at(tokens, number, first=i) or (_fixed_at(tokens, i, first=i) if number > i else None)
    value, stop = figure
    if _counts_nothing(tokens, number + between, stop):
        return None
    second = None if _rises(tokens, i, words) else _range_end(tokens, stop, value, between)
    if second is None and between:
        return None
    if second is not None:
        value = _in_scale_of(tokens, value, second)
    return _mention(tokens, i, number, stop, value, second, hedges)


def _range_opens(tokens: Tokens, i: int, words: CountWords) -> bool:
    word = token_at(tokens, i).lower
    return word == "between" or (word == "from" and not _rises(tokens, i + 1, words))


def _rises(tokens: Tokens, i: int, words: CountWords) -> bool:
    """True after "rose from": what follows are the old and the new figure."""
    if token_at(tokens, i - 1).lower != "from":
        return False
    return any(token.lower in words.rising for token in tokens[max(0, i - 8) : i - 1])


def _fixed_at(tokens: Tokens, i: int, *, first: int) -> CountMention | None:
    """A count without a figure of its own: "dozens", "several", "no"."""
    fixed = count_words().fixed.at(tokens, i)
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
    joint = token_at(tokens, stop).lower
    upper = count_words().hedges.at(tokens, stop + 1)
    if joint == "and" and upper is not None and upper[0] == "up":  # "at least four and up to six"
        most = figure_at(tokens, upper[1])
        return most if most is not None and most[0] > value else None
    if joint not in ({"and", "to", "-", "–", "or"} if between else {"to", "-", "–", "or"}):
        return None
    figure = figure_at(tokens, stop + 1)
    if figure is None or figure[0] <= value or _counts_nothing(tokens, stop + 1, figure[1]):
        return None
    return figure


def _in_scale_of(tokens: Tokens, value: int, second: tuple[int, int]) -> int:
    """The lower end of "two to three dozen": 24, as the scale is told once."""
    scale = count_words().atoms.get(token_at(tokens, second[1] - 1).lower)
    told_once = scale is not None and scale[0] == "scale" and value < 20 and second[0] % scale[1] == 0
    return value * scale[1] if scale is not None and told_once and value * scale[1] < second[0] else value


def _mention(
    tokens: Tokens, first: int, number: int, stop: int, value: int, second: tuple[int, int] | None, hedges: list[str]
) -> CountMention:
    hedge = _quote(tokens, first, number) if number > first else ""
    pair = PAIR.fullmatch(tokens[number].lower)
    if pair is not None and second is None and int(pair[2]) > int(pair[1]):
        second = (int(pair[2]), stop)
    if second is not None:
        count = CountRange(value, None, second[0], hedge)
        stop = second[1]
    else:
        low, best, high = _ends(value, [*hedges, "more"] if tokens[number].lower.endswith(ODD) else hedges)
        after = count_words().after.at(tokens, stop)
        if after is not None and figure_at(tokens, after[1]) is None:
            hedge = hedge or _quote(tokens, stop, after[1])
            high = None if after[0] == "after low" else high
            stop = after[1]
        count = CountRange(low, best, high, hedge)
    return CountMention(Span(tokens[first].start, tokens[stop - 1].end), count, first, number, stop)


def _ends(value: int, hedges: list[str]) -> tuple[int | None, int | None, int | None]:
    kinds = set(hedges)
    if kinds & {"low", "more"}:
        return value, value, None
    if kinds & {"up", "under", "near"}:
        return None, value, value
    return value, value, value


def _counts_nothing(tokens: Tokens, i: int, stop: int) -> bool:
    """True for a date, a clock time, an age, a measure, money, or the number of a thing."""
    words = count_words()
    before, after = token_at(tokens, i - 1), token_at(tokens, stop)
    measured = after.lower in words.measures or after.lower.startswith("year-old")
    if before.lower in words.numbered or measured or _is_age(tokens, i):
        return True
    if after.lower == "per" and token_at(tokens, stop + 1).lower == "cent":
        return True
    if after.lower == ":" and token_at(tokens, stop + 1).lower[:1].isdigit():
        return True
    if (
        before.lower in {":", "/", "."}
        and before.end == tokens[i].start
        and token_at(tokens, i - 2).lower[-1:].isdigit()
    ):
        return True
    if after.lower == "/" or (after.lower == "-" and after.start == token_at(tokens, stop - 1).end):
        return True
    if not tokens[i].lower.isdigit():
        return False
    return _is_day_or_year(tokens, i, stop, words) or _is_aside(tokens, i, stop)


def _is_age(tokens: Tokens, i: int) -> bool:
    """True in "aged 5, 8 and 11", "aged between 4 and 70"."""
    j = i - 1
    while j >= max(0, i - 9) and (
        tokens[j].lower in {",", "and", "to", "between", "from", "just", "only"}
        or number_word(tokens[j].lower) is not None
    ):
        j -= 1
    return token_at(tokens, j).lower in {"aged", "ages", "age"}


def _is_day_or_year(tokens: Tokens, i: int, stop: int, words: CountWords) -> bool:
    before, after = token_at(tokens, i - 1), token_at(tokens, stop)
    if before.lower == "." or (before.lower == "," and len(tokens[i].lower) == 4):
        before = token_at(tokens, i - 2)
    value = int(tokens[i].lower)
    month_before = before.lower in words.months and before.capital
    if value <= 31 and (month_before or (after.lower in words.months and after.capital)):
        return True
    month = token_at(tokens, stop + 2)
    if value <= 31 and after.lower in _TO and month.lower in words.months and month.capital:
        return token_at(tokens, stop + 1).lower.isdigit()  # "the night of 4 to 5 June"
    return value in _YEARS and len(tokens[i].lower) == 4 and not _counts_people(tokens, i, stop)


def _counts_people(tokens: Tokens, i: int, stop: int) -> bool:
    """True where a figure like a year stands right beside people or a harm word: "killed 2000", "2000 soldiers"."""
    beside, after = count_words().beside, token_at(tokens, stop).lower
    hedged = after in _OPEN_HEDGES or (after == "more" and token_at(tokens, stop + 1).lower == "than")
    return token_at(tokens, i - 1).lower in beside or (after in beside and not hedged)  # "in 2021 about 40 died"


def _is_aside(tokens: Tokens, i: int, stop: int) -> bool:
    """True for an age after a name ("Anna Koval, 45,") and for a figure alone in brackets ("(45)")."""
    before, after, name = token_at(tokens, i - 1), token_at(tokens, stop), token_at(tokens, i - 2)
    if before.lower == "(" and after.lower == ")":
        return True
    return before.lower == "," and after.lower in {",", "."} and name.capital and name.word and i >= 2


def _quote(tokens: Tokens, first: int, stop: int) -> str:
    words = [token.lower for token in tokens[first:stop]]
    return "" if words == ["the"] else " ".join(words)
