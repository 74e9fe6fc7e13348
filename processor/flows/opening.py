"""The office's store, opened; never a new one where an old one is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.errors import SetupBroken
from processor.intake.folders import CLAIMED
from processor.intake.journal import arrivals, journal_path
from processor.outbox.found import letters_of_last_day
from processor.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from processor.settings import Settings

DATABASE = "secor.db"


def store_path(settings: Settings) -> Path:
    """Where the database lies."""
    return settings.paths.state / DATABASE


def open_store(settings: Settings) -> Store:
    """The store, made for an office that nothing came to yet.

    Raises:
        SetupBroken: papers came and the database is gone: a new one would give their numbers again; or as `Store.open`.
    """
    path = store_path(settings)
    if not path.exists() and journal_path(settings.paths.state).exists():
        raise SetupBroken(
            f"The database {path} is gone, and the originals of its papers are there.",
            do="Type `secor rebuild --backup FOLDER`, the folder of your backups.",
        )
    return Store.open(path)


def refuse_older(settings: Settings, store: Store) -> None:
    """Refuse to go on with a database that is older than the papers and letters: numbers would be given twice.

    Raises:
        SetupBroken: an arrival or a letter of the last day is there that it does not know.
    """
    state = settings.paths.state
    last = max((arrival.claim for arrival in arrivals(state)), default=0)
    unknown = store.papers.last_claim() < last and not (state / CLAIMED / f"{last:06d}").exists()
    if unknown or any(not store.given.knows(letter.number) for letter in letters_of_last_day(settings.paths.outbox)):
        raise SetupBroken(
            "The database is older than the papers or the letters: it was restored, and not rebuilt.",
            do="Type `secor rebuild`.",
        )
