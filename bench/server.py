"""A page of Streamlit, served for as long as a browser looks at it: for measurements and for browser tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0  # seconds until it must answer


@contextmanager
def served(script: str, folder: Path, settings: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """The address of a page on a free port, and the number of the process that serves it.

    Args:
        script: the page, from the root of the project.
        folder: where the server's log goes.
        settings: environment variables beside those of this process.

    Raises:
        RuntimeError: the server did not start; with the end of its log.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    asked = ["--server.port", str(port), "--server.headless", "true"]
    command = [sys.executable, "-m", "streamlit", "run", script, *asked]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **settings}
    path = folder / "server.log"
    with path.open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            if not _answers(port, server):
                raise RuntimeError(f"{script}: no server:\n{path.read_text(errors='replace')[-2000:]}")
            yield f"http://127.0.0.1:{port}", server.pid
        finally:
            server.terminate()
            server.wait(10)


def _answers(port: int, server: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.1)
    return False
