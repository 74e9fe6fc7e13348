"""Lists for people and their spreadsheets: CSV in which no cell is a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The last four are the wide forms, which some spreadsheets take for the narrow ones."""


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file with a head line, UTF-8 with the mark that spreadsheets ask for, lines ended as RFC 4180 says."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([guarded(column) for column in columns])
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def rows(data: bytes) -> list[dict[str, str]]:
    """The rows of such a file, by their columns, each cell as it was before it was guarded."""
    return [
        {k: _bare(v or "") for k, v in row.items() if k}
        for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    ]


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip(" ").startswith(_FORMULA) else cell


def guarded(cell: object) -> str:
    """A cell as text that no spreadsheet takes for a formula: an apostrophe before what could begin one."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
