"""What pens added to a page: the printing is taken away, and strokes that cross it are bridged, not broken.

Everything that needs every pixel is done here once a page (some 30 ms); boxes then only look into the result.
Source: studies/scans.md 2a and `zonal.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import cv2
import numpy as np

from processor.imaging.pieces import measured
from processor.model import Box

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from processor.imaging.pieces import Pieces, Stroke

    Grey: TypeAlias = NDArray[np.uint8]
    Mask: TypeAlias = NDArray[np.bool_]
    Edges: TypeAlias = tuple[int, int, int, int]
    """Left, top, right, bottom in pixels."""

FAINT = 26
"""Darker than the paper by this may be ink: the pale edge of a stroke, a hard pencil."""
SURELY = 46
"""Each stroke has some pixels darker by this, or it is nothing."""
_HALO = 0.35
"""Beside a dark stroke, what is paler than this part of it is its blurred edge."""
_GREY_LEVELS = 60
"""Shading up to this darkness is taken for paper, where it is wider than any stroke."""
_PRINTED = 225
_GROWN = 0.6
"""Points by which the printing may lie beside its place."""
_PART = 4
"""Paper is looked at in cells of so many pixels, and closed over so many cells: wider than any stroke of a pen."""
_OVER = 6
_STREAK = 0.5
"""Of the page's height or width: a straight line so long is the scanner's, not a pen's."""
_DRAWN = 0.85
"""Of its pixels, where such a line is dark at all; letters in a row come to 0.5 to 0.7."""
_SIDES, _BESIDE = ((-6, -5, -4), (4, 5, 6)), 0.3
"""Pixels on its two sides, and the share of it that may have ink there: what it crosses, and nothing more."""
_SHORT = 8
"""Rows (or columns) that are looked at as one when such lines are sought."""
_SLOPES = np.linspace(-0.06, 0.06, 49)
_TILE = 72.0


@dataclass(frozen=True, eq=False)
class Inked:
    """The ink on a page that its blank does not have. Arrays have the page's shape."""

    page: Grey
    """As it was laid onto the blank."""
    blank: Grey
    dark: Grey
    """How much darker than the paper, 0 to 255; 0 where nothing was added."""
    labels: NDArray[np.int32]
    """Which connected piece of ink a pixel belongs to; 0 for none."""
    pieces: Pieces
    shade: Mask
    """Cells of the page that are darker than paper in a soft, wide way."""
    paper: int
    """How bright paper is, 0 to 255."""
    bilevel: bool
    """Whether the page came in black and white only: what was pale is lost."""
    scale: float
    """Pixels a point."""

    def within(self, box: Box) -> Edges:
        """The box in pixels, cut off at the page's edges."""
        high, wide = self.labels.shape
        x0, y0, x1, y1 = (round(v * self.scale) for v in box)
        return min(max(x0, 0), wide), min(max(y0, 0), high), min(max(x1, 0), wide), min(max(y1, 0), high)

    def box(self, edges: Edges) -> Box:
        """Pixels as a box of the page, in points."""
        return Box(*(v / self.scale for v in edges))

    def strokes(self, edges: Edges, reach: int = 0) -> list[Stroke]:
        """The pieces with some ink in a box, or so many pixels around it; each with how much of it lies in the box."""
        left, top, right, bottom = edges
        inside = self._counts(edges)
        around = (max(left - reach, 0), max(top - reach, 0), right + reach, bottom + reach)
        return self.pieces.strokes(np.flatnonzero(self._counts(around) if reach else inside), inside)

    def _counts(self, edges: Edges) -> NDArray[np.intp]:
        left, top, right, bottom = edges
        return np.bincount(self.labels[top:bottom, left:right].ravel(), minlength=self.pieces.count + 1)[1:]

    def mask(self, strokes: list[Stroke], edges: Edges) -> Mask:
        """Where in a box these pieces are."""
        keep = np.zeros(self.pieces.count + 1, bool)
        keep[[s.label for s in strokes]] = True
        left, top, right, bottom = edges
        return keep[self.labels[top:bottom, left:right]]

    def shaded(self, edges: Edges) -> float:
        """The share of a box that is darker than paper in a soft, wide way."""
        left, top, right, bottom = (v // _PART for v in edges)
        return float(self.shade[top : bottom + 1, left : right + 1].mean())

    @cached_property
    def specks(self) -> float:
        """Specks a square point where nobody writes: a fax or a scan by threshold sows them all over the page."""
        dots = self.pieces.dots
        high, wide = (int(v / self.scale / _TILE) + 1 for v in self.labels.shape)
        y, x = (self.pieces.middles[dots] / self.scale / _TILE).astype(int).T
        return float(np.median(np.bincount(y * wide + x, minlength=high * wide))) / _TILE**2

    @cached_property
    def speck(self) -> float:
        """Pixels that such a speck takes, most of them."""
        dots = self.pieces.dots
        return float(np.percentile(self.pieces.area[dots], 95)) if self.specks else 0.0

    def shown(self, edges: Edges) -> float:
        """How much of the pale printing around a box is still on the page, 0 to 1; 1 where shades of grey remain.

        Where thin grey lines were lost, so may have been a pencil's.
        """
        if not self.bilevel:
            return 1.0
        rim = round(2.5 * self.scale)
        cut = np.s_[max(edges[1] - rim, 0) : edges[3] + rim, max(edges[0] - rim, 0) : edges[2] + rim]
        pale = (self.blank[cut] < _PRINTED) & (cv2.dilate(self.blank[cut], np.ones((5, 5), np.uint8)) > _PRINTED)
        seen = cv2.erode(self.page[cut], np.ones((3, 3), np.uint8)) < self.paper // 2
        ways = [
            cv2.morphologyEx(pale.astype(np.uint8), cv2.MORPH_OPEN, np.ones(bar, np.uint8)) > 0
            for bar in ((1, rim), (rim, 1))
        ]
        return max((float(seen[way].mean()) for way in ways if way.any()), default=0.0)


def inked(page: Grey, blank: Grey, dpi: float, *, bilevel: bool = False) -> Inked:
    """The ink that was added to a page.

    Args:
        page: uint8 (rows, columns), laid onto the blank, its illumination flattened.
        blank: the same page as it is printed, in the same shape.
        dpi: pixels an inch of both.
        bilevel: whether the page came in black and white only.
    """
    scale = dpi / 72
    ours = np.asarray(cv2.inRange(blank, np.array(0), np.array(_PRINTED - 1)), np.uint8) // 255
    hidden = grown(ours, round(_GROWN * scale))
    darker, paper, rough, shade = _darker(page, hidden)
    faint = max(FAINT, round(3.5 * rough))
    darker[hidden.view(bool)] = 0
    streak = _streaks(darker, faint)
    if streak is not None:
        ours, hidden = ours | streak, hidden | streak
        darker[streak.view(bool)] = 0
    darker = _bridged(darker, ours, hidden, scale)
    near = cv2.dilate(darker, np.ones((round(4 * scale), round(4 * scale)), np.uint8))
    there = darker >= np.maximum(cv2.convertScaleAbs(near, alpha=_HALO), faint)
    beside = grown(hidden, 1 + round(scale / 3))
    labels, pieces = measured(there.view(np.uint8), darker, beside, max(SURELY, 6 * rough), scale)
    return Inked(page, blank, darker, labels, pieces, shade, paper, bilevel, scale)


def grown(mask: Grey, by: int) -> Grey:
    """The mask widened by so many pixels on each side."""
    return np.asarray(cv2.dilate(mask, np.ones((2 * by + 1, 2 * by + 1), np.uint8)), np.uint8)


def _darker(page: Grey, hidden: Grey) -> tuple[Grey, int, float, Mask]:
    """How much darker than its paper each pixel is, the paper, how rough it is, and where it is softly shaded."""
    high, wide = page.shape
    some = page[::3, ::3][hidden[::3, ::3] == 0]
    paper = int(np.percentile(some, 60)) if some.size else 255
    rough = 1.48 * float(np.median(np.abs(some.astype(np.int16) - paper))) if some.size else 0.0
    small = cv2.resize(page, (-(-wide // _PART), -(-high // _PART)), interpolation=cv2.INTER_AREA)
    bright = cv2.morphologyEx(
        small, cv2.MORPH_CLOSE, np.ones((_OVER, _OVER), np.uint8), borderType=cv2.BORDER_REPLICATE
    )
    local = np.clip(bright, max(paper - _GREY_LEVELS, 0), paper).astype(np.uint8)
    shade = local < paper - max(FAINT // 2, 3 * rough)
    wide_again = cv2.resize(local, (wide, high), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.subtract(wide_again, page), np.uint8), paper, rough, shade


def _streaks(darker: Grey, faint: int) -> Grey | None:
    """Lines from end to end, drawn by dust on a scanner's glass, as a mask; None where there are none."""
    mask = np.zeros_like(darker)
    upright = cv2.resize(darker, None, fx=1, fy=1 / _SHORT, interpolation=cv2.INTER_AREA)
    level = cv2.resize(darker, None, fx=1 / _SHORT, fy=1, interpolation=cv2.INTER_AREA)
    for seen, whole, painted in ((upright, darker, mask), (level.T, darker.T, mask.T)):
        for start, slope in _straight(np.asarray(seen) > 2 * faint):
            rows = np.arange(len(painted))
            columns = np.rint(start + slope * rows / _SHORT).astype(int)
            if not _thin(whole, rows, columns, faint):
                continue
            for column in (columns + off for off in range(-2, 3)):
                fits = (column >= 0) & (column < painted.shape[1])
                painted[rows[fits], column[fits]] = 1
    return mask if mask.any() else None


def _thin(darker: Grey, rows: NDArray[np.intp], columns: NDArray[np.intp], faint: int) -> bool:
    """Whether a line is drawn through and alone; a row of small letters is as straight, but has gaps, and is higher."""
    on = _inked_at(darker, rows, columns, (-1, 0, 1), faint)
    parts = on[: len(on) // _SHORT * _SHORT].reshape(-1, _SHORT)
    solid = bool(parts.any()) and bool(parts[parts.any(axis=1)].mean() > _DRAWN)
    return solid and all(_inked_at(darker, rows, columns, side, faint)[on].mean() < _BESIDE for side in _SIDES)


def _inked_at(
    darker: Grey, rows: NDArray[np.intp], columns: NDArray[np.intp], offs: tuple[int, ...], faint: int
) -> Mask:
    """In which rows there is ink so far beside a line."""
    beside = np.array([np.clip(columns + off, 0, darker.shape[1] - 1) for off in offs])
    return np.asarray((darker[rows, beside] > faint).any(axis=0))


def _straight(seen: Mask) -> Iterator[tuple[float, float]]:
    """Lines from top to bottom: the column where each begins, and by how much it moves in a row."""
    high, wide = seen.shape
    rows, columns = np.nonzero(seen)
    if rows.size < _STREAK * high:
        return
    for slope in _SLOPES * _SHORT:
        start = np.rint(columns - slope * rows).astype(int) + wide
        counts = np.bincount(start, minlength=3 * wide)
        yield from ((float(at - wide), float(slope)) for at in np.flatnonzero(counts >= _STREAK * high))


def _bridged(darker: Grey, lines: Grey, hidden: Grey, scale: float) -> Grey:
    """Strokes led across what hides them: across a line from side to side, aslant too, never along it."""
    reach = 2 * round(_GROWN * scale) + round(1.6 * scale) | 1
    long = round(5 * scale)
    aslant = _aslant(darker, reach // 2 | 1)
    out = darker.copy()
    for along, across in (((1, long), (reach, 1)), ((long, 1), (1, reach))):
        line = cv2.morphologyEx(lines, cv2.MORPH_OPEN, np.ones(along, np.uint8))
        where = grown(np.asarray(line, np.uint8), round(_GROWN * scale)) & hidden
        over = cv2.max(cv2.morphologyEx(darker, cv2.MORPH_CLOSE, np.ones(across, np.uint8)), aslant)
        cv2.max(out, cv2.multiply(over, where), out)
    return out


def _aslant(darker: Grey, reach: int) -> Grey:
    """The ink closed along both diagonals, at half the resolution: a bridge is short, and need not be fine."""
    high, wide = darker.shape
    half = cv2.resize(darker, (-(-wide // 2), -(-high // 2)), interpolation=cv2.INTER_AREA)
    slash = np.eye(reach, dtype=np.uint8)
    closed = cv2.max(*(cv2.morphologyEx(half, cv2.MORPH_CLOSE, bar) for bar in (slash, slash[::-1].copy())))
    return np.asarray(cv2.resize(closed, (wide, high), interpolation=cv2.INTER_LINEAR), np.uint8)
