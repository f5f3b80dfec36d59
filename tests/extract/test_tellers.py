"""Who counts: the sort of teller of a figure, and two accounts that differ."""

from __future__ import annotations

import pytest

from extract.casualties import choose_casualties, find_tolls
from extract.sentences import split_sentences
from model import CountRange, Span


def tellers(text):
    return [toll.teller for toll in find_tolls(text, Span(0, len(text)))]


def killed(text):
    return choose_casualties([toll for part in split_sentences(text) for toll in find_tolls(text, part)]).killed


@pytest.mark.parametrize(
    ("text", "teller"),
    [
        ("The mayor said nine people were killed.", "officials"),
        ("Nine people were killed, the mayor said.", "officials"),
        ("Two doctors at the state hospital, who asked not to be named, said nine people were killed.", "medics"),
        ("Residents who fled say that they counted nine bodies.", "residents"),
        ("Nine people were killed, according to a war monitor.", "monitors"),
        ("Two security sources told reporters that nine had died.", "sources"),
        ("Nine people were killed.", ""),
        ("The mayor now says nine people were killed.", ""),
    ],
)
def test_teller(text, teller):
    assert tellers(text) == [teller]


def test_two_sorts_of_tellers_give_two_accounts():
    assert killed("The mayor said four people were killed. Doctors said they had seen 13 bodies.") == CountRange(
        4, None, 13
    )


def test_one_sort_of_teller_updates_its_account():
    assert killed("The mayor said four people were killed. The governor said five people died.") == CountRange(5, 5, 5)


def test_an_account_told_again_does_not_end_a_dispute():
    text = "The mayor said four people were killed. Doctors counted 13 bodies. Officials said four people died."
    assert killed(text) == CountRange(4, None, 13)


def test_a_toll_put_by_another_sort_of_teller_is_another_account():
    assert killed("Eleven people died, residents said. The government put the death toll at 13.") == CountRange(
        11, None, 13
    )


def test_a_toll_that_rose_is_no_other_account():
    assert killed("Eleven people died, residents said. The death toll rose to 13, the mayor said.") == CountRange(
        13, 13, 13
    )
