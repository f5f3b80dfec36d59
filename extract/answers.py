"""Which attack an answer points to, where the answer only names it: "revenge for X", "in response to the killing".

Time alone is no answer: "hours after the raid" links nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.drafts import Draft
from extract.findings import Findings
from extract.lower_case import in_lower, lowered
from extract.parties import same_side
from extract.responses import Direction, ResponseCue
from model import EventKind, Span, Telling

_REACH = 160  # characters after the cue in which the earlier attack is named
_END = re.compile(r"[;:!?”\n]|\.\s|\.$|,\s+(?:[\w’'-]+\s+){1,6}(?:said|says|announced|reported)\b")
_ATTACK = in_lower(
    r"^\s*(?:(?:for|to)\s+)?(?P<det>the|that|this|those|these|last|an?|its|their|his|"
    r"[\w’'-]+['’]s?)?\s*(?:[\w’'-]+\s+){0,4}?"
    r"(?P<noun>killings?|deaths?|murders?|beheadings?|executions?|massacres?|attacks?|strikes?|air\s?strikes?|"
    r"raids?|bombings?|"
    r"blasts?|explosions?|shelling|shootings?|ambush(?:es)?|assaults?|operations?|incursions?|assassinations?|"
    r"bombardments?|"
    r"barrages?|salvos?|onslaught|offensive|fire|losses|slaughter)\b"
)
_MANY = re.compile(r"s$")
_ONE = re.compile(r"(?:losses|fire)$")
_STEM = re.compile(r"[a-zà-ÿ]{5,}")
_STEM_LENGTH = 5
_COMMON = frozenset(
    (
        "attac",
        "strik",
        "raids",
        "killi",
        "kille",
        "peopl",
        "force",
        "milit",
        "their",
        "which",
        "where",
        "respo",
        "after",
    )
)
_MOST = 400  # characters of each telling that are compared


def answered_by(
    findings: Findings, drafts: Sequence[Draft], answer: Draft, cue: ResponseCue, sentence: Span
) -> Draft | None:
    """The attack that the words after a cue point to, or None where they point to none that is told.

    Args:
        findings: what was found in the report.
        drafts: everything that it tells.
        answer: the attack that is told as the answer.
        cue: the words for the answer.
        sentence: where they stand.
    """
    if cue.direction is not Direction.ANSWERS:
        return None
    start, end = cue.span.end, _tail_end(findings.text, cue, sentence)
    low = lowered(findings.text)[start:end]
    others = [d for d in drafts if d is not answer and _may_be_answered(d, answer)]
    named = [d for d in others if d.place is not None and _name(d) in findings.text[start:end]]
    if named:
        return named[0]
    attack = _ATTACK.match(low)
    if attack is None or not others:
        return None
    scored = sorted(((_alike(findings, d, low), d) for d in others), key=lambda pair: -pair[0])
    if scored[0][0] > 0 and (len(scored) == 1 or scored[0][0] > scored[1][0]):
        return scored[0][1]
    pointed = attack["det"] is not None and attack["det"] not in ("a", "an")
    one = not _MANY.search(attack["noun"]) or _ONE.search(attack["noun"]) is not None
    return others[0] if len(others) == 1 and pointed and one else None


def _tail_end(text: str, cue: ResponseCue, sentence: Span) -> int:
    """Where the words after a cue end; right behind it where nothing follows: "... in response to"."""
    end = min(sentence.end, cue.span.end + _REACH)
    stop = _END.search(text, cue.span.end, end)
    return stop.start() if stop else end


def _may_be_answered(draft: Draft, answer: Draft) -> bool:
    """False for what did not happen, and for what the same side did."""
    if draft.choice.kind is EventKind.INTERCEPTION or draft.telling.telling not in (
        Telling.REPORTED,
        Telling.BACKGROUND,
    ):
        return False
    return draft.doer is None or answer.doer is None or not same_side(draft.doer.party, answer.doer.party)


def _name(draft: Draft) -> str:
    assert draft.place is not None
    return draft.place.toponym.text


def _alike(findings: Findings, draft: Draft, tail: str) -> int:
    """How many words of the tail a telling of the attack has too, by their first letters."""
    stems = {word[:_STEM_LENGTH] for word in _STEM.findall(tail)} - _COMMON
    low = lowered(findings.text)
    told = {w[:_STEM_LENGTH] for s in draft.sentences for w in _STEM.findall(low, s.start, min(s.end, s.start + _MOST))}
    return len(stems & told)
