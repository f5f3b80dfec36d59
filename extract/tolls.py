"""Tolls of one sentence: every stated figure of killed, injured, missing and captured people, with its words.

Each group of people is claimed once, in this order: "no casualties"; the figure of a toll ("the death toll rose to 25");
nouns ("12 deaths"); active verbs ("killing 12"); the rest ("12 were killed"). The parts of a list ("two men and a girl") are kept beside
their sum, and sub-counts ("including three children") under their total; both are marked ``part_of_total``.

An attacker who died counts among the killed, as in GTD (codebook, nkill: "victims and attackers who died as a direct
result") and UCDP GED (best = deaths of both sides, civilians and unknown); the part keeps the group "attackers".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from extract.clauses import Clauses, read_clauses, skip
from extract.denials import find_denials
from extract.harm import Harm, may_tell_harm, zero_verb_at
from extract.people import role
from extract.victims import ONE, Victims, auxiliary, object_of, speaks_of_two, subject_of, unreal
from model import CountRange, Outcome, Span, Tally, Toll

FARTHEST_FIGURE = 25  # tokens from "death toll" to its figure
_TOLL_LINKS = frozenset(
    "to at is was of : reached reaches hit exceeds exceeded now stood stands as - – = include includes comprise".split()
)
_REVISIONS = frozenset({Tally.REVISED, Tally.LOWERED})
_LIVES = frozenset("claimed claim claims claiming cost costs costing took taken taking lost loss lose losing".split())


@dataclass(slots=True)
class _Ledger:
    """What has been claimed so far in one sentence."""

    clauses: Clauses
    tolls: list[Toll] = field(default_factory=list)
    taken: dict[int, Outcome | None] = field(default_factory=dict)  # group -> outcome; None: claimed for no toll
    shared: set[Outcome] = field(default_factory=set)  # outcomes whose total is told elsewhere: "thirty of the wounded"
    last: tuple[int, ...] = ()  # the groups of the subject found last

    def span(self, first: int, stop: int) -> Span:
        return Span(self.clauses.tokens[first].start, self.clauses.tokens[stop - 1].end)


def find_tolls(text: str, sentence: Span) -> tuple[Toll, ...]:
    """Every stated figure in one sentence, in text order; spans are absolute and cover the count and the harm word."""
    if not may_tell_harm(text, sentence.start, sentence.end):
        return ()
    ledger = _Ledger(read_clauses(text, sentence))
    if not ledger.clauses.tokens:
        return ()
    _take_denials(ledger)
    for harm in ledger.clauses.harms:
        if harm.use == "toll":
            _take_toll(ledger, harm)
    for harm in ledger.clauses.harms:
        if harm.use in {"noun", "body", "lives", "lost"}:
            _take_noun(ledger, harm)
    _take_verbs(ledger)
    _take_parts(ledger)
    ledger.tolls.sort(key=lambda toll: toll.span.start)
    return tuple(sorted(_mark_beside(ledger.tolls), key=lambda toll: (toll.span.start, -toll.span.end)))


def _take_denials(ledger: _Ledger) -> None:
    for denial in find_denials(ledger.clauses):
        for k, group in enumerate(ledger.clauses.groups):
            if denial.first <= group.first < denial.stop:
                ledger.taken[k] = None
        for outcome in denial.outcomes:
            ledger.tolls.append(Toll(outcome, denial.count, ledger.span(denial.first, denial.stop)))


def _take_toll(ledger: _Ledger, harm: Harm) -> None:
    """ "the death toll rose to 25 from 22": the figure after "to"; the one after "from" is claimed and dropped."""
    chosen = None
    for k, group in enumerate(ledger.clauses.groups):
        if not harm.stop <= group.first <= harm.stop + FARTHEST_FIGURE or not group.counted or k in ledger.taken:
            continue
        before = ledger.clauses.word(group.first - 1)
        if before == "from" and group.count is not None:
            ledger.taken[k] = None
        elif chosen is None and group.count is not None and (before in _TOLL_LINKS or group.first == harm.stop):
            chosen = k
        elif chosen is None and any(
            h.first < group.first and h.first > harm.stop and h.use in {"past", "active"} for h in ledger.clauses.harms
        ):
            break
    if chosen is None:
        return
    group = ledger.clauses.groups[chosen]
    if any(ledger.clauses.word(j) in role("former") for j in range(harm.first - 1, group.first)):
        ledger.taken[chosen] = None
        return
    ledger.taken[chosen] = harm.outcome
    count = group.count or ONE
    stop = group.stop + (ledger.clauses.word(group.stop) in {"dead", "killed", "deaths", "fatalities"})
    lowered = any(ledger.clauses.word(j) in role("lowering") for j in range(harm.first - 3, group.first))
    tally = Tally.LOWERED if lowered else Tally.REVISED
    span = ledger.span(harm.first, stop)
    ledger.tolls.append(Toll(harm.outcome, count, span, group=group.label, tally=tally))


def _take_noun(ledger: _Ledger, harm: Harm) -> None:
    """ "12 deaths", "7 rebel bodies", "claimed nine lives", "lost four soldiers", "Killed: 4"."""
    clauses = ledger.clauses
    if harm.use == "lost":
        victims = object_of(clauses, harm)
        fighters = {"military", "police", "militants"}
        if victims and victims.groups and all(clauses.groups[k].label in fighters for k in victims.groups):
            _claim(ledger, harm, victims)
        return
    before = harm.first
    while clauses.word(before - 1) in role("adverb") and harm.first - before < 2:
        before -= 1
    k = next((k for k, group in enumerate(clauses.groups) if group.stop == before and k not in ledger.taken), None)
    if k is not None and k not in clauses.parent:
        if harm.use == "lives" and not _life_taken(clauses, harm):
            return
        if harm.use == "noun" and not clauses.groups[k].counted:
            return
        _claim(ledger, harm, Victims((k,), clauses.groups[k].first, harm.stop))
    elif harm.use == "noun" and (after_noun := _figure_after(ledger, harm)) is not None:
        _claim(ledger, harm, Victims((after_noun,), harm.first, clauses.groups[after_noun].stop))
    elif harm.use == "body" and clauses.word(harm.stop) == "of":
        after = object_of(clauses, Harm(harm.outcome, "active", harm.first, harm.stop + 1))
        one = clauses.word(harm.first) in {"body", "corpse"}
        if after is not None and (one or after.groups):
            _claim(ledger, harm, after)


def _figure_after(ledger: _Ledger, harm: Harm) -> int | None:
    """ "Total fatalities 2", "Deaths: 12": the figure alone after the noun."""
    clauses = ledger.clauses
    k = clauses.group_at(harm.stop + (clauses.word(harm.stop) in {":", "-", "–", "="}))
    if k is None or k in ledger.taken or not clauses.groups[k].counted or clauses.groups[k].count is None:
        return None
    after = clauses.token(clauses.groups[k].stop)
    return k if not after.word and not clauses.groups[k].person else None


def _life_taken(clauses: Clauses, harm: Harm) -> bool:
    return any(clauses.word(j) in _LIVES for j in range(harm.first - 8, harm.stop + 4))


def _take_verbs(ledger: _Ledger) -> None:
    clauses = ledger.clauses
    verbs = [harm for harm in clauses.harms if harm.use in {"past", "active", "subject", "adjective"}]
    later: list[Harm] = []
    joint: set[int] = set()
    for harm, following in zip(verbs, [*verbs[1:], None], strict=False):
        if speaks_of_two(clauses, harm, following):
            joint |= {harm.first, following.first if following else harm.first}
    for harm in verbs:
        if _take_label(ledger, harm):
            continue
        victims = _active_object(ledger, harm)
        if victims is None:
            later.append(harm)
        elif not unreal(clauses, auxiliary(clauses, harm)[0], harm):
            _claim(ledger, harm, victims, silent=harm.first in joint)
        else:
            ledger.taken.update(dict.fromkeys(victims.groups))
    for harm in later:
        if harm.use != "active" and not _take_share(ledger, harm) and not _take_among(ledger, harm):
            _take_subject(ledger, harm, silent=harm.first in joint)


def _take_label(ledger: _Ledger, harm: Harm) -> bool:
    """ "Killed: 4", "dead - 12"."""
    clauses = ledger.clauses
    if clauses.word(harm.stop) not in {":", "-", "–", "—"} or harm.use not in {"past", "adjective"}:
        return False
    if clauses.word(harm.stop) != ":" and clauses.token(harm.first - 1).word:
        return False
    k = clauses.group_at(harm.stop + 1)
    if k is None or not clauses.groups[k].counted or k in ledger.taken:
        return False
    _claim(ledger, harm, Victims((k,), harm.first, clauses.groups[k].stop))
    return True


def _active_object(ledger: _Ledger, harm: Harm) -> Victims | None:
    """The object of a harm word that is active here; None where it is passive, bare, or has no object."""
    clauses = ledger.clauses
    if harm.use in {"subject", "adjective"}:
        return None
    victims = object_of(clauses, harm)
    if harm.use == "active" or victims is None:
        return victims
    _, passive = auxiliary(clauses, harm)
    if passive or (clauses.word(harm.first - 1) == "the" and not victims.groups):
        return None
    if victims.groups:
        group = clauses.groups[victims.groups[0]]
        left = any(other.stop == harm.first and other.counted for other in clauses.groups)
        i = skip(clauses, group.stop, "adverb")
        own = any(other.first == i and other.use in {"past", "adjective"} for other in clauses.harms)
        if left and own:
            return None
    return victims


def _take_subject(ledger: _Ledger, harm: Harm, *, silent: bool) -> None:
    clauses = ledger.clauses
    if clauses.word(harm.first - 1) == "the":
        return
    start, _ = auxiliary(clauses, harm)
    taken = frozenset(ledger.taken)
    victims = subject_of(clauses, harm, taken)
    if victims is None:
        _share_subject(ledger, harm, start)
        return
    if unreal(clauses, start, harm):
        ledger.taken.update(dict.fromkeys(victims.groups))
        return
    if victims.groups and victims.groups[0] in clauses.parent:
        _take_part_of_other(ledger, harm, victims)
        return
    _claim(ledger, harm, victims, silent=silent)


def _take_share(ledger: _Ledger, harm: Harm) -> bool:
    """ "thirty of the wounded": a part of those wounded, and so is what follows in the sentence."""
    clauses = ledger.clauses
    if clauses.word(harm.first - 1) != "the" or clauses.word(harm.first - 2) != "of":
        return False
    k = next((k for k, group in enumerate(clauses.groups) if harm.first - 2 <= group.stop <= harm.first), None)
    if k is None or not clauses.groups[k].counted or clauses.groups[k].count is None or k in ledger.taken:
        return False
    ledger.taken[k] = harm.outcome
    ledger.shared.add(harm.outcome)
    group = clauses.groups[k]
    span = ledger.span(group.first, harm.stop)
    ledger.tolls.append(Toll(harm.outcome, group.count or ONE, span, group=group.label, part_of_total=True))
    return True


def _take_among(ledger: _Ledger, harm: Harm) -> bool:
    """ "Two women were among the dead": a part of the dead, whose number is told elsewhere or not at all."""
    clauses = ledger.clauses
    if clauses.word(harm.first - 1) != "the" or clauses.word(harm.first - 2) not in {"among", "amongst"}:
        return False
    bare = Harm(harm.outcome, "subject", harm.first - 2, harm.stop)
    victims = subject_of(clauses, bare, frozenset(ledger.taken))
    if victims is not None and victims.groups:
        ledger.shared.add(harm.outcome)
        _claim(ledger, bare, victims)
    return True


def _share_subject(ledger: _Ledger, harm: Harm, start: int) -> None:
    """ "was wounded and later died": the dead are no longer among the wounded."""
    clauses = ledger.clauses
    before = [other for other in clauses.harms if other.stop <= start]
    if not ledger.last or not before or harm.outcome is not Outcome.KILLED:
        return
    gap = {clauses.word(j) for j in range(before[-1].stop, start)}
    if start - before[-1].stop > 8 or gap & (role("break") | {";", ":"}) or before[-1].outcome is Outcome.KILLED:
        return
    groups, ledger.last = ledger.last, ()
    span_stop = ledger.clauses.tokens[before[-1].stop - 1].end
    if before[-1].outcome is Outcome.INJURED:
        ledger.tolls = [t for t in ledger.tolls if t.outcome is not Outcome.INJURED or t.span.end != span_stop]
    _claim(ledger, harm, Victims(groups, clauses.groups[groups[0]].first, harm.stop))


def _take_part_of_other(ledger: _Ledger, harm: Harm, victims: Victims) -> None:
    """ "131 wounded, of whom 24 died": 24 killed, and 107 wounded are left."""
    clauses = ledger.clauses
    part = victims.groups[0]
    parent = clauses.parent[part]
    told = ledger.taken.get(parent)
    same = parent >= 0 and told is harm.outcome
    count = clauses.groups[part].count
    if count is None:
        return
    ledger.taken[part] = harm.outcome
    span = ledger.span(victims.first, victims.stop)
    ledger.tolls.append(Toll(harm.outcome, count, span, group=clauses.groups[part].label, part_of_total=same))
    if told is Outcome.INJURED and harm.outcome is Outcome.KILLED:
        _subtract(ledger, clauses.groups[parent].first, count)


def _subtract(ledger: _Ledger, first: int, dead: CountRange) -> None:
    start = ledger.clauses.tokens[first].start
    for i, toll in enumerate(ledger.tolls):
        if toll.outcome is Outcome.INJURED and toll.span.start <= start < toll.span.end and not toll.part_of_total:
            ends = [None if n is None or n < dead.figure else n - dead.figure for n in _ends(toll.count)]
            if any(n is not None for n in ends):
                left = CountRange(ends[0], ends[1], ends[2], toll.count.hedge)
                ledger.tolls[i] = Toll(toll.outcome, left, toll.span, toll.speaker, toll.group)


def _claim(ledger: _Ledger, harm: Harm, victims: Victims, *, silent: bool = False) -> None:
    """Writes down the toll of a harm word; ``silent`` claims the people and says nothing ("killed or injured 40")."""
    clauses = ledger.clauses
    span = ledger.span(min(victims.first, harm.first), max(victims.stop, harm.stop))
    if victims.alone and not victims.groups:
        if not silent:
            ledger.tolls.append(Toll(harm.outcome, ONE, span))
        return
    ledger.last = victims.groups
    groups = [clauses.groups[k] for k in victims.groups]
    ledger.taken.update(dict.fromkeys(victims.groups, None if silent else harm.outcome))
    if silent:
        return
    counts = [group.count for group in groups if group.count is not None]
    if not counts:
        return
    if victims.alone:
        counts.append(ONE)
    total = add_counts(counts, some=len(counts) < len(groups))
    tally = Tally.FURTHER if groups[0].further else Tally.STATED
    if _told_also(clauses, harm, groups[0].first):
        tally = Tally.ALSO
    labels = {group.label for group in groups}
    if total.high == 0:
        zero = zero_verb_at(clauses.tokens, harm.stop - 1)
        for outcome in zero[0] if zero and not groups[0].label else (harm.outcome,):
            ledger.tolls.append(Toll(outcome, total, span, group=groups[0].label))
        return
    if harm.outcome in ledger.shared:
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


def _only_maybe(clauses: Clauses, harm: Harm) -> bool:
    """True for "may have been killed", "feared dead": the figure is an upper end."""
    start, _ = auxiliary(clauses, harm)
    return any(clauses.word(j) in {"may", "might", "feared", "possibly"} for j in range(start, harm.first))


def _told_also(clauses: Clauses, harm: Harm, first: int) -> bool:
    """True for "also killed three", "also three were killed"."""
    return "also" in {clauses.word(first - 1), clauses.word(harm.first - 1), clauses.word(harm.stop)}


def _mark_beside(tolls: list[Toll]) -> list[Toll]:
    """Figures of one outcome in one sentence are of different people, unless they add up to the first of them."""
    marked: list[Toll] = []
    revised = {t.outcome for t in tolls if t.tally in _REVISIONS}
    tolls = [
        replace(t, part_of_total=True) if t.outcome in revised and t.tally not in _REVISIONS and t.count.figure else t
        for t in tolls
    ]
    for outcome in Outcome:
        same = [t for t in tolls if t.outcome is outcome and not t.part_of_total and t.tally not in _REVISIONS]
        told = [t for t in same if t.count.figure > 0]
        rest = sum(t.count.figure for t in told[1:])
        for n, toll in enumerate(told[1:], start=1):
            if rest == told[0].count.figure:
                told[n] = replace(toll, part_of_total=True)
            elif toll.tally is Tally.STATED:
                told[n] = replace(toll, tally=Tally.BESIDE)
        marked += told
    others = [t for t in tolls if t.part_of_total or t.tally in _REVISIONS or t.count.figure == 0]
    return others + marked


def _take_parts(ledger: _Ledger) -> None:
    """Sub-counts of a claimed group: "including three children"."""
    clauses = ledger.clauses
    for k, parent in clauses.parent.items():
        group = clauses.groups[k]
        outcome = ledger.taken.get(parent)
        if k in ledger.taken or outcome is None or group.count is None:
            continue
        span = ledger.span(group.first, group.stop)
        ledger.tolls.append(Toll(outcome, group.count, span, group=group.label, part_of_total=True))


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


def _ends(count: CountRange) -> tuple[int | None, int | None, int | None]:
    return count.low, count.best, count.high
