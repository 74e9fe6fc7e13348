"""The retention rules: what is past them goes, for good, and that it went is kept.

Only bytes go: the original, the copy set aside, and the name it came by. What was read stays, since the verdicts rest
on it, and so do the hash, the letters and the trail.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from processor.errors import TryLater
from processor.intake.folders import ASIDE
from processor.intake.journal import forget_names
from processor.intake.originals import original_path
from processor.intake.walk import walk

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from pathlib import Path

    from processor.settings import Settings
    from processor.store.erased import Due
    from processor.store.store import Store


def due(settings: Settings, store: Store, day: date) -> tuple[Due, ...]:
    """The files whose bytes may go on a day; none while no rule is set."""
    return tuple(store.erased.due(asdict(settings.retention), day, store.papers))


def purge(settings: Settings, store: Store, day: date) -> tuple[Due, ...]:
    """Let them go: the event first, then the bytes. What an earlier end left half done is finished. Repeats safely.

    Raises:
        TryLater: a file cannot be removed; the next purge removes it.
    """
    going = due(settings, store, day)
    for each in going:
        store.erased.erase(each, day)
    _remove(settings.paths.state, store.erased.all())
    return going


def _remove(state: Path, erased: Collection[str]) -> None:
    aside = walk(state).aside
    try:
        for sha256 in erased:
            original_path(state, sha256).unlink(missing_ok=True)
        for name, sha256 in aside.items():
            if sha256 in erased:
                (state / ASIDE / name).unlink(missing_ok=True)
                (state / ASIDE / f"{name}.txt").unlink(missing_ok=True)
        if erased:
            forget_names(state, set(erased))
    except OSError as error:
        raise TryLater(
            f"What is to be erased cannot be removed ({error.strerror}).", do="Check the permissions, then try again."
        ) from error
