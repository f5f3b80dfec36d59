from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.document import make_report
from extract.markup import blank_markup
from model import CountRange
from tests.extract.few_names import main_event, read, report


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<i>12</i> people", "   12     people"),
        ("a<br/>b", "a\n    b"),
        ("<a href='x?y=1'>Sumy</a>", "                Sumy    "),
        ("Rock&nbsp;&amp;&nbsp;Co", "Rock      &          Co"),
        ("a &mdash; b", "a —       b"),
        ("a <!-- 9 dead --> b", "a                 b"),
        ("<script>9 dead</script>b", "                       b"),
        ("fewer than <5 people; a < b > c", "fewer than <5 people; a < b > c"),
        ("Russia&rsquo;s", "Russia&rsquo;s"),
        ("<script>never closed", "        never closed"),
    ],
)
def test_markup_becomes_blanks_of_its_length(text: str, expected: str) -> None:
    assert blank_markup(text) == expected


def test_a_text_without_markup_stays_the_object_it_is() -> None:
    text = "Shells hit Sumy."
    assert blank_markup(text) is text


@given(st.text(alphabet="<>/!-&;abpsclriptnm \n12", max_size=120))
@settings(derandomize=True, max_examples=200, deadline=None)
def test_no_character_moves(text: str) -> None:
    blanked = blank_markup(text)
    assert len(blanked) == len(text)
    assert all(b == t or b in ' \n&"“”—–…' for b, t in zip(blanked, text, strict=True))


@pytest.mark.parametrize("piece", ["<", "<a ", "<script>", "<!--", "&amp", "<p>x</p>", "<style></styl"])
def test_hostile_markup_takes_time_that_grows_with_its_length(piece: str) -> None:
    start = time.process_time()
    blank_markup(piece * 20_000)
    assert time.process_time() - start < 2.0


PAGE = (
    "<h1>Drones hit Kharkiv</h1><p><i>12</i> people were <b>killed</b> and <a href='/x'>30 others</a> injured when "
    "<b>Shahed</b> drones hit <a href='/kharkiv'>Kharkiv</a> on <u>Sunday</u>.</p><p>Governor <i>Ivan</i> <b>Holub</b> "
    "blamed the Russian army.</p><!-- 99 people were killed in Sumy -->"
)


def test_a_pasted_page_is_read_as_the_words_it_shows() -> None:
    event = main_event(PAGE)
    assert event.target is not None
    assert event.target.text == "Kharkiv"
    assert (event.casualties.killed, event.casualties.injured) == (CountRange(12, 12, 12), CountRange(30, 30, 30))
    assert event.weapon == "Shahed drones"
    assert event.when is not None
    assert event.when.best == date(2023, 12, 31)
    assert [(claim.speaker.name, claim.about and claim.about.name) for claim in event.claims] == [
        ("Governor Ivan Holub", "Russia")
    ]


def test_the_spans_of_a_pasted_page_quote_what_is_stored() -> None:
    found, stored = read(PAGE), report(PAGE)
    words = {proof.field: stored.quote(proof.span) for proof in found.events[0].evidence}
    assert words["casualties.killed"] == "12</i> people were <b>killed"
    assert words["weapon"] == "Shahed</b> drones"
    assert all(stored.quote(toponym.span) == toponym.text for toponym in found.toponyms)


def test_the_day_in_the_head_of_a_page_is_found() -> None:
    assert make_report("<p>date 2024-03-05</p><p>Shells hit Sumy.</p>").published == date(2024, 3, 5)
