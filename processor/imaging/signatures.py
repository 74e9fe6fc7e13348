"""Whether somebody signed: strokes that look like writing by hand, and nothing else, count.

What else stands in signature boxes is told apart, so that the caller can decide: a typed name, a ruled line, a stamp,
specks. Nothing is inferred from the name or the date beside. Source: studies/scans.md 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import cv2
import numpy as np

from processor.imaging.pieces import Look
from processor.imaging.strokes import around, grainy, ruled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from processor.imaging.ink import Edges, Inked
    from processor.imaging.pieces import Stroke
    from processor.model import Box

_MARGIN = 20.0
_LETTER = 3.4
_NAME = 17.0
"""Points: a signature is longer than this."""
_PEN = 35.0
"""Points of pen path that make a signature: two letters of a hand."""
_RULED = 0.65
_PALE = 0.35
_FIRM = 0.99
_SOLID = 6.0
"""Points: no pen is so thick, even where its loops run together."""


class Signed(StrEnum):
    """Whether the box is signed."""

    SIGNED = "signed"
    UNSIGNED = "unsigned"
    DOUBTFUL = "doubtful"


class Hand(StrEnum):
    """What stands in the box."""

    WRITTEN = "written"
    TYPED = "typed"
    LINE = "line"
    STAMP = "stamp"
    SPECKS = "specks"
    """Dots, smudges, what is no writing."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Signature:
    """What a signature box was seen to hold; lengths in points."""

    state: Signed
    kind: Hand
    certainty: float
    """0 to 1, that the state is right: on a fax that lost the pale lines around it, an empty box is not certain."""
    share: float
    """Of the box, covered by added ink."""
    wide: float
    """From the first letter to the last."""
    pen: float
    """How long the pen's path is."""
    even: float
    """How much alike in height and how level its letters stand: 1 for type, under 0.5 by hand."""


def signature(inked: Inked, box: Box) -> Signature:
    """Whether a signature box is signed.

    Args:
        inked: the page.
        box: in points.
    """
    inner = inked.within(box)
    pieces = inked.strokes(inner)
    share = sum(s.inside for s in pieces) / max((inner[2] - inner[0]) * (inner[3] - inner[1]), 1)
    ours = [s for s in pieces if 3 * s.inside >= s.area]
    letters = [s for s in ours if s.look is Look.STROKE and s.high >= _LETTER]
    if not letters:
        kind = _other(ours, inked.scale)
        blot = any(s.look is Look.BLOB for s in ours)
        state = Signed.UNSIGNED if kind in (Hand.NONE, Hand.SPECKS) and not blot else Signed.DOUBTFUL
        return Signature(state, kind, _certain(state, inked, inner), share, 0.0, 0.0, 0.0)
    edges = around(letters)
    mask = inked.mask(letters, edges)
    size = ((edges[2] - edges[0]) / inked.scale, _path(mask, inked.scale), _even(letters, inked.scale))
    state, kind = _told(letters, ours, mask, inked, size)
    return Signature(state, kind, _certain(state, inked, inner), share, *size)


def _certain(state: Signed, inked: Inked, inner: Edges) -> float:
    if state is Signed.UNSIGNED:
        shown = inked.shown(inner)
        return _FIRM if shown >= _PALE else 0.5 + shown
    return _FIRM if state is Signed.SIGNED else 0.5


def _other(ours: list[Stroke], scale: float) -> Hand:
    """What ink without a letter is."""
    if any(s.look is Look.LINE for s in ours):
        return Hand.LINE
    return Hand.SPECKS if sum(s.area for s in ours) / scale**2 > 1 else Hand.NONE


def _told(
    letters: list[Stroke], ours: list[Stroke], mask: NDArray[np.bool_], inked: Inked, size: tuple[float, float, float]
) -> tuple[Signed, Hand]:
    wide, pen, even = size
    if any(_framed(s, inked) for s in ours if s.wide > 25 or s.high > 25):
        return Signed.DOUBTFUL, Hand.STAMP
    if grainy(mask, len(letters)) or any(s.thick > _SOLID for s in letters):
        return Signed.DOUBTFUL, Hand.SPECKS
    if any(s.long > 20 for s in letters) and ruled(mask, inked.scale) > _RULED:
        return Signed.DOUBTFUL, Hand.LINE
    foul = sum(s.area for s in ours if s.look in (Look.BLOB, Look.LINE))
    dots = sum(s.look is Look.DOT for s in ours)
    if dots > 6 + 3 * len(letters) or foul > 0.5 * sum(s.area for s in letters):
        return Signed.DOUBTFUL, Hand.SPECKS
    if even > 0.6:
        return Signed.DOUBTFUL, Hand.TYPED
    return (Signed.DOUBTFUL if wide < _NAME or pen < _PEN else Signed.SIGNED), Hand.WRITTEN


def _framed(s: Stroke, inked: Inked) -> bool:
    """Whether a piece is the frame of a stamp: a rectangle's sides, or a ring that closes."""
    cut = inked.mask([s], (s.left, s.top, s.right, s.bottom))
    near = max(round(2.5 * inked.scale), 1)
    sides = (cut[:near].any(axis=0), cut[-near:].any(axis=0), cut[:, :near].any(axis=1), cut[:, -near:].any(axis=1))
    if sum(side.mean() > 0.8 for side in sides) >= 3:
        return True
    y, x = np.nonzero(cut)
    high, wide = cut.shape
    radius = np.hypot((x - wide / 2) / (wide / 2), (y - high / 2) / (high / 2))
    rim = np.abs(radius - 0.95) < 0.12
    angle = np.arctan2(y[rim] - high / 2, x[rim] - wide / 2)
    sectors = np.bincount(((angle + np.pi) / (2 * np.pi) * 36).astype(int) % 36, minlength=36)
    return bool((sectors > 0).mean() > 0.85 and rim.mean() > 0.33)


def _path(mask: NDArray[np.bool_], scale: float) -> float:
    """How long the pen's path is, in points: the ink's area by twice its mean depth."""
    there = mask.astype(np.uint8)
    depth = cv2.distanceTransform(there, cv2.DIST_L2, 3)[mask]
    return float(mask.sum() / max(4 * float(depth.mean()) - 1, 1.0) / scale)


def _even(letters: list[Stroke], scale: float) -> float:
    """How much like type they stand: many separate letters, on one level, of two heights, of one thickness."""
    if len(letters) < 4:
        return 0.0
    feet = np.array([s.bottom for s in letters]) / scale
    level = float(np.mean(np.abs(feet - np.median(feet)) < 0.55))
    small = float(np.mean([s.wide < 1.5 * s.high for s in letters]))
    tops = np.sort(np.array([s.high for s in letters]))
    steps = float(np.mean(np.diff(tops) < 0.3))
    return level * small * (0.5 + steps / 2)
