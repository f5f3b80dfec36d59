"""Words that stand for a party: "the army", "the junta", "the group", "the coalition".

A state's forces are those of the state whose forces were told of last, else of the one country in which the report
places things; a group is the one told of last. Where that is not clear nobody is meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.parties import HOME, Form, Head, PartyMention, army_of, find_parties, is_of_state, is_state, state
from extract.phrases import matches_at, split_words
from extract.roles import Role
from extract.toponyms import PlaceMention
from model import Level, Party, Span

_CRAFT = (
    r"(?:forces|troops|soldiers|fighters|aircraft|fighter\s+jets?|jets?|warplanes?|planes?|helicopters?|drones?|"
    r"artillery|"
    r"guns|gunners|gunboats|tanks|bombers|gunships?|commandos|infantry|airstrikes?|air\s+strikes?|air\s+raids?)"
)
_WORDS = re.compile(
    r"\b(?:"
    r"(?P<ours>[Oo]ur\s+(?:heroic\s+|brave\s+)?(?:army|armed\s+forces|air\s+force|navy|forces|troops|soldiers|fighters|"
    r"aircraft|jets|warplanes|planes|drones|artillery|missile\s+forces|mujahideen|units|men))"
    r"|(?P<rulers>(?:[Tt]he\s+)?(?:ruling\s+|military\s+)?[Jj]unta|[Tt]he\s+(?:regime|military\s+(?:council|government|"
    r"rulers)|ruling\s+generals)|[Rr]egime(?=['’]s?\s)|[Rr]egime(?=\s+" + _CRAFT + r"))"
    r"|(?P<force>(?:[Tt]he|[Aa]n?|[Ii]ts)\s+(?:(?:federal|national|government|state)\s+)?(?:army|military|"
    r"armed\s+forces|air\s+force|navy|security\s+forces)|[Ss]ecurity\s+forces|"
    r"(?:[Gg]overnment|[Ff]ederal|[Aa]rmy|[Mm]ilitary|[Nn]ational\s+army)(?=\s+" + _CRAFT + r"))"
    r"|(?P<rivals>[Ii]ts\s+paramilitary\s+rivals?)"
    r"|(?P<group>[Tt]he\s+(?:(?:rebel|armed|militant|paramilitary|jihadist|guerrilla|militia|same|separatist)\s+)?"
    r"(?:group|movement|militia|militiamen|militants|rebels|insurgents|paramilitaries|jihadists|separatists|guerrillas|"
    r"fighters|organi[sz]ation|gang|cartel|faction)|[Rr]ebel(?=\s+" + _CRAFT + r")|"
    r"[Pp]aramilitar(?:y|ies)(?=\s+(?:forces|fighters|troops|drones?|artillery|shelling)))"
    r"|(?P<coalition>[Tt]he\s+coalition))\b(?P<own>['’]s?(?=\s))?"
)
# Every word that the pattern may begin with, in lower case: it is tried where one stands, and nowhere else.
_FIRST_WORDS = frozenset(
    (
        *("our", "the", "a", "an", "its", "ruling", "military", "junta", "regime", "security", "government"),
        *("federal", "army", "national", "rebel", "paramilitary", "paramilitaries"),
    )
)
_CRAFT_NEXT = re.compile(r"\s+" + _CRAFT + r"\b")
# "the army base" is no army, "the group of lawyers" no party.
_NOT_AFTER = re.compile(
    r"(?:['’]s?)?\s+(?:of|that|who|which|backed|led|council\s+of|coup|rule|in\s+exile|part|sites?)\b", re.IGNORECASE
)
_FORCE_ACTS = re.compile(
    r"['’]s?\s|\s*[.,;:)”\"]|\s*$|\s+(?:[\w-]+ed|said|says|has|had|have|is|was|were|did|does|will|would|and|or|"
    r"in|on|at|to|for|with|"
    r"by|from|of|also|later|again|then|struck|hit|shot|fought|took|put|held|blew|knew|spoke|gave|told|called|"
    r"lost|could|may|threw|flew|drove|sent|led|began|made|went|came|left|wrote|fell|now|still|first|itself|which|who|"
    r"fires|strikes|hits|bombs|shells|pounds|kills|attacks|storms|launches|seeks|"
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
_HANDS = re.compile(
    r"\b(?:(?P<own>[Ii]ts|[Tt]heir)\s+(?:own\s+)?(?:armed\s+|suicide\s+|fighter\s+|attack\s+)?|[Tt]he\s+(?:same\s+)?)"
    r"(?P<noun>(?:(?<=[Ii]ts\s)|(?<=[Tt]heir\s)|(?<=own\s)|(?<=armed\s)|(?<=suicide\s)|(?<=attack\s))(?:men|"
    r"fighters|gunmen|forces|troops|soldiers|gunners|"
    r"militiamen|drones|missiles|rockets|artillery|gunboats)|jets|warplanes|planes|aircraft|helicopters|gunships)\b"
)
_FIRST_OF_HANDS = frozenset({"its", "their", "the"})
_NEAR_PARTIES = 12
_BESIDE = 25
_LONGEST_SENTENCE = 400
_DOES = re.compile(
    r"\s+(?:has\s+|had\s+|also\s+)?(?:bombed|struck|fired|launched|attacked|shelled|strikes|bombs|hits|hit|pounds|"
    r"pounded|sent|"
    r"carried\s+out|targeted|raided|invaded)\b"
)
_MANY_GROUPS = re.compile(r"(?:group|movement|organi[sz]ation|fighters)['’]?s?\s*$")  # may be no armed one
_BODY = re.compile(
    r"\b(?:[Aa]n?|[Tt]he)\s+(?:[\w-]+\s+){0,2}?(?:aid|rights|monitoring|relief|rescue|lawyers['’]?|advocacy|charity|"
    r"campaign|"
    r"activists?|medical|civil\s+society|watchdog|women['’]s|research|church|students?['’]?|trade|youth|media|"
    r"doctors['’]?|"
    r"welfare|peace)\s+(?:group|organi[sz]ation|movement|agency)|\b[Aa]\s+(?:group|organi[sz]ation)\s+(?:of|that)\b"
)
_BODY_REACH = 500
_LEAST = 0.5
_STATEMENT = 6_000  # characters in which a statement says "our forces"
_HEADER = 150  # characters in which whoever issues a statement names itself
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
    groups = {m.party for m in parties if m.form is Form.GROUP and not is_of_state(m.party)}
    forces = state(army_of(home)) if home else _of_any_place(places)
    known = _Known(forces, groups.pop() if len(groups) == 1 else None)
    found: list[PartyMention] = []
    for match in matches_at(text, _FIRST_WORDS, _WORDS):
        at = bisect_left(starts, match.end())
        covered = any(m.whole.end > match.start() and m.span.start < match.end() for m in parties[max(0, at - 2) : at])
        if covered or _NOT_AFTER.match(text, match.end()) or not _acts(text, match):
            continue
        party = _meant(text, match, parties[bisect_left(starts, match.start() - _BACK) : at], known)
        if party is not None:
            found.append(_mention(text, match, party))
    return (*found, *_hands_of(text, sorted((*parties, *found), key=lambda m: m.span.start)))


def _hands_of(text: str, parties: Sequence[PartyMention]) -> list[PartyMention]:
    """Forces named by whom they belong to, told of before: "its men", "their drones", "the jets" of the regime."""
    starts = [mention.span.start for mention in parties]
    found = []
    for match in matches_at(text, _FIRST_OF_HANDS, _HANDS):
        near = parties[max(0, bisect_left(starts, match.start()) - _NEAR_PARTIES) : bisect_left(starts, match.start())]
        near = [m for m in near if m.whole.end <= match.start() and _may_own(m)]
        owner = _owner_told(text, match, near) if match["own"] else _owner_of_same(text, match, near)
        if owner is not None:
            form = Form.ADJECTIVE if is_of_state(owner.party) else Form.GROUP
            span = Span(match.start(), match.start("noun") - 1)
            found.append(PartyMention(owner.party, span, Span(match.start(), match.end()), form, Head.FORCE, True))
    return found


def _may_own(mention: PartyMention) -> bool:
    if mention.form is Form.ORGANISATION or mention.head in (Head.PLACE, Head.VICTIM, Head.LINE):
        return False
    return mention.form is not Form.ADJECTIVE or mention.head is not Head.NONE


def _owner_told(text: str, match: re.Match[str], near: Sequence[PartyMention]) -> PartyMention | None:
    """Whom "its" means: the party told last in the sentence, else the first of the sentence before."""
    begin = _sentence_start(text, match.start())
    here = [m for m in near if m.span.start >= begin]
    if here:
        return here[-1]
    before = _sentence_start(text, begin - 2)
    return next((m for m in near if before <= m.span.start < begin), None)


def _owner_of_same(text: str, match: re.Match[str], near: Sequence[PartyMention]) -> PartyMention | None:
    """Whose the same thing was when it was told of before: "two jets of the regime ... the jets"."""
    noun = match["noun"].removesuffix("s")
    told = [m for m in near if match.start() - m.span.start <= _BACK]
    told = [m for m in told if noun in text[max(0, m.span.start - _BESIDE) : m.whole.end + _BESIDE]]
    return told[-1] if told else None


def _sentence_start(text: str, at: int) -> int:
    floor = max(0, at - _LONGEST_SENTENCE)
    return max(text.rfind(". ", floor, max(floor, at)) + 2, text.rfind("\n", floor, max(floor, at)) + 1, floor)


@lru_cache(maxsize=4)  # asked for each event of a report
def issuer_of(text: str) -> Party | None:
    """Whoever issues a statement in its own name ("our forces"), or None where the text is no such statement."""
    ours = any(match["ours"] for match in matches_at(text[:_STATEMENT], {"our"}, _WORDS))
    return _issuer(text) if ours else None


def _of_any_place(places: Sequence[PlaceMention]) -> Party | None:
    """The forces of whichever state holds the place, where all places may lie in one state that is not clear yet."""
    told = [place.countries for place in places if place.countries and place.role is not Role.ORIGIN]
    return HOME if places and (not told or frozenset.intersection(*told)) else None


@lru_cache(maxsize=4)  # asked for each time that a statement says "our forces"
def _issuer(text: str) -> Party | None:
    """Who issues a statement: the party that its first line names, also in capitals."""
    head = text[:_HEADER].lstrip().partition("\n")[0]
    head = head.title() if head.isupper() else head
    named = [m.party for m in find_parties(head, split_words(head)) if m.form is not Form.ORGANISATION]
    return named[0] if named else None


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


@dataclass(frozen=True, slots=True)
class _Known:
    """Whose forces "the army" is where none was told of before, and the only armed group that the text names."""

    home: Party | None
    group: Party | None


def _acts(text: str, match: re.Match[str]) -> bool:
    """False where the words only describe a thing: "the army base", "the military part"."""
    words = match["force"] or match["rulers"]
    described = words is not None and words.lower().split()[0] in ("the", "a", "an", "its", "security")
    if _CRAFT_NEXT.match(text, match.end()):
        return True
    return not described or match["own"] is not None or _FORCE_ACTS.match(text, match.end()) is not None


def _meant(text: str, match: re.Match[str], near: Sequence[PartyMention], known: _Known) -> Party | None:
    """The party that the words stand for, by those named not long before."""
    if match["ours"]:
        return _issuer(text) or known.home
    if match["coalition"]:
        return _last(m.party for m in near if "coalition" in m.party.name.lower())
    if match["group"] or match["rivals"]:
        told = [m for m in near if m.form is Form.GROUP and not is_of_state(m.party)]
        vague = _MANY_GROUPS.search(match[0]) is not None
        if vague and _is_other_body(text, match.start(), told[-1].span.end if told else 0):
            return None
        return told[-1].party if told else (None if vague else known.group)
    of_army = match["force"] or (match["rulers"] and known.home == HOME)
    armies = [m.party.country for m in near if _is_army(text, m)] if of_army else []
    if armies:
        return state(armies[-1]) if armies[-1] else None
    return known.home


def _is_other_body(text: str, at: int, since: int) -> bool:
    """True where a body without arms was told of since the last armed group: "an aid group's house ... the group"."""
    if text.endswith("ccording to ", 0, at):
        return True
    return _BODY.search(text, max(since, at - _BODY_REACH), at) is not None


def _is_army(text: str, mention: PartyMention) -> bool:
    """True for the forces of a state, or the owner of what struck."""
    if mention.party.country is None or (mention.form is Form.GROUP and not is_of_state(mention.party)):
        return False
    if mention.form is Form.GROUP:
        return True
    if mention.form in (Form.NAME, Form.CAPITAL) and mention.head is Head.NONE:
        return _DOES.match(text, mention.span.end) is not None
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
    if match["group"] or match["coalition"] or match["rivals"] or (match["ours"] and not is_state(party)):
        return PartyMention(party, span, whole, Form.GROUP, Head.OFFICE if office else Head.NONE, bool(match["own"]))
    head = Head.OFFICE if office else Head.FORCE
    return PartyMention(party, span, whole, Form.ADJECTIVE, head, bool(match["own"]))
