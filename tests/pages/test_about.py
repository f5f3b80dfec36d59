from geo import basemap
from tests.pages.conftest import REPORTS, page, run, seen, table


def test_empty_store(store_path):
    assert "Data revision 0: 0 reports" in seen(run(page("about")))


def test_credits_limits_and_data(stored):
    at = run(page("about"))
    assert basemap.CREDIT in seen(at)
    assert basemap.CAPTION in seen(at)
    assert "Data revision 2: 2 reports, 4 events" in seen(at)
    assert {row["Title"] for row in table(at, REPORTS)} == {"A strike", "Strike on Belgorod"}
