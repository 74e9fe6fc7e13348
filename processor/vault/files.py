"""One file into a copy of an office and out of it, on the disk for good, its bytes hashed on the way."""

from __future__ import annotations

import errno
import hashlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.EXDEV, errno.EMLINK, errno.ENOSYS})
_PIECE = 1 << 20


def copy(source: Path, target: Path, *, folders: int = 0o700) -> str:
    """Copy a file, its mode too, into folders of that mode; the hash of what was copied."""
    make_folder(target.parent, folders)
    digest = hashlib.sha256()
    with source.open("rb") as reading, target.open("xb") as writing:
        while piece := reading.read(_PIECE):
            digest.update(piece)
            writing.write(piece)
        writing.flush()
        os.fchmod(writing.fileno(), os.fstat(reading.fileno()).st_mode & 0o777)
        os.fsync(writing.fileno())
    return digest.hexdigest()


def link(source: Path, target: Path, *, before: Path | None = None, known: str = "") -> str:
    """Give a file that is never written to again a second name, or copy it where names do not reach; its hash.

    Args:
        source: the file.
        target: its name in the copy.
        before: the same file in an earlier copy on the same disk.
        known: the hash that it had there.
    """
    make_folder(target.parent)
    hashed = sha256(source)
    for path in (before if before and known == hashed else None, source):
        if path is not None and _linked(path, target):
            return hashed
    return copy(source, target)


def sha256(path: Path) -> str:
    """The hash of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(target: Path, data: bytes) -> None:
    """A new file for the owner alone."""
    with target.open("xb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def make_folder(folder: Path, mode: int = 0o700) -> None:
    """A folder, for the owner alone unless told otherwise, with those around it."""
    if not folder.is_dir():
        make_folder(folder.parent, mode)
        folder.mkdir(mode=mode, exist_ok=True)


def settle(folder: Path) -> None:
    """The names in a folder and in all folders in it, on the disk for good."""
    for inner in (folder, *(p for p in folder.rglob("*") if p.is_dir())):
        fsync_folder(inner)


def fsync_folder(folder: Path) -> None:
    """The names in a folder, on the disk for good."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _linked(path: Path, target: Path) -> bool:
    try:
        os.link(path, target)
    except FileNotFoundError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        return False
    return True
