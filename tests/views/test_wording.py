from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import (
    Claim,
    CountRange,
    DayBasis,
    DayPrecision,
    EventKind,
    Level,
    Party,
    Precision,
    Span,
    Stance,
    Telling,
    When,
)
from views import wording
from views.wording import Total

SATURDAY = date(2023, 12, 30)
NEW_YEAR = date(2024, 1, 1)


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (CountRange(22, 22, 22), "22"),
        (CountRange(0, 0, 0), "0"),  # "no one was hurt" is a number
        (None, "silent"),  # no number is not zero
        (CountRange(22, 22, None, "at least"), "≥ 22"),
        (CountRange(20, None, None, "more than"), "≥ 20 (more than)"),
        (CountRange(None, 110, 110, "nearly"), "≤ 110 (nearly)"),
        (CountRange(20, None, 30), "20–30"),
        (CountRange(22, 24, 25), "22–25"),
        (CountRange(None, 30, None, "about"), "≈ 30 (about)"),
        (CountRange(1234, 1234, 1234), "1,234"),
        (CountRange(22, 22, None, "не менее"), "≥ 22 (не менее)"),
    ],
)
def test_count_words(count, expected):
    assert wording.count_words(count) == expected


@pytest.mark.parametrize(
    ("total", "sentence"),
    [
        (Total(61, 61, None, 9, 5, 61), "killed: ≥ 61 in 9 events, 5 silent"),
        (Total(61, 91, None, 9, 5, 91), "killed: ≥ 61 in 9 events, 5 silent, figures named add up to 91"),
        (Total(61, 61, None, 9, 5, 481), "killed: ≥ 61 in 9 events, 5 silent; 481 if every report is added"),
        (Total(22, 22, 22, 1, 0, 22), "killed: 22 in 1 event"),
        (Total(None, 110, 110, 1, 0, 110), "killed: ≤ 110 in 1 event"),
        (Total(22, 24, 25, 2, 1, 24), "killed: 22–25 in 2 events, 1 silent, figures named add up to 24"),
        (Total(None, 0, None, 0, 4, 0), "killed: 4 silent"),
        (Total(None, 0, None, 0, 0, 0), "killed: no events"),
    ],
)
def test_total_sentence(total, sentence):
    assert wording.total_sentence("killed", total) == sentence


def test_a_total_without_any_number_is_not_zero():
    assert wording.total_words(Total(None, 0, None, 0, 4, 0)) == "none told"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (SATURDAY, SATURDAY, "30 December 2023"),
        (date(2023, 12, 28), SATURDAY, "28–30 December 2023"),
        (date(2023, 11, 28), SATURDAY, "28 November – 30 December 2023"),
        (SATURDAY, NEW_YEAR, "30 December 2023 – 1 January 2024"),
    ],
)
def test_days(first, last, expected):
    assert wording.days(first, last) == expected


def when(precision=DayPrecision.DAY, basis=DayBasis.STATED, first=SATURDAY, last=SATURDAY, **more):
    return When(first, last, first, precision, basis, **more)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "day not known"),
        (when(), "Saturday, 30 December 2023"),
        (when(time_of_day="overnight"), "Saturday, 30 December 2023, overnight"),
        (when(DayPrecision.DAYS, first=date(2023, 12, 28)), "28–30 December 2023"),
        (when(DayPrecision.MONTH, first=date(2023, 12, 1)), "December 2023"),
        (when(DayPrecision.YEAR, first=date(2023, 1, 1)), "2023"),
    ],
)
def test_when_words(value, expected):
    assert wording.when_words(value) == expected


@pytest.mark.parametrize(
    ("value", "quote", "published", "expected"),
    [
        (when(basis=DayBasis.RELATIVE), "Saturday", NEW_YEAR, "“Saturday”, before publication on 1 January 2024"),
        (when(basis=DayBasis.RELATIVE), "today", SATURDAY, "“today”, counted from publication on 30 December 2023"),
        (when(basis=DayBasis.RELATIVE), "Saturday", None, "“Saturday”, counted from the day of publication"),
        (when(), "30 December", NEW_YEAR, "“30 December” states it"),
        (
            when(basis=DayBasis.ANAPHORIC),
            "the day before",
            NEW_YEAR,
            "“the day before”, counted from another event of this report",
        ),
        (
            when(basis=DayBasis.INHERITED),
            "",
            NEW_YEAR,
            "inferred: not stated here, taken from the other events of this report",
        ),
        (
            when(basis=DayBasis.PUBLICATION),
            "",
            NEW_YEAR,
            "inferred: no day in the text, publication on 1 January 2024 is assumed",
        ),
        (None, "", NEW_YEAR, "the text does not say when"),
        (None, "5 May", NEW_YEAR, "“5 May” lies after publication on 1 January 2024: no day is taken"),
        (None, "", None, "the text does not say when, and no publication day is known"),
    ],
)
def test_basis_words(value, quote, published, expected):
    assert wording.basis_words(value, quote, published) == expected


OFFICIALS, UKRAINE = Party("Ukrainian officials", "UA"), Party("Ukraine", "UA")


@pytest.mark.parametrize(
    ("stance", "about", "expected"),
    [
        (Stance.CLAIMS, UKRAINE, "Claimed by Ukrainian officials: it was Ukraine"),
        (Stance.STATES, None, "Stated by Ukrainian officials, without saying who did it"),
        (Stance.CONFIRMS, UKRAINE, "Confirmed by Ukrainian officials: it was Ukraine"),
        (Stance.DENIES, UKRAINE, "Denied by Ukrainian officials: it was not Ukraine"),
        (Stance.DENIES, None, "Denied by Ukrainian officials"),
        (Stance.SILENT, None, "No official comment from Ukrainian officials"),
    ],
)
def test_claim_words(stance, about, expected):
    assert wording.claim_words(Claim(OFFICIALS, stance, Span(0, 1), about)) == expected


def test_every_member_has_words():
    assert set(wording.PRECISION) == set(Precision)
    assert set(wording.TELLING) == set(Telling)
    assert set(wording.STANCE) == set(Stance)
    assert set(wording.LEVEL) == set(Level)
    assert all(wording.kind_words(kind)[0].isupper() for kind in EventKind)


@given(st.lists(st.integers(0, 9_999), min_size=1, max_size=3), st.booleans(), st.booleans())
@settings(max_examples=60, derandomize=True, deadline=None)
def test_a_known_count_is_never_silent_and_an_open_end_never_looks_exact(numbers, low_open, high_open):
    low, high = min(numbers), max(numbers)
    words = wording.ends(None if low_open else low, low, None if high_open else high)
    assert words != "silent"
    assert (words[0] in "≥≤≈") == (low_open or high_open)
