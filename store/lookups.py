"""Answers of an online geocoder, kept so that no question is asked twice; no fact, and not part of the audit chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, select

from store.database import new_rows, reader, writer
from store.schema import lookup


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class StoredAnswers:
    """The cache that ``geo.online`` asks before it asks a service; it lasts as long as the store."""

    engine: Engine
    clock: Callable[[], datetime] = now

    def get(self, service: str, query: str) -> tuple[bool, dict[str, Any] | None]:
        """Whether the service was asked this before, and what it said (``None``: it knows no such place)."""
        asked = select(lookup.c.answer).where(lookup.c.key == _key(service, query))
        with reader(self.engine) as connection:
            kept = connection.execute(asked).scalar()
        return (False, None) if kept is None else (True, json.loads(kept))

    def put(self, service: str, query: str, answer: dict[str, Any] | None) -> None:
        """Keep an answer; the first one to a question stays. Raises ``StoreError``."""
        row = {
            "key": _key(service, query),
            "service": service,
            "asked": query.encode("utf-8", "replace").decode(),
            "answer": json.dumps(answer, sort_keys=True),
            "at": self.clock().astimezone(UTC).isoformat(timespec="seconds"),
        }
        with writer(self.engine) as connection:
            connection.execute(new_rows(connection, lookup), row)


def _key(service: str, query: str) -> str:
    return hashlib.sha256(json.dumps([service, query]).encode()).hexdigest()
