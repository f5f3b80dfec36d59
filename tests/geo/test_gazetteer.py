from __future__ import annotations

import threading

import pytest

from geo.gazetteer import GazetteerError, open_gazetteer
from model import Level


@pytest.mark.parametrize(
    ("spellings", "name"),
    [
        (("Kharkiv", "Kharkov", "Харьков", "Харків", "Charkiw"), "Kharkiv"),
        (("Belgorod", "Белгород", "Бєлгород"), "Belgorod"),
        (("Bakhmut", "Artemivsk", "Бахмут", "Артёмовск", "Артемівськ"), "Bakhmut"),
        (("Dnipro", "Dnipropetrovsk", "Днепропетровск"), "Dnipro"),
        (("Kropyvnytskyi", "Kirovohrad", "Кировоград"), "Kropyvnytskyi"),
        (("Kyiv", "Kiev", "Киев", "Київ"), "Kyiv"),
    ],
)
def test_old_new_and_foreign_spellings_name_one_place(gazetteer, spellings, name):
    ids = [{p.id for p in gazetteer.exact(s) if p.level is Level.SETTLEMENT and p.name == name} for s in spellings]
    assert len(set.intersection(*ids)) == 1


def test_ancestors_run_from_the_community_to_the_country(gazetteer):
    hroza = next(p for p in gazetteer.exact("Гроза") if p.admin1 == "UA.07")
    assert [unit.level for unit in gazetteer.ancestors(hroza)] == [
        Level.COMMUNITY,
        Level.DISTRICT,
        Level.PROVINCE,
        Level.COUNTRY,
    ]
    assert hroza.id in {child.id for child in gazetteer.children(gazetteer.parent(hroza).id)}


def test_city_districts_are_children_of_their_city(gazetteer):
    kharkiv = next(p for p in gazetteer.exact("Харків") if p.level is Level.SETTLEMENT)
    districts = [p.name for p in gazetteer.children(kharkiv.id) if p.level is Level.CITY_DISTRICT]
    assert "Kyivskyi District" in districts


def test_country_name_is_english_and_an_unknown_code_stays(gazetteer):
    assert gazetteer.country_name("UA") == "Ukraine"
    assert gazetteer.country_name("ZZ") == "ZZ"


@pytest.mark.parametrize(("word", "code"), [("Russian", "RU"), ("Ukrainians", "UA"), ("Dutch", "NL"), ("table", None)])
def test_words_for_peoples(gazetteer, word, code):
    assert gazetteer.country_of_people(word) == code


def test_a_misspelt_name_is_found_by_likeness(gazetteer):
    assert "Kramatorsk" in {found.place.name for found in gazetteer.similar("Kramatorrsk")}


@pytest.mark.parametrize(
    ("press", "country", "names"),
    [
        ("Hodeidah", "YE", {"Al Ḩudaydah"}),
        ("Qoryoley", "SO", {"Qoryooley"}),
        ("Al-Hasakah", "SY", {"Al-Hasakah", "Al Ḩasakah"}),
        ("Deir el-Balah", "PS", {"Dayr al Balaḩ", "Deir Al Balah"}),
    ],
)
def test_press_spellings_are_found_by_their_consonants(gazetteer, press, country, names):
    assert names & {f.place.name for f in gazetteer.sounding(press) if f.place.country == country}


def test_one_handle_serves_several_threads(gazetteer):
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(gazetteer.exact("Суджа")[0].id)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert len(set(answers)) == 1


def test_a_missing_file_is_said_clearly(tmp_path):
    with pytest.raises(GazetteerError, match="no gazetteer at"):
        open_gazetteer(tmp_path / "none.sqlite")


@pytest.mark.parametrize(
    ("lat", "lon", "name"),
    [(49.99, 36.24, "Kharkiv"), (-16.79, 179.99, None), (-18.14, 178.44, "Suva"), (90.0, 0.0, None)],
)
def test_the_nearest_settlement_is_found_over_the_edges_of_the_map(gazetteer, lat, lon, name):
    near = gazetteer.nearest(lat, lon, limit=3)
    assert [distance for _, distance in near] == sorted(distance for _, distance in near)
    assert name is None or near[0][0].name == name
