from __future__ import annotations

import cv2
import numpy as np
import pytest

from processor.imaging import upright
from tests.imaging.forms_drawn import scanned, skewed

_SAYS = (
    "The employer shall keep a written record of the hazards that were found",
    "and of what was done about each of them; the record is kept for three years",
    "by the manager and shown to whoever asks for it. Boxes that do not apply",
    "may be left blank, but the dates below shall always be filled in by hand",
)


def letter(lines: int = 40) -> np.ndarray:
    page = np.full((1650, 1275), 255, np.uint8)
    for row in range(lines):
        at = (90, 120 + 38 * row)
        cv2.putText(page, _SAYS[row % 4], at, cv2.FONT_HERSHEY_SIMPLEX, 0.75, 30, 1, cv2.LINE_AA)
    return page


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
def test_a_written_page_says_how_it_must_be_turned(quarter: int) -> None:
    page = scanned(letter(), skewed(1.5, 1.0))
    lying = np.ascontiguousarray(np.rot90(page, quarter))
    turn = upright.turn(lying)
    assert turn == 90 * quarter
    assert np.array_equal(np.rot90(lying, -turn // 90), page)


def test_a_page_that_says_too_little_is_not_turned() -> None:
    assert upright.turn(letter(1)) is None
    assert upright.turn(np.full((500, 400), 255, np.uint8)) is None


def test_capitals_show_no_up_and_down() -> None:
    page = np.full((1650, 1275), 255, np.uint8)
    for row in range(30):
        cv2.putText(page, "HEHEHEHEHEHEHEHEHE", (90, 120 + 48 * row), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 30, 1, cv2.LINE_AA)
    assert upright.turn(page) is None


@pytest.mark.parametrize("degrees", [-3.2, 0.0, 1.4])
def test_the_skew_of_a_page_is_measured(degrees: float) -> None:
    assert upright.skew(scanned(letter(), skewed(-degrees, 1.0))) == pytest.approx(degrees, abs=0.11)


def test_blank_pages_hold_no_writing_whatever_their_edges() -> None:
    page = np.full((1650, 1275), 250, np.uint8)
    page[:, :25] = 60
    for y in (450, 825, 1200):
        cv2.circle(page, (60, y), 22, 40, -1)
    assert upright.writing(page) == 0


def test_a_lone_stroke_asks_and_a_line_of_text_is_writing() -> None:
    page = np.full((1650, 1275), 250, np.uint8)
    cv2.putText(page, "7", (620, 1500), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 30, 2, cv2.LINE_AA)
    assert upright.writing(page) == 1
    assert upright.writing(letter(1)) > 10
