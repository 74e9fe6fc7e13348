"""A page of a blank form, made ready to be found on scans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from processor.imaging.codes import codes
from processor.imaging.marks import marks
from processor.imaging.patches import RESOLUTION, spots

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from processor.imaging.codes import Code
    from processor.imaging.plane import Grey, Points
    from processor.model import Picture


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plate:
    """A blank's page. Make it once and keep it: two plates are never the same."""

    page: int
    dpi: float
    pixels: Grey
    """The page as it was drawn."""
    width: float
    height: float
    """Points."""
    small: Grey
    """The page at 150 dots an inch."""
    spots: NDArray[np.int64]
    """(n, 2) pixels of `small` around which there is something to hold on to."""
    marks: Mapping[int, Points]
    """Corner marks by number, corners in points."""
    codes: tuple[Code, ...]
    """Page codes, corners in points."""


def plate(picture: Picture) -> Plate:
    """Prepares a blank's page, drawn at 150 dots an inch or more (200 to 300 is best): about 60 ms."""
    pixels, factor = picture.pixels, 72 / picture.dpi
    rows, columns = pixels.shape
    width, height = columns * factor, rows * factor
    size = (round(width * RESOLUTION / 72), round(height * RESOLUTION / 72))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    return Plate(
        page=picture.page,
        dpi=picture.dpi,
        pixels=pixels,
        width=width,
        height=height,
        small=small,
        spots=spots(small),
        marks={name: corners * factor for name, corners in marks(pixels).items()},
        codes=tuple(_in_points(code, factor) for code in codes(pixels, picture.dpi)),
    )


def _in_points(code: Code, factor: float) -> Code:
    return type(code)(code.text, code.corners * factor, code.mirrored, code.square)
