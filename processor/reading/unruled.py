"""A table of training without rules: columns from where the headings stand, rows from the lines below them.

Nothing is forced into a column. One line that touches two headings, or none, makes the whole table unsure.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from processor.reading import headings
from processor.reading.date_search import written
from processor.reading.lines import around, assembled
from processor.reading.persons import person
from processor.reading.ruled import Entry, Table, entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processor.model import Box
    from processor.reading.headings import Heading
    from processor.reading.lines import Line, Sheet
    from processor.reading.vocabulary import Vocabulary

_FAR = 2.2
"""So many row heights of white end a table."""
_NEAR = 1.3
"""Within so many row heights a line under the last row may still be a part of it."""
_WRAPPED = 0.85
"""A line that stands closer than this share of the usual row height goes on with the row above it."""


class _Row(NamedTuple):
    """Lines of one height, each with the column that it stands in; -1 where it stands in none or in several."""

    lines: tuple[Line, ...]
    columns: tuple[int, ...]

    @property
    def fits(self) -> bool:
        return -1 not in self.columns and len(set(self.columns)) == len(self.columns)

    @property
    def middle(self) -> float:
        return self.lines[0].box.centre[1]


def rows_under(sheet: Sheet, vocabulary: Vocabulary) -> int:
    """How many lines that hold a day stand under the headings of a table of training; 0 where nothing heads one.

    A table without days counts the lines that begin with somebody.
    """
    rows = rows_of(sheet)
    head = _head(rows, vocabulary)
    below = [] if head is None else rows[head[0] + 1 :]
    days = sum(any(written(line.text) for line in row) for row in below)
    return days or sum(any(person(line.text, vocabulary.names) is not None for line in row) for row in below)


def rows_of(sheet: Sheet) -> list[list[Line]]:
    """The lines of a sheet by their height, from the top."""
    rows: list[list[Line]] = []
    for line in sheet.lines:
        if rows and abs(line.box.centre[1] - rows[-1][0].box.centre[1]) <= 0.4 * min(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.box.left) for row in rows]


def _head(rows: Sequence[Sequence[Line]], vocabulary: Vocabulary) -> tuple[int, tuple[Heading, ...]] | None:
    for n, row in enumerate(rows):
        if not any(line.text.rstrip().endswith((":", "：")) for line in row):  # noqa: RUF001
            found = headings.row(row, vocabulary)
            if headings.heads(found):
                return n, found
    return None


def table(sheet: Sheet, vocabulary: Vocabulary) -> Table | None:
    """The first table of training on the sheet, to its last row; none where no row follows the headings."""
    rows = rows_of(sheet)
    head = _head(rows, vocabulary)
    if head is None:
        return None
    n, found = head
    found, n = _two_lines(found, rows, n, vocabulary)
    below = [_placed(row, found) for row in rows[n + 1 :]]
    below = below[: _last(below, found, vocabulary) + 1]
    if not below:
        return None
    joined, clean = _unwrapped(below, found, vocabulary)
    box = around([*(one.box for one in found), *(line.box for row in below for line in row.lines)])
    return Table(found, tuple(_entries(row, found) for row in joined), box, clean)


def _two_lines(
    found: tuple[Heading, ...], rows: Sequence[Sequence[Line]], n: int, vocabulary: Vocabulary
) -> tuple[tuple[Heading, ...], int]:
    """The headings with the line under them, where that makes more of them understood (`Date` over `completed`)."""
    if n + 1 == len(rows):
        return found, n
    second = _placed(rows[n + 1], found)
    if not second.fits or len(rows[n]) != len(found):
        return found, n
    under = dict(zip(second.columns, second.lines, strict=True))
    lines = [
        line if c not in under else assembled(line.page, (*line.words, *under[c].words))
        for c, line in enumerate(rows[n])
    ]
    both = tuple(headings.heading(line, vocabulary) for line in lines)
    known = [[bool(one.label.role) for one in each] for each in (found, both)]
    kept = all(after or not before for before, after in zip(*known, strict=True))
    changed = all(both[c].label.role for c in under)
    return (both, n + 1) if kept and changed else (found, n)


def _placed(row: Sequence[Line], found: Sequence[Heading]) -> _Row:
    return _Row(tuple(row), tuple(_column(line.box, found) for line in row))


def _column(box: Box, found: Sequence[Heading]) -> int:
    hits = [n for n, one in enumerate(found) if min(one.box.right, box.right) > max(one.box.left, box.left)]
    return hits[0] if len(hits) == 1 else -1


# ---------------------------------------------------------------- where the table ends


def _last(rows: Sequence[_Row], found: Sequence[Heading], vocabulary: Vocabulary) -> int:
    """The number of the last row that is one of the table's; -1 when none is."""
    full, pitch = _full(rows, found, vocabulary)
    if not full:
        return -1
    last = whole = full[0]
    for n in range(full[0] + 1, len(rows)):
        gap = rows[n].middle - rows[n - 1].middle
        if n in full and (gap <= _FAR * pitch or len(rows[n].lines) > 2):
            last = whole = n
        elif n == last + 1 and _going_on(rows[n], rows[whole:n], _NEAR * pitch, vocabulary):
            last = n
    return last


def _full(rows: Sequence[_Row], found: Sequence[Heading], vocabulary: Vocabulary) -> tuple[list[int], float]:
    """The numbers of the lines that begin a row, and how high a row is.

    A line with a date in its column does; where the table has dates, one without does only if it stands as far
    below as a row does, since a name and a course can both run over to the same line.
    """
    kinds = [_kind(row, found, vocabulary) for row in rows]
    dated = [n for n, kind in enumerate(kinds) if kind == "dated"]
    some = [n for n, kind in enumerate(kinds) if kind]
    sure = dated or some
    gaps = [rows[n].middle - rows[n - 1].middle for n in sure if n > sure[0]]
    pitch = median(gaps) if gaps else 2 * rows[sure[0]].lines[0].size if sure else 0.0
    far = [n for n in some if n == 0 or rows[n].middle - rows[n - 1].middle >= _WRAPPED * pitch]
    return sorted({*sure, *far}), pitch


def _kind(row: _Row, found: Sequence[Heading], vocabulary: Vocabulary) -> str:
    """Whether this is a row and no note below the table: `dated`, or `named` for somebody with something else."""
    if signs(row.lines, vocabulary) or len(row.lines) < 2:
        return ""
    roles = [found[c].label.role if c >= 0 else "" for c in row.columns]
    dates = [role in ("issued", "expiry", "matrix") or not row.fits for role in roles]
    if any(date and written(line.text) for date, line in zip(dates, row.lines, strict=True)):
        return "dated"
    who = any(headings.GROUPS.get(role) == "who" for role in roles)
    return "named" if who and any(headings.GROUPS.get(role) in ("what", "when") for role in roles) else ""


def signs(lines: Sequence[Line], vocabulary: Vocabulary) -> bool:
    """Whether a signature stands here: a line that is a signer's label, or that begins with one and a colon."""
    for line in lines:
        match = next(iter(vocabulary.labels.find(line.tokens)), None)
        ended = match is not None and (match.end == len(line.tokens) or ":" in line.text)
        if match is not None and match.start == 0 and ended and match.what.role in ("signer", "position"):
            return True
    return False


def _going_on(row: _Row, above: Sequence[_Row], most: float, vocabulary: Vocabulary) -> bool:
    """Whether the line can go on with the row above it: so many points under it at most, in columns that it has."""
    close = row.middle - above[-1].middle < most
    people = any(person(line.text, vocabulary.names) is not None for line in row.lines)
    return close and not people and not signs(row.lines, vocabulary) and set(row.columns) <= set(above[0].columns)


# ---------------------------------------------------------------- rows


def _unwrapped(rows: Sequence[_Row], found: Sequence[Heading], vocabulary: Vocabulary) -> tuple[list[list[_Row]], bool]:
    """The rows, each with the lines that go on with it, and whether each line surely has its place."""
    full, pitch = _full(rows, found, vocabulary)
    joined: list[list[_Row]] = []
    clean = all(row.fits for row in rows)
    for n, row in enumerate(rows):
        if n in full or not joined:
            joined.append([row])
            clean = clean and n in full
        else:
            clean = clean and row.fits and _going_on(row, joined[-1], _WRAPPED * pitch, vocabulary)
            joined[-1].append(row)
    return joined, clean


def _entries(rows: Sequence[_Row], found: Sequence[Heading]) -> tuple[Entry, ...]:
    """An entry for each column; what stands in no column is in all of them, and sound in none."""
    return tuple(_in_column(rows, n, found[n].box) for n in range(len(found)))


def _in_column(rows: Sequence[_Row], n: int, box: Box) -> Entry:
    lines = [line for row in rows for c, line in zip(row.columns, row.lines, strict=True) if c == n]
    level = rows[0].lines[0].box
    place = around([line.box for line in lines]) if lines else box._replace(top=level.top, bottom=level.bottom)
    return entry(lines, place)
