"""The command line: take reports in, measure extraction, load the sample, check the store.

Exit codes: 0 when all went well, 1 when something was rejected or does not verify, 2 when the command itself is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine

import pipeline
from geo import backdrop
from geo.archive import ArchiveError
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.tiles import unpacked
from geo.unpack import GazetteerError
from intake import Item, JsonRow, NotTaken, find_files, read_file, read_rows, row_report
from model import IngestReport, PlaceChoice, Reading, Reject
from prediction import prediction
from store.choices import standing
from store.database import ReadingRefused, StoreBusy, StoreError, open_store, store_name
from store.query import report_count
from store.record import add_report
from store.verify import verify as find_faults

SAMPLES = Path(__file__).parent / "samples"
LONGEST = 2_000  # characters of a message

EXAMPLES = """
examples:
  python cli.py ingest reports/ today.jsonl      take in every .txt and .jsonl file
  python cli.py extract reports.jsonl > out.jsonl
  python cli.py sample                           load the bundled reports, once
  python cli.py verify                           re-hash the texts, walk the audit chain
  python cli.py tiles region.pmtiles             unpack map tiles once, for STRIKELINE_TILES=region.pmtiles

A .txt file is one report. It may begin with a small header that a blank line ends:

  published: 2024-01-01
  outlet: Example News
  title: Strike on a city
  url: https://example.org/1
  language: en
  note: anything worth keeping

A .jsonl file has one JSON object a line with "text" and the same names. Both are UTF-8.
Without "published", a date at the head of the text is taken ("date 2024-01-01").
The store is var/strikeline.sqlite; set STRIKELINE_STORE to a path or a database URL for another.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    asked = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = asked.command
    try:
        return command(asked)
    except (StoreError, GazetteerError, ArchiveError, backdrop.BackdropRefused) as error:
        _warn(f"strikeline: {error}")
        return 1
    except BrokenPipeError:  # whoever reads our output has had enough, as in "| head"
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        _warn("strikeline: stopped; the reports taken so far are kept")
        return 130


def ingest(asked: argparse.Namespace) -> int:
    """Take in files and folders; say what became of each row."""
    files = [file for path in asked.paths for file in find_files(path)]
    if not files:
        _warn("strikeline: no .txt or .jsonl file there")
        return 1
    return _sum_up(_take_in(open_store(), files, by=asked.by))


def extract(asked: argparse.Namespace) -> int:
    """Print one prediction a row; the store is not touched."""
    gazetteer, today = open_gazetteer(), _today()
    rejected = 0
    for number, row in _rows(asked.file, today):
        try:
            if isinstance(row, Reject):
                raise NotTaken(row.reason)
            report = row.report if isinstance(row, Item) else row_report(row, today)
            name = report.id if isinstance(row, Item) else row.get("id", report.id)
            reading = pipeline.read(report, gazetteer)
            _warn_of_skipped(asked.file, number, reading)
            said = prediction(reading, gazetteer.country_name)
            line = json.dumps({"id": name} | said, allow_nan=False)  # ASCII: an id may hold what no encoding has
        except Exception as error:  # one bad row costs only itself
            rejected += 1
            _warn(f"{asked.file}:{number}: {_reason(error)}")
        else:
            print(line)
    return 1 if rejected else 0


def sample(_: argparse.Namespace) -> int:
    """Load the bundled reports into an empty store."""
    engine = open_store()
    code = 0
    if report_count(engine):
        print("The store has reports already: the sample is not loaded.")
    else:
        code = _sum_up(_take_in(engine, find_files(SAMPLES), by="sample"))
    _say(f"{store_name(engine)}: {report_count(engine)} reports")
    return code


def verify(_: argparse.Namespace) -> int:
    """Hash the stored texts and readings again and walk the audit chain."""
    engine = open_store()
    findings = find_faults(engine)
    for finding in findings:
        _say(f"{finding.subject}: {finding.reason}")
    _say(f"{store_name(engine)}: {report_count(engine)} reports, {len(findings) or 'nothing'} wrong")
    return 1 if findings else 0


def tiles(asked: argparse.Namespace) -> int:
    """Unpack an archive of map tiles, so that the map can show them at once."""
    wanted = backdrop.chosen()
    named = wanted if isinstance(wanted, backdrop.ArchiveTiles) else None
    path: Path | None = asked.file or (named.path if named else None)
    if path is None:
        print(f"Nothing to unpack: {backdrop.VARIABLE} names no PMTiles archive.")
        return 0
    made = unpacked(path, say=_warn)
    _say(f"{path}: {made.tiles:,} {made.kind} tiles, zoom {made.first_zoom} to {made.last_zoom}, in {made.folder}")
    if not (made.credit or (named and named.credit)):
        _warn(f"It does not say whom to credit: set {backdrop.CREDIT} too, or the tiles are not shown.")
    return 0


def _rows(path: Path, today: date) -> Iterator[tuple[int, JsonRow | Item | Reject]]:
    """The rows of a JSON Lines file with their ids, or the one report of a .txt file."""
    if path.suffix.lower() == ".txt":
        yield from ((item.row, item) for item in read_file(path, today=today, note=_warn))
    else:
        yield from read_rows(path)


def _take_in(engine: Engine, files: Iterable[Path], *, by: str) -> IngestReport:
    """Read and store each report on its own, so that a bad one costs only itself."""
    gazetteer, choices, today = open_gazetteer(), standing(engine), _today()
    accepted = duplicates = 0
    rejects: list[Reject] = []
    for item in (item for file in files for item in read_file(file, today=today, note=_warn)):
        try:
            taken = item if isinstance(item, Reject) else _take_one(engine, gazetteer, choices, item, by)
        except StoreError:
            _warn(f"stopped at {item.file}:{item.row}; {accepted} reports were taken before")
            raise
        if isinstance(taken, Reject):
            rejects.append(taken)
            _warn(f"{taken.file}:{taken.row}: {taken.reason}")
        elif taken:
            accepted += 1
        else:
            duplicates += 1
    return IngestReport(accepted, duplicates, tuple(rejects))


def _take_one(
    engine: Engine, gazetteer: Gazetteer, choices: Sequence[PlaceChoice], item: Item, by: str
) -> bool | Reject:
    """True when it is new, False when it was there already. Raises what would be the same for every report."""
    try:
        reading = pipeline.read(item.report, gazetteer, choices)
        _warn_of_skipped(item.file, item.row, reading)
        return not add_report(engine, reading, by=by, at=datetime.now(UTC)).duplicate
    except StoreError as error:
        if not isinstance(error, StoreBusy | ReadingRefused):
            raise
        return Reject(item.file, item.row, str(error), item.report.text[:200])
    except Exception as error:  # whatever a text does to the rules, the next report still counts
        return Reject(item.file, item.row, _reason(error), item.report.text[:200])


def _warn_of_skipped(file: object, row: int, reading: Reading) -> None:
    """Say which part of a long report was not read."""
    if reading.skipped:
        first, size = reading.skipped[0].start + 1, len(reading.report.text)
        count = len(reading.skipped)
        passages = "1 passage" if count == 1 else f"{count:,} passages"
        _warn(
            f"{file}:{row}: {passages} not read, or only in pieces; the first begins at character {first:,} of {size:,}"
        )


def _sum_up(took: IngestReport) -> int:
    rejected = len(took.rejects)
    rows = took.accepted + took.duplicates + rejected
    duplicates = "1 duplicate" if took.duplicates == 1 else f"{took.duplicates} duplicates"
    print(f"{took.accepted} accepted, {duplicates}, {rejected} rejected of {rows}")
    return 1 if rejected else 0


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, NotTaken) else f"could not be read: {type(error).__name__}: {error}"


def _warn(message: str) -> None:
    print(_printable(message), file=sys.stderr)


def _say(message: str) -> None:
    print(_printable(message))


def _printable(message: str) -> str:
    """The message on one line; signs that would steer the terminal stand as escapes, for it may quote foreign words."""
    cut = message if len(message) <= LONGEST else f"{message[:LONGEST]} …"
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in cut)


def _today() -> date:
    return datetime.now(UTC).date()


def _parser() -> argparse.ArgumentParser:
    plain = argparse.RawDescriptionHelpFormatter
    about = "News reports in, events out."
    parser = argparse.ArgumentParser("cli.py", description=about, epilog=EXAMPLES, formatter_class=plain)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    keep = "read reports from files and keep them"
    add = commands.add_parser("ingest", help=keep, description=keep, epilog=EXAMPLES, formatter_class=plain)
    add.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=".txt or .jsonl file, or a folder of them")
    add.add_argument(
        "--by", default=os.environ.get("USER") or "cli", help="who adds them, for the audit (default: %(default)s)"
    )
    add.set_defaults(command=ingest)

    show = commands.add_parser("extract", help="print what is read from each row, store nothing")
    rows = '.jsonl: rows with "text", and where known "id", "published", "lang"; or one report as .txt'
    show.add_argument("file", type=Path, metavar="FILE", help=rows)
    show.set_defaults(command=extract)

    commands.add_parser("sample", help="load the bundled reports into an empty store").set_defaults(command=sample)
    commands.add_parser("verify", help="check that the store is as it was written").set_defaults(command=verify)

    unpack = commands.add_parser("tiles", help="unpack a PMTiles archive of map tiles, once")
    unpack.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help=f"the archive (default: what {backdrop.VARIABLE} names)"
    )
    unpack.set_defaults(command=tiles)
    return parser


if __name__ == "__main__":
    sys.exit(main())
