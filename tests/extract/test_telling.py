from __future__ import annotations

import pytest

from extract.phrases import split_words
from extract.telling import find_telling_cues, refers_back, telling_of
from model import EventKind, Span, Telling
from tests.extract.few_names import read


def telling(text: str, act: str, *, counted: bool = False, dated: bool = False) -> Telling:
    start = text.index(act)
    cues = find_telling_cues(text, split_words(text))
    return telling_of(
        text, Span(0, len(text)), Span(start, start + len(act)), cues, counted=counted, dated=dated
    ).telling


@pytest.mark.parametrize(
    ("text", "act", "expected"),
    [
        ("Rockets hit the town on Sunday.", "hit", Telling.REPORTED),
        ("The town has previously been shelled.", "shelled", Telling.BACKGROUND),
        ("The border has come under recurring strikes.", "strikes", Telling.BACKGROUND),
        ("Since the start of the war the town was shelled.", "shelled", Telling.BACKGROUND),
        ("The general vowed to strike the port.", "strike", Telling.PLANNED),
        ("Officials warned that militants could attack the dam.", "attack", Telling.HYPOTHETICAL),
        ("The army denied that it shelled the school.", "shelled", Telling.DENIED),
        ("A year after the war, the town marked the anniversary of the bombing.", "bombing", Telling.ANNIVERSARY),
        ("The general threatened on Friday to strike the port.", "strike", Telling.PLANNED),
        ("The rebels agreed to a pause of two weeks in all attacks.", "attacks", Telling.HYPOTHETICAL),
        ("Had the shell hit the school, many would have died.", "hit", Telling.HYPOTHETICAL),
        ("Rumours that shells had hit the town were spread.", "hit", Telling.DENIED),
        ("Claims that a rocket had hit the dam are baseless.", "hit", Telling.DENIED),
        ("There had been no fighting in the village.", "fighting", Telling.DENIED),
        ("There were no casualties in the strike on the town.", "strike", Telling.REPORTED),
        ("Rebels attacked the town on 3 May and shelled it.", "shelled", Telling.REPORTED),
        # The cue governs something else:
        ("Rockets hit the town, and the mayor said aid will come.", "hit", Telling.REPORTED),
        ("They denied the report; then shells hit the town.", "hit", Telling.REPORTED),
    ],
)
def test_telling(text: str, act: str, expected: Telling) -> None:
    assert telling(text, act) is expected


def test_what_has_victims_or_a_day_is_news() -> None:
    assert telling("Up to five could have been hurt when shells hit the town.", "hit", counted=True) is Telling.REPORTED
    assert telling("The town was repeatedly hit on Sunday.", "hit", dated=True) is Telling.REPORTED


def test_a_sentence_that_goes_on_with_background() -> None:
    text = "These attacks hurt many. The attack went on."
    assert refers_back(text, Span(0, 24))
    assert not refers_back(text, Span(25, len(text)))


@pytest.mark.parametrize("words", ["a possible attack", "possible attacks", "a potential strike"])
def test_an_attack_that_is_only_possible_is_no_news(words: str) -> None:
    events = read(f"Two men had scouted bases in Omdurman for {words}, the prosecutor said on Sunday.").events
    assert [event.telling for event in events if event.kind is not EventKind.OTHER] in ([], [Telling.HYPOTHETICAL])
