"""Whether a box is ticked: several measures against the blank that must agree, or a person is asked.

A mark counts by what of it lies in the box, even when most of it lies outside; what only passes through from a
neighbour's writing does not. Source: studies/scans.md 4 and `omr.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from processor.imaging.pieces import Look
from processor.imaging.strokes import grainy

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from processor.imaging.ink import Edges, Inked
    from processor.imaging.pieces import Stroke
    from processor.model import Box

_MARGIN = 9.0
_SHOWN = 0.35
"""Of the frame: where less is left of it, a pale tick may be lost as well."""
_DARK = 0.35
_PALE = 0.18
_STEP, _FAR, _GAP = 0.25, 32.0, 1.5
"""Points: how a line is followed, how far, and how wide a gap ends it."""
_LONGEST = 2.0
"""Sides of the box: a single line longer than that was not drawn to mark it: a staple, a fold, a ruled line."""
_SOFT = 0.25
"""Of the box: no pen shades so much of it so softly, and the grains of a shade are no strokes."""
_PEN = 3.5
"""Points: the thickest place where the strokes of a cross meet, as a coarse fax, is 2.8."""
_WHOLE = 0.92
"""Of the ink in a box: so much of a tick is in its two largest pieces. Of 276 by hand, faxes too, all of it was."""
_INNER = 0.18
"""Of the box's width, from each side: there the printed frame can never be."""


class Mark(StrEnum):
    """What was done to a box."""

    TICKED = "ticked"
    EMPTY = "empty"
    CIRCLED = "circled"
    """A ring around it."""
    FILLED = "filled"
    """Blackened: a way to tick it, and a way to undo a tick."""
    MARGINAL = "marginal"
    """Nobody can be sure: it is asked about."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured, as shares of the box's inner part where nothing else is said."""

    dark: float
    """Covered by pixels a third darker than paper."""
    pale: float
    """Covered by pixels a sixth darker than paper."""
    extra: float
    """Of the box and a rim of two points: covered by added ink, in pieces that are the box's own."""
    spread: float
    """The larger side of the own ink within the box, in parts of the box's side."""
    centre: float
    """Covered, in the middle quarter."""
    ring: float
    """Of sixteen directions from the middle: those that meet ink outside the box."""
    visiting: float
    """Covered by ink of pieces that come from elsewhere."""
    blob: bool
    """Whether some of it is thicker than a stroke, or full of pinholes: a smudge, or a thick dot."""
    shaded: float
    """Of the box, darker than paper in a soft, wide way: the edge of a smudge."""
    whole: float
    """Of the ink in the box, what the two largest pieces have: of a pen's all, of crumbs a part."""
    through: bool
    """Whether it is a line that only passes: too long for a tick."""


@dataclass(frozen=True, slots=True)
class Tick:
    """What a tick box was seen to hold."""

    kind: Mark
    certainty: float
    """0 to 1, by how far the measures lie from where they would say otherwise."""
    measures: Measures


def tick(inked: Inked, box: Box) -> Tick:
    """What was done to a tick box.

    Args:
        inked: the page.
        box: in points, as its frame is drawn.
    """
    inner = inked.within(box)
    measures = _measured(inked, inner)
    kind, certainty = _told(measures)
    if kind is Mark.EMPTY and (shown := inked.shown(inner)) < _SHOWN:
        certainty = 0.5 + shown
    return Tick(kind, certainty, measures)


def _measured(inked: Inked, box: Edges) -> Measures:
    left, top, right, bottom = box
    inset = round(_INNER * (right - left))
    core = (left + inset, top + inset, right - inset, bottom - inset)
    reach, rim, quarter = round(_MARGIN * inked.scale), round(2 * inked.scale), (right - left) // 4
    window = (left - reach, top - reach, right + reach, bottom + reach)
    pieces = inked.strokes(core)
    own = [s for s in pieces if _own(s, window)]
    seen = inked.page[core[1] : core[3], core[0] : core[2]]
    inside = inked.mask(own, core)
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    spread = max(np.ptp(rows), np.ptp(columns)) + 1 if rows.size else 0
    wide = (max(left - rim, 0), max(top - rim, 0), right + rim, bottom + rim)
    return Measures(
        dark=float(np.mean(seen < (1 - _DARK) * inked.paper)),
        pale=float(np.mean(seen < (1 - _PALE) * inked.paper)),
        extra=float(inked.mask(own, wide).mean()),
        spread=float(spread) / max(inside.shape),
        centre=float(inked.mask(own, (left + quarter, top + quarter, right - quarter, bottom - quarter)).mean()),
        ring=_ring(inked, box, window),
        visiting=sum(s.inside for s in pieces if s not in own) / inside.size,
        blob=any(s.look is Look.BLOB or s.thick > _PEN for s in pieces)
        or (bool(own) and grainy(inked.mask(own, wide), len(own))),
        shaded=inked.shaded(box),
        whole=_whole(inked.strokes(box)),
        through=any(_through(s, inked, box) for s in own if s.look is Look.LINE),
    )


def _whole(pieces: list[Stroke]) -> float:
    sizes = sorted(s.inside for s in pieces)
    return sum(sizes[-2:]) / max(sum(sizes), 1)


def _own(s: Stroke, window: Edges) -> bool:
    """Whether a piece is the box's own: a good part of it lies inside, or it ends inside and not far off."""
    sides = (s.left < window[0]) + (s.top < window[1]) + (s.right > window[2]) + (s.bottom > window[3])
    return sides == 0 or (sides == 1 and 4 * s.inside >= s.area)


def _through(s: Stroke, inked: Inked, box: Edges) -> bool:
    """Whether a line is too long for a tick; what was taken away as print or as a streak does not break it."""
    left, top = max(s.left, box[0]), max(s.top, box[1])
    y, x = np.nonzero(inked.mask([s], (left, top, min(s.right, box[2]), min(s.bottom, box[3]))))
    if y.size < 3:
        return False
    along = np.linalg.eigh(np.cov(x, y))[1][:, 1]
    middle = np.array([x.mean() + left, y.mean() + top])
    steps = sum(_unbroken(_dark_along(inked, middle, way * along)) for way in (1, -1))
    return steps * _STEP * inked.scale > _LONGEST * (box[2] - box[0])


def _unbroken(way: NDArray[np.bool_]) -> int:
    """Steps to the first gap that no pen leaves."""
    gap = round(_GAP / _STEP)
    gone = np.flatnonzero(np.convolve(way, np.ones(gap), "valid") == 0)
    return int(gone[0]) if gone.size else way.size


def _dark_along(inked: Inked, start: NDArray[np.float64], along: NDArray[np.float64]) -> NDArray[np.bool_]:
    """At which steps from a point the page is dark, or is so a little to the side."""
    steps = np.arange(0, _FAR, _STEP) * inked.scale
    across = np.array([-along[1], along[0]])
    beside = np.linspace(-0.7, 0.7, 5) * inked.scale
    at = (start + steps[:, None, None] * along + beside[None, :, None] * across).round().astype(int)
    high, wide = inked.page.shape
    there = (at[..., 0] >= 0) & (at[..., 0] < wide) & (at[..., 1] >= 0) & (at[..., 1] < high)
    seen = inked.page[at[..., 1].clip(0, high - 1), at[..., 0].clip(0, wide - 1)]
    return np.asarray(((seen < (1 - _PALE) * inked.paper) & there).any(axis=1), np.bool_)


def _ring(inked: Inked, box: Edges, window: Edges) -> float:
    """Of sixteen directions, the share that meets ink between the frame and the window's edge."""
    left, top = max(window[0], 0), max(window[1], 0)
    outside = inked.labels[top : window[3], left : window[2]] > 0
    outside[max(box[1] - top, 0) : box[3] - top, max(box[0] - left, 0) : box[2] - left] = False
    y, x = np.nonzero(outside)
    if y.size < 16:
        return 0.0
    angle = np.arctan2(y + top - (box[1] + box[3]) / 2, x + left - (box[0] + box[2]) / 2)
    sectors = np.bincount(((angle + np.pi) / (2 * np.pi) * 16).astype(int) % 16, minlength=16)
    return float(np.mean(sectors >= inked.scale))


def _told(m: Measures) -> tuple[Mark, float]:
    """The mark, and how sure it is: the measures have to agree."""
    if m.ring >= 0.75 and m.dark < 0.2:
        return Mark.CIRCLED, 0.5
    if m.dark > 0.72:
        return Mark.FILLED, 0.5
    if m.pale < 0.025 and m.extra < 0.012 and m.visiting < 0.02 and m.spread < 0.4:
        return Mark.EMPTY, 0.99
    signs = (m.dark >= 0.07, m.pale >= 0.10, m.extra >= 0.05, m.spread >= 0.5, m.centre >= 0.04)
    plain = not m.blob and not m.through and m.shaded < _SOFT and m.whole >= _WHOLE
    if all(signs) and plain and m.visiting < 0.1:
        return Mark.TICKED, 0.99
    faint = m.pale >= 0.12 and m.extra >= 0.06 and m.spread >= 0.6 and m.centre >= 0.06
    if faint and plain and m.visiting < 0.02:
        return Mark.TICKED, 0.98
    return Mark.MARGINAL, 0.5
