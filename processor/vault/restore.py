"""A backup's files in the place of an office that is not there."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from processor.errors import TryLater, Wrong
from processor.vault import files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processor.vault.backup import Backup


def refuse_taken(*folders: Path) -> None:
    """Raises `Wrong` when something lies in one of the folders: what is there is never written over."""
    for folder in folders:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise Wrong(f"{folder} is not empty.", do="Name a new folder, or move what lies there away.")


@contextmanager
def unpacked(backup: Backup, under: str, target: Path, *, folders: int = 0o700) -> Iterator[Path]:
    """All files of one folder of the backup, under a name of our own that becomes its name when the `with` ends well.

    `folders` is the mode of the folders that are made.

    Raises:
        TryLater: the disk is full or cannot be written.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        files.make_folder(part, folders)
        for path in backup.hashes:
            if Path(path).is_relative_to(under):
                files.copy(backup.folder / path, part / Path(path).relative_to(under), folders=folders)
        yield part
        files.settle(part)
        part.rename(target)  # an empty folder of that name gives way
        files.fsync_folder(target.parent)
    except OSError as error:
        raise TryLater(
            f"The office cannot be written ({error.strerror}).", do="Make room, or name another folder."
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
