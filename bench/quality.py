"""How well the pipeline reads the project's own gold sets, as the page ``docs/quality.md``.

Run ``python -m bench.quality``; with ``--floor`` it also writes ``bench/gold/floor.json``, which the tests hold it to.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.gold_set import ARTICLES, GOLD, KEPT, Row, read_gold
from bench.marks import Mark, Score, Verdict, measure, score
from geo.gazetteer import open_gazetteer
from pipeline import VERSION

ROOT = Path(__file__).resolve().parents[1]
FLOOR = ROOT / "bench" / "gold" / "floor.json"
PAGE = ROOT / "docs" / "quality.md"
FIELDS = {
    "event": "place and day agree",
    "non-attack": "reports without an attack in which none is found",
    "main": "the event the report is about",
    "kind": "one of 12 codes",
    "place": "within 25 km; an area kept an area",
    "day": "the likeliest day right, the interval no wider",
    "killed": "low, best and high all right",
    "killed, one figure": "the number that a map shows",
    "injured": "low, best and high all right",
    "injured, one figure": "the number that a map shows",
    "actor country": "who did it, not who says so",
    "actor name": "armed groups and services",
    "claim status": "contested, confirmed, claimed, stated",
    "telling": "reported, background, denied, ...",
    "link": "which event answers which",
}
SETS = {"reports": GOLD, "articles": ARTICLES, "kept aside": KEPT}
KEPT_ASIDE = "kept aside"
INTRODUCTION = """# Measured quality

The pipeline was run over the project's own gold sets, coded by reading (`bench/gold/README.md`):

{sets}

All are in English and made up for this project. Written by `make quality`; do not edit.
Rules: version {version}, revision `{rules}`, a checksum of rules and gazetteer.

- **Precision**: of the values given, how many are right. **Recall**: of the values in the reports, how many were found.
  In brackets the number of values and the Wilson interval at 95 %.
- An event is found when its place (by name, or within 25 km) and its days agree. One told as news that nobody coded
  counts against precision. The other fields are marked on the events found, also where place or day alone is wrong.
- The short reports are full of hard cases on purpose, and rules were mended on them and on the articles: those figures
  flatter. No rule was mended after a look at the articles kept aside: theirs are the figures to expect of news that the
  rules have not seen, as far as made-up articles can tell.
- Places too small for the gazetteer are in it too: the right answer is then no point, and recall of "place" suffers.
"""
BY_CONFLICT = ("event", "kind", "place", "day", "killed", "injured", "actor country")
_ALLOWANCE = 0.02  # below the measured value; at least two values, so that one unlucky row does not stop all work


def revision(root: Path = ROOT) -> str:
    """A short checksum of the rules, their lists and the gazetteer: the same rules have the same revision."""
    digest = hashlib.sha256()
    patterns = ("extract/*.py", "extract/lists/*", "geo/*.py", "geo/data/*", "model.py", "pipeline.py")
    for path in sorted(path for pattern in patterns for path in root.glob(pattern) if path.is_file()):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def floors(marks: Sequence[Mark]) -> dict[str, dict[str, float]]:
    """What the tests hold each field to, and what was measured."""
    held: dict[str, dict[str, float]] = {}
    for name in FIELDS:
        for side, found in zip(("precision", "recall"), score(marks, name), strict=True):
            slack = max(_ALLOWANCE, 2 / found.of) if found.of else 1.0
            entry = held.setdefault(name, {})
            entry[side] = round(max(0.0, found.share - slack), 3)
            entry[f"{side} measured"] = round(found.share, 3)
            entry[f"{side} values"] = found.of
    return held


def change_since(held: Mapping[str, Mapping[str, float]], marks: Sequence[Mark], name: str) -> list[str]:
    """A line for each gain and each loss of a field since its floor was set."""
    lines = []
    for side, found in zip(("precision", "recall"), score(marks, name), strict=True):
        change = found.share - held[name][f"{side} measured"]
        if abs(change) >= 0.001:
            lines.append(f"{'gain' if change > 0 else 'LOSS'}: {name}, {side} {found.share:.3f} ({change:+.3f})")
    return lines


@dataclass(frozen=True, slots=True)
class Measured:
    """A gold set with its marks."""

    rows: tuple[Row, ...]
    marks: tuple[Mark, ...]


def page(sets: Mapping[str, Measured], rules: str) -> str:
    """The whole of ``docs/quality.md``."""
    parts = [_introduction(sets, rules), _comparison(sets)]
    parts += [_fields(name, measured.marks) for name, measured in sets.items()]
    parts += [_conflicts(sets)]
    parts += [_failures(name, measured) for name, measured in sets.items() if name != KEPT_ASIDE]
    parts += [_kept_failures(measured) for name, measured in sets.items() if name == KEPT_ASIDE]
    return "\n".join([line for part in parts for line in part])


def _introduction(sets: Mapping[str, Measured], rules: str) -> list[str]:
    lines = ["| set | reports | words each | groups of conflicts | events | links |", "|---|---|---|---|---|---|"]
    for name, measured in sets.items():
        rows = measured.rows
        words = sum(len(row.text.split()) for row in rows) // len(rows)
        events, links = sum(len(row.events) for row in rows), sum(len(row.links) for row in rows)
        groups = len({row.conflict for row in rows})
        lines.append(f"| {name} | {len(rows)} | {words} | {groups} | {events} | {links} |")
    return [INTRODUCTION.format(sets="\n".join(lines), version=VERSION, rules=rules)]


def _comparison(sets: Mapping[str, Measured]) -> list[str]:
    lines = ["## The sets side by side", "", "Precision / recall.", ""]
    lines += [f"| field | {' | '.join(sets)} |", "|---|" + "---|" * len(sets)]
    for field in FIELDS:
        pairs = (score(measured.marks, field) for measured in sets.values())
        cells = (f"{precision.share:.2f} / {recall.share:.2f}" for precision, recall in pairs)
        lines.append(f"| {field} | {' | '.join(cells)} |")
    return [*lines, ""]


def _fields(name: str, marks: Sequence[Mark]) -> list[str]:
    lines = [f"## By field: {name}", "", "| field | what counts | precision | recall |", "|---|---|---|---|"]
    for field, meaning in FIELDS.items():
        precision, recall = score(marks, field)
        lines.append(f"| {field} | {meaning} | {_cell(precision)} | {_cell(recall)} |")
    return [*lines, ""]


def _cell(found: Score) -> str:
    low, high = found.interval
    return f"**{found.share:.2f}** ({found.of}; {low:.2f}–{high:.2f})" if found.of else "–"


def _conflicts(sets: Mapping[str, Measured]) -> list[str]:
    rows = [row for measured in sets.values() for row in measured.rows]
    marks = [mark for measured in sets.values() for mark in measured.marks]
    head = " | ".join(BY_CONFLICT)
    lines = ["## By conflict, all sets", "", "Precision / recall, and how many values there are.", ""]
    lines += [f"| conflict | reports | {head} |", "|---|---|" + "---|" * len(BY_CONFLICT)]
    for conflict in sorted({row.conflict for row in rows}):
        here = [mark for mark in marks if mark.row.conflict == conflict]
        cells = []
        for name in BY_CONFLICT:
            precision, recall = score(here, name)
            cells.append(f"{precision.share:.2f} / {recall.share:.2f} ({recall.of})")
        reports = sum(row.conflict == conflict for row in rows)
        lines.append(f"| {conflict.replace('_', ' ')} | {reports} | {' | '.join(cells)} |")
    return [*lines, ""]


def _failures(name: str, measured: Measured) -> list[str]:
    wrong = _wrong(measured)
    lines = [f"## Failures: {name}", "", f"{_clean(measured)} have none. Counts are low / best / high.", ""]
    lines += ["| report | field | verdict | expected | got |", "|---|---|---|---|---|"]
    order = {row.id: number for number, row in enumerate(measured.rows)}
    for mark in sorted(wrong, key=lambda mark: order[mark.row.id]):
        cells = (mark.row.id, mark.field, mark.verdict, mark.expected, mark.got)
        lines.append("| " + " | ".join(str(cell).replace("|", "/") for cell in cells) + " |")
    return [*lines, ""]


def _kept_failures(measured: Measured) -> list[str]:
    """Counted, not told: who mends a rule after reading them turns the set into one more of those that flatter."""
    counts = Counter((mark.field, str(mark.verdict)) for mark in _wrong(measured))
    lines = [f"## Failures: {KEPT_ASIDE}", "", f"{_clean(measured)} have none. The others are counted, not told.", ""]
    lines += ["| field | wrong | missed | extra |", "|---|---|---|---|"]
    for field in FIELDS:
        lines.append(
            f"| {field} | {' | '.join(str(counts[field, verdict]) for verdict in ('wrong', 'missed', 'extra'))} |"
        )
    return [*lines, ""]


def _wrong(measured: Measured) -> list[Mark]:
    return [mark for mark in measured.marks if mark.verdict is not Verdict.RIGHT]


def _clean(measured: Measured) -> str:
    return f"{len(measured.rows) - len({mark.row.id for mark in _wrong(measured)})} of {len(measured.rows)} reports"


def measure_sets() -> dict[str, Measured]:
    """Reads every gold set and marks it."""
    gazetteer = open_gazetteer()
    try:
        rows = {name: read_gold(path) for name, path in SETS.items()}
        return {name: Measured(each, measure(each, gazetteer)) for name, each in rows.items()}
    finally:
        gazetteer.close()


def main() -> None:
    """Measures, prints the figures and writes the page, and with ``--floor`` the floors."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--floor", action="store_true", help="write bench/gold/floor.json from what is measured")
    asked = options.parse_args()
    sets = measure_sets()
    PAGE.write_text(page(sets, revision()), encoding="utf-8")
    if asked.floor:
        held = {name: floors(measured.marks) for name, measured in sets.items()}
        FLOOR.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")
    print("\n".join(_comparison(sets)))
    held = json.loads(FLOOR.read_text(encoding="utf-8"))
    for name, measured in sets.items():
        lines = [line for field in FIELDS for line in change_since(held[name], measured.marks, field)]
        print("\n".join(f"{name}: {line}" for line in lines))


if __name__ == "__main__":
    main()
