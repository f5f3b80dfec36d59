from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.days import DayMention, DayRole, find_anchor, find_days
from extract.sentences import split_sentences
from model import DayBasis, DayPrecision, Span

MONDAY = date(2024, 1, 1)
_ATTACK = re.compile(r"\b(?:struck|hit|killed|shelled|attack|strike|shelling|raid|fired|exploded|wounded)", re.I)


def tells_attack(text: str, span: Span) -> bool:
    return _ATTACK.search(text, span.start, span.end) is not None


def days_in(text: str, published: date | None = MONDAY) -> tuple[DayMention, ...]:
    return find_days(text, split_sentences(text), published, lambda span: tells_attack(text, span))


def only(text: str, published: date | None = MONDAY) -> DayMention:
    found = days_in(text, published)
    assert len(found) == 1, [text[mention.span.start : mention.span.end] for mention in found]
    return found[0]


def anchor_words(text: str, published: date | None = MONDAY) -> str:
    anchor = find_anchor(days_in(text, published), split_sentences(text), lambda span: tells_attack(text, span))
    return "" if anchor is None else text[anchor.span.start : anchor.span.end]


def best(text: str, published: date | None = MONDAY) -> str:
    when = only(text, published).when
    return "" if when is None else when.best.isoformat()


# Every sentence is read as published on Monday 1 January 2024.
SINGLE_DAYS = [
    ("Mortars hit the ferry on 2023-12-30 in the delta.", "2023-12-30", "2023-12-30"),
    ("Mortars hit the ferry on 30.12.2023 in the delta.", "30.12.2023", "2023-12-30"),
    ("Mortars hit the ferry on 30/12/2023 in the delta.", "30/12/2023", "2023-12-30"),
    ("Mortars hit the ferry on 30-12-23 in the delta.", "30-12-23", "2023-12-30"),
    ("Mortars hit the ferry on 12/30/2023 in the delta.", "12/30/2023", "2023-12-30"),
    ("Mortars hit the ferry on 26/12 in the delta.", "26/12", "2023-12-26"),
    ("Mortars hit the ferry on 30 December 2023.", "30 December 2023", "2023-12-30"),
    ("Mortars hit the ferry on the 30th of December.", "30th of December", "2023-12-30"),
    ("Mortars hit the ferry on December 30th, 2023, near the bank.", "December 30th, 2023", "2023-12-30"),
    ("Mortars hit the ferry on Dec. 29 near the bank.", "Dec. 29", "2023-12-29"),
    ("Mortars hit the ferry on Saturday, December 30, near the bank.", "Saturday, December 30", "2023-12-30"),
    ("Mortars hit the ferry on Sept. 4 near the bank.", "Sept. 4", "2023-09-04"),
    ("MORTARS HIT THE FERRY ON 19 FEB 90 (DELTA).", "19 FEB 90", "1990-02-19"),
    ("Mortars hit the ferry on Saturday.", "Saturday", "2023-12-30"),
    ("Mortars hit the ferry on Monday.", "Monday", "2024-01-01"),
    ("Mortars hit the ferry last Monday.", "last Monday", "2023-12-25"),
    ("Mortars hit the ferry last Friday.", "last Friday", "2023-12-29"),
    ("Mortars hit the ferry this past Friday.", "this past Friday", "2023-12-29"),
    ("Friday's raid killed two fishermen.", "Friday's", "2023-12-29"),
    ("Mortars hit the ferry on Thursday last week.", "Thursday last week", "2023-12-28"),
    ("Mortars hit the ferry today.", "today", "2024-01-01"),
    ("Mortars hit the ferry yesterday.", "yesterday", "2023-12-31"),
    ("MORTARS HIT THE FERRY YESTERDAY.", "YESTERDAY", "2023-12-31"),
    ("Mortars hit the ferry the day before yesterday.", "the day before yesterday", "2023-12-30"),
    ("Mortars hit the ferry three days ago.", "three days ago", "2023-12-29"),
    ("Mortars hit the ferry five hours ago.", "five hours ago", "2024-01-01"),
    ("Mortars hit the ferry on New Year's Eve.", "New Year's Eve", "2023-12-31"),
    ("Mortars hit the ferry on Christmas Day.", "Christmas Day", "2023-12-25"),
    ("Mortars hit the ferry on the 29th.", "the 29th", "2023-12-29"),
    ("Mortars hit the ferry on 2023/12/30 in the delta.", "2023/12/30", "2023-12-30"),
    ("Mortars hit the ferry on 30-Dec-2023 in the delta.", "30-Dec-2023", "2023-12-30"),
    ("Mortars hit the ferry on 30 December last year.", "30 December last year", "2023-12-30"),
    ("Mortars hit the ferry on Dec. 29 and 30 people drowned.", "Dec. 29", "2023-12-29"),
    ("Паром обстреляли 30 декабря 2023 года.", "30 декабря 2023 года", "2023-12-30"),
    ("Паром обстріляли 30 грудня.", "30 грудня", "2023-12-30"),
    ("Паром обстреляли в субботу.", "субботу", "2023-12-30"),
    ("Паром обстріляли вчора.", "вчора", "2023-12-31"),
]


@pytest.mark.parametrize(("text", "words", "day"), SINGLE_DAYS)
def test_single_days(text, words, day):
    mention = only(text)
    assert text[mention.span.start : mention.span.end] == words
    assert mention.when is not None
    assert (mention.when.best.isoformat(), mention.when.precision) == (day, DayPrecision.DAY)
    assert mention.role is not DayRole.FUTURE


# text, first day, last day, best, precision
INTERVALS = [
    ("The ferry was hit on 29-30 December.", "2023-12-29", "2023-12-30", "2023-12-29", 2),
    ("The ferry was hit on December 29–30, 2023.", "2023-12-29", "2023-12-30", "2023-12-29", 2),
    ("The ferry was hit between 29 and 31 December.", "2023-12-29", "2023-12-31", "2023-12-30", 2),
    ("The ferry was hit between Dec. 29 and Jan. 1.", "2023-12-29", "2024-01-01", "2023-12-31", 2),
    ("The ferry was hit between April 18, 2023 and April 23, 2023.", "2023-04-18", "2023-04-23", "2023-04-21", 2),
    ("The ferry was hit overnight Saturday to Sunday.", "2023-12-30", "2023-12-31", "2023-12-31", 2),
    ("Shelling on December 29 and 30 killed six.", "2023-12-29", "2023-12-30", "2023-12-29", 2),
    ("The ferry was hit on 30/31 December.", "2023-12-30", "2023-12-31", "2023-12-30", 2),
    ("In February last year the ferry was hit.", "2023-02-01", "2023-02-28", "2023-02-15", 4),
    ("Паром обстреляли в ночь с 29 на 30 декабря.", "2023-12-29", "2023-12-30", "2023-12-30", 2),
    ("The ferry was hit earlier in the month.", "2024-01-01", "2024-01-01", "2024-01-01", 1),
    ("The ferry was hit at the end of last month.", "2023-12-21", "2023-12-31", "2023-12-26", 4),
    ("The ferry was hit in recent days.", "2023-12-29", "2024-01-01", "2024-01-01", 2),
    ("The ferry was hit from 20 December to 1 January.", "2023-12-20", "2024-01-01", "2023-12-20", 4),
    ("The ferry was hit from Friday to Sunday.", "2023-12-29", "2023-12-31", "2023-12-29", 2),
    ("The ferry was hit on the night of 30-31 December.", "2023-12-30", "2023-12-31", "2023-12-31", 2),
    ("The ferry was hit overnight.", "2023-12-31", "2024-01-01", "2024-01-01", 2),
    ("THE FERRY WAS HIT LAST NIGHT.", "2023-12-31", "2024-01-01", "2023-12-31", 2),
    ("The ferry was hit in the past 24 hours.", "2023-12-31", "2024-01-01", "2024-01-01", 2),
    ("The ferry was hit over the weekend.", "2023-12-30", "2023-12-31", "2023-12-30", 2),
    ("The ferry was hit last week.", "2023-12-25", "2023-12-31", "2023-12-28", 3),
    ("The ferry was hit last month.", "2023-12-01", "2023-12-31", "2023-12-15", 4),
    ("The ferry was hit in November.", "2023-11-01", "2023-11-30", "2023-11-15", 4),
    ("The ferry was hit in late December.", "2023-12-21", "2023-12-31", "2023-12-26", 4),
    ("The ferry was hit in mid-December.", "2023-12-11", "2023-12-20", "2023-12-15", 3),
    ("The ferry was hit in 2022.", "2022-01-01", "2022-12-31", "2022-07-01", 5),
    ("The ferry was hit two weeks ago.", "2023-12-15", "2023-12-21", "2023-12-18", 3),
    ("The ferry was hit a few days ago.", "2023-12-26", "2023-12-30", "2023-12-29", 2),
    ("The ferry was hit since Saturday.", "2023-12-30", "2024-01-01", "2023-12-30", 2),
]


@pytest.mark.parametrize(("text", "first", "last", "best_day", "precision"), INTERVALS)
def test_intervals(text, first, last, best_day, precision):
    when = only(text).when
    assert when is not None
    assert [str(when.first_day), str(when.last_day), str(when.best)] == [first, last, best_day]
    assert when.precision == precision


def test_this_month_ends_with_the_publication_day():
    when = only("The ferry was hit earlier this month.", date(2024, 1, 20)).when
    assert when is not None
    assert (str(when.first_day), str(when.last_day)) == ("2024-01-01", "2024-01-20")


TIMES = [
    ("The ferry was hit early on Saturday.", "early"),
    ("The ferry was hit on Saturday morning.", "morning"),
    ("The ferry was hit in the early hours of Saturday.", "in the early hours"),
    ("The ferry was hit in the first hour of Saturday.", "in the first hour"),
    ("The ferry was hit on the evening of 30 December.", "on the evening"),
    ("The ferry was hit late Saturday night.", "late night"),
    ("The ferry was hit at 10 p.m. Saturday by mortars.", "at 10 p.m."),
    ("The ferry was hit on Saturday at 10:40 p.m. by mortars.", "at 10:40 p.m."),
    ("The ferry was hit before dawn on Saturday.", "before dawn"),
    ("The ferry was hit overnight on 30 December.", "overnight"),
    ("The ferry was hit this morning.", "this morning"),
    ("The ferry was hit last night.", "last night"),
    ("The ferry was hit around 3 a.m. local time on Saturday.", "around 3 a.m. local time"),
    ("The ferry was hit on Saturday, shortly before midnight.", "shortly before midnight"),
    ("The ferry was hit hours after midnight on Saturday.", "after midnight"),
    ("Паром обстреляли в ночь на 30 декабря.", "в ночь"),
    ("Паром обстріляли вночі проти 30 грудня.", "вночі"),
    ("The ferry was hit during the night to Saturday.", "during the night"),
    ("The ferry was hit on Saturday in the early hours.", "in the early hours"),
    ("The ferry was hit on Saturday.", ""),
]


@pytest.mark.parametrize(("text", "words"), TIMES)
def test_time_of_day_is_kept_as_written(text, words):
    when = only(text).when
    assert when is not None
    assert when.time_of_day == words


@pytest.mark.parametrize(("how", "words"), [("in the early hours of", "in the early hours"), ("on", "")])
def test_hours_after_another_event_are_no_time_of_day(how: str, words: str) -> None:
    day = days_in(f"The ferry was hit {how} Saturday, hours after a truce began.", MONDAY)[0]
    assert day.when is not None
    assert (day.when.best, day.when.time_of_day) == (date(2023, 12, 30), words)


# text, the anaphoric words, the day meant
ANAPHORA = [
    ("The raid answered a shelling the day before. Saturday's strike killed six.", "the day before", "2023-12-29"),
    ("Shells struck the port on Friday. The next day two ships sank.", "The next day", "2023-12-30"),
    ("Shells struck the port on Friday. Two days later the mole was hit.", "Two days later", "2023-12-31"),
    ("Shells struck the port on Friday. A day earlier a mine had killed a pilot.", "A day earlier", "2023-12-28"),
    ("Shells struck the port on Friday. Hours later the mole was hit.", "Hours later", "2023-12-29"),
    ("Shells struck the port on Friday. The mole was hit the same day.", "the same day", "2023-12-29"),
    ("Shells struck the port on Friday. The mole was hit later that day.", "later that day", "2023-12-29"),
    ("Shells struck the port on Friday. A week later the mole was hit.", "A week later", "2024-01-05"),
    ("Friday's strike on the port came a day after a shelling of the delta.", "a day after", "2023-12-28"),
    ("Shells struck the port on Friday. A day after the attack the mole was hit.", "A day after", "2023-12-30"),
    ("Shells struck the port on Friday. The previous Friday the mole was hit.", "The previous Friday", "2023-12-22"),
    ("Shells hit a quay on Saturday. Days earlier, on 24 December, it was hit too.", "Days earlier", "2023-12-24"),
    ("The shelling began hours after the envoys left on Friday.", "hours after", "2023-12-29"),
    ("Two years after the invasion, shells hit the quay on Friday.", "Two years after", "2021-12-29"),
    ("A day after the attack Saturday's shells struck.", "A day after", "2023-12-31"),
    ("Saturday's strike came a day after the shelling of the delta.", "a day after", "2023-12-29"),
    ("Saturday's strike came the day after rebels killed an envoy.", "the day after", "2023-12-29"),
    ("Saturday's strike was two days after the raid began.", "two days after", "2023-12-28"),
    ("Shells struck the port overnight, answering a raid the previous day.", "the previous day", "2023-12-31"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "day"), ANAPHORA)
def test_anaphora_counts_from_the_event(text, words, day):
    (mention,) = [found for found in days_in(text) if found.anaphoric]
    assert text[mention.span.start : mention.span.end] == words
    assert mention.when is not None
    assert mention.when.best.isoformat() == day
    assert mention.when.basis is DayBasis.ANAPHORIC


ROLES = [
    ("The governor said on Saturday that the port was hit.", DayRole.STATEMENT),
    ("The governor told reporters late Saturday that the port was hit.", DayRole.STATEMENT),
    ("Writing on Telegram on Saturday, the governor called it a raid.", DayRole.STATEMENT),
    ("The navy on Saturday confirmed that the port was hit.", DayRole.STATEMENT),
    ("On Saturday, the harbour master confirmed that six had died in the strike.", DayRole.STATEMENT),
    ("As of Saturday, six of the wounded were in hospital.", DayRole.STATEMENT),
    ("Six were killed when the port was hit on Saturday, the governor said.", DayRole.EVENT),
    ("On Saturday, shells struck the port, the governor said.", DayRole.EVENT),
    ("Six were killed on Saturday, according to the harbour master.", DayRole.EVENT),
    ("Six were killed on Saturday, said the harbour master.", DayRole.EVENT),
    ("Blasts could be heard as the port was hit on Saturday.", DayRole.EVENT),
    ("Six may have been killed on Saturday.", DayRole.EVENT),
    ("In the deadliest raid since the war began, six were killed on Saturday.", DayRole.EVENT),
    ("By Saturday the toll of the raid stood at six.", DayRole.STATEMENT),
    ("The port was last shelled on 2 March.", DayRole.BACKGROUND),
    ("The port has been shelled since Saturday.", DayRole.BACKGROUND),
    ("The port was previously hit on Saturday.", DayRole.BACKGROUND),
    ("The war began with the raid of 24 February 2022.", DayRole.BACKGROUND),
    ("Envoys will meet on Saturday.", DayRole.FUTURE),
    ("Envoys are to meet next Friday.", DayRole.FUTURE),
    ("The truce is expected to start by 10 January.", DayRole.FUTURE),
    ("Envoys meet tomorrow.", DayRole.FUTURE),
]


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_roles(text, role):
    assert only(text).role is role


def test_coming_weekdays_and_dates_look_forward():
    assert best("Envoys will meet on Saturday.") == "2024-01-06"
    assert best("Envoys are to meet next Friday.") == "2024-01-05"
    assert best("The truce is expected to start by 10 January.") == "2024-01-10"
    assert best("He said on Friday that envoys will meet.") == "2023-12-29"


def test_days_counted_from_something_else_are_not_known():
    for text in ("The port was hit two days before the vote.", "The port was hit the day before the vote."):
        assert only(text).when is None


def test_the_anchor_is_the_day_of_the_lead_story():
    lead = "Six were killed by shells, officials said on Sunday."
    assert anchor_words(f"{lead} The strike hit on Saturday. On 16 December a raid hit it too.") == "Saturday"
    assert anchor_words(f"{lead} On 16 December a raid hit the port too.") == "Sunday"
    assert anchor_words("Envoys met on Thursday. Shells hit the port on Friday.") == "Friday"
    assert anchor_words("Envoys met on Thursday.") == "Thursday"
    assert anchor_words("Shells hit the port.") == ""
    coded = "01/08/2021: Gunmen hit a post. They had hit it on January 3rd."
    assert anchor_words(coded, date(2021, 1, 8)) == "01/08/2021"


NO_DAYS = [
    "As many as may 5 boats sank in march 3 miles off.",
    "The fort fell in 90 minutes with 30 guns.",
    "Prayers are held every Friday and most Sundays.",
    "Families remembered Bloody Sunday.",
    "The 5th brigade held hill 2022.5 and road 12.30.",
    "May Brown and April Jones fled.",
]


@pytest.mark.parametrize("text", NO_DAYS)
def test_words_that_only_look_like_days(text):
    assert days_in(text) == ()


def test_the_dead_of_sunday_are_not_to_come():
    text = "Officials said Friday they will meet families of those killed Sunday."
    assert [mention.role for mention in days_in(text)] == [DayRole.STATEMENT, DayRole.EVENT]


def test_people_after_a_month_are_not_a_day_of_it():
    mention = only("The port was hit in December 22 people said.")
    assert mention.when is not None
    assert mention.when.precision is DayPrecision.MONTH


def test_without_a_publication_day_only_full_dates_have_a_meaning():
    text = (
        "Shells struck the port on 30 December 2023. The next day it was hit again. It was hit on Friday and on 5 May."
    )
    found = [(mention.when.best.isoformat() if mention.when else None) for mention in days_in(text, None)]
    assert found == ["2023-12-30", "2023-12-31", None, None]


def test_relative_words_alone_mean_nothing_without_a_publication_day():
    for text in ("It was hit overnight.", "It was hit last week.", "It was hit the day before.", "It was hit in May."):
        assert only(text, None).when is None


def test_impossible_dates_have_no_meaning():
    assert only("The port was hit on 31 November 2023.").when is None
    assert only("The port was hit on 2023-13-40.").when is None


def test_leading_metadata_is_no_event_day():
    text = " date 2024-01-01 The port was hit on Saturday, in answer to a raid the day before."
    found = {text[mention.span.start : mention.span.end]: mention for mention in days_in(text)}
    assert found["2024-01-01"].role is DayRole.HEADER
    assert found["Saturday"].role is DayRole.EVENT
    assert found["the day before"].when is not None
    assert found["the day before"].when.best == date(2023, 12, 29)


def test_a_report_counts_from_the_day_of_its_dateline():
    found = days_in("LIMA, December 30 (Radio) -- Shells hit the port today.")
    assert [(str(mention.when.best), mention.role) for mention in found if mention.when] == [
        ("2023-12-30", DayRole.HEADER),
        ("2023-12-30", DayRole.EVENT),
    ]


def test_a_report_that_writes_months_first_keeps_doing_so():
    text = "03/04/2021: Gunmen attacked a post. They had raided it on 02/03/2021."
    found = days_in(text, date(2021, 3, 4))
    assert [mention.when.best.isoformat() for mention in found if mention.when] == ["2021-03-04", "2021-02-03"]


_WORDS = """
Friday last on the day before after 30 December 2023 Dec. overnight - to next two weeks ago later said will hit 29 and
between May in early of 5th . , 900 years since past 31.12.2023 2024-02-30 12/13 weekend субботу Christmas same year
"""


@settings(max_examples=150, derandomize=True, deadline=None)
@given(
    st.lists(st.sampled_from([*_WORDS.split(), "\n"]), max_size=30).map(" ".join) | st.text(max_size=200),
    st.none() | st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)),
)
def test_any_text_gives_ordered_days_inside_it(text, published):
    mentions = days_in(text, published)
    for mention in mentions:
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert text[mention.span.start : mention.span.end].strip() == text[mention.span.start : mention.span.end]
        if mention.when is not None:
            assert mention.when.first_day <= mention.when.best <= mention.when.last_day
    assert all(left.span.end <= right.span.start for left, right in pairwise(mentions))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2049, 12, 28)), st.integers(0, 6))
def test_a_bare_weekday_is_the_latest_one(published, weekday):
    name = (date(2024, 1, 1) + timedelta(days=weekday)).strftime("%A")
    mention = only(f"The port was hit on {name}.", published)
    assert mention.when is not None
    assert mention.when.best.weekday() == weekday
    assert timedelta(0) <= published - mention.when.best < timedelta(days=7)


@pytest.mark.parametrize("text", ["Friday " * 4000, "30 " * 9000, "the day before " * 2000, "-29-30-" * 4000])
def test_hostile_texts_end_soon(text):
    spans = split_sentences(text)
    assert all(
        isinstance(mention, DayMention)
        for mention in find_days(text, spans, MONDAY, lambda span: isinstance(span, Span))
    )
