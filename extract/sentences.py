"""Splits a report into sentences, leaving out its header words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extract.document import read_header
from extract.wordlist import load_terms, read_list
from model import Span

MAX_SENTENCE = 2_000  # characters; every rule that looks at a sentence is bounded by it

# A full stop, question or exclamation mark, what closes after it, blanks, and what may open a sentence.
_STOP = re.compile(r"""(?P<mark>[.!?…]{1,4})(?P<close>["'”’»)\]]{0,3})(?P<gap>\s{1,4}|(?=[A-ZА-ЯЄІЇҐ][a-zа-яєіїґ]))""")
_OPENER = re.compile(r"""["'“‘„«(\[\s•*–—-]{0,4}(?P<word>[^\W_][\w'’-]{0,30})""")
_LAST_WORD = re.compile(r"(?:^|[\s(\[\"'“„«/—–-])(?P<word>[^\W_][\w.'’-]{0,15}?)\.?$")
_MARGINS = " \t\r"  # blanks beside a line end
_INDENT = re.compile(r"[ \t\r]*")
_RUNNING_ON = """
a an the of in on at by for to from with and or as near into that which who was were is are has have had its his her
their
в на и і с з по из від от до для при за у к
"""
_SOFT_END = re.compile(rf"(?:[,;–—-]|\b(?:{'|'.join(_RUNNING_ON.split())}))$", re.I)
_CLOSED = re.compile(r"[.!?…:;][\"'”’»)\]]{0,3}$")


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of a text; ``cut`` holds those longer than ``MAX_SENTENCE``, which stand in pieces in ``spans``."""

    spans: tuple[Span, ...]
    cut: tuple[Span, ...] = ()


def split_sentences(text: str) -> tuple[Span, ...]:
    """The sentences in order: stripped, apart from each other, none longer than ``MAX_SENTENCE`` characters.

    Together they hold every character of the text that is neither blank nor a header word. Headlines and list items,
    which end without a full stop, are sentences of their own.
    """
    return read_sentences(text).spans


@lru_cache(maxsize=8)
def read_sentences(text: str) -> Sentences:
    """The sentences, and which of them had to be cut."""
    whole = [span for start, end in _story_parts(text) for span in _sentences(text, start, end)]
    spans: list[Span] = []
    cut: list[Span] = []
    for span in whole:
        if span.end - span.start <= MAX_SENTENCE:
            spans.append(span)
        else:
            cut.append(span)
            spans.extend(_pieces(text, span))
    return Sentences(tuple(spans), tuple(cut))


def _story_parts(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for span in read_header(text).spans:
        yield start, span.start
        start = span.end
    yield start, len(text)


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    for first, last in _paragraphs(text, start, end):
        position = first
        for match in _STOP.finditer(text, first, last):
            if match.end() < last and _ends_sentence(text, position, match):
                yield from _strip(text, position, match.start("gap"))
                position = match.end()
        yield from _strip(text, position, last)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches between line ends that are true ends; a line that was only wrapped runs on into the next."""
    wrapped = _is_wrapped(text, start, end)
    position = start
    for before, after in _line_ends(text, start, end):
        if not _runs_on(text, position, before, after, end, wrapped):
            yield position, before
            position = after
    yield position, end


def _line_ends(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where each line ends, and where the next one begins, without the blanks beside."""
    position = start
    while (at := text.find("\n", position, end)) >= 0:
        before = position + len(text[position:at].rstrip(_MARGINS))
        indent = _INDENT.match(text, at + 1, end)
        position = at + 1 if indent is None else indent.end()
        yield before, position


def _runs_on(text: str, start: int, before: int, after: int, end: int, wrapped: bool) -> bool:
    """True where a line that ends before ``before`` goes on in the next, which begins at ``after``."""
    if after >= end or text[after] in "\n\r" or before <= start or text[before - 1] == "\n":
        return False
    tail = text[max(start, before - 30) : before]
    if _CLOSED.search(tail):
        return False
    return text[after].islower() or wrapped or _SOFT_END.search(tail) is not None


def _is_wrapped(text: str, start: int, end: int) -> bool:
    """True where lines were broken at a fixed width: most lines are long, none is very long, and few end a sentence."""
    lines = [line.rstrip() for line in text[start : min(end, start + 8_000)].split("\n") if line.strip()]
    if len(lines) < 4 or max(map(len, lines)) > 120:
        return False
    inner = lines[:-1]
    full = sum(len(line) >= 45 for line in inner)
    open_ended = sum(_CLOSED.search(line) is None for line in inner)
    return full >= 0.7 * len(inner) and open_ended >= 0.6 * len(inner)


@dataclass(frozen=True, slots=True)
class _Abbreviations:
    titles: frozenset[str]
    words: frozenset[str]
    openers: frozenset[str]


@lru_cache(maxsize=1)
def _abbreviations() -> _Abbreviations:
    found: dict[str, set[str]] = {"title": set(), "word": set()}
    for row in read_list("abbreviations", ("terms", "kind")):
        if row["kind"] not in found:
            raise row.error(f"unknown kind {row['kind']!r}; one of title, word")
        found[row["kind"]].update(term.strip().casefold() for term in row["terms"].split("|"))
    return _Abbreviations(
        frozenset(found["title"]), frozenset(found["word"]), frozenset(load_terms("sentence_openers"))
    )


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    opener = _OPENER.match(text, match.end())
    if opener is None:
        return True
    word = opener["word"]
    if word[0].islower() and not match["close"]:
        return False
    if match["mark"] != "." or match["close"]:
        return not word[0].islower()
    last = _LAST_WORD.search(text[max(start, match.start() - 18) : match.start()])
    return last is None or not _is_abbreviation(last["word"], word, bool(match["gap"]))


def _is_abbreviation(last: str, following: str, gap: bool) -> bool:
    """True where the full stop belongs to ``last``, not to the sentence."""
    known = _abbreviations()
    folded = last.casefold()
    if not gap and "." in last:  # "U.N.Security": never seen as an end
        return True
    if folded in known.titles:
        # "No" is also a word: only a number makes it an abbreviation.
        return folded not in {"no", "nos", "art", "fig", "fr", "sec"} or following[0].isdigit()
    if folded in known.words:
        return following not in known.openers
    if len(last) == 1 and last.isalpha() and last.isupper():  # an initial
        return last != "I" and following not in known.openers
    return "." in last and len(last) <= 6 and following not in known.openers


def _strip(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    left, right = len(words) - len(words.lstrip()), len(words.rstrip())
    if left < right:
        yield Span(start + left, start + right)


def _pieces(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while span.end - start > MAX_SENTENCE:
        end = max(text.rfind(blank, start + 1, start + MAX_SENTENCE) for blank in " \n\t")
        end = end if end > start else start + MAX_SENTENCE
        yield from _strip(text, start, end)
        start = end
    yield from _strip(text, start, span.end)
