"""What lies in the state folder, looked at from the disk alone: the files' side of the balance."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from processor.intake.folders import ASIDE, CLAIMED, ORIGINALS
from processor.intake.journal import JOURNAL, arrivals

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from processor.intake.journal import Arrival

_HASH = re.compile(r"[0-9a-f]{64}")
_NOTED = re.compile(r"^SHA-256: ([0-9a-f]{64})$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The files of one state folder; what is strange among them by its path within it."""

    arrivals: tuple[Arrival, ...]
    originals: frozenset[str]
    """Their hashes, by their names."""
    aside: Mapping[str, str]
    """Of each file set aside, by its name: the hash in the note beside it, empty where none says it."""
    claimed: Mapping[int, tuple[Path, ...]]
    """The claims that are not released, and the files in each."""
    strange: tuple[str, ...]
    """What lies among the originals under no hash, or in the wrong place."""


def walk(state: Path) -> Found:
    """Look at everything, the book of arrivals and the originals first, the claims last.

    So a claim that is finished meanwhile leaves no gap: its row was kept before it was released.
    """
    book = arrivals(state)
    originals, strange = _originals(state)
    aside = dict(_aside(state / ASIDE))
    return Found(
        arrivals=book, originals=originals, aside=aside, claimed=dict(_claimed(state / CLAIMED)), strange=strange
    )


def digest(path: Path) -> str:
    """The SHA-256 of a file; empty when there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def _originals(state: Path) -> tuple[frozenset[str], tuple[str, ...]]:
    files = [p for p in (state / ORIGINALS).rglob("*") if not p.is_dir() and p.name != JOURNAL]
    strange = [p for p in files if not _HASH.fullmatch(p.name) or p.parent.name != p.name[:2]]
    # what a crash left half-copied has a name of our own, and is written over when its claim is finished
    odd = tuple(sorted(str(p.relative_to(state)) for p in strange if not p.name.endswith(".part")))
    return frozenset(p.name for p in files) - {p.name for p in strange}, odd


def _claimed(folder: Path) -> Iterator[tuple[int, tuple[Path, ...]]]:
    for entry in folder.iterdir():
        files = tuple(p for p in entry.rglob("*") if not p.is_dir()) if entry.name.isdecimal() else ()
        if files:
            yield int(entry.name), files


def _aside(folder: Path) -> Iterator[tuple[str, str]]:
    names = {p.name for p in folder.iterdir() if not p.name.startswith(".")}
    for name in sorted(names):
        if name.endswith(".txt") and name.removesuffix(".txt") in names:
            continue
        note = folder / f"{name}.txt"
        said = _NOTED.search(note.read_text("utf-8", "replace")) if note.name in names else None
        yield name, said[1] if said else ""
