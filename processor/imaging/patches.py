"""Small patches of a blank, found again on a scan: where the page really lies, to a fraction of a pixel.

Normalised correlation of some 200 patches at 150 dots an inch (studies/scans.md 3): writing covers some of them, and
the others outvote it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from processor.imaging.plane import Grey, Points

RESOLUTION = 150
_HALF = 24
_MOST = 220
_APART = 45
_SELF, _DOUBLE = 8, 0.7
"""Pixels around a patch that are the patch itself, and the correlation from which another place is its double."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What became of each patch."""

    offsets: Points
    """(n, 2) pixels by which it lies off the place where it was looked for."""
    scores: NDArray[np.float64]
    """(n,) correlation, 0 to 1; 0 where the best place was at the edge of the search."""


def spots(blank: Grey) -> NDArray[np.int64]:
    """Where a blank at 150 dots an inch has something to hold on to: (n, 2) pixels, the strongest first."""
    soft = cv2.GaussianBlur(blank, (0, 0), 1.5)
    inside = np.zeros_like(blank)
    inside[_HALF:-_HALF, _HALF:-_HALF] = 255
    strong = cv2.goodFeaturesToTrack(soft, _MOST, 0.02, _APART, mask=inside)
    return np.zeros((0, 2), np.int64) if strong is None else np.asarray(strong).reshape(-1, 2).astype(np.int64)


def found(blank: Grey, at: NDArray[np.int64], seen: Grey, reach: int) -> Found:
    """Looks for the patches of a blank on a picture laid roughly over it, up to `reach` pixels off on either side."""
    wide = cv2.copyMakeBorder(seen, reach, reach, reach, reach, cv2.BORDER_REPLICATE)
    offsets, scores = np.zeros((len(at), 2)), np.zeros(len(at))
    for i, (x, y) in enumerate(at.tolist()):
        patch = blank[y - _HALF : y + _HALF, x - _HALF : x + _HALF]
        around = wide[y - _HALF : y + _HALF + 2 * reach, x - _HALF : x + _HALF + 2 * reach]
        alike = np.asarray(cv2.matchTemplate(around, patch, cv2.TM_CCOEFF_NORMED), np.float32)
        _, best, _, (left, top) = cv2.minMaxLoc(alike)
        if 0 < left < 2 * reach and 0 < top < 2 * reach:
            across, down = alike[top, left - 1 : left + 2], alike[top - 1 : top + 2, left]
            offsets[i] = left - reach + _peak(across), top - reach + _peak(down)
            scores[i] = best
    return Found(offsets, scores)


def lone(blank: Grey, at: NDArray[np.int64], reach: int) -> NDArray[np.bool_]:
    """Which patches (n,) have no double on the blank itself within reach, as the cells of a comb have."""
    wide = cv2.copyMakeBorder(blank, reach, reach, reach, reach, cv2.BORDER_REPLICATE)
    alone = np.ones(len(at), bool)
    for i, (x, y) in enumerate(at.tolist()):
        patch = blank[y - _HALF : y + _HALF, x - _HALF : x + _HALF]
        around = wide[y - _HALF : y + _HALF + 2 * reach, x - _HALF : x + _HALF + 2 * reach]
        alike = np.array(cv2.matchTemplate(around, patch, cv2.TM_CCOEFF_NORMED), np.float32)
        alike[reach - _SELF : reach + _SELF + 1, reach - _SELF : reach + _SELF + 1] = 0
        alone[i] = alike.max() < _DOUBLE
    return alone


def _peak(three: NDArray[np.float32]) -> float:
    """Where the top of the parabola through three values lies, off the middle one; the middle is the largest."""
    before, middle, after = three.tolist()
    bowed = before - 2 * middle + after
    return float(np.clip(0.5 * (before - after) / (bowed - 1e-9), -0.5, 0.5))
