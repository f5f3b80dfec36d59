"""The words of the product, as types.

Every other module speaks in these; this one imports only the standard library. docs/glossary.md explains each term.
Latitude comes before longitude, in degrees (WGS 84); countries are ISO 3166-1 alpha-2 codes; distances end in ``_km``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import TypeAlias


class EventKind(StrEnum):
    """What happened, by the weapon or the way of attack that the text names."""

    MISSILE_STRIKE = "missile strike"
    ROCKET_STRIKE = "rocket strike"
    SHELLING = "shelling"
    DRONE_STRIKE = "drone strike"
    AIR_STRIKE = "air strike"
    STRIKE = "strike"  # from a distance, weapon not stated
    EXPLOSION = "explosion"  # planted device, mine, car bomb, sabotage
    SUICIDE_BOMBING = "suicide bombing"
    GRENADE = "grenade attack"
    SHOOTING = "shooting"
    GROUND_COMBAT = "ground combat"
    INTERCEPTION = "interception"
    OTHER = "other"  # told by the report, but no attack: a protest, an arrest, a meeting


class Telling(StrEnum):
    """How the report tells the event; only ``REPORTED`` is drawn on the map by default."""

    REPORTED = "reported"
    BACKGROUND = "background"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"
    ANNIVERSARY = "anniversary"


class Stance(StrEnum):
    """How one party stands to what is said."""

    STATES = "states"
    CLAIMS = "claims"
    CONFIRMS = "confirms"
    DENIES = "denies"
    SILENT = "silent"


class DayBasis(StrEnum):
    """How a day was found."""

    STATED = "stated"  # "30 December 2023"
    RELATIVE = "relative"  # "Saturday", "yesterday": against the publication day
    ANAPHORIC = "anaphoric"  # "the day before": against another event of the report
    INHERITED = "inherited"  # not stated here; taken from the other events of the report
    PUBLICATION = "publication"  # nothing in the text; the publication day is assumed


class DayPrecision(IntEnum):
    """Width of the interval of days; the numbers are UCDP GED's date_prec (codebook 23.1)."""

    DAY = 1
    DAYS = 2  # two to six days
    WEEK = 3
    MONTH = 4
    YEAR = 5


class Precision(IntEnum):
    """How exact a location is; smaller is more exact, after UCDP GED's where_prec."""

    SITE = 1  # a town, a village, a facility
    NEAR = 2  # near a town
    DISTRICT = 3  # second-order unit
    PROVINCE = 4  # first-order unit
    AREA = 5  # a sea, a region without borders
    COUNTRY = 6
    UNRESOLVED = 7  # ours alone: UCDP's 7 means international waters


class Level(StrEnum):
    """What a gazetteer entry is."""

    COUNTRY = "A0"
    PROVINCE = "A1"
    DISTRICT = "A2"
    COMMUNITY = "A3"
    SETTLEMENT = "P"
    CITY_DISTRICT = "PX"
    FACILITY = "F"
    AREA = "V"


class Outcome(StrEnum):
    """What befell the people of a count."""

    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"
    CAPTURED = "captured"


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open character offsets into ``Report.text``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"empty or backward span: {self.start}..{self.end}")


@dataclass(frozen=True, slots=True)
class Report:
    """One news report; its text is exactly as stored and never changes."""

    id: str  # first 16 hex digits of the SHA-256 of the text, white space evened out
    text: str
    title: str = ""
    outlet: str = ""
    published: date | None = None
    url: str = ""
    language: str = "en"  # ISO 639-1
    note: str = ""

    def quote(self, span: Span) -> str:
        """The words a span covers; ``ValueError`` where it runs past the end."""
        if span.end > len(self.text):
            raise ValueError(f"span {span} runs past the end of report {self.id}")
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where one filled field of an event comes from, which rule found it, and how sure that rule is (0..1)."""

    field: str  # "kind", "weapon", "when", "target", "origin", "actor", "target_side", "casualties.killed", ...
    span: Span
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class CountRange:
    """A reported number of people; ``None`` is an open end.

    "22" is 22, 22, 22; "at least 22" is 22, 22, None; "nearly 110" is None, 110, 110; "20 to 30" is 20, None, 30.
    """

    low: int | None
    best: int | None  # the figure said; None where only the two ends are
    high: int | None
    hedge: str = ""  # the qualifying words as written: "at least", "nearly"

    def __post_init__(self) -> None:
        known = [n for n in (self.low, self.best, self.high) if n is not None]
        if not known or known[0] < 0 or known != sorted(known):
            raise ValueError(f"not a range in order: {self.low}, {self.best}, {self.high}")

    @property
    def figure(self) -> int:
        """The one number to draw or score: the figure said, else the lower end, else the upper."""
        figure = self.best if self.best is not None else self.low if self.low is not None else self.high
        assert figure is not None
        return figure


class Tally(StrEnum):
    """How a stated figure stands to those told before it in the report."""

    STATED = "stated"  # of its own: new, or told again
    FURTHER = "further"  # "another", "three more": counted from the figure told just before
    BESIDE = "beside"  # "... and beheaded a man": other people than those of the same sentence
    DISPUTED = "disputed"  # "the police said 19, a teacher counted 50"
    RECOUNT = "recount"  # "the figure was put at 54": tells a total only where one has been told before
    ALSO = "also"  # "also killed three": other people, unless a total has been told
    REVISED = "revised"  # "the death toll rose to 25"
    LOWERED = "lowered"  # "the death toll was lowered to 19"
    LATELY = "lately"  # "over the past 24 hours": counts only where nothing narrower is told
    JOINT = "joint"  # "the number of casualties rose to 43": of the dead and the injured together
    WIDER = "wider"  # "since 2013", "the war has killed": of more attacks than the one told of


@dataclass(frozen=True, slots=True)
class Toll:
    """One stated count: every figure a report gives is kept, each with who says it."""

    outcome: Outcome
    count: CountRange
    span: Span
    speaker: Party | None = None
    group: str = ""  # "children", "civilians", "military"; "" = all
    part_of_total: bool = False  # a sub-count ("including three children"): never added
    tally: Tally = field(default=Tally.STATED, compare=False)  # for choosing among tolls; not kept
    teller: str = field(default="", compare=False)  # the sort of who counts ("medics"); likewise


@dataclass(frozen=True, slots=True)
class Casualties:
    """The figures chosen for an event. ``None``: the text is silent, which is not zero."""

    killed: CountRange | None = None
    injured: CountRange | None = None
    missing: CountRange | None = None
    captured: CountRange | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A state, an armed group or an office, with the country it belongs to."""

    name: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says what about who did it. ``about`` is None where the speaker says nothing of the actor."""

    speaker: Party
    stance: Stance
    span: Span
    about: Party | None = None


@dataclass(frozen=True, slots=True)
class When:
    """The days on which something happened; ``best`` is the likeliest single day of the interval."""

    first_day: date
    last_day: date
    best: date
    precision: DayPrecision
    basis: DayBasis
    time_of_day: str = ""  # as written: "overnight", "early morning"

    def __post_init__(self) -> None:
        if not self.first_day <= self.best <= self.last_day:
            raise ValueError(f"days not in order: {self.first_day}, {self.best}, {self.last_day}")


@dataclass(frozen=True, slots=True)
class DayExpression:
    """Words of the text that name a day, and the day they mean. ``when`` is None where it cannot be told."""

    span: Span
    when: When | None


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name as written, and where."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class NameMatch:
    """Words that the gazetteer knows as a name; whether they are a toponym here is for ``extract`` to decide."""

    text: str
    span: Span
    levels: frozenset[Level]
    countries: frozenset[str]
    population: int = 0  # of the largest place of that name


SpotNames: TypeAlias = Callable[[str], Sequence[NameMatch]]
"""Finds gazetteer names in a text; handed to ``extract`` by ``pipeline``, so that neither knows the other."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, as one report tells it."""

    id: str  # report id, "-", offset of the words that tell it
    report_id: str
    kind: EventKind
    telling: Telling = Telling.REPORTED
    weapon: str = ""  # as written
    when: When | None = None
    target: Toponym | None = None
    target_side: Party | None = None  # who was hit
    origin: Toponym | None = None  # launch area, only where a source names one
    actor: Party | None = None  # who did it
    casualties: Casualties = field(default_factory=Casualties)
    tolls: tuple[Toll, ...] = ()
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    main: bool = False  # what the report is about

    def evidence_for(self, name: str) -> tuple[Evidence, ...]:
        """The evidence of one field."""
        return tuple(e for e in self.evidence if e.field == name)


@dataclass(frozen=True, slots=True)
class ResponseLink:
    """One event told as the answer to another. Never drawn as a trajectory."""

    event_id: str
    answers_id: str  # the earlier event
    span: Span
    claimant: Party | None = None  # None: the report says so itself, or does not say who thinks so
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from one report."""

    report_id: str
    events: tuple[Event, ...] = ()
    links: tuple[ResponseLink, ...] = ()
    toponyms: tuple[Toponym, ...] = ()
    days: tuple[DayExpression, ...] = ()
    skipped: tuple[Span, ...] = ()  # sentences that ran out of time or were too long


@dataclass(frozen=True, slots=True)
class Place:
    """One gazetteer entry."""

    id: int
    name: str
    lat: float
    lon: float
    level: Level
    country: str
    feature_code: str = ""  # GeoNames
    admin1: str = ""  # GeoNames "UA.07"
    admin2: str = ""
    population: int = 0
    precision_km: float = 1.0  # radius that holds the true point
    name_ru: str = ""
    name_uk: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place a toponym may mean, with the reasons for its score (0..1)."""

    place: Place
    score: float
    reasons: tuple[str, ...]

    def __post_init__(self) -> None:
        if not (0 <= self.score <= 1 and self.reasons):
            raise ValueError(f"a candidate needs a score in 0..1 and a reason: {self.place.name}")


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """What an analyst says a name means, in one report or in every one; it goes before what the rules say."""

    name: str  # as written
    place: Place
    precision: Precision
    by: str
    at: datetime  # in UTC
    why: str
    report_id: str | None = None  # None: in every report
    id: int = 0  # given by the store


class ReviewState(StrEnum):
    """What an analyst who read the evidence says of an event as it was read."""

    NOT_REVIEWED = "not reviewed"
    ACCEPTED = "accepted"
    IN_DOUBT = "in doubt"
    REJECTED = "rejected"  # a misreading: neither counted nor drawn unless asked for


@dataclass(frozen=True, slots=True)
class Review:
    """One analyst's word on one event; the newest one counts."""

    event_id: str
    state: ReviewState
    by: str
    at: datetime  # in UTC
    why: str = ""
    id: int = 0  # given by the store


@dataclass(frozen=True, slots=True)
class Resolution:
    """The place chosen for a toponym, how exact it is, how sure the choice is, and what it was chosen from."""

    toponym: Toponym
    place: Place | None
    precision: Precision
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    choice: PlaceChoice | None = None  # of an analyst, where it gives the place
    machine: Resolution | None = None  # what the rules say, where a choice stands before it

    def __post_init__(self) -> None:
        if (self.place is None) != (self.precision is Precision.UNRESOLVED):
            raise ValueError(f"place and precision disagree for {self.toponym.text!r}")


@dataclass(frozen=True, slots=True)
class PlacedEvent:
    """An event with its places resolved."""

    event: Event
    target: Resolution | None = None
    origin: Resolution | None = None

    @property
    def on_map(self) -> bool:
        """True when it can be drawn as a point: placed at town level or better, and dated."""
        placed = self.target is not None and self.target.precision <= Precision.NEAR
        return placed and self.event.when is not None


@dataclass(frozen=True, slots=True)
class Reading:
    """A report, read and placed: what the Add page shows and the store keeps."""

    report: Report
    events: tuple[PlacedEvent, ...]
    links: tuple[ResponseLink, ...] = ()
    mentions: tuple[Resolution, ...] = ()  # every toponym of the text
    days: tuple[DayExpression, ...] = ()
    skipped: tuple[Span, ...] = ()
    version: str = ""  # of the rules that read it; "" = not read: no rules for its language yet


@dataclass(frozen=True, slots=True)
class Reject:
    """An input that was not taken: which file and row (1-based; 0 = the whole file), why, and its first characters."""

    file: str
    row: int
    reason: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of a batch; accepted + rejected + duplicates is what came in."""

    accepted: int = 0
    duplicates: int = 0
    rejects: tuple[Reject, ...] = ()


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What the reader asked to see: the one argument of every query, and the cache key."""

    first_day: date | None = None
    last_day: date | None = None
    kinds: frozenset[EventKind] = frozenset()
    tellings: frozenset[Telling] = frozenset({Telling.REPORTED})
