"""Pages without a code: which way is up, how skew they lie, and whether there is anything on them.

Letters follow each other closely along a line, not across it; in Latin writing more letters rise above the small ones
than hang below them. Where neither shows clearly, nothing is claimed (studies/scans.md 7).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from processor.imaging.light import flattened, shrunk

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from processor.imaging.plane import Grey

_LONGEST = 1300
_INK = 175
PALE = 228
"""What is darker than this on white paper may be a pale pencil, or may shine through from the back."""
_BORDER = (0.02, 0.03)
"""Parts of height and width cut off before writing is looked for: dark edges of the glass."""
_TALL, _SMALL = 8, 5
"""Pixels of the least letter: of one that counts as writing, and where small letters are looked at."""
_CLEAR = 1.3
"""How many more letters must follow each other one way than the other."""
_FINE = 2200
"""Pixels of the longer side where small letters are to be told from large ones: 200 dots an inch."""
_LARGE = 60
"""Pixels beyond which nothing is a letter then, but a rule or a frame."""
_MOST = 1500
_PAIRS = 40
"""Fewer pairs of neighbours than this say nothing about up and down."""
_RISE = 0.2
"""By how much of all uneven pairs those that stand on one line must outnumber those that hang from one."""


def writing(pixels: Grey, ink: int = _INK) -> int:
    """How many marks on the page could be letters: 0 a blank page, 1 or 2 ask a person, more is writing.

    Punch holes and dark edges do not count, nor what shines through from the back, unless `ink` is as light as that.
    """
    small, _, _ = shrunk(pixels, _LONGEST)
    even = flattened(small)
    rows, columns = even.shape
    top, left = int(_BORDER[0] * rows), int(_BORDER[1] * columns)
    return len(_letters(even[top : rows - top, left : columns - left], _TALL, ink))


def turn(pixels: Grey) -> int | None:
    """By how many degrees clockwise the page must be turned to stand upright: 0, 90, 180 or 270; None: cannot tell."""
    small, _, _ = shrunk(pixels, _FINE)
    boxes = _letters(flattened(small), _SMALL)
    boxes = boxes[boxes[:, 2:4].max(axis=1) < _LARGE][:_MOST]
    level, stood = _pairs(boxes), _pairs(_stood(boxes, small.shape[1]))
    lying = stood.even > level.even
    more, less = (stood, level) if lying else (level, stood)
    uneven = more.stand + more.hang
    if more.even < _CLEAR * less.even or uneven < _PAIRS or abs(more.stand - more.hang) < _RISE * uneven:
        return None
    up = more.stand > more.hang
    return (270 if up else 90) if lying else (0 if up else 180)


def skew(pixels: Grey) -> float:
    """By how many degrees the lines of an upright page fall to the right, -5 to 5; to 0.1, about 50 ms."""
    small, _, _ = shrunk(pixels, _LONGEST)
    ink = _ink(flattened(small)).astype(np.float32)
    best = 0.0
    for span, step in ((5.0, 0.5), (0.4, 0.1)):
        angles = best + np.arange(-span, span + step / 2, step)
        best = float(angles[int(np.argmax([_edge(_rotated(ink, angle)) for angle in angles]))])
    return best


def _ink(even: Grey, ink: int = _INK) -> Grey:
    return np.asarray(cv2.GaussianBlur(even, (0, 0), 0.8) < ink, np.uint8)


def _letters(even: Grey, least: int, ink: int = _INK) -> NDArray[np.int32]:
    """Left, top, width, height and ink of every connected mark with the size and looseness of a letter or a stroke."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(_ink(even, ink), connectivity=8)
    boxes = np.asarray(stats, np.int32)[1:]
    wide, high, area = boxes[:, 2], boxes[:, 3], boxes[:, 4]
    fits = (high >= least) & (high <= 200) & (wide >= 3) & (wide <= 500) & (area >= 12) & (area < 0.72 * wide * high)
    return boxes[fits]


def _stood(boxes: NDArray[np.int32], width: int) -> NDArray[np.int32]:
    """The boxes once the page is turned a quarter against the clock."""
    left, top, wide, high, area = boxes.T
    return np.stack([top, width - left - wide, high, wide, area], axis=1)


class _Pairs(NamedTuple):
    """Neighbours in a line of letters."""

    even: int
    """How many share a foot or a head."""
    stand: int
    """How many share the foot alone: one letter rises."""
    hang: int
    """How many share the head alone."""


def _pairs(boxes: NDArray[np.int32]) -> _Pairs:
    """Counts letters that follow each other closely from left to right."""
    left, top, wide, high = (boxes[:, i].astype(np.float32) for i in range(4))
    right, bottom = left + wide, top + high
    gap = left[None, :] - right[:, None]
    size = np.maximum(high[:, None], high)
    shared = np.minimum(bottom[:, None], bottom) - np.maximum(top[:, None], top)
    beside = (
        (np.abs(gap) < 0.4 * size) & (shared > 0.5 * np.minimum(high[:, None], high)) & (left[None, :] > left[:, None])
    )
    heads, feet = np.abs(top[:, None] - top) / size, np.abs(bottom[:, None] - bottom) / size
    stand, hang = beside & (feet < 0.1) & (heads > 0.2), beside & (heads < 0.1) & (feet > 0.2)
    return _Pairs(int((beside & ((feet < 0.1) | (heads < 0.1))).sum()), int(stand.sum()), int(hang.sum()))


def _edge(ink: NDArray[np.float32]) -> float:
    """The sum of squared steps from row to row: an edge for each line of text."""
    return float(np.square(np.diff(ink.sum(axis=1, dtype=np.float64))).sum())


def _rotated(ink: NDArray[np.float32], angle: float) -> NDArray[np.float32]:
    rows, columns = ink.shape
    turned = cv2.getRotationMatrix2D((columns / 2, rows / 2), angle, 1.0)
    return np.asarray(cv2.warpAffine(ink, turned, (columns, rows)), np.float32)
