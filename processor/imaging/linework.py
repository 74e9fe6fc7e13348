"""Of a cut-out line: into how many pieces its writing fell, how wide its gaps are, how even its letters stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from processor.imaging.plane import Grey

_INK = 160
_GRAIN = 6
"""Pixels: a piece of fewer is no letter."""
_SMALL = 0.4
"""Of the highest piece: lower ones are dots, commas and parts."""
_LEVEL = 0.05
"""Of the highest piece: so far from the foot of the others a letter still stands in line."""
_FEWEST = 3
_GAP = 0.18
"""Of the height of the writing: a gap of less stands between two letters of a word."""


class Linework(NamedTuple):
    """Measures of a line; all 0 for one without ink."""

    pieces: int = 0
    """Parts that hang together."""
    gaps: int = 0
    """Gaps that are wider than between two letters of a word."""
    widest: float = 0.0
    """The widest gap, beside the usual one of those; 1 where there is one or none."""
    thin: float = 0.0
    """The share of the ink that is a single pixel thin: strokes that are about to be lost."""
    even: float = 0.0
    """How much like type its letters stand, 0 to 1: on one foot, and as high as one of two heights."""
    letters: int = 0
    """How many pieces that was seen on; 0 where they are too few."""


def linework(line: Grey) -> Linework:
    """Measures a line, uint8 (rows, columns), dark on white, as `zones` cuts it."""
    ink = (line < _INK).astype(np.uint8)
    if not ink.any():
        return Linework()
    pieces, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    even, letters = _even(np.asarray(stats, np.int32)[1:])
    columns = np.flatnonzero(ink.any(axis=0))
    rows = np.flatnonzero(ink.any(axis=1))
    between = np.diff(columns) - 1
    wide = between[between > _GAP * (rows[-1] - rows[0] + 1)]
    widest = float(wide.max() / np.median(wide)) if wide.size else 1.0
    kept = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    return Linework(pieces - 1, int(wide.size), widest, float(1 - kept.sum() / ink.sum()), even, letters)


def _even(pieces: NDArray[np.int32]) -> tuple[float, int]:
    """How even the pieces (left, top, width, height, ink) stand, and how many of them are letters."""
    whole = pieces[pieces[:, 4] >= _GRAIN]
    letters = whole[whole[:, 3] >= _SMALL * whole[:, 3].max(initial=0)]
    if len(letters) < _FEWEST:
        return 0.0, 0
    heads, feet = letters[:, 1], letters[:, 1] + letters[:, 3]
    near = max(_LEVEL * float(letters[:, 3].max()), 1.0)
    level = float(np.mean(np.abs(feet - np.median(feet)) <= near))
    alike = np.abs(heads[:, None] - heads) <= near
    first = alike[int(alike.sum(axis=1).argmax())]
    second = alike[:, ~first].sum(axis=0).max(initial=0) if not first.all() else 0
    return level * float(min(first.sum() + second, len(letters)) / len(letters)), len(letters)
