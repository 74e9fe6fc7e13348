"""The bytes of every paper, kept for good under their hash, never written to again."""

from __future__ import annotations

import errno
import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from processor.errors import ProcessorError
from processor.intake.durable import fsync_folder, looks, still_changing, write_whole
from processor.intake.folders import ORIGINALS

if TYPE_CHECKING:
    from pathlib import Path

_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.EXDEV, errno.EMLINK, errno.ENOSYS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A file whose bytes are kept for good."""

    sha256: str
    path: Path
    size: int
    seen: tuple[int, int, int]
    """As `durable.looks` saw it when it was hashed."""

    def read(self) -> bytes:
        """All its bytes."""
        return self.path.read_bytes()

    def unchanged(self) -> bool:
        """Whether nobody wrote to the file since it was hashed. Ask right before deciding on what was read."""
        return looks(self.path.stat()) == self.seen


def original_path(state: Path, sha256: str) -> Path:
    """Where the bytes of that hash are kept: `originals/ab/HASH`."""
    return state / ORIGINALS / sha256[:2] / sha256


def keep_original(path: Path, state: Path) -> Original:
    """Keep a claimed file's bytes under their hash, for good; repeats safely.

    The file gets a second name where the file system can do that, else its bytes are copied.

    Raises:
        TryLater: it changes while it is hashed; nothing was kept.
        ProcessorError: other bytes lie under that hash.
        OSError: the disk says no.
    """
    sha256, seen = _hash(path)
    original = original_path(state, sha256)
    if not _there(original, sha256):
        _name(path, original)
        if original.samefile(path) and looks(original.stat()) != seen:
            original.unlink()
            raise still_changing()
    _read_only(original)
    kept = original.stat()
    return Original(sha256=sha256, path=original, size=kept.st_size, seen=looks(kept))


def _hash(path: Path) -> tuple[str, tuple[int, int, int]]:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as file:  # noqa: PTH123 - a descriptor, not a path
        before = looks(os.fstat(descriptor))
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(descriptor)
        after = looks(os.fstat(descriptor))
    if before != after:
        raise still_changing()
    return sha256, after


def _there(original: Path, sha256: str) -> bool:
    try:
        there = _hash(original)[0]
    except FileNotFoundError:
        return False
    if there != sha256:
        raise ProcessorError(f"The original {sha256[:12]} is damaged.", do="Restore it from the last backup.")
    fsync_folder(original.parent)  # its name may come from a run that ended before this
    return True


def _name(path: Path, original: Path) -> None:
    folder = original.parent
    fresh = not folder.exists()
    folder.mkdir(mode=0o700, exist_ok=True)
    try:
        os.link(path, original)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        write_whole(original, path.read_bytes())
    fsync_folder(folder)
    if fresh:
        fsync_folder(folder.parent)


def _read_only(path: Path) -> None:
    with suppress(PermissionError):  # the scanner's own user may own it
        path.chmod(0o400)
