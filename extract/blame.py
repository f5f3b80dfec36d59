"""Who is held responsible for an attack: blamed by others, or by its own word.

"Israel blamed Hezbollah", "the drone was Israeli", "Al-Shabaab claimed it", "the Houthis said they had fired it".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.attribution import PartyFound
from extract.lower_case import in_lower, lowered
from extract.owning_up import owns_up
from extract.parties import Form, Head, PartyMention
from extract.phrases import holds
from model import Party, Span

CLAIMS_ITSELF = "actor/claims-itself"
TELLS_ITSELF = "actor/tells-itself"
OWNS_UP = "actor/owns-up"
BEHIND = "actor/behind"
BLAMED = "actor/blamed"
EACH_OTHER = "actor/accused-each-other"

# What may stand between "blamed" and the party: "dissidents of the", "artillery of the". Who backs them did not act.
_BETWEEN = (
    r"(?:(?!(?:for|that|who|when|said|over|not|no|on|by|backing|supporting|arming|helping|funding)\b)[\w’'-]+\s+){0,4}?"
    r"(?:of\s+|from\s+)?(?:the\s+|an?\s+)?"
    r"(?:(?:[\w-]+\s+){1,3}?(?:group|militia|gang|faction|movement|network),\s+)?(?:pro-)?"
)
_BLAME_BEFORE = in_lower(
    r"(?:(?<!the\s)\b(?:(?:blam|accus|implicat|fault)(?:e[sd]?|ing)|suspects?|suspected|held|holds|holding|"
    r"identif\w+\s+(?:it|them|the\s+\w+)\s+as|blam(?:e[sd]?|ing)\s+(?:[\w’'-]+\s+){1,6}?on|"
    r"(?:suspicion|suspicions|blame)\s+(?:\w+\s+)?fell\s+on|hallmarks?\s+of|pinned\s+(?:[\w’'-]+\s+){1,5}?on|"
    r"(?:attribut\w+|ascrib\w+|trac\w+)\s+(?:[\w’'-]+\s+){1,6}?to|attributed\s+to|claimed\s+by|"
    r"(?:point(?:ed|s|ing)?|pointed\s+(?:a|the)\s+finger)\s+(?:at|to)|(?:put|puts|laid)\s+(?:the\s+)?blame\s+on|"
    r"(?:carried\s+out|planted|launched|fired|conducted|perpetrated|committed|dropped|(?:the\s+)?work)\s+(?:by|of)|"
    r"(?:planes?|drones?|jets?|aircraft|helicopters?|missiles?|rockets?)\s+(?:had\s+)?belonged\s+to)|"
    r"\b(?:attackers?|assailants?|gunm[ae]n|killers?|men|raiders|bombers?|militants|perpetrators?|fighters)\s+"
    r"(?:(?:were|was|are|had\s+been)\s+(?:from|members\s+of|part\s+of|linked\s+to|fighters\s+of)|belonged\s+to))\s+"
    + _BETWEEN
    + r"$",
)
_NOT_BLAMED = in_lower(
    r"\b(?:not|never|nor|without|(?:stopped|fell)\s+short\s+of|refused\s+to|declined\s+to)\s+(?:\w+\s+){0,2}?"
    r"(?:blam|accus|attribut|nam|point)\w+"
)
# "accused the army of failing to protect them": of something else than the attack.
_OTHER_CHARGE = re.compile(
    r"(?:\s+(?:forces|troops|militants|fighters|rebels|officials|government))?\s+(?:of|for)\s+(?:fail\w*|not\b|"
    r"ignoring|"
    r"doing\s+nothing|inaction|lying|negligence|exaggerat\w+|fabricat\w+|spreading|hiding|using\s+(?:[\w’'-]+\s+){0,3}?"
    r"(?:human\s+shields?|civilians|hospitals|schools)|block\w+|abandon\w+|obstruct\w+|arming|backing|supporting|"
    r"helping|"
    r"harbou?r\w+|shelter\w+|training|funding|financing|supplying|(?:the|a)\s+(?:delay|lack|collapse|failure|"
    r"shortage|crisis|"
    r"blackout|breakdown)|(?:[\w,.-]+\s+){0,4}?(?:ceasefire|truce|treaty)\s+violations)"
)
_EACH_OTHER = in_lower(
    r"\b(?:accus|blam)(?:e|es|ed|ing)\s+(?:each\s+other|one\s+another)\b|\beach\s+(?:accus|blam)(?:e|es|ed|"
    r"ing)\s+the\s+other\b|"
    r"\b(?:trad|exchang)(?:e|es|ed|ing)\s+(?:accusations|blame|recriminations)\b",
)
_MUTUAL = frozenset({"each", "another", "accusations", "blame", "recriminations"})  # one of them is in it
_UNLISTED = re.compile(
    r"(?:^|\band\s+)(?:the\s+|its\s+|their\s+)?((?:[a-z][\w’'-]*\s+){0,3}(?:rivals?|rebels?|militias?|group|forces|"
    r"fighters|"
    r"insurgents|paramilitaries|separatists|militants|guerrillas|opponents|foes|enemies))\s+(?:on\s+\w+day\s+|"
    r"have\s+|has\s+|had\s+){0,2}$"
)
_HELD = in_lower(r"\b(?:held|holds|holding)\s+(?:[\w’'-]+\s+){0,5}$")
_RESPONSIBLE = re.compile(r"[^.;:!?]{0,40}?\b(?:responsible|accountable)\b", re.IGNORECASE)
_WERE = in_lower(
    r"\b(?:attackers?|assailants?|gunm[ae]n|killers?|raiders|bombers?|perpetrators?)\s+(?:were|was|are|had\s+been)\s+"
    r"(?:probably\s+|likely\s+)?$"
)
_WAS_OF = in_lower(
    r"\b(?:it|this|drones?|missiles?|rockets?|strikes?|raid|shells?|planes?|jets?|aircraft|attack|weapons?|bombs?)\s+"
    r"(?:was|were|had\s+been|is|are)\s+(?:an?\s+|probably\s+|likely\s+){0,2}$",
)
_OWNED_END = re.compile(
    r"(?:-made)?(?:\s+(?:drones?|missiles?|rockets?|strike|raid|shells?|planes?|jets?|aircraft|one|"
    r"fire))?\s*(?:[.,;”\"]|$|\s(?:that|and|which)\b)"
)
# "Al-Shabaab, which has fought the state for years, claimed": what is told of a party before its verb.
_ASIDE = (
    r"(?:\s*\([^()\n]{1,14}\))?(?:,\s+(?:an?|the|which|who|whose|one|known|also|based|part|once|formerly|allied|"
    r"linked|now|"
    r"long|long-time|backed)\b[^.;:!?\n]{2,120}?,)?"
)
_FORCES_AFTER = (
    r"(?:\s+(?:forces|troops|militants|fighters|army|group|movement|rebels|insurgents|guerrillas|dissidents|militia|"
    r"members|"
    r"gunmen|men))?(?:['’]s?\s+(?:[\w-]+\s+){1,3}?(?:branch|wing|affiliate|arm|spokes\w+))?" + _ASIDE
)
_BLAME_AFTER = re.compile(
    _FORCES_AFTER
    + r"\s+(?:(?:was|were|is|are|being|had\s+been|to\s+be)\s+(?:\w+\s+)?(?:behind|responsible\s+for|to\s+blame|"
    r"suspected|accused\s+(?:by|of))|"
    r"(?:has\s+|have\s+|had\s+|later\s+|also\s+|quickly\s+|first\s+|since\s+|then\s+|on\s+\w+day\s+|"
    r"\([^)]{1,12}\)\s+){0,3}(?:claimed|"
    r"took|claims|claim)\s+"
    r"(?:(?:joint|full|sole|the)\s+)?"
    r"(?:responsibility|credit|it\b|(?:that|this|the|both|these|those)\s+(?:\w+\s+)?"
    r"(?:attacks?|bombings?|strikes?|raids?|blasts?|assaults?|explosions?|ambush|killings?|shootings?)|"
    r"(?:attack|bombing|strike|raid|blast|ambush)\b))(?!\s+(?:false|was\s+false))"
)
_CLAIMED_OWN = re.compile(r"\b(?:claimed|took|claims|claim)\b")
_DEED = (
    r"(?:fired|launched|attacked|struck|hit|carried\s+(?:(?:it|them|this|that|both)\s+)?out|targeted|bombed|shot|"
    r"shelled|"
    r"killed|planted|detonated|ambushed|led|mounted|raided|executed|opened\s+fire|eliminated|neutrali[sz]ed|pounded|"
    r"stormed|used|conducted|staged|aimed|planned|set\s+off|blown|blew|dropped|destroyed|mined|done\s+(?:it|so)|"
    r"did\s+it|"
    r"captured|seized|overran|overrun|(?:begun|begin|began|started|initiated)\s+[“\"]?(?:\w+\s+){0,3}?(?:firing|"
    r"fire|shelling|"
    r"bombing|bombardment)|"
    r"sent(?!\s+(?:[\w,-]+\s+){0,4}?(?:soldiers|troops|reinforcements|aid|help|teams?|delegation|investigators|"
    r"police|men)\b))"
)
_NOT = r"(?!(?:not|never|no|were|was|been|being)\b)"
_PERHAPS = r"(?:(?!(?:not|never|no|were|was|been|being)\b)\w+\s+)?"  # "had also struck", but not "had been struck"
_AROUND = r"(?:\s+(?:(?!(?:that|who|which|not|never|no|none|nothing|denied|denies)\b)[\w’'-]+)){0,7}?"
_OWN = (
    r"(?:it|they|we|(?:its|their|our|his|her|(?:his|her|the)\s+country['’]s)\s+(?:" + _NOT + r"[\w-]+\s+){1,3}?|"
    r"(?:one|two|three|some)\s+of\s+(?:its|their)\s+(?:[“\"]?[\w-]+[”\"]?\s+){1,3}?)\s*"
)
_TOLD_OWN = re.compile(
    _FORCES_AFTER
    + _AROUND
    + r"\s+(?:said|says|say|told|wrote|confirmed|confirms|admitted|announced|acknowledged|stated|declared|boasted|"
    r"claimed|"
    r"claims)\b(?:,)?" + _AROUND + r"\s+(?:that\s+)?(?:" + _OWN + r"[“\"]?(?:(?:was|were)\s+(?:behind|responsible)|"
    r"(?:had\s+|have\s+|has\s+)?" + _PERHAPS + r"[“\"]?" + _DEED + r"(?!\s+down)(?!\s+by\b))\b|"
    r"having\s+" + _DEED + r"\b|to\s+have\s+" + _DEED + r"\b)"
)
_SAID_BEFORE = re.compile(
    r"\b(?:said|says|say|claim\w*|alleg\w*|believ\w*|think|thinks|insist\w*|maintain\w*|suspect\w*)\s+(?:that\s+)?"
    r"(?:(?:it\s+was\s+)?the\s+)?(?:[a-z-]+\s+){0,2}?(?:of\s+(?:the\s+)?|from\s+)?$"
)
_DID = re.compile(
    _FORCES_AFTER + r"\s+(?:had|has|have|that\s+had|who\s+had|which\s+had)\s+" + _PERHAPS + _DEED + r"\b(?!\s+down)"
)
_IN = re.compile(
    r"\b(?:in|on|near|across|against|at|over|inside|within|into|around|outside|through)\s+(?:the\s+)?$", re.IGNORECASE
)
_OFFICE_IN = re.compile(r"\b(?:ministry|government|military|army|authorities|command|officials)\s+in\s+$")
_TAG = re.compile(r"\s+(?:has\s+|have\s+)?(?:said|says|announced|reported|confirmed|stated)\b")
_OWN_DEED = re.compile(
    r"\b(?:[Ii]ts|[Tt]heir|[Oo]ur)\s+(?:[\w-]+\s+){0,2}?(?:forces|troops|jets|warplanes|planes|aircraft|drones?|"
    r"missiles?|soldiers|"
    r"fighters|artillery|gunners|helicopters|navy|pilots|units|men|warships|rockets?)\s+(?:had\s+|have\s+)?"
    + _PERHAPS
    + _DEED
)
_CLAIMED = re.compile(r"\b(?:claimed|claims)\b")


def find_blames(text: str, sentence: Span, parties: Sequence[PartyMention]) -> tuple[PartyFound, ...]:
    """The parties that a sentence blames, or that take the attack on themselves, in the order of the text.

    Args:
        text: the report.
        sentence: the sentence or clause.
        parties: the parties that may be named in it.
    """
    found = list(_each_other(text, sentence, parties))
    for mention in parties if not found else ():
        if sentence.start <= mention.span.start < sentence.end and mention.form is not Form.ORGANISATION:
            blame = _own_word(text, sentence, mention) or _blamed(text, sentence, mention)
            if blame is not None:
                found.append(blame)
    return tuple(found)


def _each_other(text: str, sentence: Span, parties: Sequence[PartyMention]) -> tuple[PartyFound, ...]:
    """The two of "X and Y accused each other"."""
    if not parties or not holds(text, sentence.start, sentence.end, _MUTUAL):
        return ()
    accused = _EACH_OTHER.search(lowered(text), sentence.start, sentence.end)
    if accused is None:
        return ()
    near = [m for m in parties if sentence.start <= m.span.start < accused.start() and m.form is not Form.ORGANISATION]
    other = _UNLISTED.search(text, near[-1].whole.end, accused.start()) if near else None
    if other is not None:  # "the army and its paramilitary rivals accused each other"
        rivals = PartyFound(Party(other[1]), Span(*other.span(1)), EACH_OTHER, 0.5)
        return PartyFound(near[-1].party, near[-1].whole, EACH_OTHER, 0.6), rivals
    if len(near) < 2:
        return ()
    return tuple(PartyFound(m.party, m.whole, EACH_OTHER, 0.6) for m in near[-2:])


def _own_word(text: str, sentence: Span, mention: PartyMention) -> PartyFound | None:
    if mention.head in (Head.PLACE, Head.LINE) or (mention.head is Head.VICTIM and not _is_of_group(text, mention)):
        return None
    if mention.form in (Form.NAME, Form.CAPITAL) and stands_in(text, mention):
        return None
    own = _told_after(text, sentence, mention)
    if own is not None:
        return own
    before, after = (
        text[max(0, mention.span.start - 2) : mention.span.start],
        text[mention.whole.end : mention.whole.end + 2],
    )
    apposed = mention.whole.end + (before == after == ", ")
    for end in dict.fromkeys((mention.whole.end, mention.span.end, apposed)):
        claim = _BLAME_AFTER.match(text, end, sentence.end)
        if claim is not None:
            rule = CLAIMS_ITSELF if _CLAIMED_OWN.search(claim[0]) else BEHIND
            return PartyFound(mention.party, Span(mention.span.start, claim.end()), rule, 0.8)
    told = _TOLD_OWN.match(text, apposed, sentence.end)
    if told is not None:
        rule = CLAIMS_ITSELF if _CLAIMED.search(told[0]) else TELLS_ITSELF
        return PartyFound(mention.party, Span(mention.span.start, told.end()), rule, 0.75)
    owned = owns_up(text, sentence, mention)
    return PartyFound(mention.party, owned, OWNS_UP, 0.6) if owned is not None else None


def _is_of_group(text: str, mention: PartyMention) -> bool:
    """True for "PKK members", who act, as against "Kenyan members", who are hit."""
    return mention.form is Form.GROUP and text[mention.span.start : mention.whole.end].endswith(("members", "men"))


def stands_in(text: str, mention: PartyMention) -> bool:
    """True for a state that is only where somebody else is: "the coalition fighting in Yemen said"."""
    start = max(0, mention.span.start - 40)
    if _IN.search(text, start, mention.span.start) is None:
        return False
    return _OFFICE_IN.search(text, start, mention.span.start) is None


def _told_after(text: str, sentence: Span, mention: PartyMention) -> PartyFound | None:
    """The party of "Its jets had struck the depot, X said"."""
    if (
        _TAG.match(text, mention.whole.end, sentence.end) is None
        or text[max(0, mention.span.start - 6) : mention.span.start].find(", ") < 0
    ):
        return None
    deed = _OWN_DEED.search(text, sentence.start, mention.span.start)
    return PartyFound(mention.party, Span(deed.start(), mention.whole.end), TELLS_ITSELF, 0.7) if deed else None


def _blamed(text: str, sentence: Span, mention: PartyMention) -> PartyFound | None:
    if mention.head in (Head.PLACE, Head.LINE) or (mention.head is Head.VICTIM and not _is_of_group(text, mention)):
        return None
    start = max(sentence.start, mention.span.start - 110)
    before, low = text[start : mention.span.start], lowered(text)[start : mention.span.start]
    if mention.form is Form.ADJECTIVE and _OWNED_END.match(text, mention.span.end) and _WAS_OF.search(low):
        return PartyFound(mention.party, mention.whole, BLAMED, 0.7)
    if _DID.match(text, mention.whole.end, sentence.end) and _SAID_BEFORE.search(before):
        return PartyFound(mention.party, mention.whole, BLAMED, 0.7)
    if _BLAME_BEFORE.search(low) is None and not (mention.form is Form.GROUP and _WERE.search(low)):
        return None
    if _NOT_BLAMED.search(low) or _OTHER_CHARGE.match(text, mention.whole.end, sentence.end):
        return None
    if _HELD.search(low) and _RESPONSIBLE.match(text, mention.whole.end, sentence.end) is None:
        return None
    return PartyFound(mention.party, mention.whole, BLAMED, 0.7)
