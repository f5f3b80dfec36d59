"""How a clause tells an attack: as news, or as background, plan, possibility, denial or anniversary.

The words are in ``lists/tellings.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.lower_case import in_lower, lowered
from extract.phrases import Phrase, PhraseTable, Words, find_phrases, holds, make_table
from extract.wordlist import read_list
from model import Span, Telling


@dataclass(frozen=True, slots=True)
class TellingCue:
    """The way of telling, and the words that show it; no words for plain news."""

    telling: Telling
    span: Span | None = None


NEWS = TellingCue(Telling.REPORTED)
_GOVERNS = 50  # characters from a plan, a doubt or a denial to the act it governs
_GOVERNS_NO = 12  # of "there was no": the next word, or the one after
_LOSSES = re.compile(r"casualt|injur|death|dead|fatal|kill|wound|victim|loss|damage|die|harm", re.IGNORECASE)
_FALSE = in_lower(
    r"\b(?:reports?|claims?|rumou?rs?|allegations?|videos?|posts?)\s+(?:that|of)\b[^.;]{0,120}?\b(?:is|are|was|"
    r"were)\s+(?:\w+\s+)?"
    r"(?:false|untrue|fake|fabricated|baseless|wrong|unfounded|not\s+true)\b",
)
_UNTRUE = frozenset({"false", "untrue", "fake", "fabricated", "baseless", "wrong", "unfounded", "true"})  # one ends it
_NO = frozenset({"no"})
_NONE = re.compile(
    r"\b[Nn]o\s+(?:\w+\s+){0,2}?(?:shells?|missiles?|rockets?|drones?|strikes?|attacks?|bombs?|ships?|vessels?|"
    r"shelling)\s+(?:\w+\s+)?"
    r"(?:have|has|had|was|were|fell|hit|struck|landed)\s+(?:\w+\s+){0,2}\w+"
)
_BREAK = re.compile(r"[,;:.—]|\b(?:that|which|who|but|after|as|when|killing|because|following)\b", re.IGNORECASE)
_STOP = re.compile(r"[,;:.—]")
_MEMORIAL = in_lower(
    r"\b(?:(?:lit|lay|laid|light)\s+(?:candles|flowers|wreaths?|a\s+wreath)|anniversar\w+|commemorat\w+|"
    r"remembr\w+|memorial|in\s+memory|"
    r"(?:minute|moment)\s+of\s+silence|(?:one|two|three|five|ten|\w+ty)\s+years\s+on\b)",
)
_REFERS_BACK = re.compile(r"\s*(?:These|Those|Such|The\s+(?:earlier|previous))\b")


def find_telling_cues(text: str, words: Words) -> list[Phrase[Telling]]:
    """Every cue of the lists in the text, in order."""
    return find_phrases(text, words, _table())


def telling_of(
    text: str, clause: Span, act: Span, cues: Sequence[Phrase[Telling]], *, counted: bool, dated: bool
) -> TellingCue:
    """How a clause tells its act.

    Args:
        text: the report.
        clause: the clause.
        act: the words for the act.
        cues: the cues of the whole text or of a part that holds the clause.
        counted: the clause counts victims; what has victims is neither planned nor merely possible.
        dated: the clause names the very day; what has a day of its own is not a habit.
    """
    inside = [cue for cue in cues if clause.start <= cue.span.start < clause.end and not _is_month(text, cue)]
    for cue in inside:
        if cue.value is Telling.ANNIVERSARY:
            return TellingCue(cue.value, cue.span)
    for signs, pattern, written in ((_UNTRUE, _FALSE, lowered(text)), (_NO, _NONE, text)):
        told = holds(text, clause.start, clause.end, signs)
        unreal_words = pattern.search(written, clause.start, clause.end) if told else None
        if unreal_words is not None and unreal_words.start() <= act.start <= unreal_words.end():
            return TellingCue(Telling.DENIED, Span(*unreal_words.span()))
    for cue in inside:
        if cue.value is Telling.BACKGROUND and not dated:
            return TellingCue(cue.value, cue.span)
        unreal = cue.value is Telling.DENIED or (cue.value in (Telling.PLANNED, Telling.HYPOTHETICAL) and not counted)
        if unreal and _governs(text, cue, act):
            return TellingCue(cue.value, cue.span)
    return NEWS


def is_memorial(text: str, sentence: Span) -> bool:
    """True for a sentence about people who remember: "Parents laid flowers"."""
    return _MEMORIAL.search(lowered(text), sentence.start, sentence.end) is not None


def refers_back(text: str, sentence: Span) -> bool:
    """True for a sentence that goes on about attacks told before: "These attacks ..."."""
    return _REFERS_BACK.match(text, sentence.start, sentence.end) is not None


def _is_month(text: str, cue: Phrase[Telling]) -> bool:
    return text[cue.span.start : cue.span.end] == "May"


def _governs(text: str, cue: Phrase[Telling], act: Span) -> bool:
    if cue.value is not Telling.DENIED and cue.span.start <= act.start < cue.span.end:  # "a possible attack"
        return True
    between = text[cue.span.end : act.start]
    stop = _STOP if cue.value is Telling.DENIED else _BREAK  # "denied that it shelled" is still a denial
    none = text[cue.span.start : cue.span.end].lower().endswith(" no")
    if none and _LOSSES.match(text, act.start):  # "there were no casualties" denies no attack
        return False
    reach = _GOVERNS_NO if none else _GOVERNS
    return cue.span.end <= act.start and len(between) <= reach and stop.search(between) is None


@lru_cache(maxsize=1)
def _table() -> PhraseTable[Telling]:
    rows = []
    for row in read_list("tellings", ("terms", "telling")):
        if row["telling"] not in set(Telling):
            raise row.error(f"{row['telling']!r} is not one of {', '.join(Telling)}")
        rows.append((row["terms"], Telling(row["telling"])))
    return make_table(rows)
