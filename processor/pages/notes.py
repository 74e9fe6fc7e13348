"""Writing that somebody put on a page with a typewriter tool: FreeText annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.model import Box, Word
from processor.pages.words import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processor.pages.words import Run


def note_words(
    text: str, box: Box, drawn: Sequence[Run] | None, corners: tuple[float, float, float, float] | None
) -> tuple[Word, ...]:
    """The words of a note that stands in a box.

    Where its appearance (`drawn`, in a `/BBox` with these corners) says the same, the words stand where
    they are drawn; else they are what is stored, spread over the box line by line.
    """
    stored = clean("".join(text.split()))
    seen = "".join(run.text for run in drawn or ())
    left, bottom, right, top = corners or (0, 0, 0, 0)
    if drawn and right > left and top > bottom and stored in ("", seen):
        x, y = box.width / (right - left), box.height / (top - bottom)
        return tuple(
            Word(
                run.text,
                Box(
                    box.left + (run.left - left) * x,
                    box.bottom - (run.top - bottom) * y,
                    box.left + (run.right - left) * x,
                    box.bottom - (run.bottom - bottom) * y,
                ),
            )
            for run in drawn
        )
    return _spread(text, box)


def _spread(text: str, box: Box) -> tuple[Word, ...]:
    """Lines share the height of the box, characters the width of the longest line: near enough to sort by."""
    lines = text.split("\n")
    high = box.height / len(lines)
    wide = min(box.width / max(*map(len, lines), 1), 0.6 * high)
    found = []
    for row, line in enumerate(lines):
        place = 0
        for word in line.split():
            place = line.index(word, place)
            start = box.left + place * wide
            place += len(word)
            if said := clean(word):
                top = box.top + row * high
                found.append(Word(said, Box(start, top, box.left + place * wide, top + high)))
    return tuple(found)
