from __future__ import annotations

import pytest

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
