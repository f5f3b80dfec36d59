"""Who says what about who did it, for one event: claims, confirmations, denials, silence."""

from __future__ import annotations

from extract.drafts import Draft
from extract.findings import Findings, within
from extract.speakers import Speech, denies_itself
from model import Claim, Party, Span, Stance


def find_claims(findings: Findings, draft: Draft, *, main: bool) -> tuple[Claim, ...]:
    """The claims that the sentences of an event carry; the main event also takes silences told elsewhere."""
    found: list[Claim] = []
    for sentence in draft.sentences:
        found += _said(findings, draft, sentence)
    for silence in findings.silences:
        if main or any(_inside(silence.span, sentence) for sentence in draft.sentences):
            found.append(Claim(silence.speaker, Stance.SILENT, silence.span))
    return tuple(_first_of_each(found))


def _said(findings: Findings, draft: Draft, sentence: Span) -> list[Claim]:
    claims = []
    blame = draft.blame if draft.blame is not None and _inside(draft.blame.span, sentence) else None
    acting = draft.actor if draft.actor is not None and _inside(draft.actor.span, sentence) else None
    about = (blame or acting).party if blame or acting else None  # type: ignore[union-attr]
    if blame is not None and blame.rule == "actor/claims-itself":
        claims.append(Claim(blame.party, Stance.CLAIMS, blame.span, blame.party))
    for speech in within(findings.speeches, sentence):
        if denies_itself(findings.text, speech):
            claims.append(Claim(speech.speaker, Stance.DENIES, speech.span, speech.speaker))
        elif (
            about is not None
            and speech.stance is not Stance.DENIES
            and not any(c.speaker == speech.speaker for c in claims)
        ):
            claims.append(Claim(speech.speaker, _stance(speech, about), speech.span, about))
    return claims


def _stance(speech: Speech, about: Party) -> Stance:
    """To name another party is a claim; to tell one's own deed confirms it."""
    if speech.speaker.country is not None and speech.speaker.country == about.country:
        return Stance.CONFIRMS
    return Stance.CLAIMS if speech.stance in (Stance.STATES, Stance.CLAIMS) else speech.stance


def _inside(span: Span, sentence: Span) -> bool:
    return sentence.start <= span.start < sentence.end


def _first_of_each(claims: list[Claim]) -> list[Claim]:
    kept: list[Claim] = []
    for claim in claims:
        if all((claim.speaker, claim.stance, claim.about) != (k.speaker, k.stance, k.about) for k in kept):
            kept.append(claim)
    return kept
