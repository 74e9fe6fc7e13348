from __future__ import annotations

import cv2
import numpy as np
import pytest

from processor.imaging.codes import codes
from processor.imaging.marks import marks
from tests.imaging.forms_drawn import DPI, blank, scanned, skewed


def test_both_codes_are_read_with_their_corners() -> None:
    square, bars = codes(blank(), DPI)
    assert (square.text, square.square, square.mirrored) == ("dance/2026.1/1", True, False)
    assert (bars.text, bars.square) == ("dance/2026.1/1", False)
    assert np.allclose(square.corners[0], (140, 1505), atol=1.5)
    assert np.allclose(bars.corners[0], (560, 1530), atol=2)


def test_a_fine_scan_is_read_in_small_and_its_corners_are_in_its_own_pixels() -> None:
    large = cv2.resize(blank(), None, fx=2, fy=2, interpolation=cv2.INTER_NEAREST)
    found = codes(np.asarray(large, np.uint8), 2 * DPI)
    assert np.allclose(found[0].corners[0], (280, 3010), atol=3)


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
@pytest.mark.parametrize("back", [False, True], ids=["plain", "mirrored"])
def test_a_mirrored_page_is_told_from_a_turned_one(quarter: int, *, back: bool) -> None:
    page = blank()[:, ::-1] if back else blank()
    found = codes(np.ascontiguousarray(np.rot90(page, quarter)), DPI)
    assert found
    assert all(one.mirrored is back for one in found)


def test_corners_start_at_the_codes_own_top_left_however_it_lies() -> None:
    page = np.ascontiguousarray(np.rot90(blank()[:, ::-1], 2))
    square = next(one for one in codes(page, DPI) if one.square)
    assert np.allclose(square.corners[0], (140, 1650 - 1505), atol=1.5)
    assert np.allclose(square.corners[1], (140 + 84, 1650 - 1505), atol=1.5)


def test_a_page_under_a_shadow_is_looked_at_again_with_its_light_taken_out() -> None:
    page = (blank() * np.linspace(0.9, 0.1, 1275)[None]).astype(np.uint8)
    assert {one.text for one in codes(page, DPI)} == {"dance/2026.1/1"}


def test_a_page_without_a_code_has_none() -> None:
    assert codes(blank(codes=False), DPI) == ()
    assert codes((blank(codes=False) * 0.5).astype(np.uint8), DPI) == ()


def test_the_corner_marks_are_found_and_numbered_as_a_clock_goes() -> None:
    found = marks(scanned(blank(), skewed()))
    assert sorted(found) == [0, 1, 2, 3]
    flat = marks(blank())
    assert np.allclose(flat[2], [[1175, 1550], [1223, 1550], [1223, 1598], [1175, 1598]], atol=0.8)


def test_a_mark_that_stands_twice_or_is_of_another_house_does_not_count() -> None:
    page = blank().copy()
    page[800:848, 600:648] = page[50:98, 50:98]
    family = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    page[1000:1060, 590:660] = 255
    page[1006:1054, 600:648] = cv2.aruco.generateImageMarker(family, 9, 48)
    assert sorted(marks(page)) == [1, 2, 3]


def test_an_empty_page_has_no_marks() -> None:
    assert not marks(np.full((400, 300), 255, np.uint8))
