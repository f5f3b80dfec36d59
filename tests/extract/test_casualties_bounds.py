"""The casualty grammar on any text: spans inside, ranges in order, time bounded, lists sound."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.casualties import choose_casualties, find_tolls
from extract.counts import find_counts
from extract.tokens import split_tokens
from extract.wordlist import read_list
from model import Span

WORDS = [
    *(
        "killed",
        "wounded",
        "dead",
        "killing",
        "died",
        "were",
        "was",
        "and",
        ",",
        ".",
        "(",
        ")",
        "two",
        "12",
        "a",
        "the",
    ),
    *("soldiers", "man", "people", "including", "of whom", "of them", "no", "casualties", "death toll", "rose", "to"),
    *(
        "at least",
        "between",
        "or",
        "more",
        "others",
        "another",
        "five",
        "Khan",
        "bodies",
        "lost",
        "his",
        "who",
        ":",
        "-",
    ),
]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join)


def check(text):
    found = find_tolls(text, Span(0, len(text)))
    for toll in found:
        assert 0 <= toll.span.start < toll.span.end <= len(text)
        known = [end for end in (toll.count.low, toll.count.best, toll.count.high) if end is not None]
        assert known == sorted(known)
    choose_casualties(found)


@given(TEXTS)
@settings(derandomize=True, max_examples=400, deadline=None)
def test_any_order_of_words(text):
    check(text)


@given(st.text(min_size=1, max_size=200))
@settings(derandomize=True, max_examples=200, deadline=None)
def test_any_text(text):
    check(text)
    check(f"{text} 12 people were killed {text}")


@given(TEXTS, st.integers(0, 30))
@settings(derandomize=True, max_examples=100, deadline=None)
def test_spans_are_absolute(text, before):
    padded = "#" * before + text
    moved = find_tolls(padded, Span(before, len(padded)))
    assert [(t.span.start - before, t.span.end - before) for t in moved] == [
        (t.span.start, t.span.end) for t in find_tolls(text, Span(0, len(text)))
    ]


@pytest.mark.parametrize(
    "piece",
    [
        *("killed ", "two men and ", "including two ", "5 , ", "killed two and ", "a man, ", "no ", "(( ", "two "),
        *(
            "death toll ",
            "of whom two died ",
            "the number of ",
            "1-2-3-",
            "was killed and ",
            "aged 5, ",
            "a family of ",
        ),
    ],
)
def test_hostile_line_is_bounded(piece):
    text = ("Ten people were killed. " + piece * 10_000)[:10_000]
    find_tolls(text, Span(0, 200))  # lists are read once
    started = time.process_time()
    find_tolls(text, Span(0, len(text)))
    find_counts(text, Span(0, len(text)))
    assert time.process_time() - started < 5  # no claim of speed: a pattern that blows up takes minutes


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("counts", ("term", "kind", "value")),
        ("function_words", ("term", "kind")),
        ("people", ("term", "number", "group")),
        ("things", ("term",)),
        ("harm", ("term", "outcome", "use")),
    ],
)
def test_every_example_shows_its_term(name, columns):
    for row in read_list(name, columns):
        term = [token.lower for token in split_tokens(row["term"], 0, len(row["term"]))]
        example = [token.lower for token in split_tokens(row["example"], 0, len(row["example"]))]
        assert any(example[i : i + len(term)] == term for i in range(len(example))), row


def test_bad_use_is_reported(tmp_path, monkeypatch):
    from extract import harm

    (tmp_path / "harm.tsv").write_text("smote\tkilled\tverb\tit smote two\n", encoding="utf-8")
    monkeypatch.setenv("STRIKELINE_LISTS", str(tmp_path))
    harm._entries.cache_clear()
    try:
        with pytest.raises(ValueError, match=r"harm\.tsv, line 1: no such use: 'verb'"):
            harm._entries()
    finally:
        monkeypatch.undo()
        harm._entries.cache_clear()
