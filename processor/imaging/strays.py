"""Writing outside all boxes: margin notes, told from fax headers, punch holes, page edges, staples and dirt.

By place and shape: a header is type along an edge, a hole is round and thick, an edge touches the page's border.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import cv2
import numpy as np

from processor.imaging.ink import grown
from processor.imaging.pieces import Look
from processor.imaging.strokes import around
from processor.model import Box

if TYPE_CHECKING:
    from collections.abc import Iterable

    from processor.imaging.ink import Inked
    from processor.imaging.pieces import Stroke

_ROOM = 3.0
"""Points around a box that still belong to it."""
_APART = 10.0
"""Points between what is written in one go."""
_EDGE = 30.0
"""Points along each edge of the page where scanners and faxes leave their own marks."""
_LETTER = 3.4
_WORD = 5.0
"""Points: what is lower or narrower says nothing."""


class Kind(StrEnum):
    """What stands outside the boxes."""

    NOTE = "note"
    """Somebody wrote there."""
    HEADER = "header"
    """A line of type along the upper or lower edge, as a fax machine prints it."""
    HOLE = "hole"
    EDGE = "edge"
    """The shadow or the border of the sheet."""
    LINE = "line"
    """A ruled line, a fold, a staple, the rim of a cup."""
    DIRT = "dirt"


@dataclass(frozen=True, slots=True)
class Stray:
    """Ink outside all boxes."""

    kind: Kind
    box: Box
    """In points."""


def strays(inked: Inked, boxes: Iterable[Box]) -> tuple[Stray, ...]:
    """What was added to the page outside its boxes, from top to bottom.

    Args:
        inked: the page.
        boxes: all boxes of the page, in points; ink that touches one is its own.
    """
    high, wide = inked.labels.shape
    touching = np.zeros(inked.pieces.count + 1, bool)
    for box in boxes:
        room = Box(box.left - _ROOM, box.top - _ROOM, box.right + _ROOM, box.bottom + _ROOM)
        left, top, right, bottom = inked.within(room)
        touching[inked.labels[top:bottom, left:right]] = True
    free = np.flatnonzero(~touching[1:])
    groups = _groups(inked.pieces.strokes(free, inked.pieces.area), inked)
    page = Box(0, 0, wide / inked.scale, high / inked.scale)
    return tuple(sorted((_stray(group, inked, page) for group in groups), key=lambda s: (s.box.top, s.box.left)))


def _groups(free: list[Stroke], inked: Inked) -> list[list[Stroke]]:
    """The pieces that stand close together, at a quarter of the resolution; grains by themselves are nothing."""
    high, wide = inked.labels.shape
    near = np.zeros((high // 4 + 1, wide // 4 + 1), np.uint8)
    for s in free:
        near[s.top // 4 : s.bottom // 4 + 1, s.left // 4 : s.right // 4 + 1] = 1
    _, found = cv2.connectedComponents(grown(near, round(_APART * inked.scale / 8)))
    groups: dict[int, list[Stroke]] = {}
    for s in free:
        groups.setdefault(int(found[s.top // 4, s.left // 4]), []).append(s)
    return [g for g in groups.values() if any(s.look is not Look.DOT for s in g)]


def _stray(group: list[Stroke], inked: Inked, page: Box) -> Stray:
    """One group, named by its place and shape."""
    box = inked.box(around(group))
    return Stray(_kind(group, box, page), box)


def _kind(group: list[Stroke], box: Box, page: Box) -> Kind:
    letters = [s for s in group if s.look is Look.STROKE and s.high >= _LETTER]
    gap = min(box.left, box.top, page.right - box.right, page.bottom - box.bottom)
    if gap < 1.5 and _along(box, page):
        return Kind.EDGE
    if any(_hole(s) for s in group):
        return Kind.HOLE
    if not letters:
        return Kind.LINE if any(s.look is Look.LINE for s in group) else Kind.DIRT
    if (box.bottom < _EDGE or box.top > page.bottom - _EDGE) and box.width > 60 and box.height < 16:
        return Kind.HEADER
    plain = sum(s.area for s in group if s.look is not Look.STROKE)
    if plain > sum(s.area for s in letters) or min(box.width, box.height) < _WORD:
        return Kind.DIRT
    return Kind.NOTE


def _along(box: Box, page: Box) -> bool:
    """Whether it runs along an edge of the page."""
    return box.width > 0.2 * page.width or box.height > 0.2 * page.height or min(box.width, box.height) < 12


def _hole(s: Stroke) -> bool:
    """Whether it is round, as large as a hole that is punched, and dark through and through or a ring."""
    round_ = 0.7 < s.wide / s.high < 1.4
    return round_ and 11 < s.wide < 26 and s.thick > 0.6 * s.wide
