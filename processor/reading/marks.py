"""Ink in a box: whether it is ticked or signed, by the share of dark pixels in the inner part of the box.

A blank that was typeset has no ink there at all; a band between nothing and a mark asks a person (studies/pdf.md 3).
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from processor.model import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from processor.model import Picture, Word

DPI = 144
_DARK = 128
_SHADED = 200
_TICK = (0.015, 0.08)
_STROKES = (0.0005, 0.004)
"""Handwriting and signatures: few strokes in a wide box."""


class Mark(Enum):
    """What a box shows."""

    NONE = "none"
    FAINT = "faint"
    MADE = "made"


def ticked(picture: Picture, box: Box, printed: Iterable[Box] = ()) -> Mark:
    """Whether a tick, a cross or a dot stands in the box; `printed` is left out of the count."""
    return _judged(_share(picture, [box], printed), _TICK)


def inked(picture: Picture, box: Box, printed: Iterable[Box] = (), *, comb: int = 0) -> Mark:
    """Whether anything is written in the box. The lines between the cells of a comb are not writing."""
    return _judged(_share(picture, _cells(box, comb), printed), _STROKES)


def shows(picture: Picture, word: Word) -> bool:
    """Whether the picture shows a word: small letters, capitals and figures all fill the band above the base line.

    A box's border that runs through, or the upper edges of a line that was cut off, do not. Signs without letters
    need only be there.
    """
    part = _pixels(word.box, picture.dpi)
    high = part.bottom - part.top
    dark = picture.pixels[part.top : part.bottom, part.left : part.right] < _SHADED
    rows: NDArray[np.bool_] = np.any(dark, axis=1)
    if not any(c.isalnum() for c in word.text):
        return bool(rows.any())
    band = rows[high // 2 : max(round(0.72 * high), high // 2 + 1)]
    return bool(band.size) and bool(band.mean() >= 0.75)


def _judged(share: float, bounds: tuple[float, float]) -> Mark:
    if share < bounds[0]:
        return Mark.NONE
    return Mark.FAINT if share < bounds[1] else Mark.MADE


def _cells(box: Box, comb: int) -> list[Box]:
    if comb < 2:
        return [box]
    wide = box.width / comb
    lefts = [box.left + n * wide for n in range(comb)]
    return [Box(left, box.top, left + wide, box.bottom) for left in lefts]


def _share(picture: Picture, boxes: Sequence[Box], printed: Iterable[Box]) -> float:
    """Dark pixels per pixel of the inner parts, from 0 to 1."""
    masks = [_pixels(mask, picture.dpi) for mask in printed]
    parts = [_dark(picture.pixels, _pixels(_inner(box), picture.dpi), masks) for box in boxes]
    whole = sum(part.size for part in parts)
    return sum(int(part.sum()) for part in parts) / whole if whole else 0.0


def _dark(pixels: NDArray[np.uint8], part: _Part, masks: Sequence[_Part]) -> NDArray[np.bool_]:
    """Which pixels of a part are dark, those under a mask not counted."""
    dark = pixels[part.top : part.bottom, part.left : part.right] < _DARK
    for mask in masks:
        down = slice(max(mask.top - part.top, 0), max(mask.bottom - part.top, 0))
        across = slice(max(mask.left - part.left, 0), max(mask.right - part.left, 0))
        dark[down, across] = False
    return dark


def _inner(box: Box) -> Box:
    """The box less its border and a little more, since a copy may lie a point beside its place."""
    edge = min(max(1.2, 0.18 * min(box.width, box.height)), 4.0)
    return Box(box.left + edge, box.top + edge, box.right - edge, box.bottom - edge)


class _Part(NamedTuple):
    """A box in whole pixels."""

    left: int
    top: int
    right: int
    bottom: int


def _pixels(box: Box, dpi: float) -> _Part:
    return _Part(*(max(round(place * dpi / 72), 0) for place in box))
