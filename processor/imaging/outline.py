"""A sheet or a card photographed on a table: its outline, and the picture as if taken from straight above.

The outline is the largest four-sided light patch that is lighter than what surrounds it, all along its sides. Nothing
is cut off by straightening: what lies beside the sheet stays on the picture, in case the sheet was a panel printed on
a larger one (studies/scans.md 3).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np

from processor.imaging import plane
from processor.imaging.light import bilevel, shrunk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from processor.imaging.plane import Grey, Matrix, Points

_LONGEST = 640
_LEAST = 0.12
"""Share of the picture that a sheet covers at least."""
_STEP = 4
"""Pixels by which a side is looked at inside and outside."""
_LIGHTER = 12
"""Levels by which paper is lighter than a table."""
_SUPPORT = 0.8
"""Of each side must be seen so, or be the picture's edge."""
_WHOLE = 0.97
"""A sheet that covers so much is the picture."""
_STRAIGHT = 0.01
"""Slant, in parts of the longer side, that needs no straightening."""
_ROUND = 0.15
"""Of the picture, how much more is shown on each side at most when it is straightened."""
_WIDE = 121
"""Pixels over which light is evened out: larger than a margin, smaller than a sheet."""


def outline(grey: Grey) -> Points | None:
    """The corners of the sheet, (4, 2) in pixels, from the top left as a clock goes; None where none is seen."""
    if min(grey.shape) < 2 * _STEP or bilevel(grey):
        return None
    small, across, down = shrunk(grey, _LONGEST)
    soft = np.asarray(cv2.GaussianBlur(small, (0, 0), 2.0), np.uint8)
    best, largest = None, _LEAST * small.size
    for corners in _patches(soft):
        area = float(cv2.contourArea(corners.astype(np.float32)))
        if largest < area < _WHOLE * small.size and _stands_out(soft, corners):
            best, largest = corners, area
    return None if best is None else best * (across, down)


def _patches(soft: Grey) -> Iterator[Points]:
    """Four-sided light patches, by several thresholds: a shadow makes paper here as dark as the table there."""
    even = np.clip(soft.astype(np.int16) - cv2.blur(soft, (_WIDE, _WIDE)) + 128, 0, 255).astype(np.uint8)
    for picture in (soft, even):
        levels = np.unique(np.percentile(picture, (10, 20, 30, 40, 50, 60, 75)))
        for level in levels:
            light = (picture > level).astype(np.uint8)
            closed = cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
            contours, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
            for contour in contours:
                corners = _four(contour)
                if corners is not None:
                    yield corners


def _four(contour: object) -> Points | None:
    """The corners of a patch that has four."""
    hull = cv2.convexHull(np.asarray(contour, np.int32))
    area = cv2.contourArea(hull)
    if area < 1000:
        return None
    corners = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, True), True).reshape(-1, 2)  # noqa: FBT003 - cv2's order
    if len(corners) != 4 or cv2.contourArea(corners) < 0.93 * area:
        return None
    middle = corners.mean(axis=0)
    clockwise = corners[np.argsort(np.arctan2(*(corners - middle).T[::-1]))]
    return np.roll(clockwise, -int(np.argmin(clockwise.sum(axis=1))), axis=0).astype(np.float64)


def _stands_out(soft: Grey, corners: Points) -> bool:
    """Whether the picture is lighter inside than outside, along every side."""
    return all(_seen(soft, a, b) >= _SUPPORT for a, b in pairwise(np.vstack([corners, corners[:1]])))


def _seen(soft: Grey, a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Of a side, the share that parts light from dark or is the picture's edge."""
    high, wide = soft.shape
    along = a + np.linspace(0.05, 0.95, 40)[:, None] * (b - a)
    out = np.array([(b - a)[1], -(b - a)[0]]) / max(float(np.linalg.norm(b - a)), 1.0)
    beyond, inside = (np.round(along + way * _STEP * out).astype(int) for way in (1, -1))
    edge = (beyond < 0).any(axis=1) | (beyond >= (wide, high)).any(axis=1)
    x, y = np.clip(beyond, 0, (wide - 1, high - 1)).T
    u, v = np.clip(inside, 0, (wide - 1, high - 1)).T
    return float(np.mean(edge | (soft[v, u].astype(int) - soft[y, x] >= _LIGHTER)))


def straightening(grey: Grey, corners: Points) -> tuple[Grey, Matrix]:
    """The picture with that four-sided sheet made a rectangle, and the matrix that leads there from the picture."""
    sides = [float(np.linalg.norm(b - a)) for a, b in pairwise(np.vstack([corners, corners[:1]]))]
    wide, high = max(sides[0], sides[2]), max(sides[1], sides[3])
    left, top = corners.min(axis=0)
    to = plane.corners(wide, high) + np.array([left, top])
    if np.abs(to - corners).max() < _STRAIGHT * max(grey.shape):
        return grey, np.eye(3)
    there = cv2.getPerspectiveTransform(corners.astype(np.float32), to.astype(np.float32)).astype(np.float64)
    size = np.array(grey.shape[::-1])
    ends = plane.applied(there, plane.corners(*size))
    least, most = np.maximum(ends.min(axis=0), -_ROUND * size), np.minimum(ends.max(axis=0), (1 + _ROUND) * size)
    there = plane.moved(*(-least)) @ there
    shown = np.ceil(np.maximum(most, (left + wide, top + high)) - least).astype(int)
    flat = cv2.warpPerspective(grey, plane.indexed(there), shown, flags=cv2.INTER_LINEAR, borderValue=(255.0,))
    return np.asarray(flat, np.uint8), there
