"""Who says what about who did it, for one event: claims, confirmations, denials, silence."""

from __future__ import annotations

from extract.attribution import BLAMED, CLAIMS_ITSELF
from extract.drafts import Draft
from extract.findings import Findings, within
from extract.speakers import Speech, denies_itself
from model import Claim, Party, Span, Stance


def find_claims(findings: Findings, draft: Draft) -> tuple[Claim, ...]:
    """The claims in the sentences that tell an event or speak about it."""
    found: list[Claim] = []
    for sentence in sorted((*draft.sentences, *draft.remarks), key=lambda s: s.start):
        found += _said(findings, draft, sentence)
        found += [Claim(speech.speaker, speech.stance, speech.span) for speech in within(findings.silences, sentence)]
    return tuple(_first_of_each(found))


def _said(findings: Findings, draft: Draft, sentence: Span) -> list[Claim]:
    named = [party for party in draft.named if _inside(party.span, sentence)]
    claims = [Claim(p.party, Stance.CLAIMS, p.span, p.party) for p in named if p.rule == CLAIMS_ITSELF]
    about = named[0].party if named else None
    for speech in within(findings.speeches, sentence):
        known = any(claim.speaker == speech.speaker for claim in claims)
        known = known or any(p.rule == BLAMED and _inside(p.span, speech.span) for p in named)
        if denies_itself(findings.text, speech):
            claims.append(Claim(speech.speaker, Stance.DENIES, speech.span, speech.speaker))
        elif about is not None and speech.stance is not Stance.DENIES and not known:
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
