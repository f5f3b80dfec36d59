"""Victims counted before a semicolon, of the attack told before; behind it another attack is told of."""

from __future__ import annotations

from dataclasses import replace

from extract.findings import Findings
from extract.frames import Frame
from extract.in_order import within
from extract.kinds import choose_kind
from extract.roles import Role
from model import Span, Toll


def part_loose_tolls(findings: Findings, frame: Frame) -> tuple[Frame, tuple[Toll, ...]]:
    """A telling without the victims that a part of its sentence counts which tells no attack and no place.

    "Hospitals reported 17 dead; stray shells killed five people in X": the 17 are of the attack told of before.
    """
    sentence, text = frame.sentence, findings.text
    if frame.place is None:
        return frame, ()
    at = text.rfind("; ", sentence.start, frame.place.span.start)
    if at <= sentence.start:
        return frame, ()
    part = Span(sentence.start, at)
    attack = choose_kind(findings.text, within(findings.cues, part), placed=True)
    if attack is not None or any(place.role is Role.TARGET for place in within(findings.places, part)):
        return frame, ()
    loose = tuple(toll for toll in frame.tolls if toll.span.start < at)
    return replace(frame, tolls=tuple(toll for toll in frame.tolls if toll not in loose)), loose
