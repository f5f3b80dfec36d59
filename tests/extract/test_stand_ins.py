from __future__ import annotations

import pytest

from extract.document import make_report
from extract.findings import gather
from tests.extract.few_names import main_event, spot


def meant(text: str, words: str) -> str | None:
    findings = gather(make_report(text), spot)
    at = text.index(words)
    found = [m for m in findings.parties if m.span.start <= at + len(words) - 1 < m.whole.end]
    return found[0].party.country if found else None


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Shells hit Omdurman. The army said two died.", "The army", "SD"),
        ("Israeli jets bombed Beirut. The army said it hit a depot.", "The army", "IL"),
        ("Residents of Mogadishu fled the army's planes.", "the army", "SO"),
        ("Hamas fired rockets at Israel. The group said it was a warning.", "The group", "PS"),
        ("The RSF hit Omdurman. A spokesman for the paramilitaries denied it.", "the paramilitaries", "SD"),
        ("The Saudi-led coalition bombed Saada. The coalition denied it.", "The coalition", "SA"),
        ("Government forces shelled Mogadishu.", "Government", "SO"),
        # Not clear, or no party at all:
        ("Shells fell near Kharkiv and Belgorod. The army said nothing.", "The army", None),
        ("Shells fell in Omdurman near the army base.", "the army", None),
        ("Two men died in Omdurman. The group of farmers had met at noon.", "The group", None),
        ("Shells fell in Omdurman. The group left.", "The group", None),
    ],
)
def test_what_a_word_stands_for(text: str, words: str, country: str | None) -> None:
    assert meant(text, words) == country


def test_the_army_may_be_the_actor() -> None:
    actor = main_event("An air strike killed nine in Omdurman on Sunday. Residents blamed the army's planes.").actor
    assert actor is not None
    assert actor.country == "SD"
