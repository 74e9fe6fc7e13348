"""The letters that lie in the outbox, by their names alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

_LETTER = re.compile(r"(?P<case>.+?-\d+)-(?P<kind>.+)-(?P<number>L-\d{4}-\d+)\.pdf")


class Lies(NamedTuple):
    """One letter's file."""

    path: str
    """Within the outbox: `2026-11-24/MB-0001-deficiency-L-2026-000123.pdf`."""
    case: str
    kind: str
    number: str


def letters_found(outbox: Path) -> tuple[Lies, ...]:
    """Every file that bears a letter's name, by its path; what else lies there is not ours to judge."""
    files = sorted(outbox.glob("*/*.pdf"))
    return tuple(
        Lies(path.relative_to(outbox).as_posix(), *named.groups())
        for path in files
        if (named := _LETTER.fullmatch(path.name)) and path.is_file()
    )
