"""The marks in the corners of our forms: ArUco DICT_4X4_50, 0 to 3 from the top left as a clock goes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from processor.imaging.light import shrunk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from processor.imaging.plane import Grey, Points

_NAMES = 4
_LONGEST = 1500
"""Pixels of the longer side that suffice: a mark of 24 points is 45 wide on a page that fills the picture."""


def marks(grey: Grey) -> Mapping[int, Points]:
    """The corners, (4, 2) pixels, of each mark that stands once on the page, by its number."""
    small, wide, high = shrunk(grey, _LONGEST)
    found, numbers, _ = _detector().detectMarkers(small)
    names = [] if numbers is None else [int(n) for n in np.asarray(numbers).ravel()]
    return {
        name: (np.asarray(spots, np.float64).reshape(4, 2) + 0.5) * (wide, high)
        for name, spots in zip(names, found, strict=True)
        if name < _NAMES and names.count(name) == 1
    }


@lru_cache(maxsize=1)
def _detector() -> cv2.aruco.ArucoDetector:
    """Windows of several widths find a mark in photos and in thin faxes alike."""
    settings = cv2.aruco.DetectorParameters()
    settings.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    settings.adaptiveThreshWinSizeMin = 5
    settings.adaptiveThreshWinSizeMax = 45
    settings.adaptiveThreshWinSizeStep = 20
    return cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50), settings)
