"""Whatever comes in, the extraction ends, quotes its text, and tells what it left out."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.findings import MAX_NAMES, MAX_SENTENCES
from model import Extraction, Span, Telling
from tests.extract.few_names import read, report

_WORDS = st.sampled_from(
    (
        *("Missiles", "rockets", "struck", "the Russian city of", "Belgorod", "Kharkiv", "Kyiv", "killing", "injuring"),
        *(
            "at least 22 people",
            "two",
            "nearly",
            "on Saturday",
            "the day before",
            "in response to",
            "Ukraine's",
            "Hamas",
        ),
        *(
            "Ukrainian officials said",
            "claims",
            "denied that",
            "has previously",
            "drones were shot down over",
            "region",
        ),
        *(
            "launched from",
            "by",
            "attack",
            ".",
            ",",
            ";",
            ":",
            "—",
            "(",
            ")",
            "\n",
            '"',
            "'",
            "’s",
            "U.N.",
            "1:30",
            "12,000",
        ),
        *("Ж", "炸", "\u200b", "\ufffd"),
    )
)


def spans_of(found: Extraction) -> list[Span]:
    spans = [toponym.span for toponym in found.toponyms] + [day.span for day in found.days] + list(found.skipped)
    spans += [link.span for link in found.links]
    for event in found.events:
        spans += [evidence.span for evidence in event.evidence]
        spans += [toll.span for toll in event.tolls] + [claim.span for claim in event.claims]
    return spans


def check(text: str, published: date | None) -> None:
    stored = report(text, published).text
    found = read(text, published)
    assert all(span.end <= len(stored) for span in spans_of(found))
    assert all(stored[t.span.start : t.span.end] == t.text for t in found.toponyms)
    assert sum(event.main for event in found.events) == bool(found.events)
    assert all(event.main == (number == 0) for number, event in enumerate(found.events))
    ids = [event.id for event in found.events]
    assert len(ids) == len(set(ids))
    assert all({link.event_id, link.answers_id} <= set(ids) for link in found.links)
    reported = any(event.telling is Telling.REPORTED for event in found.events)
    assert not reported or found.events[0].telling is Telling.REPORTED


@given(st.lists(_WORDS, max_size=60).map(" ".join), st.sampled_from([None, date(2024, 1, 1)]))
@settings(derandomize=True, max_examples=120, deadline=None)
def test_any_words(text: str, published: date | None) -> None:
    check(text, published)


@given(st.text(max_size=120))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_any_characters(text: str) -> None:
    check(text, None)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 20_000,
        "Kharkiv " * 8_000,
        "killed 3 in response to " * 2_000,
        "Russia said Hamas said " * 3_000,
        "Missiles hit Kharkiv; drones hit Odesa; " * 1_500,
        "A" * 50_000,
        "'" * 20_000,
        "the attack, " * 5_000,
        "Missiles hit Kharkiv. " * 2_000,
        "Belgorod-" * 5_000,
        "\n" * 20_000,
        "Х" * 20_000 + " Kharkiv was hit by missiles.",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_hostile_text_ends(text: str) -> None:
    check(text, date(2024, 1, 1))


def test_what_is_over_the_budget_is_reported_as_skipped() -> None:
    text = "Missiles hit Kharkiv. " * (MAX_SENTENCES + 5)
    found = read(text)
    assert len(found.skipped) == 5
    assert all(text[span.start : span.end] == "Missiles hit Kharkiv." for span in found.skipped)


def test_names_beyond_the_budget_are_reported_as_skipped() -> None:
    sentence = "Missiles hit Kharkiv, Belgorod, Kyiv and Odesa. "
    text = sentence * (MAX_NAMES // 4 + 3)
    found = read(text)
    assert len(found.toponyms) == MAX_NAMES
    assert found.skipped == (Span(MAX_NAMES // 4 * len(sentence), len(text)),)


def test_a_sentence_that_is_over_the_budget_of_names_is_left_out_whole() -> None:
    text = "Kharkiv was hit. " + "Kharkiv, Belgorod; " * MAX_NAMES
    found = read(text)
    assert found.toponyms
    assert len(found.toponyms) <= MAX_NAMES
    assert found.skipped[-1].end == len(text)
    assert max(toponym.span.end for toponym in found.toponyms) <= found.skipped[-1].start


def test_a_sentence_read_in_pieces_stays_told_where_the_names_run_out_in_it() -> None:
    text = "Kharkiv was hit. " + "Kharkiv, Belgorod; " * MAX_NAMES
    found = read(text)
    assert found.skipped[0].start == len("Kharkiv was hit. ")  # where the sentence begins that is too long to be whole
    assert all(a.end <= b.start for a, b in pairwise(found.skipped))
    assert found.skipped[-1].end == len(text)


def test_the_same_text_gives_the_same_reading() -> None:
    text = "Missiles hit Kharkiv and Odesa on Sunday, killing 3, Ukrainian officials said."
    assert read(text) == read(text)


def test_an_empty_report_tells_nothing() -> None:
    found = read("")
    assert (found.events, found.links, found.toponyms, found.days) == ((), (), (), ())
