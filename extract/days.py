"""The days a report names, what each is the day of, and what "the day before" is counted from.

Two passes: the first reads the days that can be told from the publication day alone and picks the anchor, the day of
what the report is about; the second counts "the day before" and its like from the event told just before, or from the
anchor.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extract.day_arithmetic import Frame
from extract.day_expressions import Expression, find_expressions
from extract.day_forms import Form
from extract.day_meaning import meaning
from extract.day_roles import DayRole, find_cue, tell_role
from extract.document import Header, read_header
from model import DayPrecision, Span, When

BEFORE_STATEMENT = timedelta(days=2)
WRITTEN_BEFORE = timedelta(days=3)  # how long before publication a report may have been written
FAR_SENTENCES = 5  # ... and that "the same day" means
NEAR_SENTENCES = 2  # how far back the event may be told that "the next day" is counted from


@dataclass(frozen=True, slots=True)
class DayMention:
    """Words that name a day; ``when`` is None where the day cannot be told, as without a publication day.

    ``ahead`` marks a day after the publication day beside which nothing speaks of the future: one of the two is wrong.
    """

    span: Span
    when: When | None
    role: DayRole
    anaphoric: bool  # counted from another day of the report
    ahead: bool = False


def find_days(
    text: str, sentences: Sequence[Span], published: date | None, tells_attack: Callable[[Span], bool]
) -> tuple[DayMention, ...]:
    """Every day expression of a report, in order.

    Args:
        text: the report.
        sentences: its sentences, as ``split_sentences`` gives them.
        published: the publication day, from which "yesterday" and "Saturday" are counted. Without it only full dates
            and what is counted from them have a meaning.
        tells_attack: whether a stretch of the text tells of an attack or of its victims.
    """
    header = read_header(text)
    in_header = _header_days(text, header, published)
    published = _written(in_header, published)
    found = [
        _Found(expression, index, sentence, find_cue(text, sentence, expression, tells_attack))
        for index, sentence in enumerate(sentences)
        for expression in find_expressions(text, sentence)
    ]
    told = {sentence: tells_attack(sentence) for sentence in dict.fromkeys(item.sentence for item in found)}
    scene = _Scene(published, told, header.month_first)
    first = [_mention(item, scene) for item in found]
    about = find_anchor(first, sentences, lambda span: told.get(span, False))
    anchor = about.when.best if about is not None and about.when is not None else published
    mentions = [*in_header, *_second_pass(found, first, scene, anchor)]
    return tuple(sorted(mentions, key=lambda mention: mention.span.start))


@dataclass(frozen=True, slots=True)
class _Found:
    expression: Expression
    index: int  # of the sentence
    sentence: Span
    cue: DayRole | None  # what the words beside it say; None: nothing


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is the same for all expressions of a report."""

    published: date | None
    told: Mapping[Span, bool]  # whether a sentence tells of an attack
    month_first: bool


def _mention(item: _Found, scene: _Scene, anchor: date | None = None, named: date | None = None) -> DayMention:
    frame = Frame(
        published=scene.published,
        anchor=anchor,
        named=named,
        future=item.cue is DayRole.FUTURE,
        past=item.cue is not DayRole.FUTURE and not item.expression.until and scene.told[item.sentence],
        month_first=scene.month_first,
    )
    when = meaning(item.expression, frame)
    role = tell_role(item.expression, item.cue, when, scene.published)
    ahead = role is DayRole.FUTURE and item.cue is not DayRole.FUTURE
    return DayMention(item.expression.span, when, role, item.expression.anaphoric, ahead)


def find_anchor(
    mentions: Sequence[DayMention], sentences: Sequence[Span], tells_attack: Callable[[Span], bool]
) -> DayMention | None:
    """The mention that gives the day of what the report is about, or None where no day serves.

    It is the first day-precise event day, not counted from another, in a sentence that tells of an attack. Where an
    earlier such sentence has only the day of a statement ("five died, officials said on Tuesday"), a later event day
    must lie within ``BEFORE_STATEMENT`` before it: else it belongs to another event, and the day of the statement
    serves; right after the statement, such a day serves without an attack too. Without an attack sentence the first
    event day serves, then the first day of a statement. The day that leads a coded incident ("03/04/2021:") comes
    before all.
    """
    starts = [sentence.start for sentence in sentences]
    usable = [
        (mention, _sentence_index(sentences, starts, mention.span))
        for mention in mentions
        if mention.when is not None and not mention.anaphoric and mention.when.precision <= DayPrecision.DAYS
    ]
    coded = next((mention for mention, index in usable if mention.role is DayRole.EVENT and index is None), None)
    if coded is not None:
        return coded
    told = {index: tells_attack(sentences[index]) for index in {index for _, index in usable if index is not None}}
    events = [(mention, index) for mention, index in usable if mention.role is DayRole.EVENT and index is not None]
    statements = [
        (mention, index) for mention, index in usable if mention.role is DayRole.STATEMENT and index is not None
    ]
    said = next(((mention, index) for mention, index in statements if told[index]), None)
    for mention, index in events:
        if told[index] and (said is None or index <= said[1] or _just_before(mention, said[0])):
            return mention
    if said is not None:
        beside = (mention for mention, index in events if index == said[1] + 1 and _just_before(mention, said[0]))
        return next(beside, said[0])
    return next((mention for mention, _ in (*events, *statements)), None)


def _sentence_index(sentences: Sequence[Span], starts: Sequence[int], span: Span) -> int | None:
    index = bisect_right(starts, span.start) - 1
    return index if index >= 0 and span.start < sentences[index].end else None


def _just_before(event: DayMention, said: DayMention) -> bool:
    if event.when is None or said.when is None:
        return False
    return timedelta(0) <= said.when.best - event.when.best <= BEFORE_STATEMENT


def _second_pass(
    found: Sequence[_Found], first: Sequence[DayMention], scene: _Scene, anchor: date | None
) -> list[DayMention]:
    mentions: list[DayMention] = []
    event: tuple[int, date] | None = None  # sentence and day of the event told last
    named: tuple[int, date, DayRole] | None = None  # sentence, day and role of the day named last
    settled: DayMention | None = None  # the first day of an event: the anchor, where it is counted from a statement
    for position, (item, mention) in enumerate(zip(found, first, strict=True)):
        if mention.anaphoric:
            near = FAR_SENTENCES if item.expression.form is Form.SAME else NEAR_SENTENCES
            base = event[1] if event is not None and item.index - event[0] <= near else anchor
            last = named[1] if named is not None and item.index - named[0] <= NEAR_SENTENCES else None
            if named is not None and item.expression.form is Form.SAME and named[2] is DayRole.STATEMENT:
                # "..., he said on Sunday. On the same day Y was hit": the day of the event told, not of the telling.
                last = last if named[0] == item.index or base is None else None
            mention = _mention(item, scene, base, last)
            if position + 1 < len(found) and found[position + 1].index == item.index:
                mention = _apposed(mention, first[position + 1])
        mentions.append(mention)
        if mention.when is not None and mention.when.precision <= DayPrecision.DAYS:
            if mention.role in (DayRole.EVENT, DayRole.BACKGROUND) and item.expression.form is not Form.AFTER:
                event = (item.index, mention.when.best)
                if settled is None and mention.anaphoric and mention.role is DayRole.EVENT:
                    anchor = mention.when.best
                settled = settled or mention
            if mention.role is not DayRole.FUTURE:
                named = (item.index, mention.when.best, mention.role)
    return mentions


def _apposed(mention: DayMention, following: DayMention) -> DayMention:
    """For "a day earlier, on Friday": the day that is named next to it."""
    if mention.when is None or following.when is None or following.anaphoric:
        return mention
    if following.span.start - mention.span.end > len(", on ") or following.when.precision is not DayPrecision.DAY:
        return mention
    return replace(mention, when=replace(following.when, basis=mention.when.basis))


def _written(in_header: Sequence[DayMention], published: date | None) -> date | None:
    """The day to count from: that of the dateline where it lies just before publication, else the publication day."""
    for mention in in_header:
        if mention.when is None or published is None or mention.role is not DayRole.HEADER:
            continue
        if (
            mention.when.precision is DayPrecision.DAY
            and timedelta(0) < published - mention.when.best <= WRITTEN_BEFORE
        ):
            return mention.when.best
    return published


def _header_days(text: str, header: Header, published: date | None) -> list[DayMention]:
    frame = Frame(published, published, month_first=header.month_first)
    return [
        DayMention(
            expression.span,
            meaning(expression, frame),
            DayRole.EVENT if span == header.incident else DayRole.HEADER,
            expression.anaphoric,
        )
        for span in header.spans
        for expression in find_expressions(text, span)
    ]
