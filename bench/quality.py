"""How well the pipeline reads the project's own gold set, as the page ``docs/quality.md``.

Run ``python -m bench.quality``; with ``--floor`` it also writes ``bench/gold/floor.json``, which the tests hold it to.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.gold_set import Row, read_gold
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
INTRODUCTION = """# Measured quality

The pipeline was run over the project's own gold set: {what}, coded by reading (`bench/gold/README.md`).
Written by `make quality`; do not edit. Rules: version {version}, revision `{rules}`, a checksum of rules and gazetteer.

- **Precision**: of the values given, how many are right. **Recall**: of the values in the reports, how many were found.
  In brackets the number of values and the Wilson interval at 95 %.
- An event is found when its place (by name, or within 25 km) and its days agree. One told as news that nobody coded
  counts against precision. The other fields are marked on the events found, also where place or day alone is wrong.
- The reports are short, in English, made up for this project, and full of hard cases on purpose. Real articles are
  longer and messier, with fewer traps to the line. The figures say which field to trust less; they do not foretell
  another corpus.
- Places too small for the gazetteer are in it too: the right answer is then no point, and recall of "place" suffers.
- The rules may have been mended after failures on these very reports, so that the figures flatter.
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


def page(rows: Sequence[Row], marks: Sequence[Mark], rules: str) -> str:
    """The whole of ``docs/quality.md``."""
    parts = (_introduction(rows, rules), _fields(marks), _conflicts(rows, marks), _failures(rows, marks))
    return "\n".join([line for part in parts for line in part] + [""])


def _introduction(rows: Sequence[Row], rules: str) -> list[str]:
    events, links = sum(len(row.events) for row in rows), sum(len(row.links) for row in rows)
    groups = len({row.conflict for row in rows})
    what = f"{len(rows)} short made-up reports on {groups} groups of conflicts, with {events} events and {links} links"
    return [INTRODUCTION.format(what=what, version=VERSION, rules=rules)]


def _fields(marks: Sequence[Mark]) -> list[str]:
    lines = ["## By field", "", "| field | what counts | precision | recall |", "|---|---|---|---|"]
    for name, meaning in FIELDS.items():
        precision, recall = score(marks, name)
        lines.append(f"| {name} | {meaning} | {_cell(precision)} | {_cell(recall)} |")
    return [*lines, ""]


def _cell(found: Score) -> str:
    low, high = found.interval
    return f"**{found.share:.2f}** ({found.of}; {low:.2f}–{high:.2f})" if found.of else "–"


def _conflicts(rows: Sequence[Row], marks: Sequence[Mark]) -> list[str]:
    head = " | ".join(BY_CONFLICT)
    lines = ["## By conflict", "", "Precision / recall, and how many values there are.", ""]
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


def _failures(rows: Sequence[Row], marks: Sequence[Mark]) -> list[str]:
    wrong = [mark for mark in marks if mark.verdict is not Verdict.RIGHT]
    clean = len(rows) - len({mark.row.id for mark in wrong})
    lines = ["## Failures", "", f"{clean} of {len(rows)} reports have none. Counts are low / best / high.", ""]
    lines += ["| report | field | verdict | expected | got |", "|---|---|---|---|---|"]
    order = {row.id: number for number, row in enumerate(rows)}
    for mark in sorted(wrong, key=lambda mark: order[mark.row.id]):
        cells = (mark.row.id, mark.field, mark.verdict, mark.expected, mark.got)
        lines.append("| " + " | ".join(str(cell).replace("|", "/") for cell in cells) + " |")
    return lines


def main() -> None:
    """Measures, prints the figures and writes the page, and with ``--floor`` the floors."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--floor", action="store_true", help="write bench/gold/floor.json from what is measured")
    asked = options.parse_args()
    rows, gazetteer = read_gold(), open_gazetteer()
    try:
        marks = measure(rows, gazetteer)
    finally:
        gazetteer.close()
    PAGE.write_text(page(rows, marks, revision()), encoding="utf-8")
    if asked.floor:
        FLOOR.write_text(json.dumps(floors(marks), indent=1) + "\n", encoding="utf-8")
    for name in FIELDS:
        precision, recall = score(marks, name)
        print(f"{name:<22}precision {precision.share:.3f} ({precision.of})  recall {recall.share:.3f} ({recall.of})")
    held = json.loads(FLOOR.read_text(encoding="utf-8"))
    print("\n".join(line for name in FIELDS for line in change_since(held, marks, name)))


if __name__ == "__main__":
    main()
