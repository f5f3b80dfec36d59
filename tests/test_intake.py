"""Files of reports: what is taken, what is not and why, and that nothing is lost between."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import intake
from intake import Item, NotTaken, find_files, read_file, read_rows, row_report
from model import Reject

TODAY = date(2024, 3, 1)
BODY = "Rockets hit a town.\n\nTwo people were killed.\n"


def read(path: Path, notes: list[str] | None = None) -> list[Item | Reject]:
    return list(read_file(path, today=TODAY, note=(notes if notes is not None else []).append))


def text_file(folder: Path, content: str | bytes, name: str = "report.txt") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def only(found: list[Item | Reject]) -> Item | Reject:
    assert len(found) == 1
    return found[0]


# One text


def test_header_is_read_and_taken_off(tmp_path: Path) -> None:
    head = (
        "published: 2024-01-01\noutlet: Example\ntitle: A: b\nurl: https://example.org/1\nlanguage: ru-RU\nnote: seen"
    )
    item = only(read(text_file(tmp_path, f"{head}\n\n{BODY}")))
    assert isinstance(item, Item)
    told = item.report
    assert told.text == BODY
    assert (told.published, told.outlet, told.title) == (date(2024, 1, 1), "Example", "A: b")
    assert (told.url, told.language, told.note) == ("https://example.org/1", "ru", "seen")
    assert item.row == 0


@pytest.mark.parametrize(
    ("content", "published", "text"),
    [
        (BODY, None, BODY),
        (f"published: 2024-01-01\n\n{BODY}", date(2024, 1, 1), BODY),
        (f"Published : 2024-01-01\r\n\r\n{BODY}", date(2024, 1, 1), BODY),
        (f"published: 2024-01-01T23:30:00+02:00\n\n{BODY}", date(2024, 1, 1), BODY),
        (f"published: 2024-01-01 09:05\n\n{BODY}", date(2024, 1, 1), BODY),
        (f"\ufeffpublished: 2024-01-01\n \n{BODY}", date(2024, 1, 1), BODY),
        (f"\n\npublished: 2024-01-01\n\n{BODY}", date(2024, 1, 1), BODY),
        (f"outlet:\npublished: 2024-01-01\n\n{BODY}", date(2024, 1, 1), BODY),  # an empty field is no field
        (f"date 2024-01-01 {BODY}", date(2024, 1, 1), f"date 2024-01-01 {BODY}"),  # stays: spans count from here
        (f"outlet: X\n\n date 2024-01-01 {BODY}", date(2024, 1, 1), f" date 2024-01-01 {BODY}"),
        (f"published: 2024-01-02\n\ndate 2024-01-01 {BODY}", date(2024, 1, 2), f"date 2024-01-01 {BODY}"),
        (f"Kharkiv: a city under fire\n\n{BODY}", None, f"Kharkiv: a city under fire\n\n{BODY}"),
    ],
)
def test_texts_with_and_without_a_header(tmp_path: Path, content: str, published: date | None, text: str) -> None:
    item = only(read(text_file(tmp_path, content)))
    assert isinstance(item, Item)
    assert (item.report.published, item.report.text) == (published, text)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "no text"),
        (" \n\n ", "no text"),
        ("published: 2024-01-01\n\n", "no text"),
        ("published: 2024-01-01\n", "no text"),
        (f"published: 01.02.2024\n\n{BODY}", "'01.02.2024' is not a day written as 2024-01-31"),
        (f"published: 2024-02-30\n\n{BODY}", "is not a day"),
        (f"published: 2024-W05-1\n\n{BODY}", "is not a day"),
        (f"published: 2024-01-01 or so\n\n{BODY}", "is not a day"),
        (f"published: 2024-03-03\n\n{BODY}", "in the future"),
        (f"published: 1899-12-31\n\n{BODY}", "before 1900"),
        (f"date 2024-03-03 {BODY}", "2024-03-03 at the head of the text is before 1900 or in the future"),
        (f"date 1800-01-01 {BODY}", "1800-01-01 at the head of the text is before 1900"),
        (f"published: 2024-01-01\nauthor: X\n\n{BODY}", "line 2 is not a header line"),
        (f"published: 2024-01-01\n{BODY}", "line 2 is not a header line"),
        (f"outlet: X\noutlet: Y\n\n{BODY}", "line 2: outlet stands twice"),
        (f"language: English\n\n{BODY}", "not a code such as en"),
        (f"url: javascript:alert(1)\n\n{BODY}", "not a web address"),
        (f"url: https://[::1\n\n{BODY}", "not a web address"),
        (f"note: {'x' * 2001}\n\n{BODY}", "note is longer"),
        (b"\xff\xfeR\x00o\x00", "not UTF-8 (byte 1)"),
        ("Взрыв".encode("cp1251"), "not UTF-8"),
        ("Rockets hit".encode("utf-16-le"), "control characters"),
        ("x" * 1_000_001, "longer than 1,000,000 characters"),
    ],
)
def test_text_that_is_not_taken_says_why(tmp_path: Path, content: str | bytes, reason: str) -> None:
    reject = only(read(text_file(tmp_path, content)))
    assert isinstance(reject, Reject)
    assert reason in reject.reason
    assert reject.file.endswith("report.txt")


def test_large_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MAX_LINE", 10)
    reject = only(read(text_file(tmp_path, BODY)))
    assert isinstance(reject, Reject)
    assert "larger than" in reject.reason


# Many rows


def rows_file(folder: Path, *lines: str | bytes | dict, name: str = "rows.jsonl") -> Path:
    raw = [
        line if isinstance(line, bytes) else (json.dumps(line) if isinstance(line, dict) else line).encode()
        for line in lines
    ]
    return text_file(folder, b"\n".join(raw), name)


def test_rows_are_numbered_and_bad_ones_cost_only_themselves(tmp_path: Path) -> None:
    good = {"text": BODY, "published": "2024-01-01", "title": None, "language": "uk"}
    path = rows_file(tmp_path, good, "", "{broken", {"text": 5}, good | {"text": "Other."})
    found = read(path)
    assert [(type(item).__name__, item.row) for item in found] == [
        ("Item", 1),
        ("Reject", 3),
        ("Reject", 4),
        ("Item", 5),
    ]
    assert isinstance(found[0], Item)
    assert (found[0].report.published, found[0].report.language) == (date(2024, 1, 1), "uk")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[1, 2]", "not a JSON object"),
        ("null", "not a JSON object"),
        ('{"text": "a"', "not JSON"),
        ('{"text": "a"} {"text": "b"}', "not JSON: Extra data"),
        ('{"text": "a", "text": "b"}', "'text' stands twice"),
        ('{"text": "a", "x": {"y": 1, "y": 2}}', "'y' stands twice"),
        ('{"text": "a", "killed": NaN}', "NaN is not JSON"),
        ('{"text": "a", "killed": -Infinity}', "-Infinity is not JSON"),
        ('{"text": "a", "x": ' + "[" * 21 + "]" * 21 + "}", "nested deeper"),
        ('{"text": "a", "x": ' + "[" * 100_000, "nested deeper"),
        ('{"text": "a", "n": ' + "9" * 5_000 + "}", "not JSON that can be read"),
        ('{"title": "a"}', "no text"),
        ('{"text": null}', "no text"),
        ('{"text": "  "}', "no text"),
        ('{"text": "a", "outlet": 7}', "outlet is not a string"),
        ('{"text": "a", "published": "yesterday"}', "is not a day"),
        (b'{"text": "\xff"}', "not UTF-8 (byte 11)"),
        (b'{"text": "a\x00b"}', "control characters"),
    ],
)
def test_row_that_is_not_taken_says_why(tmp_path: Path, line: str | bytes, reason: str) -> None:
    reject = only(read(rows_file(tmp_path, line)))
    assert isinstance(reject, Reject)
    assert reason in reject.reason
    assert reject.row == 1


def test_brackets_inside_words_are_not_depth(tmp_path: Path) -> None:
    assert isinstance(only(read(rows_file(tmp_path, {"text": "[" * 100 + '\\"{'}))), Item)


def test_long_line_is_passed_over_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MAX_LINE", 100)
    found = read(rows_file(tmp_path, {"text": "x" * 450}, {"text": "short"}, {"text": "y" * 200}))
    assert [(type(item).__name__, item.row) for item in found] == [("Reject", 1), ("Item", 2), ("Reject", 3)]


def test_escaped_surrogates_and_nul_become_harmless(tmp_path: Path) -> None:
    item = only(read(rows_file(tmp_path, '{"text": "a \\ud800 b \\u0000 c"}')))
    assert isinstance(item, Item)
    assert item.report.text == "a \ufffd b \ufffd c"


def test_what_is_left_aside_is_said_once(tmp_path: Path) -> None:
    notes: list[str] = []
    read(rows_file(tmp_path, {"text": "a", "publised": "2024-01-01"}, {"text": "b", "id": 1, "lang": "ru"}), notes)
    assert len(notes) == 1
    assert "not used: id, publised" in notes[0]


def test_language_comes_from_the_row_else_from_the_letters() -> None:
    assert row_report({"text": "Rockets.", "lang": "de"}, TODAY).language == "de"
    assert row_report({"text": "Ракеты упали."}, TODAY).language == "ru"
    assert row_report({"text": "Ракети впали, їх збили."}, TODAY).language == "uk"
    assert row_report({"text": "Rockets."}, TODAY).language == "en"


def test_row_without_text_is_not_taken() -> None:
    with pytest.raises(NotTaken, match="no text"):
        row_report({}, TODAY)


# Files and folders


def test_folder_gives_its_reports_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.jsonl", "sub/c.TXT", "notes.md", ".hidden.txt", "d.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [path.name for path in find_files(tmp_path)] == ["a.jsonl", "b.txt", "c.TXT"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("gone.txt", "no such file"),
        ("gone.jsonl", "no such file"),
        ("gone.pdf", "no such file"),
        ("a.pdf", "not a .txt"),
    ],
)
def test_file_that_cannot_be_taken_says_why(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "a.pdf").write_text("x")
    reject = only(read(tmp_path / name))
    assert isinstance(reject, Reject)
    assert reason in reject.reason
    assert reject.row == 0


def test_folder_named_like_a_file_is_one_reject(tmp_path: Path) -> None:
    (tmp_path / "odd.jsonl").mkdir()
    assert [number for number, _ in read_rows(tmp_path / "odd.jsonl")] == [0]


# Whatever comes in

JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
ROW = st.fixed_dictionaries({}, optional=dict.fromkeys(("text", "lang", *intake.FIELDS), JSON)).map(json.dumps)
LINE = st.one_of(ROW.map(str.encode), st.binary(max_size=60).map(lambda raw: raw.replace(b"\n", b"")))


@settings(derandomize=True, max_examples=150, deadline=None)
@given(lines=st.lists(LINE, max_size=6))
def test_every_row_is_taken_or_rejected(tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]) -> None:
    path = text_file(tmp_path_factory.mktemp("rows"), b"\n".join(lines), "rows.jsonl")
    found = read(path)
    assert len(found) == sum(bool(line.strip()) for line in lines)
    for item in found:
        if isinstance(item, Item):
            item.report.text.encode()
        else:
            assert item.reason


@settings(derandomize=True, max_examples=150, deadline=None)
@given(raw=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))))
def test_every_text_is_taken_or_rejected(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    item = only(read(text_file(tmp_path_factory.mktemp("texts"), raw)))
    assert isinstance(item, Reject) or item.report.text.strip()
