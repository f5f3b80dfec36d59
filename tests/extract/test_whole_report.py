"""One report of a whole story: everything that is found in it, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from model import CountRange, DayBasis, DayPrecision, EventKind, Extraction, Party, Stance, Telling
from tests.extract.few_names import read

# The same facts as a real report of 1 January 2024, told anew.
BORDER_CITY = (
    " date 2024-01-01 Missiles and rockets rained on the Russian city of Belgorod, taking the lives of at least 22 "
    "people and wounding nearly 110. It is the deadliest assault on Russian soil since the war began. The Ukrainian "
    "government has not officially commented on what happened; the Russian Defense Ministry claims that Ukraine was "
    "behind the attack.\n\n"
    "Footage that was checked shows smoke and fires all over the city. Many Russians had been spared what Ukrainians "
    "have lived through for nearly two years.\n\n"
    "The attack on Belgorod is seen as a response to Russia's massive air assault against Ukrainian territory the day "
    "before. Ukrainian officials reported several Russian strikes against the city of Kharkiv, one more turn of the "
    "spiral.\n\n"
    "President Volodymyr Holub of Ukraine promised to push the war back to where it came from, in Russia.\n\n"
    "An emergency meeting of the U.N. Security Council was called. Ukraine's Western allies, placing the blame on the "
    "Kremlin, condemned Russia's actions.\n\n"
    "Ukraine has previously targeted the Belgorod region with cross-border strikes and ground assaults. These attacks "
    "led to casualties within Russia, evacuations of civilians, and small clashes with the Russian military.\n\n"
    "Much about Saturday's attack into Russia is still unclear, but it has cost many lives.\n"
)


@pytest.fixture(scope="module")
def border_city() -> Extraction:
    return read(BORDER_CITY)


def test_three_attacks_are_news_and_the_rest_is_not(border_city: Extraction) -> None:
    reported = [event for event in border_city.events if event.telling is Telling.REPORTED]
    assert [event.target.text for event in reported if event.target] == ["Belgorod", "Ukrainian territory", "Kharkiv"]
    assert [event.main for event in reported] == [True, False, False]
    assert {event.telling for event in border_city.events} == {Telling.REPORTED, Telling.BACKGROUND}
    assert all(event.kind is not EventKind.OTHER for event in border_city.events)


def test_the_main_attack(border_city: Extraction) -> None:
    main = border_city.events[0]
    assert (main.kind, main.weapon) == (EventKind.MISSILE_STRIKE, "Missiles and rockets")
    assert main.when is not None
    assert (main.when.best, main.when.precision) == (date(2023, 12, 30), DayPrecision.DAY)
    assert main.when.basis is DayBasis.RELATIVE
    assert BORDER_CITY[slice_of(border_city, 0, "when")].startswith("Saturday")
    assert main.casualties.killed == CountRange(22, 22, None, "at least")
    assert main.casualties.injured == CountRange(None, 110, 110, "nearly")
    assert main.actor == Party("Ukraine", "UA")
    assert main.target_side == Party("Russia", "RU")
    assert main.origin is None


def test_who_claims_and_who_is_silent(border_city: Extraction) -> None:
    claims = border_city.events[0].claims
    assert [(c.speaker, c.stance, c.about) for c in claims] == [
        (Party("Russian Defense Ministry", "RU"), Stance.CLAIMS, Party("Ukraine", "UA")),
        (Party("Ukrainian government", "UA"), Stance.SILENT, None),
    ]


def test_the_day_before_is_counted_from_the_main_attack(border_city: Extraction) -> None:
    assault = border_city.events[1]
    assert assault.kind is EventKind.AIR_STRIKE
    assert assault.when is not None
    assert (assault.when.best, assault.when.basis) == (date(2023, 12, 29), DayBasis.ANAPHORIC)
    assert assault.actor == Party("Russia", "RU")
    assert assault.casualties.killed is None
    assert assault.casualties.injured is None


def test_a_missing_day_is_an_interval_marked_inherited(border_city: Extraction) -> None:
    kharkiv = border_city.events[2]
    assert kharkiv.when is not None
    assert (kharkiv.when.first_day, kharkiv.when.last_day) == (date(2023, 12, 29), date(2023, 12, 30))
    assert (kharkiv.when.basis, kharkiv.when.precision) == (DayBasis.INHERITED, DayPrecision.DAYS)
    assert kharkiv.actor == Party("Russia", "RU")
    assert [(c.speaker.name, c.stance) for c in kharkiv.claims] == [("Ukrainian officials", Stance.CLAIMS)]
    assert kharkiv.casualties.killed is None


def test_one_link_and_nobody_named_for_it(border_city: Extraction) -> None:
    (link,) = border_city.links
    ids = [event.id for event in border_city.events]
    assert (ids.index(link.event_id), ids.index(link.answers_id), link.claimant) == (0, 1, None)
    assert BORDER_CITY[link.span.start : link.span.end].startswith("The attack on Belgorod is seen as a response")


def slice_of(found: Extraction, number: int, field: str) -> slice:
    span = found.events[number].evidence_for(field)[0].span
    return slice(span.start, span.end)


def test_every_filled_field_has_its_words(border_city: Extraction) -> None:
    for number, event in enumerate(border_city.events):
        filled = {"kind"}
        filled |= {
            name for name in ("target", "origin", "actor", "target_side", "when") if getattr(event, name) is not None
        }
        filled |= {"weapon"} if event.weapon else set()
        assert filled <= {evidence.field for evidence in event.evidence}
        if event.target is not None:
            assert BORDER_CITY[slice_of(border_city, number, "target")] == event.target.text
