"""How a page came: by a scanner or a camera, in shades or in black and white, finely or coarsely."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from processor.imaging.fitting import Fit
from processor.imaging.source import Source, source
from tests.imaging.forms_drawn import HIGH, WIDE, blank


def lies(dpi: float, aslant: float = 0.0) -> Fit:
    """A page that lies straight, or is seen with its foot so much nearer."""
    matrix = np.array([[dpi / 72, 0, 0], [0, dpi / 72, 0], [0, -aslant / HIGH, 1.0]])
    return Fit(width=WIDE, height=HIGH, matrix=matrix, bend=np.zeros((0, 2)), shape=(1650, 1275))


def faxed(rows: int) -> np.ndarray:
    """The blank as a fax machine sends it: black and white, so many rows for 1650."""
    soft = cv2.GaussianBlur(blank(), (0, 0), 1.0)
    small = cv2.resize(soft, (1275, rows), interpolation=cv2.INTER_AREA)
    return cv2.resize(np.where(small < 160, 0, 255).astype(np.uint8), (1275, 1650), interpolation=cv2.INTER_NEAREST)


@pytest.mark.parametrize(
    ("pixels", "fit", "expected"),
    [
        (cv2.GaussianBlur(blank(), (0, 0), 1.2), lies(200), Source.GREY_FINE),
        (cv2.GaussianBlur(blank(), (0, 0), 1.2), lies(100), Source.GREY_COARSE),
        (faxed(1650), lies(200), Source.BILEVEL_FINE),
        (faxed(825), lies(100), Source.BILEVEL_COARSE),
        (cv2.GaussianBlur(blank(), (0, 0), 1.2), lies(200, aslant=0.1), Source.PHOTO),
    ],
)
def test_what_made_the_picture_is_told_by_its_shades_its_fineness_and_its_slant(
    pixels: np.ndarray, fit: Fit, expected: Source
) -> None:
    assert source(pixels, fit) is expected
