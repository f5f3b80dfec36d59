from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.document import clean, make_report, read_header, report_id

ANY_TEXT = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=300)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("one\ttwo\r\nthree", "one\ttwo\r\nthree"),
        ("one\x00two", "one\ufffdtwo"),
        ("one\x07\x1b\x7f\x85\x9ftwo", "one" + "\ufffd" * 5 + "two"),
        ("one\ud800two\udfff", "one\ufffdtwo\ufffd"),
        ("one\ufdd0\uffff\U0001ffff", "one\ufffd\ufffd\ufffd"),
        ("Харків 🚀 “quoted” \u00a0 \u200b", "Харків 🚀 “quoted” \u00a0 \u200b"),
    ],
)
def test_clean_replaces_only_what_is_unsafe(raw, kept):
    assert clean(raw) == kept


@settings(max_examples=150, derandomize=True, deadline=None)
@given(ANY_TEXT)
def test_clean_keeps_length_encodes_and_is_idempotent(raw):
    text = clean(raw)
    assert len(text) == len(raw)
    assert clean(text) == text
    assert "\x00" not in text
    text.encode("utf-8")
    assert all(new in (old, "\ufffd") for old, new in zip(raw, text, strict=True))


# text, publication day, first words of the story
LEADING = [
    (" date 2024-01-01 In the port a shell fell.", date(2024, 1, 1), "In the port"),
    ("date: 2024-01-01\nIn the port a shell fell.", date(2024, 1, 1), "In the port"),
    ("Published 1 January 2024\n\nIn the port a shell fell.", date(2024, 1, 1), "In the port"),
    ("Published: January 1, 2024 In the port a shell fell.", date(2024, 1, 1), "In the port"),
    ("Monday, January 1, 2024\nIn the port a shell fell.", date(2024, 1, 1), "In the port"),
    ("2024-01-01 In the port a shell fell.", date(2024, 1, 1), "In the port"),
    ("01.02.2024\nIn the port a shell fell.", date(2024, 2, 1), "In the port"),
    ("03/04/2021: Gunmen raided a post.", date(2021, 3, 4), "Gunmen"),
    ("03/00/2021: Gunmen raided a post in March.", None, "Gunmen"),
    ("13/04/2021: Gunmen raided a post.", None, "13/04"),
    ("30 December 2023 was a quiet day in the port.", None, "30 December"),
    ("In the port a shell fell on 30 December 2023.", None, "In the port"),
    ("", None, ""),
    ("   ", None, ""),
]


@pytest.mark.parametrize(("text", "published", "story"), LEADING)
def test_leading_dates(text, published, story):
    header = read_header(text)
    assert header.published == published
    assert text[header.body_start :].startswith(story)


# text, the dateline, first words of the story
DATELINES = [
    ("KYIV, Jan 1 (Agency) - A drone fell.", "KYIV, Jan 1 (Agency) -", "A drone"),
    ("KYIV, January 1. /ABCD/. A drone fell.", "KYIV, January 1. /ABCD/.", "A drone"),
    ("MOSCOW: A drone fell.", "MOSCOW:", "A drone"),
    ("KYIV — A drone fell.", "KYIV —", "A drone"),
    ("KABUL, Afghanistan (AP) — A bomb went off.", "KABUL, Afghanistan (AP) —", "A bomb"),
    ("GAZA/JERUSALEM, Oct 8 (Agency) - A rocket fell.", "GAZA/JERUSALEM, Oct 8 (Agency) -", "A rocket"),
    ("Lima, 22 Sep 88 (Radio) -- [Excerpts] A bomb fell.", "Lima, 22 Sep 88 (Radio) -- [Excerpts]", "A bomb"),
    ("SAN SALVADOR, 2 APR 90 (RADIO) -- [TEXT] A BOMB WENT OFF.", "SAN SALVADOR, 2 APR 90 (RADIO) -- [TEXT]", "A BOMB"),
    ("Kyiv (Agency) — A drone fell.", "Kyiv (Agency) —", "A drone"),
    ("(AGENCY) A drone fell.", "(AGENCY)", "A drone"),
    ("КИЕВ, 1 января (Агентство) - Упал дрон.", "КИЕВ, 1 января (Агентство) -", "Упал"),
    ("A drone fell - and burned.", None, "A drone"),
    ("UPDATE: A drone fell.", None, "UPDATE"),
    ("Governor Adams: a drone fell.", None, "Governor"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "dateline", "story"), DATELINES)
def test_datelines(text, dateline, story):
    header = read_header(text)
    found = None if header.dateline is None else text[header.dateline.start : header.dateline.end]
    assert found == dateline
    assert text[header.body_start :].startswith(story)


def test_a_dateline_below_the_headline_leaves_the_headline_in_the_story():
    text = "Two die in raid\n\nMOSCOW: Two people died."
    header = read_header(text)
    assert header.body_start == 0
    assert header.dateline is not None
    assert text[header.dateline.start : header.dateline.end] == "MOSCOW:"
    assert header.spans == (header.dateline,)


def test_a_full_date_in_the_dateline_is_the_publication_day():
    assert read_header("LIMA, 8 OCT 89 (RADIO) -- A BOMB WENT OFF.").published == date(1989, 10, 8)
    assert read_header("LIMA, October 8, 1989 (Radio) -- A bomb went off.").published == date(1989, 10, 8)
    assert read_header("LIMA, Oct 8 (Radio) -- A bomb went off.").published is None


def test_a_line_that_holds_a_date_and_little_else_is_metadata():
    text = "Two die in raid\nWednesday, March 20, 2024\nThe raid on 15 March 2024 killed two people in the old port.\n"
    header = read_header(text)
    assert header.published == date(2024, 3, 20)
    assert [text[span.start : span.end] for span in header.spans] == ["Wednesday, March 20, 2024"]


def test_creation_beats_update_in_a_footer():
    text = "Two die in raid.\nAgency | Lviv | Updated: 31-12-2023 23:09 IST | Created: 30-12-2023 21:00 IST"
    header = read_header(text)
    assert header.published == date(2023, 12, 30)
    assert text[header.spans[-1].start :].startswith("Agency")


_WORDS = "date 2024-01-01 KYIV , ( AP ) — - : Jan 1 /T/ 03/04/2021: . A"


@settings(max_examples=100, derandomize=True, deadline=None)
@given(ANY_TEXT | st.lists(st.sampled_from([*_WORDS.split(), "\n"])).map(" ".join))
def test_header_spans_are_in_order_inside_the_text(raw):
    text = clean(raw)
    header = read_header(text)
    assert 0 <= header.body_start <= len(text)
    end = 0
    for span in header.spans:
        assert end <= span.start < span.end <= len(text)
        end = span.end


def test_the_same_report_is_recognised_whatever_its_white_space():
    assert report_id("A shell fell.\r\n\r\nTwo died. ") == report_id(" A shell  fell.\nTwo died.")
    assert report_id("Cafe\u0301") == report_id("Caf\u00e9")
    assert report_id("A shell fell.") != report_id("Two shells fell.")
    assert len(report_id("")) == 16


def test_make_report_cleans_and_falls_back_to_the_header_date():
    report = make_report(" date 2024-01-01 A shell\x00 fell.", outlet="Port\x00News", title="Raid")
    assert report.text == " date 2024-01-01 A shell\ufffd fell."
    assert report.published == date(2024, 1, 1)
    assert report.outlet == "Port\ufffdNews"
    assert report.id == report_id(report.text)
    assert make_report("date 2024-01-01 A shell fell.", published=date(2023, 5, 5)).published == date(2023, 5, 5)
    assert make_report("A shell fell.").published is None


@pytest.mark.parametrize(
    "text", ["A" * 300_000, "KYIV, " * 30_000, "(" * 100_000, "2024-01-01 " * 20_000, "\n" * 300_000]
)
def test_hostile_heads_end_soon(text):
    assert read_header(text).body_start <= len(text)
