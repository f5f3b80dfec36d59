"""Reads the word lists in ``extract/lists``: tab-separated text that an analyst can extend without touching code.

A list is a UTF-8 file ``NAME.tsv``. Lines that begin with ``#`` are comments (the first one names the columns), blank
lines are skipped, every other line is one row: one cell per column, then one example sentence. An analyst's own rows go
into a file of the same name in the folder named by the environment variable ``STRIKELINE_LISTS``; they follow the
built-in rows.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "lists"
OWN_FOLDER = "STRIKELINE_LISTS"
EXAMPLE = "example"
MAX_LINE = 1_000
MAX_BYTES = 2_000_000


class WordListError(ValueError):
    """A list cannot be read: which file, which line (1-based; 0 = the whole file), and why."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}, line {line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list; ``row["column"]`` is its cell, stripped."""

    cells: Mapping[str, str]
    file: str
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def error(self, reason: str) -> WordListError:
        """The error to raise where a cell of this row makes no sense."""
        return WordListError(self.file, self.line, reason)


def read_list(name: str, columns: tuple[str, ...]) -> tuple[Row, ...]:
    """The rows of a list, built-in ones first, then the analyst's own.

    Args:
        name: file name without ``.tsv``.
        columns: names of the cells before the example, which is the last cell of every row. The first is never empty.

    Raises:
        WordListError: on a line with too few or too many cells, an empty first cell, no example, or bytes that are no
            UTF-8.
    """
    return _read_folders(name, columns, os.environ.get(OWN_FOLDER, ""))


def load_terms(name: str, column: str = "term") -> tuple[str, ...]:
    """The cells of a one-column list, as written, without repeats."""
    return tuple(dict.fromkeys(row[column] for row in read_list(name, (column,))))


def alternation(terms: Iterable[str]) -> str:
    """A regular expression for any of the terms, longest first; a blank matches one to three white-space characters.

    Without terms it matches nothing.
    """
    ordered = sorted(set(terms), key=lambda term: (-len(term), term))
    if not ordered:
        return "(?!)"
    # The first letters, looked at beforehand, spare the engine from trying every term at every place.
    letters = "".join(sorted({re.escape(term.split()[0][0]) for term in ordered}))
    return f"(?:(?=[{letters}])(?:" + "|".join(r"\s{1,3}".join(map(re.escape, term.split())) for term in ordered) + "))"


@lru_cache(maxsize=128)
def _read_folders(name: str, columns: tuple[str, ...], own_folder: str) -> tuple[Row, ...]:
    rows = list(_rows(FOLDER / f"{name}.tsv", columns))
    if own_folder:
        own = Path(own_folder) / f"{name}.tsv"
        if own.is_file():
            rows.extend(_rows(own, columns))
    return tuple(rows)


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if reason := _fault(line, cells, columns):
            raise WordListError(str(path), number, reason)
        yield Row(dict(zip((*columns, EXAMPLE), cells, strict=True)), str(path), number)


def _lines(path: Path) -> list[str]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise WordListError(str(path), 0, f"cannot be read: {error.strerror}") from error
    if len(raw) > MAX_BYTES:
        raise WordListError(str(path), 0, f"longer than {MAX_BYTES:,} bytes")
    try:
        return raw.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise WordListError(str(path), raw.count(b"\n", 0, error.start) + 1, "not UTF-8") from error


def _fault(line: str, cells: list[str], columns: tuple[str, ...]) -> str:
    wanted = (*columns, EXAMPLE)
    if len(line) > MAX_LINE:
        return f"longer than {MAX_LINE:,} characters"
    if len(cells) != len(wanted):
        return f"{len(cells)} cells where {len(wanted)} are needed ({', '.join(wanted)}), with one tab between cells"
    if not cells[0]:
        return f"the {columns[0]} is empty"
    if not cells[-1]:
        return "the example is empty"
    return ""
