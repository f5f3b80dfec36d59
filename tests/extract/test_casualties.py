"""Tolls of single sentences: figures, parts, groups, and what is no casualty."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.casualties import choose_casualties, find_tolls
from extract.sentences import split_sentences
from model import CountRange, Outcome, Span, Tally

SENTENCES = Path(__file__).parent / "casualty_sentences.tsv"
PASSAGES = Path(__file__).parent / "toll_passages.tsv"


def tolls(text):
    return find_tolls(text, Span(0, len(text)))


def told(text, outcome=Outcome.KILLED):
    return [
        (toll.count.figure, toll.group, toll.part_of_total, text[toll.span.start : toll.span.end])
        for toll in tolls(text)
        if toll.outcome is outcome
    ]


def ends(count):
    if count is None:
        return "silent"
    return " ".join("-" if end is None else str(end) for end in (count.low, count.best, count.high))


def rows(path=SENTENCES):
    lines = path.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("sentence", "killed", "injured"), rows())
def test_sentence(sentence, killed, injured):
    chosen = choose_casualties(tolls(sentence))
    assert (ends(chosen.killed), ends(chosen.injured)) == (killed, injured)


@pytest.mark.parametrize(("passage", "killed", "injured"), rows(PASSAGES))
def test_passage(passage, killed, injured):
    chosen = choose_casualties([toll for part in split_sentences(passage) for toll in find_tolls(passage, part)])
    assert (ends(chosen.killed), ends(chosen.injured)) == (killed, injured)


def test_span_covers_count_people_and_verb():
    text = "On Monday at least three miners were killed in Sul."
    assert told(text) == [(3, "civilians", False, "at least three miners were killed")]


def test_list_is_summed_and_its_parts_are_kept():
    text = "Shells killed two men, a woman and a 9-year-old girl."
    assert told(text) == [
        (4, "", False, "killed two men, a woman and a 9-year-old girl"),
        (2, "men", True, "two men"),
        (1, "women", True, "a woman"),
        (1, "children", True, "a 9-year-old girl"),
    ]


def test_sub_count_stays_under_its_total():
    text = "Eleven people, including three children and a nurse, were wounded."
    assert told(text, Outcome.INJURED) == [
        (11, "", False, "Eleven people, including three children and a nurse, were wounded"),
        (3, "children", True, "three children"),
        (1, "civilians", True, "a nurse"),
    ]


def test_sub_count_ends_where_it_would_exceed_its_total():
    text = "Six guards, including five recruits and one sergeant, and four rebels were killed."
    assert [figure for figure, _, part, _ in told(text) if not part] == [10]


def test_parts_told_with_their_own_verb_are_not_added():
    text = "Nine people were killed: five died at once and four died in hospital."
    assert [figure for figure, _, part, _ in told(text) if not part] == [9]


def test_bombers_own_death_is_a_part():
    text = "The bomber struck at noon, killing himself and 12 others."
    assert [(figure, group, part) for figure, group, part, _ in told(text)] == [
        (13, "", False),
        (1, "attackers", True),
        (12, "", True),
    ]


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Two villagers were killed.", "civilians"),
        ("Two army soldiers were killed.", "military"),
        ("Two police officers were killed.", "police"),
        ("Two gunmen were killed.", "militants"),
        ("Two assailants were killed.", "attackers"),
        ("Two paramedics were killed.", "rescuers"),
        ("Two girls were killed.", "children"),
        ("Two people were killed.", ""),
    ],
)
def test_group(text, group):
    assert tolls(text)[0].group == group


@pytest.mark.parametrize(
    ("text", "tally"),
    [
        ("Another soldier was killed.", Tally.FURTHER),
        ("Three more were killed.", Tally.FURTHER),
        ("The shells also killed three.", Tally.ALSO),
        ("The death toll rose to 25.", Tally.REVISED),
        ("The death toll was lowered to 19.", Tally.LOWERED),
        ("Three were killed.", Tally.STATED),
    ],
)
def test_tally(text, tally):
    assert tolls(text)[0].tally is tally


def test_former_toll_is_dropped():
    assert told("The death toll previously stood at 20.") == []
    assert [figure for figure, *_ in told("The death toll rose from 22 to 25.")] == [25]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Shells killed three people, bringing the death toll since May to 60.", [3]),
        ("Three more people died, bringing the death toll to 60.", [60]),
        ("Two men succumbed to their wounds, taking the toll to 11.", [11]),
    ],
)
def test_toll_that_a_figure_is_brought_to(text, figures):
    assert [figure for figure, _, part, _ in told(text) if not part] == figures


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("He was wounded and later died.", 1, None),
        ("Two wounded soldiers died.", 2, None),
        ("Three people wounded in the attack have died.", 3, None),
        ("Medics counted 60 injured civilians.", None, 60),
        ("The driver tried to flee and was killed.", 1, None),
        ("Rebels claim to have killed 40 troops.", 40, None),
        ("They not only killed dozens but burned the barn.", 12, None),
    ],
)
def test_shared_and_inner_words(text, killed, injured):
    chosen = choose_casualties(tolls(text))
    assert tuple(None if c is None else c.figure for c in (chosen.killed, chosen.injured)) == (killed, injured)


def test_joint_figure_tells_neither():
    assert tolls("The raid killed or injured 40 people.") == ()
    assert tolls("Dozens of soldiers were killed or wounded.") == ()


def test_the_dead_leave_the_wounded():
    text = "Of the wounded, 131 in all, little is known; 131 people were wounded, of whom 24 died."
    chosen = choose_casualties(tolls(text))
    assert chosen.killed == CountRange(24, 24, 24)
    assert chosen.injured == CountRange(107, 107, 107)


def test_missing_and_captured():
    text = "Two villagers are missing and gunmen abducted four teachers."
    chosen = choose_casualties(tolls(text))
    assert chosen.missing == CountRange(2, 2, 2)
    assert chosen.captured == CountRange(4, 4, 4)
    assert chosen.killed is None


@pytest.mark.parametrize(
    "text",
    [
        "The 12-hour battle ended on Dec. 29.",
        "Gunners fired 99 missiles and 35 drones.",
        "About 300 soldiers guard the dam.",
        "Shells killed 40 cattle.",
        "He promised to kill three of them.",
        "The mayor was not hurt.",
        "Nine people would have been killed.",
        "Two vehicles were hit.",
        "No information on casualties was given.",
        "Casualties unknown.",
        "The army lost contact with two units.",
        "A court sentenced two men to death.",
    ],
)
def test_no_toll(text):
    assert tolls(text) == ()


def test_silence_is_none_and_zero_is_said():
    assert choose_casualties(()).killed is None
    chosen = choose_casualties(tolls("No casualties were reported."))
    assert chosen.killed == chosen.injured == CountRange(0, 0, 0)
    assert choose_casualties(tolls("There were no deaths.")).injured is None
