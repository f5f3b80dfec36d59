"""Tolls that nouns and labels tell: "no casualties", "the death toll rose to 25", "12 deaths", "Killed: 4"."""

from __future__ import annotations

import itertools

from extract.clauses import Clauses, skip
from extract.denials import find_denials
from extract.harm import Harm
from extract.ledger import Ledger, claim
from extract.numerals import count_words
from extract.people import Group, person_at, role
from extract.victims import ONE, Victims, object_of
from extract.voice import speaks_of_two
from model import CountRange, Outcome, Tally, Toll

FARTHEST_FIGURE = 25  # tokens from "death toll" to its figure


def take_denials(ledger: Ledger) -> None:
    """Takes "no casualties were reported": zero of each outcome that is denied."""
    for denial in find_denials(ledger.clauses):
        for k, group in enumerate(ledger.clauses.groups):
            if denial.first <= group.first < denial.stop:
                ledger.taken[k] = None
        own_side = any(ledger.clauses.word(j) in {"losses", "loss"} for j in range(denial.first, denial.stop))
        tally = Tally.DISPUTED if own_side else Tally.STATED
        for outcome in denial.outcomes:
            ledger.tolls.append(Toll(outcome, denial.count, ledger.span(denial.first, denial.stop), tally=tally))


def take_toll(ledger: Ledger, harm: Harm) -> None:
    """Takes "the death toll rose to 25 from 22": the figure after "to"; the one after "from" is claimed and dropped."""
    chosen = None
    for k, group in enumerate(ledger.clauses.groups):
        if not harm.stop <= group.first <= harm.stop + FARTHEST_FIGURE or not group.counted or k in ledger.taken:
            continue
        before = ledger.clauses.word(group.first - 1)
        if before == "from" and group.count is not None:
            ledger.taken[k] = None
        elif chosen is None and group.count is not None and (before in role("toll link") or group.first == harm.stop):
            chosen = k
        elif chosen is None and any(
            h.first < group.first and h.first > harm.stop and h.use in {"past", "active"} for h in ledger.clauses.harms
        ):
            break
    if chosen is None:
        _take_figure_before(ledger, harm)
        return
    chosen = _risen_to(ledger, harm, chosen)
    group = ledger.clauses.groups[chosen]
    if any(ledger.clauses.word(j) in role("former") for j in range(harm.first - 1, group.first)):
        ledger.taken[chosen] = None
        return
    ledger.taken[chosen] = harm.outcome
    count = group.count or ONE
    stop = group.stop + (ledger.clauses.word(group.stop) in {"dead", "killed", "deaths", "fatalities"})
    if any(ledger.clauses.word(j) in role("bringing") for j in range(harm.first - 4, harm.first)):
        ledger.brought.add(harm.outcome)
    lowered = any(ledger.clauses.word(j) in role("lowering") for j in range(harm.first - 3, group.first))
    tally = Tally.LOWERED if lowered else Tally.REVISED
    if ledger.clauses.word(harm.stop - 1) == "casualties":
        count, tally = CountRange(None, count.figure, count.high, "casualties"), Tally.JOINT
    span = ledger.span(harm.first, stop)
    ledger.tolls.append(Toll(harm.outcome, count, span, group=group.label, tally=tally))


def _risen_to(ledger: Ledger, harm: Harm, chosen: int) -> int:
    """The figure of "the toll, put at 30 on Friday, has risen to 46": the last; the one before is claimed."""
    clauses = ledger.clauses
    for k in range(chosen + 1, len(clauses.groups)):
        group = clauses.groups[k]
        if group.first > harm.stop + FARTHEST_FIGURE:
            break
        verbs = {clauses.word(j) for j in range(clauses.groups[chosen].stop, group.first)}
        told = group.counted and group.count is not None and k not in ledger.taken
        if told and clauses.word(group.first - 1) == "to" and verbs & count_words().rising:
            ledger.taken[chosen] = None
            return k
    return chosen


def take_roll(ledger: Ledger, harm: Harm) -> bool:
    """Takes "the dead are a father and his two daughters", "among the injured were four students"."""
    clauses = ledger.clauses
    opener = clauses.word(harm.first - 1)
    if opener not in {"the", "those"} and harm.first > 0:
        return False
    i = harm.stop
    if clauses.word(i) in role("preposition"):  # "those killed in the blast"
        i = next((j for j in range(i, i + 5) if clauses.word(j) in role("roll verb")), i)
    verb = clauses.word(i)
    if verb not in role("roll verb"):
        return False
    i = skip(clauses, i + 1, "adverb")
    i += 2 * (clauses.word(i) in {"identified", "named"} and clauses.word(i + 1) == "as")
    k = clauses.group_at(i)
    if k is None or k in ledger.taken or not (clauses.groups[k].person or clauses.groups[k].counted):
        return False
    victims = object_of(clauses, Harm(harm.outcome, "active", harm.first, i))
    if victims is None or not victims.groups:
        return False
    part = verb.startswith("inclu") or clauses.word(harm.first - 2) in {"among", "amongst"}
    if part:
        ledger.shared.add(harm.outcome)
    claim(ledger, Harm(harm.outcome, "adjective", harm.first, harm.stop), victims)
    return True


def take_victims(ledger: Ledger) -> None:
    """Takes "were among the nine victims", and "the victims were two farmers and a boy"."""
    clauses = ledger.clauses
    for i, word in enumerate(clauses.lowers):
        if word != "victims":
            continue
        k = clauses.group_before(i + 1)
        if k is not None and clauses.groups[k].counted and k not in ledger.taken:
            if clauses.word(clauses.groups[k].first - 1) in {"among", "amongst"}:
                claim(ledger, Harm(Outcome.KILLED, "noun", i, i + 1), Victims((k,), clauses.groups[k].first, i + 1))
        elif k is None:
            take_roll(ledger, Harm(Outcome.KILLED, "adjective", i, i + 1))


def _take_figure_before(ledger: Ledger, harm: Harm) -> None:
    """Takes "gave 60 as the number of dead"."""
    clauses = ledger.clauses
    opener = [clauses.word(harm.first - n) for n in (2, 1)]
    k = clauses.group_before(harm.first - 2) if opener == ["as", "the"] else None
    if k is not None and k not in ledger.taken and clauses.groups[k].bare and clauses.groups[k].count is not None:
        claim(ledger, harm, Victims((k,), clauses.groups[k].first, harm.stop))


def take_bare_figure(ledger: Ledger, harm: Harm) -> None:
    """Takes "the count stood at 52", "the number was 54": of whom, only the sentences before tell."""
    clauses = ledger.clauses
    k = clauses.group_at(harm.stop)
    if k is None or clauses.word(harm.first - 1) not in role("the figure"):
        return
    group = clauses.groups[k]
    if group.counted and group.count is not None and (group.bare or group.person):
        ledger.taken[k] = harm.outcome
        span = ledger.span(harm.first, group.stop)
        ledger.tolls.append(Toll(harm.outcome, group.count, span, group=group.label, tally=Tally.RECOUNT))


def take_noun(ledger: Ledger, harm: Harm) -> None:
    """Takes "12 deaths", "7 rebel bodies", "claimed nine lives", "lost four soldiers", "Killed: 4"."""
    clauses = ledger.clauses
    if harm.use == "lost":
        victims = _people_of(clauses, object_of(clauses, harm))
        groups = [clauses.groups[k] for k in victims.groups] if victims else []
        if victims and groups and _are_kin(clauses, groups):
            return
        if victims and groups and all(group.counted and group.person for group in groups):
            following = clauses.harm_at(victims.stop + (clauses.word(victims.stop) == "in"))
            second = None if following is None else clauses.harm_at(following.stop + 1)
            joint = following is not None and speaks_of_two(clauses, following, second)
            claim(ledger, harm, victims, silent=joint)  # "lost 40 soldiers killed and wounded" tells neither
        return
    if harm.use == "body" and _is_one_found(clauses, harm):
        ledger.tolls.append(Toll(harm.outcome, ONE, ledger.span(harm.first - 1, harm.stop)))
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
        claim(ledger, harm, Victims((k,), clauses.groups[k].first, harm.stop))
    elif harm.use == "noun" and (after_noun := _figure_after(ledger, harm)) is not None:
        claim(ledger, harm, Victims((after_noun,), harm.first, clauses.groups[after_noun].stop))
    elif harm.use == "body" and clauses.word(harm.stop) == "of":
        after = object_of(clauses, Harm(harm.outcome, "active", harm.first, harm.stop + 1))
        one = clauses.word(harm.first) in {"body", "corpse"}
        if after is not None and (one or after.groups):
            claim(ledger, harm, after)


def _is_one_found(clauses: Clauses, harm: Harm) -> bool:
    """True for "a body was recovered"."""
    one = clauses.word(harm.first) in {"body", "corpse"} and clauses.word(harm.first - 1) in {"a", "another"}
    after = {clauses.word(j) for j in range(harm.stop, harm.stop + 4)}
    return one and bool(after & {"found", "recovered", "pulled", "retrieved", "discovered"})


def _people_of(clauses: Clauses, victims: Victims | None) -> Victims | None:
    """Those of "14 men and two pickups" that are people."""
    if victims is None or not victims.groups:
        return victims
    people = tuple(itertools.takewhile(lambda k: clauses.groups[k].person, victims.groups))
    return Victims(people, victims.first, clauses.groups[people[-1]].stop) if people else None


def _are_kin(clauses: Clauses, groups: list[Group]) -> bool:
    """True for "lost two cousins": of those counted elsewhere."""
    return all(clauses.word(group.stop - 1) in role("kin") for group in groups)


def take_label(ledger: Ledger, harm: Harm) -> bool:
    """Takes "Killed: 4", "dead - 12", "put the dead at six"."""
    clauses = ledger.clauses
    named = clauses.word(harm.first - 1) in role("the ones") or clauses.word(harm.first - 1) == "of"
    if named and clauses.word(harm.stop) in role("put at"):
        people = object_of(clauses, Harm(harm.outcome, "active", harm.first, harm.stop + 1))
        if people is not None and people.groups and clauses.groups[people.groups[0]].counted:
            claim(ledger, harm, people)
            return True
    stop = harm.stop + (person_at(clauses.tokens, harm.stop) if harm.stop < len(clauses.tokens) else 0)
    if clauses.word(stop) not in {":", "-", "–", "—"} or harm.use not in {"past", "adjective"}:
        return False
    before = clauses.token(harm.first - 1)
    if before.lower in role("aux") or (before.word and clauses.word(stop) != ":"):
        return False
    k = clauses.group_at(stop + 1)
    if k is None or not clauses.groups[k].counted or k in ledger.taken:
        return False
    claim(ledger, harm, Victims((k,), harm.first, clauses.groups[k].stop))
    return True


def _figure_after(ledger: Ledger, harm: Harm) -> int | None:
    """Finds "Total fatalities 2", "Deaths: 12": the figure alone after the noun."""
    clauses = ledger.clauses
    k = clauses.group_at(harm.stop + (clauses.word(harm.stop) in {":", "-", "–", "="}))
    if k is None or k in ledger.taken or not clauses.groups[k].counted or clauses.groups[k].count is None:
        return None
    after = clauses.token(clauses.groups[k].stop)
    return k if not after.word and not clauses.groups[k].person else None


def _life_taken(clauses: Clauses, harm: Harm) -> bool:
    return any(clauses.word(j) in role("life verb") for j in range(harm.first - 8, harm.stop + 4))
