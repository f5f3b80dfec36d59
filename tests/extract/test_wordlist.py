from __future__ import annotations

import re

import pytest

from extract import wordlist
from extract.wordlist import WordListError, alternation, load_terms, read_list


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(wordlist, "FOLDER", tmp_path)
    wordlist._read_folders.cache_clear()
    yield tmp_path
    wordlist._read_folders.cache_clear()


def test_rows_carry_cells_file_and_line(folder):
    (folder / "kinds.tsv").write_text("# term\tcode\texample\n\nshell\tS\tA shell fell.\n", encoding="utf-8")
    (row,) = read_list("kinds", ("term", "code"))
    assert (row["term"], row["code"], row["example"], row.line) == ("shell", "S", "A shell fell.", 3)
    assert row.file.endswith("kinds.tsv")


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"# term\nshell\tA shell fell.\tmore\n", 2, "3 cells where 2 are needed (term, example)"),
        (b"shell\n", 1, "1 cells where 2"),
        (b"# a\n# b\nshell\t\n", 3, "the example is empty"),
        (b"\tA shell fell.\n", 1, "the term is empty"),
        (b"shell\tA shell fell.\nr\xffket\tA rocket fell.\n", 2, "not UTF-8"),
        (b"shell\t" + b"x" * 2000, 1, "longer than 1,000 characters"),
    ],
)
def test_bad_line_is_reported_by_file_and_line(folder, content, line, reason):
    (folder / "terms.tsv").write_bytes(content)
    with pytest.raises(WordListError) as caught:
        load_terms("terms")
    assert caught.value.line == line
    assert reason in caught.value.reason
    assert f"terms.tsv, line {line}: " in str(caught.value)


@pytest.mark.usefixtures("folder")
def test_missing_list_is_an_error_that_names_the_file():
    with pytest.raises(WordListError, match=r"absent\.tsv, line 0: cannot be read"):
        load_terms("absent")


def test_own_rows_follow_the_built_in_ones(folder, tmp_path, monkeypatch):
    (folder / "terms.tsv").write_text("shell\tA shell fell.\n", encoding="utf-8")
    own = tmp_path / "own"
    own.mkdir()
    assert load_terms("terms") == ("shell",)
    monkeypatch.setenv("STRIKELINE_LISTS", str(own))
    assert load_terms("terms") == ("shell",)
    (own / "terms.tsv").write_text("\ufeffмина\tВзорвалась мина.\nshell\tAgain.\n", encoding="utf-8")
    wordlist._read_folders.cache_clear()
    assert load_terms("terms") == ("shell", "мина")


def test_a_bad_own_line_names_the_own_file(folder, tmp_path, monkeypatch):
    (folder / "terms.tsv").write_text("shell\tA shell fell.\n", encoding="utf-8")
    own = tmp_path / "own"
    own.mkdir()
    (own / "terms.tsv").write_text("no example\n", encoding="utf-8")
    monkeypatch.setenv("STRIKELINE_LISTS", str(own))
    with pytest.raises(WordListError) as caught:
        load_terms("terms")
    assert caught.value.file == str(own / "terms.tsv")


def test_lists_are_read_once(folder):
    (folder / "terms.tsv").write_text("shell\tA shell fell.\n", encoding="utf-8")
    assert read_list("terms", ("term",)) is read_list("terms", ("term",))


def test_a_row_can_complain_about_itself(folder):
    (folder / "terms.tsv").write_text("shell\tA shell fell.\n", encoding="utf-8")
    (row,) = read_list("terms", ("term",))
    assert "line 1: unknown code 'Z'" in str(row.error("unknown code 'Z'"))


def test_alternation_prefers_the_longer_term_and_escapes():
    pattern = re.compile(alternation(["car", "car bomb", "a.b"]))
    assert pattern.fullmatch("car  bomb")
    assert pattern.match("car bombs")[0] == "car bomb"
    assert not pattern.match("axb")
