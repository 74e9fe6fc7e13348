"""Where lines of text stand on a page: the map of the finder, cut at a threshold, each blot boxed and let out again.

The finder is trained on shrunken lines (differentiable binarisation); growing a box by area x ratio / perimeter gives
back what was taken, and needs no polygon library. Thresholds are those of PP-OCRv6's own configuration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from processor.ocr.weights import Session

LIMIT = 1280
"""Longest side the finder sees, in pixels (studies/scans.md 2b: the same recall as full size)."""
_STRIDE = 32
_INK, _SURE, _GROW, _SMALLEST, _MOST = 0.2, 0.4, 1.4, 3, 3000
_MEAN = np.array((0.485, 0.456, 0.406), np.float32)[:, None, None]
_SPREAD = np.array((0.229, 0.224, 0.225), np.float32)[:, None, None]


def find_lines(model: Session, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The corners of each line of text, float32 (lines, 4, 2) in pixels (x, y), in reading order.

    Corners run from the top left as a clock goes; a page without extent has no lines.
    """
    if min(pixels.shape) == 0:
        return np.empty((0, 4, 2), np.float32)
    seen = _map(model, pixels)
    scale = np.array(pixels.shape[::-1], np.float32) / np.array(seen.shape[::-1], np.float32)
    contours, _ = cv2.findContours((seen > _INK).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    quads = [quad for contour in contours[:_MOST] if (quad := _line(seen, np.asarray(contour))) is not None]
    found = np.array(quads, np.float32).reshape(-1, 4, 2) * scale
    return in_order(np.clip(found, 0, np.array(pixels.shape[::-1], np.float32)))


def _map(model: Session, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """How surely each pixel of the reduced page lies on a line of text, 0 to 1."""
    reduced = min(1.0, LIMIT / max(pixels.shape))
    rows, columns = (max(_STRIDE, round(side * reduced / _STRIDE) * _STRIDE) for side in pixels.shape)
    page = cv2.resize(pixels, (columns, rows), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    return np.asarray(model.run(None, {"x": ((page - _MEAN) / _SPREAD).astype(np.float32)[None]})[0][0, 0])


def _line(seen: NDArray[np.float32], contour: NDArray[np.int32]) -> NDArray[np.float32] | None:
    """The corners of a blot as a line of text, let out; none when it is too small or not sure."""
    centre, size, angle = cv2.minAreaRect(contour)
    width, height = size[0] + 1, size[1] + 1  # a contour runs through the middles of its pixels
    if min(width, height) < _SMALLEST or _sureness(seen, cv2.boxPoints((centre, size, angle))) < _SURE:
        return None
    more = width * height * _GROW / (width + height)  # on both sides: twice area x ratio / perimeter
    return clockwise(np.asarray(cv2.boxPoints((centre, (width + more, height + more), angle)), np.float32) + 0.5)


def _sureness(seen: NDArray[np.float32], corners: object) -> float:
    """The mean of the map within a box."""
    quad = np.asarray(corners, np.float32)
    left, top = np.maximum(np.floor(quad.min(axis=0)), 0).astype(int)
    right, bottom = np.ceil(quad.max(axis=0)).astype(int) + 1
    part = seen[top:bottom, left:right]
    inside = np.zeros(part.shape, np.uint8)
    cv2.fillConvexPoly(inside, np.round(quad - (left, top)).astype(np.int32), 1)
    return float(part[inside > 0].mean())


def clockwise(quad: NDArray[np.float32]) -> NDArray[np.float32]:
    """Four corners from the top left as a clock goes, on a page that is less than 45 degrees askew."""
    quad = quad[np.argsort(np.arctan2(*(quad - quad.mean(axis=0)).T[::-1]))]
    return np.roll(quad, -int(np.argmin(quad.sum(axis=1))), axis=0)


def in_order(quads: NDArray[np.float32]) -> NDArray[np.float32]:
    """Lines from the top to the bottom; those that stand beside each other from left to right."""
    middles, heights = quads.mean(axis=1), np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
    rows: list[list[int]] = []
    for line in np.argsort(middles[:, 1], kind="stable"):
        beside = rows and middles[line, 1] - middles[rows[-1][0], 1] < 0.5 * min(heights[line], heights[rows[-1][0]])
        rows[-1].append(int(line)) if beside else rows.append([int(line)])
    order = [line for row in rows for line in sorted(row, key=lambda one: float(middles[one, 0]))]
    return quads[np.array(order, np.intp)]
