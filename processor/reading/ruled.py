"""Tables of training as headings and rows of entries, from the rules that the page draws (see also `unruled`)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from processor.reading import headings
from processor.reading.date_search import written
from processor.reading.headings import Heading
from processor.reading.lines import around, assembled, sheet
from processor.reading.persons import person

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from processor.model import Box, Cell, Grid, Page
    from processor.reading.lines import Line
    from processor.reading.vocabulary import Vocabulary


class Entry(NamedTuple):
    """What stands in one place of a table."""

    line: Line | None
    """Its words as one line; none in an empty place."""
    box: Box
    sound: bool = True
    """Whether it surely belongs here: both readers say the same, and it fits its column."""
    lines: tuple[Line, ...] = ()
    """The same words, line by line."""

    @property
    def text(self) -> str:
        """What is printed here."""
        return "" if self.line is None else " ".join(self.line.text.split())


@dataclass(frozen=True, slots=True)
class Table:
    """A table of training: a heading and an entry for each column."""

    headings: tuple[Heading, ...]
    rows: tuple[tuple[Entry, ...], ...]
    box: Box
    """Around headings and rows."""
    clean: bool = True
    """False where rows or columns could not surely be told apart."""


def tables(page: Page, grids: Iterable[Grid], vocabulary: Vocabulary) -> tuple[Table, ...]:
    """The ruled tables of training on the page, from the top. One without headings goes on with those above it."""
    found: list[Table] = []
    for grid in grids:
        table = _headed(page, grid, vocabulary)
        if table is not None:
            found.append(table)
        elif found and _continues(found[-1], grid):
            found[-1] = _joined(found[-1], [_entries(page, row) for row in grid.rows])
    return tuple(table for table in found if table.rows)


def _headed(page: Page, grid: Grid, vocabulary: Vocabulary) -> Table | None:
    rows = [_entries(page, row) for row in grid.rows]
    for n, row in enumerate(rows):
        found = _headings(row, vocabulary)
        if headings.heads(found):
            under = _under(row, rows[n + 1], vocabulary) if n + 1 < len(rows) else None
            found, rest = (found, rows[n + 1 :]) if under is None else (under, rows[n + 2 :])
            kept = tuple(r for r in rest if any(e.line for e in r) and [e.text for e in r] != [e.text for e in row])
            box = around([entry.box for each in (row, *rest) for entry in each])
            return Table(found, kept, box)
    return None


def _headings(row: Sequence[Entry], vocabulary: Vocabulary) -> tuple[Heading, ...]:
    empty = Heading(headings.UNKNOWN, "", row[0].box)
    return tuple(empty if e.line is None else headings.heading(e.line, vocabulary) for e in row)


def _under(row: Sequence[Entry], second: Sequence[Entry], vocabulary: Vocabulary) -> tuple[Heading, ...] | None:
    """The headings where two rows make them (`SCOT` over `Completed | Expires`); None where the second is none."""
    if not any(a.box != b.box and b.line is not None for a, b in zip(row, second, strict=True)):
        return None
    said = _headings(second, vocabulary)
    if not all(a.box == b.box or not h.text or h.label.role for a, b, h in zip(row, second, said, strict=True)):
        return None
    whole = [
        a if a.box == b.box or a.line is None or b.line is None else _stacked(a, b)
        for a, b in zip(row, second, strict=True)
    ]
    return _headings([b if a.line is None else a for a, b in zip(whole, second, strict=True)], vocabulary)


def _stacked(a: Entry, b: Entry) -> Entry:
    words = (*(a.line.words if a.line else ()), *(b.line.words if b.line else ()))
    line = assembled(a.line.page if a.line else 0, words)
    return Entry(line, b.box, a.sound and b.sound)


def _entries(page: Page, row: Sequence[Cell]) -> tuple[Entry, ...]:
    return tuple(_entry(page, cell) for cell in row)


def _entry(page: Page, cell: Cell) -> Entry:
    """The page's own words in a cell. Another reader found the cell: where it reads another text, neither is sure."""
    words = tuple(word for word in page.words if cell.box.holds(word.box))
    lines = sheet(replace(page, words=words, notes=(), widgets=())).lines
    sound = sorted(_tight("".join(word.text for word in words))) == sorted(_tight(cell.text))
    return entry(lines, cell.box)._replace(sound=sound)


def entry(lines: Sequence[Line], box: Box) -> Entry:
    """The words of these lines in one place."""
    joined = assembled(lines[0].page, [word for line in lines for word in line.words]) if lines else None
    return Entry(joined, box, lines=tuple(lines))


def _tight(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def _continues(table: Table, grid: Grid) -> bool:
    """Whether a grid stands under the table in the same columns."""
    lefts, mine = [cell.box.left for cell in grid.rows[0]], [heading.box.left for heading in table.headings]
    return len(lefts) == len(mine) and grid.rows[0][0].box.top >= table.box.bottom - 1


def _joined(table: Table, rows: Sequence[tuple[Entry, ...]]) -> Table:
    """The table with the rows of one that goes on below it; whether it does is not sure."""
    box = around([table.box, *(entry.box for row in rows for entry in row)])
    kept = tuple(row for row in rows if any(entry.line for entry in row))
    return Table(table.headings, (*table.rows, *kept), box, clean=False)


def crammed(table: Table, vocabulary: Vocabulary) -> bool:
    """Whether a place holds what belongs to several rows, because no rules part them: two dates, two people."""
    return any(sum(_several(entry, vocabulary) for entry in row) > 1 for row in table.rows)


def _several(entry: Entry, vocabulary: Vocabulary) -> bool:
    people = [line for line in entry.lines if person(line.text, vocabulary.names) is not None]
    return len(people) > 1 or len([day for line in entry.lines for day in written(line.text)]) > 1
