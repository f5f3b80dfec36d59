"""Where extraction meets the gazetteer: each event gets the place of its own words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import pipeline
from model import Event, Extraction, NameMatch, PlaceChoice, Precision, Report, Resolution, SpotNames, Toponym
from pipeline import is_read, language_of, read
from tests import factories

TEXT = "Missiles from Belgorod hit Kharkiv. Nothing reached Narnia."
TOLD = factories.report(TEXT)
BELGOROD, KHARKIV, NARNIA = (factories.toponym(name, TEXT) for name in ("Belgorod", "Kharkiv", "Narnia"))


class KnownNames:
    """Stands in for the gazetteer."""

    def spot(self, _: str) -> Sequence[NameMatch]:
        return ()


def place_all(text: str, toponyms: Sequence[Toponym], _: object) -> tuple[Resolution, ...]:
    """Resolves like the gazetteer would, and refuses to see a name twice or out of order."""
    assert text == TEXT
    starts = [toponym.span.start for toponym in toponyms]
    assert starts == sorted(set(starts))
    return tuple(
        factories.unresolved(t.text, TEXT) if t == NARNIA else factories.resolution(t.text, TEXT) for t in toponyms
    )


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What extraction finds; a test fills it in."""
    given: dict[str, object] = {}
    monkeypatch.setattr(pipeline, "extract_events", lambda report, _: Extraction(report.id, **given))
    monkeypatch.setattr(pipeline, "resolve", place_all)
    return given


def event(**fields: object) -> Event:
    return factories.event(TOLD, **fields)


def test_nothing_beyond_the_part_that_is_read_is_placed(monkeypatch: pytest.MonkeyPatch) -> None:
    long = factories.report("Missiles hit Kharkiv. " + "and on it went " * 20_000)
    sizes = []
    monkeypatch.setattr(pipeline, "resolve", lambda text, *_: sizes.append(len(text)) or ())
    monkeypatch.setattr(pipeline, "place_in_units", lambda text, *_: sizes.append(len(text)) or ())
    monkeypatch.setattr(pipeline, "extract_events", lambda report, _: Extraction(report.id))
    read(long, KnownNames())
    assert sizes == [pipeline.MAX_CHARACTERS] * 2


def test_target_and_origin_get_their_own_place(found: dict[str, object]) -> None:
    found |= {"events": (event(target=KHARKIV, origin=BELGOROD),), "toponyms": (BELGOROD, KHARKIV, NARNIA)}
    reading = read(TOLD, KnownNames())
    placed = reading.events[0]
    assert placed.target
    assert placed.origin
    assert (placed.target.toponym, placed.origin.toponym) == (KHARKIV, BELGOROD)
    assert placed.target.place
    assert placed.target.place.country == "UA"
    assert [mention.toponym.text for mention in reading.mentions] == ["Belgorod", "Kharkiv", "Narnia"]
    assert (reading.report, reading.version) == (TOLD, pipeline.VERSION)


def test_toponym_of_an_event_that_is_not_in_the_list_is_placed_too(found: dict[str, object]) -> None:
    found |= {"events": (event(target=KHARKIV),), "toponyms": (NARNIA, BELGOROD, BELGOROD)}
    reading = read(TOLD, KnownNames())
    assert reading.events[0].target is not None
    assert [mention.toponym.text for mention in reading.mentions] == ["Belgorod", "Kharkiv", "Narnia"]


def test_event_without_words_for_a_place_stays_without_one(found: dict[str, object]) -> None:
    found |= {"events": (event(),)}
    placed = read(TOLD, KnownNames()).events[0]
    assert (placed.target, placed.origin, placed.on_map) == (None, None, False)


def test_unknown_name_is_kept_unresolved(found: dict[str, object]) -> None:
    found |= {"events": (event(target=NARNIA),)}
    placed = read(TOLD, KnownNames()).events[0]
    assert placed.target
    assert placed.target.place is None
    assert not placed.on_map


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Rockets hit Belgorod.", "en"),
        ("Ракеты попали в Белгород.", "ru"),
        ("Ракети влучили у Бєлгород, є поранені.", "uk"),
        ("Rockets hit Белгород, the city.", "en"),
        ("", "en"),
        ("12 34", "en"),
    ],
)
def test_language_is_told_from_the_letters(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (factories.report("Rockets hit Belgorod."), True),
        (factories.report("Ракеты попали в Белгород.", language="ru"), False),
        (factories.report("Ракеты попали в Белгород."), False),  # said to be English, and is not
        (factories.report("Des roquettes ont frappé.", language="fr"), False),
    ],
)
def test_report_without_rules_for_its_language_is_kept_unread(told: Report, expected: bool) -> None:
    assert is_read(told) == expected
    if not expected:
        reading = read(told, KnownNames())
        assert (reading.events, reading.version, reading.report) == ((), "", told)


@pytest.mark.usefixtures("found")
def test_choices_come_before_the_rules_and_aliases_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Sequence[NameMatch]] = []

    def extract(report: Report, spot: SpotNames) -> Extraction:
        asked.append(spot(report.text))
        return Extraction(report.id, events=(event(target=NARNIA),), toponyms=(KHARKIV, NARNIA))

    monkeypatch.setattr(pipeline, "extract_events", extract)
    meant = factories.place("Kharkiv")
    choice = PlaceChoice("narnia", meant, Precision.SITE, "Ana", factories.MOMENT, "a joke of ours")
    alias = PlaceChoice("Narnia", meant, Precision.SITE, "Ana", factories.MOMENT, "a joke of ours", id=1)
    target = read(TOLD, KnownNames(), [choice, alias]).events[0].target
    assert [match.text for match in asked[0]] == ["Narnia"]
    assert target
    assert (target.place, target.choice) == (meant, alias)
    assert target.machine == factories.unresolved("Narnia", TEXT)
