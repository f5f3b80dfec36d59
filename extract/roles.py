"""What a place is to the sentence that names it: hit, fired from, or only the seat of whoever speaks."""

from __future__ import annotations

import re
from enum import StrEnum

from extract.lower_case import in_lower, lowered
from extract.whereabouts import governing, is_bystander
from model import Span


class Role(StrEnum):
    """The part a place plays."""

    TARGET = "target"
    ORIGIN = "origin"  # a launch area that the text names
    SPEAKER = "speaker"  # the seat of an office that speaks
    DATELINE = "dateline"  # where the report was written
    ACTOR = "actor"  # a country that acts
    BETWEEN = "between"  # one of two places between which something happened
    MENTION = "mention"


_REACH = 90
_KIND_OF_PLACE = (
    r"(?:(?:city|town|village|settlement|port|district|region|province|area|neighbou?rhood|camp|peninsula|island)"
    r"\s+of\s+)?"
)
_ORIGIN = re.compile(
    r"\b(?:launched|launching|fired|firing|flown|flew|came|coming|come|shot|sent|originat\w{1,4}|missiles?|"
    r"rockets?|drones?|"
    r"took\s+off|taking\s+off|shelling|fire|attacks?)\b(?:[^.;:,]{0,60}?\s)?from\s+(?:the\s+)?"
    r"(?:(?:direction|territory|area|vicinity|side)\s+of\s+)?(?:the\s+)?"
    r"(?:(?:(?-i:(?!struck|hit|at\b|into|on\b|in\b|and\b|to\b|towards?)[a-z-]+)|[\w]+-(?:annexed|occupied|held|"
    r"controlled))\s+){0,3}?" + _KIND_OF_PLACE + r"$",
    re.IGNORECASE,
)
_FROM_GROUND = in_lower(
    r"\b(?:withdr\w+|retreat\w*|pulled|expelled|evacuat\w+|fled|driven)\b[^.;]{0,50}$",
)
_OFFICE_BEFORE = in_lower(
    r"\b(?:(?:governors?|mayors?|head|heads|ministers?|chief|president|commander|ministry|spokes\w{1,10}|"
    r"council|administration|"
    r"officials?|residents?|native|authorities|university|citizens?)\s+(?:[\w’'-]+\s+){0,2}?(?:of|from|for)|"
    r"(?:officials?|authorities|residents|police|prosecutors|diplomats|correspondent|reporter|sources|medics|"
    r"doctors|activists|witnesses|"
    r"ministry|command|staff|lawyers|rescuers|journalists|survivors)\s+in|according\s+to)\s+(?:the\s+)?"
    + _KIND_OF_PLACE
    + r"$",
)
_BETWEEN = re.compile(
    r"\b(?:car|bus|van|truck|lorry|vehicle|convoy|road|motorcycle|motorbike|train|column|patrol|families|people|"
    r"travel\w+|area|field|bar|village|place|point|spot|site|stretch|section|checkpoint|crossroads|"
    r"highway|railway|line)\s+(?:\w+ing\s+)?between\s+(?:[A-Z][\w’'-]+\s+and\s+)?(?:the\s+(?:towns?|villages?|"
    r"cities)\s+of\s+)?$"
)
_VENUE = in_lower(
    r"\b(?:said|says|wrote|spoke|speaking|told\s+(?:[\w’'-]+\s+){1,4}?|reporters|journalists|conference|"
    r"briefing|hearing|(?:told|before|by)\s+an?\s+(?:\w+\s+)?court|met|"
    r"talks|summit|negotiations)\s+(?:(?:\w+day|late|early|on|at\s+home)\s+){0,2}(?:in|at)\s+(?:the\s+)?$",
)
_OFFICE_AFTER = in_lower(
    r"(?:['’]s?)?\s+(?:[\w-]+\s+){0,3}?(?:governors?|mayors?|officials?|ministry|ministers?|authorities|"
    r"government(?!\s+area)|junta|regime|rulers|spokes\w{1,10}|"
    r"military\s+administration|state\s+administration|administration|police\s+said|media|prosecutors?|council|"
    r"president|leaders?|"
    r"(?:central\s+|military\s+)?command|allies|ally)\b",
)
_TROOPS_OF = in_lower(
    r"\b(?:troops|forces|army|armies|military|soldiers|government|leaders?|president|armed\s+forces|"
    r"air\s+force)\s+of\s+(?:the\s+)?$",
)
_SAYS_AFTER = in_lower(
    r"\s+(?:(?:has|have|had|also|later|on\s+\w+day|repeatedly|immediately|not|yet|never)\s+){0,3}"
    r"(?:said|says|say|claim(?:s|ed)?(?!\s+(?:[\w-]+\s+){0,6}?lives?\b)|accused|accuses|blamed|blames|denied|denies|confirmed|commented|vowed|"
    r"warned|reported|told|"
    r"condemned|called|insists?|announced)\b",
)
_DATELINE = re.compile(
    r"(?:,\s+[A-Z][\w. ]{1,30})?(?:,?\s+\(?[A-Z][a-z]{2,8}\.?\s+\d{1,2}\)?)?"
    r"\s*(?:\([^()\n]{2,40}\)\s*)?(?:\s(?:—|–|--|-)\s|—|:\s)"
)
_LINE_HEAD = re.compile(r"(?:^|\n)[\s(]*(?:[A-Z][\w. ]{1,30},\s+)?$")
_STRUCK_BEFORE = in_lower(
    r"\b(?:in|at|on|near|against|over|into|inside|across|around|towards?|outside|of|to|through|hit|hits|hitting|"
    r"struck|strikes|strike|attack|pound|bomb|shell|target|storm|seize|capture|"
    r"striking|shelled|shelling|attacked|attacks|attacking|bombed|bombing|targeted|targets|targeting|rocked|"
    r"stormed|captured|seized|took|retook|recaptured|retaken|liberated|"
    r"entered|overran|pounded|raided|pounding|bombarded|between|above|within|via|along|outskirts|north|south|"
    r"east|west)\s+"
    r"(?:(?!by\b|from\b|said\b|says\b|that\b|against\b|what\b|against\b)[\w’'–-]+\s+){0,6}?$",
)
_STRUCK_AFTER = re.compile(
    r"(?:,?\s+and\s+(?:[\w’'-]+\s+){0,5}?[\w’'-]+|,[^,;.:]{1,60},|,)?(?:\s+\w+)?\s+(?:was|were|(?:has|have|had)\s+(?:\w+\s+)?been|"
    r"is|are|came|come|comes|(?:has|have)\s+(?:\w+\s+)?come)\s+(?:\w+\s+){0,2}?(?:hit|struck|shelled|"
    r"under|attacked|bombed|targeted|rocked|pounded|damaged|raided|stormed)\b|"
    r"(?:,[^,;.:]{1,60},)?(?:\s+(?:has|have|had|also|again))?\s+(?:suffered|endured|faced|sustained|comes?\s+under|came\s+under|"
    r"(?:hit|struck|rocked)\s+by)\b"
)
_DESCRIBED = re.compile(
    r"['’]s?\s+(?:[\w-]+\s+){0,3}?(?:city|capital|hub|port|metropolis|town|border|region|regions|cities|towns|"
    r"coast|grid|"
    r"infrastructure|side)\b(?!\s+of\s+[A-Z])"
)
_OF_PART = re.compile(
    r"-(?:annexed|occupied|backed|controlled|held|made|based|born|bound|supplied|installed|aligned|led|proxy)\b"
)
_PLACE_AFTER = re.compile(
    r"['’]s?\s+(?:[\w-]+\s+){0,2}?(?:[A-Z]|region|oblast|province|district|city|town|capital|port|border|cent)"
)
_ASIDE = in_lower(
    r"\b(?:km|kilomet\w{2,4}|miles?|border(?!\s+(?:town|village|city|post|crossing|region|district|settlement|"
    r"area)\b)|borders|bordering|"
    r"frontier|adjoining|neighbou?ring)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:(?:from|of|with|to|and|between)\s+)?(?:the\s+)?(?:city\s+of\s+)?$|\bbetween\s+$|\bbetween\s+\w+\s+and\s+$|"
    r"\b(?:made|built|produced|manufactured|designed|supplied|trained|based|born|bought)\s+(?:in|by|"
    r"from)\s+(?:the\s+)?$|"
    r"\b(?:war|conflict|invasion|relations|peace|suffering|aid|support|tactics|fight|"
    r"fighting)\s+(?:[\w-]+\s+)?(?:in|of|for|to|against|on)\s+$",
)
# What a seat of government does stands for what its state does: "the Kremlin's forces", "Tehran fired".
_SEAT_OWNS = re.compile(
    r"['’]s?\s+(?:(?!(?:and|or|in|on|at|of|which|that)\b)[\w-]+\s+){0,3}?(?:forces|troops|army|armies|military|soldiers|"
    r"air\s+force|navy|fleet|missiles?|rockets?|drones?|jets|warplanes|aircraft|artillery|guns|strikes?|airstrikes?|"
    r"attacks?|raids?|assaults?|barrages?|bombardments?|bombing|shelling|offensive|invasion|war|campaign|response|"
    r"retaliation|aggression)\b"
)
_SEAT_ACTS = re.compile(
    r"\s+(?:(?:has|have|had|also|again|later|then|first|repeatedly|itself|on\s+\w+day|overnight)\s+){0,3}"
    r"(?:launched|fired|struck|shelled|bombed|hit|attacked|sent|used|carried\s+out|targeted|pounded|dropped|unleashed|"
    r"invaded|seized|annexed|intensif\w+|stepped\s+up|retaliated|responded|escalated|launches|fires|strikes|shells|"
    r"bombs|attacks|hits|sends|targets|pounds|unleashes|invades|retaliates|responds)\b(?!\s+by\b)"
)
_SEAT_BLAMED = in_lower(
    r"\b(?:blam(?:e[sd]?|ing)|accus(?:e[sd]?|ing)|condemn(?:ed|s|ing)?|urg(?:ed|es|ing)|warn(?:ed|s|ing)?|"
    r"(?:blame|pressure|sanctions)\s+on|"
    r"(?:blame|pressure|sanctions|fire|missiles?|rockets?|drones?|strikes?|attacks?|launched|fired|carried\s+out)\s+by|"
    r"retaliation\s+by|loyal\s+to|backed\s+by|allied\s+(?:to|with)|on\s+behalf\s+of)\s+(?:the\s+)?$",
)
_RIGHT_AT = in_lower(
    r"\b(?:in|at|on|near|of|over|to|from|around|outside|across|central|downtown|inside|into)\s+(?:the\s+)?$",
)
_SERVES = in_lower(
    r"\b(?:service|services|department|directorate|headquarters|office|branch|administration|court|bureau|committee|"
    r"council|prosecutor|commissioner|police)\s+for\s+(?:the\s+)?(?:city\s+of\s+)?$|"
    r"\b(?:members?|cadres?|factions?|supporters?|followers)\s+of\s+(?:the\s+)?$",
)
# A place named only to say where another lies, and one of which an attack is the worst.
_LANDMARK = re.compile(
    r"[A-Z][\w’'-]+,\s+(?:[\w-]+\s+){0,2}?(?:(?:north|south|east|west)[\w-]*\s+of|close\s+to|not\s+far\s+from|outside)\s+(?:the\s+)?$"
)
_SUPERLATIVE = in_lower(
    r"\b(?:first|last|deadliest|worst|bloodiest|heaviest|largest|biggest|gravest|fiercest|most\s+\w+)\s+(?:such\s+)?"
    r"(?:[\w-]+\s+){1,4}?(?:in|on|of|against)\s+(?:the\s+)?$"
)
_BESIDE_LANDMARK, _OF_WORST = frozenset({"of", "to", "from", "outside"}), frozenset({"in", "on", "of", "against"})
_SAYS_THERE = in_lower(
    r",\s+(?:the|an?|its)\s+(?:[\w-]+\s+){0,3}?(?:ministry|minister|government|military|army|president|spokes\w+|general|"
    r"officials?|junta|regime|parliament|staff)\s+(?:[\w-]+\s+){0,3}?(?:said|says|claimed|reported|denied|announced|called|"
    r"confirmed|wrote|condemned|insisted)\b"
)
_BESIDE = in_lower(r"\b(?:in|at|on|near|hit|struck|shelled|bombed|attacked)\s+(?:the\s+)?neighbou?ring\s+$")
_LIES_IN = in_lower(
    r"\b(?:lies|lie|lay|is\s+(?:a\s+(?:\w+\s+)?(?:town|village|city|settlement|port|suburb)|located|situated|found)|"
    r"situated|located)\s+(?:(?!(?:was|were|and|but|which|where|hit|struck)\b)[\w-]+\s+){0,3}?(?:in|near|close\s+to)\s+(?:the\s+)?$",
)


def role_of(text: str, sentence: Span, place: Span, *, country: bool, seat: bool = False) -> Role:
    """The role of a place in its sentence, by the words on both sides.

    Args:
        text: the report.
        sentence: the sentence.
        place: the name.
        country: it is a country.
        seat: it is the seat of a government ("Moscow", "the Kremlin"), whose name may stand for the state.
    """
    start = max(sentence.start, place.start - _REACH)
    before, low = text[start : place.start], lowered(text)[start : place.start]
    if place.start - sentence.start < _REACH and _is_dateline(text, sentence, place):
        return Role.DATELINE
    if seat and _stands_for_state(text, low, place):
        return Role.ACTOR
    if _OF_PART.match(text, place.end):
        return Role.MENTION
    if "from" in low and _ORIGIN.search(before) and not _FROM_GROUND.search(low):
        return Role.ORIGIN
    last = governing(low)
    if _speaks(text, low, last, place):
        return Role.SPEAKER
    if not country and "between" in low and _BETWEEN.search(before):
        return Role.BETWEEN
    if seat and low.strip() == "in" and _SAYS_THERE.match(lowered(text), place.end):
        return Role.SPEAKER
    if (last in _BESIDE_LANDMARK and _LANDMARK.search(before)) or (last in _OF_WORST and _SUPERLATIVE.search(low)):
        return Role.MENTION
    if (_ASIDE.search(low) and not _BESIDE.search(low)) or is_bystander(text, low, place):
        return Role.MENTION
    if (last in ("for", "of") and _SERVES.search(low)) or (last in ("in", "near", "to") and _LIES_IN.search(low)):
        return Role.MENTION
    if country and _DESCRIBED.match(text, place.end):
        return Role.MENTION
    if country and last == "of" and _TROOPS_OF.search(low):
        return Role.ACTOR
    struck = _STRUCK_BEFORE.search(low) is not None or _STRUCK_AFTER.match(text, place.end) is not None
    if country and _acts(text, before, place, struck):
        return Role.ACTOR
    return Role.TARGET if struck else Role.MENTION


def _is_dateline(text: str, sentence: Span, place: Span) -> bool:
    if _DATELINE.match(text, place.end) is None:
        return False
    return _LINE_HEAD.search(text[max(0, sentence.start - 1) : place.start]) is not None


def _stands_for_state(text: str, before: str, place: Span) -> bool:
    """True for "the Kremlin's forces", "Tehran fired", "blamed Kyiv"; not for "a shell in Kyiv struck a house"."""
    if _SEAT_OWNS.match(text, place.end) or _SEAT_BLAMED.search(before):
        return True
    return _SEAT_ACTS.match(text, place.end) is not None and _RIGHT_AT.search(before) is None


def _speaks(text: str, before: str, last: str, place: Span) -> bool:
    """True where the words before it, in lower case, or those after it make it the seat of whoever speaks."""
    if last in ("of", "from", "for", "in", "to") and _OFFICE_BEFORE.search(before):
        return True
    if last in ("in", "at") and _VENUE.search(before):
        return True
    low = lowered(text)
    return _OFFICE_AFTER.match(low, place.end) is not None or _SAYS_AFTER.match(low, place.end) is not None


def _acts(text: str, before: str, place: Span, struck: bool) -> bool:
    """A country that owns something, or that leads its sentence, acts; elsewhere it is where things happen."""
    if text[place.end : place.end + 1] in ("'", "’"):
        return _PLACE_AFTER.match(text, place.end) is None
    return not struck and not before.strip()
