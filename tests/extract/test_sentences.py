from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.document import clean, read_header
from extract.sentences import MAX_SENTENCE, read_sentences, split_sentences


def sentences_of(text: str) -> list[str]:
    return [" ".join(text[span.start : span.end].split()) for span in split_sentences(text)]


CASES = [
    ("Shells fell. Two died.", ["Shells fell.", "Two died."]),
    ("Did shells fall? Yes! Two died…", ["Did shells fall?", "Yes!", "Two died…"]),
    ("The U.N. Security Council met. It rained.", ["The U.N. Security Council met.", "It rained."]),
    ("They came from the U.S. He stayed.", ["They came from the U.S.", "He stayed."]),
    ("The U.S. Army left.", ["The U.S. Army left."]),
    ("Gen. Ito and Lt. Col. Ruiz left.", ["Gen. Ito and Lt. Col. Ruiz left."]),
    ("It fell on Dec. 30 at 3 p.m. The town slept.", ["It fell on Dec. 30 at 3 p.m.", "The town slept."]),
    ("It fell at 3 p.m. Moscow time.", ["It fell at 3 p.m. Moscow time."]),
    ("Hospital No. 3 burned. No. 4 did not.", ["Hospital No. 3 burned.", "No. 4 did not."]),
    ("Was it hit? No. It stands.", ["Was it hit?", "No.", "It stands."]),
    ("J. R. Mbeki spoke. V. Orlov did not.", ["J. R. Mbeki spoke.", "V. Orlov did not."]),
    ('"We ran." She wept.', ['"We ran."', "She wept."]),
    ("“We ran,” he said. “All of us.” Then he left.", ["“We ran,” he said.", "“All of us.”", "Then he left."]),
    ('"Run!" he said.', ['"Run!" he said.']),
    ("The mine cost 2.5 million. It was No. 1.", ["The mine cost 2.5 million.", "It was No. 1."]),
    ("Deep State UA reported... and then silence.", ["Deep State UA reported... and then silence."]),
    ("Shells fell.Two died.", ["Shells fell.", "Two died."]),
    ("Raid kills two\nShells fell on the port.", ["Raid kills two", "Shells fell on the port."]),
    ("Raid kills two\n\nShells fell.", ["Raid kills two", "Shells fell."]),
    ("Shells fell on\nthe port. Two died.", ["Shells fell on the port.", "Two died."]),
    ("Shells fell on the\nPort. Two died.", ["Shells fell on the Port.", "Two died."]),
    ("- Shells fell\n- Two died", ["- Shells fell", "- Two died"]),
    ("Обстрел начался утром. Погибли двое.", ["Обстрел начался утром.", "Погибли двое."]),
    ("В г. Энске взрыв. На ул. Мира пожар.", ["В г. Энске взрыв.", "На ул. Мира пожар."]),
    ("«Мы бежали», — сказала она. Потом ушла.", ["«Мы бежали», — сказала она.", "Потом ушла."]),
    (" date 2024-01-01 Shells fell. Two died.", ["Shells fell.", "Two died."]),
    ("KYIV, Jan 1 (Agency) - Shells fell. Two died.", ["Shells fell.", "Two died."]),
    ("Raid kills two\n\nMOSCOW: Shells fell.", ["Raid kills two", "Shells fell."]),
    ("", []),
    (" \n\t ", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sentences(text, expected):
    assert sentences_of(text) == expected


def test_text_wrapped_at_a_fixed_width_is_joined():
    text = (
        "The shelling of the old harbour went on through the night, and when\n"
        "Captain Adeyemi of the coast guard came down to the quay at dawn the\n"
        "Northern mole had been hit eleven times by heavy mortars set up near\n"
        "Kirimba. Two boats had sunk. Nobody on board was hurt, said the crew."
    )
    assert [words.split()[0] for words in sentences_of(text)] == ["The", "Two", "Nobody"]


def test_long_sentences_are_cut_at_a_blank_and_reported():
    text = "Shells fell. " + "Word " * 900 + "end."
    found = read_sentences(text)
    assert all(span.end - span.start <= MAX_SENTENCE for span in found.spans)
    assert [text[span.start : span.start + 4] for span in found.cut] == ["Word"]
    assert all(text[span.end - 1] in "d." for span in found.spans)
    assert read_sentences("Shells fell.").cut == ()


def test_a_word_without_blanks_is_cut_too():
    text = "x" * 5_000
    assert [span.end - span.start for span in split_sentences(text)] == [2_000, 2_000, 1_000]


_WORDS = """
Gen. No. 3 p.m. The U.N. fell, “Yes!” J. said… date 2024-01-01 KYIV — Погибли двое. г. ( ) ... x.Y
"""


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.text(max_size=300) | st.lists(st.sampled_from([*_WORDS.split(), "\n", "\n\n"]), max_size=60).map(" ".join))
def test_sentences_cover_the_story_in_order(raw):
    text = clean(raw)
    spans = split_sentences(text)
    header = read_header(text)
    covered = set()
    end = 0
    for span in spans:
        assert end <= span.start
        assert span.end - span.start <= MAX_SENTENCE
        words = text[span.start : span.end]
        assert words == words.strip()
        covered.update(range(span.start, span.end))
        end = span.end
    for position, character in enumerate(text):
        if not character.isspace():
            in_header = any(span.start <= position < span.end for span in header.spans)
            assert (position in covered) != in_header


@pytest.mark.parametrize("text", ["." * 200_000, "A. " * 60_000, "x\n" * 100_000, "“" * 100_000, "a" * 500_000])
def test_hostile_texts_end_soon(text):
    assert all(span.end - span.start <= MAX_SENTENCE for span in split_sentences(text))
