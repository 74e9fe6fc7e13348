"""A picture file as a paper: TIFF, JPEG, PNG, GIF, BMP or WebP, each page of it a picture without a word."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING

from PIL import Image

from processor.errors import UnreadablePaper
from processor.findings import finding
from processor.model import Page, Paper, Picture, Scan
from processor.pages.frames import decoded, frames, guarded, pixels, resized
from processor.pages.limits import MAX_KEPT, MAX_PIXELS
from processor.pages.open_paper import OpenPaper
from processor.pages.picture import png

if TYPE_CHECKING:
    from processor.model import Box, Draw, FindTables, Grid
    from processor.pages.frames import Frame

_SIGNS = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
)
_BMP_HEADERS = (12, 16, 40, 52, 56, 64, 108, 124)


def picture_kind(data: bytes) -> str:
    """Pillow's name of the kind of picture that the first bytes tell; empty for none that is read here."""
    for start, kind in _SIGNS:
        if data.startswith(start):
            return kind
    if data.startswith(b"BM") and int.from_bytes(data[14:18], "little") in _BMP_HEADERS:
        return "BMP"
    return "WEBP" if data.startswith(b"RIFF") and data[8:12] == b"WEBP" else ""


def dots(data: bytes) -> tuple[int, int]:
    """Columns and rows of a picture file's first page, as it states them; (0, 0) for what is none that is read here."""
    kind = picture_kind(data)
    try:
        with guarded():
            return Image.open(io.BytesIO(data), formats=[kind]).size if kind else (0, 0)
    except UnreadablePaper:
        return 0, 0


def open_pictures(data: bytes, kind: str, *, max_pages: int) -> OpenPaper:
    """The pages of a picture file, each decoded once, so that damage is known before anything is read.

    Raises `UnreadablePaper` with the code `not-a-paper`, `too-big` or `broken-file`.
    """
    return _PicturePaper(data, kind, frames(data, kind, max_pages))


class _PicturePaper(OpenPaper):
    """Keeps the pages that were decoded last, since a page is asked for several times."""

    def __init__(self, data: bytes, kind: str, found: tuple[Frame, ...]) -> None:
        self._data, self._kind, self._frames = data, kind, found
        self._kept: dict[int, Picture] = {}
        mended = [self._decode(number) for number in range(1, len(found) + 1)]
        super().__init__(
            Paper(
                pages=tuple(
                    Page(number=number, width=frame.width, height=frame.height, pictured=True)
                    for number, frame in enumerate(found, start=1)
                ),
                findings=(finding("mended-file"),) if any(mended) else (),
            )
        )

    def scan(self, question: Scan) -> Picture:
        """The picture itself, dots made square."""
        if question.page not in self._kept:
            self._decode(question.page)
        return self._kept[question.page]

    def draw(self, question: Draw) -> Picture:
        """The picture at so many dots an inch of its page, finer than it is where that is asked."""
        size, dpi = self._size(question.page, question.dpi)
        grey = Image.fromarray(self.scan(Scan(question.page)).pixels)
        return Picture(question.page, dpi, pixels(resized(grey, size)))

    def tables(self, question: FindTables) -> tuple[Grid, ...]:  # noqa: ARG002 - no picture has any
        """None: a picture has no rules."""
        return ()

    def draw_png(self, page: int, dpi: float, box: Box | None = None) -> bytes:
        """The picture in its colours."""
        size, real = self._size(page, dpi)
        colour = decoded(self._data, self._kind, self._frames[page - 1], "RGB").image
        return png(pixels(resized(colour, size)), real, box)

    def close(self) -> None:
        """Forget the pages."""
        self._kept.clear()

    def _decode(self, number: int) -> bool:
        """Keep the page in grey, and others no longer than there is room; whether it had to be mended."""
        frame = self._frames[number - 1]
        grey = decoded(self._data, self._kind, frame, "L")
        if sum(kept.pixels.size for kept in self._kept.values()) > MAX_KEPT:
            self._kept.clear()
        self._kept[number] = Picture(number, frame.dpi, pixels(grey.image))
        return grey.mended

    def _size(self, page: int, dpi: float) -> tuple[tuple[int, int], float]:
        """Columns and rows as pdfium would draw the page, and the dots an inch that they come to."""
        frame = self._frames[page - 1]
        scale = min(dpi / 72, (MAX_PIXELS / max(frame.width * frame.height, 1)) ** 0.5)
        return (math.ceil(frame.width * scale), math.ceil(frame.height * scale)), scale * 72
