"""The casualty figures of one event, chosen from all tolls that a report states of it."""

from __future__ import annotations

from collections.abc import Sequence

from extract.tolls import add_counts, find_tolls
from model import Casualties, CountRange, Outcome, Tally, Toll

__all__ = ["choose_casualties", "find_tolls"]

SIDES = frozenset({"military", "police", "militants", "attackers", "civilians", "rescuers", "journalists"})


def choose_casualties(tolls: Sequence[Toll]) -> Casualties:
    """The figures for one event from the tolls of a report, in text order.

    Sub-counts are never added. A figure told again is not added; a more exact one, a revision or a higher one takes its
    place. Figures of different kinds of victims ("four police officers", "two assailants") are summed. "None" holds only
    where no figure is given.
    """
    chosen = {outcome: _choose(tolls, outcome) for outcome in Outcome}
    return Casualties(
        killed=chosen[Outcome.KILLED],
        injured=chosen[Outcome.INJURED],
        missing=chosen[Outcome.MISSING],
        captured=chosen[Outcome.CAPTURED],
    )


def _choose(tolls: Sequence[Toll], outcome: Outcome) -> CountRange | None:
    whole: CountRange | None = None
    sides: dict[str, CountRange] = {}
    zero: CountRange | None = None
    parts: CountRange | None = None
    previous: Outcome | None = None
    for toll in tolls:
        if toll.part_of_total:
            if toll.outcome is outcome and (parts is None or toll.count.figure > parts.figure):
                parts = toll.count
            continue
        if toll.outcome is not outcome:
            previous = toll.outcome
            continue
        if toll.count.high == 0 or toll.count.figure == 0:
            zero = zero or toll.count
            continue
        adds = toll.tally is Tally.BESIDE or (toll.tally is Tally.FURTHER and previous is outcome)
        if toll.tally is Tally.REVISED:
            whole, sides = toll.count, {}
        elif toll.group in SIDES and not (adds and whole is not None and not sides):
            sides[toll.group] = _joined(sides.get(toll.group), toll.count, adds)
        elif adds and whole is None and len(sides) >= 1:
            sides[toll.group] = _joined(sides.get(toll.group), toll.count, adds)
        elif adds:
            whole = _joined(whole, toll.count, adds)
        else:
            whole = _newer(whole, toll.count)
        previous = outcome
    total = _total(whole, sides)
    if total is None and parts is not None:
        return CountRange(parts.figure, parts.figure, None, "including")
    return total or zero


def _joined(before: CountRange | None, count: CountRange, adds: bool) -> CountRange:
    return add_counts([before, count]) if before is not None and adds else _newer(before, count)


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


def _total(whole: CountRange | None, sides: dict[str, CountRange]) -> CountRange | None:
    if not sides:
        return whole
    summed = add_counts(sides.values())
    if whole is not None and whole.high is not None and any(side.figure > whole.figure for side in sides.values()):
        return add_counts([whole, summed])  # a side larger than "three people" is not among them
    return summed if whole is None or summed.figure > whole.figure else whole
