"""A side that speaks of an attack as of its own without saying "we did it": "the strike was aimed at militants"."""

from __future__ import annotations

import re

from extract.parties import Head, PartyMention, is_of_state
from model import Span

_SAID = (
    r"(?:\s+(?:(?!that\b|who\b|which\b|not\b)[\w’'-]+)){0,6}?\s+"
    r"(?:said|says|stated|announced|confirmed|explained)\s+(?:that\s+)?"
)
_ACT = (
    r"(?:the|these|those|this|that|its)\s+(?:[\w-]+\s+){0,2}?(?:strikes?|raids?|attacks?|operations?|bombardment|"
    r"air\s?strikes?|"
    r"shelling|bombing|assault|barrage)\s+"
)
_PURPOSE = (
    r"(?:(?:was|were|had\s+been)\s+(?:aimed\s+at|directed\s+at|meant\s+to|intended\s+to|(?:a|an|in|"
    r"the)?\s*(?:response|retaliation|"
    r"revenge|answer|reprisal)|precise|surgical|pre-?emptive|necessary|lawful)|(?:had\s+)?(?:targeted|hit|struck|"
    r"killed|destroyed|"
    r"eliminated|neutrali[sz]ed)\s+(?:[\w’',-]+\s+){0,5}?(?:militants?|terrorists?|insurgents?|rebels|fighters|"
    r"commanders?|weapons|"
    r"launch\w*|command\s+(?:post|cent\w+)|depots?|operatives?|cells?|infrastructure|hideouts?|jihadists?|bandits|"
    r"gunmen))"
)
# "The army said rockets were stored there."
_REASON = (
    r"(?:(?!it\b|they\b)[\w’'-]+\s+){1,5}?(?:was|were|had\s+been)\s+(?:made|stored|kept|built|hidden|housed|"
    r"produced|based|"
    r"assembled|hiding|operating|meeting|launched)\s+(?:there|at\s+the\s+site|in\s+the\s+(?:building|house|compound|"
    r"school))|"
    r"the\s+(?:building|house|school|compound|site|hospital|mosque|factory|plant)\s+(?:was|"
    r"had\s+been)\s+(?:being\s+)?used\s+"
    r"(?:by|as|to|for)"
)
_OWNS_UP = re.compile(_SAID + r"(?:" + _ACT + _PURPOSE + r"|" + _REASON + r")")


def owns_up(text: str, sentence: Span, mention: PartyMention) -> Span | None:
    """The words by which the forces or an office of a state speak of an attack as of their own, or None.

    Whoever was hit may say such things too ("the raid was revenge for X"): it is for the caller to look at the place.
    """
    if not is_of_state(mention.party) or mention.head in (Head.PLACE, Head.VICTIM, Head.LINE):
        return None
    said = _OWNS_UP.match(text, mention.whole.end, sentence.end)
    return Span(mention.span.start, said.end()) if said is not None else None
