"""What a name may mean, numbered alike in the list, in the table and on the map."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from geo import territory
from geo.gazetteer import Found
from model import Candidate, Level, Place, Precision, Resolution
from tests import factories
from views import candidates
from views.candidates import Option, draw_candidates, find_options, label, options_table, write_points

HOSTILE = "</script><img src=x onerror=alert(1)>{{7*7}}"
TOWN = factories.place("Belgorod")
OTHER = factories.place("Belgorod", id=7, lat=46.2, lon=30.3, country="UA", admin1="")
OBLAST = Place(9, "Belgorod Oblast", 50.8, 37.5, Level.PROVINCE, "RU", precision_km=120)


class Units:
    """Stands in for the gazetteer: knows the units above one place."""

    def ancestors(self, place: Place) -> Sequence[Place]:
        return [OBLAST, replace(OBLAST, name="Russia", level=Level.COUNTRY)] if place == TOWN else []

    def country_name(self, code: str) -> str:
        return {"UA": "Ukraine", "RU": "Russia"}[code]


def option(place: Place = TOWN, where: str = "Belgorod Oblast, Russia", score: float | None = 0.6) -> Option:
    return Option(place, where, ("its country is named",), score)


def test_candidates_come_first_then_what_was_searched_for_each_place_once() -> None:
    resolution = factories.resolution(
        "Belgorod", candidates=(Candidate(TOWN, 0.6, ("a",)), Candidate(OTHER, 0.2, ("b",)))
    )
    found = [Found(OTHER, "exact"), Found(OBLAST, "similar", 88.0)]
    options = find_options(resolution, found, Units())  # type: ignore[arg-type]
    assert [(o.place.id, o.score) for o in options] == [(TOWN.id, 0.6), (7, 0.2), (9, None)]
    assert [o.where for o in options] == ["Belgorod Oblast, Russia", "Ukraine", "Russia"]
    assert options[2].reasons == ("a name that is written much alike",)


@pytest.mark.parametrize(("pov", "country"), [("un", "Ukraine"), ("de_facto", "Russia")])
def test_country_of_a_place_in_crimea_follows_the_point_of_view(
    pov: str, country: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(territory.VARIABLE, pov)
    kerch = factories.place("Kerch", country="UA", admin1="UA.11")
    assert candidates.path_of(kerch, Units()) == f"UA.11, {country}"  # type: ignore[arg-type]


def test_unit_above_that_was_given_is_an_option_too() -> None:
    given = Resolution(factories.toponym("Belgorod"), OBLAST, Precision.PROVINCE, 0.5, ("2 places bear this name",))
    chosen = replace(given, place=TOWN, precision=Precision.SITE, machine=given)
    options = find_options(chosen, (), Units())  # type: ignore[arg-type]
    assert [(o.place, o.reasons) for o in options] == [(OBLAST, ("2 places bear this name",))]


def test_numbers_are_the_same_in_list_table_and_map(tmp_path: Path) -> None:
    options = [option(), option(OTHER, "Odesa Oblast, Ukraine", 0.2), option(OBLAST, "Russia", None)]
    assert label(2, options[1]) == "2 · Belgorod (town or village), Odesa Oblast, Ukraine"
    table = options_table(options)
    assert table.index("1 Belgorod<") < table.index("2 Belgorod<") < table.index("3 Belgorod Oblast<")
    assert "found by your search" in table
    columns = json.loads((tmp_path / "candidates" / write_points(options, folder=tmp_path)).read_text())
    assert columns["lat"] == [506100, 462000, 508000]
    assert columns["label"] == ["Belgorod Oblast", "Odesa Oblast", "Belgorod Oblast"]
    assert columns["radius"] == [1.0, 1.0, 120.0]


def test_same_options_are_one_file_and_other_options_another(tmp_path: Path) -> None:
    first = write_points([option()], folder=tmp_path)
    assert write_points([option()], folder=tmp_path) == first
    assert write_points([option(OTHER)], folder=tmp_path) != first
    assert len(list((tmp_path / "candidates").iterdir())) == 2


def test_map_loads_nothing_from_outside_and_its_script_holds_no_names() -> None:
    html = draw_candidates("0123456789abcdef.json", theme="dark").get_root().render()
    assert "//cdn" not in html
    assert "https://" not in html
    assert "Belgorod" not in html
    assert '"theme": "dark"' in html


def test_words_stay_words(tmp_path: Path) -> None:
    hostile = Option(replace(TOWN, name=HOSTILE), HOSTILE, (HOSTILE,), 0.5)
    assert "<img" not in options_table([hostile])
    assert "{{" not in options_table([hostile])
    columns = json.loads((tmp_path / "candidates" / write_points([hostile], folder=tmp_path)).read_text())
    assert columns["place"] == [HOSTILE]


@pytest.mark.parametrize("name", ["x" * 500, "\u202egnp.exe", "a\0b"])
def test_labels_are_short_and_without_characters_that_mislead(name: str) -> None:
    told = label(1, option(replace(TOWN, name=name)))
    assert len(told) <= 200
    assert not {"\u202e", "\0"} & set(told)


def test_scripts_are_there() -> None:
    assert all((Path(candidates.__file__).parent / "assets" / f"{name}.js").exists() for name in candidates.SCRIPTS)
