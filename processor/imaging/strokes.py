"""Several pieces of ink looked at together: whether they were drawn with a ruler, or are the grains of a smudge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from processor.imaging.ink import Edges
    from processor.imaging.pieces import Stroke

_PINHOLE = 4


def around(pieces: list[Stroke]) -> Edges:
    """The edges of all of them, in pixels."""
    edges = np.array([s[1:5] for s in pieces])
    left, top = edges[:, :2].min(axis=0).tolist()
    right, bottom = edges[:, 2:].max(axis=0).tolist()
    return left, top, right, bottom


def ruled(mask: NDArray[np.bool_], scale: float) -> float:
    """The share of the ink that lies on its two longest straight lines: drawn with a ruler, or broken up."""
    left = mask.astype(np.uint8) * np.uint8(255)
    whole = np.count_nonzero(left)
    for _ in range(2):
        found = cv2.HoughLinesP(left, 1, np.pi / 720, round(8 * scale), minLineLength=20 * scale, maxLineGap=3 * scale)
        if found is None:
            break
        lines = np.asarray(found, np.int32).reshape(-1, 4)
        x0, y0, x1, y1 = lines[np.argmax(np.hypot(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]))].tolist()
        cv2.line(left, (x0, y0), (x1, y1), (0,), round(2 * scale))
    return 1 - np.count_nonzero(left) / whole


def grainy(mask: NDArray[np.bool_], pieces: int) -> bool:
    """Whether so many pieces are full of pinholes: a smudge that a fax has made black and white."""
    count, _, stats, _ = cv2.connectedComponentsWithStats((~mask).astype(np.uint8), connectivity=4)
    pinholes = int(np.count_nonzero(stats[1:count, cv2.CC_STAT_AREA] <= _PINHOLE))
    return pinholes > 2 + 1.2 * pieces
