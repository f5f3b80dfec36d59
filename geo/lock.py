"""One program at a time makes a file of the cache; the others wait and then use it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 120.0  # seconds after which a lock without a sign of life is taken for left behind


@contextmanager
def turn(target: Path, is_whole: Callable[[Path], bool]) -> Iterator[Callable[[], None]]:
    """Wait until it is this program's turn to make the target, or until another has made it.

    A lock file beside the target says whose turn it is; it is broken when its maker is gone or silent for too long. The
    lock only saves work: should two programs make the target all the same, both make it beside its place and move it.

    Args:
        target: the file or folder to be made.
        is_whole: whether it is there and complete.

    Yields:
        What to call now and then while the work goes on, at least every ``PATIENCE`` seconds.
    """
    lock = target.with_suffix(".lock")
    mine = False
    while not mine and not is_whole(target):
        try:
            with lock.open("x", encoding="ascii") as file:
                file.write(str(os.getpid()))
            mine = True
        except FileExistsError:
            if _left_behind(lock):
                lock.unlink(missing_ok=True)
            else:
                time.sleep(0.1)
    try:
        yield lock.touch if mine else _nothing
    finally:
        if mine:
            lock.unlink(missing_ok=True)


def _nothing() -> None:
    return


def _left_behind(lock: Path) -> bool:
    try:
        if time.time() - lock.stat().st_mtime > PATIENCE:
            return True
        maker = lock.read_text(encoding="ascii")
        if os.name == "posix" and maker.isdigit():
            os.kill(int(maker), 0)  # signal 0 only asks whether the process is there
    except PermissionError:
        return False  # it is there and somebody else's
    except (FileNotFoundError, ProcessLookupError):
        return True
    return False
