"""One process works on an office at a time; a second one is told whose turn it is."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from processor.errors import TryLater

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path


@contextmanager
def office_lock(state: Path) -> Generator[None, None, None]:
    """Hold the office for as long as a `with` lasts.

    The system lets go when the process ends, however it ends.

    Raises:
        TryLater: another process holds it; its number is named.
    """
    descriptor = os.open(state / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(descriptor)
        yield
        os.ftruncate(descriptor, 0)
    finally:
        # the file stays: to unlink it would let two processes hold two locks of one name
        os.close(descriptor)


def _take(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        owner = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip() or "unknown"
        raise TryLater(
            f"Another secor is at work in this office (process {owner}).", do="Wait until it has finished."
        ) from error
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
