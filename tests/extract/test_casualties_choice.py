"""The figures of one event, chosen from all that a report states."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.casualties import choose_casualties, find_tolls
from model import Casualties, CountRange, Outcome, Party, Span, Toll

MINISTRY = Party("ministry", "RU")
REBELS = Party("rebels")


def tolls(*sentences):
    text = " ".join(sentences)
    start, found = 0, []
    for sentence in sentences:
        found += find_tolls(text, Span(start, start + len(sentence)))
        start += len(sentence) + 1
    return found


def chosen(*sentences):
    picked = choose_casualties(tolls(*sentences))
    return tuple(None if count is None else count.figure for count in (picked.killed, picked.injured))


@pytest.mark.parametrize(
    ("sentences", "killed", "injured"),
    [
        # told again
        (("Four people were killed.", "The four people were killed near a well."), 4, None),
        (("Market blast kills 12", "Twelve people were killed and 30 hurt."), 12, 30),
        # a later, higher or more exact figure takes the place
        (("Two people were killed.", "Later, police said five people were killed."), 5, None),
        (("Over 100 people were injured.", "In all, 108 people were injured."), None, 108),
        (("Dozens were injured.", "The hospital counted 46 injured."), None, 46),
        (("Nearly 110 were injured.", "The ministry counted 109 injured."), None, 109),
        (("Fourteen people were killed.", "At least six people were killed, said a witness."), 14, None),
        # revisions
        (("Ten people were killed.", "The death toll rose to 14."), 14, None),
        (("The death toll rose to 14.", "Three of the victims died in hospital."), 14, None),
        (("Twenty-two people were killed.", "The death toll was lowered to 19."), 19, None),
        # different people
        (("Four police officers were killed.", "Two assailants were killed in the clash."), 6, None),
        (("Four officers were shot dead, while two assailants were killed in the clash.",), 6, None),
        (("Two soldiers were killed.", "Another soldier was killed."), 3, None),
        (("Three people, among them a nurse, were killed.", "Four militants were killed."), 7, None),
        (("Five rebels were killed and five wounded.", "Also four rebels were killed and two wounded."), 9, 5),
        # the toll of all does not hold the attackers, and a rebels' claim is another account of it
        (("Seven people were killed.", "Nine attackers were killed."), 7, None),
        (("The mayor said five people died.", "The rebels said they had killed 20 soldiers."), 5, None),
        (("Three people were killed.", "A fourth victim died in hospital."), 4, None),
        (("Seven people were killed.", "A fourth victim was a nurse who died at home."), 7, None),
        # no addition
        (("Nine people were killed.", "Three children were killed."), 9, None),
        (("Nine relatives were killed.", "Two of his sons were also killed."), 9, None),
        (("Fourteen people were killed.", "Another 46 people were injured."), 14, 46),
        (("One was killed and 12 hurt.", "One was killed.", "Eleven more were hurt."), 1, 12),
        # none, and only parts
        (("Five guards were killed.", "There were no casualties among civilians."), 5, 0),
        (("Several people were killed, including two children.",), 2, None),
        (("Several people were killed.",), None, None),
    ],
)
def test_choice(sentences, killed, injured):
    assert chosen(*sentences) == (killed, injured)


def test_lower_end_of_a_total_without_figure_stays_open():
    count = choose_casualties(tolls("Several people were killed, including two children.")).killed
    assert count is not None
    assert (count.low, count.high) == (2, None)


def toll(figure, speaker=None, **ends):
    return Toll(Outcome.KILLED, CountRange(figure, figure, ends.get("high", figure)), Span(0, 1), speaker)


@pytest.mark.parametrize("figures", [(2, 4), (4, 2)])
def test_two_speakers_keep_both_ends(figures):
    picked = choose_casualties([toll(figures[0], MINISTRY), toll(figures[1], REBELS)])
    assert picked.killed == CountRange(2, None, 4)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Police confirmed 19 dead; a teacher counted 50 dead.", CountRange(19, None, 50)),
        ("Amnesty counted at least 20 dead, and a monk said 40 people had died.", CountRange(20, None, 40)),
        ("The army said 41 men died, while rebels claimed to have killed more than 60.", CountRange(41, None, None)),
        ("India said two of its soldiers died, and Nepal said one of its guards was killed.", CountRange(3, 3, 3)),
    ],
)
def test_two_speakers_in_one_sentence(sentence, expected):
    assert choose_casualties(tolls(sentence)).killed == expected


def test_one_speaker_corrects_himself_upward():
    assert choose_casualties([toll(2, MINISTRY), toll(4, MINISTRY)]).killed == CountRange(4, 4, 4)


def test_other_speaker_above_an_open_range():
    picked = choose_casualties([replace(toll(2, MINISTRY), count=CountRange(2, 2, None)), toll(4, REBELS)])
    assert picked.killed == CountRange(2, None, 4)


def test_nothing_told():
    assert choose_casualties([]) == Casualties()


def ends(count):
    if count is None:
        return "silent"
    return " ".join("-" if end is None else str(end) for end in (count.low, count.best, count.high))


@pytest.mark.parametrize(
    ("sentences", "killed", "injured"),
    [
        (
            (
                "Two people died and dozens more were wounded, officials said.",
                "Another 46 were injured, the ministry wrote later.",
            ),
            "2 2 2",
            "46 46 46",
        ),
        (
            ("Three were killed and dozens more wounded.", "Another 31 people were injured, the mayor said."),
            "3 3 3",
            "31 31 31",
        ),
        (("At least 40 people were killed.", "By evening the count stood at 52."), "52 52 52", "silent"),
        (("Thirty people died.", "On Monday the health ministry put the figure at 43."), "43 43 43", "silent"),
        (("It was the worst attack since March, when 60 people died.", "Three were wounded."), "silent", "3 3 3"),
        (
            (
                "The group claimed to have killed 137 soldiers.",
                "The president said on Saturday that the number was 54.",
            ),
            "54 - 137",
            "silent",
        ),
        (
            (
                "The officials said on Sunday that 28 people had died when a bakery collapsed.",
                "A hospital doctor spoke of 15 dead.",
            ),
            "15 - 28",
            "silent",
        ),
        (
            ("The rebels claimed to have killed 90 soldiers.", "The army reported 14 soldiers dead."),
            "14 - 90",
            "silent",
        ),
        (("Hundreds were wounded.", "Another 240 were wounded on the road, medics said."), "silent", "240 240 240"),
        (("At least 12 were wounded.", "Another five were wounded later."), "silent", "17 17 -"),
        (
            ("Three people were killed and scores more hurt.", "Another 61 were hurt, doctors said."),
            "3 3 3",
            "61 61 61",
        ),
        (("Eleven people died.", "By Sunday the count stood at 17."), "17 17 17", "silent"),
        (("Eleven people died.", "The ministry put the number at 17."), "17 17 17", "silent"),
        (("Eleven people died.", "The governor said the number was nine."), "9 - 11", "silent"),
        (("The governor said 40 people had died.", "A nurse counted 25 bodies."), "25 - 40", "silent"),
        (("Some 30 people were killed.", "Another witness spoke of 50 dead."), "30 - 50", "silent"),
        (("Dozens died.", "A nurse counted 25 bodies."), "25 25 25", "silent"),
    ],
)
def test_accounts_are_set_against_each_other(sentences, killed, injured):
    """Each count as low, best, high, with - for an open end."""
    picked = choose_casualties(tolls(*sentences))
    assert (ends(picked.killed), ends(picked.injured)) == (killed, injured)


@pytest.mark.parametrize(
    ("sentences", "injured"),
    [
        (
            ("Twelve people were killed.", "The number of casualties has risen to 43."),
            CountRange(31, 43, 43, "casualties"),
        ),
        (("Twelve people were killed and 30 hurt.", "The number of casualties rose to 42."), CountRange(30, 30, 30)),
        (("The number of casualties has risen to 43.",), None),  # how many of them live is not told
        (("At least 12 people were killed.", "The number of casualties rose to 43."), None),
        (("Twelve people were killed.", "The number of casualties rose to 12."), None),
    ],
)
def test_casualties_that_stand_for_dead_and_injured_bound_the_injured(
    sentences: tuple[str, ...], injured: CountRange | None
) -> None:
    assert choose_casualties(tolls(*sentences)).injured == injured
