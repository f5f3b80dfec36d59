from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import Level


def names(gazetteer, text):
    return [match.text for match in gazetteer.spot(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Drones hit Kozacha Lopan and Bilhorod-Dnistrovskyi.", ["Kozacha Lopan", "Bilhorod-Dnistrovskyi"]),
        ("Kharkiv's Kyivskyi district burned.", ["Kharkiv", "Kyivskyi district"]),
        ("A blast in Balkh province, Afghanistan.", ["Balkh province", "Afghanistan"]),
        ("Police in Lexington, Ky., said so.", ["Lexington", "Ky."]),
        ("Miss. Jones is not a state.", []),
        ("U.S. officials in St. Louis spoke.", ["U.S.", "St. Louis"]),
        ("On Thursday the Force struck in May.", []),
        ("Fighting went on in al-Bab.", ["al-Bab"]),
        ("Вибухи в Харкові та Куп’янському районі.", ["Харкові", "Куп’янському районі"]),
        ("Обстрел Новой Таволжанки и Белгородской области.", ["Новой Таволжанки", "Белгородской области"]),
        ("The Zaporizhzhia nuclear power plant was hit.", ["Zaporizhzhia"]),
    ],
)
def test_names_of_a_text(gazetteer, text, found):
    assert names(gazetteer, text) == found


def test_a_match_tells_levels_countries_and_size(gazetteer):
    (match,) = gazetteer.spot("Kharkiv")
    assert match.levels >= {Level.SETTLEMENT, Level.PROVINCE}
    assert match.countries == {"UA"}
    assert match.population > 1_000_000


def test_a_word_also_written_small_is_no_name_at_the_start_of_a_sentence(gazetteer):
    assert names(gazetteer, "Splendora is near. Bread was sold; bread is dear.") == ["Splendora"]


@settings(derandomize=True, max_examples=150)
@given(st.text(max_size=200))
def test_matches_lie_in_the_text_in_order_and_apart(gazetteer, text):
    end = 0
    for match in gazetteer.spot(text):
        assert match.span.start >= end
        assert text[match.span.start : match.span.end] == match.text
        end = match.span.end


def test_searching_an_article_ends(gazetteer):
    article = (
        "Russian forces shelled the town of Vovchansk in the Kharkiv region on Monday, the governor said, and two "
        "drones hit a depot near Sumy while air defences worked over Odesa. Officials in Kyiv and Moscow differed. "
    ) * 9  # about 350 words
    gazetteer.spot(article)
    start = time.process_time()
    gazetteer.spot(article)
    assert time.process_time() - start < 2  # no claim of speed: that is in bench/geocode.py
