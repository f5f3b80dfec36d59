import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import (
    Casualties,
    CountRange,
    DayBasis,
    DayPrecision,
    Event,
    EventKind,
    Evidence,
    Outcome,
    Party,
    PlacedEvent,
    Reading,
    Report,
    Span,
    Telling,
    Toll,
    When,
)
from tests.views.told import NEW_YEAR, TEXT, find, reading
from views import evidence
from views.evidence import Mark
from views.literal_text import plain_text

HOSTILE = (
    "<img src=//example.org/x.png onerror=alert(1)> ![x](https://example.org/y.png) {{7*191}} {% raw %} ${7*191} $a$ "
    "</div><script>alert(1)</script> `code` \\ \" ' & &lt; <style>*{display:none}</style>"
)


class Seen(HTMLParser):
    """Text, tags and attributes as a browser would see them."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.text, self.tags, self.attributes = "", [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [f"{name}={value}" for name, value in attrs]
        self.text += "\n" if tag == "br" else ""

    def handle_data(self, data):
        self.text += data


def seen(html):
    parser = Seen()
    parser.feed(html)
    parser.close()
    return parser


def strip_labels(html):
    return re.sub(r"<small[^>]*> \[[^\]]*\]</small>", "", html)


def test_every_span_is_marked_and_named():
    told = reading()
    marks = evidence.find_marks(told, told.events[0].event)
    html = evidence.marked_text(told.report, marks)
    assert seen(strip_labels(html)).text == TEXT
    for words, label in [("Rockets hit", "kind"), ("Saturday", "day"), ("nearly 110 hurt", "injured")]:
        assert re.search(rf"{words}</mark><small[^>]*> \[{label}\]", html), words
    assert "[response]" in html
    assert "[claim]" in html


def test_overlapping_spans_are_all_named():
    report = Report("a" * 16, "twelve people were killed in the town")
    marks = [Mark(Span(0, 25), "casualties.killed"), Mark(Span(0, 6), "weapon"), Mark(Span(19, 37), "target")]
    html = evidence.marked_text(report, marks)
    assert seen(strip_labels(html)).text == report.text
    assert [label in html for label in ("[killed]", "[weapon]", "[place]")] == [True] * 3


@pytest.mark.parametrize(
    "draw", [lambda text: evidence.marked_text(Report("a" * 16, text), [Mark(Span(3, 20), "kind")])]
)
def test_hostile_text_is_shown_as_it_is(draw):
    parsed = seen(strip_labels(draw(HOSTILE)))
    assert parsed.text == HOSTILE
    assert set(parsed.tags) <= {"div", "mark", "small", "br"}
    assert not any("example.org" in attribute or "url(" in attribute for attribute in parsed.attributes)


def test_hostile_text_in_the_list_of_proofs():
    told = reading(HOSTILE)
    parsed = seen(evidence.proofs_table(evidence.list_proofs(told, told.events[0])))
    assert "onerror=alert(1)" in parsed.text
    assert set(parsed.tags) <= {"table", "caption", "thead", "tbody", "tr", "th", "td", "strong", "br", "em", "small"}
    assert {attribute.split("=")[0] for attribute in parsed.attributes} <= {"style", "class", "scope"}


@given(st.text(min_size=1, max_size=900), st.lists(st.tuples(st.integers(0, 900), st.integers(1, 60)), max_size=8))
@settings(max_examples=150, derandomize=True, deadline=None)
def test_any_text_and_any_marks_give_back_the_text(text, spans):
    report = Report("a" * 16, text)
    marks = [
        Mark(Span(min(at, len(text) - 1), min(at + n, len(text)) if at < len(text) else len(text)), "kind")
        for at, n in spans
    ]
    parsed = seen(evidence.marked_text(report, marks))
    assert set(parsed.tags) <= {"div", "mark", "small", "br"}
    assert all(attribute.startswith(("style=", "class=report")) for attribute in parsed.attributes)


@given(st.text(alphabet="ab <>&\"'`{}%$\\\n.\u202e\u200b", min_size=1, max_size=900))
@settings(max_examples=80, derandomize=True, deadline=None)
def test_what_is_seen_is_what_was_written_without_invisible_characters(text):
    parsed = seen(evidence.marked_text(Report("a" * 16, text), []))
    assert parsed.text == plain_text(text, 1_000)


def test_proofs_give_value_sentence_rule_and_confidence():
    told = reading()
    proofs = {(proof.field, proof.quote): proof for proof in evidence.list_proofs(told, told.events[0])}
    killed = proofs["killed", "At least 22 people were killed"]
    assert killed.value == "≥ 22 killed"
    assert killed.sentence == "At least 22 people were killed and nearly 110 hurt."
    assert (killed.rule, killed.confidence, killed.inferred) == ("number and verb", 0.9, False)
    assert proofs["injured", "nearly 110 hurt"].value == "≤ 110 (nearly) injured"
    assert proofs["day", "Saturday"].value == "Saturday, 30 December 2023"
    assert proofs["place", "Belgorod"].value == "Belgorod (town or facility)"
    assert proofs["claim", "Kyiv has not commented"].value == "No official comment from Ukraine"
    assert proofs["response", "It answered the air assault"].value == "answers: Air strike, Ukraine, 29 December 2023"


def test_both_ends_of_a_link_show_it():
    told = reading()
    values = [proof.value for proof in evidence.list_proofs(told, told.events[1]) if proof.field == "response"]
    assert values == ["answered by: Rocket strike, Belgorod, 30 December 2023"]


def test_an_inferred_day_without_words_is_listed_and_marked():
    told = reading()
    event = told.events[0].event
    inherited = type(event.when)(
        event.when.first_day,
        event.when.last_day,
        event.when.best,
        event.when.precision,
        evidence.wording.DayBasis.INHERITED,
    )
    bare = evidence.PlacedEvent(
        type(event)(
            event.id, event.report_id, event.kind, when=inherited, evidence=(Evidence("kind", Span(0, 7), "r"),)
        )
    )
    day = next(proof for proof in evidence.list_proofs(told, bare) if proof.field == "day")
    assert (day.quote, day.inferred) == ("", True)
    assert "inferred, not stated" in evidence.proofs_table([day])


def test_every_figure_is_listed_as_its_own_words_give_it():
    report = Report("a" * 16, "At least seven people, one of them a child, were killed. The police spoke of five dead.")
    spans = [find(report, words) for words in ("At least seven people", "one of them a child", "five dead")]
    seven, one, five = CountRange(7, 7, None, "at least"), CountRange(1, 1, 1), CountRange(5, 5, 5)
    tolls = (
        Toll(Outcome.KILLED, seven, spans[0]),
        Toll(Outcome.KILLED, one, spans[1], group="children", part_of_total=True),
        Toll(Outcome.KILLED, five, spans[2], Party("police")),
    )
    proofs = tuple(Evidence("casualties.killed", span, "toll/stated") for span in spans)
    event = Event("e", report.id, EventKind.STRIKE, casualties=Casualties(seven), tolls=tolls, evidence=proofs)
    placed = PlacedEvent(event)
    assert [proof.value for proof in evidence.list_proofs(Reading(report, (placed,)), placed)] == [
        "≥ 7 killed",
        "1 killed (child), part of the total",
        "5 killed, according to police; the event's figure: ≥ 7",
    ]


def test_an_assumed_day_quotes_no_words():
    report = Report("a" * 16, "A strike on the port.", published=NEW_YEAR)
    assumed = When(NEW_YEAR, NEW_YEAR, NEW_YEAR, DayPrecision.DAY, DayBasis.PUBLICATION)
    proof = Evidence("when", find(report, "strike"), "day/publication", 0.3)
    placed = PlacedEvent(Event("e", report.id, EventKind.STRIKE, when=assumed, evidence=(proof,)))
    told = Reading(report, (placed,))
    (day,) = evidence.list_proofs(told, placed)
    assert (day.quote, day.inferred) == ("", True)
    assert "no words in the text" in evidence.proofs_table([day])
    assert evidence.find_marks(told, placed.event) == ()


def test_a_telling_is_said_in_words():
    report = Report("a" * 16, "The strike never took place.")
    proof = Evidence("telling", find(report, "never"), "telling/denied")
    placed = PlacedEvent(Event("e", report.id, EventKind.STRIKE, Telling.DENIED, evidence=(proof,)))
    (shown,) = evidence.list_proofs(Reading(report, (placed,)), placed)
    assert (shown.field, shown.value) == ("told as", "told as not having happened")


def test_day_note_says_how():
    told = reading()
    assert evidence.day_note(told.report, told.events[0].event) == "“Saturday”, before publication on 1 January 2024"
    assert "another event" in evidence.day_note(told.report, told.events[1].event)


def test_place_notes_give_precision_reasons_and_what_else_it_may_be():
    told = reading()
    notes = evidence.place_notes(told.events[0].target)
    assert notes[0] == "written “Belgorod”: Belgorod, RU; 50.6000, 36.5900, within 1 km"
    assert notes[1] == "how sure: high (0.93): largest place of that name; country of the report"
    assert notes[2] == "also considered: Belgorod-Dnestrovskiy (town or village, UA.17), score 0.12: longer name"
    assert "drawn as an area and not as a dot" in evidence.place_notes(told.events[1].target)[0]
    assert evidence.place_notes(None) == ()


def test_sentence_around_is_shortened_where_it_runs_long():
    report = Report("a" * 16, "word " * 400 + "STRIKE " + "word " * 400)
    sentence = evidence.sentence_around(report, find(report, "STRIKE"))
    assert sentence.startswith("…")
    assert sentence.endswith("…")
    assert "STRIKE" in sentence
    assert len(sentence) < 2 * evidence.SENTENCE_REACH + 20


def test_unknown_fields_show_under_their_own_name():
    assert evidence.field_of("blast_radius").label == "blast radius"
