"""A page of unknown layout set upright and level, and the lines of text cut out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from processor.imaging import plane
from processor.imaging.outline import outline, straightening
from processor.imaging.upright import skew, turn

if TYPE_CHECKING:
    from processor.imaging.plane import Grey, Matrix, Points

_LEVEL = 0.2
"""Degrees that no reader minds."""
_BESIDE, _OVER = 0.3, 0.12
"""Of a line's height, kept at its ends, and over and under it."""


@dataclass(frozen=True, slots=True, eq=False)
class Levelled:
    """A page as it is read."""

    pixels: Grey
    back: Matrix
    """From its pixels to those of the page as it came."""
    quarters: int
    """How often it was turned clockwise by 90 degrees."""


class Flat(NamedTuple):
    """A page as if taken from straight above, its way up unknown."""

    pixels: Grey
    there: Matrix
    """From the page as it came to these pixels."""


def flat(even: Grey, raw: Grey) -> Flat:
    """The page laid flat. `even` is it evenly lit; on `raw`, as it came, a sheet on a table is found."""
    corners = outline(raw)
    return Flat(even, np.eye(3)) if corners is None else Flat(*straightening(even, corners))


def quarters(page: Flat) -> int | None:
    """How often it must be turned clockwise by 90 degrees, as far as its marks tell without reading them."""
    degrees = turn(page.pixels)
    return None if degrees is None else degrees // 90


def levelled(page: Flat, quarters: int) -> Levelled:
    """The page turned clockwise so many times, its lines then made level."""
    upright = np.ascontiguousarray(np.rot90(page.pixels, -quarters))
    there = _turned(page.pixels.shape, quarters) @ page.there
    fall = skew(upright)
    if abs(fall) > _LEVEL:
        high, wide = upright.shape
        level = np.vstack([cv2.getRotationMatrix2D((wide / 2, high / 2), fall, 1.0), [0.0, 0.0, 1.0]])
        upright = np.asarray(cv2.warpAffine(upright, level[:2], (wide, high), borderValue=(255.0,)), np.uint8)
        there = level @ there
    return Levelled(upright, np.asarray(np.linalg.inv(there), np.float64), quarters)


def _turned(shape: tuple[int, ...], quarters: int) -> Matrix:
    """From pixels of a page to those of the page turned clockwise so many times."""
    high, wide = shape
    steps = {
        0: [[1, 0, 0], [0, 1, 0]],
        1: [[0, -1, high], [1, 0, 0]],
        2: [[-1, 0, wide], [0, -1, high]],
        3: [[0, 1, 0], [-1, 0, wide]],
    }
    return np.array([*steps[quarters], [0, 0, 1]], np.float64)


def lengthened(corners: Points) -> Points:
    """A line's corners, from the top left as a clock goes, with room at its ends: finders cut first letters off."""
    high = max(np.linalg.norm(corners[3] - corners[0]), np.linalg.norm(corners[2] - corners[1]))
    ways = [corners[1] - corners[0], corners[2] - corners[3]]
    upper, lower = (_BESIDE * high * way / max(float(np.linalg.norm(way)), 1.0) for way in ways)
    return np.asarray(corners + np.array([-upper, upper, lower, -lower]), np.float64)


def cut(grey: Grey, corners: Points) -> Grey:
    """A line of text, its corners from the top left as a clock goes, as a straight picture with a little over it."""
    wide = max(np.linalg.norm(corners[1] - corners[0]), np.linalg.norm(corners[2] - corners[3]))
    high = max(np.linalg.norm(corners[3] - corners[0]), np.linalg.norm(corners[2] - corners[1]))
    over = _OVER * high
    size = (max(round(float(wide)), 1), max(round(float(high + 2 * over)), 1))
    to = (plane.corners(float(wide), float(high)) + np.array([0.0, over])).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), to)
    line = cv2.warpPerspective(grey, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(line, np.uint8)
