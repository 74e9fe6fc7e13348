"""The codes that say which page this is: QR and Code 128, read wherever and however they lie.

A quick look at a smaller picture comes first and mostly suffices (2 ms); the careful one follows only where nothing
was found. A scan may be mirrored (a transparency, a wrong switch): zxing reads a mirrored QR and does not say so, but
its format bits do, which run one way along the top left corner (ISO/IEC 18004, 7.9).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import cv2
import numpy as np
import zxingcpp

from processor.imaging import plane
from processor.imaging.light import flattened, shrunk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processor.imaging.plane import Grey, Points

_FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128])
_QUICK = 150
"""Dots an inch for the quick look."""
_LEVELS = {"L": 1, "M": 0, "Q": 3, "H": 2}
_ALONG = (0, 1, 2, 3, 4, 5, 7, 8)
_SPOTS = [(8, at) for at in _ALONG] + [(at, 8) for at in _ALONG[-2::-1]]
"""Row and column of the format bits, highest first."""


@dataclass(frozen=True, slots=True, eq=False)
class Code:
    """A code that was read."""

    text: str
    corners: Points
    """(4, 2) pixels of the scan from the code's own top left, as a clock goes on the page the code was printed on."""
    mirrored: bool
    """Whether left and right are swapped. A bar code alone does not show it."""
    square: bool
    """QR; else Code 128, of which only left and right can be relied on."""


def codes(pixels: Grey, dpi: float) -> tuple[Code, ...]:
    """All page codes on a grey page of about that many dots an inch; none where none can be read."""
    for small, wide, high in _looks(pixels, dpi):
        found = zxingcpp.read_barcodes(small, formats=_FORMATS, try_downscale=small is pixels, try_invert=False)
        if found:
            mirrored = any(_runs_back(small, one) for one in found)
            return tuple(_code(one, (wide, high), mirrored=mirrored) for one in found)
    return ()


def _looks(pixels: Grey, dpi: float) -> Iterator[tuple[Grey, float, float]]:
    """Pictures to look at, and by what each was made smaller; the last is for paper under a shadow."""
    if dpi > 1.3 * _QUICK:
        yield shrunk(pixels, round(max(pixels.shape) * _QUICK / dpi))
    yield pixels, 1.0, 1.0
    even = flattened(pixels)
    if even is not pixels:
        yield even, 1.0, 1.0


def _corners(found: zxingcpp.Barcode) -> Points:
    at = found.position
    return np.array([[p.x + 0.5, p.y + 0.5] for p in (at.top_left, at.top_right, at.bottom_right, at.bottom_left)])


def _square(found: zxingcpp.Barcode) -> bool:
    return bool(found.format == zxingcpp.BarcodeFormat.QRCode)


def _code(found: zxingcpp.Barcode, parts: tuple[float, float], *, mirrored: bool) -> Code:
    """A mirrored QR comes with its corners in another order than they were printed in; bars start where they start."""
    square = _square(found)
    order = [0, 3, 2, 1] if mirrored and square else [0, 1, 2, 3]
    return Code(found.text, _corners(found)[order] * parts, mirrored, square)


def _runs_back(pixels: Grey, found: zxingcpp.Barcode) -> bool:
    """Whether the format bits of a QR fit better mirrored."""
    if not _square(found):
        return False
    about = cast(dict[str, str], found.extra)
    side = 17 + 4 * int(about["Version"])
    flat = cv2.getPerspectiveTransform(
        plane.corners(side, side).astype(np.float32), _corners(found).astype(np.float32)
    ).astype(np.float64)
    at = plane.applied(flat, np.array([(column + 0.5, row + 0.5) for row, column in _SPOTS])).astype(int)
    at = at.clip(0, np.array(pixels.shape[::-1]) - 1)
    seen = pixels[at[:, 1], at[:, 0]].astype(np.float64)
    want = _format_bits(_LEVELS[about["ECLevel"]], int(about["DataMask"]))
    dark = seen < (seen.min() + seen.max()) / 2
    return bool((dark != want).sum() > (dark[::-1] != want).sum())


def _format_bits(level: int, mask: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """The 15 bits that say how a QR is protected and masked, highest first."""
    value = (level << 3 | mask) << 10
    rest = value
    for bit in range(14, 9, -1):
        if rest >> bit & 1:
            rest ^= 0b10100110111 << (bit - 10)
    whole = (value | rest) ^ 0b101010000010010
    return np.array([whole >> bit & 1 for bit in range(14, -1, -1)], bool)
