"""A table of mentions in three scripts, inflected, written from the facts of the gazetteer."""

from __future__ import annotations

from pathlib import Path

from geo.names import read_rows
from geo.resolve import resolve
from model import Span, Toponym

ROWS = read_rows(Path(__file__).with_name("mentions.tsv"))
LEAST = 0.97


def reading(gazetteer, sentence, mention):
    start = sentence.index(mention)
    wanted = Toponym(mention, Span(start, start + len(mention)))
    spotted = [Toponym(m.text, m.span) for m in gazetteer.spot(sentence)]
    others = [t for t in spotted if t.span.end <= wanted.span.start or t.span.start >= wanted.span.end]
    answer = resolve(sentence, [wanted, *others], gazetteer)[0]
    return answer.candidates[0].place if answer.candidates else None


def test_mentions_in_three_scripts_are_right_at_rank_one(gazetteer):
    missed = []
    for sentence, mention, name, level, admin1 in ROWS:
        place = reading(gazetteer, sentence, mention)
        found = place and (place.name, place.level.value, place.admin1)
        if found != (name, level, admin1):
            missed.append((sentence, mention, (name, level, admin1), found))
    assert len(ROWS) >= 300
    assert len(missed) <= (1 - LEAST) * len(ROWS), "\n".join(map(str, missed))
