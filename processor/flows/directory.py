"""The public directory: who is certified and consents, put into the outbox in place of the one before."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from processor.casework.names import folded
from processor.outbox.directory import Entry, data, page, sheet
from processor.outbox.publish import replace_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from processor.flows.office import Office
    from processor.rulebook.book import Rulebook
    from processor.store.store import Store

FOLDER = PurePosixPath("directory")


def publish_directory(office: Office) -> None:
    """Bring the directory in the outbox up to date; a file that is right already is left alone."""
    found = entries(office.store, office.rulebooks)
    for name, made in files(found).items():
        target = office.settings.paths.outbox / FOLDER / name
        if not _is(target, made):
            replace_whole(office.settings.paths.outbox, FOLDER / name, made)


def entries(store: Store, rulebooks: Mapping[str, Rulebook]) -> tuple[Entry, ...]:
    """Who stands in the directory, in the order of the alphabet."""
    found = [
        Entry(
            name=one.legal_name,
            operating_as=one.operating_name,
            city=one.city,
            program=rulebooks[one.program].title,
            certificate=one.certificate,
            certified_since=one.since.isoformat(),
            valid_to=one.until.isoformat(),
        )
        for one in store.lives.certified()
    ]
    return tuple(sorted(found, key=lambda entry: (folded(entry.name), entry)))


def files(found: tuple[Entry, ...]) -> dict[str, bytes]:
    """The directory's files by name."""
    return {"directory.html": page(found), "directory.csv": sheet(found), "directory.json": data(found)}


def _is(target: Path, made: bytes) -> bool:
    try:
        return target.read_bytes() == made
    except FileNotFoundError:
        return False
