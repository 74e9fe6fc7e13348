from __future__ import annotations

import cv2
import numpy as np
import pytest

from processor.imaging.fitting import fitted
from processor.imaging.grade import grade
from tests.imaging.forms_drawn import DPI, blank, made


def test_a_good_scan_is_not_poor() -> None:
    good = grade(blank(), DPI)
    assert (good.poor, good.says) == ("", "")
    assert good.contrast > 100
    assert good.sharpness > 0.5
    assert good.dpi == DPI


@pytest.mark.parametrize(
    ("light", "says"),
    [
        ((0.2, 1, 1), "too dark on the left third"),
        ((1, 0.2, 1), "too dark in the middle third"),
        ((1, 1, 0.2), "too dark on the right third"),
        ((0.2, 1, 0.2), "too dark on a large part"),
        ((0.2, 0.2, 0.2), "too dark all over"),
    ],
)
def test_a_dark_scan_says_where(light: tuple[float, float, float], says: str) -> None:
    page = (blank() * np.repeat(light, 425)[None]).astype(np.uint8)
    assert grade(page, DPI).says == says
    assert grade(page, DPI).poor == "dark"


def test_a_faint_a_blurred_and_a_coarse_scan_are_poor() -> None:
    faint = (200 + blank() * 0.1).astype(np.uint8)
    assert grade(faint, DPI).says == "too faint"
    blurred = np.asarray(cv2.GaussianBlur(blank(), (0, 0), 5), np.uint8)
    assert grade(blurred, DPI).says == "blurred"
    assert grade(blank(), 72).says == "scanned too coarsely (72 dots an inch)"


def test_with_a_fit_the_table_around_the_page_does_not_count() -> None:
    table = np.full((2400, 2600), 20, np.uint8)
    table[300:1950, 500:1775] = blank()
    assert grade(table, 300).poor == "dark"
    fit = fitted(made(), table)
    assert fit is not None
    good = grade(table, 300, fit)
    assert good.poor == ""
    assert good.dpi == pytest.approx(DPI, rel=0.01)
