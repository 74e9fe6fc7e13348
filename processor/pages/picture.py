"""Pages drawn by pdfium as a person sees them: upright, widgets and notes included."""

from __future__ import annotations

import struct
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2 as pdfium

from processor.model import Box, Picture
from processor.pages.limits import MAX_PIXELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_FRAME = (200, 0, 0)
_AROUND = 18.0
"""Points shown around a box that is cut out."""


class Drawer:
    """Draws the pages of one file; keeps the last drawing, since boxes of a page are asked for in a row."""

    def __init__(self, data: bytes) -> None:
        self._document = pdfium.PdfDocument(data)
        self._document.init_forms()
        self._last: tuple[tuple[int, float, bool], NDArray[np.uint8]] | None = None

    def close(self) -> None:
        """Let pdfium forget the file."""
        self._document.close()

    @contextmanager
    def page(self, number: int) -> Iterator[pdfium.PdfPage]:
        """The page (from 1) as pdfium has it."""
        page = self._document[number - 1]
        try:
            yield page
        finally:
            page.close()

    def grey(self, page: int, dpi: float) -> Picture:
        """The page (from 1) in grey, read-only. Fewer dots an inch than asked where 40 million would not do."""
        pixels, real = self._drawn(page, dpi, grey=True)
        return Picture(page, real, pixels)

    def png(self, page: int, dpi: float, box: Box | None) -> bytes:
        """The page in colour as PNG; with a box, only its surroundings and a red frame around it."""
        pixels, real = self._drawn(page, dpi, grey=False)
        return png(pixels[..., :3], real, box)

    def _drawn(self, number: int, dpi: float, *, grey: bool) -> tuple[NDArray[np.uint8], float]:
        with self.page(number) as page:
            width, height = page.get_size()
            scale = min(dpi / 72, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
            key = (number, scale, grey)
            if self._last is None or self._last[0] != key:
                bitmap = page.render(scale=scale, grayscale=grey, rev_byteorder=True, may_draw_forms=True)
                pixels = np.array(bitmap.to_numpy(), copy=True).squeeze()
                bitmap.close()
                pixels.setflags(write=False)
                self._last = (key, pixels)
        return self._last[1], scale * 72


def png(pixels: NDArray[np.uint8], dpi: float, box: Box | None) -> bytes:
    """A page's dots (rows, columns, red green blue) as PNG; with a box, only its surroundings, and it framed in red."""
    return _png(pixels if box is None else _framed(pixels, box, dpi / 72))


def _framed(pixels: NDArray[np.uint8], box: Box, scale: float) -> NDArray[np.uint8]:
    """Cut out the box with some of the page around it, and frame it in red, two pixels wide."""
    high, wide = pixels.shape[:2]
    around = round(_AROUND * scale)
    left, top = (min(max(round(n * scale), 1), most) for n, most in ((box.left, wide - 2), (box.top, high - 2)))
    right, bottom = max(round(box.right * scale), left + 1), max(round(box.bottom * scale), top + 1)
    framed = pixels.copy()
    for across, down in (
        (slice(left - 2, left), slice(top - 2, bottom + 2)),
        (slice(right, right + 2), slice(top - 2, bottom + 2)),
        (slice(left - 2, right + 2), slice(top - 2, top)),
        (slice(left - 2, right + 2), slice(bottom, bottom + 2)),
    ):
        framed[max(down.start, 0) : down.stop, max(across.start, 0) : across.stop] = _FRAME
    return framed[max(top - around, 0) : bottom + around, max(left - around, 0) : right + around]


def _png(pixels: NDArray[np.uint8]) -> bytes:
    """Pixels (rows, columns, red green blue) as a PNG file; deterministic."""
    high, wide = pixels.shape[:2]
    rows = np.zeros((high, 1 + wide * 3), np.uint8)  # each row starts with its filter, 0 for none
    rows[:, 1:] = pixels.reshape(high, -1)
    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows.tobytes(), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
