"""Words that stand for a party: "the army", "the junta", "the group", "the coalition".

A state's forces are those of the state whose forces were told of last, else of the one country in which the report
places things; a group is the one told of last. Where that is not clear nobody is meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from extract.parties import Form, Head, PartyMention, is_of_state, state
from extract.roles import Role
from extract.toponyms import PlaceMention
from model import Level, Party, Span

_WORDS = re.compile(
    r"(?=[TtAaIiJjMmGgFfRr])\b(?:"
    r"(?P<force>(?:[Tt]he|[Aa]n?|[Ii]ts)\s+(?:army|military|armed\s+forces|air\s+force|navy)|[Jj]unta|"
    r"[Mm]ilitary(?=\s+(?:aircraft|jets?|planes?|helicopters?|drones?|artillery))|"
    r"(?:[Gg]overnment|[Ff]ederal|[Rr]egime)(?=\s+(?:forces|troops|soldiers|aircraft|jets?|planes?|helicopters?|"
    r"drones?|artillery)))"
    r"|(?P<rivals>[Ii]ts\s+paramilitary\s+rivals?)"
    r"|(?P<group>[Tt]he\s+(?:(?:rebel|armed|militant|paramilitary|jihadist|guerrilla|militia|same)\s+)?"
    r"(?:group|movement|militia|militants|rebels|insurgents|paramilitaries|jihadists|separatists|guerrillas|"
    r"fighters|organi[sz]ation))"
    r"|(?P<coalition>[Tt]he\s+coalition))\b(?P<own>['’]s?(?=\s))?"
)
# "the army base" is no army, "the group of lawyers" no party.
_NOT_AFTER = re.compile(
    r"(?:['’]s?)?\s+(?:of|that|who|which|backed|led|council\s+of|coup|rule|in\s+exile|part|sites?)\b", re.IGNORECASE
)
_FORCE_ACTS = re.compile(
    r"['’]s?\s|\s*[.,;:)”\"]|\s*$|\s+(?:[\w-]+ed|said|says|has|had|have|is|was|were|did|does|will|would|and|or|"
    r"in|on|at|to|for|with|"
    r"by|from|of|also|later|again|then|struck|hit|shot|fought|took|put|held|blew|knew|spoke|gave|told|called|"
    r"lost|could|may|"
    r"blames?|accuses?|denies|claims|spokes\w+|chief|commander|statement|command|leadership|officials?|media)\b"
)
_OFFICE_AFTER = re.compile(
    r"\s+(?:(?:spokes(?:man|woman|person)|chief|commander|statement|command|leadership|official|officials|media)\b)"
)
_ARMY = re.compile(
    r"\b(?:army|military|forces?|troops|navy|junta|jets?|warplanes?|aircraft|planes|soldiers|marines)\b", re.IGNORECASE
)
_STRIKES = re.compile(
    r"\s+(?:\w+\s+)?(?:air\s*)?(?:strikes?|jets?|raids?|warplanes?|drones?|missiles?|planes?|tanks)\b"
)
_LEAST = 0.5
_CLEAR = 2.0  # how much more the first country must be named than the second
_BACK = 1_500  # characters to the group that "the group" means


def find_stand_ins(
    text: str, parties: Sequence[PartyMention], places: Sequence[PlaceMention]
) -> tuple[PartyMention, ...]:
    """The words that stand for a party, each with the party it means, in the order of the text.

    Args:
        text: the report.
        parties: the parties that it names, in order.
        places: the places that it names.
    """
    starts = [mention.span.start for mention in parties]
    home = home_country(places, parties)
    found: list[PartyMention] = []
    for match in _WORDS.finditer(text):
        at = bisect_left(starts, match.end())
        covered = any(m.whole.end > match.start() and m.span.start < match.end() for m in parties[max(0, at - 2) : at])
        if covered or _NOT_AFTER.match(text, match.end()) or not _acts(text, match):
            continue
        party = _meant(text, match, parties[:at], home)
        if party is not None:
            found.append(_mention(text, match, party))
    return tuple(found)


def home_country(places: Sequence[PlaceMention], parties: Sequence[PartyMention]) -> str | None:
    """The one country in which a report places things, or None where there are two or more."""
    votes: dict[str, float] = {}
    for place in places:
        if place.role in (Role.TARGET, Role.MENTION, Role.SPEAKER, Role.DATELINE) and len(place.countries) <= _FEW:
            for country in place.countries:
                weight = 2.0 if place.level is Level.COUNTRY else 1.0
                votes[country] = votes.get(country, 0.0) + weight / len(place.countries)
    for mention in parties:
        local = mention.form is Form.GROUP or mention.head in (Head.PLACE, Head.OFFICE, Head.FORCE)
        if mention.party.country and local:
            votes[mention.party.country] = votes.get(mention.party.country, 0.0) + 0.5
    ranked = sorted(votes.items(), key=lambda vote: -vote[1])[:2]
    if not ranked or ranked[0][1] < _LEAST or (len(ranked) > 1 and ranked[0][1] < _CLEAR * ranked[1][1]):
        return None
    return ranked[0][0]


_FEW = 3  # countries that have a place of that name


def _acts(text: str, match: re.Match[str]) -> bool:
    """False where the words only describe a thing: "the army base", "the military part"."""
    described = match["force"] is not None and match["force"].lower().split()[0] in ("the", "a", "an", "its")
    return not described or match["own"] is not None or _FORCE_ACTS.match(text, match.end()) is not None


def _meant(text: str, match: re.Match[str], before: Sequence[PartyMention], home: str | None) -> Party | None:
    near = [m for m in before if match.start() - m.span.start <= _BACK]
    if match["coalition"]:
        return _last(m.party for m in near if "coalition" in m.party.name.lower())
    if match["group"] or match["rivals"]:
        return _last(m.party for m in near if m.form is Form.GROUP and not is_of_state(m.party))
    armies = [m.party.country for m in near if _is_army(text, m)]
    if armies:
        return state(armies[-1]) if armies[-1] else None
    return state(home) if home else None


def _is_army(text: str, mention: PartyMention) -> bool:
    """True for the forces of a state, or the owner of what struck."""
    if mention.party.country is None or (mention.form is Form.GROUP and not is_of_state(mention.party)):
        return False
    if mention.form is Form.GROUP:
        return True
    if mention.head is Head.FORCE:
        return _ARMY.search(text, mention.span.end, mention.whole.end) is not None
    return mention.form is Form.ADJECTIVE and _STRIKES.match(text, mention.span.end) is not None


def _last(parties: Iterable[Party]) -> Party | None:
    found = None
    for party in parties:
        found = party
    return found


def _mention(text: str, match: re.Match[str], party: Party) -> PartyMention:
    span = Span(match.start(), match.end() - len(match["own"] or ""))
    office = _OFFICE_AFTER.match(text, match.end())
    whole = Span(span.start, office.end()) if office else span
    if match["group"] or match["coalition"] or match["rivals"]:
        return PartyMention(party, span, whole, Form.GROUP, Head.OFFICE if office else Head.NONE, bool(match["own"]))
    head = Head.OFFICE if office else Head.FORCE
    return PartyMention(party, span, whole, Form.ADJECTIVE, head, bool(match["own"]))
