import pytest

from geo import basemap, territory
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
def test_whose_borders_are_drawn(monkeypatch):
    assert "as the United Nations see them" in seen(run(page("about")))
    monkeypatch.setenv(territory.VARIABLE, "de_facto")
    assert "who holds Crimea and Sevastopol" in seen(run(page("about")))
    monkeypatch.setenv(territory.VARIABLE, "ours")
    assert "must be one of un, de_facto" in seen(page("about").run())
