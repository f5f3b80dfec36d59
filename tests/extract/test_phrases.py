from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.phrases import find_phrases, make_table, split_words

TABLE = make_table(
    [
        ("air strike|air strikes", "air"),
        ("strike|strikes", "strike"),
        ("shot * down", "downed"),
        ("shot", "shot"),
        ("US", "america"),
    ]
)


def found(text: str) -> list[tuple[str, str]]:
    phrases = find_phrases(text, split_words(text), TABLE)
    return [(text[p.span.start : p.span.end], p.value) for p in phrases]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An air strike hit.", [("air strike", "air")]),  # the longest wins
        ("Air-strikes went on.", [("Air-strikes", "air")]),  # a hyphen is a blank
        ("It flew through the air. Strikes followed.", [("Strikes", "strike")]),  # a full stop parts words
        ("They shot two drones down.", [("shot two drones down", "downed")]),
        ("They shot a lot of people from up there, down", [("shot", "shot")]),  # the gap is at most two words
        ("Tell us about the US.", [("US", "america")]),  # a capital matches only as written
        ("", []),
    ],
)
def test_finds_the_longest_phrase_at_each_place(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_a_phrase_must_begin_with_a_word() -> None:
    with pytest.raises(ValueError, match="must begin with a word"):
        make_table([("* down", "x")])


@given(st.text(alphabet="airstrike shotdown-.'*US\n", max_size=200))
@settings(derandomize=True, max_examples=150, deadline=None)
def test_phrases_are_apart_and_in_order(text: str) -> None:
    phrases = find_phrases(text, split_words(text), TABLE)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(phrases))
    assert all(p.span.end <= len(text) for p in phrases)
