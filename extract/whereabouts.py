"""Places to which people came, and where nothing was hit: "treated in X", "the train to X", "died in an X clinic"."""

from __future__ import annotations

from extract.lower_case import in_lower, lowered
from model import Span

_TAKEN_TO = in_lower(
    r"\b(?:taken|flown|airlifted|transferred|rushed|referred|brought|carried|evacuated|moved|driven)\b"
    r"(?:\s+(?!(?:near|after|when|from|but|and|following)\b)[\w’'-]+){0,7}?\s+to\s+(?:the\s+|an?\s+)?$"
)
_CARED_FOR = in_lower(
    r"\b(?:treated|treatment|admitted|admission|recovering|hospitalised|hospitalized|(?:critical|serious|grave|stable|intensive)\s+"
    r"(?:state|condition|care)|of\s+(?:(?:his|her|their|its)\s+)?(?:wounds|injuries|burns))\b"
    r"(?:\s+(?!(?:near|after|when|by|from|but|and|following)\b)[\w’'-]+){0,7}?\s+(?:in|at|to)\s+(?:the\s+|an?\s+)?$"
)
_CLINIC_AFTER = in_lower(r"(?:['’]s)?\s+(?:[\w-]+\s+){0,2}?(?:hospital|clinic|infirmary|morgue|mortuary)\b")
_DIED_IN = in_lower(r"\b(?:died|dies|succumbed|dead)\s+(?:later\s+)?(?:in|at)\s+(?:an?\s+|the\s+)?$")
_BOUND_FOR = in_lower(
    r"\b(?:trains?|flights?|bus(?:es)?|services?|ferr(?:y|ies)|traffic|travell?(?:ed|ing)|head(?:ed|ing)|bound|"
    r"on\s+(?:the|its|his|her|their)\s+way(?:\s+\w+)?|en\s+route|journey|fled|flee|fleeing|displaced|returning|return)\s+"
    r"(?:to|for|towards)\s+(?:the\s+)?$"
)


def governing(before: str) -> str:
    """The last of the words before a name, an article aside: most often the preposition that governs it.

    Most patterns for what stands before a name end in a few prepositions; where another word stands there, they need
    not be sought.
    """
    words = before.split()
    if words and words[-1] in ("the", "a", "an"):
        words.pop()
    return words[-1] if words else ""


def is_bystander(text: str, before: str, place: Span) -> bool:
    """True for a place to which victims were brought or travellers were bound.

    Args:
        text: the report.
        before: the words before the place in its sentence, in lower case.
        place: the name.
    """
    last = governing(before)
    if last not in ("to", "for", "towards", "in", "at"):
        return False
    if _BOUND_FOR.search(before) or _TAKEN_TO.search(before) or _CARED_FOR.search(before):
        return True
    return _DIED_IN.search(before) is not None and _CLINIC_AFTER.match(lowered(text), place.end) is not None
