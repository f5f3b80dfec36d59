from __future__ import annotations

import pytest

from extract.parties import Form, Head, PartyMention, country_name, find_parties, is_state, speaker_of, state
from extract.phrases import split_words
from extract.speakers import denies_itself, find_silences, find_speeches
from extract.wordlist import read_list
from model import Party, Stance


def parties_in(text: str) -> tuple[PartyMention, ...]:
    return find_parties(text, split_words(text))


@pytest.mark.parametrize(
    ("text", "country", "head", "whole"),
    [
        ("The Russian Defense Ministry spoke.", "RU", Head.OFFICE, "Russian Defense Ministry"),
        ("Ukraine’s Western allies spoke.", "UA", Head.OFFICE, "Ukraine’s Western allies"),
        ("the Russian city of Orlovka", "RU", Head.PLACE, "Russian city"),
        ("Kenyan civilians fled.", "KE", Head.VICTIM, "Kenyan civilians"),
        ("Sudanese troops came.", "SD", Head.FORCE, "Sudanese troops"),
        ("near the Russian border", "RU", Head.LINE, "Russian border"),
        ("Russian drones came.", "RU", Head.NONE, "Russian"),
        ("Houthi rebels spoke.", "YE", Head.FORCE, "Houthi rebels"),
        ("Taliban fighters came.", "AF", Head.FORCE, "Taliban fighters"),
        ("Al-Shabaab claimed it.", "SO", Head.NONE, "Al-Shabaab"),
        ("Boko Haram claimed it.", "NG", Head.NONE, "Boko Haram"),
    ],
)
def test_party_with_what_it_qualifies(text: str, country: str, head: Head, whole: str) -> None:
    mention = parties_in(text)[0]
    assert (mention.party.country, mention.head) == (country, head)
    assert text[mention.whole.start : mention.whole.end] == whole


def test_forms() -> None:
    forms = [m.form for m in parties_in("Russia, Russian, Moscow, Hamas and the United Nations")]
    assert forms == [Form.NAME, Form.ADJECTIVE, Form.CAPITAL, Form.GROUP, Form.ORGANISATION]


def test_a_compound_is_not_the_party_itself() -> None:
    assert parties_in("Iran-backed fighters in Russia-annexed land") == ()


def test_states_and_groups() -> None:
    assert country_name("UA") == "Ukraine"
    assert country_name("QQ") == "QQ"
    assert is_state(state("RU"))
    assert not is_state(Party("Hamas", "PS"))
    assert not is_state(Party("Somebody"))


def test_codes_are_two_capital_letters_and_unique_among_states() -> None:
    codes = [row["code"] for row in read_list("states", ("code", "names", "adjectives", "capitals"))]
    assert len(codes) == len(set(codes)) > 150
    groups = [row["country"] for row in read_list("parties", ("name", "terms", "country", "sort"))]
    assert all(len(code) == 2 and code.isupper() for code in (*codes, *filter(None, groups)))
    assert set(filter(None, groups)) <= set(codes)


def test_an_office_speaks_with_its_own_name() -> None:
    mention = parties_in("The Russian Defense Ministry spoke.")[0]
    assert speaker_of("The Russian Defense Ministry spoke.", mention) == Party("Russian Defense Ministry", "RU")


@pytest.mark.parametrize(
    ("text", "speaker", "stance"),
    [
        ("Ukrainian officials reported two strikes.", Party("Ukrainian officials", "UA"), Stance.STATES),
        ("The army claims it was a rocket.", Party("army"), Stance.CLAIMS),
        ("Two died, governor Denys Holub said.", Party("governor Denys Holub"), Stance.STATES),
        ("According to Israel, a rocket fell.", Party("Israel", "IL"), Stance.STATES),
        ("Moscow confirmed the raid.", Party("Russia", "RU"), Stance.CONFIRMS),
        ("Kyiv denied the charge.", Party("Ukraine", "UA"), Stance.DENIES),
        ("Russia called a meeting of the United Nations, accusing Ukraine.", Party("Russia", "RU"), Stance.CLAIMS),
    ],
)
def test_speaker(text: str, speaker: Party, stance: Stance) -> None:
    speech = find_speeches(text, split_words(text), parties_in(text))[0]
    assert (speech.speaker, speech.stance) == (speaker, stance)


def test_silence() -> None:
    text = "While the Ukrainian government has not officially commented, Moscow spoke."
    silence = find_silences(text, split_words(text), parties_in(text))[0]
    assert silence.speaker == Party("Ukrainian government", "UA")
    assert silence.stance is Stance.SILENT
    assert text[silence.span.start : silence.span.end].startswith("Ukrainian government has not")


def test_nobody_is_silent_where_no_party_is_named() -> None:
    text = "No group has claimed the blast."
    assert find_silences(text, split_words(text), parties_in(text)) == ()


@pytest.mark.parametrize(
    ("text", "own"),
    [("Israel denied responsibility for the blast.", True), ("Israel denied the report.", False)],
)
def test_a_denial_of_ones_own_deed(text: str, own: bool) -> None:
    speech = find_speeches(text, split_words(text), parties_in(text))[0]
    assert denies_itself(text, speech) is own
