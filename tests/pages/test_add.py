from datetime import date

import pytest

from store import query
from tests.pages.conftest import FOUND, UPLOADED, page, run, seen, table

TEXT = "Rockets hit Belgorod on Saturday. At least 22 people were killed and nearly 110 were injured, officials said."


def read(at, text=TEXT, **fields):
    at.text_area(key="draft_text").set_value(text)
    for name, value in fields.items():
        (at.date_input if name == "published" else at.text_input)(key=f"draft_{name}").set_value(value)
    next(button for button in at.button if button.label == "Read").click()
    return run(at)


def test_found_events_come_with_evidence_before_anything_is_saved(fresh_store):
    at = read(run(page("add")), published=date(2024, 1, 1), title="T <b>", outlet="sample")
    rows = table(at, FOUND)
    assert [(row["Day"], row["Killed"], row["Injured"]) for row in rows] == [("2023-12-30", "≥ 22", "≤ 110")]
    words = seen(at)
    assert "“Saturday”, before publication on 1 January 2024" in words
    assert "</mark>" in words
    assert "Nothing is stored yet." in words
    assert query.report_count(fresh_store) == 0


def test_save_stores_once_and_says_so(fresh_store):
    at = read(run(page("add")), published=date(2024, 1, 1))
    at.button(key="save").click()
    run(at)
    assert query.report_count(fresh_store) == 1
    assert "Saved, with 1 event told as having happened." in seen(at)
    again = read(run(page("add")), f"\n  {TEXT}\n", published=date(2024, 1, 1))
    assert "already stored" in seen(again)
    assert "nothing was added" in seen(again)
    assert not [button for button in again.button if button.key == "save"]
    assert query.report_count(fresh_store) == 1


@pytest.mark.usefixtures("fresh_store")
def test_saved_by_someone_else_in_between_is_not_stored_twice():
    first, second = (read(run(page("add")), published=date(2024, 1, 1)) for _ in range(2))
    for at in (first, second):
        at.button(key="save").click()
        run(at)
    assert "Saved, with 1 event told as having happened." in seen(first)
    assert "nothing was added" in seen(second)


@pytest.mark.usefixtures("fresh_store")
def test_without_a_publication_day_nothing_is_guessed():
    at = read(run(page("add")))
    assert "No publication day is given" in seen(at)
    assert [row["Day"] for row in table(at, FOUND)] == ["not known"]


@pytest.mark.usefixtures("fresh_store")
def test_publication_day_at_the_head_of_the_text_is_used_and_named():
    at = read(run(page("add")), f"date 2024-01-01 {TEXT}")
    assert "Publication day taken from the head of the text: 1 January 2024." in seen(at)
    assert [row["Day"] for row in table(at, FOUND)] == ["2023-12-30"]


@pytest.mark.usefixtures("fresh_store")
@pytest.mark.parametrize(
    ("text", "fields", "reason"),
    [
        ("", {}, "no text"),
        ("  \n\t ", {}, "no text"),
        ("x" * 200_001, {}, "longer than 200,000 characters"),
        (TEXT, {"url": "javascript:alert(1)"}, "not a web address"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_the_reason(text, fields, reason):
    at = page("add").run()
    at.text_area(key="draft_text").set_value(text)
    for name, value in fields.items():
        at.text_input(key=f"draft_{name}").set_value(value)
    next(button for button in at.button if button.label == "Read").click()
    at.run()
    assert not at.exception
    assert [error.value for error in at.error] == ["The report was not read."]
    assert reason in seen(at)


@pytest.mark.usefixtures("fresh_store")
def test_hostile_text_is_read_and_shown_literally():
    text = f"<script>alert(1)</script> {{{{7*191}}}} ![x](y.png) $a$ {TEXT}"
    at = read(run(page("add")), text, published=date(2024, 1, 1), title="![t](t.png)")
    html = "".join(element.proto.body for element in at.get("html"))
    assert "<script" not in html
    assert "1337" not in seen(at)
    assert "![t](t.png)" in [line for text in at.text for line in text.value.splitlines()]
    assert not [m.value for m in (*at.markdown, *at.caption) if "![" in m.value]


def test_other_languages_are_kept_and_not_read(fresh_store):
    at = read(run(page("add")), "Ракеты попали в город, погибли двадцать два человека.", published=date(2024, 1, 1))
    assert "no rules for the language" in seen(at)
    at.button(key="save").click()
    run(at)
    assert query.report_count(fresh_store) == 1


@pytest.mark.usefixtures("fresh_store")
def test_upload_on_the_page_lists_what_became_of_it():
    at = run(page("add"))
    at.file_uploader(key="files").set_value(("reports.txt", TEXT.encode(), "text/plain"))
    next(button for button in at.button if button.label == "Read and save").click()
    run(at)
    assert "1 accepted, 0 duplicates, 0 rejected of 1 report." in seen(at)
    assert [row["Became"] for row in table(at, UPLOADED)] == ["accepted"]


@pytest.mark.usefixtures("fresh_store")
def test_what_was_not_read_is_said_where_no_event_was_found():
    at = read(run(page("add")), "Nothing happened here today. " * 1_300)
    assert "No event was found" in " ".join(element.value for element in at.info)
    assert "not read, or only in pieces" in " ".join(element.value for element in at.caption)
