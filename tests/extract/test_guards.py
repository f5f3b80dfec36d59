"""A pattern is tried only where a word stands that it needs: no text that it accepts may lack such a word."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import blame, remarks, stand_ins, telling
from extract.phrases import holds, matches_at

_ASCII = st.characters(min_codepoint=32, max_codepoint=126)


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (blame._EACH_OTHER, blame._MUTUAL),
        (telling._FALSE, telling._UNTRUE),
        (telling._NONE, telling._NO),
        (remarks._ALL, remarks._ATTACKS),
    ],
    ids=("each other", "false", "none", "all"),
)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_what_the_pattern_accepts_holds_a_word_that_opens_the_gate(
    pattern: re.Pattern[str], needed: frozenset[str], data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(pattern, fullmatch=True, alphabet=_ASCII))
    assert holds(text, 0, len(text), needed)


@pytest.mark.parametrize(
    ("pattern", "openers"),
    [(stand_ins._WORDS, stand_ins._FIRST_WORDS), (stand_ins._HANDS, stand_ins._FIRST_OF_HANDS)],
    ids=("words", "hands"),
)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_openers_lose_no_match(pattern: re.Pattern[str], openers: frozenset[str], data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern, alphabet=_ASCII))
    found = [match.span() for match in matches_at(text, openers, pattern)]
    assert found == [match.span() for match in pattern.finditer(text)]
