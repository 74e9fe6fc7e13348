"""Every case and every number again, from an older database, the originals and the outbox.

What the outbox shows comes first: its numbers are used, and its cases have their codes. Then every original that the
database does not know is read again, in the order and on the days on which they came, and judged day by day; a letter
that follows again takes up the one that lies in the outbox. What people answered since the backup is asked again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from processor.errors import ProcessorError, Wrong
from processor.flows.answering import answer
from processor.flows.house import SETTINGS, read_settings
from processor.flows.living import standing_of
from processor.flows.running import take_in
from processor.intake.claim import Claims
from processor.intake.folders import CLAIMED, ORIGINALS, prepare
from processor.intake.journal import JOURNAL, arrivals, bring_over
from processor.intake.walk import digest, walk
from processor.model import LetterKind
from processor.outbox.found import letters_found
from processor.outbox.manifest import rows
from processor.outbox.names import MANIFEST, letter_path
from processor.settings import load
from processor.store.values import GivenOut
from processor.vault.files import link

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from processor.errors import TryLater
    from processor.flows.office import Office
    from processor.intake.journal import Arrival
    from processor.settings import Paths


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What a rebuild came to."""

    read: int
    """Files that were read again."""
    found: int
    """Letters of the outbox that the database did not know."""
    waiting: tuple[GivenOut, ...]
    """Those of them that nothing followed to again: what a person said is asked again, or papers are missing."""
    ended: tuple[GivenOut, ...]
    """Those of them that end a certification which is in force by all that is known now: a person must end it again."""
    later: tuple[ProcessorError, ...]
    """Why something could not be read or written now; to rebuild again goes on from there."""


def gather(old: Paths, paths: Paths) -> int:
    """Bring over what is left of the office elsewhere: originals, claimed files, letters, the book; how many files.

    What lies here already stays. An original must have the bytes of its name.

    Raises:
        Wrong: it is another office's.
    """
    count = bring_over(old.state, paths.state) if old.state.is_dir() else 0
    for source, target in (
        (old.state / ORIGINALS, paths.state / ORIGINALS),
        (old.state / CLAIMED, paths.state / CLAIMED),
        (old.outbox, paths.outbox),
    ):
        for path in sorted(source.rglob("*")):
            here = target / path.relative_to(source)
            if path.is_file() and not path.is_symlink() and path.name != JOURNAL and not here.exists():
                hashed = link(path, here)
                if source.name == ORIGINALS and hashed != path.name:
                    here.unlink()
                    continue
                count += 1
    return count


def gather_from(old: Path, home: Path) -> int:
    """Bring over what is left of an office in another folder; how many files. Raises as `gather` does."""
    paths = read_settings(home).paths
    prepare(paths)
    there = read_settings(old).paths if (old / SETTINGS).exists() else load("", old.resolve()).paths
    return gather(there, paths)


def rebuild(office: Office) -> Rebuilt:
    """Bring the database up to what the originals and the outbox show. Repeats safely."""
    outbox, state = office.settings.paths.outbox, office.settings.paths.state
    _note_written(office)
    found = office.store.given.enter(given_out(outbox), office.day)
    claims = Claims(state)
    later: list[TryLater] = []
    failed: list[ProcessorError] = []
    given = sorted({letter.day for letter in office.store.given.waiting()})
    read = 0
    for day, came in groupby(_unknown(office), key=lambda arrival: arrival.day):
        # a letter may have followed from a day alone, or from what the backup held
        for quiet in (other for other in given if other < day):
            failed += _answered(replace(office, day=quiet))
        given = [other for other in given if other > day]
        then = replace(office, day=day)
        read += sum(1 for _ in take_in(then, claims, filter(None, map(claims.again, came)), later))
        failed += _answered(then)
    for quiet in given:
        failed += _answered(replace(office, day=quiet))
    book = {arrival.sha256 for arrival in arrivals(state)}
    strays = (claims.stray(each, office.day) for each in sorted(walk(state).originals - book - _kept(office)))
    read += sum(1 for _ in take_in(office, claims, filter(None, strays), later))
    failed += _answered(office)
    office.store.events.add("rebuilt", office.day, read=read, found=found)
    return Rebuilt(
        read=read,
        found=found,
        waiting=office.store.given.waiting(),
        ended=tuple(_ended(office)),
        later=(*later, *failed),
    )


def _ended(office: Office) -> Iterator[GivenOut]:
    """For each case the last letter of an end, unless it was put back after that."""
    kinds = (LetterKind.LAPSE, LetterKind.WITHDRAWAL, LetterKind.REINSTATEMENT)
    last = {given.case: given for given in office.store.given.waiting() if given.kind in kinds}
    for summary in office.store.cases.summaries():
        given = last.get(summary.code)
        if given and given.kind != LetterKind.REINSTATEMENT and standing_of(office, summary.code).in_force:
            yield given


def given_out(outbox: Path) -> Iterator[GivenOut]:
    """Every letter that a day's manifest lists, and every other that lies in the outbox."""
    listed: set[str] = set()
    for path in sorted(outbox.glob(f"*/{MANIFEST}")):
        for given in _listed(path):
            listed.add(given.number)
            yield given
    for lies in letters_found(outbox):
        if lies.number not in listed:
            path = outbox / lies.path
            yield GivenOut(
                number=lies.number,
                case=lies.case,
                kind=lies.kind,
                day=_day(path.parent.name, path),
                certificate="",
                employer="",
                path=lies.path,
                sha256=digest(path),
            )


def _listed(path: Path) -> Iterator[GivenOut]:
    try:
        for row in rows(path.read_bytes()):
            yield GivenOut(
                number=row["letter"],
                case=row["case"],
                kind=row["kind"],
                day=_day(path.parent.name, path),
                certificate=row["certificate"],
                employer=row["employer"],
                path=row["file"],
                sha256=row["sha256"],
            )
    except (KeyError, UnicodeDecodeError) as error:
        raise Wrong(
            f"{path} is no list of letters any more.", do="Put it back from a backup, as `secor run` wrote it."
        ) from error


def _day(folder: str, path: Path) -> date:
    try:
        return date.fromisoformat(folder)
    except ValueError as error:
        raise Wrong(f"{path} lies in no folder of a day.", do="Move it into the one of its day.") from error


def _answered(office: Office) -> list[ProcessorError]:
    """Answer on a day; why letters could not be printed."""
    return [answered.failed for answered in answer(office) if answered.failed]


def _note_written(office: Office) -> None:
    """Letters that were owed when the backup was made, and lie in the outbox now."""
    for posted in office.store.letters.owed():
        path = letter_path(posted.letter.day, posted.case, posted.letter.kind.value, posted.number)
        there = office.settings.paths.outbox / path
        if there.is_file():
            office.store.letters.written(posted.number, office.day, path=str(path), sha256=digest(there))


def _unknown(office: Office) -> list[Arrival]:
    """The arrivals that the store does not know, in their order; and those set aside whose file is not there."""
    account = office.store.accounts.taken()
    found = walk(office.settings.paths.state)
    lost = {stored.sha256 for stored in account.stored if stored.aside and not stored.erased} - set(
        found.aside.values()
    )
    book = sorted(found.arrivals)
    first = {arrival.sha256: arrival for arrival in reversed(book)}
    again = {first[sha256].claim for sha256 in lost & first.keys()}
    return [arrival for arrival in book if arrival.claim not in account.claims or arrival.claim in again]


def _kept(office: Office) -> set[str]:
    return {stored.sha256 for stored in office.store.accounts.taken().stored}
