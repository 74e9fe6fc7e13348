"""The connected pieces of ink on a page, each measured and told apart: a dot, a plain line, a blob, or writing.

All pieces are measured at once, as columns of numbers; a box then takes out the few that it holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Whole = NDArray[np.int64]
    Real = NDArray[np.float64]

_DOT = 1.7
_LONG = 4.5
_THICK = 4.2
_PALE = 75


class Look(StrEnum):
    """What a piece of ink looks like by itself."""

    DOT = "dot"
    """Smaller than a letter: the dot of an i, a comma, dust."""
    LINE = "line"
    """One plain line, straight or bent like the rim of a cup: a ruled line, a staple, but a handwritten 1 too."""
    BLOB = "blob"
    """Thicker than a pen writes, or wide and pale."""
    STROKE = "stroke"
    """What writing is made of."""


_LOOKS = tuple(Look)


class Stroke(NamedTuple):
    """One connected piece of ink, in pixels of its page; lengths in points."""

    label: int
    left: int
    top: int
    right: int
    bottom: int
    area: int
    """Pixels."""
    inside: int
    """Pixels that lie in the box it was taken out for."""
    wide: float
    high: float
    long: float
    """Along its main axis."""
    thick: float
    """At its thickest."""
    lean: float
    """Degrees between its main axis and the vertical, 0 to 90."""
    dark: float
    """Its darkest tenth, 0 to 255."""
    look: Look

    @property
    def x(self) -> float:
        """Its middle."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """Its middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """All pieces of a page: piece n, counted from 0, has the label n + 1. Arrays are (count,) and as in `Stroke`."""

    edges: Whole
    """(count, 4)."""
    area: Whole
    size: Real
    """(count, 2), width and height."""
    long: Real
    thick: Real
    lean: Real
    dark: Real
    look: Whole
    """Places in `Look`."""

    @property
    def count(self) -> int:
        """How many there are."""
        return self.area.size

    @property
    def dots(self) -> NDArray[np.bool_]:
        """Which are dots."""
        return np.asarray(self.look == 0, np.bool_)

    @property
    def middles(self) -> Real:
        """(count, 2), y and x in pixels."""
        return np.stack([self.edges[:, 1] + self.edges[:, 3], self.edges[:, 0] + self.edges[:, 2]], axis=1) / 2

    def strokes(self, which: NDArray[np.intp], inside: NDArray[np.intp]) -> list[Stroke]:
        """Some of them, one by one; `inside` (count,) tells how much of each lies in a box."""
        columns = (
            which + 1, *self.edges[which].T, self.area[which], inside[which], *self.size[which].T,
            self.long[which], self.thick[which], self.lean[which], self.dark[which],
        )  # fmt: skip
        looks = [_LOOKS[n] for n in self.look[which].tolist()]
        return [Stroke(*row) for row in zip(*(c.tolist() for c in columns), looks, strict=True)]


class _Ink(NamedTuple):
    """The pixels of ink, those of one piece together."""

    x: Whole
    y: Whole
    starts: Whole
    area: Whole

    def each(self, values: Real) -> Real:
        """A value a piece, as one a pixel."""
        return np.repeat(values, self.area)

    def sums(self, values: Real) -> Real:
        """A value a pixel, added up for each piece."""
        return np.add.reduceat(values, self.starts)

    def part(self, share: float, values: NDArray[np.uint8]) -> Real:
        """Of each piece, the value that so large a share of its pixels reach or pass."""
        of = np.repeat(np.arange(self.area.size, dtype=np.int32), self.area)
        ranked = np.sort(of * 256 + (255 - values.astype(np.int32)))
        darkest = ranked[self.starts + np.maximum((self.area * share).astype(int), 1) - 1] % 256
        return np.asarray(255.0 - darkest, np.float64)


def measured(there: Grey, darker: Grey, beside: Grey, surely: float, scale: float) -> tuple[NDArray[np.int32], Pieces]:
    """The pieces of ink, without grains, without what is nowhere dark and without the ragged edges of printed lines.

    Args:
        there: where it is ink, not 0.
        darker: how much darker than paper each pixel is.
        beside: 1 where printing is near.
        surely: as dark some pixels of a piece have to be.
        scale: pixels a point.

    Returns:
        Which pixel belongs to which piece, 0 for none, and the pieces.
    """
    count, found = cv2.connectedComponents(there, connectivity=8)
    labels = np.asarray(found, np.int32)
    at = np.flatnonzero(there.view(bool))
    of = labels.ravel()[at]
    depth = np.asarray(cv2.distanceTransform(there, cv2.DIST_L2, 3), np.float32).ravel()[at]
    dark, edge = darker.ravel()[at], beside.ravel()[at]
    area = np.bincount(of, minlength=count)
    sure = np.bincount(of, weights=dark >= surely, minlength=count)
    edges = np.bincount(of, weights=edge, minlength=count)
    keep = (area >= 3) & (sure >= 2) & (edges < 0.9 * area)
    keep[0] = False
    renamed = np.zeros(count, np.int32)
    renamed[keep] = np.arange(1, int(keep.sum()) + 1)
    of = renamed[of]
    labels.ravel()[at] = of
    mine = np.flatnonzero(of)
    order = mine[np.argsort(of[mine], kind="stable")]
    area = area[keep]
    y, x = np.divmod(at[order], labels.shape[1])
    ink = _Ink(x, y, np.cumsum(area) - area, area)
    if not area.size:
        none = np.zeros(0)
        return labels, Pieces(np.zeros((0, 4), int), area, np.zeros((0, 2)), none, none, none, none, area)
    return labels, _pieces(ink, dark[order], np.asarray(depth[order], np.float64), scale)


def _pieces(ink: _Ink, dark: Grey, depth: Real, scale: float) -> Pieces:
    low = [np.minimum.reduceat(v, ink.starts) for v in (ink.x, ink.y)]
    high = [np.maximum.reduceat(v, ink.starts) + 1 for v in (ink.x, ink.y)]
    edges = np.stack([*low, *high], axis=1)
    size = (edges[:, 2:] - edges[:, :2]) / scale
    thick = 2 * np.maximum.reduceat(depth, ink.starts)
    body = ink.part(0.2, np.minimum(depth * 10, 255).astype(np.uint8)) / 5 / scale
    peak = ink.part(0.1, dark)
    long, lean, bent = _axes(ink, size.max(axis=1) * scale, thick, scale)
    look = _looks(size, long, bent, (thick / scale, body), peak)
    return Pieces(edges, ink.area, size, long, thick / scale, lean, peak, look)


def _looks(size: Real, long: Real, bent: Real, thick: tuple[Real, Real], dark: Real) -> Whole:
    """What each is, by its measures in points; its thickness at the thickest place, and that of all but a fifth."""
    most, body = thick
    pale = (dark < _PALE) & (body > _THICK / 2)
    blob = (body > 0.75 * _THICK) | pale | ((most > _THICK / 2) & (most > 0.7 * size.min(axis=1)))
    line = (long >= _LONG) & (bent < 1)
    looks = np.where(line, 1, 3)
    looks[blob] = 2
    looks[size.max(axis=1) < _DOT] = 0
    return looks


def _axes(ink: _Ink, largest: Real, thick: Real, scale: float) -> tuple[Real, Real, Real]:
    """Length in points, lean in degrees from the vertical, and how much more than a plain curve (1 and above)."""
    length, lean, sag, stray = _curves(ink)
    width = ink.area / length
    bent = stray / (0.36 * width + 0.25 * scale + 0.01 * length)
    slim = (width < np.minimum(0.3 * length, thick * (1 + 3 * sag * sag))) & (
        sag < np.where(length < 20 * scale, 0.25, 0.5)
    )
    small = largest < _LONG * scale / 1.5
    bent = np.where(slim & ~small, bent, np.maximum(bent, 1.0))
    return np.where(small, largest, length) / scale, np.where(small, 0.0, lean), bent


def _curves(ink: _Ink) -> tuple[Real, Real, Real, Real]:
    """A parabola along each main axis: length, lean, sag in parts of the length, and how far the ink strays from it."""
    n = ink.area
    dx, dy = (v - ink.each(ink.sums(v.astype(float)) / n) for v in (ink.x, ink.y))
    xx, yy, xy = ink.sums(dx * dx), ink.sums(dy * dy), ink.sums(dx * dy)
    angle = 0.5 * np.arctan2(2 * xy, xx - yy)
    cos, sin = ink.each(np.cos(angle)), ink.each(np.sin(angle))
    along, across = dx * cos + dy * sin, dy * cos - dx * sin
    length = np.maximum.reduceat(along, ink.starts) - np.minimum.reduceat(along, ink.starts) + 1
    part = along / ink.each(length)
    square = part * part
    m2, m3, m4 = ink.sums(square), ink.sums(square * part), ink.sums(square * square)
    zero = np.zeros_like(m2)
    terms = np.stack([n, zero, m2, zero, m2, m3, m2, m3, m4], axis=1).reshape(-1, 3, 3) + 1e-9 * np.eye(3)
    right = np.stack([zero, ink.sums(part * across), ink.sums(square * across)], axis=1)
    curve: Real = np.asarray(np.linalg.solve(terms, right[:, :, None])[:, :, 0], np.float64)
    rest = across - ink.each(curve[:, 0]) - ink.each(curve[:, 1]) * part - ink.each(curve[:, 2]) * square
    lean = np.abs(90 - np.abs(np.degrees(angle)))
    return length, lean, np.abs(curve[:, 2]) / 4 / length, np.sqrt(ink.sums(rest * rest) / n)
