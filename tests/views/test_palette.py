"""The signs can be told apart without seeing colours as most people do, and without colours at all."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from model import EventKind
from tests.palette import SIGNS, THEMES, colour, contrast, glyph_of, luminance, symbols
from views.payload import STATUSES

# What a dichromat sees, in linear light: Viénot, Brettel and Mollon 1999; for blue the same in one plane.
SEEN = {
    "everyone": np.eye(3),
    "protanope": np.array([[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]]),
    "deuteranope": np.array([[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]]),
    "tritanope": np.array([[1.01277, 0.13548, -0.14826], [-0.01243, 0.86812, 0.14431], [0.07589, 0.80500, 0.11911]]),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])
GROUNDS = ("land.UA", "land.RU", "land.other", "sea")


def lab(rgb: tuple[int, int, int], eyes: str) -> np.ndarray:
    """CIE L*a*b* of a colour as these eyes see it."""
    part = np.array(rgb) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(SEEN[eyes] @ linear, 0, 1) / WHITE
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: tuple[int, int, int], other: tuple[int, int, int], eyes: str) -> float:
    return float(np.linalg.norm(lab(one, eyes) - lab(other, eyes)))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eyes", SEEN)
def test_killed_injured_and_silent_differ_for_all_eyes(theme: str, eyes: str) -> None:
    for one, other in combinations(("killed", "injured", "silent", "paper"), 2):
        assert difference(colour(theme, one), colour(theme, other), eyes) > 25, (one, other)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eyes", SEEN)
def test_arcs_links_and_borders_differ_for_all_eyes(theme: str, eyes: str) -> None:
    for one, other in combinations(("arc", "link", "border"), 2):
        assert difference(colour(theme, one), colour(theme, other), eyes) > 12, (one, other)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_signs_stand_out_from_the_ground_without_colour(theme: str, sign: str, ground: str) -> None:
    if sign == "injured" and theme == "light":
        sign = "ink"  # the light sector is bounded by the outline, which is what stands out
    assert contrast(colour(theme, sign), colour(theme, ground)) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_outline_and_words_stand_out(theme: str) -> None:
    for ground in (*GROUNDS, "paper"):
        for words in ("ink", "label", "muted"):
            assert contrast(colour(theme, words), colour(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_killed_and_injured_differ_in_grey(theme: str) -> None:
    assert contrast(colour(theme, "killed"), colour(theme, "injured")) >= 2.5


def test_both_themes_name_the_same_colours() -> None:
    light, dark = (symbols()[theme] for theme in THEMES)
    assert light.keys() == dark.keys()
    assert light["land"].keys() == dark["land"].keys()


def test_every_kind_has_a_shape_and_every_shape_its_words() -> None:
    assert {kind.value for kind in EventKind} == set(symbols()["glyph"])
    assert set(symbols()["glyph"].values()) == set(symbols()["glyphWords"])
    assert glyph_of("something new") == "ring"


def test_every_claim_status_has_an_outline_and_the_three_differ() -> None:
    outlines = symbols()["outline"]
    assert set(outlines) == set(STATUSES)
    assert outlines["stated"] == outlines["confirmed"] == []
    assert len({tuple(outlines[status]) for status in ("stated", "claimed", "contested")}) == 3


def test_luminance_of_black_and_white() -> None:
    assert (luminance((0, 0, 0)), luminance((255, 255, 255))) == pytest.approx((0, 1))
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)


def test_an_unknown_colour_is_an_error() -> None:
    with pytest.raises(KeyError):
        colour("light", "nothing")
