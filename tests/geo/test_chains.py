"""A name and the units the text puts it in, in several countries and word orders."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.names import read_rows
from geo.resolve import resolve
from model import Precision, Span, Toponym

ROWS = read_rows(Path(__file__).with_name("chains.tsv"))


def answers(gazetteer, text):
    """Name -> resolution, of every name that is spotted."""
    toponyms = [Toponym(m.text, m.span) for m in gazetteer.spot(text)]
    return {r.toponym.text: r for r in resolve(text, toponyms, gazetteer)}


def answer(gazetteer, text, name):
    start = text.index(name)
    wanted = Toponym(name, Span(start, start + len(name)))
    spotted = [Toponym(m.text, m.span) for m in gazetteer.spot(text)]
    others = [t for t in spotted if t.span.end <= wanted.span.start or t.span.start >= wanted.span.end]
    return resolve(text, [wanted, *others], gazetteer)[0]


@pytest.mark.parametrize(("text", "name", "admin1"), ROWS, ids=[f"{row[1]} {row[2]}" for row in ROWS])
def test_a_name_lies_in_every_unit_of_its_chain(gazetteer, text, name, admin1):
    place = answer(gazetteer, text, name).place
    assert place is not None
    assert place.admin1 == admin1


def test_the_table_is_long_and_of_many_countries():
    assert len(ROWS) >= 25
    assert len({admin1[:2] for _, _, admin1 in ROWS}) >= 10


@pytest.mark.parametrize(
    ("text", "name", "admin1"),
    [
        (
            "Drones struck a village in the Ostrogozhsk district of the Voronezh region.",
            "Ostrogozhsk district",
            "RU.86",
        ),
        ("A drone fell in the Ostrogozhsk district.", "Ostrogozhsk district", "RU.86"),
        ("Удар по Острогожскому району Воронежской области.", "Острогожскому району", "RU.86"),
    ],
)
def test_a_district_known_by_its_seat_only_is_no_point(gazetteer, text, name, admin1):
    found = answer(gazetteer, text, name)
    assert found.precision in (Precision.DISTRICT, Precision.PROVINCE)
    assert found.place is not None
    assert found.place.admin1 == admin1


def test_a_unit_the_text_states_beats_a_place_long_fought_over(gazetteer):
    text = (
        "Ukrainian drones hit Petropavlovka in the Voronezh region, not far from the front near Kupiansk and Vovchansk."
    )
    place = answer(gazetteer, text, "Petropavlovka").place
    assert place is not None
    assert place.admin1 == "RU.86"
