"""Who a sentence quotes, who denies, and who keeps silent.

Verbs of saying with their stance are in ``lists/claim_verbs.tsv``, phrases of silence in ``lists/silences.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extract.in_order import InOrder, between
from extract.lower_case import in_lower, lowered
from extract.parties import Form, Head, PartyMention, speaker_of
from extract.phrases import Phrase, PhraseTable, Words, find_phrases, make_table
from extract.wordlist import read_list
from model import Party, Span, Stance


@dataclass(frozen=True, slots=True)
class Speech:
    """One verb of saying with the one who speaks. ``span`` covers speaker and verb; ``side`` is who they speak for."""

    speaker: Party
    stance: Stance
    span: Span
    side: Party | None = None


_REACH = 90
_LONGEST_NAME = 80
_LONGEST_TAG = 9
_NEXT = 30
_PERSON = re.compile(
    r"(?!As\b|In\b|On\b|At\b|The\b|But\b|And\b|If\b|According\b|Meanwhile\b|Also\b|Earlier\b|"
    r"Later\b)(?:(?:[Gg]overnor|[Mm]ayor|[Mm]inister|[Pp]resident|[Ss]pokes(?:man|woman|person)|[Gg]eneral|"
    r"[Gg]en\.|[Cc]olonel|[Cc]ommander)"
    r"\s+)?[A-ZÀ-ÞĀ-Ž][\w’'-]+(?:\s+[A-ZÀ-ÞĀ-Ž][\w’'-]+){1,2}"
)
_SURNAME = re.compile(r"\b[A-ZÀ-ÞĀ-Ž][a-zà-ÿ’'-]{2,}$")
_OFFICE = in_lower(
    r"\b(?:(?:the|local|regional|provincial|military|security|health|police|hospital|city|"
    r"state|occupation|occupying|separatist|rebel|de\s+facto|self-proclaimed)\s+){0,3}(?:officials?|police|"
    r"authorities|governor|mayor|spokes(?:man|woman|person)|witnesses|residents|sources?|media|ministry|army|"
    r"military|medics|"
    r"doctors|rescuers|emergency\s+services|prosecutors)\b",
)
_ADVERBS = in_lower(
    r"[\s,]*(?:(?:has|have|had|also|later|then|on\s+\w+day|\w+day|earlier|in\s+a\s+statement|, )\s*){0,3}$",
)
_LAST_ADVERBS = ("has", "have", "had", "also", "later", "then", "day", "earlier", "statement")  # how those above end
_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001)))) + ","
_APPOSITION = re.compile(
    r"(?:\s*\([^()\n]{1,14}\))?,\s+(?:an?|the|which|who|whose|one|known|also|once|formerly|now|long|"
    r"part)\s[^.;:!?\n]{2,120},\s+$"
)
# "the coalition fighting in Yemen said": but "the ministry in Ankara" speaks for it.
_IN = re.compile(
    r"(?<!\bministry\s)(?<!\bgovernment\s)(?<!\bmilitary\s)(?<!\barmy\s)(?<!\bauthorities\s)(?<!\bofficials\s)\b"
    r"(?:in|near|across|against|over|inside|within|around|outside)\s+(?:the\s+)?$"
)
_BREAK = re.compile(r"[.;:!?\n]")
_ACCORDING = "according to"
_TURNED = frozenset(("said", "says", "reported", "reports", "announced", "confirmed", "stated", "wrote", "claimed"))
_SPEAKER_LAST = re.compile(
    r"(?!\s+(?:\w+day\b|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b))"
    r"\s+(?:the\s+)?(?:(?:[A-ZÀ-ÞĀ-Ž][\w’'-]*|of|regional|local|military|defen[cs]e|foreign|interior|health|police|"
    r"army|"
    r"air\s+force|ministry|minister|governor|mayor|president|spokes(?:man|woman|person)|officials?|authorities|chief|"
    r"general|colonel|commander|witnesses|residents|rescuers)(?:\s+|(?=[.,;])|$)){1,8}(?:[.,;]|$)"
)
_ABOUT_ITSELF = re.compile(
    r"\s+(?:[\w’'-]+\s+){0,4}?(?:responsib\w+|involve\w+|part\b|role\b|carr(?:ying|ied)|attack|str[iu]k\w*|"
    r"shell\w*|target\w*|bomb\w*|"
    r"fir(?:ed|ing)|launch\w*|flown|hit\b|hitting|charges?\b|accusations?|allegations?|claims?\b|it\b|this\b|"
    r"its\b|their\b|"
    r"planes?\b|aircraft|jets?\b|drones?\b|missiles?\b|forces\b|troops\b)",
    re.IGNORECASE,
)
_DENIES_WHOLLY = re.compile(r"\b(?:called|had\s+nothing|not|never)\b", re.IGNORECASE)  # "called the charge ridiculous"
# "said none of its soldiers was hurt", "said it had no information" deny no deed.
_DENIES_LOSS = re.compile(
    r"\s+(?:immediate\s+|further\s+)?(?:information|comment|reports?|details|knowledge|confirmation|data|word|"
    r"figures|casualties|losses|choice|intention|plans?|doubts?|proof|evidence)\b|"
    r"[^.;,]{0,60}?\b(?:killed|wounded|injured|hurt|damaged|lost|missing|captured|shot\s+down|hit|harmed|died)\b",
    re.IGNORECASE,
)
_OF_LOSS = re.compile(r"\b(?:none\s+of|had\s+no|has\s+no|no\s+\w+\s+of|were\s+not|did\s+not)\b", re.IGNORECASE)
_NOT_YET = re.compile(r"\s+(?:yet\s+)?(?:comment|decid|receiv|verif|confirm|respond|know|immediately)", re.IGNORECASE)
_TAG_END = re.compile(r"\s*(?:[.,;:”\"]|$|(?:on\s+|late\s+)?\w+day\b)")
_COMES_FROM = in_lower(
    r"\s+(?:on\s+(?:the|this)\s+\w+\s+)?(?:(?:was|came)\s+(?:\w+\s+)?)?from\s+(?:the\s+)?(?:[a-z]+\s+){0,2}?"
)
# "look into claims", "rejected the reports": nouns.
_NOUN_BEFORE = in_lower(
    r"\b(?:into|of|the|these|those|such|about|any|reject\w*|den(?:y|ies|ied)|dismiss\w*|false|conflicting|rival|"
    r"competing|"
    r"verif\w+|support\w*|confirm\w*|on|to|by|over|despite|after|made|make|took|takes)\s+$"
)
_MAY_BE_NOUN = frozenset(("claim", "claims", "reports", "blame"))
# "according to the same group": a speaker whom no list knows.
_PLAIN_AFTER = re.compile(
    r"\s+(?:the\s+|an?\s+)?(?!(?:plan|plans|schedule|tradition|law|"
    r"rules)\b)((?:[\w’'&-]+\s+){0,5}?[\w’'&-]+)(?=\s*(?:[.,;:”\"]|$)|"
    r"\s+(?:and|which|that|who|in|on|of|from|with|published|released|cited|seen|based|there)\b)"
)
_NOT_SAID = in_lower(
    r"\b(?:nor|not|never|neither\b.{0,30})\s+$|\b(?:was|were|been|being|be|is|are)\s+(?:\w+ly\s+)?$",
)
_PRONOUN = in_lower(r"(?:^|[\s,])(?:it|they|he|she)$")
_PLAIN = in_lower(
    r"(?:^\s*|,\s+|\b(?:and|but|as|while|that)\s+|[“”\"—–]\s*)"
    r"((?!(?:it|he|she|they|who|which|that|there|what|this|these|those|to|has|had|have|was|were|for|not|but|"
    r"also)\b)[\w’'-]+"
    r"(?:\s+(?!(?:and|but|as|while|that|who|which|was|were|has|had|have|been|killed|wounded|injured|hit|when|"
    r"after)\b)[\w’'&.-]+){0,9})\s*$",
)


def find_speeches(text: str, words: Words, parties: Sequence[PartyMention]) -> tuple[Speech, ...]:
    """Every verb of saying whose speaker is named."""
    found: list[Speech] = []
    parties = InOrder(parties)
    for phrase in find_phrases(text, words, _verb_table()):
        if _leads(text, phrase):
            speech = _after(text, phrase, parties)
        elif _is_inverted(text, phrase):
            speech = _inverted(text, phrase, parties)
        elif _is_not_said(text, phrase.span):
            continue
        else:
            speech = _before(text, phrase, parties, found[-1] if found else None)
        if speech is not None:
            found.append(speech)
    return tuple(found)


def find_silences(text: str, words: Words, parties: Sequence[PartyMention]) -> tuple[Speech, ...]:
    """Every party that a text says is silent."""
    found = []
    parties = InOrder(parties)
    for phrase in find_phrases(text, words, _silence_table()):
        after = [
            m
            for m in between(parties, phrase.span.end, phrase.span.end + _NEXT)
            if _COMES_FROM.fullmatch(lowered(text)[phrase.span.end : m.whole.start])
        ]
        if after:  # "There was no comment from Kyiv"
            span = Span(phrase.span.start, after[0].whole.end)
            found.append(Speech(speaker_of(text, after[0]), Stance.SILENT, span, after[0].party))
            continue
        near = [
            m
            for m in between(parties, phrase.span.start - _REACH, phrase.span.start)
            if m.whole.end <= phrase.span.start
        ]
        near = [
            m
            for m in near
            if m.head not in (Head.PLACE, Head.VICTIM, Head.LINE)
            and not _BREAK.search(text, m.whole.end, phrase.span.start)
        ]
        if near:
            speaker = speaker_of(text, near[-1])
            found.append(Speech(speaker, Stance.SILENT, Span(near[-1].whole.start, phrase.span.end), near[-1].party))
    return tuple(found)


def denies_itself(text: str, speech: Speech) -> bool:
    """True where a denial is of the speaker's own deed: "denied responsibility"."""
    if speech.stance is not Stance.DENIES:
        return False
    verb = text[speech.span.start : speech.span.end]
    if _NOT_YET.match(text, speech.span.end):
        return False
    if _OF_LOSS.search(verb) and _DENIES_LOSS.match(text, speech.span.end):
        return False
    return _DENIES_WHOLLY.search(verb) is not None or _ABOUT_ITSELF.match(text, speech.span.end) is not None


def _is_not_said(text: str, verb: Span) -> bool:
    return _is_noun(text, verb) or _NOT_SAID.search(lowered(text)[max(0, verb.start - 40) : verb.start]) is not None


def _is_noun(text: str, verb: Span) -> bool:
    low = lowered(text)
    return (
        low[verb.start : verb.end] in _MAY_BE_NOUN
        and _NOUN_BEFORE.search(low[max(0, verb.start - 20) : verb.start]) is not None
    )


def _leads(text: str, phrase: Phrase[Stance]) -> bool:
    written = text[phrase.span.start : phrase.span.end].lower()
    return written.startswith(_ACCORDING) or written in ("citing", "quoted")


def _is_inverted(text: str, phrase: Phrase[Stance]) -> bool:
    """True for ", said Governor X.": the verb follows a comma or a quote, and nothing but its speaker follows it."""
    if text[phrase.span.start : phrase.span.end].lower() not in _TURNED:
        return False
    before = text[max(0, phrase.span.start - 3) : phrase.span.start].rstrip()
    return before.endswith((",", "”", '"', "»")) and _SPEAKER_LAST.match(text, phrase.span.end) is not None


def _inverted(text: str, phrase: Phrase[Stance], parties: InOrder[PartyMention]) -> Speech | None:
    """The speaker right of the verb: a person first, as "Governor X of Ukraine" is no state."""
    verb = phrase.span
    person = _PERSON.match(text, verb.end + 1)
    if person is not None and not between(parties, person.start(), person.start() + 1):
        return Speech(Party(person[0]), phrase.value, Span(verb.start, person.end()))
    return _after(text, phrase, parties)


def _after(text: str, phrase: Phrase[Stance], parties: InOrder[PartyMention]) -> Speech | None:
    end = phrase.span.end
    stop = _BREAK.search(text, end, end + _REACH)
    reach = stop.start() if stop else min(len(text), end + _REACH)
    for mention in between(parties, end, reach):
        if mention.span.start - end < _NEXT:
            return Speech(
                speaker_of(text, mention), phrase.value, Span(phrase.span.start, mention.whole.end), mention.party
            )
    person = _PERSON.search(text, end, reach) or _OFFICE.search(lowered(text), end, reach)
    if person is None:
        plain = _PLAIN_AFTER.match(text, end, reach) if _leads(text, phrase) else None
        if plain is None:
            return None
        return Speech(Party(plain[1]), phrase.value, Span(phrase.span.start, plain.end(1)))
    named = text[person.start() : person.end()]
    return Speech(Party(named.removeprefix("the ")), phrase.value, Span(phrase.span.start, person.end()))


def _before(text: str, phrase: Phrase[Stance], parties: InOrder[PartyMention], earlier: Speech | None) -> Speech | None:
    """The speaker left of the verb: a party, a person or an office, with nothing between that ends the thought."""
    verb = phrase.span
    floor = max(0, verb.start - _REACH)
    for stop in _BREAK.finditer(text, floor, verb.start):
        floor = stop.end()
    near = [m for m in between(parties, floor, verb.start) if m.whole.end <= verb.start]
    near = [
        m
        for m in near
        if m.head not in (Head.PLACE, Head.VICTIM, Head.LINE)
        and (m.form is not Form.ADJECTIVE or m.head in (Head.OFFICE, Head.FORCE))
        and not (
            m.form in (Form.NAME, Form.CAPITAL)
            and m.head is Head.NONE
            and _IN.search(text, max(0, m.span.start - 16), m.span.start)
        )
    ]
    if near and text[verb.start : verb.end].lower().endswith("ing"):  # "X called a meeting, accusing ..."
        return Speech(speaker_of(text, near[0]), phrase.value, Span(near[0].whole.start, verb.end), near[0].party)
    left = text[floor : verb.start]
    if (apposed := _told_of_in_apposition(text, near, verb)) is not None:
        return Speech(speaker_of(text, apposed), phrase.value, Span(apposed.span.start, verb.end), apposed.party)
    low = _without_adverbs(lowered(text)[floor : verb.start])
    trimmed = left[: len(low)]
    if near and floor + len(trimmed) - near[-1].whole.end <= 3:
        return Speech(speaker_of(text, near[-1]), phrase.value, Span(near[-1].whole.start, verb.end), near[-1].party)
    tag = _tag(text, verb, trimmed, floor, near)
    if tag is not None:
        return Speech(Party(tag[0]), phrase.value, Span(tag[1], verb.end))
    person = _last(_PERSON, trimmed)
    if person is not None and len(trimmed) - person.end() <= 60:
        return Speech(Party(person[0]), phrase.value, Span(floor + person.start(), verb.end))
    if near:
        return Speech(speaker_of(text, near[-1]), phrase.value, Span(near[-1].whole.start, verb.end), near[-1].party)
    if _PRONOUN.search(low):
        return replace(earlier, stance=phrase.value, span=Span(verb.start, verb.end)) if earlier is not None else None
    other = _last(_OFFICE, low) or _SURNAME.search(trimmed)
    start, end = other.span() if other else _plain_name(low)
    name = trimmed[start:end]
    if not name:
        return None
    speaker = Party(re.sub(r"^(?:the|an?)\s+", "", name, flags=re.IGNORECASE))
    return Speech(speaker, phrase.value, Span(floor + start, verb.end))


def _tag(text: str, verb: Span, left: str, floor: int, near: Sequence[PartyMention]) -> tuple[str, int] | None:
    """The speaker in a tag at the end of a sentence, ", a monitor said": not a party named before the comma."""
    comma = left.rfind(", ")
    if comma < 0 or not near or near[-1].span.start >= floor + comma or _TAG_END.match(text, verb.end) is None:
        return None
    name = left[comma + 2 :].strip()
    words = name.split()
    if (
        not words
        or len(words) > _LONGEST_TAG
        or _PRONOUN.search(name.lower())
        or words[0].lower() in ("who", "which", "it", "he")
    ):
        return None
    start = floor + left.index(name, comma)
    return re.sub(r"^(?:the|an?)\s+", "", name, flags=re.IGNORECASE), start


def _told_of_in_apposition(text: str, near: Sequence[PartyMention], verb: Span) -> PartyMention | None:
    """The party before "X, a wing of Y, said", where X and not Y speaks."""
    if len(near) < 2 or text[max(0, verb.start - 4) : verb.start].rstrip()[-1:] != ",":
        return None
    first = next((m for m in near if _APPOSITION.match(text, m.whole.end, verb.start)), None)
    return first if first is not near[-1] else None


def _without_adverbs(low: str) -> str:
    """What stands before a verb, in lower case, without the blanks, commas and adverbs at its end."""
    bare = low.rstrip(_BLANKS)
    return low[: _ADVERBS.search(low).start()] if bare.endswith(_LAST_ADVERBS) else bare  # type: ignore[union-attr]


def _plain_name(low: str) -> tuple[int, int]:
    """Where the words stand that name a speaker whom no list knows: "a group of local lawyers"; (0, 0) where none."""
    cut = max(0, len(low) - _LONGEST_NAME)
    plain = _PLAIN.search(low[cut:])
    return (plain.start(1) + cut, plain.end(1) + cut) if plain else (0, 0)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return found[-1] if found else None


@lru_cache(maxsize=1)
def _verb_table() -> PhraseTable[Stance]:
    rows = []
    for row in read_list("claim_verbs", ("terms", "stance")):
        if row["stance"] not in set(Stance):
            raise row.error(f"{row['stance']!r} is not one of {', '.join(Stance)}")
        rows.append((row["terms"], Stance(row["stance"])))
    return make_table(rows)


@lru_cache(maxsize=1)
def _silence_table() -> PhraseTable[None]:
    return make_table([(row["terms"], None) for row in read_list("silences", ("terms",))])
