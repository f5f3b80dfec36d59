from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.context import context_features
from geo.resolve import resolve
from model import Level, Precision, Span, Toponym


def place_of(gazetteer, text, name):
    """The resolution of ``name`` in a text whose other names are spotted."""
    start = text.index(name)
    wanted = Toponym(name, Span(start, start + len(name)))
    spotted = [Toponym(m.text, m.span) for m in gazetteer.spot(text)]
    others = [t for t in spotted if t.span.end <= wanted.span.start or t.span.start >= wanted.span.end]
    return resolve(text, [wanted, *others], gazetteer)[0]


@pytest.mark.parametrize(
    ("text", "name", "level", "admin1"),
    [
        ("Belgorod was shelled.", "Belgorod", Level.SETTLEMENT, "RU.09"),
        ("The Belgorod region was shelled.", "Belgorod region", Level.PROVINCE, "RU.09"),
        ("Bilhorod-Dnistrovskyi lost power.", "Bilhorod-Dnistrovskyi", Level.SETTLEMENT, "UA.17"),
        ("Kharkiv's Kyivskyi district was hit.", "Kyivskyi district", Level.CITY_DISTRICT, "UA.07"),
        ("Fire broke out in Kharkiv's Kyivskyi district.", "Kharkiv's Kyivskyi district", Level.CITY_DISTRICT, "UA.07"),
        ("A depot burned in Odessa, Texas.", "Odessa", Level.SETTLEMENT, "US.TX"),
        ("A depot burned in Odessa.", "Odessa", Level.SETTLEMENT, "UA.17"),
        ("Kharkiv, Sumy and Chernihiv regions were hit.", "Sumy", Level.PROVINCE, "UA.21"),
        ("Volchansk lies in the Urals, near Yekaterinburg.", "Volchansk", Level.SETTLEMENT, "RU.71"),
        ("Volchansk, north of Kharkiv, was hit.", "Volchansk", Level.SETTLEMENT, "UA.07"),
        ("Police in Lexington, Ky., said so.", "Lexington", Level.SETTLEMENT, "US.KY"),
        ("Shells fell on Russian territory.", "Russian territory", Level.COUNTRY, ""),
        ("Взрывы прогремели в Харькове.", "Харькове", Level.SETTLEMENT, "UA.07"),
        ("Обстріляли Куп’янський район.", "Куп’янський район", Level.DISTRICT, "UA.07"),
    ],
)
def test_place_in_context(gazetteer, text, name, level, admin1):
    place = place_of(gazetteer, text, name).place
    assert place is not None
    assert (place.level, place.admin1) == (level, admin1)


def test_a_name_of_many_villages_backs_off_and_says_so(gazetteer):
    answer = place_of(gazetteer, "Ivanivka was shelled.", "Ivanivka")
    assert answer.precision >= Precision.PROVINCE
    assert "none is likely enough" in answer.reasons[0]
    assert len(answer.candidates) > 3


def test_a_region_is_never_a_point(gazetteer):
    assert place_of(gazetteer, "Shells hit Kursk Oblast.", "Kursk Oblast").precision is Precision.PROVINCE


def test_an_unknown_name_stays_unresolved_with_a_reason(gazetteer):
    answer = place_of(gazetteer, "They met in Qqzzxville.", "Qqzzxville")
    assert answer.place is None
    assert answer.precision is Precision.UNRESOLVED
    assert answer.reasons


@pytest.mark.parametrize("word", ["Peskov", "Gerasimoff", "Shahedd"])
def test_likeness_never_makes_a_place_of_a_war_word(gazetteer, word):
    assert place_of(gazetteer, f"The report spoke of {word}.", word).place is None


def test_likeness_counts_only_in_a_country_the_text_speaks_of(gazetteer):
    at_home = place_of(gazetteer, "In Yemen, jets struck the port of Hodeidah, near Sanaa.", "Hodeidah")
    assert at_home.place is not None
    assert at_home.place.country == "YE"
    abroad = place_of(gazetteer, "In Peru, police searched the port of Hodeidahh near Lima.", "Hodeidahh")
    assert abroad.place is None or abroad.place.country == "PE"


def in_range(place):
    return -90 <= place.lat <= 90 and -180 <= place.lon <= 180


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.text(min_size=1, max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_text_gives_answers_with_reasons_and_points_on_earth(gazetteer, name, before, after):
    text = before + name + after
    toponyms = [Toponym(name, Span(len(before), len(before) + len(name)))]
    toponyms += [Toponym(m.text, m.span) for m in gazetteer.spot(text)]
    for answer in resolve(text, toponyms, gazetteer):
        assert answer.reasons
        assert answer.place is None or in_range(answer.place)
        assert all(candidate.reasons and in_range(candidate.place) for candidate in answer.candidates)
        assert sum(candidate.score for candidate in answer.candidates) <= 1 + 1e-6


@settings(derandomize=True, max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Kharkiv", "Ivanivka", "in", ",", "Texas", "Odessa", "region", "and", "the", "Ky.", "'s"])
    )
)
def test_names_in_any_order_give_one_answer_each(gazetteer, words):
    text = " ".join(words)
    toponyms = [Toponym(m.text, m.span) for m in gazetteer.spot(text)]
    answers = resolve(text, toponyms, gazetteer)
    assert [answer.toponym for answer in answers] == toponyms


@pytest.mark.parametrize(
    ("text", "name", "unit"),
    [
        ("An attack in Qqzzxville, Diyala, Iraq, killed two.", "Qqzzxville", "Diyala"),
        ("Shells hit the village of Qqzzxivka in Sumy Oblast.", "Qqzzxivka", "Sumy Oblast"),
    ],
)
def test_an_unknown_place_is_given_the_unit_the_text_puts_it_in(gazetteer, text, name, unit):
    answer = place_of(gazetteer, text, name)
    assert answer.place.name == unit
    assert answer.precision is Precision.PROVINCE
    assert "the text puts it in" in answer.reasons[0]


def test_a_list_of_states_is_read_as_states(gazetteer):
    text = "Cases rose in Ohio, Georgia and Oklahoma."
    assert place_of(gazetteer, text, "Georgia").place.admin1 == "US.GA"


def test_crimea_stays_in_the_country_of_the_gazetteer(gazetteer):
    assert {place_of(gazetteer, f"Blasts in {n}.", n).place.country for n in ("Crimea", "Sevastopol", "Kerch")} == {
        "UA"
    }


def test_a_name_told_many_times_is_one_witness(gazetteer, monkeypatch):
    witnesses = []

    def listen(place, options, context):
        witnesses.append(len(context.places))
        return context_features(place, options, context)

    monkeypatch.setattr("geo.resolve.context_features", listen)
    toponyms = [Toponym("Kharkiv", Span(8 * n, 8 * n + 7)) for n in range(50)]
    resolutions = resolve("Kharkiv " * 50, toponyms, gazetteer)
    assert set(witnesses) == {1}
    assert {r.place.name for r in resolutions if r.place} == {"Kharkiv"}


def test_a_long_list_of_names_ends(gazetteer):
    text = "Kharkiv, Sumy, " * 2_000
    toponyms = [Toponym(m.text, m.span) for m in gazetteer.spot(text)]
    start = time.process_time()
    assert len(resolve(text, toponyms, gazetteer)) == len(toponyms) == 4_000
    assert time.process_time() - start < 8  # no claim of speed: pair by pair this takes longer by far
