"""Reports with their newest reading: what every question is put to."""

from __future__ import annotations

from sqlalchemy import ColumnElement, FromClause, and_, func, select

from store.schema import reading, report


def current() -> FromClause:
    """Reports with their newest reading."""
    newest = select(func.max(reading.c.id)).group_by(reading.c.report_id).scalar_subquery()
    return report.join(reading, and_(reading.c.report_id == report.c.id, reading.c.id.in_(newest)))


def part_of(part: FromClause, number: str, whole: FromClause) -> ColumnElement[bool]:
    """Joins a part to the whole that it names by ``number``, within one reading."""
    return and_(part.c.reading_id == whole.c.reading_id, part.c[number] == whole.c.n)
