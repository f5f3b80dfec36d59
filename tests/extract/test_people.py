"""Groups of people: where they begin and end, how many, of what kind."""

from __future__ import annotations

import pytest

from extract.people import find_groups
from extract.tokens import split_tokens


def groups(text):
    tokens = split_tokens(text, 0, len(text))
    return [
        (text[tokens[g.first].start : tokens[g.stop - 1].end], g.count.figure if g.count else None, g.label)
        for g in find_groups(tokens)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at least two police officers", [("at least two police officers", 2, "police")]),
        ("a 9-year-old girl", [("a 9-year-old girl", 1, "children")]),
        ("a 50 year old man", [("a 50 year old man", 1, "men")]),
        ("three others", [("three others", 3, "")]),
        ("five of them", [("five of them", 5, "")]),
        ("two of his colleagues", [("two of his colleagues", 2, "")]),
        ("his wife and daughter", [("his wife", 1, "women"), ("daughter", 1, "women")]),
        ("a family of five", [("a family of five", 5, "")]),
        ("an elderly couple", [("an elderly couple", 2, "")]),
        ("dozens of people", [("dozens of people", 12, "")]),
        ("several civilians", [("several civilians", None, "civilians")]),
        ("three suspected Lowland (LLF) militants", [("three suspected Lowland (LLF) militants", 3, "militants")]),
        ("a former police chief", [("a former police chief", 1, "police")]),
        ("himself", [("himself", 1, "attackers")]),
        ("six VDPs", [("six VDPs", 6, "")]),
        ("two army vehicles", []),
        ("the soldiers", []),
        ("the Civilian Task Force", []),
        ("a house belonging to a family", [("a family", 1, "")]),
    ],
)
def test_groups(text, expected):
    assert groups(text) == expected


def test_marks():
    tokens = split_tokens("another guard and two more", 0, 26)
    another, two = find_groups(tokens)
    assert (another.further, another.counted) == (True, False)
    assert (two.further, two.counted) == (True, True)
