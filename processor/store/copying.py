"""A copy of the database while others write to it: one whole file, checked, under its name only when it is good."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING, Any

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined] # the better library where it is installed

from processor.errors import SetupBroken, TryLater

if TYPE_CHECKING:
    from pathlib import Path


def copy_into(connection: Any, target: Path) -> None:  # noqa: ANN401 - pysqlite3 has no types
    """Copy the database of a connection as it is now, in place of a file of that name; on the disk for good.

    All pages go in one step: a copy in many begins again with every write of another, and may never end.

    Raises:
        SetupBroken: what was copied is damaged; nothing lies under the name that did not before.
        TryLater: the disk is full or cannot be written.
        sqlite3.Error: as SQLite says it.
    """
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _write(connection, partial)
        partial.replace(target)
        _fsync(target.parent)
    except OSError as error:
        raise TryLater(
            f"The store cannot be copied ({error.strerror}).", do="Make room on the disk, then try again."
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def _write(connection: Any, partial: Path) -> None:  # noqa: ANN401
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    with closing(sqlite3.connect(str(partial), isolation_level=None)) as copy:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, with no log beside it
        faults = [row[0] for row in copy.execute("PRAGMA integrity_check") if row[0] != "ok"]
    if faults:
        raise SetupBroken(f"The store is damaged ({faults[0]}).", do="Restore the last backup.")
    _fsync(partial)


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
