"""Whether everything that came is accounted for: the rows, the files and the trail of events, held against each other.

Two sides that know nothing of each other are compared: what the disk shows (the book of arrivals, the originals, the
files set aside, the outbox), and what the store says. The disk is looked at first, so that a run under way is no fault.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from processor.intake.journal import arrivals
from processor.intake.originals import original_path
from processor.intake.walk import digest, walk
from processor.outbox.found import letters_found
from processor.store.values import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from processor.intake.journal import Arrival
    from processor.intake.walk import Found
    from processor.outbox.found import Lies
    from processor.settings import Paths
    from processor.store.accounts import Account
    from processor.store.store import Store

_RESTORE = "Put it back from the last backup."
_REBUILD = "Type `secor rebuild`: it is read again."
_TRAIL = "Restore the last backup beside this office and compare; somebody changed the database by hand."
_OURS = "This is a fault of ours; report it."


class Fault(NamedTuple):
    """One thing that does not balance."""

    says: str
    do: str


class Count(NamedTuple):
    """So many files, with so many pages."""

    files: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What was counted."""

    received: Count
    standing: dict[str, Count]
    """Where everything received is: `work`, `waiting`, `done`, `aside`, `known`, `claimed` (not read yet)."""
    originals: int
    written: int
    """Letters in the outbox."""
    owed: int
    numbers: dict[str, int]
    """Of each series of numbers, the last one given."""
    events: int
    head: str
    """The hash of the last event: who has noted it elsewhere can prove that nothing before it was changed."""
    faults: tuple[Fault, ...]


def balance(paths: Paths, store: Store) -> Balance:
    """Count everything, on the disk and in the store. Others may be at work meanwhile."""
    found = walk(paths.state)
    lying = letters_found(paths.outbox)
    account = store.accounts.taken()
    book = {a.claim: a for a in arrivals(paths.state)}
    under_way = book.keys() & (found.claimed.keys() | (book.keys() - {a.claim for a in found.arrivals}))
    claimed = len(under_way - account.claims.keys())
    received = len(book) + sum(claim < 0 for claim in account.claims)
    faults = (
        *_equations(received, account, claimed),
        *_arrivals(book, under_way, account),
        *_originals(paths.state, found, account),
        *_aside(paths.state, found, account),
        *_outbox(paths.outbox, lying, account),
        *_trail(store, account),
        *_numbers(account),
    )
    standing = {p.value: Count(account.files[p], account.pages.get(p, 0)) for p in Progress}
    return Balance(
        received=Count(received, account.pages_received),
        standing=standing | {"known": Count(account.again, account.pages_again), "claimed": Count(claimed, 0)},
        originals=len(found.originals),
        written=len(lying),
        owed=sum(not given.path for given in account.given),
        numbers={each.name: each.last for each in account.series},
        events=account.events,
        head=account.head,
        faults=faults,
    )


def _equations(received: int, account: Account, claimed: int) -> Iterator[Fault]:
    """Received = work + waiting + done + set aside + known, by file and by page."""
    accounted = sum(account.files.values()) + account.again + claimed
    if received != accounted:
        yield Fault(
            f"{received} files were received, and {accounted} are accounted for.", "The faults below say which."
        )
    pages = sum(account.pages.values()) + account.pages_again
    if account.pages_received != pages:
        yield Fault(
            f"{account.pages_received} pages were received, and {pages} lie in papers.", "The faults below say which."
        )
    for key, (counted, lie) in account.miscounted.items():
        yield Fault(f"File {key} has {counted} pages, and {lie} of them lie in its papers.", _OURS)


def _arrivals(book: Mapping[int, Arrival], under_way: AbstractSet[int], account: Account) -> Iterator[Fault]:
    """The book of arrivals says what the store says."""
    for claim, arrival in book.items():
        kept = account.claims.get(claim)
        if kept is None and claim not in under_way:
            yield Fault(f"File {arrival.sha256[:12]} came on {arrival.day} (claim {claim}) and is nowhere.", _REBUILD)
        elif kept is not None and kept != arrival.sha256:
            says = f"Claim {claim} is {arrival.sha256[:12]} in the book of arrivals, {kept[:12]} in the store."
            yield Fault(says, _OURS)
    for claim, kept in account.claims.items():
        if claim > 0 and claim not in book:
            yield Fault(
                f"File {kept[:12]} (claim {claim}) is not in the book of arrivals.",
                "Put originals/journal.jsonl back from the last backup.",
            )
    arrived = set(account.claims.values())
    for stored in account.stored:
        if stored.sha256 not in arrived:
            yield Fault(f"File {stored.sha256[:12]} is kept, and nothing says when it came.", _TRAIL)


def _originals(state: Path, found: Found, account: Account) -> Iterator[Fault]:
    """Every file kept has its bytes, and no bytes lie there that nothing is known of."""
    for stored in account.stored:
        there = digest(original_path(state, stored.sha256))
        if stored.erased and not there:
            continue
        if there != stored.sha256:
            how = "is damaged" if there else "is missing"
            yield Fault(f"The original {stored.sha256[:12]} {how}.", _RESTORE)
    known = {stored.sha256 for stored in account.stored}
    unknown = found.originals - known
    if unknown:
        unknown -= {digest(path) for files in found.claimed.values() for path in files}
    for sha256 in sorted(unknown):
        yield Fault(f"The original {sha256[:12]} lies there, and the store does not know it.", _REBUILD)
    for path in found.strange:
        yield Fault(f"{path} is no original.", "Move it out of the state folder.")


def _aside(state: Path, found: Found, account: Account) -> Iterator[Fault]:
    """Every file set aside lies in `aside/`, and no other."""
    aside = {stored.sha256 for stored in account.stored if stored.aside}
    wanted = aside - {stored.sha256 for stored in account.stored if stored.erased}
    lies: set[str] = set()
    for name, noted in found.aside.items():
        if noted not in aside:
            yield Fault(f"aside/{name} was not set aside by this program.", "Move it into the inbox, or away.")
        elif digest(state / "aside" / name) not in (noted, ""):
            yield Fault(f"aside/{name} was changed.", "Move it away, then type `secor rebuild`.")
        else:
            lies.add(noted)
    for sha256 in sorted(wanted - lies):
        yield Fault(f"File {sha256[:12]} is set aside, and does not lie in aside/.", "Type `secor rebuild`.")


def _outbox(outbox: Path, lying: tuple[Lies, ...], account: Account) -> Iterator[Fault]:
    """Every letter that was written lies in the outbox with the bytes it had, and no other does."""
    for given in account.given:
        there = digest(outbox / given.path) if given.path else ""
        if given.path and there != given.sha256:
            how = "other bytes than were given out" if there else "no file"
            yield Fault(f"Letter {given.number} has {how} at {given.path} in the outbox.", _RESTORE)
    paths = {given.number: given.path for given in account.given}
    for letter in lying:
        if letter.number not in paths:
            yield Fault(f"{letter.path} lies in the outbox, and the store does not know it.", "Type `secor rebuild`.")
        elif paths[letter.number] not in ("", letter.path):
            yield Fault(f"Letter {letter.number} lies in the outbox twice: {letter.path}.", "Remove that one.")


def _trail(store: Store, account: Account) -> Iterator[Fault]:
    """The chain of events is whole, and tells of every row."""
    for says in store.faults():
        yield Fault(says, _TRAIL)
    for what, key in account.untold:
        yield Fault(f"No event tells of {what} {key}.", _TRAIL)
    for what, key in account.unkept:
        yield Fault(f"An event tells of {what} {key}, and it is gone.", _TRAIL)
    for number in account.reworded:
        yield Fault(f"Letter {number} says something else than when it was owed.", _TRAIL)


def _numbers(account: Account) -> Iterator[Fault]:
    """Every number was given once, in order, and none is missing but what an event passes over."""
    for each in account.series:
        for number in each.missing:
            yield Fault(f"Number {number} was given, and nothing has it.", _TRAIL)
        for number in each.beyond:
            yield Fault(f"Number {number} is in use, and was never given.", _TRAIL)
