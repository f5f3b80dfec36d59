"""What one sentence has told of casualties so far, and how a claim becomes a toll."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from extract.clauses import Clauses
from extract.harm import Harm, zero_verb_at
from extract.people import Group, role
from extract.victims import Victims
from extract.voice import auxiliary
from model import CountRange, Outcome, Span, Tally, Toll

NONE = CountRange(0, 0, 0)
_ORDINALS = (
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)
_OUTCOMES = tuple(Outcome)
_REVISIONS = frozenset({Tally.REVISED, Tally.LOWERED})


@dataclass(slots=True)
class Ledger:
    """What has been claimed so far in one sentence."""

    clauses: Clauses
    background: range = range(0)  # tokens that tell of something earlier: "since March, when 60 died"
    tolls: list[Toll] = field(default_factory=list)
    taken: dict[int, Outcome | None] = field(default_factory=dict)  # group -> outcome; None: claimed for no toll
    shared: set[Outcome] = field(default_factory=set)  # outcomes whose total is told elsewhere: "thirty of the wounded"
    brought: set[Outcome] = field(default_factory=set)  # told as brought to a total: "bringing the toll to 60"
    fresh: set[Outcome] = field(default_factory=set)  # told by a verb of attack: "killed three"
    last: Victims | None = None  # of the claim made last

    def span(self, first: int, stop: int) -> Span:
        """The characters that tokens ``first`` to ``stop`` cover."""
        return Span(self.clauses.tokens[first].start, self.clauses.tokens[stop - 1].end)


def claim(ledger: Ledger, harm: Harm, victims: Victims, *, silent: bool = False) -> None:
    """Writes down the toll of a harm word; ``silent`` claims the people and says nothing ("killed or injured 40")."""
    clauses = ledger.clauses
    silent = silent or harm.first in ledger.background
    span = ledger.span(min(victims.first, harm.first), max(victims.stop, harm.stop))
    ledger.last = victims
    named = CountRange(victims.persons, victims.persons, victims.persons)
    if not victims.groups:
        if not silent:
            ledger.tolls.append(Toll(harm.outcome, named, span))
        return
    groups = [clauses.groups[k] for k in victims.groups]
    groups = [g for g in groups if g.count is not None or clauses.word(g.first) not in {"all", "most"}] or groups
    none = groups[0].count is not None and groups[0].count.high == 0
    ledger.taken.update(dict.fromkeys(victims.groups, None if silent and not none else harm.outcome))
    if silent:
        if none:  # "no one was killed or injured" tells both
            ledger.tolls.extend(Toll(outcome, NONE, span) for outcome in (Outcome.KILLED, Outcome.INJURED))
        return
    counts = [group.count for group in groups if group.count is not None]
    if not counts:
        return
    if victims.persons:
        counts.append(named)
    total = counts[0] if _restates(groups[0], counts) else add_counts(counts, some=len(counts) < len(groups))
    tally = Tally.FURTHER if groups[0].further and not victims.persons else Tally.STATED
    if _told_also(clauses, harm, groups[0].first):
        tally = Tally.ALSO
    labels = {group.label for group in groups} | ({""} if victims.persons else set())
    if total.high == 0:
        zero = zero_verb_at(clauses.tokens, harm.stop - 1)
        for outcome in zero[0] if zero and not groups[0].label else (harm.outcome,):
            ledger.tolls.append(Toll(outcome, total, span, group=groups[0].label))
        return
    nth = _ordinal(clauses, groups)
    if nth and harm.outcome is Outcome.KILLED and not victims.persons and not ledger.tolls:
        ledger.tolls.append(Toll(harm.outcome, nth, span, group=groups[0].label, tally=Tally.REVISED))
        return
    if harm.use in {"past", "active"} and tally is Tally.STATED:
        ledger.fresh.add(harm.outcome)
    told = any(t.outcome is harm.outcome for t in ledger.tolls)
    again = told and (clauses.word(groups[0].first) == "both" or clauses.word(harm.first) == "in")
    if harm.outcome in ledger.shared or again:
        ledger.tolls.append(Toll(harm.outcome, total, span, part_of_total=True))
        return
    if _only_maybe(clauses, harm):
        total = CountRange(None, total.best, total.high or total.figure, total.hedge)
    ledger.tolls.append(Toll(harm.outcome, total, span, group=labels.pop() if len(labels) == 1 else "", tally=tally))
    if len(groups) > 1:
        for group in groups:
            if group.count is not None:
                part = ledger.span(group.first, group.stop)
                ledger.tolls.append(Toll(harm.outcome, group.count, part, group=group.label, part_of_total=True))


def _ordinal(clauses: Clauses, groups: list[Group]) -> CountRange | None:
    """How many "a seventh victim" makes it; None for other people."""
    if len(groups) != 1 or groups[0].counted or clauses.word(groups[0].first) not in {"a", "another", "the"}:
        return None
    named = clauses.token(groups[0].first + 1)
    nth = _ORDINALS.index(named.lower) + 2 if named.lower in _ORDINALS and not named.capital else 0
    return CountRange(nth, nth, nth) if nth else None


def _restates(first: Group, counts: list[CountRange]) -> bool:
    """True for "eight people, five women and three men": the list tells the first count again."""
    general = first.person and not first.label
    return general and len(counts) > 2 and counts[0].figure == sum(count.figure for count in counts[1:])


def subtract(ledger: Ledger, first: int, dead: CountRange) -> None:
    """Takes the dead out of the wounded that the group at token ``first`` counts."""
    start = ledger.clauses.tokens[first].start
    for i, toll in enumerate(ledger.tolls):
        if toll.outcome is Outcome.INJURED and toll.span.start <= start < toll.span.end and not toll.part_of_total:
            ends = [None if n is None or n < dead.figure else n - dead.figure for n in _ends(toll.count)]
            if any(n is not None for n in ends):
                left = CountRange(ends[0], ends[1], ends[2], toll.count.hedge)
                ledger.tolls[i] = Toll(toll.outcome, left, toll.span, toll.speaker, toll.group)


def mark_beside(ledger: Ledger) -> list[Toll]:
    """The tolls of the sentence, those of one outcome marked as of different people.

    Figures that add up to the first one are its parts; those beside a revised toll are in it; and where another
    speaker gives a figure, it may be of the same people. "Killed three, bringing the toll to 60": the 60 are of more
    events than this one, and are left out; "two more died, bringing the toll to 60" revises.
    """
    if not ledger.tolls:
        return []
    wider = ledger.brought & ledger.fresh
    ledger.tolls = [toll for toll in ledger.tolls if toll.tally not in _REVISIONS or toll.outcome not in wider]
    revised = {toll.outcome for toll in ledger.tolls if toll.tally in _REVISIONS}
    spoken = not role("speech").isdisjoint(ledger.clauses.lowers)
    marked: list[Toll] = []
    for outcome in _OUTCOMES:
        told = [toll for toll in ledger.tolls if toll.outcome is outcome]
        if not told:
            continue
        main = [t for t in told if not t.part_of_total and t.tally not in _REVISIONS and t.count.figure]
        marked += [t for t in told if t.part_of_total or t.tally in _REVISIONS or not t.count.figure]
        rest = sum(toll.count.figure for toll in main[1:])
        for n, toll in enumerate(main):
            if outcome in revised or (n and rest == main[0].count.figure and toll.tally is not Tally.BESIDE):
                marked.append(replace(toll, part_of_total=True))
            elif n and toll.tally is Tally.STATED:
                anew = spoken and _speaks_anew(ledger.clauses, main[n - 1], toll)
                marked.append(replace(toll, tally=Tally.DISPUTED if anew else Tally.BESIDE))
            else:
                marked.append(toll)
    return sorted(marked, key=lambda toll: (toll.span.start, -toll.span.end))


def _speaks_anew(clauses: Clauses, before: Toll, toll: Toll) -> bool:
    """True where a verb of speech stands between two figures; "and Mali said two of its men died" adds its own."""
    ends = (before.span.end, toll.span.start, toll.span.end)
    stop, first, last = (bisect_left(clauses.starts, end) for end in ends)
    between, told = set(clauses.lowers[stop:first]), clauses.lowers[first:last]
    active = any(clauses.tokens[harm.first].start == before.span.start for harm in clauses.harms)
    own = not role("possessive").isdisjoint(told) and not active
    return not between.isdisjoint(role("speech")) and not own


def add_counts(counts: Iterable[CountRange], *, some: bool = False) -> CountRange:
    """The sum of counts; an end stays open where one of them leaves it open. ``some``: more people without a figure."""
    counts = list(counts)
    if len(counts) == 1 and not some:
        return counts[0]
    highs = [count.high for count in counts]
    lows = [count.low for count in counts]
    best = sum(count.figure for count in counts)
    low = best if None in lows else sum(n for n in lows if n is not None)
    high = None if None in highs or some else sum(n for n in highs if n is not None)
    low_end = None if all(n is None for n in lows) else min(low, best)
    ranged = any(count.best is None for count in counts)
    hedge = next((count.hedge for count in counts if count.hedge), "")
    return CountRange(low_end, None if ranged and high is not None else best, high, hedge)


def _only_maybe(clauses: Clauses, harm: Harm) -> bool:
    """True for "may have been killed", "feared dead": the figure is an upper end."""
    start, _ = auxiliary(clauses, harm)
    return any(clauses.word(j) in role("maybe") for j in range(start, harm.first))


def _told_also(clauses: Clauses, harm: Harm, first: int) -> bool:
    """True for "also killed three", "also three were killed"."""
    return "also" in {clauses.word(first - 1), clauses.word(harm.first - 1), clauses.word(harm.stop)}


def _ends(count: CountRange) -> tuple[int | None, int | None, int | None]:
    return count.low, count.best, count.high
