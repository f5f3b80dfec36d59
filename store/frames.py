"""Answers of the store as data frames: named columns, each of one fixed type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Engine, Select, func, select

from store.database import reader

Fields: TypeAlias = dict[str, ColumnElement[Any]]

_PEOPLE = ("killed_low", "killed", "killed_high", "injured_low", "injured", "injured_high")
_WHOLE = ("place_id", "precision", "day_precision", "start", "end", "events", *_PEOPLE)
_FRACTION = ("lat", "lon", "precision_km", "place_score", "origin_lat", "origin_lon", "confidence")
_TRUTH = ("main", "read")
_DAYS = ("first_day", "last_day", "best_day", "published")


def text_of(column: ColumnElement[Any]) -> ColumnElement[str]:
    """The column, "" where it is null."""
    return func.coalesce(column, "")


def select_fields(fields: Fields) -> Select[Any]:
    """The columns under their names."""
    return select(*(column.label(name) for name, column in fields.items()))


def read_frame(engine: Engine, fields: Fields, statement: Select[Any]) -> pd.DataFrame:
    """The rows of a statement, one connection for it."""
    with reader(engine) as connection:
        return typed_frame(connection, fields, statement)


def typed_frame(connection: Connection, fields: Fields, statement: Select[Any]) -> pd.DataFrame:
    """The rows with one fixed type a column, so that an empty table looks like a full one."""
    rows = connection.execute(statement).all()
    columns = zip(*rows, strict=True) if rows else ([] for _ in fields)
    return pd.DataFrame({name: _series(name, values) for name, values in zip(fields, columns, strict=True)})


def _series(name: str, values: Sequence[Any]) -> pd.Series[Any]:
    if name in _WHOLE:
        return pd.Series(values, dtype="Int64")
    if name in _FRACTION:
        return pd.Series(values, dtype="float64")
    if name in _TRUTH:
        return pd.Series(values, dtype=bool)
    if name in _DAYS:
        return pd.Series(values, dtype=object)
    return pd.Series(values, dtype="str")
