import pytest

from tests.pages.conftest import EVENTS, figures, page, run, seen, table


@pytest.mark.usefixtures("store_path")
def test_empty_store():
    assert "Nothing is stored yet." in seen(run(page("events")))


@pytest.mark.usefixtures("stored")
def test_table_is_the_twin_of_the_map():
    at = run(page("events"))
    assert figures(at)["Events"] == "4"
    rows = table(at, EVENTS)
    assert [(row["Day"], row["Place"], row["Killed"], row["Injured"]) for row in rows] == [
        ("2023-12-30", "Belgorod", "≥ 22", "≤ 110"),
        ("2023-12-30", "Belgorod", "≥ 22", "≤ 110"),
        ("2023-12-29", "Ukraine", "silent", "silent"),
        ("not known", "Kharkiv", "silent", "silent"),
    ]


def test_address_filters_and_chooses(stored):
    at = run(page("events", kind=["Air strike"], event=stored))
    assert len(table(at, EVENTS)) == 1
    assert "The present filter hides this event." in seen(at)
    assert "Also in this report" in seen(at)
    assert "Shelling, place not known, day not known (told as background)" in seen(at)


def test_links_between_events_are_shown_with_their_sentence(stored):
    html = seen(run(page("events", event=stored)))
    assert "answers: Air strike, Ukraine, 29 December 2023" in html
    assert "It answered the air assault</strong>" in html
