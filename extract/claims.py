"""Who says what about who did it, for one event: claims, confirmations, denials, silence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.attribution import PartyFound
from extract.blame import BEHIND, BLAMED, CLAIMS_ITSELF, EACH_OTHER, OWNS_UP, TELLS_ITSELF
from extract.drafts import Draft
from extract.findings import Findings
from extract.in_order import within
from extract.parties import is_state, same_side
from extract.speakers import Speech, denies_itself
from extract.stand_ins import issuer_of
from model import Claim, Party, Span, Stance

_OWN_WORD = {CLAIMS_ITSELF: Stance.CLAIMS, TELLS_ITSELF: Stance.CONFIRMS, OWNS_UP: Stance.CONFIRMS}
_UNNAMED = re.compile(
    r"(?:the\s+)?(?:army|military|armed\s+forces|air\s+force|navy|ministry)"
    r"(?:\s+(?:command|spokes(?:man|woman|person)|officials?|chief|commander))?",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|an?|its)\s+", re.IGNORECASE)
_ACCUSER = re.compile(
    r"(?:^|[,;]\s+|\band\s+|\bbut\s+)((?:[\w’'-]+\s+){1,7}?)(?:has\s+|have\s+|had\s+|also\s+)?"
    r"(?:blam|accus|attribut|suspect|held|hold|point|identif|put|laid|implicat|fault)\w*\s",
    re.IGNORECASE,
)


def find_claims(findings: Findings, draft: Draft) -> tuple[Claim, ...]:
    """The claims in the sentences that tell an event or speak about it."""
    found: list[Claim] = []
    for sentence in sorted({*draft.sentences, *draft.remarks}, key=lambda s: s.start):
        found += _said(findings, draft, sentence)
        found += [Claim(speech.speaker, speech.stance, speech.span) for speech in within(findings.silences, sentence)]
    if not found and draft.doer is not None:
        found += _issued(findings.text, draft.doer)
    return tuple(_first_of_each([_evened(claim) for claim in found]))


def _issued(text: str, doer: PartyFound) -> list[Claim]:
    """What a statement says in the name of whoever issues it: its own deeds it confirms, those of others it claims."""
    issuer = issuer_of(text)
    if issuer is None:
        return []
    stance = Stance.CONFIRMS if same_side(issuer, doer.party) else Stance.CLAIMS
    return [Claim(issuer, stance, doer.span, doer.party)]


def _evened(claim: Claim) -> Claim:
    """The claim with the name of its speaker on one line, as markup and line ends leave blanks in it."""
    name = " ".join(claim.speaker.name.split())
    return claim if name == claim.speaker.name else replace(claim, speaker=replace(claim.speaker, name=name))


def _said(findings: Findings, draft: Draft, sentence: Span) -> list[Claim]:
    named = [party for party in draft.named if _inside(party.span, sentence)]
    speeches = [_unplaced(s, named, draft) for s in within(findings.speeches, sentence)]
    claims = [Claim(_teller(p, speeches), _OWN_WORD[p.rule], p.span, p.party) for p in named if p.rule in _OWN_WORD]
    mutual = [p for p in named if p.rule == EACH_OTHER]
    if len(mutual) > 1:
        one, two = mutual[:2]
        return [
            *claims,
            *(Claim(_named_as(findings.text, a), Stance.CLAIMS, a.span, b.party) for a, b in ((one, two), (two, one))),
        ]
    about = named[0].party if named else None
    for speech in speeches:
        known = any(claim.speaker == speech.speaker for claim in claims)
        known = known or any(p.rule == BLAMED and _inside(p.span, speech.span) for p in named)
        if denies_itself(findings.text, speech):
            claims += [_denial(speech)] if _is_accused(draft, speech) else []
        elif about is not None and speech.stance is not Stance.DENIES and not known:
            if _governs(findings.text, speech, named[0], speeches):
                claims.append(Claim(speech.speaker, _stance(speech, about), speech.span, about))
        elif speech.stance is Stance.CONFIRMS and draft.doer is not None and _is_own(speech, draft.doer.party):
            claims.append(Claim(speech.speaker, Stance.CONFIRMS, speech.span, draft.doer.party))
    return claims + _accusations(findings, sentence, named, claims)


def _named_as(text: str, found: PartyFound) -> Party:
    """A party as the text names it, where it is the army or an office of a state: "Sudan's army"."""
    if not is_state(found.party):
        return found.party
    return Party(_ARTICLE.sub("", text[found.span.start : found.span.end]), found.party.country)


def _unplaced(speech: Speech, named: Sequence[PartyFound], draft: Draft) -> Speech:
    """An army that is not said to be whose, and names a state as the doer abroad: it may be the army of those hit."""
    own = [p for p in named if _is_own(speech, p.party)]
    told = [p for p in own if p.span.start >= speech.span.end]
    if not told or any(p.span.start < speech.span.end or p.rule in _OWN_WORD for p in own):
        return speech
    country = told[0].party.country
    if draft.place is None or country in draft.place.countries or _UNNAMED.fullmatch(speech.speaker.name) is None:
        return speech
    return replace(speech, speaker=Party(speech.speaker.name), side=None)


def _accusations(findings: Findings, sentence: Span, named: list[PartyFound], claims: list[Claim]) -> list[Claim]:
    """Blame whose accuser no verb of saying shows: "Residents hold the junta responsible"."""
    found = []
    for party in named:
        if party.rule not in (BLAMED, BEHIND) or any(claim.about == party.party for claim in claims):
            continue
        accuser = _ACCUSER.search(findings.text[sentence.start : party.span.start])
        if accuser is not None:
            span = Span(sentence.start + accuser.start(1), party.span.end)
            found.append(Claim(Party(accuser[1].strip().removeprefix("The ")), Stance.CLAIMS, span, party.party))
    return found


def _teller(told: PartyFound, speeches: Sequence[Speech]) -> Party:
    """Who tells the own deed: "Ukrainian intelligence" rather than Ukraine, where so written."""
    inside = [s for s in speeches if told.span.start <= s.span.start < told.span.end and _is_own(s, told.party)]
    return inside[0].speaker if inside else told.party


def _governs(text: str, speech: Speech, named: PartyFound, speeches: Sequence[Speech]) -> bool:
    """True where the one who speaks says who did it, as against another who speaks in the same sentence."""
    if not _is_own(speech, named.party) or speech.stance is Stance.CONFIRMS:
        return True
    if speech.span.start > named.span.start:  # "...; the army said that it was looking into it"
        return (
            not any(other.span.start < named.span.start for other in speeches)
            and ";" not in text[named.span.end : speech.span.start]
        )
    return not any(speech.span.start < other.span.start < named.span.start for other in speeches)


def _denial(speech: Speech) -> Claim:
    about = speech.side if speech.side is not None else speech.speaker
    return Claim(speech.speaker, Stance.DENIES, speech.span, about)


def _is_accused(draft: Draft, speech: Speech) -> bool:
    """True where the one who denies is named as the actor, or nobody is, or it is not clear for whom they speak."""
    accused = [party.party for party in (draft.actor, draft.blame, *draft.named) if party is not None]
    return not accused or speech.side is None or any(_is_own(speech, party) for party in accused)


def _is_own(speech: Speech, about: Party) -> bool:
    return speech.side is not None and same_side(speech.side, about)


def _stance(speech: Speech, about: Party) -> Stance:
    """To name another party is a claim; to tell one's own deed confirms it."""
    if _is_own(speech, about):
        return Stance.CONFIRMS
    return Stance.CLAIMS if speech.stance in (Stance.STATES, Stance.CLAIMS, Stance.CONFIRMS) else speech.stance


def _inside(span: Span, sentence: Span) -> bool:
    return sentence.start <= span.start < sentence.end


def _first_of_each(claims: list[Claim]) -> list[Claim]:
    kept: list[Claim] = []
    for claim in claims:
        if all((claim.speaker, claim.stance, claim.about) != (k.speaker, k.stance, k.about) for k in kept):
            kept.append(claim)
    return kept
