"""Which files are taken in: what was left by the last end, then the inbox as it lies, or copies of what is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from processor.flows.running import take_in
from processor.intake.claim import Claims
from processor.intake.scan import ignored, scan
from processor.outbox.publish import sweep

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from processor.errors import TryLater
    from processor.flows.office import Office
    from processor.flows.running import Taken
    from processor.intake.claim import Claim
    from processor.intake.scan import Found, Refused


@dataclass(frozen=True, slots=True)
class Taking:
    """A batch that is under way: draw `taken` to have it done."""

    taken: Iterator[Taken]
    count: int
    later: list[TryLater]
    """Why files could not be kept now, once `taken` is drawn; they stay claimed."""
    refused: tuple[Refused, ...] = ()


def everything(office: Office, paths: Sequence[Path] = ()) -> Taking:
    """What was left over, then the whole inbox; or, when paths are named, copies of these alone."""
    sweep(office.settings.paths.outbox)
    claims = Claims(office.settings.paths.state)
    later: list[TryLater] = []
    left = claims.leftovers()
    if paths:
        files = [f for path in paths for f in _files(path)]
        claimed = (claim for group in (left, map(claims.copy_in, files)) for claim in group)
        return Taking(take_in(office, claims, claimed, later), len(left) + len(files), later)
    sight = scan(office.settings.paths.inbox)
    claimed = (claim for group in (left, _taken(claims, sight.found)) for claim in group)
    return Taking(take_in(office, claims, claimed, later), len(left) + len(sight.found), later, sight.refused)


def those(office: Office, claims: Claims, found: Iterable[Found], later: list[TryLater]) -> Iterator[Taken]:
    """These files of the inbox."""
    return take_in(office, claims, _taken(claims, found), later)


def _taken(claims: Claims, found: Iterable[Found]) -> Iterator[Claim]:
    return (claim for file in found if (claim := claims.take(file)))


def _files(path: Path) -> list[Path]:
    """The file itself, or all files of a folder."""
    if not path.is_dir():
        return [path]
    return [p for p in sorted(path.rglob("*")) if p.is_file() and not ignored(p.name)]
