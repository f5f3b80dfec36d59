"""Counts: what a number says, and which numbers count no people."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.counts import find_counts
from extract.numerals import count_words, number_word
from model import CountRange, Span


def counts(text):
    return [
        (text[mention.span.start : mention.span.end], mention.count)
        for mention in find_counts(text, Span(0, len(text)))
    ]


@pytest.mark.parametrize(
    ("text", "quote", "low", "best", "high"),
    [
        ("22 people", "22", 22, 22, 22),
        ("Twenty-two people", "Twenty-two", 22, 22, 22),
        ("one hundred and five men", "one hundred and five", 105, 105, 105),
        ("1,250 people", "1,250", 1250, 1250, 1250),
        ("1\u202f250 people", "1\u202f250", 1250, 1250, 1250),  # narrow and fixed blanks part thousands too
        ("2.5 thousand people", "2.5 thousand", 2500, 2500, 2500),
        ("two dozen fighters", "two dozen", 24, 24, 24),
        ("half a dozen guards", "half a dozen", 6, 6, 6),
        ("at least 22 people", "at least 22", 22, 22, None),
        ("no fewer than nine", "no fewer than nine", 9, 9, None),
        ("more than a dozen", "more than a dozen", 12, 12, None),
        ("30+ wounded", "30+", 30, 30, None),
        ("12 or more", "12 or more", 12, 12, None),
        ("up to 33 people", "up to 33", None, 33, 33),
        ("nearly 110 people", "nearly 110", None, 110, 110),
        ("fewer than 10 people", "fewer than 10", None, 10, 10),
        ("about 40 people", "about 40", 40, 40, 40),
        ("between 20 and 30 soldiers", "between 20 and 30", 20, None, 30),
        ("2 to 4 people", "2 to 4", 2, None, 4),
        ("at least four and up to six people", "at least four and up to six", 4, None, 6),
        ("2-4 people", "2-4", 2, None, 4),
        ("10–12 people", "10–12", 10, None, 12),
        ("two or three people", "two or three", 2, None, 3),
        ("tens of people", "tens", 10, 10, None),
        ("dozens of people", "dozens", 12, 12, None),
        ("hundreds of people", "hundreds", 100, 100, None),
        ("no one", "no one", 0, 0, 0),
    ],
)
def test_figure_and_its_ends(text, quote, low, best, high):
    (found,) = counts(text)
    assert found[0] == quote
    assert found[1] is not None
    assert (found[1].low, found[1].best, found[1].high) == (low, best, high)


def test_hedge_is_kept():
    assert counts("nearly 110 people")[0][1] == CountRange(None, 110, 110, "nearly")
    assert counts("12 or more people")[0][1] == CountRange(12, 12, None, "or more")


@pytest.mark.parametrize("text", ["several people", "many people", "an unknown number of people", "some people"])
def test_some_is_no_figure(text):
    ((_, count),) = counts(text)
    assert count is None


@pytest.mark.parametrize(
    "text",
    [
        "on Dec. 29",
        "on 3 March, early",
        "October 12th, 2023, at night",
        "in 2014",
        "at 10:30",
        "at 9 a.m.",
        "5 km away",
        "a 9-year-old girl",
        "a 59 year-old engineer",
        "aged 5, 8 and 11",
        "aged between 4 and 70",
        "Anna Koval, 45, said",
        "a 12-hour battle",
        "$ 300 in cash",
        "35 percent",
        "brigade 93",
        "155-mm shells",
    ],
)
def test_number_that_counts_no_people(text):
    assert counts(text) == []


def test_year_beside_people_is_a_count():
    assert counts("killed 2000 people")[0][1] == CountRange(2000, 2000, 2000)


def test_two_numbers_stay_two():
    assert [count.best for _, count in counts("four men and five women") if count] == [4, 5]


@pytest.mark.parametrize(
    ("word", "value"), [("7", 7), ("seven", 7), ("thirty-one", 31), ("grove", None), ("x-1", None)]
)
def test_number_word(word, value):
    assert number_word(word) == value


def test_value_that_is_no_number_is_reported(tmp_path, monkeypatch):
    (tmp_path / "counts.tsv").write_text("umpteen\tvague\tlots\tumpteen people were killed\n", encoding="utf-8")
    monkeypatch.setenv("STRIKELINE_LISTS", str(tmp_path))
    count_words.cache_clear()
    try:
        with pytest.raises(ValueError, match=r"counts\.tsv, line 1: not a whole number: 'lots'"):
            count_words()
    finally:
        monkeypatch.undo()
        count_words.cache_clear()


@given(st.integers(0, 999), st.integers(1, 50))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_range_keeps_its_order(low, more):
    ((_, count),) = counts(f"between {low} and {low + more} people")
    assert count == CountRange(low, None, low + more)
