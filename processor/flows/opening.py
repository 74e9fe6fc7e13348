"""The office's store, opened; never a new one where an old one is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.errors import SetupBroken
from processor.intake.journal import journal_path
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
            do="Put the one of the last backup in its place, then: secor rebuild",
        )
    return Store.open(path)
