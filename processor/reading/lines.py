"""What stands together on a page: words become lines, lines become paragraphs, and lines know their neighbours.

A line ends where the gap is wider than a letter is high or where the type changes its size, so two columns
are two lines, and a big name between small words is a line of its own. Points from the top left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from processor.model import Box, WidgetKind, Word
from processor.reading.phrases import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from processor.model import Page, Widget

_LEADER = re.compile(r"[_.…·•*=~\-–—|]{2,}|[|•·*]")  # noqa: RUF001
"""Dots and dashes that only lead the eye."""
_GAP = 0.95
"""A wider gap than this many letter heights parts two lines."""
_SAME_SIZE = 1.3


@dataclass(frozen=True, slots=True)
class Line:
    """Words read one after the other. A paragraph is one too: its lines are joined by line feeds."""

    page: int
    words: tuple[Word, ...]
    text: str
    starts: tuple[int, ...]
    """Where each word begins in the text."""
    tokens: tuple[Token, ...]
    box: Box
    size: float
    """The height of the type."""

    def box_of(self, start: int, end: int) -> Box:
        """Around the words that stand between two places of the text; the whole line where none does."""
        pairs = zip(self.starts, self.words, strict=True)
        touched = [word.box for at, word in pairs if at < end and at + len(word.text) > start]
        return around(touched) if touched else self.box


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of these; at least one is wanted."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


class Doubtful(NamedTuple):
    """A widget that stores one value and draws another."""

    box: Box
    stored: str
    drawn: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as lines and paragraphs, and its widgets that do not show what they store."""

    page: int
    width: float
    lines: tuple[Line, ...]
    paragraphs: tuple[Line, ...]
    doubtful: tuple[Doubtful, ...]

    def right_of(self, box: Box) -> Line | None:
        """The next line to the right in the same row."""
        row = [x for x in self.lines if x.box.left >= box.right - 1 and _level(x.box, box)]
        nearest = min(row, key=lambda x: x.box.left, default=None)
        return nearest if nearest is not None and nearest.box.left - box.right <= self.width / 2 else None

    def left_of(self, box: Box) -> Line | None:
        """The next line to the left in the same row."""
        row = [x for x in self.lines if x.box.right <= box.left + 1 and _level(x.box, box)]
        nearest = max(row, key=lambda x: x.box.right, default=None)
        return nearest if nearest is not None and box.left - nearest.box.right <= self.width / 4 else None

    def below(self, box: Box) -> Line | None:
        """The next line beneath, near enough to belong to the box."""
        return _nearest(box, [(x.box.top - box.bottom, x) for x in self.lines if x.box.centre[1] > box.bottom])

    def above(self, box: Box) -> Line | None:
        """The next line over the box, near enough to belong to it."""
        return _nearest(box, [(box.top - x.box.bottom, x) for x in self.lines if x.box.centre[1] < box.top])


def _nearest(box: Box, lines: list[tuple[float, Line]]) -> Line | None:
    near = [
        (gap, x)
        for gap, x in lines
        if gap <= 6 + 1.6 * max(x.size, box.height) and min(x.box.right, box.right) > max(x.box.left, box.left)
    ]
    first = min((gap for gap, _ in near), default=0.0)
    row = [x for gap, x in near if gap <= first + 3]
    return max(row, key=lambda x: min(x.box.right, box.right) - max(x.box.left, box.left), default=None)


def _level(a: Box, b: Box) -> bool:
    """Whether two boxes share a row: half of the lower one's height."""
    return min(a.bottom, b.bottom) - max(a.top, b.top) >= min(a.height, b.height) / 2


def sheet(page: Page) -> Sheet:
    """The page's lines: what it prints, what was typed on it, and what its widgets show."""
    written = [word for word in (*page.words, *page.notes) if _fit(word)]
    lines = [line for row in _rows(written) for line in _cut(page.number, row)]
    doubtful = []
    for widget in (widget for widget in page.widgets if _typable(widget)):
        values = [" ".join(source.value.split()) for source in widget.sources]
        drawn = next((source.value for source in widget.sources if source.where == "drawn"), "")
        shown = drawn or next((source.value for source in widget.sources), "")
        lines += [assembled(page.number, words) for words in _typed(shown, widget.box)]
        stored = next((value for value in values if value != " ".join(shown.split())), None)
        if stored is not None:
            doubtful.append(Doubtful(widget.box, stored, shown))
    lines.sort(key=lambda x: (round(x.box.centre[1]), x.box.left))
    return Sheet(page.number, page.width, tuple(lines), tuple(_paragraphs(lines)), tuple(doubtful))


def _fit(word: Word) -> bool:
    return bool(word.text.strip("_")) and not _LEADER.fullmatch(word.text)


def _typable(widget: Widget) -> bool:
    return not widget.hidden and widget.kind in (WidgetKind.TEXT, WidgetKind.CHOICE)


def _typed(text: str, box: Box) -> list[list[Word]]:
    """A widget's value as words, its lines spread over the box, its words as wide as their letters."""
    rows = [row.split() for row in text.splitlines() if row.strip()]
    high = box.height / max(len(rows), 1)
    found = []
    for n, row in enumerate(rows):
        top, wide = box.top + n * high, box.width / (sum(map(len, row)) + len(row))
        left, words = box.left, []
        for word in row:
            words.append(Word(word, Box(left, top, left + wide * len(word), top + high)))
            left += wide * (len(word) + 1)
        found.append(words)
    return found


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words of one height on the page, from the top; each row from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda x: x.box.centre[1]):
        if rows and word.box.centre[1] - rows[-1][0].box.centre[1] <= 0.4 * min(
            word.box.height, rows[-1][0].box.height
        ):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda x: x.box.left) for row in rows]


def _cut(page: int, row: list[Word]) -> list[Line]:
    """A row parted at wide gaps and where the type changes its size."""
    starts = [0]
    for n, (a, b) in enumerate(pairwise(row), start=1):
        low, high = sorted((max(a.box.height, 0.1), max(b.box.height, 0.1)))
        if b.box.left - a.box.right > _GAP * low or high / low > _SAME_SIZE:
            starts.append(n)
    return [assembled(page, row[a:b]) for a, b in pairwise([*starts, len(row)])]


def assembled(page: int, words: Sequence[Word], breaks: frozenset[int] = frozenset()) -> Line:
    """These words as one line; `breaks` are the words that begin a new line of a paragraph. One word at least."""
    text, starts = "", []
    for n, word in enumerate(words):
        text += "" if n == 0 else "\n" if n in breaks else " "
        starts.append(len(text))
        text += word.text
    boxes = [word.box for word in words]
    size = median(box.height for box in boxes)
    return Line(page, tuple(words), text, tuple(starts), tokens(text), around(boxes), size)


def _paragraphs(lines: Sequence[Line]) -> list[Line]:
    """Lines of one size that follow each other closely, joined."""
    groups: list[list[Line]] = []
    for line in lines:
        group = next((g for g in reversed(groups) if _follows(g[-1], line)), None)
        if group is None:
            groups.append([line])
        else:
            group.append(line)
    return [_joined(group) for group in groups]


def _follows(above: Line, below: Line) -> bool:
    gap = below.box.top - above.box.bottom
    overlap = min(above.box.right, below.box.right) - max(above.box.left, below.box.left)
    low, high = sorted((max(above.size, 0.1), max(below.size, 0.1)))
    return (
        below.box.centre[1] > above.box.bottom
        and gap <= 0.7 * low
        and high / low <= _SAME_SIZE
        and overlap >= 0.3 * min(above.box.width, below.box.width)
    )


def _joined(group: list[Line]) -> Line:
    if len(group) == 1:
        return group[0]
    words = [word for line in group for word in line.words]
    breaks, count = set(), 0
    for line in group[:-1]:
        count += len(line.words)
        breaks.add(count)
    return assembled(group[0].page, words, frozenset(breaks))
