"""What lies in the inbox: one look at it is the truth, events only say when to look."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from processor.errors import TryLater

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOT_PAPER = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "@eadir", "#recycle", "lost+found"})
_UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A regular file in the inbox."""

    path: Path
    name: str
    """As people read it: what no text can hold is replaced."""
    note: str
    """The sub-folder it lies in; empty for the inbox itself."""
    size: int
    changed: int
    """Nanoseconds, by the file system's clock."""
    inode: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Something in the inbox that is no file to take: it stays where it is, and a person is told."""

    name: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """One look at the inbox."""

    found: tuple[Found, ...]
    """The longest unchanged first, then by name: the order in which papers came, as far as it can be known."""
    refused: tuple[Refused, ...]


def scan(inbox: Path) -> Sight:
    """Everything in the inbox and in its folders, one level deep.

    Raises:
        TryLater: the inbox is not there, such as a share that is not mounted: it must not look like an empty one.
    """
    found: list[Found] = []
    refused: list[Refused] = []
    for entry, note in _entries(inbox):
        seen = _look(entry, note)
        if isinstance(seen, Found):
            found.append(seen)
        elif seen is not None:
            refused.append(seen)
    found.sort(key=lambda f: (f.changed, f.note, f.name))
    return Sight(found=tuple(found), refused=tuple(refused))


def shown(name: str) -> str:
    """A file's name as text, whatever bytes it is made of."""
    return "".join(c if c.isprintable() else "\ufffd" for c in os.fsencode(name).decode("utf-8", "replace"))


def ignored(name: str) -> bool:
    """Whether this is what systems and programs leave beside papers: never taken, never spoken of."""
    small = name.lower()
    return name.startswith((".", "~$")) or small in _NOT_PAPER or small.endswith(_UNFINISHED)


def _entries(inbox: Path) -> Iterator[tuple[os.DirEntry[str], str]]:
    try:
        top = sorted(os.scandir(inbox), key=lambda e: e.name)
    except OSError as error:
        raise TryLater(
            f"The inbox {inbox} cannot be looked at ({error.strerror}).", do="Mount or make the folder, then try again."
        ) from error
    for entry in top:
        if ignored(entry.name) or entry.name == "README.md":
            continue
        if not entry.is_dir(follow_symlinks=False):
            yield entry, ""
            continue
        yield from ((inner, shown(entry.name)[:60]) for inner in _inside(entry) if not ignored(inner.name))


def _inside(folder: os.DirEntry[str]) -> list[os.DirEntry[str]]:
    try:
        return sorted(os.scandir(folder.path), key=lambda e: e.name)
    except OSError:
        return []  # removed meanwhile, or not ours to read; the next look sees it again


def _look(entry: os.DirEntry[str], note: str) -> Found | Refused | None:
    name = shown(entry.name)
    try:
        seen = entry.stat(follow_symlinks=False)
    except OSError:
        return None  # gone meanwhile
    if not stat.S_ISREG(seen.st_mode) or not os.access(entry.path, os.R_OK):
        return Refused(name=f"{note}/{name}" if note else name, says=_why_not(name, seen.st_mode))
    return Found(
        path=Path(entry.path), name=name, note=note, size=seen.st_size, changed=seen.st_mtime_ns, inode=seen.st_ino
    )


def _why_not(name: str, mode: int) -> str:
    if stat.S_ISDIR(mode):
        return f"“{name}” is a folder within a folder; only one level is looked into. Move its files up."
    if stat.S_ISLNK(mode):
        return f"“{name}” only points to a file elsewhere. Put the file itself into the inbox."
    if stat.S_ISREG(mode):
        return f"“{name}” may not be read by this program. Change its permissions."
    return f"“{name}” is no file but a device of the system. Remove it."
