import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlparse

import pytest

from model import EventFilter, Reading
from store import choices, query
from tests import factories
from tests.pages.conftest import map_arguments, page, run, seen, table
from views.choosing import CHOICES, EVERYWHERE
from views.places import CHOSEN, LOOK, NAMES

HOSTILE = "{{7*7}} <img src=x onerror=alert(1)> `${1}` :red[x] $x$ **b**"


def doubtful(text: str = factories.TEXT, **given) -> Reading:
    """A report whose strike is on a Belgorod that the rules are not sure of."""
    report = factories.report(text)
    end = factories.resolution("Belgorod", text, score=0.4, **given)
    return factories.reading(report, [factories.placed(factories.event(report, target=end.toponym), end)])


def submit(at, label, pick=None, **fields):
    if pick is not None:
        next(box for box in at.selectbox if box.label == "The name means").set_value(pick)
    for key, value in fields.items():
        at.text_input(key=key).set_value(value)
    next(button for button in at.button if button.label == label).click()
    return run(at)


def names(at):
    return [(row["Name"], row["Events"], row["Why it is here"]) for row in table(at, NAMES)]


@pytest.mark.usefixtures("store_path")
def test_empty_store_says_what_to_do():
    assert "Nothing is stored yet." in seen(run(page("places")))


def test_nothing_to_look_at_is_said(save):
    save(factories.full_reading())
    at = run(page("places"))
    words = seen(at)
    assert "Every place is known well enough: nothing to look at." in words
    assert not at.get("component_instance")


def test_name_in_doubt_comes_with_sentence_candidates_and_map(save):
    save(doubtful())
    at = run(page("places"))
    assert names(at) == [("Belgorod", "1", "score 0.40")]
    assert table(at, NAMES)[0]["Sentence"].startswith("On Saturday rockets hit Belgorod")
    words = seen(at)
    assert "<strong>Belgorod</strong> and killed" in words
    assert "<strong>1 Belgorod</strong><br>Belgorodskiy Rayon, Belgorod Oblast, Russia" in words
    assert "score 0.90" in words
    arguments = map_arguments(at)
    assert not [url for url in arguments["js_links"] + arguments["css_links"] if "//" in url]
    assert "Belgorod" not in arguments["script"]


@pytest.mark.parametrize("everywhere", [False, True])
def test_choice_moves_the_event_at_once_and_for_later_reports(save, fresh_store, everywhere):
    first, second = save(doubtful()), save(doubtful(factories.TEXT + " Again."))
    at = run(page("places"))
    at.text_input(key="search").set_value("Kharkiv")
    run(at)
    if everywhere:
        at.radio(key="reach").set_value(EVERYWHERE)
    submit(at, "Choose this place", pick=2, place_by="Ana", place_why="named in the daily of its mayor")
    assert "Kept. It counts from now on." in seen(at)
    frame = query.events(fresh_store, EventFilter()).set_index("report_id")
    moved = [report_id for report_id in (first, second) if frame.loc[report_id, "place_name"] == "Kharkiv"]
    assert len(moved) == (2 if everywhere else 1)
    assert frame.loc[moved[0], "country"] == "UA"
    assert ("nothing to look at" in seen(at)) is everywhere
    (choice,) = choices.standing(fresh_store)
    assert (choice.by, choice.why) == ("Ana", "named in the daily of its mayor")
    panel = seen(run(page("events", event=f"{moved[0]}-0")))
    assert "chosen by Ana on" in panel
    assert "named in the daily of its mayor" in panel
    assert "the rules say" in panel


def test_chosen_names_stay_in_a_list_of_their_own(save):
    save(doubtful())
    at = submit(run(page("places")), "Choose this place", place_by="Ana", place_why="the only one near")
    assert "nothing to look at" in seen(at)
    at.segmented_control(key="places_shown").set_value(CHOSEN)
    run(at)
    assert [row["Name"] for row in table(at, NAMES)] == ["Belgorod"]
    assert "An analyst says" in seen(at)
    assert [(row["Who"], row["State"]) for row in table(at, CHOICES)] == [("Ana", "counts")]
    assert table(at, CHOICES)[0]["Means"].startswith("Belgorod, ")
    assert at.text_input(key="withdraw_by").value == "Ana"


@pytest.mark.parametrize(
    ("by", "why", "reason"),
    [
        ("", "named by its mayor", "Say who says so."),
        ("Ana", "", "Say why."),
        ("Ana", "I think", "at least 3"),
    ],
)
def test_without_who_or_why_nothing_is_kept(save, fresh_store, by, why, reason):
    save(doubtful())
    at = submit(run(page("places")), "Choose this place", place_by=by, place_why=why)
    assert "Nothing was kept." in seen(at)
    assert reason in seen(at)
    assert choices.history(fresh_store).empty


def test_choice_taken_back_leaves_the_rules_answer(save, fresh_store):
    save(doubtful())
    at = run(page("places"))
    at.text_input(key="search").set_value("Kharkiv")
    submit(run(at), "Choose this place", pick=2, place_by="Ana", place_why="the only one near")
    submit(at, "Take it back", withdraw_by="Ben", withdraw_why="the mayor said otherwise")
    assert list(query.events(fresh_store, EventFilter())["place_name"]) == ["Belgorod"]
    assert [(row["Who"], row["State"]) for row in table(at, CHOICES)] == [
        ("Ben", "takes back 1"),
        ("Ana", "taken back"),
    ]
    assert names(at) == [("Belgorod", "1", "score 0.40")]


def test_alias_is_used_by_the_next_report(save, fresh_store):
    save(factories.full_reading())
    at = run(page("places"))
    at.text_input(key="alias_name").set_value("Blue Depot")
    at.text_input(key="alias_search").set_value("Shebekino")
    submit(run(at), "Add the alias", alias_by="Ana", alias_why="what locals call it")
    (choice,) = choices.standing(fresh_store)
    assert (choice.name, choice.place.name, choice.report_id) == ("Blue Depot", "Shebekino", None)
    add = run(page("add"))
    add.text_area(key="draft_text").set_value("Rockets hit Blue Depot on Saturday, killing three people.")
    next(button for button in add.button if button.label == "Read").click()
    run(add)
    assert "chosen by Ana on" in seen(add)
    assert "what locals call it" in seen(add)


def test_name_without_candidates_can_be_searched_for(save, fresh_store):
    text = "Rockets hit Nowhereville on Saturday."
    report = factories.report(text)
    end = factories.unresolved("Nowhereville", text)
    save(factories.reading(report, [factories.placed(factories.event(report, target=end.toponym), end)]))
    at = run(page("places"))
    assert names(at) == [("Nowhereville", "1", "not placed")]
    assert "no place that bears this name" in seen(at)
    assert not [button for button in at.button if button.label == "Choose this place"]
    at.text_input(key="search").set_value("zzzzqqqq")
    assert "has no place of such a name" in seen(run(at))
    at.text_input(key="search").set_value("Шебекино")
    submit(run(at), "Choose this place", place_by="Ana", place_why="the only one near")
    assert list(query.events(fresh_store, EventFilter())["place_name"]) == ["Shebekino"]


def test_hostile_words_stay_words(save, fresh_store):
    text = f"Rockets hit {HOSTILE} on Saturday."
    report = factories.report(text, title=HOSTILE)
    end = factories.unresolved(HOSTILE, text)
    save(factories.reading(report, [factories.placed(factories.event(report, target=end.toponym), end)]))
    at = run(page("places"))
    assert table(at, NAMES)[0]["Name"] == HOSTILE
    at.text_input(key="search").set_value("Kharkiv")
    submit(run(at), "Choose this place", place_by=HOSTILE, place_why=HOSTILE)
    assert choices.standing(fresh_store)[0].by == HOSTILE
    for other in (at, run(page("events", event=f"{report.id}-0"))):
        html = "\n".join(element.proto.body for element in other.get("html"))
        marked = "\n".join(
            str(e.value) for kind in ("markdown", "info", "success", "warning") for e in getattr(other, kind)
        )
        assert "<img" not in html
        assert "onerror" not in marked
        assert "7*7" not in marked


def test_turning_to_another_name_starts_its_form_anew(save):
    save(doubtful())
    other = factories.report(factories.TEXT + " Again.")
    end = factories.unresolved("Kharkiv", other.text)
    save(factories.reading(other, [factories.placed(factories.event(other, target=end.toponym), end)]))
    at = run(page("places"))
    assert [name for name, _, _ in names(at)] == ["Kharkiv", "Belgorod"]
    at.text_input(key="search").set_value("Shebekino")
    submit(run(at), "Choose this place", place_by="Ana", place_why="the only one near")
    assert [name for name, _, _ in names(at)] == ["Belgorod"]
    assert [at.text_input(key=key).value for key in ("search", "place_by", "place_why")] == ["", "Ana", ""]
    assert next(box for box in at.selectbox if box.label == "The name means").value == 0


def test_many_names_come_in_pages(save):
    text = "Rockets hit " + ", ".join(f"Town{n}" for n in range(130)) + "."
    report = factories.report(text)
    ends = [factories.unresolved(f"Town{n}", text) for n in range(100, 130)]
    events = [factories.placed(factories.event(report, n, target=e.toponym), e) for n, e in enumerate(ends)]
    other = factories.report(text + " Again.")
    more = [factories.placed(factories.event(other, n, target=e.toponym), e) for n, e in enumerate(ends)]
    save(factories.reading(report, events))
    save(factories.reading(other, more))
    at = run(page("places"))
    assert len(names(at)) == 50
    assert f"{LOOK} (60)" in str(at.segmented_control(key="places_shown").options)


def loopback(monkeypatch, handle):
    """An own Nominatim on this machine, named in the environment; what it was asked."""
    asked = []

    class Service(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(parse_qs(urlparse(self.path).query)["q"][0])
            status, body = handle()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_):
            """Say nothing."""

    service = HTTPServer(("127.0.0.1", 0), Service)
    Thread(target=service.serve_forever, daemon=True).start()
    monkeypatch.setenv("STRIKELINE_GEOCODER", "nominatim")
    monkeypatch.setenv("STRIKELINE_GEOCODER_DOMAIN", f"127.0.0.1:{service.server_port}")
    monkeypatch.setenv("STRIKELINE_GEOCODER_SCHEME", "http")
    return service, asked


def ask_online(at, name="Dark Depot"):
    at.text_input(key="search").set_value(name)
    run(at).button(key="ask_online").click()
    return run(at)


def test_online_geocoder_is_not_there_unless_configured(save):
    save(doubtful())
    at = run(page("places"))
    assert not [button for button in at.button if button.key == "ask_online"]
    assert "OpenStreetMap" not in seen(at)


def test_online_answer_can_be_chosen_and_is_asked_for_once(save, fresh_store, monkeypatch):
    save(doubtful())
    found = [{"lat": "50.1", "lon": "36.4", "display_name": "Dark Depot, <b>Kharkiv</b>, Ukraine"}]
    service, asked = loopback(monkeypatch, lambda: (200, found))
    at = run(page("places"))
    assert asked == []
    assert "OpenStreetMap contributors" in seen(at)
    ask_online(at)
    ask_online(run(page("places")))
    assert asked == ["Dark Depot"]
    assert "Nominatim answers so" in seen(at)
    assert "<b>Kharkiv" not in seen(at)
    submit(at, "Choose this place", pick=1, place_by="Ana", place_why="known to its neighbours")
    frame = query.events(fresh_store, EventFilter())
    assert [(row.place_name, row.lat, row.country) for row in frame.itertuples()] == [("Dark Depot", 50.1, "UA")]
    service.shutdown()
    service.server_close()


def test_outage_is_told_and_the_candidates_stay(save, monkeypatch):
    save(doubtful())
    service, asked = loopback(monkeypatch, lambda: (503, []))
    at = ask_online(run(page("places")))
    assert asked == ["Dark Depot"]
    assert "Nominatim could not be asked" in seen(at)
    assert "<strong>1 Belgorod</strong>" in seen(at)
    run(at)
    assert asked == ["Dark Depot"]
    service.shutdown()
    service.server_close()


def test_wrong_configuration_is_told(save, monkeypatch):
    save(doubtful())
    monkeypatch.setenv("STRIKELINE_GEOCODER", "google")
    words = seen(run(page("places")))
    assert "not configured as it should be" in words
    assert "unknown geocoding service 'google'" in words
