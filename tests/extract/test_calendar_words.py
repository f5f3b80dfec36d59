from __future__ import annotations

from datetime import date

import pytest

from extract import calendar_words as module
from extract import wordlist
from extract.calendar_words import calendar_words, day_or_none, full_year
from extract.wordlist import WordListError, read_list


@pytest.mark.parametrize(
    ("name", "columns"),
    [("days", ("terms", "kind", "value")), ("abbreviations", ("terms", "kind"))],
)
def test_every_example_shows_one_of_its_words(name, columns):
    for row in read_list(name, columns):
        example = row["example"].casefold()
        assert any(term.casefold() in example for term in row["terms"].split("|")), (row.file, row.line)


@pytest.mark.parametrize("name", ["sentence_openers", "header_labels"])
def test_every_example_shows_its_word(name):
    for row in read_list(name, ("term",)):
        assert row["term"] in row["example"], (row.file, row.line)


def test_numbers_in_words_and_digits():
    words = calendar_words()
    assert [words.number(said) for said in ("two", "12", "A", "a  few", "umpteen")] == [2, 12, 1, 3, None]
    assert words.is_vague("Several")
    assert not words.is_vague("two")


def test_all_months_and_weekdays_are_there():
    words = calendar_words()
    assert set(words.months.values()) == set(range(1, 13))
    assert set(words.weekdays.values()) == set(range(7))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Smarch\tmonth\t13\tIt fell in Smarch.", "'13' is no month"),
        ("Noday\tweekday\tx\tIt fell on Noday.", "'x' is no weekday"),
        ("Feast\tfeast\t02-31\tIt fell on Feast.", "no month and day"),
        ("Word\tverb\t\tWord.", "unknown kind 'verb'"),
    ],
)
def test_a_bad_row_is_reported_by_file_and_line(tmp_path, monkeypatch, line, reason):
    (tmp_path / "days.tsv").write_text(f"# own words\n{line}\n", encoding="utf-8")
    monkeypatch.setenv(wordlist.OWN_FOLDER, str(tmp_path))
    module.calendar_words.cache_clear()
    with pytest.raises(WordListError, match=reason) as caught:
        calendar_words()
    assert caught.value.line == 2
    module.calendar_words.cache_clear()


def test_own_feasts_are_understood(tmp_path, monkeypatch):
    (tmp_path / "days.tsv").write_text("Harbour Day\tfeast\t06-07\tIt fell on Harbour Day.\n", encoding="utf-8")
    monkeypatch.setenv(wordlist.OWN_FOLDER, str(tmp_path))
    module.calendar_words.cache_clear()
    assert calendar_words().feasts["harbour day"] == (6, 7)
    module.calendar_words.cache_clear()


def test_years():
    assert [full_year(digits) for digits in ("1990", "90", "'24", "’49", "50")] == [1990, 1990, 2024, 2049, 1950]
    assert day_or_none(2023, 2, 29) is None
    assert day_or_none(900, 1, 1) is None
    assert day_or_none(2024, 2, 29) == date(2024, 2, 29)
