"""How a page came to us, as far as the page tells by itself: in shades or in black and white, finely or coarsely."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from processor.imaging import plane

if TYPE_CHECKING:
    from processor.imaging.fitting import Fit
    from processor.imaging.plane import Grey

_INK, _PAPER = 40, 215
_SHADES = 0.6
"""Of all that is darker than paper: so much is in between on pages with shades (0.8 and more), not on faxes (0.4)."""
_FINE = 175.0
"""Dots an inch."""
_SOFT, _STEEP = 40, 170
_SUDDEN = 0.2
"""Of all edges: so many are sudden both ways where a fax was fine (0.38); a coarse one was stretched one way (0)."""
_ASLANT = 1.02
"""A camera sees one corner larger than another; a scanner never does."""


class Source(StrEnum):
    """What made the picture."""

    GREY_FINE = "grey-fine"
    GREY_COARSE = "grey-coarse"
    BILEVEL_FINE = "bilevel-fine"
    BILEVEL_COARSE = "bilevel-coarse"
    """Also a fax of 98 rows an inch, stretched."""
    PHOTO = "photo"


def source(pixels: Grey, fit: Fit) -> Source:
    """What made the picture of a page that lies so, uint8 (rows, columns), as it came but for square pixels."""
    corners = np.array([[0.0, 0.0], [fit.width, 0.0], [fit.width, fit.height], [0.0, fit.height]])
    dpi = np.abs(plane.resolution(fit.matrix, corners))
    if dpi.max() > _ASLANT * dpi.min():
        return Source.PHOTO
    if _shades(pixels) > _SHADES:
        return Source.GREY_FINE if fit.dpi >= _FINE else Source.GREY_COARSE
    fine = fit.dpi >= _FINE and min(_sudden(pixels, 0), _sudden(pixels, 1)) > _SUDDEN
    return Source.BILEVEL_FINE if fine else Source.BILEVEL_COARSE


def _shades(pixels: Grey) -> float:
    counts = np.bincount(pixels.ravel(), minlength=256)
    return float(counts[_INK + 1 : _PAPER].sum() / max(counts[:_PAPER].sum(), 1))


def _sudden(pixels: Grey, axis: int) -> float:
    """Of the edges along an axis, how many go from ink to paper in one step."""
    steps = np.maximum(pixels, np.roll(pixels, 1, axis)) - np.minimum(pixels, np.roll(pixels, 1, axis))
    counts = np.bincount(steps.ravel(), minlength=256)
    return float(counts[_STEEP + 1 :].sum() / max(counts[_SOFT + 1 :].sum(), 1))
