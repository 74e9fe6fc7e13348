"""How files in the outbox are named: a folder a day, safe characters only, no name of a person or an employer."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

MANIFEST = "manifest.csv"


def letter_path(day: date, case: str, kind: str, number: str) -> PurePosixPath:
    """Where a letter lies within the outbox: `2026-11-24/MB-0001-deficiency-L-2026-000123.pdf`."""
    return PurePosixPath(day.isoformat()) / f"{safe(case)}-{safe(kind)}-{safe(number)}.pdf"


def manifest_path(day: date) -> PurePosixPath:
    """Where the list of a day's letters lies within the outbox."""
    return PurePosixPath(day.isoformat()) / MANIFEST


def safe(text: str) -> str:
    """Letters, digits, dots, dashes and underscores, and a dash for everything else."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip(".-") or "x"
