"""What somebody wrote outside the boxes: it may matter, so it is shown; what a printer adds in the margins is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.findings import finding
from processor.model import Box
from processor.reading.written import lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processor.model import Finding, Word
    from processor.reading.sheets import Sheet

_MARGIN = 30.0
"""Points at the top and bottom edge where browsers print address, date and page."""
_MOST = 10
_LONG = 80


def stray(sheet: Sheet) -> Iterator[Finding]:
    """A warning for each line of writing outside the boxes, ten a page at most; none by a scanner's words."""
    if sheet.page.pictured and sheet.zones is None:
        return
    seen = [word for word in sheet.strays if _counts(word, sheet.page.height)]
    for line in lines(seen)[:_MOST]:
        said = " ".join(word.text for word in line)
        if sum(c.isalnum() for c in said) > 1:
            shown = said if len(said) <= _LONG else said[: _LONG - 1] + "…"
            yield finding("stray-writing", page=sheet.page.number, box=_around(line), raw=shown)


def _counts(word: Word, height: float) -> bool:
    return _MARGIN < word.box.centre[1] < height - _MARGIN


def _around(line: list[Word]) -> Box:
    lefts, tops, rights, bottoms = zip(*(word.box for word in line), strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))
