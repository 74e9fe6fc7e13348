"""A file becomes ours: one rename claims it, its bytes are kept, and it is released when all is committed.

    inbox/NAME -> claimed/000001/NAME -> originals/ab/HASH (the same file, a second name) -> released

The folder of the claim carries the name as it came, whatever its bytes and its length. Nothing here is
undone after a crash: what lies in `claimed/` is simply finished first (`leftovers`), step by step, each of
which may have happened before. The rename itself needs no fsync before the book of arrivals speaks of it: when
a power cut takes it back, the file lies in the inbox again, and its hash is known.
"""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import stat
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from processor.errors import TryLater, Wrong
from processor.intake.durable import copy_whole, fsync_folder, write_whole
from processor.intake.folders import ASIDE, CLAIMED
from processor.intake.journal import Arrival, Journal
from processor.intake.originals import Original, keep_original, original_path
from processor.intake.scan import shown

if TYPE_CHECKING:
    from collections.abc import Generator
    from datetime import date

    from processor.intake.scan import Found

_COPYING = ".copying-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A file that is ours to finish."""

    number: int
    """Rises with every claim of the office."""
    path: Path
    name: str
    """As it arrived, as people read it."""
    note: str
    """The sub-folder of the inbox; empty for none."""
    size: int


class Claims:
    """The claims of one office. One process holds the office's lock while it uses this."""

    def __init__(self, state: Path) -> None:
        self._state = state
        self._claimed = state / CLAIMED
        self._aside = state / ASIDE
        self._device = self._claimed.stat().st_dev
        self._journal = Journal(state)
        here = max((int(e.name) for e in self._claimed.iterdir() if e.name.isdigit()), default=0)
        self._last = max(here, self._journal.last)

    def leftovers(self) -> tuple[Claim, ...]:
        """What was claimed and not released before the last end, oldest first: finish these first.

        Ask at the start only, before anything is taken: it cannot tell a leftover from work under way.
        """
        left: list[Claim] = []
        for entry in sorted(self._claimed.iterdir(), key=_number):
            if entry.name.startswith(_COPYING):
                entry.unlink()  # a copy that was not finished; its source is where it was
                continue
            files = [path for path in entry.rglob("*") if not path.is_dir() or path.is_symlink()]
            number = _number(entry)[0]
            left += [_claim(number, path, "" if path.parent == entry else path.parent.name) for path in files]
            if not files:
                for inner in entry.iterdir():
                    inner.rmdir()
                entry.rmdir()
        return tuple(left)

    def take(self, found: Found) -> Claim | None:
        """Claim a file of the inbox by moving it; `None` when it is gone, or somebody writes to it still.

        Where the inbox lies on another disk, the file is copied, and the inbox's own is moved to `.done` in it.

        Raises:
            TryLater: it cannot be moved, or the disk is full; it stays in the inbox.
        """
        if not _at_rest(found.path, self._device):
            return None
        number, folder = self._new_folder(found.note)
        target = folder / found.path.name
        try:
            found.path.rename(target)
        except OSError as error:
            _remove_empty(folder)
            if error.errno == errno.EXDEV:
                return self._fetch(found)
            if error.errno == errno.ENOENT:
                return None
            raise TryLater(
                f"A file in the inbox cannot be taken ({error.strerror}).", do="Close it elsewhere; it stays there."
            ) from error
        if not stat.S_ISREG(target.lstat().st_mode):
            target.rename(_free(found.path))  # somebody exchanged it since we looked; the next look refuses it
            _remove_empty(folder)
            return None
        return _claim(number, target, found.note)

    def copy_in(self, path: Path) -> Claim:
        """Claim a copy of a file anywhere; the file itself stays.

        Raises:
            Wrong: there is no such file.
            TryLater: the disk is full, or the file changes while it is copied.
        """
        if not path.is_file():
            raise Wrong(f"There is no file {shown(str(path))}.", do="Check the path.")
        return self._copy(path, note="")

    def keep(self, claim: Claim) -> Original:
        """Hash the claimed file and keep its bytes for good; repeats safely.

        Raises:
            TryLater: it changes still, or the disk is full: it stays claimed, to be finished later.
        """
        with _disk("A file cannot be kept"):
            return keep_original(claim.path, self._state)

    def note(self, claim: Claim, original: Original, day: date) -> None:
        """Enter a kept file into the book of arrivals, for good; repeats safely. Raises `TryLater` for a full disk.

        The claim is for good before its line is: a power cut that took it back would leave a line of nothing.
        """
        with _disk("A file cannot be entered into the book of arrivals"):
            fsync_folder(claim.path.parent)
            fsync_folder(self._claimed)
            self._journal.note(Arrival(claim.number, original.sha256, day, claim.name, claim.note))

    def again(self, arrival: Arrival) -> Claim | None:
        """Claim an original once more, under the number and the name of its arrival; `None` when it is not there.

        For a database that was restored and does not know it. Repeats safely.
        """
        original = original_path(self._state, arrival.sha256)
        folder = self._claimed / f"{arrival.claim:06d}" / arrival.note
        target = folder / _short(arrival.name)
        with _disk("An original cannot be claimed"):
            if not original.exists():
                return None
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not target.exists():
                try:
                    os.link(original, target)
                except OSError:
                    copy_whole(original, target)
        self._last = max(self._last, arrival.claim)
        return Claim(
            number=arrival.claim, path=target, name=arrival.name, note=arrival.note, size=target.stat().st_size
        )

    def stray(self, sha256: str, day: date) -> Claim | None:
        """Claim an original that the book of arrivals does not have, as one that arrives on that day."""
        self._last += 1
        return self.again(Arrival(self._last, sha256, day, sha256[:12]))

    def release(self, claim: Claim) -> None:
        """The claim is done; its bytes stay in `originals/`. Only after what it came to is committed."""
        claim.path.unlink(missing_ok=True)
        _remove_empty(claim.path.parent)

    def set_aside(self, claim: Claim, original: Original, why: str) -> Path:
        """Put a copy of the file into `aside/` with a note why beside it; the copy's path. Repeats safely.

        Raises:
            TryLater: the disk is full.
        """
        target = self._aside / _short(claim.name)
        with _disk("A file cannot be set aside"):
            if target.exists() and target.read_bytes() != original.read():
                target = target.with_name(f"{original.sha256[:12]} {target.name}")
            write_whole(target.with_name(f"{target.name}.txt"), f"{why}\n\nSHA-256: {original.sha256}\n".encode())
            write_whole(target, original.read())
            fsync_folder(self._aside)
        return target

    def _new_folder(self, note: str) -> tuple[int, Path]:
        with _disk("Nothing can be claimed"):
            while True:
                self._last += 1
                folder = self._claimed / f"{self._last:06d}"
                with suppress(FileExistsError):
                    folder.mkdir(mode=0o700)
                    break
            if note:
                folder /= note
                folder.mkdir(mode=0o700)
        return self._last, folder

    def _fetch(self, found: Found) -> Claim | None:
        try:
            claim = self._copy(found.path, note=found.note)
        except FileNotFoundError:
            return None
        done = found.path.parent / ".done"
        with _disk("A file cannot be moved out of the inbox"):
            done.mkdir(exist_ok=True)
            found.path.rename(_free(done / found.path.name))
        return claim

    def _copy(self, source: Path, note: str) -> Claim:
        partial = self._claimed / f"{_COPYING}{os.getpid()}"
        with _disk("A file cannot be copied"):
            copy_whole(source, partial)
            number, folder = self._new_folder(note)
            target = folder / source.name
            partial.rename(target)
            fsync_folder(folder)
            fsync_folder(self._claimed)
        return _claim(number, target, note)


@contextmanager
def _disk(what: str) -> Generator[None, None, None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise TryLater(
            f"{what} ({error.strerror}).", do="Make room on the disk and check its permissions; nothing is lost."
        ) from error


def _claim(number: int, path: Path, note: str) -> Claim:
    return Claim(number=number, path=path, name=shown(path.name), note=note, size=path.lstat().st_size)


def _at_rest(path: Path, device: int) -> bool:
    """Whether this is a file that no process of this machine writes to, as far as the system tells.

    Linux grants a lease for reading only while nobody has the file open for writing. On another disk than
    the state's, which is local, the answer means nothing (a Windows share may refuse every lease): there,
    as for somebody else's file, stillness has to do.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False  # gone, exchanged or forbidden since we looked: the next look says what it is
    try:
        if os.fstat(descriptor).st_dev != device:
            return True
        # a lease that a writer wants back is asked for by a signal; the usual one would end this process
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        return error.errno != errno.EAGAIN
    finally:
        os.close(descriptor)
    return True


def _number(entry: Path) -> tuple[int, str]:
    return (int(entry.name) if entry.name.isdigit() else 0, entry.name)


def _remove_empty(folder: Path) -> None:
    """Remove the folder of a claim, and the one that its note makes in it."""
    while folder.name != CLAIMED:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _free(path: Path) -> Path:
    count, free = 1, path
    while free.exists() or free.is_symlink():
        count += 1
        free = path.with_name(f"{count} {path.name}")
    return free


def _short(name: str) -> str:
    """The name with room for what is added to it, its ending kept; never one that hides or leads elsewhere."""
    plain = name.replace("/", "_").lstrip(".") or "paper"
    stem, ending = Path(plain).stem, Path(plain).suffix[:20]
    while len(f"{stem}{ending}".encode()) > 200:
        stem = stem[:-1]
    return f"{stem}{ending}"
