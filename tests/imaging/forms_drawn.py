"""A small invented form with marks and codes, and scans of it with known truth."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import TYPE_CHECKING

import cv2
import numpy as np
import zxingcpp

from processor.imaging import plane
from processor.imaging.plate import Plate, plate
from processor.model import Picture

if TYPE_CHECKING:
    from processor.imaging.plane import Grey, Matrix

DPI = 150
DOT = DPI / 72
WIDE, HIGH = 612, 792
_WORDS = ("name", "street", "city", "postal", "phone", "account", "employer", "manager", "roster", "signed", "training")


@cache
def blank(form: str = "dance", *, marks: bool = True, codes: bool = True, shift: int = 0) -> Grey:
    """A letter page at 150 dots an inch: words and boxes, whose lower half may be shifted down by some points."""
    chance = Random(form)  # noqa: S311 - a drawing
    page = np.full((1650, 1275), 255, np.uint8)
    for row in range(16):
        top = 160 + 80 * row + (int(shift * DOT) if row > 5 else 0)
        for column in range(3):
            left = 110 + 370 * column
            words = " ".join(chance.choices(_WORDS, k=3))
            cv2.putText(page, words, (left, top), cv2.FONT_HERSHEY_SIMPLEX, 0.5, 40, 1, cv2.LINE_AA)
            cv2.rectangle(page, (left, top + 10), (left + chance.randint(200, 330), top + 48), 120, 1)
    if marks:
        _mark_corners(page)
    if codes:
        _put(page, zxingcpp.create_barcode(f"{form}/2026.1/1", zxingcpp.BarcodeFormat.QRCode), (140, 1505), 4, 1)
        _put(page, zxingcpp.create_barcode(f"{form}/2026.1/1", zxingcpp.BarcodeFormat.Code128), (560, 1530), 2, 60)
    page.setflags(write=False)
    return page


def _mark_corners(page: Grey) -> None:
    family = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    for name, (left, top) in enumerate(((50, 50), (1175, 50), (1175, 1550), (50, 1550))):
        page[top : top + 48, left : left + 48] = cv2.aruco.generateImageMarker(family, name, 48)


def _put(page: Grey, code: zxingcpp.Barcode, at: tuple[int, int], scale: int, high: int) -> None:
    drawn = np.array(code.to_image(scale=1, add_quiet_zones=False))
    drawn = drawn[:1].repeat(high, axis=0) if high > 1 else drawn.repeat(scale, axis=0)
    drawn = drawn.repeat(scale, axis=1)
    page[at[1] : at[1] + len(drawn), at[0] : at[0] + drawn.shape[1]] = drawn


@cache
def made(form: str = "dance", *, marks: bool = True, codes: bool = True) -> Plate:
    return plate(Picture(1, DPI, blank(form, marks=marks, codes=codes)))


def written(page: Grey) -> Grey:
    """The page with some writing in its boxes."""
    page = page.copy()
    for row in range(0, 16, 2):
        text = f"Sample {row} Ave"
        cv2.putText(page, text, (120, 202 + 80 * row), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.0, 60, 2, cv2.LINE_AA)
    return page


def scanned(page: Grey, matrix: Matrix, size: tuple[int, int] = (1275, 1650), noise: float = 4.0) -> Grey:
    """The page under a map from its pixels to those of the scan, (columns, rows), with noise; white around it."""
    seen = cv2.warpPerspective(page, plane.indexed(matrix), size, flags=cv2.INTER_LINEAR, borderValue=255)
    grain = np.random.default_rng(3).normal(0, noise, seen.shape)
    return np.asarray(np.clip(seen + grain, 0, 255), np.uint8)


def skewed(degrees: float = 1.2, zoom: float = 0.97) -> Matrix:
    """A page that lies a little skew."""
    return np.vstack([cv2.getRotationMatrix2D((640, 800), degrees, zoom), [0.0, 0.0, 1.0]])
