"""A sheet on a table: found by what surrounds it, and laid straight without losing what lies beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from processor.imaging import plane
from processor.imaging.outline import outline, straightening

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from processor.imaging.plane import Grey

ASLANT = ((150, 120), (1010, 90), (1060, 760), (110, 700))
STRAIGHT = ((100, 100), (1099, 100), (1099, 699), (100, 699))


def photographed(corners: tuple[tuple[int, int], ...], *, table: int = 70, sheet: int = 230) -> Grey:
    """A sheet with some print on it, on a table that is not quite even."""
    chance = np.random.default_rng(5)
    picture = np.full((800, 1200), table, np.uint8)
    cv2.fillConvexPoly(picture, np.array(corners, np.int32), (sheet,))
    for n in range(6):
        cv2.putText(picture, "Certificate", (300, 250 + 70 * n), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (40,), 2, cv2.LINE_AA)
    return np.clip(picture + chance.normal(0, 3, picture.shape), 0, 255).astype(np.uint8)


def seen(picture: Grey) -> NDArray[np.float64]:
    found = outline(picture)
    assert found is not None
    return found


@pytest.mark.parametrize("corners", [ASLANT, STRAIGHT])
def test_the_corners_of_a_sheet_on_a_table_are_found_from_the_top_left_as_a_clock_goes(
    corners: tuple[tuple[int, int], ...],
) -> None:
    assert np.allclose(seen(photographed(corners)), corners, atol=10)


def test_a_sheet_whose_shaded_half_is_as_dark_as_the_table_elsewhere_is_found() -> None:
    shade = np.linspace(1.0, 0.35, 1200)
    dimmed = (photographed(ASLANT, table=90) * shade).astype(np.uint8)
    assert np.allclose(seen(dimmed), ASLANT, atol=10)


def test_where_no_sheet_lies_on_a_table_none_is_seen() -> None:
    round_ = np.full((800, 1200), 70, np.uint8)
    cv2.circle(round_, (600, 400), 300, (230,), -1)
    small = photographed(((500, 300), (620, 300), (620, 400), (500, 400)))
    fax = np.where(photographed(ASLANT) > 128, 255, 0).astype(np.uint8)
    for picture in (photographed(ASLANT, table=228), round_, small, fax, np.full((6, 900), 200, np.uint8)):
        assert outline(picture) is None


def test_a_sheet_becomes_a_rectangle_and_the_table_beside_it_is_kept() -> None:
    picture = photographed(ASLANT)
    corners = seen(picture)
    flat, there = straightening(picture, corners)
    (a, b, c, d) = plane.applied(there, corners)
    assert np.allclose([a[1] - b[1], b[0] - c[0], c[1] - d[1], d[0] - a[0]], 0, atol=1.0)
    left, top, right, bottom = (round(v) for v in (a[0], a[1], c[0], c[1]))
    assert np.median(flat[top + 5 : bottom - 5, left + 5 : right - 5]) > 200
    assert (flat[bottom + 10 : bottom + 30, left:right] < 100).mean() > 0.9


def test_what_lies_straight_stays_as_it_is() -> None:
    picture = photographed(STRAIGHT)
    flat, there = straightening(picture, np.array(STRAIGHT, np.float64))
    assert flat is picture
    assert np.array_equal(there, np.eye(3))
