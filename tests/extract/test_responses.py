from __future__ import annotations

import pytest

from extract.phrases import split_words
from extract.responses import Direction, find_response_cues
from tests.extract.few_names import read


@pytest.mark.parametrize(
    ("text", "cue", "direction", "nameless"),
    [
        ("It hit the port in response to the raid.", "in response to", Direction.ANSWERS, False),
        ("It is seen as retaliation for the raid.", "retaliation for", Direction.ANSWERS, True),
        ("The army responded with artillery.", "responded with", Direction.ANSWERED, False),
    ],
)
def test_cue(text: str, cue: str, direction: Direction, nameless: bool) -> None:
    found = find_response_cues(text, split_words(text))
    assert [(text[c.span.start : c.span.end], c.direction, c.nameless) for c in found] == [(cue, direction, nameless)]


@pytest.mark.parametrize(
    "text",
    [
        "The general vowed a strike in response to the raid.",  # only a vow
        "Rescuers came to the town after the strike.",
        "The cross-border retaliation goes on.",
    ],
)
def test_no_cue(text: str) -> None:
    assert find_response_cues(text, split_words(text)) == ()


def test_link_goes_from_the_answer_to_the_earlier_event_with_its_claimant() -> None:
    text = (
        "Russia said it hit a depot in Kharkiv on Sunday in response to Ukraine's strikes on Belgorod the day before."
    )
    found = read(text)
    events = {event.id: event for event in found.events}
    (link,) = found.links
    answer, earlier = events[link.event_id], events[link.answers_id]
    assert answer.target is not None
    assert answer.target.text == "Kharkiv"
    assert earlier.target is not None
    assert earlier.target.text == "Belgorod"
    assert answer.when is not None
    assert earlier.when is not None
    assert (answer.when.best - earlier.when.best).days == 1
    assert link.claimant is not None
    assert link.claimant.country == "RU"
    assert text[link.span.start : link.span.end] == text


def test_reversed_direction() -> None:
    text = "Drones hit Kursk on Friday. Russia responded with missiles that struck Sumy on Saturday."
    found = read(text)
    events = {event.id: event for event in found.events}
    targets = [(events[link.event_id].target, events[link.answers_id].target) for link in found.links]
    assert [(a.text, b.text) for a, b in targets if a and b] == [("Sumy", "Kursk")]


def test_no_link_without_two_events() -> None:
    assert read("The strike on Kharkiv came in response to a speech.").links == ()
