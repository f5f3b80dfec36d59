"""An unknown village lies in the unit in which its sentence puts it."""

from __future__ import annotations

import pytest

from geo.named_unit import place_in_units
from model import Level, Place, Precision, Resolution, Span, Toponym

SHAN = Place(1, "Shan State", 21.5, 98.0, Level.PROVINCE, "MM")


def read(text: str, *, wanted: bool = True) -> Resolution:
    """What "Hsimaw" becomes in a text in which "Shan State" is known."""
    lost_at, unit_at = text.index("Hsimaw"), text.index("Shan State")
    lost = Toponym("Hsimaw", Span(lost_at, lost_at + 6))
    unit = Toponym("Shan State", Span(unit_at, unit_at + 10))
    given = [
        Resolution(lost, None, Precision.UNRESOLVED, 0.0, ("the gazetteer knows no such name",), ()),
        Resolution(unit, SHAN, Precision.PROVINCE, 0.9, ("exact name",), ()),
    ]
    return place_in_units(text, given, {lost.span} if wanted else set())[0]


@pytest.mark.parametrize(
    "text",
    [
        "A mine killed a man near Hsimaw, in northern Shan State, on Friday.",
        "A mine killed a man near Hsimaw in Shan State.",
        "Jets bombed Hsimaw, a village in the south of Shan State.",
    ],
)
def test_its_sentence_says_in_what_it_lies(text: str) -> None:
    found = read(text)
    assert (found.place, found.precision) == (SHAN, Precision.PROVINCE)
    assert found.score <= 0.5
    assert "Shan State" in found.reasons[0]


@pytest.mark.parametrize(
    "text",
    [
        "A mine killed a man near Hsimaw. The rebels hold much of Shan State.",
        "Rebels marched from Hsimaw to Shan State.",
        "Jets from Shan State bombed Hsimaw.",
    ],
)
def test_no_sentence_says_so(text: str) -> None:
    assert read(text).place is None


def test_a_name_at_which_nothing_happened_is_left() -> None:
    assert read("Jets bombed Hsimaw in Shan State.", wanted=False).place is None
