"""Counts of a whole war or a long time, as against those of one attack."""

from __future__ import annotations

import pytest

from extract.casualties import find_tolls
from model import Span, Tally


def tally(text):
    return [toll.tally for toll in find_tolls(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "text",
    [
        "More than 300 people have been killed in the valley since March.",
        "Since the war began, 300 people have been killed.",
        "Some 300 people have died over the past year.",
        "In the last three months 300 people have been killed.",
        "So far this year 300 people have been killed.",
        "The conflict, which began in 2011, has killed 300 people.",
        "The 1998 bombing killed 29 people.",
        "The fighting left tens of thousands dead.",
    ],
)
def test_wider(text):
    assert tally(text) == [Tally.WIDER]


def test_last_hours():
    assert tally("Thirty people were killed over the past 24 hours.") == [Tally.LATELY]


@pytest.mark.parametrize(
    "text",
    [
        "Thirty people have been killed since Monday.",
        "Three of the hurt have since died.",
        "The raid, the deadliest since March, killed 30 people.",
        "The town, besieged since April, was hit by a rocket, killing 30 people.",
        "On 12 March 2023 a rocket killed 30 people.",
        "The attacks that killed 30 people the previous day were condemned.",
        "A war monitor has counted 30 dead.",
    ],
)
def test_of_one_attack(text):
    assert Tally.WIDER not in tally(text)
    assert Tally.LATELY not in tally(text)
