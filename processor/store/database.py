"""One SQLite file, opened so that a commit that returned is on the disk."""

from __future__ import annotations

import sqlite3 as _standard
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import sqlite_utils
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined] # the better library where it is installed

from processor.errors import SetupBroken, TryLater
from processor.store import schema
from processor.store.copying import copy_into

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from pathlib import Path

_SAFE_WAL = (3, 51, 3)
"""Earlier libraries can lose commits in WAL with two connections (sqlite.org/wal.html, the reset bug)."""


def utc_now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


class Database:
    """A connection that speaks in whole transactions, and in our errors."""

    def __init__(self, connection: Any, now: Callable[[], datetime]) -> None:  # noqa: ANN401 - pysqlite3 has no types
        self._connection = connection
        self.now = now

    @classmethod
    def open(cls, path: Path, *, busy_seconds: float, now: Callable[[], datetime]) -> Database:
        """See `Store.open`."""
        _touch(path)
        with _our_errors():
            connection = sqlite3.connect(str(path), timeout=busy_seconds, isolation_level=None)
            try:
                _prepare(connection)
                schema.bring_up_to_date(sqlite_utils.Database(connection), path)
            except BaseException:
                connection.close()
                raise
        return cls(connection, now)

    @contextmanager
    def transaction(self) -> Generator[None]:
        """See `Store.transaction`."""
        # a plain BEGIN reads first and may then be refused the write at once, whatever the timeout
        inner = self.in_transaction
        self.do("SAVEPOINT part" if inner else "BEGIN IMMEDIATE")
        try:
            yield
            self.do("RELEASE part" if inner else "COMMIT")
        except BaseException:
            # a full disk may have ended the transaction already
            if self.in_transaction:
                self.do("ROLLBACK TO part" if inner else "ROLLBACK")
                if inner:
                    self.do("RELEASE part")
            raise

    @property
    def in_transaction(self) -> bool:
        """Whether a change is under way."""
        return bool(self._connection.in_transaction)

    def rows(self, sql: str, *values: object) -> list[Any]:
        """All rows of a question, addressed by column name."""
        with _our_errors():
            return list(self._connection.execute(sql, values))

    def row(self, sql: str, *values: object) -> Any | None:  # noqa: ANN401 - SQL comes in here, values go out one call later
        """The first row, or none."""
        with _our_errors():
            return self._connection.execute(sql, values).fetchone()

    def do(self, sql: str, *values: object) -> int:
        """Change something inside a transaction; how many rows changed."""
        with _our_errors():
            return int(self._connection.execute(sql, values).rowcount)

    def add(self, sql: str, *values: object) -> int:
        """Insert one row inside a transaction; its number."""
        with _our_errors():
            return int(self._connection.execute(sql, values).lastrowid)

    def add_many(self, sql: str, many: Iterable[tuple[object, ...]]) -> None:
        """Insert many rows inside a transaction."""
        with _our_errors():
            self._connection.executemany(sql, many)

    def count(self, name: str) -> int:
        """One more of that name, from 1 on, inside a transaction: without gaps, since a rollback takes it back."""
        row = self.row(
            "INSERT INTO counters (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1"
            " RETURNING value",
            name,
        )
        assert row is not None  # noqa: S101 - RETURNING returns
        return int(row["value"])

    def faults(self) -> tuple[str, ...]:
        """What SQLite's own check finds."""
        said = [str(row[0]) for row in self.rows("PRAGMA integrity_check")]
        wild = [f"a row of {row[0]} refers to nothing" for row in self.rows("PRAGMA foreign_key_check")]
        return (*(s for s in said if s != "ok"), *wild)

    def copy_into(self, target: Path) -> None:
        """See `Store.copy_into`."""
        with _our_errors():
            copy_into(self._connection, target)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def _prepare(connection: Any) -> None:  # noqa: ANN401
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA trusted_schema = OFF")
    mode = "WAL" if sqlite3.sqlite_version_info >= _SAFE_WAL else "TRUNCATE"
    if connection.execute("PRAGMA journal_mode").fetchone()[0].upper() != mode:
        connection.execute(f"PRAGMA journal_mode = {mode}")


def _touch(path: Path) -> None:
    try:
        path.touch(mode=0o600)
    except OSError as error:
        raise TryLater(
            f"The store cannot be opened ({error.strerror}).", do="Make the state folder writable, then try again."
        ) from error


_ERRORS = (sqlite3.DatabaseError, _standard.DatabaseError)
_BUSY = ("locked", "busy")
_DISK = ("full", "i/o error", "readonly", "unable to open")


@contextmanager
def _our_errors() -> Generator[None]:
    try:
        yield
    except _ERRORS as error:
        said = str(error).lower()
        if any(word in said for word in _BUSY):
            raise TryLater(
                "Another process is writing to the store.", do="Wait until it has finished, then try again."
            ) from error
        if any(word in said for word in _DISK):
            raise TryLater(
                f"The store cannot be written ({error}).",
                do="Make room on the disk and check its permissions; nothing is lost.",
            ) from error
        if "not a database" in said or "malformed" in said:
            raise SetupBroken(f"The store is damaged ({error}).", do="Restore the last backup.") from error
        raise
