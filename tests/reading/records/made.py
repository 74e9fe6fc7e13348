"""Records made by hand: rows of text as a page of words, with their rules or without. Everybody is invented."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from processor.model import Box, Cell, FindTables, Grid
from processor.reading import records
from processor.reading.read import read
from tests.reading.cards.canvas import Canvas
from tests.reading.cards.sheets import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processor.model import Document, Page

SCSA = "Saskatchewan Construction Safety Association"
HEADS = ("Name", "Course", "Date completed", "Expires", "Certificate no.")
ADA = ("Ada Stone", "SCOT", "2024-03-05", "", "C-101")
BO = ("Bo Hill", "Standard First Aid with CPR Level C", "2024-04-06", "2027-04-05", "C-102")
CY = ("Cy Lake", "Fall Protection", "2024-05-07", "", "C-103")
WIDTHS = (150, 240, 110, 100, 110)

Rows: TypeAlias = "Sequence[Sequence[str]]"


def page(
    rows: Rows, *, over: Sequence[str] = (SCSA, "Training record"), under: Sequence[str] = (), number: int = 1,
    widths: Sequence[float] = WIDTHS, pitch: float = 24, heights: Sequence[float] = (),
) -> tuple[Page, tuple[Grid, ...]]:  # fmt: skip
    """A page with a table on it, and the table's rules. A line feed in a cell begins a line of it."""
    canvas = Canvas(792, 612)
    y = 40.0
    for line in over:
        canvas.put(40, y, line, 11)
        y += 24
    y += 10
    grid: list[tuple[Cell, ...]] = []
    for n, row in enumerate(rows):
        high = heights[n] if heights else pitch * (1 + 0.5 * max(text.count("\n") for text in row))
        cells: list[Cell] = []
        x = 40.0
        for text, wide in zip(row, widths, strict=False):
            for m, part in enumerate(text.split("\n")):
                canvas.put(x + 4, y + 4 + 12 * m, part, 9)
            cells.append(Cell(text, Box(x, y, x + wide, y + high)))
            x += wide
        grid.append(tuple(cells))
        y += high
    for n, line in enumerate(under):
        canvas.put(40, y + 40 + 24 * n, line, 11)
    return canvas.page(number), (Grid(tuple(grid)),)


def record(rows: Rows, *, ruled: bool = True, **how: object) -> tuple[Document, ...]:
    """The rows as they are read from such a page."""
    made, grids = page(rows, **how)  # type: ignore[arg-type]
    return records.read(made, grids if ruled else (), words()).documents


def whole(*pages: tuple[Page, tuple[Grid, ...]]) -> tuple[Document, ...]:
    """The documents of a file of such pages, questions answered."""
    grids = {made.number: rules for made, rules in pages}
    steps = read([made for made, _ in pages], (), words())
    try:
        question = next(steps)
        while True:
            assert isinstance(question, FindTables)
            question = steps.send(grids[question.page])
    except StopIteration as done:
        found: tuple[Document, ...] = done.value[0]
        return found
