"""Ink on paper: strokes and letters laid over a grey page, which never gets lighter by them.

Pages are uint8 (rows, columns) at 300 dpi, 0 black; places are pixels from the top left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Path = NDArray[np.float64]
    """Points (n, 2) as x, y."""

DPI = 300
POINT = DPI / 72
"""Pixels in a point."""
_FINE = 4
"""Bits of a pixel's fraction that cv2 draws with."""


def blend(page: Grey, mask: Grey, at: tuple[int, int], ink: int) -> None:
    """Lay ink where the mask (255 is full) says so, its top left corner at a pixel; what falls off the page is lost."""
    left, top = at
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + mask.shape[1], page.shape[1]), min(top + mask.shape[0], page.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    share = mask[y0 - top : y1 - top, x0 - left : x1 - left].astype(np.float32) / 255
    paper = page[y0:y1, x0:x1].astype(np.float32)
    page[y0:y1, x0:x1] = np.minimum(paper, paper * (1 - share) + ink * share).astype(np.uint8)


def strokes(page: Grey, paths: Sequence[Path], width: float, ink: int) -> None:
    """Draw lines as a pen does, `width` pixels wide, in place."""
    if not paths:
        return
    points = np.concatenate(paths)
    margin = int(width) + 3
    left, top = (int(v) - margin for v in np.floor(points.min(axis=0)))
    right, bottom = (int(v) + margin for v in np.ceil(points.max(axis=0)))
    twice = np.zeros((2 * (bottom - top), 2 * (right - left)), np.uint8)
    for path in paths:
        at = np.round((path - (left, top)) * 2 * (1 << _FINE)).astype(np.int32)
        if len(at) == 1:
            at = np.vstack([at, at + 1])
        cv2.polylines(twice, [at.reshape(-1, 1, 2)], False, 255, max(round(2 * width), 1), cv2.LINE_AA, _FINE)  # noqa: FBT003 - cv2's order
    mask = cv2.resize(twice, (right - left, bottom - top), interpolation=cv2.INTER_AREA)
    blend(page, np.asarray(mask, np.uint8), (left, top), ink)


def curve(points: Path, steps: int = 12) -> Path:
    """A smooth line through points (Catmull-Rom)."""
    if len(points) < 3:
        return points
    ends = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False)
    ]
    return np.vstack([*parts, points[-1:]])
