"""A small blank of boxes, and a pen to write into them. Lengths are points; the pictures have 200 dots an inch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from processor.imaging.ink import inked
from processor.imaging.light import bilevel
from processor.model import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processor.imaging.ink import Inked
    from tests.imaging.dirt import Grey

DPI = 200
TEXT = Box(40, 40, 240, 62)
BELOW = Box(40, 74, 240, 96)
COMB = Box(40, 110, 160, 132)
TICK = Box(260, 44, 273, 57)
SIGN = Box(40, 150, 240, 184)
BOXES = (TEXT, BELOW, COMB, TICK, SIGN)
CELLS = 6


def blank() -> Grey:
    page = np.full((620, 860), 255, np.uint8)
    for box in BOXES:
        cv2.rectangle(page, *corners(box), (110,), 1)
    for i in range(1, CELLS):
        x = COMB.left + i * COMB.width / CELLS
        pen(page, [(x, COMB.top), (x, COMB.bottom)], ink=170, wide=0.4)
    return page


def inked_on(page: Grey) -> Inked:
    """What was added to the blank."""
    return inked(page, blank(), DPI, bilevel=bilevel(page))


def corners(box: Box) -> tuple[tuple[int, int], tuple[int, int]]:
    left, top, right, bottom = (round(v * DPI / 72) for v in box)
    return (left, top), (right, bottom)


def place(box: Box) -> tuple[int, int, int, int]:
    (left, top), (right, bottom) = corners(box)
    return left, top, right, bottom


def pen(page: Grey, points: Sequence[tuple[float, float]], *, ink: int = 30, wide: float = 1.3) -> None:
    path = np.array([[round(x * DPI / 72 * 8), round(y * DPI / 72 * 8)] for x, y in points], np.int32)
    cv2.polylines(page, [path], False, (ink,), max(round(wide * DPI / 72), 1), cv2.LINE_AA, 3)  # noqa: FBT003 - cv2's


def letters(page: Grey, x: float, y: float, count: int, *, ink: int = 30, high: float = 10) -> None:
    """So many letters like a 2, from there on, with their feet at y."""
    for i in range(count):
        a = x + i * 0.9 * high
        w = 0.6 * high
        pen(page, [(a, y - 0.75 * high), (a + w / 2, y - high), (a + w, y - 0.75 * high), (a, y), (a + w, y)], ink=ink)


def scrawl(page: Grey, x: float, y: float, turns: int) -> None:
    """A joined hand: loops of uneven height."""
    way = np.linspace(0, 2 * np.pi * turns, 24 * turns)
    size = 7 + 3 * np.sin(way / 2.7)
    pen(page, list(zip(x + way * 1.6 + size / 2 * np.cos(way), y + size * np.sin(way), strict=True)), wide=0.9)
