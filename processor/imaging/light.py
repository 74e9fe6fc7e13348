"""Light taken out of a page: shadows, the yellow of a lamp, grey paper.

The light is what remains when all that is small and dark is closed over (studies/scans.md 3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from processor.imaging.plane import Grey

_PART = 8
_HOLE = 9
"""Dark things up to this many reduced pixels are ink, not shadow: a quarter inch at 300 dots."""
_DARKEST = 20
_EVEN = 250
"""Paper that is hardly anywhere darker needs nothing: a fax, or a clean scan; codes and dark bands are not shadows."""


def flattened(grey: Grey) -> Grey:
    """The page as if evenly lit, paper near 255; the same array where the light is even already."""
    light = _light(grey)
    if np.percentile(light, 2) >= _EVEN:
        return grey
    spread = cv2.resize(light, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, spread, scale=255), np.uint8)


def bilevel(grey: Grey) -> bool:
    """Whether the page is of black and white only, like a fax."""
    levels = np.bincount(grey[::4].ravel(), minlength=256)
    return bool(levels[0] + levels[255] == levels.sum())


def _light(grey: Grey) -> Grey:
    """How bright the paper is, in one pixel for each eight by eight."""
    if bilevel(grey):
        return np.full((1, 1), 255, np.uint8)
    size = (max(grey.shape[1] // _PART, 1), max(grey.shape[0] // _PART, 1))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((_HOLE, _HOLE), np.uint8))
    return np.asarray(np.maximum(cv2.GaussianBlur(closed, (0, 0), 5), _DARKEST), np.uint8)


def shrunk(grey: Grey, longest: int) -> tuple[Grey, float, float]:
    """The page made smaller until no side is longer than that, and by what x and y were divided; never larger."""
    rows, columns = grey.shape
    part = min(longest / max(rows, columns), 1.0)
    if part == 1.0:
        return grey, 1.0, 1.0
    size = (max(round(columns * part), 1), max(round(rows * part), 1))
    small = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
    return small, columns / size[0], rows / size[1]
