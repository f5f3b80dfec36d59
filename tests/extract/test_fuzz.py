"""Random and mutated reports: reading one ends, raises nothing, and every span quotes the stored text."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.fuzz import MUTATIONS, faults, make_text, mutate
from bench.gold_set import read_gold
from extract.findings import MAX_CHARACTERS
from extract.sentences import split_sentences
from tests.extract.few_names import read, report, spot

TEXTS = tuple(row.text for row in read_gold())
SECONDS = 20.0  # a hostile text takes two on an idle core


@given(st.integers(0, 2**32))
@settings(derandomize=True, max_examples=240, deadline=None)
def test_mutated_reports(seed: int) -> None:
    text = make_text(random.Random(seed), TEXTS)
    assert faults(report(text), spot) == []


@given(st.text(max_size=200))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_any_characters(text: str) -> None:
    assert faults(report(text), spot) == []


@pytest.mark.parametrize("name", sorted(MUTATIONS))
def test_every_mutation_changes_some_report(name: str) -> None:
    rng = random.Random(1)
    assert any(mutate(rng, text, TEXTS, name) != text for text in TEXTS[:20])


@pytest.mark.parametrize(
    "piece",
    ["Missiles struck Kharkiv on Saturday, killing 22 people. ", "a", " ", "([{"],
    ids=repr,
)
def test_a_text_of_ten_million_characters_is_read_in_part(piece: str) -> None:
    text = piece * (10_000_000 // len(piece))
    start = time.process_time()
    found = read(text)
    assert time.process_time() - start < SECONDS
    assert found.skipped
    assert found.skipped[-1].end == len(text)
    assert all(event.evidence[0].span.end <= MAX_CHARACTERS for event in found.events)


def test_blanks_before_a_line_end_take_no_longer_than_words() -> None:
    start = time.process_time()
    assert split_sentences(" " * 200_000 + "x\n \n\t\ny" + " " * 200_000)
    assert time.process_time() - start < 2.0


@pytest.mark.parametrize(
    "text",
    [
        "There missiles killed nine people on Sunday.",  # nothing stands before "there"
        "Missiles hit Sumy on Sunday. Drones struck Kursk in response to!",  # nothing stands after the cue
        "Missiles hit Sumy on Sunday. The drones struck Kursk, in retaliation for",
    ],
)
def test_words_that_point_to_nothing_are_read_all_the_same(text: str) -> None:
    assert read(text).events
