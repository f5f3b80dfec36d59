from dataclasses import replace
from datetime import date, timedelta

import pytest
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

from geo import backdrop
from model import DayBasis, DayPrecision, EventKind, Precision, When
from tests.pages.conftest import EVENTS, TRAY, address, figures, map_arguments, page, run, seen, table, timeline_data
from tests.views import told

DEC_29, DEC_30 = date(2023, 12, 29), date(2023, 12, 30)


@pytest.mark.usefixtures("store_path")
def test_empty_store_says_what_to_do():
    words = seen(run(page("map")))
    assert "Nothing is stored yet." in words
    assert "python cli.py sample" in words


@pytest.mark.usefixtures("stored")
def test_figures_are_ranges_and_silence_is_told_apart():
    at = run(page("map"))
    assert figures(at) == {"Events": "4", "Killed": "≥ 44", "Injured": "≈ 220", "Not on the map": "1"}
    assert "in 2 events, 2 silent" in seen(at)
    assert "as told by" in seen(at)


@pytest.mark.usefixtures("stored")
def test_slider_moves_figures_table_and_map_together():
    at = run(page("map"))
    before = map_arguments(at)
    at.slider(key="dates").set_value((DEC_29, DEC_29))
    run(at)
    assert figures(at)["Events"] == "1"
    assert [row["Day"] for row in table(at, EVENTS)] == ["2023-12-29"]
    assert timeline_data(at)["command"]["range"] == timeline_data(at)["range"] == [0, 0]
    assert "29 December 2023" in seen(at)
    after = map_arguments(at)
    assert (before["script"], before["js_links"]) == (after["script"], after["js_links"])
    assert not after.get("feature_group")


@pytest.mark.usefixtures("stored")
def test_filters_reach_the_map_as_a_mask_and_not_as_another_map():
    at = run(page("map"))
    assert timeline_data(at)["command"]["mask"] is None
    script = map_arguments(at)["script"]
    at.multiselect(key="kind").set_value([EventKind.AIR_STRIKE])
    run(at)
    assert figures(at)["Events"] == "1"
    assert timeline_data(at)["command"]["mask"] is not None
    assert timeline_data(at)["command"]["notes"]["filter"] == "Air strike"
    assert map_arguments(at)["script"] == script


@pytest.mark.usefixtures("stored")
def test_nothing_is_loaded_from_elsewhere():
    arguments = map_arguments(run(page("map")))
    assert not [url for url in arguments["js_links"] + arguments["css_links"] if "//" in url]


@pytest.mark.usefixtures("stored")
def test_tiles_that_cannot_be_shown_are_told_and_the_map_is_there(monkeypatch, tmp_path):
    damaged = tmp_path / "region.pmtiles"
    damaged.write_bytes(b"no archive at all" * 20)
    monkeypatch.setenv(backdrop.VARIABLE, str(damaged))
    at = run(page("map"))
    assert "The map tiles that are set are not shown" in seen(at)
    assert f"{damaged}: it is not a PMTiles archive" in seen(at)
    assert "EventLayer" in map_arguments(at)["script"]
    monkeypatch.setenv(backdrop.VARIABLE, "http://tiles.example/{z}/{x}/{y}.png")
    assert "STRIKELINE_TILES must begin with https://" in seen(run(page("map")))


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("asked", "events"),
    [
        ({"dates": ["2023-12-30", "2023-12-30"]}, "2"),
        ({"kind": ["Rocket strike"]}, "2"),
        ({"actor": ["Ukraine"]}, "2"),
        ({"country": ["Russia"]}, "2"),
        ({"claim": ["claimed"]}, "2"),
        ({"precision": "country or better"}, "4"),
        ({"killed": "22"}, "2"),
        ({"injured": "1"}, "2"),
        ({"q": "belgorod strike"}, "3"),
    ],
)
def test_address_restores_the_filter(asked, events):
    at = run(page("map", **asked))
    assert figures(at)["Events"] == events
    assert "Ignored in the address" not in seen(at)


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("dates", ["2024-13-45", "x"]),
        ("dates", ["1066-01-01", "9999-01-01"]),
        ("kind", ["<script>alert(1)</script>"]),
        ("actor", ["{{7*191}}"] * 300),
        ("precision", "../../etc/passwd"),
        ("killed", "-5"),
        ("killed", "1e99"),
        ("event", "<img src=x>"),
        ("event", "0" * 5_000),
        ("map", "9/50.3/36.6/../x"),
        ("map", "9/nan/inf"),
    ],
)
def test_hostile_addresses_are_ignored_and_named(key, value):
    at = run(page("map", **{key: value}))
    assert figures(at)["Events"] == "4"
    assert f"Ignored in the address, because not valid here: {key}." in seen(at)
    assert "<script>" not in seen(at)
    assert address(at) == {}
    run(at)
    assert f"Ignored in the address, because not valid here: {key}." in seen(at)
    at.number_input(key="injured").set_value(1)
    run(at)
    assert "Ignored in the address" not in seen(at)  # the reader has gone on


@pytest.mark.usefixtures("stored")
def test_of_a_list_in_the_address_the_valid_part_stays():
    at = run(page("map", kind=["Rocket strike", "<b>"], dates=["2023-12-30", "2099-01-01"]))
    assert figures(at)["Events"] == "2"
    assert "Ignored in the address, because not valid here: kind, dates." in seen(at)
    assert address(at) == {"kind": ["Rocket strike"], "dates": ["2023-12-30", "2023-12-30"]}


@pytest.mark.usefixtures("stored")
def test_filter_is_written_into_the_address_as_it_is_read():
    at = run(page("map"))
    assert address(at) == {}
    at.slider(key="dates").set_value((DEC_29, DEC_29))
    at.multiselect(key="kind").set_value([EventKind.AIR_STRIKE])
    at.number_input(key="killed").set_value(3)
    at.text_input(key="q").set_value("belgorod & co")
    at.selectbox(key="precision").set_value(Precision.PROVINCE)
    run(at)
    said = address(at)
    assert said == {
        "kind": ["Air strike"],
        "precision": ["province or better"],
        "killed": ["3"],
        "q": ["belgorod & co"],
        "dates": ["2023-12-29", "2023-12-29"],
    }
    again = run(page("map", **said))
    assert address(again) == said
    assert again.slider(key="dates").value == (DEC_29, DEC_29)
    assert again.multiselect(key="kind").value == [EventKind.AIR_STRIKE]


@pytest.mark.usefixtures("stored")
def test_going_back_the_address_wins_and_else_the_page(monkeypatch, stored):
    at = run(page("map", killed="22", event=stored))
    at.query_params.clear()
    run(at)  # a run of the page itself, whatever the browser still had in its address
    assert (figures(at)["Events"], address(at)) == ("2", {"killed": ["22"], "event": [stored]})
    monkeypatch.setattr("views.address.went_back", lambda: True)
    run(at)
    assert (figures(at)["Events"], address(at)) == ("4", {})
    assert at.number_input(key="killed").value == 0
    at.query_params.update(killed="22", dates=["2023-12-30", "2023-12-30"], event="x")
    run(at)
    assert (figures(at)["Events"], address(at)) == ("2", {"killed": ["22"], "dates": ["2023-12-30", "2023-12-30"]})
    assert "Ignored in the address, because not valid here: event." in seen(at)


def test_steps_back_are_told_by_the_version_of_streamlit_that_is_pinned():
    assert ScriptRunContext.__dataclass_fields__["is_history_navigation"].default is False


@pytest.mark.usefixtures("stored")
def test_days_of_the_address_in_the_wrong_order_are_not_an_empty_map():
    assert figures(run(page("map", dates=["2023-12-30", "2023-12-29"])))["Events"] == "4"


@pytest.mark.usefixtures("stored")
def test_address_gives_the_start_view():
    arguments = map_arguments(run(page("map", map="9/50.300/36.600")))
    assert '"zoom": 9' in arguments["script"]
    assert "[50.3, 36.6]" in arguments["script"]


def test_address_chooses_an_event_and_shows_its_evidence(stored):
    at = run(page("map", event=stored))
    words = seen(at)
    assert "“Saturday”, before publication on 1 January 2024" in words
    assert "Claimed by Russian Defence Ministry: it was Ukraine" in words
    assert "No official comment from Ukraine" in words
    assert "At least 22 people were killed</mark>" in words
    assert timeline_data(at)["command"]["focus"] is not None
    assert address(at) == {"event": [stored]}


@pytest.mark.usefixtures("stored")
def test_unknown_event_is_said_and_can_be_let_go():
    at = run(page("map", event=f"{'0' * 16}-0"))
    assert "not in this store" in seen(at)
    at.button(key="let_go").click()
    run(at)
    assert address(at) == {}


def test_chosen_event_stays_when_the_filter_hides_it(stored):
    at = run(page("map", event=stored))
    at.multiselect(key="kind").set_value([EventKind.AIR_STRIKE])
    run(at)
    assert "The present filter hides this event." in seen(at)


@pytest.mark.usefixtures("stored")
def test_no_result_names_what_stands_in_the_way_and_clears_it():
    at = run(page("map", q="nowhere at all", killed="3"))
    words = seen(at)
    assert "No event passes this filter." in words
    assert "Without “with ‘nowhere at all’”: 2 events" in words
    at.button(key="reset_empty").click()
    run(at)
    assert figures(at)["Events"] == "4"
    assert at.text_input(key="q").value == ""


@pytest.mark.usefixtures("stored")
def test_quick_ranges_end_with_the_data(save):
    after, last = told.reading("A strike long after."), date(2024, 4, 20)
    dated = replace(after.events[0].event, when=When(last, last, last, DayPrecision.DAY, DayBasis.STATED))
    save(replace(after, events=(replace(after.events[0], event=dated),)))
    at = run(page("map"))
    latest = at.segmented_control(key="latest")
    assert (latest.options, latest.value) == (["7 days", "30 days", "90 days", "All"], "All")
    latest.set_value("7 days")
    run(at)
    assert at.slider(key="dates").value == (last - timedelta(days=6), last)
    end = (last - DEC_29).days
    assert timeline_data(at)["range"] == [end - 6, end]
    at.slider(key="dates").set_value((DEC_30, last))
    run(at)
    assert at.segmented_control(key="latest").value is None
    at.segmented_control(key="latest").set_value("All")
    run(at)
    assert address(at) == {}


@pytest.mark.usefixtures("stored")
def test_reset_brings_back_all_events():
    at = run(page("map", dates=["2023-12-30", "2023-12-30"], kind=["Rocket strike"]))
    at.button(key="reset").click()
    run(at)
    assert figures(at)["Events"] == "4"
    assert at.slider(key="dates").value == (DEC_29, DEC_30)


@pytest.mark.usefixtures("stored")
def test_tray_lists_what_is_not_drawn_as_a_dot():
    at = run(page("map"))
    at.segmented_control(key="side").set_value("Not as a dot")
    run(at)
    assert [row["Why"] for row in table(at, TRAY)] == [
        "no day can be told",
        "only the country is known (an area)",
    ]
    assert "1 event not on the map at all, 1 drawn as an area" in seen(at)


def test_hostile_report_is_shown_as_it_is(save):
    text = "<img src=x> ![x](y.png) {{7*191}} {% x $a$ `b` killed one person"
    report = save(told.reading(text, note="**bold** <b>x</b>"))
    at = run(page("map", event=f"{report}-0"))
    html = "".join(element.proto.body for element in at.get("html"))
    assert "<img" not in html
    assert "&#123;&#123;7*191&#125;&#125;" in html
    assert "1337" not in seen(at)
    shown_as_markdown = [m.value for m in (*at.markdown, *at.caption, *at.header, *at.subheader)]
    assert not [words for words in shown_as_markdown if "bold" in words or "![x]" in words]


def test_signs_that_turn_text_are_shown_in_facts(save):
    named = told.reading()
    turned = replace(
        named.report, title="Strike \u202eA", outlet="o\u202eB", url="http://x.invalid/\u2066C", note="\u202eD"
    )
    at = run(page("map", event=f"{save(replace(named, report=turned))}-0"))
    assert all(f"\ufffd{letter}" in seen(at) for letter in "ABCD")
    assert not set("\u202e\u2066") & set(seen(at))


def test_one_day_of_data_is_enough_for_the_slider(save):
    save(told.reading("One strike, and nothing to date it by but itself."))
    assert figures(run(page("map")))["Events"] == "1"


def test_store_that_cannot_be_opened_is_a_sentence(store_path):
    store_path.write_text("this is no database, whatever its name says" * 50)
    at = page("map").run()
    assert not at.exception
    assert [error.value for error in at.error] == ["This page cannot be shown."]
    assert "not a database" in seen(at)
