"""Pages found by what they look like, without marks or codes: ORB features, and a homography that most agree on.

Works at any turn, and for forms of other houses (studies/scans.md 3: 10 of 10 pages at 150 to 300 dots, 7 to 8 of 10
faxes, all but strongly curled photos).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from processor.imaging.light import shrunk

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from processor.imaging.plane import Grey, Matrix, Points
    from processor.imaging.plate import Plate

_MOST = 4000
_LONGEST = 1300
_FEW = 900
"""Features that suffice to guess which page it is."""
_CELL = 50
"""Pixels of a cell that has its turn among the first features."""
_CLEARER = 0.82
"""How much nearer the best match must be than the second."""
_LEAST = 12
"""Matches that must agree, or chance could have made them."""


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """What stands out on a page."""

    points: Points
    """(n, 2) pixels or points, the strongest of each part of the page first."""
    kinds: NDArray[np.uint8]
    """(n, 32) what each looks like."""


def features(grey: Grey) -> Features:
    """Up to 4,000 features of a scan, in its pixels: about 60 ms."""
    small, wide, high = shrunk(grey, _LONGEST)
    points, kinds = _orb().detectAndCompute(small, np.empty(0, np.uint8))
    if not points:
        return Features(np.zeros((0, 2)), np.zeros((0, 32), np.uint8))
    at = np.array([p.pt for p in points]) + 0.5
    order = _in_turn(at, np.array([p.response for p in points]))
    return Features(at[order] * (wide, high), np.asarray(kinds, np.uint8)[order])


def _in_turn(at: Points, strength: NDArray[np.float64]) -> NDArray[np.int64]:
    """The strongest of each cell of the page first, then the second: else all the first ones lie in codes and marks."""
    cell = (at // _CELL).astype(np.int64) @ (1, 1000)
    order = np.lexsort((-strength, cell))
    _, first, counts = np.unique(cell[order], return_index=True, return_counts=True)
    rank = np.arange(len(order)) - np.repeat(first, counts)
    return order[np.lexsort((-strength[order], rank))]


@lru_cache(maxsize=64)
def printed(plate: Plate) -> Features:
    """The features of a blank, in points; computed when first asked for."""
    rows, columns = plate.small.shape
    own = features(plate.small)
    return Features(own.points * (plate.width / columns, plate.height / rows), own.kinds)


def votes(plate: Plate, scan: Features) -> int:
    """How many of the first features of a blank are found on the scan in one place: a quick guess, 10 ms.

    Matches alone tell nothing of a page full of small print: 150 on every blank, of which 40 agree on the right one.
    """
    own = printed(plate)
    pairs = _pairs(own.kinds[:_FEW], scan.kinds[:_FEW])
    if len(pairs) < 3:
        return 0
    ours, theirs = own.points[pairs[:, 0]], scan.points[pairs[:, 1]]
    loose = 3.0 * _size(ours, theirs)
    _, agree = cv2.estimateAffine2D(ours, theirs, method=cv2.USAC_MAGSAC, ransacReprojThreshold=loose, maxIters=1000)
    return 0 if agree is None else int(np.sum(agree))


def start(plate: Plate, scan: Features) -> Matrix | None:
    """Where the blank lies on the scan, as most matches have it: blank points to scan pixels."""
    own = printed(plate)
    pairs = _pairs(own.kinds, scan.kinds)
    if len(pairs) < _LEAST:
        return None
    ours, theirs = own.points[pairs[:, 0]], scan.points[pairs[:, 1]]
    loose = 3.0 * _size(ours, theirs)
    matrix, agree = cv2.findHomography(ours, theirs, cv2.USAC_MAGSAC, loose, maxIters=5000, confidence=0.999)
    return None if matrix is None or int(np.sum(agree)) < _LEAST else np.asarray(matrix, np.float64)


def _size(ours: Points, theirs: Points) -> float:
    """Roughly how many pixels a point is."""
    return float(np.mean(theirs.std(axis=0)) / max(float(np.mean(ours.std(axis=0))), 1e-6))


def _pairs(ours: NDArray[np.uint8], theirs: NDArray[np.uint8]) -> NDArray[np.int64]:
    """(n, 2): which feature matches which, where the best match stands out."""
    if len(theirs) < 2 or not len(ours):
        return np.zeros((0, 2), np.int64)
    two = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(ours, theirs, k=2)
    clear = [(a.queryIdx, a.trainIdx) for a, b in two if a.distance < _CLEARER * b.distance]
    return np.array(clear, np.int64).reshape(-1, 2)


@lru_cache(maxsize=1)
def _orb() -> cv2.ORB:
    return cv2.ORB.create(_MOST, 1.2, 8, fastThreshold=10)
