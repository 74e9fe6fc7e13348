"""What somebody wrote on a page: its words less those that the blank prints, and the words of one box as text."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from processor.model import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from processor.model import Page, Word
    from processor.reading.lie import Lie

_OFF = 3.0
_ROW = 12.0
_GROWN = 1.0
_OVERLAID = 0.35
"""Type is higher than its lines are apart, so that words of two lines may share a little."""


def writing(page: Page, printed: Sequence[Word], lie: Lie) -> tuple[Word, ...]:
    """The words that the blank does not print, typewriter notes included, in the order of the page."""
    count = len(printed)
    if page.words[:count] == tuple(printed):
        return (*page.words[count:], *page.notes)
    placed = [(word.text, lie.placed(word.box)) for word in printed]
    same: dict[str, list[Box]] = defaultdict(list)
    rows: dict[int, list[tuple[str, Box]]] = defaultdict(list)
    for text, box in placed:
        same[text].append(box)
        for row in range(int(box.top // _ROW), int(box.bottom // _ROW) + 1):
            rows[row].append((text, box))
    ours = [word for word in page.words if not _stands(word, same) and not _part(word, rows)]
    return (*ours, *page.notes)


def _stands(word: Word, same: Mapping[str, Sequence[Box]]) -> bool:
    """Whether the blank prints this very word here."""
    x, y = word.box.centre
    return any(abs(x - cx) <= _OFF and abs(y - cy) <= _OFF for cx, cy in (b.centre for b in same.get(word.text, ())))


def _part(word: Word, rows: Mapping[int, Sequence[tuple[str, Box]]]) -> bool:
    """Whether the blank prints this here, though cut into other words or with a letter spelt otherwise.

    Dots and lines to write on have no letters, so what is written over them stays writing.
    """
    middle = word.box.centre[1]
    under = [
        (box.left, text)
        for text, box in rows.get(int(middle // _ROW), ())
        if box.top <= middle <= box.bottom and box.left < word.box.right and word.box.left < box.right
    ]
    joined = "".join(text for _, text in sorted(under))
    if not any(c.isalnum() for c in joined):
        return False
    if word.text in joined:
        return True
    return SequenceMatcher(None, word.text, joined, autojunk=False).ratio() >= 0.7


def within(box: Box, words: Iterable[Word]) -> tuple[Word, ...]:
    """The words whose middle lies in the box, which may be a point larger than it is."""
    grown = Box(box.left - _GROWN, box.top - _GROWN, box.right + _GROWN, box.bottom + _GROWN)
    return tuple(word for word in words if grown.holds(word.box))


def sticks_out(box: Box, words: Iterable[Word]) -> bool:
    """Whether a word runs over the left or right edge: then part of it belongs elsewhere, or elsewhere's is here.

    So does one that is far higher than the box: pdfium joined what stands in boxes above each other.
    """
    high = box.height / 2
    return any(
        (
            box.top <= word.box.centre[1] <= box.bottom
            and any(word.box.left < edge - 2 and word.box.right > edge + 2 for edge in (box.left, box.right))
        )
        or (
            box.left <= word.box.centre[0] <= box.right
            and any(word.box.top < edge - high and word.box.bottom > edge + high for edge in (box.top, box.bottom))
        )
        for word in words
    )


def beside(box: Box, strays: Iterable[Word]) -> bool:
    """Whether writing that stands in no box begins where this box ends, above, below or at its sides."""
    return any(
        box.left - 4 < word.box.right
        and word.box.left < box.right + 4
        and box.top - 0.6 * word.box.height < word.box.bottom
        and word.box.top < box.bottom + 0.6 * word.box.height
        for word in strays
    )


def overlaid(words: Sequence[Word]) -> bool:
    """Whether words lie over one another: one of them is a line of another box that was cut off, and is not seen."""
    return any(_common(one.box, other.box) > _OVERLAID for n, one in enumerate(words) for other in words[:n])


def _common(one: Box, other: Box) -> float:
    """The part of the smaller box that the other covers."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    smaller = min(one.width * one.height, other.width * other.height)
    return wide * high / smaller if wide > 0 and high > 0 and smaller > 0 else 0.0


def goes_on(box: Box, words: Sequence[Word], unseen: Iterable[Word]) -> bool:
    """Whether words that are cut off continue those of the box: on the last line or right under it."""
    near = [word for word in unseen if box.left - 4 < word.box.right and word.box.left < box.right + 4]
    if not words:
        return bool(within(box, near))
    last = lines(words)[-1][-1].box
    return any(
        (abs(word.box.centre[1] - last.centre[1]) <= 0.5 * last.height and word.box.left >= last.left)
        or 0 < word.box.centre[1] - last.centre[1] <= 1.6 * last.height
        for word in near
    )


def runs_on(box: Box, words: Sequence[Word], written: Iterable[Word]) -> bool:
    """Whether a line ends at the right edge and a word stands one blank behind it: it was cut between two words.

    What is written in the next box begins further off.
    """
    beyond = [word.box for word in written if word.box.centre[0] > box.right]
    return any(
        last.right > box.right - last.height
        and -1 <= other.left - last.right <= 0.45 * last.height
        and abs(other.centre[1] - last.centre[1]) <= 0.5 * last.height
        for last in (line[-1].box for line in lines(words))
        for other in beyond
    )


def text(words: Sequence[Word], *, comb: bool = False) -> str:
    """The words of a box as one text: lines from the top, joined by blanks; the cells of a comb by nothing."""
    return ("" if comb else " ").join(word.text for line in lines(words) for word in line)


def lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words that stand equally high, from the top; each line as it is read, Hebrew and Arabic from the right."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.box.centre[1]):
        last = found[-1][-1] if found else None
        if last is not None and abs(word.box.centre[1] - last.box.centre[1]) <= 0.5 * last.box.height:
            found[-1].append(word)
        else:
            found.append([word])
    return [sorted(line, key=lambda w: w.box.left, reverse=_from_right(line)) for line in found]


def _from_right(line: Sequence[Word]) -> bool:
    directions = [unicodedata.bidirectional(c) for word in line for c in word.text]
    return sum(d in _RIGHT for d in directions) > sum(d == "L" for d in directions)


_RIGHT = ("R", "AL")


def turned(words: Iterable[Word]) -> bool:
    """Whether Hebrew or Arabic stands among the words: a copy keeps no order of its letters, nor of signs near it."""
    texts = (word.text for word in words)
    return any(unicodedata.bidirectional(c) in _RIGHT for text in texts if not text.isascii() for c in text)
