"""All that the finders see in one report, gathered once, so that the steps after them look nothing up twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from extract.attribution import PartyFound
from extract.blame import find_blames
from extract.casualties import find_tolls
from extract.cues import Act, Cue, find_cues
from extract.days import DayMention, find_days
from extract.document import read_header
from extract.in_order import InOrder, within
from extract.kinds import choose_kind
from extract.markup import blank_markup
from extract.parties import PartyMention, find_parties
from extract.phrases import Phrase, split_words
from extract.responses import ResponseCue, find_response_cues
from extract.sentences import read_sentences
from extract.speakers import Speech, find_silences, find_speeches
from extract.stand_ins import find_stand_ins
from extract.telling import find_telling_cues
from extract.toponyms import PlaceMention, find_places
from model import Report, Span, SpotNames, Stance, Telling, Toll

MAX_SENTENCES = 1_200  # a long reportage has 300; what follows is reported as skipped
MAX_CHARACTERS = 250_000
MAX_NAMES = 1_500  # of the gazetteer; a long daily assessment has 600


@dataclass(frozen=True, slots=True)
class Findings:
    """The words of a report and what each finder found in them, each in the order of the text."""

    text: str
    sentences: tuple[Span, ...]
    skipped: tuple[Span, ...]
    cues: InOrder[Cue]
    parties: InOrder[PartyMention]
    places: InOrder[PlaceMention]
    days: InOrder[DayMention]
    tellings: InOrder[Phrase[Telling]]
    responses: InOrder[ResponseCue]
    speeches: InOrder[Speech]
    silences: InOrder[Speech]
    published: date | None = None
    blamed: dict[Span, tuple[PartyFound, ...]] = field(default_factory=dict)  # what ``blames`` has found

    def blames(self, part: Span) -> tuple[PartyFound, ...]:
        """The parties that a part of the text blames; most parts are asked about twice."""
        known = self.blamed.get(part)
        if known is None:
            known = self.blamed[part] = find_blames(self.text, part, within(self.parties, part))
        return known

    def tolls(self, sentence: Span) -> tuple[Toll, ...]:
        """The counts of one sentence, each with the side that says it, where the sentence names one.

        A person is left out: one governor goes by several names, and two names would look like two accounts.
        """
        said = [s for s in within(self.speeches, sentence) if s.stance is not Stance.DENIES and s.speaker.country]
        tolls = find_tolls(self.text, sentence)
        if not said:
            return tolls
        return tuple(replace(toll, speaker=toll.speaker or _nearest(said, toll).speaker) for toll in tolls)


def gather(report: Report, spot_names: SpotNames) -> Findings:
    """Runs every finder over a report, up to ``MAX_SENTENCES``, ``MAX_CHARACTERS`` and ``MAX_NAMES``.

    Work is bounded by counts and not by a clock, so that a text read twice gives the same answer twice.
    """
    whole = blank_markup(report.text)
    sentences, skipped = _within_budget(whole)
    text = whole[: sentences[-1].end] if sentences else ""
    names = spot_names(text)
    if len(names) > MAX_NAMES:
        sentences, skipped = _up_to(names[MAX_NAMES].span.start, sentences, skipped, len(report.text))
        text = whole[: sentences[-1].end] if sentences else ""
        names = [name for name in names[:MAX_NAMES] if name.span.end <= len(text)]
    words = split_words(text)
    parties = find_parties(text, words)
    cues = InOrder(find_cues(text, words))

    places = find_places(text, words, sentences, names, parties, _dateline(text)) if text else ()
    parties = tuple(sorted((*parties, *find_stand_ins(text, parties, places)), key=_start))
    days = find_days(text, sentences, report.published, cache(lambda part: tells_attack(text, cues, part)))
    return Findings(
        text=text,
        sentences=sentences,
        skipped=skipped,
        cues=cues,
        parties=InOrder(parties),
        places=InOrder(places),
        days=InOrder(sorted(days, key=_start)),
        tellings=InOrder(find_telling_cues(text, words)),
        responses=InOrder(find_response_cues(text, words)),
        speeches=InOrder(find_speeches(text, words, parties)),
        silences=InOrder(find_silences(text, words, parties)),
        published=report.published,
    )


def tells_attack(text: str, cues: InOrder[Cue], part: Span) -> bool:
    """True for a part of the text that tells an attack or its victims."""
    inside = within(cues, part)
    return any(cue.act is Act.HARM for cue in inside) or choose_kind(text, inside, placed=True) is not None


def _nearest(speeches: Sequence[Speech], toll: Toll) -> Speech:
    return min(speeches, key=lambda speech: abs(speech.span.start - toll.span.start))


def _dateline(text: str) -> Span | None:
    return read_header(text).dateline


def _start(found: PartyMention | DayMention) -> int:
    return found.span.start


def _up_to(
    stop: int, sentences: tuple[Span, ...], skipped: tuple[Span, ...], size: int
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The sentences that end before a position; what follows them is one stretch that is left out.

    A sentence that was read in pieces up to there stays among what is told.
    """
    kept = tuple(sentence for sentence in sentences if sentence.end <= stop)
    start = sentences[len(kept)].start
    before = (Span(span.start, min(span.end, start)) for span in skipped if span.start < start)
    return kept, (*before, Span(start, size))


def _within_budget(text: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The sentences to read, and what is left out; what lies beyond the last character to read is one stretch."""
    read = read_sentences(text[:MAX_CHARACTERS])
    whole = read.spans if len(text) <= MAX_CHARACTERS else read.spans[:-1]  # the last one may have lost its end
    kept = whole[:MAX_SENTENCES]
    left_out = list(whole[MAX_SENTENCES:])
    if len(text) > MAX_CHARACTERS:
        start = read.spans[len(whole)].start if read.spans else MAX_CHARACTERS
        left_out.append(Span(start, len(text)))
    return kept, tuple(sorted((*read.cut, *left_out), key=lambda s: (s.start, s.end)))
