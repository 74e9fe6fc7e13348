"""A backup: a folder with the database, the originals, the outbox and the settings, and a list of all their hashes.

It is written under a name that nobody takes for a backup, and has its own only when it is whole.
"""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from processor.errors import SetupBroken, TryLater, Wrong
from processor.vault import files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

LIST = "backup.json"
_FORMAT = 1
_PREFIX, _PART = "backup-", ".part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup that is whole, as its list says."""

    folder: Path
    made: str
    """ISO, UTC."""
    program: str
    """The version that made it."""
    events: int
    head: str
    """The hash of the last event in it."""
    hashes: Mapping[str, str]
    """The SHA-256 of every file, by its path in the folder."""


class Packing:
    """A backup in the making: files go in, then the list, then it has its name."""

    def __init__(self, folder: Path, before: Backup | None) -> None:
        self.folder = folder
        self.hashes: dict[str, str] = {}
        self.skipped = 0
        self._before = before

    def add(self, tree: Path, under: str, *, moves: Callable[[Path], bool] = lambda _: False) -> None:
        """Put a file or all files of a folder in.

        Args:
            tree: the file or folder.
            under: its path in the backup.
            moves: whether a file may still be written to, and so must be copied, not given a second name.
        """
        found = sorted(tree.rglob("*")) if tree.is_dir() else [tree]
        for path in found:
            relative = Path(under) / path.relative_to(tree)
            if path.is_symlink() or not path.is_file() or path.name.endswith(_PART):
                continue
            try:
                self._add(path, relative, moves=moves(path))
            except FileNotFoundError:
                self.skipped += 1  # finished meanwhile: what it came to lies elsewhere

    def enter(self, under: str) -> None:
        """Enter a file into the list that was written into the folder by somebody else."""
        self.hashes[under] = files.sha256(self.folder / under)

    def _add(self, path: Path, relative: Path, *, moves: bool) -> None:
        target, key = self.folder / relative, relative.as_posix()
        if moves:
            self.hashes[key] = files.copy(path, target)
            return
        before = self._before
        known = before.hashes.get(key, "") if before else ""
        earlier = before.folder / relative if before and known else None
        self.hashes[key] = files.link(path, target, before=earlier, known=known)

    def finish(self, made: datetime, *, program: str, events: int, head: str) -> Backup:
        """Write the list, and give the folder its name."""
        told = {
            "format": _FORMAT,
            "made": made.isoformat(timespec="seconds"),
            "program": program,
            "events": events,
            "head": head,
            "files": dict(sorted(self.hashes.items())),
        }
        files.write(self.folder / LIST, json.dumps(told, indent=1).encode())
        files.settle(self.folder)
        whole = self.folder.with_name(self.folder.name.removesuffix(_PART).removeprefix("."))
        self.folder.rename(whole)
        files.fsync_folder(whole.parent)
        return opened(whole)


@contextmanager
def packing(shelf: Path, made: datetime) -> Iterator[Packing]:
    """Begin a backup in a folder of backups; what an error leaves of it is removed.

    Raises:
        TryLater: the disk is full or cannot be written.
        Wrong: one was made in this very second.
    """
    name = f"{_PREFIX}{made:%Y-%m-%dT%H%M%SZ}"
    part = shelf / f".{name}{_PART}"
    if (shelf / name).exists():
        raise Wrong(f"There is a backup {name} already.", do="Wait a second, then try again.")
    before = latest(shelf)
    try:
        files.make_folder(shelf)
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700)
        yield Packing(part, before)
    except OSError as error:
        raise TryLater(
            f"The backup cannot be written ({error.strerror}).", do="Make room, or name another folder."
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def latest(shelf: Path) -> Backup | None:
    """The newest whole backup in a folder of backups; none where there is none."""
    found = sorted(p for p in shelf.glob(f"{_PREFIX}*") if (p / LIST).is_file())
    return opened(found[-1]) if found else None


def opened(folder: Path) -> Backup:
    """The backup in that folder, or the newest in a folder of backups, by its list; nothing is checked.

    Raises:
        Wrong: there is none.
        SetupBroken: its list cannot be read, or is of a later kind.
    """
    if not (folder / LIST).is_file():
        newest = latest(folder)
        if newest is None:
            raise Wrong(f"There is no backup in {folder}.", do="Name the folder that `secor backup` made.")
        return newest
    try:
        told = json.loads((folder / LIST).read_text("utf-8"))
        if told["format"] != _FORMAT:
            raise SetupBroken(
                f"The backup {folder} was made by a newer version ({told['program']}).", do="Install that version."
            )
        return Backup(
            folder=folder,
            made=told["made"],
            program=told["program"],
            events=told["events"],
            head=told["head"],
            hashes=told["files"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SetupBroken(f"The list {folder / LIST} cannot be read.", do="Take another backup.") from error


def verify(backup: Backup) -> None:
    """Hash every file of a backup again.

    Raises:
        SetupBroken: one is missing or has other bytes.
    """
    wrong = [path for path, known in backup.hashes.items() if _hash(backup.folder / path) != known]
    if wrong:
        raise SetupBroken(
            f"The backup {backup.folder} is damaged: {wrong[0]}{f' and {len(wrong) - 1} more' if wrong[1:] else ''}.",
            do="Take another backup.",
        )


def _hash(path: Path) -> str:
    try:
        return files.sha256(path)
    except OSError:
        return ""
