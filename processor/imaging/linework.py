"""How whole the writing of a cut-out line is: into how many pieces it fell, and how wide its gaps are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

if TYPE_CHECKING:
    from processor.imaging.plane import Grey

_INK = 160
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


def linework(line: Grey) -> Linework:
    """Measures a line, uint8 (rows, columns), dark on white, as `zones` cuts it."""
    ink = (line < _INK).astype(np.uint8)
    if not ink.any():
        return Linework()
    pieces, _ = cv2.connectedComponents(ink)
    columns = np.flatnonzero(ink.any(axis=0))
    rows = np.flatnonzero(ink.any(axis=1))
    between = np.diff(columns) - 1
    wide = between[between > _GAP * (rows[-1] - rows[0] + 1)]
    widest = float(wide.max() / np.median(wide)) if wide.size else 1.0
    kept = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    return Linework(pieces - 1, int(wide.size), widest, float(1 - kept.sum() / ink.sum()))
