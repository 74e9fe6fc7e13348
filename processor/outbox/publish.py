"""Bytes to a file that is either whole and for good, or not there."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from processor.errors import ProcessorError, TryLater

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path, PurePath

_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


class AlreadyGivenOut(ProcessorError):
    """Other bytes lie under this name already; a letter that was given out is never replaced."""


def publish(outbox: Path, relative: PurePath, data: bytes) -> Path:
    """Put a file into the outbox; its path. The same bytes already there are as good: repeats safely.

    When this returns, the file is on the disk for good.

    Raises:
        AlreadyGivenOut: other bytes lie there.
        TryLater: the outbox is full or cannot be written; nothing is seen of the file.
    """
    target = _inside(outbox, relative)
    with _later():
        if not _same(target, data):
            _make_folder(target.parent)
            with _partial(target, data) as partial:
                _link(partial, target, data)
        _fsync_folder(target.parent)
    return target


def replace_whole(outbox: Path, relative: PurePath, data: bytes) -> Path:
    """Put a list, such as the day's manifest, in place of the one before, at one stroke; its path.

    Raises:
        TryLater: the outbox is full or cannot be written; the one before stays.
    """
    target = _inside(outbox, relative)
    with _later():
        _make_folder(target.parent)
        with _partial(target, data) as partial:
            partial.replace(target)
        _fsync_folder(target.parent)
    return target


def sweep(outbox: Path) -> int:
    """Remove what a crash left half-written, under names of our own that no letter has; how many files."""
    left = [path for path in outbox.glob("*/.secor-*.part") if path.is_file()]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def _inside(outbox: Path, relative: PurePath) -> Path:
    if relative.is_absolute() or ".." in relative.parts or not relative.parts:
        raise ProcessorError(f"“{relative}” does not lie in the outbox.", do="This is a fault of ours; report it.")
    return outbox.joinpath(*relative.parts)


def _same(target: Path, data: bytes) -> bool:
    """Whether these bytes lie there; `False` when nothing does, an error when others do."""
    try:
        there = target.read_bytes()
    except FileNotFoundError:
        return False
    if there != data:
        raise AlreadyGivenOut(
            f"{target.name} was given out with other bytes.", do="Keep that one, or move it out of the outbox by hand."
        )
    return True


@contextmanager
def _partial(target: Path, data: bytes) -> Generator[Path, None, None]:
    partial = target.with_name(f".secor-{secrets.token_hex(8)}.part")
    try:
        with partial.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield partial
    finally:
        partial.unlink(missing_ok=True)


def _link(partial: Path, target: Path, data: bytes) -> None:
    try:
        os.link(partial, target)  # unlike a rename it refuses a name that is taken
    except FileExistsError:
        _same(target, data)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # no second names on this file system; the office's lock keeps other writers out
        if not _same(target, data):
            partial.rename(target)


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _fsync_folder(folder.parent)


def _fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _later() -> Generator[None, None, None]:
    try:
        yield
    except OSError as error:
        raise TryLater(
            f"The outbox cannot be written ({error.strerror}).",
            do="Make room and check its permissions; it is owed still.",
        ) from error
