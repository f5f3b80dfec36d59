from __future__ import annotations

import pytest

from model import Stance
from tests.extract.few_names import main_event


@pytest.mark.parametrize(
    "remark",
    [
        "The US military said the strike was aimed at militants.",
        "The US military said that the raid killed a senior commander of the group.",
        "The US military said rockets were stored there.",
    ],
)
def test_a_side_that_speaks_of_an_attack_as_its_own_confirms_it(remark: str) -> None:
    event = main_event("A drone strike killed nine people in Kunar, Afghanistan, on Sunday. " + remark)
    assert event.actor is not None
    assert event.actor.country == "US"
    assert [claim.stance for claim in event.claims] == [Stance.CONFIRMS]


@pytest.mark.parametrize(
    "remark",
    [
        "The Ukrainian military said the strike hit a school.",
        "The Ukrainian military said the strike was revenge for a raid.",  # so says the side that was hit
        "The Ukrainian military said the strike was aimed at militants, and that Russian planes had carried it out.",
    ],
)
def test_whoever_was_hit_owns_up_to_nothing(remark: str) -> None:
    event = main_event("A missile strike killed nine people in Kharkiv, Ukraine, on Sunday. " + remark)
    assert event.actor is None or event.actor.country == "RU"
