"""Who did it, who says so, and what answers what, over short reports from many wars (``who.tsv``)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bench.marks import claim_status
from extract.document import make_report
from geo.gazetteer import Gazetteer, open_gazetteer
from model import Event, Reading
from pipeline import read

TABLE = Path(__file__).with_name("who.tsv")


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    opened = open_gazetteer()
    yield opened
    opened.close()


def rows() -> list[tuple[str, str, str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if not line.startswith("#")]  # type: ignore[misc]


@pytest.mark.parametrize(("published", "expected", "text"), rows())
def test_who(published: str, expected: str, text: str, gazetteer: Gazetteer) -> None:
    assert faults(published, expected, text, gazetteer) == []


def faults(published: str, expected: str, text: str, gazetteer: Gazetteer) -> list[str]:
    """What a report's reading has wrong, in words."""
    report = make_report(text.replace(" ¶ ", "\n\n"), published=date.fromisoformat(published), language="en")
    found = read(report, gazetteer)
    wanted = expected.split("; ")
    wrong = [fault for item in wanted for fault in _faults_of(item, found)]
    links = {item for item in wanted if ">" in item}
    given = {_link_name(found, link.event_id, link.answers_id, links) for link in found.links}
    return wrong + [f"link {name} not asked" for name in sorted(given - links)]


def _faults_of(item: str, found: Reading) -> list[str]:
    if ">" in item:
        answer, answered = item.split(">")
        pairs = [(_event(found, link.event_id), _event(found, link.answers_id)) for link in found.links]
        return [] if any(_is_at(one, answer) and _is_at(two, answered) for one, two in pairs) else [f"no link {item}"]
    if "=" in item:
        place, who = item.split("=")
        events = [placed.event for placed in found.events if _is_at(placed.event, place)]
        return _faults_of_actor(place, who, events[0]) if events else [f"no event at {place}"]
    place, said = item.split(":")
    stance, speaker = said.split(" ", 1)
    told = [claim for one in found.events if _is_at(one.event, place) for claim in one.event.claims]
    heard = any(claim.stance == stance and speaker in _called(claim.speaker.name) for claim in told)
    return [] if heard else [f"{speaker} {stance}: not heard among {[(c.speaker.name, c.stance) for c in told]}"]


def _called(name: str) -> str:
    return {"Ukraine": "Ukraine Kyiv", "Rapid Support Forces": "Rapid Support Forces RSF"}.get(name, name)


def _faults_of_actor(place: str, who: str, event: Event) -> list[str]:
    country, name, status = who.split(",")
    given = (event.actor.country or "-", event.actor.name) if event.actor else ("-", "-")
    wrong = []
    if given[0] not in country.split("|"):
        wrong.append(f"{place}: actor's country {given[0]}, not {country}")
    if name != "-" and given[1] != name:
        wrong.append(f"{place}: actor {given[1]}, not {name}")
    if status != "-" and claim_status(event) != status:
        wrong.append(f"{place}: {claim_status(event)}, not {status}")
    return wrong


def _event(found: Reading, event_id: str) -> Event:
    return next(placed.event for placed in found.events if placed.event.id == event_id)


def _is_at(event: Event, place: str) -> bool:
    if place == "*":
        return event.main
    return event.target is not None and place in event.target.text


def _link_name(found: Reading, answer: str, answered: str, asked: set[str]) -> str:
    one, two = _event(found, answer), _event(found, answered)
    for item in asked:
        left, right = item.split(">")
        if _is_at(one, left) and _is_at(two, right):
            return item
    return f"{one.target.text if one.target else '?'}>{two.target.text if two.target else '?'}"
