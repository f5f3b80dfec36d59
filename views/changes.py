"""What readers write: reports pasted or uploaded, what an analyst says a name means, and what one says of an event.

Nothing else of the app writes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

import pipeline
from choices import precision_of
from intake import SUFFIXES, Item, NotTaken, read_file, row_report
from model import IngestReport, Place, Reading, Reject, ReviewState
from store import choices, reviews
from store.database import ReadingRefused, StoreBusy, StoreError
from store.record import Added, add_report
from views import cached

MAX_PASTED = 200_000  # characters
MAX_FILES = 50
MAX_BYTES = 20_000_000  # of all files of one upload
BY = "dashboard"  # who adds, for the audit: the app has no accounts


class Upload(Protocol):
    """What the browser sent as a file; the name is the sender's and no path of ours."""

    name: str

    def getvalue(self) -> bytes:
        """The bytes."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one report of an upload. ``row`` counts from 1; 0 is the whole file."""

    file: str
    row: int
    became: str  # "accepted", "duplicate" or "rejected"
    detail: str


def read_pasted(
    text: str, *, published: date | None, outlet: str = "", title: str = "", url: str = "", language: str = ""
) -> Reading:
    """A pasted report, read and placed; nothing is stored. Raises ``NotTaken`` with the reason."""
    if len(text) > MAX_PASTED:
        raise NotTaken(f"the text is longer than {MAX_PASTED:,} characters; upload it as a file")
    row = {"text": text, "outlet": outlet, "title": title, "url": url.strip(), "language": language}
    if published is not None:
        row["published"] = published.isoformat()
    return pipeline.read(row_report(row, datetime.now(UTC).date()), cached.gazetteer(), cached.choices())


def save(reading: Reading) -> Added:
    """Keep a report with all that was read from it. Raises ``StoreError``; then nothing was kept."""
    return add_report(cached.store(), reading, by=BY, at=datetime.now(UTC))


def choose_place(name: str, meant: Place, *, near: bool, report_id: str | None, by: str, why: str) -> int:
    """Keep that a name means a place, from now on; ``near``: somewhere around it. The number of the choice.

    Raises ``ChoiceRefused`` where who or why is missing, ``StoreError`` for the rest.
    """
    precision, now = precision_of(meant, near=near), datetime.now(UTC)
    return choices.choose_place(cached.store(), name, meant, precision, by=by, at=now, why=why, report_id=report_id)


def withdraw_choice(number: int, *, by: str, why: str) -> int:
    """Take a choice back, so that the rules' own answer counts again. Raises as ``choose_place``."""
    return choices.withdraw_choice(cached.store(), number, by=by, at=datetime.now(UTC), why=why)


def review_event(event_id: str, state: ReviewState, *, by: str, why: str) -> int:
    """Keep what an analyst says of an event. The number of the review.

    Raises ``ReviewRefused`` where who or why is missing, ``StoreError`` for the rest.
    """
    return reviews.review_event(cached.store(), event_id, state, by=by, at=datetime.now(UTC), why=why)


def added_on(report_id: str) -> date | None:
    """The day (UTC) on which a report was stored; ``None`` when it was not."""
    reports = cached.reports()
    found = reports.loc[reports["report_id"] == report_id, "added_at"]
    return None if found.empty else datetime.fromisoformat(found.iloc[0]).date()


def take_files(files: Sequence[Upload], tell: Callable[[Outcome], None]) -> tuple[IngestReport, tuple[Outcome, ...]]:
    """Read and store every report of these files, each on its own; ``tell`` hears of each as it is done.

    Accepted, duplicates and rejects together are as many as the outcomes. Raises ``StoreError`` for what would be the
    same for every report; those taken before are kept.
    """
    outcomes = []
    for item in _items(files):
        outcomes.append(item if isinstance(item, Outcome) else _take(item))
        tell(outcomes[-1])
    became = [outcome.became for outcome in outcomes]
    rejects = tuple(Reject(o.file, o.row, o.detail) for o in outcomes if o.became == "rejected")
    return IngestReport(became.count("accepted"), became.count("duplicate"), rejects), tuple(outcomes)


def _items(files: Sequence[Upload]) -> Iterator[Item | Outcome]:
    left = MAX_BYTES
    for n, file in enumerate(files):
        name, raw = file.name[:200], file.getvalue()
        left -= len(raw)
        if n >= MAX_FILES:
            yield Outcome(name, 0, "rejected", f"more than {MAX_FILES} files at once")
        elif left < 0:
            yield Outcome(name, 0, "rejected", f"more than {MAX_BYTES:,} bytes at once")
        else:
            yield from _items_of(name, raw)


def _items_of(name: str, raw: bytes) -> Iterator[Item | Outcome]:
    """The reports of one file, under the name that the sender gave it."""
    suffix = next((known for known in SUFFIXES if name.lower().endswith(known)), ".other")
    with tempfile.TemporaryDirectory(prefix="strikeline-") as folder:
        path = Path(folder, f"upload{suffix}")
        path.write_bytes(raw)
        empty = True
        for item in read_file(path, today=datetime.now(UTC).date(), note=lambda _: None):
            empty = False
            if isinstance(item, Reject):
                yield Outcome(name, item.row, "rejected", item.reason.replace(str(path), "the file"))
            else:
                yield Item(name, item.row, item.report)
        if empty:
            yield Outcome(name, 0, "rejected", "the file holds no report")


def _take(item: Item) -> Outcome:
    try:
        reading = pipeline.read(item.report, cached.gazetteer(), cached.choices())
        added = save(reading)
    except StoreError as error:
        if not isinstance(error, StoreBusy | ReadingRefused):
            raise
        return Outcome(item.file, item.row, "rejected", str(error))
    except FileNotFoundError:
        raise
    except Exception as error:  # whatever a text does to the rules, the next report still counts
        return Outcome(item.file, item.row, "rejected", f"could not be read: {type(error).__name__}")
    if added.duplicate:
        return Outcome(item.file, item.row, "duplicate", "was stored before; nothing was added")
    if not reading.version:
        return Outcome(item.file, item.row, "accepted", "kept, not read: no rules for its language yet")
    return Outcome(item.file, item.row, "accepted", f"{len(reading.events)} found")
