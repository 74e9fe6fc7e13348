"""Dots an inch are believed where a scanner may have written them, and else guessed from the shape."""

from __future__ import annotations

import pytest

from processor.pages.resolution import Stated, resolution


@pytest.mark.parametrize(
    ("size", "stated", "dots"),
    [
        ((2550, 3300), Stated(300, 300), (300, 300)),
        ((1728, 1078), Stated(204, 98), (204, 98)),
        ((1012, 638), Stated(300, 300), (300, 300)),
        ((2550, 3300), Stated(), (300, 300)),
        ((3300, 2550), Stated(), (300, 300)),
        ((1654, 2339), Stated(), (200, 200)),
        ((1700, 2800), Stated(1, 1), (200, 200)),
        (
            (
                1728,
                1143,
            ),
            Stated(bilevel=True),
            (204, 98),
        ),
        ((1728, 2286), Stated(bilevel=True), (204, 196)),
        ((1728, 4561), Stated(bilevel=True), (204, 391)),
        ((3456, 4301), Stated(bilevel=True), (408, 391)),
        ((1728, 1143), Stated(1, 0.5, bilevel=True), (204, 102)),
        ((1728, 1143), Stated(1, 1, bilevel=True), (204, 98)),
    ],
)
def test_a_scan_has_its_dots(size: tuple[int, int], stated: Stated, dots: tuple[float, float]) -> None:
    assert resolution(size, stated) == pytest.approx(dots)


@pytest.mark.parametrize(
    ("size", "stated"),
    [
        ((3024, 4032), Stated(72, 72)),
        ((3024, 4032), Stated(300, 300, camera=True)),
        ((2550, 3300), Stated(9600, 9600)),
        ((640, 480), Stated(1200, 1200)),
        ((9000, 9000), Stated(150, 150)),
        ((1000, 900), Stated(300, 0)),
        ((1000, 900), Stated(300, -300)),
        ((1000, 900), Stated(1200, 100)),
        ((1728, 1143), Stated()),
    ],
)
def test_a_picture_of_unknown_size_is_eleven_inches_long(size: tuple[int, int], stated: Stated) -> None:
    x, y = resolution(size, stated)
    assert x == y
    assert max(size) / x == pytest.approx(11)


def test_a_ratio_is_kept_where_the_size_is_unknown() -> None:
    assert resolution((1000, 500), Stated(2, 1)) == pytest.approx((1000 / 11, 500 / 11))
