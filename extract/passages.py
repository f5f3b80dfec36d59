"""Cuts a sentence into passages that tell different attacks: at a response cue, and where targets differ."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from extract.findings import Findings
from extract.in_order import within
from extract.kinds import choose_kind
from extract.lower_case import in_lower, lowered
from extract.responses import Direction, ResponseCue
from extract.roles import Role
from model import Level, Span


class Side(StrEnum):
    """The side of a response cue on which a passage stands."""

    ALONE = "alone"
    ANSWER = "answer"
    ANSWERED = "answered"


class Passage(NamedTuple):
    """A part of a sentence."""

    span: Span
    side: Side = Side.ALONE
    cue: ResponseCue | None = None
    subordinate: bool = False  # told only as what went before or beside: "..., after Y was hit"
    own_days: bool = False  # its days stand in it alone: "the attack came | a day after X"


_BOUNDARY = in_lower(
    r"(?=[;\s,.])(?:;\s|\s[—–-]\s|,?\s+while\s|,?\s+whereas\s|,\s+but\s|,\s+as\s|,\s+and\s|\.\s|"
    r",?\s+followed\s+by\s|\s+after\s|,?\s+following\s|\s+amid\s|\s+as\s+(?!well|many|much|far|part|if)|"
    r"\s+(?:the|an?|one|two|three|four|five|several|some|many)\s+(?:days?|weeks?|hours?|months?)\s+after\s+(?:that\s+)?|"
    r"\s+and\s+(?:also\s+)?(?=shell|bomb|attack|struck|hit|launch|fired))",
)
# "The attack came a day after strikes on X": two attacks, though the first names no place.
_CAME_AFTER = in_lower(
    r"\b(?:came|comes?|coming|occurred|happened|took\s+place|follows|followed)(?=\s+(?:[\w-]+\s+){0,3}?"
    r"(?:days?|hours?|weeks?|minutes|months?)\s+after\s)"
)
_SUBORDINATE = in_lower(r"after|following|amid")
_OWN_DAY = in_lower(r"\b(?:days?|weeks?|hours?|months?)\b")
_COMMA = in_lower(r",\s+")
_MOST = 12  # cuts of one sentence; a longer list of attacks is no sentence of a report


def split_passages(findings: Findings, sentence: Span) -> tuple[Passage, ...]:
    """The passages of a sentence, in order."""
    cues = within(findings.responses, sentence)
    parts = _around(findings, sentence, cues[0]) if cues else [Passage(sentence)]
    return tuple(piece for part in parts for piece in _by_target(findings, part))


def _around(findings: Findings, sentence: Span, cue: ResponseCue) -> list[Passage]:
    if cue.direction is Direction.BACK:
        return [Passage(sentence, Side.ANSWER, cue)]
    if cue.direction is Direction.ANSWERS and not findings.text[sentence.start : cue.span.start].strip(" \"“'"):
        parts = _led_by(findings, sentence, cue)
        if parts:
            return parts
    first, second = Side.ANSWER, Side.ANSWERED
    if cue.direction is Direction.ANSWERED:
        first, second = second, first
    parts = []
    if cue.span.start > sentence.start:
        parts.append(Passage(Span(sentence.start, cue.span.start), first, cue))
    if cue.span.end < sentence.end:
        parts.append(Passage(Span(cue.span.end, sentence.end), second, cue))
    return parts


def _led_by(findings: Findings, sentence: Span, cue: ResponseCue) -> list[Passage]:
    """Both sides of a cue that leads: "In answer to the raid on X, jets bombed Y" answers what the comma ends."""
    for comma in _COMMA.finditer(findings.text, cue.span.end, sentence.end):
        rest = Span(comma.end(), sentence.end)
        if rest.start < rest.end and _tells(findings, rest):
            return [Passage(Span(cue.span.end, comma.start()), Side.ANSWERED, cue), Passage(rest, Side.ANSWER, cue)]
    return []


def _by_target(findings: Findings, part: Passage) -> list[Passage]:
    """Splits a part where both sides tell an attack and name a target of their own, or one came after the other."""
    low = lowered(findings.text)
    after = low.find("after", part.span.start, part.span.end) >= 0
    came = _CAME_AFTER.search(low, part.span.start, part.span.end) if after else None
    if came is not None and part.span.start < came.end() < part.span.end:
        left, right = Span(part.span.start, came.end()), Span(came.end(), part.span.end)
        if _tells(findings, left) and _tells(findings, right) and _targets(findings, right):
            return [Passage(left, part.side, part.cue, own_days=True), Passage(right, part.side, part.cue, True)]
    if len(_targets(findings, part.span)) < 2:
        return [part]
    pieces: list[Passage] = []
    rest = part
    for boundary in _BOUNDARY.finditer(low, part.span.start, part.span.end):
        if not rest.span.start < boundary.start() < boundary.end() < rest.span.end:
            continue
        own = boundary.start() if _OWN_DAY.search(boundary[0]) else boundary.end()  # "a day after" dates what follows
        left, right = Span(rest.span.start, boundary.start()), Span(own, rest.span.end)
        targets = _targets(findings, left), _targets(findings, right)
        if (
            len(pieces) < _MOST
            and all(targets)
            and targets[0] != targets[1]
            and _tells(findings, left)
            and _tells(findings, right)
        ):
            pieces.append(Passage(left, part.side, part.cue, rest.subordinate))
            rest = Passage(right, part.side, part.cue, _SUBORDINATE.search(boundary[0]) is not None)
    return [*pieces, rest]


def _targets(findings: Findings, span: Span) -> frozenset[str]:
    return frozenset(
        place.toponym.text
        for place in within(findings.places, span)
        if place.role is Role.TARGET or (place.role is Role.ACTOR and place.level is Level.COUNTRY)
    )


def _tells(findings: Findings, span: Span) -> bool:
    choice = choose_kind(findings.text, within(findings.cues, span), placed=True)
    return choice is not None and choice.rule != "kind/killed-by-attackers"
