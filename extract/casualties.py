"""The casualty figures of one event, chosen from all tolls that a report states of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.ledger import add_counts
from extract.numerals import count_words
from extract.tolls import find_tolls
from model import Casualties, CountRange, Outcome, Party, Tally, Toll

__all__ = ["choose_casualties", "find_tolls"]

FIGHTERS = frozenset({"military", "police", "militants", "attackers"})
ONE_BREATH = 300  # characters between two figures of one sentence; beyond, the first belongs to another event
WIDE = frozenset({Tally.LATELY, Tally.WIDER})
SIDES = frozenset({"military", "police", "militants", "attackers", "civilians", "rescuers", "journalists"})


def choose_casualties(tolls: Sequence[Toll]) -> Casualties:
    """The figures for one event from the tolls of a report, in text order.

    Sub-counts are never added. A figure told again is not added; a more exact one, a revision or a higher one takes
    its place. Figures of different kinds of victims ("four police officers", "two assailants") are summed; where all
    victims are told of, attackers who died are not. Where two
    speakers disagree, the count runs from the lower figure to the higher, so that the one figure to draw is the lower
    (ACLED codebook: the most conservative). "No casualties" holds only where no figure is given. What a whole war has
    cost is left out where the event has any figure of its own.
    """
    narrow = _narrowest(tolls)
    told = {toll.outcome for toll in narrow}
    chosen = {outcome.value: _choose(narrow, outcome) for outcome in told}
    if chosen.get(Outcome.INJURED) is None:
        chosen[Outcome.INJURED.value] = _of_both(narrow, chosen.get(Outcome.KILLED))
    return Casualties(**chosen)


def _of_both(tolls: Sequence[Toll], killed: CountRange | None) -> CountRange | None:
    """The injured among "43 casualties", 12 of whom died: 43 at most, 31 at least."""
    both = [toll.count for toll in tolls if toll.tally is Tally.JOINT]
    if not both or killed is None or killed.high is None or both[-1].best is None or killed.high >= both[-1].best:
        return None
    return CountRange(both[-1].best - killed.high, both[-1].best, both[-1].high, both[-1].hedge)


def _narrowest(tolls: Sequence[Toll]) -> Sequence[Toll]:
    """The tolls of this event alone; those of the last hours, or of a whole war, only where there are no others."""
    own = [toll for toll in tolls if toll.tally not in WIDE]
    return own or [toll for toll in tolls if toll.tally is Tally.LATELY] or tolls


@dataclass(slots=True)
class _Account:
    """What has been told of one outcome so far."""

    whole: CountRange | None = None
    sides: dict[str, CountRange] = field(default_factory=dict)  # by group of victims
    speaker: Party | None = None  # who gave ``whole``
    teller: str = ""  # and of what sort
    disputed: bool = False  # ``whole`` runs from one account to another
    claimed: set[str] = field(default_factory=set)  # groups ("" = all) whose figure a side told of its own deed

    def replace(self, total: CountRange | None) -> None:
        """Lets one figure stand for all that was told."""
        self.whole, self.sides = total, {}

    def total(self, *, whole_first: bool) -> CountRange | None:
        """The figure of all victims."""
        return _total(self.whole, self.sides, whole_first=whole_first)


def _choose(tolls: Sequence[Toll], outcome: Outcome) -> CountRange | None:
    tellings = _tellings(tolls, outcome)
    account = _Account()
    for telling in tellings:
        _hear(account, telling)
    total = account.total(whole_first=bool(tellings) and tellings[0].tolls[0].group not in SIDES)
    if total is not None and _says_none_of_its_own(tolls, outcome, account):
        return _spread(total, CountRange(0, 0, 0))
    return total or _least(tolls, outcome) or _none(tolls, outcome)


def _says_none_of_its_own(tolls: Sequence[Toll], outcome: Outcome, account: _Account) -> bool:
    """True where the side of those counted denies its losses: "19 militants were killed; the group had no losses"."""
    sides = {"rebels": {"militants"}, "officials": {"military"}}
    denied = [t for t in tolls if t.outcome is outcome and not t.count.figure and t.tally is Tally.DISPUTED]
    return any(account.sides.keys() == sides.get(toll.teller) and account.whole is None for toll in denied)


def _hear(account: _Account, telling: _Telling) -> None:
    first = telling.tolls[0]
    if first.tally is Tally.RECOUNT:
        told = account.total(whole_first=False)
        account.replace(None if told is None else _recounted(told, first.count))
    elif first.tally is Tally.LOWERED:
        account.replace(first.count)
    elif _is_other_account(account, telling):
        _dispute(account, add_counts([toll.count for toll in telling.tolls]))
    elif first.tally is Tally.REVISED:
        account.replace(_newer(account.total(whole_first=False), first.count))
        account.teller = first.teller or account.teller
    elif all(toll.group in SIDES for toll in telling.tolls):
        account.teller = account.teller or first.teller
        for toll in telling.tolls:
            side = account.sides.get(toll.group)
            if side is not None and _disputes(account, toll.group, side, toll):
                account.sides[toll.group] = _spread(side, toll.count)
            elif side is None and account.whole is not None and _is_claim_on_a_state(toll):
                _dispute(account, toll.count)
            else:
                account.sides[toll.group] = _joined(side, toll.count, _adds(toll, telling))
                account.claimed |= {toll.group} if toll.tally is Tally.DISPUTED else set()
    else:
        count = add_counts([toll.count for toll in telling.tolls])
        whole = account.whole
        if whole is not None and account.disputed and _is_within(count, whole) and not _adds(first, telling):
            return
        if whole is not None and (_contradicts(account.speaker, first) or _disputes(account, "", whole, first)):
            _dispute(account, count)
            return
        account.whole = _joined(whole, count, _adds(first, telling) and first.tally is not Tally.ALSO)
        account.speaker, account.teller = first.speaker, first.teller or account.teller
        account.claimed |= {""} if first.tally is Tally.DISPUTED else set()


def _is_claim_on_a_state(toll: Toll) -> bool:
    """True for "it said it had killed 20 soldiers", where officials have told of five dead."""
    return toll.tally is Tally.DISPUTED and toll.group in {"military", "police"}


def _is_other_account(account: _Account, telling: _Telling) -> bool:
    """True for a figure that another sort of teller gives: "officials said four; doctors had received 13 bodies"."""
    first = telling.tolls[0]
    told = account.total(whole_first=False)
    named = first.teller and account.teller and first.teller != account.teller
    if told is None or not named or first.tally not in {Tally.STATED, Tally.DISPUTED, Tally.REVISED}:
        return False
    count = add_counts([toll.count for toll in telling.tolls])
    if account.disputed and _is_within(count, told):
        return True
    one_side = len(account.sides) <= 1 and len({toll.group for toll in telling.tolls}) == 1
    return one_side and count.figure != told.figure and not _refines(count, told) and not _refines(told, count)


def _dispute(account: _Account, count: CountRange) -> None:
    """Widens what is told to another account."""
    told = account.total(whole_first=False)
    if told is not None and not (account.disputed and _is_within(count, told)):
        account.replace(_spread(told, count))
    account.disputed = True


def _is_within(count: CountRange, told: CountRange) -> bool:
    return (told.low or 0) <= count.figure and (told.high is None or count.figure <= told.high)


def _disputes(account: _Account, group: str, told: CountRange, toll: Toll) -> bool:
    """True for another account than the one told, and for a lower one than a side told of its own deed."""
    if toll.tally is Tally.DISPUTED:
        return not (told.hedge in count_words().plurals and _refines(toll.count, told))
    claimed = group in account.claimed and toll.tally is Tally.STATED
    return claimed and toll.count.figure < told.figure and not _refines(told, toll.count)


@dataclass(frozen=True, slots=True)
class _Telling:
    """Figures of one outcome told in one breath: a toll and those beside it."""

    tolls: tuple[Toll, ...]
    follows: bool  # the figure told just before is of the same outcome


def _tellings(tolls: Sequence[Toll], outcome: Outcome) -> list[_Telling]:
    told: list[_Telling] = []
    previous: Outcome | None = None
    for toll in tolls:
        if toll.part_of_total or not toll.count.figure or toll.tally is Tally.JOINT:
            continue
        if toll.outcome is outcome:
            near = told and toll.span.start - told[-1].tolls[-1].span.end <= ONE_BREATH
            if toll.tally is Tally.BESIDE and near:
                told[-1] = _Telling((*told[-1].tolls, toll), told[-1].follows)
            else:
                told.append(_Telling((toll,), previous is outcome))
        previous = toll.outcome
    return told


def _adds(toll: Toll, telling: _Telling) -> bool:
    """Whether a figure comes on top of those told before this telling, or of the one beside it."""
    if toll.tally is Tally.FURTHER:
        return telling.follows
    return toll.tally in {Tally.ALSO, Tally.BESIDE}


def _least(tolls: Sequence[Toll], outcome: Outcome) -> CountRange | None:
    """A lower end from the parts of a total that has no figure: "several people, including two children"."""
    parts = [toll.count.figure for toll in tolls if toll.outcome is outcome and toll.part_of_total]
    return CountRange(max(parts), max(parts), None, "including") if any(parts) else None


def _none(tolls: Sequence[Toll], outcome: Outcome) -> CountRange | None:
    """What "no casualties" says."""
    return next((toll.count for toll in tolls if toll.outcome is outcome and not toll.count.figure), None)


def _contradicts(speaker: Party | None, toll: Toll) -> bool:
    """True where another named speaker gives a figure of his own."""
    named = speaker is not None and toll.speaker is not None and toll.speaker != speaker
    return named and toll.tally is Tally.STATED


def _spread(first: CountRange, other: CountRange) -> CountRange:
    """What two speakers say: from the lower figure to the higher, with no best one unless they agree."""
    lower, higher = sorted((first, other), key=lambda count: count.figure)
    if lower.figure == higher.figure:
        return _newer(first, other)
    return CountRange(lower.figure if lower.low is None else lower.low, None, higher.high)


def _recounted(told: CountRange, count: CountRange) -> CountRange:
    """A total given for "the figure": a higher one is news, a lower one another account."""
    return _spread(told, count) if count.figure < told.figure and not _refines(count, told) else count


def _joined(before: CountRange | None, count: CountRange, adds: bool) -> CountRange:
    """The sum where a figure comes on top; but "dozens were hurt. Another 46 were hurt": the 46 are the dozens."""
    if before is None or not adds or (before.hedge in count_words().plurals and _refines(count, before)):
        return _newer(before, count)
    return add_counts([before, count])


def _larger_side(whole: CountRange, sides: dict[str, CountRange]) -> bool:
    """True for "three people" and then "four militants": the militants are not among the people."""
    return bool(sides) and sides.keys() <= FIGHTERS and any(side.figure > whole.figure for side in sides.values())


def _newer(before: CountRange | None, count: CountRange) -> CountRange:
    """The later of two figures of the same people, unless it is lower; but an exact one refines a hedged one."""
    if before is None or count.figure >= before.figure:
        return count if before is None or not _refines(before, count) else before
    return count if _refines(count, before) else before


def _refines(count: CountRange, other: CountRange) -> bool:
    """True where the other figure is hedged ("nearly 110", "up to 12", "dozens") and this one (109) fits in it."""
    if other.low is not None and other.high is not None:
        return False
    known = count.low is not None
    return known and (other.low is None or other.low <= count.figure) and (other.high or count.figure) >= count.figure


def _total(whole: CountRange | None, sides: dict[str, CountRange], *, whole_first: bool) -> CountRange | None:
    if whole is not None:
        sides = {group: count for group, count in sides.items() if group != "attackers"}
    if not sides:
        return whole
    summed = add_counts(sides.values())
    if whole is not None and whole_first and whole.high is not None and _larger_side(whole, sides):
        return add_counts([whole, summed])
    return summed if whole is None or summed.figure > whole.figure else whole
