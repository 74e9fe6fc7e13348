"""The office's folders: made with the right modes, and kept apart from each other and from the code."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from processor.errors import SetupBroken

if TYPE_CHECKING:
    from processor.settings import Paths

HOUSE = Path(__file__).resolve().parents[1]
"""Where this program lies."""

CLAIMED, ORIGINALS, ASIDE = "claimed", "originals", "aside"
"""The folders of the state."""


def refuse_overlap(paths: Paths) -> None:
    """Refuse folders that lie in one another, or around this program or in it.

    Raises:
        SetupBroken: naming the two.
    """
    named = {"inbox": paths.inbox, "outbox": paths.outbox, "state folder": paths.state}
    for one, other in combinations(named, 2):
        if _overlap(named[one], named[other]):
            raise SetupBroken(
                f"The {one} ({named[one]}) and the {other} ({named[other]}) lie in one another.",
                do="Give each a folder of its own in secor.toml, under [paths].",
            )
    for name, folder in named.items():
        if _overlap(folder, HOUSE):
            raise SetupBroken(
                f"The {name} ({folder}) overlaps the program itself ({HOUSE}).",
                do="Put it elsewhere in secor.toml, under [paths].",
            )


def prepare(paths: Paths) -> None:
    """Make the folders that are missing: the state for the owner alone, inbox and outbox as the system likes.

    Raises:
        SetupBroken: as `refuse_overlap`, or one cannot be made.
    """
    refuse_overlap(paths)
    try:
        paths.inbox.mkdir(parents=True, exist_ok=True)
        paths.outbox.mkdir(parents=True, exist_ok=True)
        paths.state.mkdir(parents=True, exist_ok=True, mode=0o700)
        paths.state.chmod(0o700)
        for name in (CLAIMED, ORIGINALS, ASIDE):
            (paths.state / name).mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise SetupBroken(
            f"The folder {error.filename} cannot be made ({error.strerror}).",
            do="Make it by hand, or name another in secor.toml, under [paths].",
        ) from error


def _overlap(one: Path, other: Path) -> bool:
    one, other = one.resolve(), other.resolve()
    return one.is_relative_to(other) or other.is_relative_to(one)
