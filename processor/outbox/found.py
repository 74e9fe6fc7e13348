"""The letters that lie in the outbox, by their names alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_LETTER = re.compile(r"(?P<case>.+?-\d+)-(?P<kind>.+)-(?P<number>L-\d{4}-\d+)\.pdf")

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Lies(NamedTuple):
    """One letter's file."""

    path: str
    """Within the outbox: `2026-11-24/MB-0001-deficiency-L-2026-000123.pdf`."""
    case: str
    kind: str
    number: str


def letters_found(outbox: Path) -> tuple[Lies, ...]:
    """Every file that bears a letter's name, by its path; what else lies there is not ours to judge."""
    return _letters(outbox, outbox.glob("*/*.pdf"))


def letters_of_last_day(outbox: Path) -> tuple[Lies, ...]:
    """Those of the last day that has any."""
    days = sorted((p for p in outbox.iterdir() if _DAY.fullmatch(p.name)), reverse=True)
    return next((found for day in days if (found := _letters(outbox, day.glob("*.pdf")))), ())


def _letters(outbox: Path, files: Iterable[Path]) -> tuple[Lies, ...]:
    return tuple(
        Lies(path.relative_to(outbox).as_posix(), *named.groups())
        for path in sorted(files)
        if (named := _LETTER.fullmatch(path.name)) and path.is_file()
    )
