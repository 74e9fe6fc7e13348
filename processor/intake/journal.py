"""The book of arrivals, beside the originals: a line for every file that was claimed, only ever added to.

It tells what the bytes alone do not: in what order, on what day, and under what name they came. So the originals and
this book are enough to read everything again, and what the database says was received can be held against it.
"""

from __future__ import annotations

import json
import os
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from processor.errors import Wrong
from processor.intake.durable import fsync_folder, write_whole
from processor.intake.folders import ORIGINALS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

JOURNAL = "journal.jsonl"


class Arrival(NamedTuple):
    """One file that was claimed and whose bytes are kept."""

    claim: int
    """Rises with every claim of the office, from 1 on."""
    sha256: str
    day: date
    """The office's, when its bytes were kept."""
    name: str
    note: str = ""
    """The sub-folder of the inbox; empty for none."""


class Journal:
    """The book of one office. One process holds the office's lock while it adds to this."""

    def __init__(self, state: Path) -> None:
        self._path = journal_path(state)
        self._known = {arrival.claim for arrival in arrivals(state)}

    @property
    def last(self) -> int:
        """The highest number of a claim so far; 0 for none."""
        return max(self._known, default=0)

    def note(self, arrival: Arrival) -> None:
        """Add a line, for good; a claim that has one already gets no second. Raises `OSError`."""
        if arrival.claim in self._known:
            return
        line = _line(arrival)
        fresh = not self._path.exists()
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
        descriptor = os.open(self._path, flags, 0o600)
        try:
            # what a crash left of a line is closed first, so that it spoils no other
            os.write(descriptor, f"{'' if _ended(descriptor) else chr(10)}{line}\n".encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if fresh:
            fsync_folder(self._path.parent)
        self._known.add(arrival.claim)


def journal_path(state: Path) -> Path:
    """Where the book lies: `originals/journal.jsonl`."""
    return state / ORIGINALS / JOURNAL


def arrivals(state: Path) -> tuple[Arrival, ...]:
    """Every arrival in the book, in the order of the lines; half a line, left by a crash, is none."""
    try:
        lines = journal_path(state).read_bytes().split(b"\n")
    except FileNotFoundError:
        return ()
    return tuple(_read(lines))


def _read(lines: list[bytes]) -> Iterator[Arrival]:
    for line in lines:
        try:
            told = json.loads(line)
            yield Arrival(**told | {"day": date.fromisoformat(told["day"])})
        except (ValueError, TypeError, KeyError):
            continue  # its claim was not finished, and so it has another line


def _ended(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"


def forget_names(state: Path, erased: Collection[str]) -> None:
    """Blank the names of files whose bytes were erased, in place of the book before; their hashes and days stay.

    Raises:
        OSError: the book before stays.
    """
    told = [a._replace(name="") if a.sha256 in erased else a for a in arrivals(state)]
    write_whole(journal_path(state), "".join(f"{_line(arrival)}\n" for arrival in told).encode())
    fsync_folder(journal_path(state).parent)


def _line(arrival: Arrival) -> str:
    return json.dumps(arrival._asdict() | {"day": arrival.day.isoformat()}, ensure_ascii=False)


def bring_over(old: Path, state: Path) -> int:
    """Add to the book what another one of the same office has beyond it; how many lines.

    Raises:
        Wrong: one claim is one file here and another there: they are books of two offices.
    """
    here = {arrival.claim: arrival.sha256 for arrival in arrivals(state)}
    there = arrivals(old)
    if any(here.get(arrival.claim, arrival.sha256) != arrival.sha256 for arrival in there):
        raise Wrong(f"{old} belongs to another office.", do="Name the folder in which this office was.")
    book = Journal(state)
    for arrival in there:
        book.note(arrival)
    return len({arrival.claim for arrival in there} - here.keys())
