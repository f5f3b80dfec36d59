"""Who did it, who was hit, who says so, and who keeps silent.

An actor is never guessed: it is taken from a by-phrase ("fired by Y"), from an owner ("Y's air assault", "Y drones"),
from the subject of the act, or from a claim ("Z blames Y"). What is only claimed is kept with its speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.cues import Cue, Sort
from extract.lower_case import in_lower, lowered
from extract.parties import Form, Head, PartyMention, state
from model import EventKind, Party, Span


@dataclass(frozen=True, slots=True)
class PartyFound:
    """A party in a part: the words that show it, the rule, how sure the rule is."""

    party: Party
    span: Span
    rule: str
    confidence: float


_BY = in_lower(
    r"(?<!said )(?<!reported )(?<!told )(?<!confirmed )(?<!quoted )(?<!cited )"
    r"(?<!used )(?<!run )(?<!held )(?<!backed )(?<!owned )(?<!controlled )(?<!occupied )(?<!operated )"
    r"(?<!ruled )(?<!guarded )"
    r"\b(?:by|from)\s+(?:the\s+|an?\s+)?"
    r"(?:(?:suspected|presumed|alleged|unidentified|pro|anti|unknown|armed|likely|probable|several|two|three|"
    r"four)[\s-]+){0,3}$",
)
_BY_REACH = 60
_PASSIVE_REACH, _LONGEST_PASSIVE = 80, 40
_ANSWER_REACH = 25
_BREAKS = re.compile(r"[.;:]|\b(?:said|reported|claimed|told|confirmed|announced)\b")
_FROM = in_lower(r"\bfrom\s")
_OWNED = re.compile(r"(?:['’]s?)?(?:[\s\-‐‑]+[\w.’'/-]+){0,5}[\s\-‐‑]*")
_NOT_OWNED = in_lower(
    r"\b(?:said|says|claims?|claimed|reported|reports?|officials?|ministry|government|city|town|village|border|"
    r"territory|soil|region|"
    r"civilians?|people|residents|was|were|is|are|been|has|have|had|came|under|after|over|in|on|at|by|against|"
    r"to|from|with|of|for)\b",
)
_SUBJECT_GAP = re.compile(
    r"(?:\s+(?:forces|troops|army|military|soldiers))?(?:[^.;:!?]{0,110}?\b(?:said|says|claimed|claims|stated|"
    r"confirmed|announced)\s+"
    r"(?:on\s+\w+\s+|that\s+|late\s+|early\s+){0,2}(?:it|they|its|their)\b[^.;:!?]{0,40}|[^.;:!?]{0,110})"
)
_SPEECH = in_lower(
    r"\b(?:said|says|claimed|claims|reported|reports?|told|accused|accuses|blamed|blames|condemned|condemns|"
    r"denied|denies|called|"
    r"confirmed|announced|vowed|warned)\b",
)
_FORCES_OF = in_lower(
    r"\b(?:fighters?|gunm[ae]n|militants?|rebels?|troops|soldiers?|forces|members?|cells?|units?|jets?|aircraft|"
    r"warplanes?|planes?|"
    r"helicopters?|drones?|artillery|guns|gunners|paragliders?|guerrillas?|dissidents?|men|militiam[ae]n|"
    r"insurgents?|jihadists?|"
    r"supporters|bombers?|terrorists?|factions?|army|gunboats|commandos)\s+(?:of|from|belonging\s+to|loyal\s+to|"
    r"linked\s+to|allied\s+(?:to|with))\s+"
    r"(?:the\s+)?(?:[a-z-]+\s+){0,2}?(?:(?:group|movement|militia|organi[sz]ation|network|gang|faction)\s+)?$",
)
_FROM_GROUND_OF = in_lower(
    r"\b(?:fire|fired|shelling|launched|rockets?|missiles?)\s+from\s+[^.;:,]{0,40}\b(?:held|controlled|"
    r"occupied)\s+by\s+(?:the\s+)?$",
)
_CLASH_WITH = in_lower(
    r"\b(?:clash\w*|fighting|battles?|combat|skirmish\w*|firefights?|fire|fought|shoot-?out)\s+(?:\w+\s+){0,3}?with\s+"
    r"(?:the\s+)?(?:[\w-]+\s+){0,2}?$",
)
_ENTERS = re.compile(
    r"\s+(?:had\s+|have\s+)?(?:crossed|entered|pushed|marched|rolled|advanced|moved|broke|burst|swept|rode|"
    r"poured)\s+(?:\w+\s+){0,2}?"
    r"(?:in|into|across|on|towards?|over|through)\b"
)
_VERB = re.compile(
    r"(?:ed|struck|hits?|shot|fought|overran|opened fire|seized|blew|threw|set|sent|flew|(?:took|carried|set|shot|"
    r"blew|broke|"
    r"opened|gunned|burn(?:ed|t)|laid|pushed|drove|seized)\s\w+(?:\s\w+)?)$",
    re.IGNORECASE,
)
_SENT = re.compile(
    r"\s+(?:(?:forces|troops)\s+)?(?:had\s+|has\s+)?(?:sent|launched|fired|released|unleashed|directed|flew|used)\b"
)
_SENT_REACH = 40
_SENT_BY = re.compile(r"\s+(?:(?:were|was|had\s+been)\s+)?(?:launched|fired|sent)\s+by\s+(?:the\s+)?")
_THAT = re.compile(r"(?:[^.;:,]{0,30}\b(?:that|which))?\s+")
_DENIED = in_lower(r"\b(?:not|never|no|none|nothing|neither|without)\b")
# "American soldiers were hurt when a drone hit": another subject stands before the act.
_OTHER_SUBJECT = re.compile(
    r"\b(?:when|while|as|where|because|whose)\s+(?:[A-Z]|(?:an?|the|two|three|four|five|six|several|some|many|"
    r"dozens|one|another|"
    r"its|their|\d+)\b)"
)
_PRESENT = in_lower(
    r"(?:strikes?|attacks?|raids?|bombs?|shells?|pounds?|ambush(?:es)?|storms?|bombards?|fires?|battles?|targets?)$"
)
_ADVERBS = in_lower(r"\s*(?:(?:again|also|now|later|then|\w+ly|and|repeatedly)\s+)?$")
# "Iran launched an attack": what makes a party the one that does what a noun names.
_DOES_A = in_lower(
    r"\b(?:launch\w*|carr(?:y|ied|ies|ying)\s+out|conduct\w*|stag(?:e[sd]?|ing)|mount\w*|made|makes?|making|began|"
    r"begins?|"
    r"start\w*|unleash\w*|order\w*|resum\w*|continu\w*|intensif\w*|stepp?\w*\s+up|with|claim\w*|kept\s+up|fir(?:ed|"
    r"es|ing)|"
    r"opened|used|uses|using|sent|sends|admit\w*|confirm\w*|acknowledg\w*|kill(?:ed|s|ing)|wound(?:ed|ing)|"
    r"injur(?:ed|ing)|"
    r"destroy\w*|hit|struck|escalat\w*|led|leads?|plann?ed|perpetrat\w*|commit\w*|repeat\w*|execut\w*|expand\w*|"
    r"exchang\w*|trad(?:ed|ing)|drop\w*|rain\w*|flew|fought|expanded|responded|retaliated|perform\w*|deliver\w*|"
    r"wag(?:ed|ing)|"
    r"detonat\w*|set|plant\w*|threw|hurl\w*|lobb\w*|laid|direct\w*|blew)\b"
)
_NOT_DONE = in_lower(r"\b(?:not|never|neither|nor)\s+(?:\w+\s+)?$")
_OWN_WORDS = in_lower(r"\b(?:it|they|its|their)\b")
_PLACED = in_lower(
    r"\b(?:in|on|of|near|across|against|at|into|inside|over|to|towards?|from|with|between|southern|northern|"
    r"eastern|western|"
    r"central|annexed|occupied|targeted|targeting|hit|struck|shelled|attacked|killed|wounded|injured|killing|"
    r"injuring|wounding|"
    r"ambushed|bombed|and|for|outside|around|reached|reaching|left|fled|crossed|through|via|entered|joined|by|"
    r"capital)\s+"
    r"(?:the\s+|an?\s+|(?:several|two|three|four|five|six|seven|eight|nine|ten|twelve|dozens\s+of|some|\d+)\s+)?$",
)
_PASSIVE = in_lower(
    r"\b(?:was|were|been|being|is|are)\s+(?:\w+ly\s+)?(?:hit|struck|shelled|attacked|bombed|targeted|killed|"
    r"wounded|injured|ambushed|hurt|shot|burn(?:ed|t)|caught|captured|abducted|kidnapped|seized|beaten|stabbed|"
    r"damaged|destroyed|rocked)\b|\b(?:came|come|comes|coming)\s+under\b|\b(?:suffered|suffers|endured|faced|lost)\b",
)
_AGAINST = in_lower(
    r"\b(?:against|on|at|targeted|targeting|hit|struck|shelled|attacked|killed|wounded|killing|wounding|"
    r"injuring|ambushed|bombed)\s+"
    r"(?:the\s+|an?\s+|several\s+|two\s+|three\s+|\d+\s+|positions\s+of\s+the\s+|"
    r"positions\s+of\s+)?(?:[a-z]+\s+){0,2}$",
)


def find_actor(
    text: str, clause: Span, kind: EventKind, act: Span, cues: Sequence[Cue], parties: Sequence[PartyMention]
) -> PartyFound | None:
    """Who acts in a clause, or None where it is not told.

    Args:
        text: the report.
        clause: the clause.
        kind: what the act is; of a downed drone the owner is not the one who acts.
        act: the words for the act.
        cues: the act and weapon cues of the clause.
        parties: the parties of the clause.
    """
    inside = [m for m in parties if clause.start <= m.span.start < clause.end and m.form is not Form.ORGANISATION]
    found: list[tuple[float, int, PartyFound]] = []
    for mention in inside:
        rule = _acting(text, clause, kind, act, cues, mention, inside)
        if rule is not None:
            name, confidence = rule
            party = PartyFound(mention.party, mention.whole, name, confidence)
            found.append((-confidence, abs(mention.span.start - act.start), party))
    return min(found, key=lambda f: f[:2])[2] if found else None


def find_answerer(text: str, sentence: Span, answers: Span, parties: Sequence[PartyMention]) -> PartyFound | None:
    """Who "retaliated by" something: the party right before these words."""
    for mention in parties:
        near = sentence.start <= mention.span.start and 0 < answers.start - mention.whole.end <= _ANSWER_REACH
        if (
            near
            and mention.head not in (Head.PLACE, Head.VICTIM, Head.LINE)
            and "," not in text[mention.whole.end : answers.start]
        ):
            return PartyFound(mention.party, mention.whole, "actor/answers", 0.75)
    return None


def find_sender(text: str, clause: Span, cues: Sequence[Cue], parties: Sequence[PartyMention]) -> PartyFound | None:
    """Whose the weapons are that a clause tells to have been shot down: "drones that Russia sent"."""
    downed = next((cue for cue in cues if cue.kind is EventKind.INTERCEPTION), None)
    weapon = next((cue for cue in cues if cue.sort is Sort.WEAPON and cue.kind is not EventKind.AIR_STRIKE), None)
    if downed is None or weapon is None:
        return None
    for mention in parties:
        if not clause.start <= mention.span.start < clause.end or mention.form is Form.ORGANISATION:
            continue
        sent = _SENT.match(text, mention.whole.end)
        behind = (
            sent
            and weapon.span.end <= mention.span.start
            and _THAT.fullmatch(text, weapon.span.end, mention.span.start)
        )
        ahead = sent and sent.end() <= weapon.span.start <= sent.end() + _SENT_REACH
        by = mention.form is not Form.ADJECTIVE or mention.head is Head.FORCE
        by = by and _SENT_BY.fullmatch(text, weapon.span.end, mention.span.start) is not None
        if behind or ahead or by or _owns(text, clause, cues, mention):
            return PartyFound(mention.party, mention.whole, "actor/sender", 0.8)
    return None


def find_target_side(text: str, clause: Span, act: Span, parties: Sequence[PartyMention]) -> PartyFound | None:
    """Who was hit: the owner of the place, the people or the forces that the clause names as hit."""
    best: tuple[int, PartyFound] | None = None
    for mention in parties:
        if not clause.start <= mention.span.start < clause.end or mention.form is Form.ORGANISATION:
            continue
        found = _hit(text, clause, mention)
        if found is not None:
            distance = abs(mention.span.start - act.start)
            if best is None or distance < best[0]:
                best = (distance, found)
    return best[1] if best else None


def _acting(
    text: str,
    clause: Span,
    kind: EventKind,
    act: Span,
    cues: Sequence[Cue],
    mention: PartyMention,
    others: Sequence[PartyMention],
) -> tuple[str, float] | None:
    start, forces = _forces_of(text, clause, mention)
    before = lowered(text)[max(clause.start, start - 70) : start]
    by = _BY.search(before) if "by " in before or "from " in before else None
    if mention.head in (Head.PLACE, Head.LINE) or (mention.head is Head.OFFICE and not forces):
        return None
    done_by = by is not None and _done_by(text, cues, start - len(by[0]))
    if by is not None and done_by and (not _FROM.match(by[0]) or mention.head is Head.FORCE):
        return "actor/by-phrase", 0.9
    if kind is not EventKind.INTERCEPTION and _owns(text, clause, cues, mention):
        return "actor/owner", 0.85
    if mention.head is Head.FORCE and _FROM_GROUND_OF.search(before):
        return "actor/from-ground-of", 0.7
    if kind is EventKind.GROUND_COMBAT and mention.form is Form.GROUP and _CLASH_WITH.search(before):
        return "actor/clash-with", 0.6
    if mention.head is Head.VICTIM or (mention.form is Form.ADJECTIVE and mention.head is Head.NONE and not forces):
        return None
    if _PLACED.search(before) or (mention.possessive and mention.head is not Head.FORCE):
        return None
    return _subject(text, clause, kind, act, cues, mention, others)


def _forces_of(text: str, clause: Span, mention: PartyMention) -> tuple[int, bool]:
    """Where the words for a party's forces begin, and whether there are such: "gunmen of the", "jets of the"."""
    floor = max(clause.start, mention.span.start - 70)
    found = _FORCES_OF.search(lowered(text)[floor : mention.span.start])
    return (floor + found.start(), True) if found else (mention.span.start, False)


def _done_by(text: str, cues: Sequence[Cue], at: int) -> bool:
    """True where an act or a weapon stands shortly before "by": "rockets fired by", not "officials appointed by"."""
    done = [cue for cue in cues if cue.sort in (Sort.ACT, Sort.WEAPON) and cue.span.end <= at]
    return bool(done) and at - done[-1].span.end <= _BY_REACH and not _BREAKS.search(text, done[-1].span.end, at)


def _owns(text: str, clause: Span, cues: Sequence[Cue], mention: PartyMention) -> bool:
    """True for "Ukrainian drones", "Russia's massive air assault": an act or a weapon follows within a few words."""
    if not (mention.possessive or mention.form in (Form.ADJECTIVE, Form.GROUP)):
        return False
    bare = (
        mention.head is Head.FORCE and mention.span == mention.whole and not mention.possessive
    )  # "the army", "military"
    following = [cue for cue in cues if cue.sort in (Sort.ACT, Sort.WEAPON) and cue.span.start >= mention.span.end]
    following = [cue for cue in following if cue.kind is not EventKind.INTERCEPTION]
    for cue in following[:2]:
        between = text[mention.span.end : cue.span.start]
        if bare and between.strip():
            return False
        if cue.span.start < clause.end and _OWNED.fullmatch(between) and not _NOT_OWNED.search(between.lower()):
            verb = text[cue.span.start : cue.span.end].lower().endswith(("ed", "ing", "struck", "hit", "shot"))
            return not (verb and mention.form is Form.GROUP and not mention.possessive)
    return False


def _subject(
    text: str,
    clause: Span,
    kind: EventKind,
    act: Span,
    cues: Sequence[Cue],
    mention: PartyMention,
    others: Sequence[PartyMention],
) -> tuple[str, float] | None:
    """The rule by which a party is the subject of the act, or of another verb of attack in the clause."""
    if mention.whole.end <= act.start:
        return _does(text, act, cues, mention, others)
    if kind is EventKind.INTERCEPTION:
        return None
    if kind is EventKind.GROUND_COMBAT and _ENTERS.match(text, mention.whole.end, clause.end):
        return "actor/enters", 0.75
    verbs = [c.span for c in cues if c.sort is Sort.ACT and c.span.start >= mention.whole.end]
    verbs = [verb for verb in verbs if _VERB.search(text[verb.start : verb.end])]
    found = _does(text, verbs[0], cues, mention, others) if verbs else None
    return (found[0], found[1] - 0.05) if found else None


def _does(
    text: str, act: Span, cues: Sequence[Cue], mention: PartyMention, others: Sequence[PartyMention]
) -> tuple[str, float] | None:
    between = text[mention.whole.end : act.start]
    if _SUBJECT_GAP.fullmatch(between) is None or _PASSIVE.search(lowered(text), mention.whole.end, act.end):
        return None
    low = lowered(text)[mention.whole.end : act.start]
    if _OTHER_SUBJECT.search(between) or not _is_done(text, act, low) or _weapon_acts(low, act, cues, mention):
        return None
    if _NOT_DONE.search(low):
        return None
    speech = _SPEECH.search(low)
    if speech is None:
        return "actor/subject", 0.8
    said = mention.whole.end + speech.end()
    if _DENIED.search(lowered(text), said, act.start):  # "said it had not shelled the town"
        return None
    if any(said <= other.span.start < act.start and other.party != mention.party for other in others):
        return None
    return ("actor/own-words", 0.75) if _OWN_WORDS.search(low, speech.end()) else None


def _is_done(text: str, act: Span, between: str) -> bool:
    """False for a noun that nobody is told to do: "Mali blast", "the army attributed the attack to X"."""
    word = lowered(text)[act.start : act.end]
    if word in ("used", "uses"):
        return False
    if _VERB.search(word) or _DOES_A.search(between):
        return True
    return _PRESENT.search(word) is not None and _ADVERBS.fullmatch(between) is not None


def _weapon_acts(between: str, act: Span, cues: Sequence[Cue], mention: PartyMention) -> bool:
    """True for "the army said a drone hit": a weapon that nobody is told to have used is what acts."""
    weapons = [
        c for c in cues if c.sort is Sort.WEAPON and mention.whole.end <= c.span.start and c.span.end <= act.start
    ]
    if not weapons:
        return False
    return _DOES_A.search(between, 0, weapons[0].span.start - mention.whole.end) is None


def _hit(text: str, clause: Span, mention: PartyMention) -> PartyFound | None:
    country = mention.party.country
    if mention.head is Head.PLACE and mention.form is not Form.GROUP and country:
        return PartyFound(state(country), mention.whole, "side/place-of", 0.85)
    if mention.head not in (Head.VICTIM, Head.FORCE):
        return None
    low = lowered(text)
    if _AGAINST.search(low[max(clause.start, mention.span.start - 60) : mention.span.start]):
        return PartyFound(mention.party, mention.whole, "side/object", 0.7)
    after = low[mention.whole.end : mention.whole.end + _PASSIVE_REACH].lstrip()
    if _PASSIVE.match(after[:_LONGEST_PASSIVE]):
        return PartyFound(mention.party, mention.whole, "side/passive", 0.7)
    return None
