"""Bytes and names that are on the disk for good when the function returns."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from processor.errors import TryLater

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(target: Path, data: bytes) -> None:
    """A file for the owner alone, whole or not at all, in place of the one before."""
    partial = target.with_name(f".{target.name[-100:]}.part")
    with open(partial, "wb", opener=_private) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(target)


def copy_whole(source: Path, target: Path) -> None:
    """A copy for the owner alone. Raises `TryLater` when the source changes meanwhile."""
    with source.open("rb") as reading, open(target, "wb", opener=_private) as writing:
        before = os.fstat(reading.fileno())
        shutil.copyfileobj(reading, writing, 1 << 20)
        writing.flush()
        os.fsync(writing.fileno())
        after = os.fstat(reading.fileno())
    if looks(before) != looks(after):
        target.unlink()
        raise still_changing()


def fsync_folder(folder: Path) -> None:
    """The names in a folder."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def looks(seen: os.stat_result) -> tuple[int, int, int]:
    """What changes when somebody writes to a file: size, time in nanoseconds, inode."""
    return seen.st_size, seen.st_mtime_ns, seen.st_ino


def still_changing() -> TryLater:
    """What is said of a file that somebody writes to."""
    return TryLater("A file still changes while it is read.", do="It is read again when it is at rest.")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
