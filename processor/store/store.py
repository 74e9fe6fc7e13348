"""The store as one thing: open it, change it all or nothing, ask its six shelves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.store.accounts import Accounts
from processor.store.cases import Cases
from processor.store.database import Database, utc_now
from processor.store.erased import Erased
from processor.store.events import Events
from processor.store.given import Given
from processor.store.letters import Letters
from processor.store.lives import Lives
from processor.store.papers import Papers
from processor.store.parts import Parts
from processor.store.queue import Queue
from processor.store.register import Register

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType
    from typing import Self


class Store:
    """Everything that the office knows. One connection, for one thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.events = Events(database)
        self.parts = Parts(database)
        self.papers = Papers(database, self.events)
        self.register = Register(database, self.events)
        self.cases = Cases(database, self.events)
        self.letters = Letters(database, self.events)
        self.lives = Lives(database, self.events)
        self.given = Given(database, self.events)
        self.erased = Erased(database, self.events)
        self.queue = Queue(database)
        self.accounts = Accounts(database, self.papers)

    @classmethod
    def open(cls, path: Path, *, busy_seconds: float = 5.0, now: Callable[[], datetime] = utc_now) -> Store:
        """The store in that file, made when it is not there, brought up to date when it is older.

        Args:
            path: `state/secor.db`; its folder exists, and lies on a local disk.
            busy_seconds: how long a change waits for another process before it gives up.
            now: the machine's clock, noted on events and used for nothing else.

        Raises:
            SetupBroken: it was written by a newer version, or is no database.
            TryLater: another process holds it, or the disk is full or cannot be written.
        """
        return cls(Database.open(path, busy_seconds=busy_seconds, now=now))

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing: `with store.transaction(): ...`.

        The write lock is taken at the start, so what is read inside cannot change before it ends: look up,
        decide and keep inside one. When it ends without an error everything is on the disk for good.
        Inside another one it is a part of it, undone alone when an error leaves it. Every method that
        changes something is one by itself.

        Raises:
            TryLater: another process holds the store, or the disk is full; nothing was kept.
        """
        return self._database.transaction()

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the file or the chain of events, in sentences; empty when all is well."""
        return (*self._database.faults(), *self.events.faults())

    def copy_into(self, target: Path) -> None:
        """A copy of the store as it is now, whole and checked, in place of a file of that name. Others may write.

        Raises:
            SetupBroken: it is damaged.
            TryLater: the disk is full or cannot be written.
        """
        self._database.copy_into(target)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
