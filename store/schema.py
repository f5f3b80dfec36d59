"""Tables of the store. Facts are only ever added: a report read again gets a second reading beside the first.

Days are stored as dates, moments as ISO 8601 text in UTC, enumerations by their value, text columns are never null.
A number is null where the report is silent.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    DDL,
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
)

metadata = MetaData()

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False))

report = Table(
    "report",
    metadata,
    Column("id", String(16), primary_key=True),  # the same story with other line ends has the same id
    Column("sha256", String(64), nullable=False),  # of the text exactly as stored, in UTF-8
    Column("text", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("published", Date),
    Column("url", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("added_at", String, nullable=False),
    Column("added_by", Text, nullable=False),
)

reading = Table(
    "reading",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report_id", ForeignKey("report.id"), nullable=False),
    Column("version", String, nullable=False),  # of the rules that read it; "" = not read
    Column("read_at", String, nullable=False),
    UniqueConstraint("report_id", "version"),
)

place = Table(
    "place",
    metadata,
    # The gazetteer entry as it was used. The key is a hash of the rest, so a later gazetteer changes nothing here.
    Column("key", String(64), primary_key=True),
    Column("id", Integer, nullable=False),  # in the gazetteer
    Column("name", Text, nullable=False),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Column("level", String, nullable=False),
    Column("country", String, nullable=False),
    Column("feature_code", String, nullable=False),
    Column("admin1", String, nullable=False),
    Column("admin2", String, nullable=False),
    Column("population", Integer, nullable=False),
    Column("precision_km", Float, nullable=False),
    Column("name_ru", Text, nullable=False),
    Column("name_uk", Text, nullable=False),
    Column("source", Text, nullable=False),
)


def _part(name: str, *columns: Any) -> Table:  # noqa: ANN401 - whatever Table takes
    """A table of parts of a reading, numbered in their order."""
    return Table(
        name,
        metadata,
        Column("reading_id", ForeignKey("reading.id"), primary_key=True),
        Column("n", Integer, primary_key=True, autoincrement=False),
        *columns,
    )


def _span(prefix: str = "", *, nullable: bool = False) -> tuple[Column[Any], Column[Any]]:
    """Half-open character offsets into the text of the report."""
    return Column(f"{prefix}start", Integer, nullable=nullable), Column(f"{prefix}end", Integer, nullable=nullable)


def _party(prefix: str) -> tuple[Column[Any], Column[Any]]:
    """Name and country of a party; a null name: no party."""
    return Column(f"{prefix}_name", Text), Column(f"{prefix}_country", String)


def _count(prefix: str) -> tuple[Column[Any], ...]:
    """A reported number of people; all null: the report is silent."""
    ends = [Column(f"{prefix}_{end}", Integer) for end in ("low", "best", "high")]
    return *ends, Column(f"{prefix}_hedge", Text)


def _when() -> tuple[Column[Any], ...]:
    """Days on which something happened; all null: it cannot be told."""
    days = [Column(name, Date) for name in ("first_day", "last_day", "best_day")]
    return *days, Column("day_precision", Integer), Column("day_basis", String), Column("time_of_day", Text)


resolution = _part(
    "resolution",
    Column("mention", Boolean, nullable=False),  # False: only used as a target or an origin
    Column("words", Text, nullable=False),
    *_span(),
    Column("place_key", ForeignKey("place.key")),
    Column("precision", Integer, nullable=False),
    Column("score", Float, nullable=False),
    Column("reasons", JSON, nullable=False),
)

candidate = _part(
    "candidate",
    Column("resolution_n", Integer, nullable=False),
    Column("place_key", ForeignKey("place.key"), nullable=False),
    Column("score", Float, nullable=False),
    Column("reasons", JSON, nullable=False),
    ForeignKeyConstraint(["reading_id", "resolution_n"], ["resolution.reading_id", "resolution.n"]),
)

event_ = _part(
    "event",
    Column("id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("telling", String, nullable=False),
    Column("weapon", Text, nullable=False),
    *_when(),
    Column("target_words", Text),
    *_span("target_", nullable=True),
    Column("target_n", Integer),  # its resolution
    Column("origin_words", Text),
    *_span("origin_", nullable=True),
    Column("origin_n", Integer),
    *_party("actor"),
    *_party("side"),
    *_count("killed"),
    *_count("injured"),
    *_count("missing"),
    *_count("captured"),
    Column("main", Boolean, nullable=False),
    ForeignKeyConstraint(["reading_id", "target_n"], ["resolution.reading_id", "resolution.n"]),
    ForeignKeyConstraint(["reading_id", "origin_n"], ["resolution.reading_id", "resolution.n"]),
)


def _of_event(name: str, *columns: Any) -> Table:  # noqa: ANN401 - whatever Table takes
    """A table of parts of an event, numbered through the reading."""
    owner = ForeignKeyConstraint(["reading_id", "event_n"], ["event.reading_id", "event.n"])
    return _part(name, Column("event_n", Integer, nullable=False), *columns, owner)


evidence = _of_event(
    "evidence",
    Column("field", String, nullable=False),
    *_span(),
    Column("rule", String, nullable=False),
    Column("confidence", Float, nullable=False),
)

toll = _of_event(
    "toll",
    Column("outcome", String, nullable=False),
    *_count("count"),
    *_span(),
    *_party("speaker"),
    Column("group", Text, nullable=False),
    Column("part_of_total", Boolean, nullable=False),
)

claim = _of_event(
    "claim",
    *_party("speaker"),
    Column("stance", String, nullable=False),
    *_span(),
    *_party("about"),
)

response_link = _part(
    "response_link",
    Column("event_n", Integer, nullable=False),
    Column("answers_n", Integer, nullable=False),
    *_span(),
    *_party("claimant"),
    Column("confidence", Float, nullable=False),
    ForeignKeyConstraint(["reading_id", "event_n"], ["event.reading_id", "event.n"]),
    ForeignKeyConstraint(["reading_id", "answers_n"], ["event.reading_id", "event.n"]),
)

day_expression = _part("day_expression", *_span(), *_when())

skipped = _part("skipped", *_span())

# What one reading consists of, parents first.
READING_PARTS = (resolution, candidate, event_, evidence, toll, claim, response_link, day_expression, skipped)


def _signed() -> tuple[Column[Any], ...]:
    """What a word of an analyst begins with: its number, and who says it when and why."""
    return (
        Column("id", Integer, primary_key=True, autoincrement=False),  # 1, 2, 3
        Column("at", String, nullable=False),
        Column("by", Text, nullable=False),
        Column("why", Text, nullable=False),
    )


place_choice = Table(
    "place_choice",
    metadata,
    # What an analyst says a name means. Of rows with one key and one reach the newest counts, be it a withdrawal.
    *_signed(),
    Column("name", Text, nullable=False),  # as written
    Column("key", Text, nullable=False),  # the name as names are compared
    Column("report_id", ForeignKey("report.id")),  # null: every report
    Column("place_key", ForeignKey("place.key")),  # null: a withdrawal, back to what the rules say
    Column("precision", Integer),
    Column("withdraws", ForeignKey("place_choice.id")),
)

review = Table(
    "review",
    metadata,
    # What an analyst says of an event as one reading has it. The newest row of an event counts; a later reading of the
    # report has not been reviewed.
    *_signed(),
    Column("state", String, nullable=False),
    Column("reading_id", Integer, nullable=False),
    Column("event_n", Integer, nullable=False),
    ForeignKeyConstraint(["reading_id", "event_n"], ["event.reading_id", "event.n"]),
)

lookup = Table(
    "lookup",
    metadata,
    # Answers of an online geocoder, so that none is asked twice. No fact: it may be emptied at any time.
    Column("key", String(64), primary_key=True),
    Column("service", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Column("answer", Text, nullable=False),  # JSON
    Column("at", String, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # 1, 2, 3 without a gap: the data revision
    Column("at", String, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("detail", Text, nullable=False),  # JSON with sorted keys
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

Index("reading_report", reading.c.report_id, reading.c.id)
Index("event_id", event_.c.id)
Index("review_event", review.c.reading_id, review.c.event_n, review.c.id)
Index("event_days", event_.c.telling, event_.c.first_day, event_.c.last_day)

_REFUSE = """CREATE TRIGGER %(table)s_refuses_%(verb)s
BEFORE %(verb)s ON %(table)s BEGIN SELECT RAISE(ABORT, 'facts are only ever added'); END"""

for _table in (report, reading, place, *READING_PARTS, place_choice, review, audit):
    for _verb in ("UPDATE", "DELETE"):
        _refuse = DDL(_REFUSE, context={"verb": _verb})  # type: ignore[no-untyped-call]
        event.listen(_table, "after_create", _refuse.execute_if(dialect="sqlite"))
