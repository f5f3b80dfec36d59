"""One switch for disputed territory, and lines and labels that follow it together."""

import pytest

from geo import basemap, territory


def test_the_united_nations_view_is_the_default():
    assert territory.point_of_view({}) == "un"
    assert territory.point_of_view({territory.VARIABLE: " "}) == "un"


def test_another_point_of_view_is_refused_with_its_name():
    with pytest.raises(
        territory.TerritoryUnknown, match="STRIKELINE_TERRITORY is 'mine'; it must be one of un, de_facto"
    ):
        territory.point_of_view({territory.VARIABLE: "mine"})


@pytest.mark.parametrize(
    ("country", "admin1", "pov", "expected"),
    [
        ("UA", "UA.11", "un", "UA"),
        ("UA", "UA.11", "de_facto", "RU"),
        ("UA", "UA.20", "de_facto", "RU"),
        ("UA", "UA.07", "de_facto", "UA"),
        ("UA", "", "de_facto", "UA"),
        ("RU", "RU.09", "un", "RU"),
    ],
)
def test_country_of(country, admin1, pov, expected):
    assert territory.country_of(country, admin1, pov) == expected


def test_labels_and_lines_change_for_the_same_units():
    units, _ = basemap._theatre()
    drawn = {
        u["properties"]["code"]: u["properties"]["de_facto"]
        for u in units
        if u["properties"]["country"] != u["properties"]["de_facto"]
    }
    assert drawn == dict(territory.HELD_BY)


def test_every_point_of_view_is_told_in_words():
    assert set(territory.IN_WORDS) == set(basemap.POVS)
