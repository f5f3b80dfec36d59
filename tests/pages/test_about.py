import pytest

from geo import backdrop, basemap, territory
from tests.pages.conftest import REPORTS, page, run, seen, table


@pytest.mark.usefixtures("store_path")
def test_empty_store():
    assert "Data revision 0: 0 reports" in seen(run(page("about")))


@pytest.mark.usefixtures("stored")
def test_credits_limits_and_data():
    at = run(page("about"))
    assert basemap.CREDIT in seen(at)
    assert basemap.CAPTION in seen(at)
    assert "Data revision 2: 2 reports, 4 events" in seen(at)
    assert {row["Title"] for row in table(at, REPORTS)} == {"A strike", "Strike on Belgorod"}


@pytest.mark.usefixtures("store_path")
def test_who_is_asked_for_map_tiles(monkeypatch):
    assert "asks nothing of any other." in seen(run(page("about")))
    monkeypatch.setenv(backdrop.VARIABLE, "https://tiles.example/{z}/{x}/{y}.png?key=s3cr3t")
    monkeypatch.setenv(backdrop.CREDIT, "Tile makers")
    words = seen(run(page("about")))
    assert "asks nothing of any other, but for the map tiles told of below." in words
    assert "Your browser asks that host for each part of the map that you look at" in words
    assert "Map tiles come from tiles.example" in words
    assert "Credit: Tile makers." in words
    assert "s3cr3t" not in words


@pytest.mark.usefixtures("store_path")
def test_whose_borders_are_drawn(monkeypatch):
    assert "as the United Nations see them" in seen(run(page("about")))
    monkeypatch.setenv(territory.VARIABLE, "de_facto")
    assert "who holds Crimea and Sevastopol" in seen(run(page("about")))
    monkeypatch.setenv(territory.VARIABLE, "ours")
    assert "must be one of un, de_facto" in seen(page("about").run())
