"""Tolls of one sentence: every stated figure of killed, injured, missing and captured people, with its words.

Each group of people is claimed once, in this order: "no casualties"; the figure of a toll ("the toll rose to 25");
nouns ("12 deaths"); active verbs ("killing 12"); the rest ("12 were killed"). The parts of a list ("two men and a
girl") are kept beside their sum, and sub-counts ("including three children") under their total; both are
``part_of_total``.

An attacker who died counts among the killed, as in GTD (codebook, nkill: victims and attackers who died as a direct
result of the incident) and UCDP GED (best = deaths of both sides, of civilians and of unknown people); the part toll
keeps the group "attackers".
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from extract.clauses import Clauses, read_clauses, skip, told_in_passing
from extract.harm import Harm, may_tell_harm
from extract.ledger import Ledger, claim, mark_beside, subtract
from extract.numerals import figure_at
from extract.people import role
from extract.periods import mark_periods
from extract.recounts import mark_other_accounts, take_further_places, take_recounts
from extract.tellers import mark_tellers
from extract.toll_nouns import (
    take_bare_figure,
    take_denials,
    take_label,
    take_noun,
    take_roll,
    take_toll,
    take_victims,
)
from extract.victims import ONE, Victims, object_of, subject_of, with_those_beside
from extract.voice import auxiliary, speaks_of_two, unreal
from model import CountRange, Outcome, Span, Toll


@lru_cache(maxsize=64)
def find_tolls(text: str, sentence: Span) -> tuple[Toll, ...]:
    """Every stated figure in one sentence, in text order; spans are absolute and cover the count and the harm word."""
    if not may_tell_harm(text, sentence.start, sentence.end):
        return ()
    clauses = read_clauses(text, sentence)
    if clauses is None:
        return ()
    ledger = Ledger(clauses, background=told_in_passing(clauses))
    take_denials(ledger)
    for harm in ledger.clauses.harms:
        if harm.first in ledger.background:
            continue
        if harm.use == "toll" or (harm.use == "count" and len(ledger.clauses.harms) > 1):
            take_toll(ledger, harm)
        elif harm.use == "count":
            take_bare_figure(ledger, harm)
    for harm in ledger.clauses.harms:
        if harm.use in {"noun", "body", "lives", "lost"}:
            take_noun(ledger, harm)
    take_victims(ledger)
    _take_verbs(ledger)
    _take_parts(ledger)
    take_further_places(ledger)
    take_recounts(ledger)
    mark_other_accounts(ledger)
    ledger.tolls.sort(key=lambda toll: toll.span.start)
    return tuple(mark_tellers(clauses, mark_periods(clauses, mark_beside(ledger))))


def _take_verbs(ledger: Ledger) -> None:
    clauses = ledger.clauses
    verbs = [harm for harm in clauses.harms if harm.use in {"past", "active", "subject", "adjective"}]
    later: list[Harm] = []
    joint: set[int] = set()
    for harm, following in zip(verbs, [*verbs[1:], None], strict=False):
        if speaks_of_two(clauses, harm, following):
            joint |= {harm.first, following.first if following else harm.first}
    for harm in verbs:
        if take_label(ledger, harm) or _take_share_of(ledger, harm) or take_roll(ledger, harm):
            continue
        victims = _active_object(ledger, harm)
        if victims is None:
            later.append(harm)
        elif not unreal(clauses, auxiliary(clauses, harm)[0], harm):
            claim(ledger, harm, victims, silent=harm.first in joint)
        else:
            ledger.taken.update(dict.fromkeys(victims.groups))
    for harm in later:
        if harm.use != "active" and not _take_share(ledger, harm) and not _take_among(ledger, harm):
            _take_subject(ledger, harm, silent=harm.first in joint)


def _active_object(ledger: Ledger, harm: Harm) -> Victims | None:
    """The object of a harm word that is active here; None where it is passive, bare, or has no object."""
    clauses = ledger.clauses
    if harm.use in {"subject", "adjective"} or _is_noun_here(clauses, harm):
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
        following = clauses.harm_at(i)
        own = following is not None and following.use in {"past", "adjective"}
        if left and own:
            return None
    return victims


def _is_noun_here(clauses: Clauses, harm: Harm) -> bool:
    """True for "wounds" in "died of his wounds a day later"."""
    before = clauses.word(harm.first - 1)
    noun = before in role("possessive") or before in role("determiner") or before in {"of", "with", "from"}
    return (
        noun and harm.use == "active" and harm.stop == harm.first + 1 and not clauses.word(harm.first).endswith("ing")
    )


def _take_subject(ledger: Ledger, harm: Harm, *, silent: bool) -> None:
    clauses = ledger.clauses
    if clauses.word(harm.first - 1) == "the":
        return
    within = [k for k, group in enumerate(clauses.groups) if group.first < harm.first and harm.stop < group.stop]
    if within:
        if within[0] not in ledger.taken and within[0] not in clauses.parent:
            claim(ledger, harm, Victims((within[0],), clauses.groups[within[0]].first, clauses.groups[within[0]].stop))
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
    claim(ledger, harm, with_those_beside(clauses, harm, victims, ledger.taken), silent=silent)


def _share_subject(ledger: Ledger, harm: Harm, start: int) -> None:
    """Takes "was wounded and later died": the dead are no longer among the wounded."""
    clauses = ledger.clauses
    before = [other for other in clauses.harms if other.stop <= start]
    victims, ledger.last = ledger.last, None
    if victims is None or not before or harm.outcome is not Outcome.KILLED:
        return
    gap = {clauses.word(j) for j in range(before[-1].stop, start)}
    if start - before[-1].stop > 8 or gap & (role("break") | {";", ":"}) or before[-1].outcome is Outcome.KILLED:
        return
    told_at = clauses.tokens[clauses.groups[victims.groups[0]].first if victims.groups else victims.first].start
    if before[-1].outcome is Outcome.INJURED:
        ledger.tolls = [
            t for t in ledger.tolls if t.outcome is not Outcome.INJURED or not t.span.start <= told_at < t.span.end
        ]
    claim(ledger, harm, replace(victims, stop=harm.stop))


def _take_part_of_other(ledger: Ledger, harm: Harm, victims: Victims) -> None:
    """Takes "131 wounded, of whom 24 died": 24 killed, and 107 wounded are left."""
    clauses = ledger.clauses
    part = victims.groups[0]
    parent = clauses.parent[part]
    if parent not in ledger.taken:  # "ten were injured, three badly; two of these died"
        parent = max((k for k in ledger.taken if k < part), default=parent)
    told = ledger.taken.get(parent)
    same = parent >= 0 and told is harm.outcome
    count = clauses.groups[part].count
    if count is None:
        return
    ledger.taken[part] = harm.outcome
    ledger.last = victims
    span = ledger.span(victims.first, victims.stop)
    ledger.tolls.append(Toll(harm.outcome, count, span, group=clauses.groups[part].label, part_of_total=same))
    if told is Outcome.INJURED and harm.outcome is Outcome.KILLED:
        subtract(ledger, clauses.groups[parent].first, count)


def _take_share(ledger: Ledger, harm: Harm) -> bool:
    """Takes "thirty of the wounded": a part of those wounded, and so is what follows in the sentence."""
    clauses = ledger.clauses
    if clauses.word(harm.first - 1) not in role("the ones") or clauses.word(harm.first - 2) != "of":
        return False
    k = next((k for k, group in enumerate(clauses.groups) if harm.first - 2 <= group.stop <= harm.first), None)
    if k is None or not clauses.groups[k].counted or clauses.groups[k].count is None or k in ledger.taken:
        return False
    ledger.taken[k] = harm.outcome
    ledger.shared.add(harm.outcome)
    ledger.last = Victims((k,), clauses.groups[k].first, harm.stop)
    group = clauses.groups[k]
    span = ledger.span(group.first, harm.stop)
    ledger.tolls.append(Toll(harm.outcome, group.count or ONE, span, group=group.label, part_of_total=True))
    return True


def _take_share_of(ledger: Ledger, harm: Harm) -> bool:
    """Takes "five of the 12 injured are children": twelve injured; "... have died": five of them no longer."""
    clauses = ledger.clauses
    k = clauses.group_before(harm.first)
    if k is None or not clauses.groups[k].part or k in ledger.taken:
        return False
    group = clauses.groups[k]
    whole = figure_at(clauses.tokens, harm.first - 1)
    if whole is None or clauses.word(harm.first - 2) != "the":
        return False
    ledger.taken[k] = harm.outcome
    span = ledger.span(group.first, harm.stop)
    ledger.tolls.append(Toll(harm.outcome, CountRange(whole[0], whole[0], whole[0]), span))
    if group.count is None:  # "most of the 14 dead"
        return True
    following = next((other for other in clauses.harms if harm.stop < other.first <= harm.stop + 4), None)
    if following is not None and following.outcome is Outcome.KILLED and harm.outcome is Outcome.INJURED:
        ledger.tolls.append(Toll(Outcome.KILLED, group.count, ledger.span(group.first, following.stop)))
        subtract(ledger, group.first, group.count)
        return True
    part = ledger.span(group.first, group.first + 1)
    ledger.tolls.append(Toll(harm.outcome, group.count, part, group=group.label, part_of_total=True))
    return True


def _take_among(ledger: Ledger, harm: Harm) -> bool:
    """Takes "Two women were among the dead": a part of the dead, whose number is told elsewhere or not at all."""
    clauses = ledger.clauses
    if clauses.word(harm.first - 1) not in role("the ones") or clauses.word(harm.first - 2) not in {"among", "amongst"}:
        return False
    bare = Harm(harm.outcome, "subject", harm.first - 2, harm.stop)
    victims = subject_of(clauses, bare, frozenset(ledger.taken))
    if victims is not None and victims.groups:
        ledger.shared.add(harm.outcome)
        claim(ledger, bare, victims)
    return True


def _take_parts(ledger: Ledger) -> None:
    """Sub-counts of a claimed group: "including three children"."""
    clauses = ledger.clauses
    for k, parent in clauses.parent.items():
        group = clauses.groups[k]
        outcome = ledger.taken.get(parent)
        if k in ledger.taken or outcome is None or group.count is None:
            continue
        span = ledger.span(group.first, group.stop)
        ledger.tolls.append(Toll(outcome, group.count, span, group=group.label, part_of_total=True))
