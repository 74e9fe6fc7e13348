"""The digest of a day as plain text for people: keys, codes and counts, no name of a person or an employer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What came on a day, and what waits now."""

    day: date
    new: int
    aside: int
    """Of the new files, those that no reader opens."""
    again: int
    """Files that were known already."""
    letters: Mapping[str, int]
    """Written on that day, by kind."""
    owed: int
    """Letters that are owed and could not be printed yet."""
    questions: Mapping[str, int]
    """Open questions of cases, by the code of the finding."""
    pool: int
    """Papers that nobody claims."""
    undecided: tuple[str, ...]
    """Cases whose days of grace are over."""
    oldest: str = ""
    """Of the file that has waited longest for a person: twelve characters of its hash; empty for none."""
    received: date | None = None
    """When that file came."""
    waited: int = 0
    """Days since then."""


def digest_path(day: date) -> PurePosixPath:
    """Where a day's digest lies within the outbox."""
    return PurePosixPath("digest") / f"{day.isoformat()}.txt"


def text(digest: Digest) -> str:
    """The digest in a few lines, also when nothing happened."""
    return "".join(f"{line}\n" for line in _lines(digest))


def _lines(digest: Digest) -> Iterator[str]:
    yield f"SECOR, {digest.day.isoformat()}"
    yield ""
    yield from _came(digest)
    yield ""
    yield from _waits(digest)


def _came(digest: Digest) -> Iterator[str]:
    if not (digest.new or digest.again or digest.letters):
        yield "Nothing came on this day, and no letter was written."
        return
    yield f"New files: {digest.new}" + (f", of which nobody could read {digest.aside}" if digest.aside else "")
    if digest.again:
        yield f"Files that were known already: {digest.again}"
    yield f"Letters written: {_by(digest.letters) or 'none'}"


def _waits(digest: Digest) -> Iterator[str]:
    if digest.owed:
        yield f"Letters that could not be written yet: {digest.owed} (secor run)"
    if not (digest.questions or digest.pool or digest.undecided):
        yield "Nothing waits for a person."
        return
    yield "A person is needed:"
    if digest.questions:
        yield f"  Questions of cases: {_by(digest.questions)} (secor review)"
    if digest.pool:
        yield f"  Papers that no employer claims: {digest.pool} (secor review)"
    if digest.undecided:
        yield f"  Days of grace are over: {', '.join(digest.undecided)} (secor case lapse, or extend)"
    if digest.received:
        age = "1 day" if digest.waited == 1 else f"{digest.waited} days"
        yield f"  The oldest waiting file: {digest.oldest}, came {digest.received.isoformat()}, waits {age}"


def _by(counts: Mapping[str, int]) -> str:
    """`3 (near-name 2, unsure-reading 1)`; empty for none."""
    return f"{sum(counts.values())} ({', '.join(f'{k} {n}' for k, n in counts.items())})" if counts else ""
