"""A copy of the whole office on another disk, and an office again from such a copy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from processor.errors import Wrong
from processor.flows.house import SETTINGS, read_settings
from processor.flows.opening import DATABASE, open_store
from processor.flows.rebuilding import gather
from processor.intake.folders import ASIDE, CLAIMED, ORIGINALS, prepare
from processor.intake.journal import JOURNAL
from processor.settings import Paths, load
from processor.store.store import Store
from processor.vault.backup import opened, packing, verify
from processor.vault.files import copy
from processor.vault.restore import refuse_taken, unpacked

if TYPE_CHECKING:
    from datetime import datetime

    from processor.settings import Settings
    from processor.vault.backup import Backup, Packing

STATE, OUTBOX, TEMPLATES = "state", "outbox", "templates"
"""The folders of a backup."""


_LOGS = ("-wal", "-shm", "-journal")
"""What SQLite leaves beside a database; with another database it would spoil that one."""
BACKED_UP = "backed up"
"""The kind of the event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """What a backup came to."""

    backup: Backup
    damaged: tuple[str, ...]
    """Originals whose bytes are not those of their name any more: they were before this backup."""


def back_up(home: Path, shelf: Path, now: datetime, *, program: str) -> BackedUp:
    """Copy the office into a folder of backups, while others work in it.

    The database is copied first and what it speaks of after it: so nothing that it knows is missing. What came
    meanwhile is there as well, and `secor rebuild` reads it again after a restore.

    Raises:
        Wrong: the folder lies in the office's own folders.
        TryLater: it cannot be written.
        SetupBroken: the database is damaged.
    """
    settings = read_settings(home)
    prepare(settings.paths)
    _refuse_inside(settings, shelf)
    with open_store(settings) as store, packing(shelf, now) as parcel:
        copied = parcel.folder / STATE / DATABASE
        copied.parent.mkdir(mode=0o700)
        store.copy_into(copied)
        with Store.open(copied) as copy:
            account = copy.accounts.taken()
        parcel.enter(f"{STATE}/{DATABASE}")
        _pack(parcel, settings, home)
        backup = parcel.finish(now, program=program, events=account.events, head=account.head)
        store.events.add(BACKED_UP, now.date(), files=len(backup.hashes), head=account.head)
    originals = f"{STATE}/{ORIGINALS}/"
    damaged = (
        path
        for path, hashed in backup.hashes.items()
        if path.startswith(originals) and not path.endswith((JOURNAL, hashed))
    )
    return BackedUp(backup=backup, damaged=tuple(damaged))


def _pack(parcel: Packing, settings: Settings, home: Path) -> None:
    state = settings.paths.state
    parcel.add(home / SETTINGS, SETTINGS, moves=_always)
    if settings.paths.templates != Path():
        parcel.add(settings.paths.templates, TEMPLATES, moves=_always)
    parcel.add(state / CLAIMED, f"{STATE}/{CLAIMED}", moves=_always)
    parcel.add(state / ORIGINALS, f"{STATE}/{ORIGINALS}", moves=lambda path: path.name == JOURNAL)
    parcel.add(state / ASIDE, f"{STATE}/{ASIDE}", moves=_always)
    parcel.add(settings.paths.outbox, OUTBOX)


def _always(_path: Path) -> bool:
    return True


def _refuse_inside(settings: Settings, shelf: Path) -> None:
    paths = settings.paths
    for folder in (paths.inbox, paths.outbox, paths.state):
        if shelf.resolve().is_relative_to(folder.resolve()):
            raise Wrong(
                f"{shelf} lies in the office's own {folder}.", do="Name a folder elsewhere, best on another disk."
            )


def bring_back(home: Path, shelf: Path) -> None:
    """The database of a backup where the office's own is gone, and with it every file of the backup that is gone here.

    Raises:
        Wrong: there is no backup, or the office has a database.
        SetupBroken: the backup is damaged, or was made by a newer version.
        TryLater: the disk is full.
    """
    paths = read_settings(home).paths
    prepare(paths)
    target = paths.state / DATABASE
    if target.exists():
        raise Wrong(f"The database {target} is there.", do="Move it away, with what is named like it, to take another.")
    backup = opened(shelf)
    verify(backup)
    gather(Paths(state=backup.folder / STATE, outbox=backup.folder / OUTBOX), paths)
    for log in (target.with_name(f"{DATABASE}{ending}") for ending in _LOGS):
        if log.exists():
            log.rename(log.with_name(f"{log.name}.lost"))
    part = target.with_name(f".{DATABASE}.part")
    part.unlink(missing_ok=True)
    copy(backup.folder / STATE / DATABASE, part)
    Store.open(part).close()
    part.rename(target)


def restore(shelf: Path, home: Path) -> Settings:
    """An office again, from a backup or the newest of a folder of them; its settings.

    The settings of the backup say where its state and its outbox lie. Every file is hashed before anything is written.

    Raises:
        Wrong: there is no backup, or something lies in the office's folders already.
        SetupBroken: the backup is damaged, or was made by a newer version.
        TryLater: the disk is full.
    """
    backup = opened(shelf)
    verify(backup)
    settings = load((backup.folder / SETTINGS).read_text("utf-8"), home.resolve())
    paths = settings.paths
    refuse_taken(home, paths.state, paths.outbox)
    home.mkdir(parents=True, exist_ok=True)
    shared = 0o777
    with unpacked(backup, STATE, paths.state) as state, unpacked(backup, OUTBOX, paths.outbox, folders=shared):
        Store.open(state / DATABASE).close()  # a newer one is refused while nothing has its name
        if paths.templates != Path():
            with unpacked(backup, TEMPLATES, paths.templates, folders=shared):
                pass
        copy(backup.folder / SETTINGS, home / SETTINGS, folders=shared)
    prepare(paths)
    return settings
