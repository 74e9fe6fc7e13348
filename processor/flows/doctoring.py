"""Whether everything is in order: what a careful operator would look at before trusting an office."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

from processor.errors import ProcessorError
from processor.flows import house
from processor.flows.keeping import BACKED_UP
from processor.flows.office import crew_for, forms_of
from processor.flows.opening import open_store
from processor.intake.folders import prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from processor.settings import Settings

_LITTLE_ROOM = 500 << 20
"""Bytes of free disk under which an operator should hear of it."""


class Symptom(NamedTuple):
    """One thing looked at."""

    what: str
    well: bool
    says: str


def symptoms(home: Path) -> Iterator[Symptom]:
    """Everything that is looked at, one after the other; the settings first, since all else needs them."""
    try:
        settings = house.read_settings(home)
    except ProcessorError as wrong:
        yield Symptom("settings", well=False, says=str(wrong))
        return
    yield Symptom("settings", well=True, says=str(home / house.SETTINGS))
    for what, look in _LOOKS.items():
        try:
            yield Symptom(what, well=True, says=look(settings))
        except ProcessorError as wrong:
            yield Symptom(what, well=False, says=str(wrong))


def _folders(settings: Settings) -> str:
    prepare(settings.paths)
    return f"inbox {settings.paths.inbox}, outbox {settings.paths.outbox}, state {settings.paths.state}"


def _database(settings: Settings) -> str:
    with open_store(settings) as store:
        faults = store.faults()
    if faults:
        raise ProcessorError(" ".join(faults), do="Restore the last backup of the state folder.")
    return "sound; the trail of events is unbroken"


def _backup(settings: Settings) -> str:
    with open_store(settings) as store:
        last = store.events.latest(BACKED_UP)
    return f"the last one was made on {last.day}" if last else "none was made yet: secor backup DIR"


def _rulebooks(settings: Settings) -> str:
    books = house.read_rulebooks(settings)
    return ", ".join(f"{name} {book.version}" for name, book in books.items())


def _reading(settings: Settings) -> str:
    with crew_for(settings, 1) as crew:
        forms = forms_of(crew)
    return "a limited process starts; forms: " + ", ".join(f"{f.name} {f.version}" for f in forms.values())


def _room(settings: Settings) -> str:
    free = shutil.disk_usage(settings.paths.state).free
    if free < _LITTLE_ROOM:
        raise ProcessorError(f"Only {free >> 20} MB are free on the disk.", do="Make room before the next run.")
    return f"{free >> 30} GB free"


_LOOKS: dict[str, Callable[[Settings], str]] = {
    "folders": _folders,
    "database": _database,
    "backup": _backup,
    "rulebooks": _rulebooks,
    "reading": _reading,
    "disk": _room,
}
