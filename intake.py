"""Files of reports, read strictly: what cannot be taken is named with its reason, never guessed.

A ``.txt`` file is one report, with or without a small header that ends at the first blank line::

    published: 2024-01-01
    outlet: Example News

    The text of the report.

A ``.jsonl`` file holds one JSON object a line with the same names and ``text``. Both are UTF-8.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NoReturn, TypeAlias
from urllib.parse import urlsplit

from extract.document import make_report
from model import Reject, Report
from pipeline import language_of

FIELDS = ("published", "outlet", "title", "url", "language", "note")
SUFFIXES = (".txt", ".jsonl")
MAX_TEXT = 1_000_000  # characters
MAX_LINE = 8_000_000  # bytes: a row of MAX_TEXT characters, each written as an escape
MAX_DEPTH = 20
MAX_FIELD = 2_000  # characters of a title, a note, an address
FIRST_DAY = date(1900, 1, 1)

JsonRow: TypeAlias = dict[str, Any]
Note: TypeAlias = Callable[[str], None]

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_BRACKET = re.compile(r"[\[\]{}]")
_BLANK = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)")
_HEADER_LINE = re.compile(r"([A-Za-z]{2,20})[ \t]*:(.*)")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]\d\d:[\d:.]{2,16}(?:Z|[+-]\d\d:?\d\d)?)?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})?", re.IGNORECASE)


class NotTaken(ValueError):
    """The reason why a file or a row is not taken, in words for the user."""


@dataclass(frozen=True, slots=True)
class Item:
    """One report that came in, and where from: row 0 is the whole file, rows count from 1."""

    file: str
    row: int
    report: Report


def find_files(path: Path) -> list[Path]:
    """The files to read: the path itself, or every .txt and .jsonl file below a folder in the order of their names."""
    if not path.is_dir():
        return [path]
    below = (found for found in path.rglob("*") if found.is_file() and found.suffix.lower() in SUFFIXES)
    return sorted(found for found in below if not found.name.startswith("."))


def read_file(path: Path, *, today: date, note: Note) -> Iterator[Item | Reject]:
    """Each report of a file, or why it is not one. ``note`` is told once a file what was left aside.

    Nothing is raised for what is in the file: an unreadable file is one ``Reject`` with row 0.
    """
    suffix = path.suffix.lower()
    if suffix == ".txt":
        yield _read_text(path, today)
    elif suffix == ".jsonl":
        yield from _read_reports(path, today, note)
    else:
        yield Reject(str(path), 0, f"not a {' or '.join(SUFFIXES)} file" if path.exists() else "no such file")


def read_rows(path: Path) -> Iterator[tuple[int, JsonRow | Reject]]:
    """Each line of a JSON Lines file with its number, as an object or with the reason why it is none."""
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(iter(lambda: file.readline(MAX_LINE + 1), b""), start=1):
                cut = len(raw) > MAX_LINE
                while cut and not raw.endswith(b"\n"):
                    raw = file.readline(MAX_LINE) or b"\n"
                if not cut and not raw.strip():
                    continue
                yield number, _json_row(path, number, raw, cut=cut)
    except OSError as error:
        yield 0, Reject(str(path), 0, _said(error))


def row_report(row: JsonRow, today: date) -> Report:
    """The report in a JSON object. Raises ``NotTaken``."""
    text = row.get("text")
    if not isinstance(text, str):
        raise NotTaken("no text: the row needs a string under 'text'")
    fields = {name: row.get(name) for name in FIELDS}
    if fields["language"] is None:
        fields["language"] = row.get("lang")
    for name, value in fields.items():
        if value is not None and not isinstance(value, str):
            raise NotTaken(f"{name} is not a string")
    return _report(text, {name: value for name, value in fields.items() if value}, today)


def _read_text(path: Path, today: date) -> Item | Reject:
    text = ""
    try:
        if path.stat().st_size > MAX_LINE:
            raise NotTaken(f"larger than {MAX_LINE:,} bytes")
        text = _decoded(path.read_bytes())
        fields, body = _split_header(text)
        return Item(str(path), 0, _report(body, fields, today))
    except NotTaken as error:
        return Reject(str(path), 0, str(error), text[:200])
    except OSError as error:
        return Reject(str(path), 0, _said(error))


def _read_reports(path: Path, today: date, note: Note) -> Iterator[Item | Reject]:
    known, aside = {*FIELDS, "text", "lang"}, set[str]()
    for number, row in read_rows(path):
        if isinstance(row, Reject):
            yield row
            continue
        try:
            yield Item(str(path), number, row_report(row, today))
        except NotTaken as error:
            yield Reject(str(path), number, str(error), str(row.get("text", ""))[:200])
        aside |= row.keys() - known
    if aside:
        note(f"{path}: not used: {', '.join(sorted(aside))} (known: text, {', '.join(FIELDS)})")


def _json_row(path: Path, number: int, raw: bytes, *, cut: bool) -> JsonRow | Reject:
    line = ""
    try:
        if cut:
            raise NotTaken(f"longer than {MAX_LINE:,} bytes")
        line = _decoded(raw)
        return _parsed(line)
    except NotTaken as error:
        return Reject(str(path), number, str(error), line[:200])


def _parsed(line: str) -> JsonRow:
    """One JSON object; more than Python's reader asks: no key twice, no NaN, not too deep."""
    if _depth(line) > MAX_DEPTH:
        raise NotTaken(f"nested deeper than {MAX_DEPTH} levels")
    try:
        row = json.loads(line, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise NotTaken(f"not JSON: {error.msg} at character {error.pos + 1}") from error
    except NotTaken:
        raise
    except ValueError as error:  # a number with thousands of digits
        raise NotTaken(f"not JSON that can be read: {error}") from error
    if not isinstance(row, dict):
        raise NotTaken("not a JSON object")
    return row


def _depth(line: str) -> int:
    deepest = depth = 0
    for bracket in _BRACKET.findall(_STRING.sub("", line)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _unique(pairs: list[tuple[str, Any]]) -> JsonRow:
    row = dict(pairs)
    if len(row) < len(pairs):
        names = [name for name, _ in pairs]
        raise NotTaken(f"the key {next(name for name in names if names.count(name) > 1)!r} stands twice")
    return row


def _no_constant(name: str) -> NoReturn:
    raise NotTaken(f"{name} is not JSON")


def _decoded(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotTaken(f"not UTF-8 (byte {error.start + 1}); save it as UTF-8") from error
    if _CONTROL.search(text):  # UTF-16 without its mark can pass for UTF-8
        raise NotTaken("holds control characters; save it as plain UTF-8 text")
    return text


def _split_header(text: str) -> tuple[dict[str, str], str]:
    """The header's fields and what follows the blank line; no fields where the first line is not one of the header."""
    start = len(text) - len(text.lstrip())
    blank = _BLANK.search(text, start)
    lines = text[start : blank.start() if blank else len(text)].splitlines()
    first = _HEADER_LINE.fullmatch(lines[0].strip()) if lines else None
    if first is None or first[1].lower() not in FIELDS:
        return {}, text
    fields: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        match = _HEADER_LINE.fullmatch(line.strip())
        name = match[1].lower() if match else ""
        if match is None or name not in FIELDS:
            raise NotTaken(f"line {number} is not a header line ({', '.join(FIELDS)}); a blank line ends the header")
        if name in fields:
            raise NotTaken(f"line {number}: {name} stands twice")
        fields[name] = match[2].strip()
    return {name: value for name, value in fields.items() if value}, text[blank.end() :] if blank else ""


def _report(text: str, fields: dict[str, str], today: date) -> Report:
    if not text.strip():
        raise NotTaken("no text")
    if len(text) > MAX_TEXT:
        raise NotTaken(f"the text is longer than {MAX_TEXT:,} characters")
    for name, value in fields.items():
        if len(value) > MAX_FIELD:
            raise NotTaken(f"{name} is longer than {MAX_FIELD:,} characters")
    url = fields.get("url", "")
    report = make_report(
        text,
        published=_day(fields["published"], today) if "published" in fields else None,
        outlet=fields.get("outlet", ""),
        title=fields.get("title", ""),
        url=url if not url or _is_web(url) else _refuse("url is not a web address (http or https)"),
        language=_language(fields["language"]) if "language" in fields else language_of(text),
        note=fields.get("note", ""),
    )
    if report.published is not None:  # it may stand at the head of the text alone
        _check_day(report.published, today, f"published {report.published} at the head of the text")
    return report


def _day(written: str, today: date) -> date:
    """The day as written; a time of day after it, in whatever zone, does not move it."""
    match = _DAY.fullmatch(written)
    try:
        day = date.fromisoformat(match[1]) if match else None
    except ValueError:
        day = None
    if day is None:
        raise NotTaken(f"published {written[:40]!r} is not a day written as 2024-01-31")
    _check_day(day, today, f"published {written}")
    return day


def _check_day(day: date, today: date, what: str) -> None:
    if not FIRST_DAY <= day <= today + timedelta(days=1):
        raise NotTaken(f"{what} is before {FIRST_DAY.year} or in the future")


def _is_web(url: str) -> bool:
    try:
        return urlsplit(url).scheme.lower() in ("http", "https")
    except ValueError:
        return False


def _language(written: str) -> str:
    if not _LANGUAGE.fullmatch(written):
        raise NotTaken(f"language {written[:40]!r} is not a code such as en, ru or uk")
    return re.split("[-_]", written)[0].lower()


def _refuse(reason: str) -> NoReturn:
    raise NotTaken(reason)


def _said(error: OSError) -> str:
    return "no such file" if isinstance(error, FileNotFoundError) else f"cannot be read: {error.strerror}"
