"""Values of the model in the words a reader sees; nothing here knows how they are drawn.

Hedges, quotes and names of parties come out of reports: whoever shows the result must show it as literal text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from model import (
    Claim,
    CountRange,
    DayBasis,
    DayPrecision,
    EventKind,
    Level,
    Precision,
    Review,
    Stance,
    Telling,
    When,
)

SILENT = "silent"
"""What is written where the text gives no number: not zero."""

_USUAL_HEDGES = frozenset({"", "at least"})  # the sign alone already says these

PRECISION = {
    Precision.SITE: "town or facility",
    Precision.NEAR: "near a town",
    Precision.DISTRICT: "district",
    Precision.PROVINCE: "province",
    Precision.AREA: "sea or region",
    Precision.COUNTRY: "country",
    Precision.UNRESOLVED: "place not found",
}
TELLING = {
    Telling.REPORTED: "reported",
    Telling.BACKGROUND: "told as background",
    Telling.PLANNED: "told as planned",
    Telling.HYPOTHETICAL: "told as possible",
    Telling.DENIED: "told as not having happened",
    Telling.ANNIVERSARY: "told as an anniversary",
}
STANCE = {
    Stance.STATES: "Stated by",
    Stance.CLAIMS: "Claimed by",
    Stance.CONFIRMS: "Confirmed by",
    Stance.DENIES: "Denied by",
    Stance.SILENT: "No official comment from",
}
LEVEL = {
    Level.COUNTRY: "country",
    Level.PROVINCE: "province",
    Level.DISTRICT: "district",
    Level.COMMUNITY: "community",
    Level.SETTLEMENT: "town or village",
    Level.CITY_DISTRICT: "city district",
    Level.FACILITY: "facility",
    Level.AREA: "sea or region",
}
INFERRED_BASES = frozenset({DayBasis.INHERITED, DayBasis.PUBLICATION})


@dataclass(frozen=True, slots=True)
class Total:
    """Reported counts added up, each place and day once; ``None`` is an open end; silent events are counted apart."""

    low: int | None
    figure: int
    high: int | None
    told: int
    silent: int
    every: int  # the sum if every report were added


def number(n: int) -> str:
    """Digits in groups of three: 12,345."""
    return f"{n:,}"


def plural(n: int, word: str, many: str = "") -> str:
    """A number with its noun: "1 event", "2 events"."""
    return f"{number(n)} {word if n == 1 else many or word + 's'}"


def ends(low: int | None, figure: int | None, high: int | None) -> str:
    """The two ends of a count: "22", "≥ 22", "≤ 110", "22–25", "≈ 30"; "silent" where nothing is known."""
    if low is not None and high is not None:
        return number(low) if low == high else f"{number(low)}–{number(high)}"
    if low is not None:
        return f"≥ {number(low)}"
    if high is not None:
        return f"≤ {number(high)}"
    return SILENT if figure is None else f"≈ {number(figure)}"


def count_words(count: CountRange | None) -> str:
    """A reported count with its hedge, where the sign does not say it already: "≤ 110 (nearly)"."""
    if count is None:
        return SILENT
    words = ends(count.low, count.best, count.high)
    return words if count.hedge.lower() in _USUAL_HEDGES else f"{words} ({count.hedge})"


def count_ends(count: CountRange | None) -> str:
    """A reported count by its ends alone, without any word of the report."""
    return SILENT if count is None else ends(count.low, count.best, count.high)


def total_words(total: Total) -> str:
    """The headline: "≥ 61"; "none told" where every event is silent."""
    return ends(total.low, total.figure, total.high) if total.told else "none told"


def total_note(total: Total) -> str:
    """What stands under the headline: how many events tell a number, how many are silent, what was not added."""
    parts = [f"in {plural(total.told, 'event')}"] if total.told else []
    if total.silent:
        parts.append(f"{number(total.silent)} silent")
    if total.told and total.figure not in (total.low, total.high):
        parts.append(f"figures named add up to {number(total.figure)}")
    words = ", ".join(parts) or "no events"
    if total.every > total.figure:
        words += f"; {number(total.every)} if every report is added"
    return words


def total_sentence(outcome: str, total: Total) -> str:
    """The same for a screen reader or a picture: "killed: ≥ 61 in 9 events, 5 silent"."""
    return f"{outcome}: {total_words(total)} {total_note(total)}" if total.told else f"{outcome}: {total_note(total)}"


def kind_words(kind: EventKind) -> str:
    """The name of a kind as a heading: "Missile strike"."""
    return "Other, no attack" if kind is EventKind.OTHER else kind.value.capitalize()


def day(value: date) -> str:
    """One day in full: "30 December 2023"."""
    return f"{value.day} {value:%B %Y}"


def weekday_and_day(value: date) -> str:
    """One day in full with its weekday: "Saturday, 30 December 2023"."""
    return f"{value:%A}, {day(value)}"


def days(first: date, last: date) -> str:
    """An interval without repeating what is the same: "28–30 December 2023"."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def short_when(first: date, last: date, best: date, precision: DayPrecision, basis: str) -> str:
    """The days as text that sorts: "2023-12-30", "2023-12-28 – 2023-12-30", "2023-12"; says where they are inferred."""
    if precision is DayPrecision.MONTH:
        words = f"{best:%Y-%m}"
    elif precision is DayPrecision.YEAR:
        words = f"{best:%Y}"
    else:
        words = f"{best}" if first == last else f"{first} – {last}"
    return f"{words} (inferred)" if basis in INFERRED_BASES else words


def when_words(when: When | None) -> str:
    """The days of an event as a reader says them; "day not known" where there are none."""
    if when is None:
        return "day not known"
    if when.precision is DayPrecision.DAY:
        words = weekday_and_day(when.best)
    elif when.precision is DayPrecision.MONTH:
        words = f"{when.best:%B %Y}"
    elif when.precision is DayPrecision.YEAR:
        words = f"{when.best:%Y}"
    else:
        words = days(when.first_day, when.last_day)
    return f"{words}, {when.time_of_day}" if when.time_of_day else words


def basis_words(when: When | None, quote: str = "", published: date | None = None) -> str:
    """How the day was found: "“Saturday” before 1 January 2024". The quote is the report's own words."""
    if when is None and quote and published:
        return f"“{quote}” lies after publication on {day(published)}: no day is taken"
    if when is None:
        return (
            "the text does not say when" if published else "the text does not say when, and no publication day is known"
        )
    said = f"“{quote}”" if quote else "the text"
    against = f"publication on {day(published)}" if published else "the day of publication"
    match when.basis:
        case DayBasis.STATED:
            return f"{said} states it"
        case DayBasis.RELATIVE:
            return f"{said}, {_relation(when, published)}{against}"
        case DayBasis.ANAPHORIC:
            return f"{said}, counted from another event of this report"
        case DayBasis.INHERITED:
            return "inferred: not stated here, taken from the other events of this report"
        case DayBasis.PUBLICATION:
            return f"inferred: no day in the text, {against} is assumed"


def _relation(when: When, published: date | None) -> str:
    if published is None or when.first_day <= published <= when.last_day:
        return "counted from "
    return "before " if when.last_day < published else "after "


def claim_words(claim: Claim) -> str:
    """What one party says: "Claimed by Russian Defence Ministry: it was Ukraine"; reads well for one and for many."""
    says = f"{STANCE[claim.stance]} {claim.speaker.name}"
    denied = claim.stance is Stance.DENIES
    if claim.stance is Stance.SILENT or (denied and claim.about is None):
        return says
    if claim.about is None:
        return f"{says}, without saying who did it"
    return f"{says}: it was {'not ' if denied else ''}{claim.about.name}"


def confidence_words(confidence: float) -> str:
    """How sure a rule is, as a word and a figure: "high (0.90)"."""
    word = "high" if confidence >= 0.8 else "medium" if confidence >= 0.5 else "low"
    return f"{word} ({confidence:.2f})"


def review_words(review: Review) -> str:
    """One word of an analyst in one line: "accepted by Ana, 24 November 2026"; holds words of the analyst."""
    head = f"{review.state} by {review.by}, {day(review.at.date())}"
    return f"{head}: {review.why}" if review.why else head
