"""Sentences that speak of an attack told before: who is blamed for it, who claims it, denies it or keeps silent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.attribution import PartyFound
from extract.blame import BLAMED, CLAIMS_ITSELF, EACH_OTHER, OWNS_UP, TELLS_ITSELF
from extract.cues import Sort
from extract.drafts import Draft
from extract.findings import Findings
from extract.in_order import within
from extract.kinds import KindChoice
from extract.lower_case import in_lower, lowered
from extract.parties import is_of_state, same_side
from extract.phrases import holds
from extract.place_keys import place_key
from extract.roles import Role
from extract.speakers import denies_itself
from model import EventKind, Level, Span, Stance, Telling

_ALL = in_lower(
    r"\b(?:both|all(?:\s+the)?|the\s+(?:two|three|four)|these|those)\s+(?:\w+\s+)?(?:attacks|bombings|strikes|"
    r"raids|blasts)\b",
)
_ATTACKS = frozenset({"attacks", "bombings", "strikes", "raids", "blasts"})  # one of them is in it
_RULED_OUT = in_lower(
    r"\b(?:ruled\s+out|ruling\s+out|no\s+(?:sign|signs|indication|evidence)\s+of|not\s+caused\s+by|"
    r"not\s+linked\s+to)\s+(?:an?\s+|any\s+|the\s+)?"
    r"(?:possibility\s+of\s+(?:an?\s+)?)?(?:\w+\s+)?(?:attack|sabotage|terror\w*|foul\s+play|bomb\w*|strike|"
    r"explosives?|arson|deliberate\s+act)|"
    r"\b(?:was|were|been)\s+(?:an\s+)?(?:accident|accidental|caused\s+by\s+(?:a\s+)?(?:gas|short|faulty|"
    r"careless|negligen|welding|an?\s+electrical))",
)
_FOR_THE_ATTACK = in_lower(
    r"\b(?:for|of|behind)\s+(?:the|this|that)\s+(?:\w+\s+)?(?:attack|strike|blast|bombing|raid|explosion|shelling)\b",
)
_TAKES_IT = re.compile(r"\b(?:behind|responsible)$")
_NEAR = 30
_SAME = re.compile(r"\s*(?:(?:of|by|from)\s+)?(?:the\s+)?|\s*(?:was|were)\s+(?:an?\s+)?|['’]s?\s+")


def add_remark(findings: Findings, drafts: Sequence[Draft], focus: Draft | None, sentence: Span) -> None:
    """Keeps what a sentence says about who did the attack in focus, or all of those told ("for both attacks")."""
    if focus is None:
        return
    low = lowered(findings.text)
    if focus.doer is None and focus.choice.kind is EventKind.EXPLOSION:
        ruled_out = _RULED_OUT.search(low, sentence.start, sentence.end)
        if ruled_out is not None:
            focus.mishap = Span(*ruled_out.span())
            return
    meant = [_placed_there(findings, drafts, focus, sentence)]
    if holds(findings.text, sentence.start, sentence.end, _ATTACKS) and _ALL.search(low, sentence.start, sentence.end):
        meant = [draft for draft in drafts if draft.telling.telling is Telling.REPORTED]
    blames = findings.blames(sentence)
    speaks = within(findings.silences, sentence) or any(
        denies_itself(findings.text, speech) or speech.stance is Stance.CONFIRMS
        for speech in within(findings.speeches, sentence)
    )
    for draft in meant:
        taken = [blame for blame in blames if _fits(findings, draft, blame, sentence)]
        for blame in taken:
            draft.blame = draft.blame or blame
            draft.named.append(blame)
            _sharpen(findings, draft, blame)
        if taken or speaks:
            draft.remarks.append(sentence)


def _placed_there(findings: Findings, drafts: Sequence[Draft], focus: Draft, sentence: Span) -> Draft:
    """The attack told of at a place that the sentence names, else the one in focus."""
    named = [p for p in within(findings.places, sentence) if p.role in (Role.TARGET, Role.MENTION)]
    keys = {place_key(p) for p in named if p.level is not Level.COUNTRY}
    if not keys or (focus.place is not None and place_key(focus.place) in keys):
        return focus
    there = [d for d in drafts if d.place is not None and place_key(d.place) in keys and d.sentences[-1] != sentence]
    there = [d for d in there if d.telling.telling in (Telling.REPORTED, Telling.BACKGROUND)]
    return there[0] if len(there) == 1 else focus


def _fits(findings: Findings, draft: Draft, blame: PartyFound, sentence: Span) -> bool:
    """False for blame that names another party than the one who did it, unless it is plainly for this attack."""
    if any(known.span == blame.span for known in draft.named):
        return False
    if draft.choice.kind is EventKind.INTERCEPTION and blame.rule != BLAMED:
        return False
    if blame.rule == OWNS_UP and (draft.doer is None or not same_side(draft.doer.party, blame.party)):
        return draft.doer is None and draft.place is not None and blame.party.country not in draft.place.countries
    if draft.doer is None or same_side(draft.doer.party, blame.party) or blame.rule in (CLAIMS_ITSELF, EACH_OTHER):
        return True
    if blame.rule == TELLS_ITSELF and _TAKES_IT.search(findings.text, blame.span.start, blame.span.end):
        return not is_of_state(blame.party)  # a second group that says it was behind it
    if blame.rule != BLAMED:
        return False
    if _FOR_THE_ATTACK.search(lowered(findings.text), sentence.start, sentence.end):
        return True
    speeches = within(findings.speeches, sentence)
    return any(speech.side is not None and same_side(speech.side, draft.doer.party) for speech in speeches)


def _sharpen(findings: Findings, draft: Draft, blame: PartyFound) -> None:
    """A weapon named with the blame tells the kind of an attack told without one: "it was an Israeli drone"."""
    if draft.choice.weapon is not None:
        return
    near = Span(max(0, blame.span.start - _NEAR), min(len(findings.text), blame.span.end + _NEAR))
    weapons = [cue for cue in within(findings.cues, near) if cue.sort is Sort.WEAPON and cue.kind is not None]
    weapons = [cue for cue in weapons if _SAME.fullmatch(_between(findings.text, cue.span, blame.span))]
    if weapons and weapons[0].kind is not None and not draft.choice.certain:
        choice = KindChoice(weapons[0].kind, weapons[0].span, weapons[0].span, "kind/named-in-blame")
        draft.choices.append(choice)


def _between(text: str, one: Span, two: Span) -> str:
    return text[min(one.end, two.end) : max(one.start, two.start)]
