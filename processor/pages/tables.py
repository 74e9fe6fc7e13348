"""The ruled tables of one page, by pdfplumber, which finds them whatever their shape. Asked only for training records.

It is ten times slower than pdfium, so it opens the one page that is asked for; what it cannot read has no tables.
"""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any

from processor.model import Box, Cell, Grid
from processor.pages.limits import MAX_CELLS, MAX_RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

Corners = tuple[float, float, float, float]
"""Left, top, right, bottom."""
_INSIDE = 1.0
"""So far inside its left and upper rule a place of the table is looked at."""


def tables(data: bytes, number: int) -> tuple[Grid, ...]:
    """The ruled tables of a page (from 1), from the top; none where the page is no page or cannot be read.

    Boxes in points from the top left of the upright page, crop box taken off.
    """
    import pdfplumber  # noqa: PLC0415 - slow to load, and few papers want it

    for library in ("pdfminer", "pdfplumber"):
        logging.getLogger(library).setLevel(logging.CRITICAL + 1)
    try:
        with pdfplumber.open(io.BytesIO(data), pages=[number]) as file:
            return tuple(grid for page in file.pages for grid in _grids(page))
    except MemoryError:
        raise  # the same page must read the same wherever it is read
    except Exception:  # noqa: BLE001 - a stranger raises whatever it likes, and then there are no tables
        return ()


def _grids(page: Any) -> list[Grid]:  # noqa: ANN401 - pdfplumber is untyped
    try:
        if len(page.rects) + len(page.lines) + len(page.curves) > MAX_RULES:
            return []
        left, top = _cropped(page.page_obj.mediabox, page.page_obj.cropbox, page.rotation)
        found = [table for table in page.find_tables() if len(table.cells) <= MAX_CELLS]
        ordered = sorted(found, key=lambda table: (table.bbox[1], table.bbox[0]))
        return [_grid(table.extract(), [row.cells for row in table.rows], left, top) for table in ordered]
    finally:
        page.close()


def _cropped(media: Corners, crop: Corners, turned: int) -> tuple[float, float]:
    """What the crop box takes off at the left and the top of the upright page; pdfplumber counts from the media box."""
    left, bottom, right, top = (max(sign * (c - m), 0) for sign, m, c in zip((1, 1, -1, -1), media, crop, strict=True))
    return {90: (bottom, left), 180: (right, bottom), 270: (top, right)}.get(turned, (left, top))


def _grid(
    texts: Sequence[Sequence[str | None]], places: Sequence[Sequence[Corners | None]], x: float, y: float
) -> Grid:
    """The table with every place filled: by the cell that covers it, or by an empty one in a hole of the rules."""
    known = [
        (corners, Cell(text or "", _box(corners, x, y)))
        for row, said in zip(places, texts, strict=True)
        for corners, text in zip(row, said, strict=True)
        if corners is not None
    ]
    lefts, tops = (sorted({corners[n] for corners, _ in known}) for n in (0, 1))
    return Grid(tuple(tuple(_covering(known, left - x, top - y) for left in lefts) for top in tops))


def _covering(known: Sequence[tuple[Corners, Cell]], left: float, top: float) -> Cell:
    place = Box(left + _INSIDE, top + _INSIDE, left + _INSIDE, top + _INSIDE)
    return next((cell for _, cell in known if cell.box.holds(place)), Cell("", place))


def _box(corners: Corners, x: float, y: float) -> Box:
    left, top, right, bottom = corners
    return Box(round(left - x, 2), round(top - y, 2), round(right - x, 2), round(bottom - y, 2))
