"""Figures told without their noun, beside one just told: "... and one in Sula", "they now say 160", "the army ten"."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from extract.clauses import Clauses
from extract.harm import begins_harm
from extract.ledger import Ledger
from extract.people import Group, role
from model import Outcome, Tally, Toll

LONGEST_PHRASE = 9  # tokens of "in the market of Sula" between a harm word and the next place's number
LONGEST_SPEAKER = 12  # tokens of "a local chief who took part in the burials"
_ENDS = frozenset({"", ".", ",", ";", ":", ")", '"', "”", "'", "’", "?", "!", "–", "—", "dead", "and"})
_BEFORE_FIGURE = frozenset({"of", "that", "at", "it", "was", "a", "the", "figure", "toll", "total", "number"})
_WHERE_THEY_DIED = frozenset({"hospital", "hospitals", "way", "scene", "spot", "clinic"})
_QUOTES = frozenset({'"', "“", "”", "'", "‘", "’", "«"})


def take_further_places(ledger: Ledger) -> None:
    """Takes "and one in Sula", "and three rebels too" after "seven people were killed": the same harm to others."""
    clauses = ledger.clauses
    for k, group in enumerate(clauses.groups):
        after = clauses.lowers[group.stop : group.stop + 2]
        too = after[:1] == ["too"] or after == ["as", "well"]
        counts = _is_bare_count(group) or (too and group.counted) or (group.further and not group.person)
        if k in ledger.taken or k in clauses.parent or not counts or group.count is None:
            continue
        toll = _last_before(ledger, group.first)
        gap = None if toll is None else _gap(clauses, _stop_of(clauses, toll), group.first)
        if toll is None or not gap or gap[-1] not in {"and", ","}:
            continue
        elsewhere = gap[0] in role("preposition") and len(gap) <= LONGEST_PHRASE and not _is_whole(gap)
        alike = clauses.word(group.stop) == gap[0] or clauses.token(group.stop + 1).capital
        goes_on = toll.tally is Tally.BESIDE and len(gap) <= 2  # "..., two in Tari and one in Lomo"
        if (elsewhere or goes_on) and clauses.word(group.stop) in role("preposition") and alike:
            _add(ledger, k, group.stop + 2, toll.outcome, Tally.BESIDE)
        elif elsewhere and not clauses.token(group.stop + 1).capital and _later(clauses, group):
            _add(ledger, k, group.stop, toll.outcome, Tally.BESIDE)
        elif too and len(gap) <= 2:
            _add(ledger, k, group.stop + 1, toll.outcome, Tally.BESIDE)


def take_recounts(ledger: Ledger) -> None:
    """Takes a number that another speaker, or the same one later, gives for what the sentence has counted."""
    clauses = ledger.clauses
    for k, group in enumerate(clauses.groups):
        if k in ledger.taken or k in clauses.parent or not _is_bare_count(group):
            continue
        toll = _last_before(ledger, group.first)
        if toll is None:
            continue
        if clauses.word(group.stop) not in _ENDS or _is_age(clauses, group):
            continue
        gap = _gap(clauses, _stop_of(clauses, toll), group.first)
        if gap is None or not gap or len({t.outcome for t in ledger.tolls if t.span.start < toll.span.end}) > 1:
            continue
        before = [word for word in gap if word not in _QUOTES]
        if not role("former").isdisjoint(before):
            ledger.taken[k] = None  # "108 dead, earlier 109"
        elif _says_anew(before) or _leaves_out_the_verb(clauses, before, toll):
            anew = bool({"now", "later", "since", "then"} & set(before))
            _add(ledger, k, group.stop, toll.outcome, Tally.REVISED if anew else Tally.DISPUTED)


def mark_other_accounts(ledger: Ledger) -> None:
    """Marks what a further witness counts ("A doctor spoke of 15 dead") and what a side says of its own deed."""
    clauses = ledger.clauses
    for n, toll in enumerate(ledger.tolls):
        if toll.tally is not Tally.STATED or toll.part_of_total or not toll.count.figure:
            continue
        start = bisect_left(clauses.starts, toll.span.start)
        before = clauses.lowers[max(0, start - LONGEST_SPEAKER) : start]
        if _is_further_witness(clauses, before, start) or _is_own_deed(before):
            ledger.tolls[n] = replace(toll, tally=Tally.DISPUTED)


def _is_further_witness(clauses: Clauses, before: list[str], start: int) -> bool:
    opens = clauses.word(0) in {"a", "an", "another", "other", "others"} and 1 < start <= LONGEST_SPEAKER
    return opens and not {"said", "says"} & set(before) and not role("recount").isdisjoint(before[1:])


def _is_own_deed(before: list[str]) -> bool:
    """True before "(it said it had) killed 60", "(claimed to have) killed 60"."""
    have = before[-1:] == ["have"] or before[-1:] == ["had"] or before[-1:] == ["has"]
    words = before[:-1] if have else before
    if words[-2:] in (["claimed", "to"], ["claims", "to"], ["claiming", "to"]):
        return True
    who = words[-1:] in (["it"], ["they"], ["we"]) or words[-2:-1] in (["its"], ["their"], ["our"])
    said = words[-5:-1]
    return who and not role("speech").isdisjoint(said)


def _later(clauses: Clauses, group: Group) -> bool:
    """True for "and three more overnight", "and three more in the evening", "and two in hospital"."""
    after = clauses.word(group.stop)
    if after in {"in", "on", "at"} and {clauses.word(group.stop + n) for n in (1, 2, 3)} & _WHERE_THEY_DIED:
        return True
    when = clauses.word(group.stop + 1) if after in {"on", "in", "the", "during", "at"} else after
    return group.further and (when in role("recent") or clauses.word(group.stop + 2) in role("recent"))


def _is_bare_count(group: Group) -> bool:
    return group.bare and group.counted and group.count is not None and group.count.figure > 0


def _last_before(ledger: Ledger, first: int) -> Toll | None:
    """The total that was told last before a token."""
    start = ledger.clauses.token(first).start
    told = [t for t in ledger.tolls if t.span.end <= start and not t.part_of_total and t.count.figure]
    return max(told, key=lambda toll: toll.span.end, default=None)


def _stop_of(clauses: Clauses, toll: Toll) -> int:
    return bisect_left(clauses.starts, toll.span.end)


def _gap(clauses: Clauses, start: int, stop: int) -> list[str] | None:
    """The words between; None where they tell of other harm or of other people."""
    if stop <= start or any(begins_harm(clauses.tokens, i) for i in range(start, stop)):
        return None
    if any(start <= group.first < stop and group.counted for group in clauses.groups):
        return None
    return clauses.lowers[start:stop]


def _is_whole(gap: list[str]) -> bool:
    """True for "in the whole region, two in Sula": a part of those told."""
    return not role("whole").isdisjoint(gap)


def _is_age(clauses: Clauses, group: Group) -> bool:
    return clauses.word(group.first - 1) == "," and clauses.token(group.first - 2).capital


def _says_anew(gap: list[str]) -> bool:
    """True for "... a chief counted", "... they now say", "by another count,"."""
    words = [word for word in gap if word != ","]
    while words and words[-1] not in role("recount") and (words[-1] in role("adverb") or words[-1] in _BEFORE_FIGURE):
        words.pop()
    if not words:
        return False
    counted = words[-1] in role("recount") and len(words) > 1
    return counted and (words[-1] not in {"count", "tally"} or words[-2] in {"another", "other", "second", "they"})


def _leaves_out_the_verb(clauses: Clauses, gap: list[str], toll: Toll) -> bool:
    """True for "(a group counted 38 bodies), and the army ten", "..., and the rebels of hundreds"."""
    start = bisect_left(clauses.starts, toll.span.start)
    spoken = any(clauses.word(i) in role("recount") or clauses.word(i) in role("speech") for i in range(start))
    if not spoken or len(gap) < 2 or gap[0] not in {",", ";", "and", "while", "but"}:
        return False
    speaker = [word for word in gap if word not in {",", ";", "and", "while", "but", "of"}]
    return 1 <= len(speaker) <= 4 and not any(word in role("preposition") for word in speaker)


def _add(ledger: Ledger, k: int, stop: int, outcome: Outcome, tally: Tally) -> None:
    group = ledger.clauses.groups[k]
    if group.count is None:
        return
    ledger.taken[k] = outcome
    ledger.tolls.append(Toll(outcome, group.count, ledger.span(group.first, stop), group=group.label, tally=tally))
