"""The gold set is sound, the marks are honest, and no field falls below its floor."""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date

import pytest

from bench.gold_set import ARTICLES, GOLD, KEPT, read_gold
from bench.marks import Mark, Score, Verdict, claim_status, mark_reading, place_key, score
from bench.quality import FIELDS, FLOOR, KEPT_ASIDE, SETS, change_since, measure_sets, page, revision
from geo.gazetteer import open_gazetteer
from model import Casualties, CountRange, EventKind, Party, ResponseLink, Span, Stance, Telling
from tests.factories import claim, event, place, placed, reading, report, resolution, toponym, when

HELD = json.loads(FLOOR.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def rows():
    return read_gold()


@pytest.fixture(scope="module")
def gazetteer():
    found = open_gazetteer()
    yield found
    found.close()


@pytest.fixture(scope="module")
def sets():
    return measure_sets()


# --- the gold set


def test_there_are_enough_reports_from_enough_conflicts(rows):
    conflicts = Counter(row.conflict for row in rows)
    assert len(rows) >= 120
    assert len(conflicts) >= 5
    assert min(conflicts.values()) >= 5


def test_no_report_stands_twice():
    rows = [row for path in SETS.values() for row in read_gold(path)]
    assert len({row.id for row in rows}) == len(rows)
    assert len({row.text for row in rows}) == len(rows)


@pytest.mark.parametrize("path", [ARTICLES, KEPT])
def test_most_articles_are_whole_ones_from_many_conflicts(path):
    rows = read_gold(path)
    assert len(rows) >= 30
    assert len({row.conflict for row in rows}) >= 8
    assert sum(len(row.text.split()) >= 150 for row in rows) >= 24
    assert sum(not row.events for row in rows) >= 3


def test_reports_are_short_and_have_at_most_one_main_event(rows):
    for row in rows:
        assert 40 <= len(row.text.split()) <= 110, row.id
        assert sum(coded.main for coded in row.events) == (1 if row.events else 0), row.id


@pytest.mark.parametrize("path", SETS.values())
def test_days_are_in_order_and_not_after_publication(path):
    for row in read_gold(path):
        for coded in row.events:
            if coded.days is not None:
                first, last = coded.days
                assert first <= last <= row.published, row.id


@pytest.mark.parametrize("path", SETS.values())
def test_places_are_written_in_their_report(path):
    for row in read_gold(path):
        for coded in row.events:
            assert coded.place in row.text, f"{row.id}: {coded.place}"


def test_hard_cases_are_there(rows):
    coded = [one for row in rows for one in row.events]
    counts = [count for one in coded for count in (one.killed, one.injured) if count]
    assert sum(not row.events for row in rows) >= 8  # protests, accidents, meetings
    assert sum(count.high is None for count in counts) >= 15  # "at least"
    assert sum(count.low is None for count in counts) >= 3  # "up to", "nearly"
    assert sum(count.best is None and None not in (count.low, count.high) for count in counts) >= 5  # two figures
    assert sum(count.high == 0 for count in counts) >= 5  # "no casualties"
    assert sum(one.killed is None and one.injured is None for one in coded) >= 10  # silence
    assert {one.claim_status for one in coded} >= {"contested", "confirmed", "claimed"}
    assert sum(len(row.links) for row in rows) >= 8
    assert sum(len(row.events) > 1 for row in rows) >= 20


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"killed": [5, 4, 3]}, "not a range in order"),
        ({"kind": "earthquake"}, "not a valid EventKind"),
        ({"first_day": "2024-13-01"}, "month must be in"),
    ],
)
def test_a_bad_line_is_named(tmp_path, change, complaint):
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    bad = json.loads(lines[1])
    bad["expected"]["events"][0] |= change
    path = tmp_path / "gold.jsonl"
    path.write_text(lines[0] + "\n" + json.dumps(bad) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=f"gold.jsonl, line 2: .*{complaint}"):
        read_gold(path)


# --- the marks


def coded_row(rows, number="ua-02"):
    return next(row for row in rows if row.id == number)


def told(row, **given):
    """A reading of ua-02 with one event, right but for what is given."""
    words = report(row.text)
    right = {
        "kind": EventKind.MISSILE_STRIKE,
        "when": when(date(2024, 6, 22)),
        "target": toponym("Sumy", row.text),
        "casualties": Casualties(CountRange(9, 9, 9), CountRange(26, 26, 26)),
        "main": True,
    }
    where = resolution("Sumy", row.text, place=given.pop("where", None) or resolution("Sumy", row.text).place)
    return reading(words, [placed(event(words, **(right | given)), where)])


def near_sumy():
    return place("Sumy", lat=50.91, lon=34.80, country="UA")


def verdicts(row, found, gazetteer):
    return {mark.field: mark.verdict for mark in mark_reading(row, found, gazetteer)}


def test_a_right_reading_has_no_bad_mark(rows, gazetteer):
    row = coded_row(rows)
    assert set(verdicts(row, told(row, where=near_sumy()), gazetteer).values()) == {Verdict.RIGHT}


@pytest.mark.parametrize(
    ("given", "field", "verdict"),
    [
        ({"kind": EventKind.SHELLING}, "kind", Verdict.WRONG),
        ({"when": None}, "day", Verdict.MISSED),
        ({"when": when(date(2024, 6, 24))}, "event", Verdict.EXTRA),
        ({"casualties": Casualties(CountRange(9, 9, None), CountRange(26, 26, 26))}, "killed", Verdict.WRONG),
        ({"casualties": Casualties(CountRange(9, 9, None), None)}, "killed, one figure", Verdict.RIGHT),
        ({"casualties": Casualties(CountRange(9, 9, 9), None)}, "injured", Verdict.MISSED),
        ({"actor": Party("Russia", "RU")}, "actor country", Verdict.EXTRA),
        ({"telling": Telling.BACKGROUND}, "telling", Verdict.WRONG),
        ({"main": False}, "main", Verdict.WRONG),
    ],
)
def test_one_fault_is_marked_in_its_field(rows, gazetteer, given, field, verdict):
    row = coded_row(rows)
    assert verdicts(row, told(row, where=near_sumy(), **given), gazetteer)[field] is verdict


def test_the_right_name_on_the_wrong_point_is_wrong(rows, gazetteer):
    row = coded_row(rows)
    assert verdicts(row, told(row), gazetteer)["place"] is Verdict.WRONG


def test_nothing_found_is_missed_and_an_attack_in_a_derailment_is_wrong(rows, gazetteer):
    row, quiet = coded_row(rows), coded_row(rows, "ua-17")
    assert verdicts(row, reading(report(row.text), []), gazetteer) == {"event": Verdict.MISSED}
    assert verdicts(quiet, reading(report(quiet.text), []), gazetteer) == {"non-attack": Verdict.RIGHT}
    alarm = reading(report(quiet.text), [placed(event(report(quiet.text)))])
    assert verdicts(quiet, alarm, gazetteer) == {"non-attack": Verdict.WRONG}


def test_a_link_turned_round_is_not_right(rows, gazetteer):
    row = coded_row(rows, "ua-27")
    words = report(row.text)
    ends = [
        event(
            words,
            number,
            kind=sorted(coded.kinds)[0],
            when=when(coded.days[0]),
            target=toponym(coded.place, row.text),
            main=coded.main,
        )
        for number, coded in enumerate(row.events)
    ]
    for first, second, wanted in ((0, 1, {Verdict.RIGHT}), (1, 0, {Verdict.MISSED, Verdict.EXTRA})):
        link = ResponseLink(ends[first].id, ends[second].id, Span(0, 6))
        found = reading(words, [placed(end) for end in ends], links=(link,))
        marks = [mark for mark in mark_reading(row, found, gazetteer) if mark.field == "link"]
        assert {mark.verdict for mark in marks} == wanted


def test_place_keys():
    assert place_key("Belgorod region") == place_key("the city of Belgorod")
    assert place_key("Pont-Sondé") == "pont sonde"
    assert place_key("Gulf of Aden") != place_key("Aden")


def test_claim_status():
    russia, ukraine = Party("Russia", "RU"), Party("Ukraine", "UA")
    said = claim(ukraine, Stance.CLAIMS, russia)
    assert claim_status(event()) is None
    assert claim_status(event(actor=russia)) == "stated"
    assert claim_status(event(actor=russia, claims=(said,))) == "claimed"
    assert claim_status(event(actor=russia, claims=(said, claim(russia, Stance.CONFIRMS, russia)))) == "confirmed"
    assert claim_status(event(actor=russia, claims=(said, claim(russia, Stance.DENIES, russia)))) == "contested"
    assert claim_status(event(actor=russia, claims=(said, claim(russia, Stance.SILENT)))) == "claimed"


def test_scores(rows):
    row = rows[0]
    given = (Verdict.RIGHT, Verdict.RIGHT, Verdict.RIGHT, Verdict.WRONG, Verdict.MISSED, Verdict.EXTRA, Verdict.EXTRA)
    precision, recall = score([Mark("kind", row, verdict) for verdict in given], "kind")
    assert (precision, recall) == (Score(3, 6), Score(3, 5))
    low, high = Score(81, 100).interval
    assert (round(low, 3), round(high, 3)) == (0.722, 0.875)  # Wilson without continuity correction
    assert Score(0, 0).interval == (0.0, 1.0)


# --- the floor


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("field", FIELDS)
def test_no_field_falls_below_its_floor(sets, name, field, capsys):
    marks, held = sets[name].marks, HELD[name]
    changes = change_since(held, marks, field)
    if changes:
        with capsys.disabled():
            sys.stdout.write("\n" + "\n".join(f"{name}: {line}" for line in changes) + "\n")
    for side, found in zip(("precision", "recall"), score(marks, field), strict=True):
        floor = held[field][side]
        assert found.share >= floor, f"{name}, {field}: {side} {found.share:.3f} is under its floor {floor}"


@pytest.mark.parametrize("name", SETS)
def test_every_field_has_a_floor_near_what_was_measured(name):
    assert set(HELD[name]) == set(FIELDS)
    for field, held in HELD[name].items():
        for side in ("precision", "recall"):
            slack = max(0.02, 2 / held[f"{side} values"]) + 0.001
            assert held[f"{side} measured"] - slack <= held[side] <= held[f"{side} measured"], f"{field}: {side}"


def test_the_page_is_the_same_every_time_and_lists_each_failure(sets):
    text = page(sets, revision())
    assert text == page(sets, revision())
    for name in ("reports", "articles"):
        failures = [mark for mark in sets[name].marks if mark.verdict is not Verdict.RIGHT]
        assert text.split(f"## Failures: {name}")[1].split("\n## ")[0].count("\n| ") == len(failures) + 1
    for field in FIELDS:
        assert f"| {field} |" in text


def test_the_page_counts_the_failures_kept_aside_and_tells_none(sets):
    told = page(sets, revision()).split(f"## Failures: {KEPT_ASIDE}")[1]
    failures = [mark for mark in sets[KEPT_ASIDE].marks if mark.verdict is not Verdict.RIGHT]
    counts = [
        int(cell)
        for line in told.splitlines()
        if line.startswith("| ")
        for cell in line.split("|")[2:5]
        if cell.strip().isdigit()
    ]
    assert sum(counts) == len(failures)
    assert not any(row.id in told for row in sets[KEPT_ASIDE].rows)
