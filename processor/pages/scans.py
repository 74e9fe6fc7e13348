"""A PDF's page as it was scanned: the one picture that the page is, dot for dot, else the page as pdfium draws it.

Drawing a picture into pdfium's own raster blurs it and costs more (studies/scans.md 6). So a page that is nothing
but one upright picture is taken from the file; what makes a page more than that (a stamp, a note, strips, a clip,
a mask) is left to pdfium, at the dots an inch that the page's pictures have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from processor.model import Picture
from processor.pages.covered import MOST
from processor.pages.embedded import embedded
from processor.pages.frames import pixels, resized
from processor.pages.geometry import Upright
from processor.pages.limits import LEAST_DOTS, LONG_SIDE, MAX_DOTS

if TYPE_CHECKING:
    from processor.model import Box
    from processor.pages.picture import Drawer

DRAWN = 300.0
"""Dots an inch of a page that no picture fills: what offices scan at, and what the reading was measured on."""
_FAINT = 200.0
"""The least for a page that is drawn with its pictures: what is written over a coarse fax is not coarse."""
_OBJECTS = 20_000
"""So many objects of a page are looked at; an invisible text has one for each word."""
_STRIP = 0.01
"""The least share of the page that a strip of a scan has."""
_NEAR = 0.005
"""The share by which a dot may be longer than wide and still count as square: rounding does that."""
_EDGE = 1.0
"""Points by which a picture may miss the page's edges and still be the page."""
_ASKEW = 0.0005
"""The slope that counts as none: two dots on a page of 4,400."""
_LONGER, _LARGER = 4.5, 1.5
"""How much longer than wide a dot may be (a fax has 204 to 98), and how much larger than its page a picture."""
_HARMLESS = (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP)
_METHOD = Image.Transpose
_METHODS = {
    ((1, 0), (0, 1)): None,
    ((-1, 0), (0, 1)): _METHOD.FLIP_LEFT_RIGHT,
    ((1, 0), (0, -1)): _METHOD.FLIP_TOP_BOTTOM,
    ((-1, 0), (0, -1)): _METHOD.ROTATE_180,
    ((0, 1), (1, 0)): _METHOD.TRANSPOSE,
    ((0, -1), (-1, 0)): _METHOD.TRANSVERSE,
    ((0, 1), (-1, 0)): _METHOD.ROTATE_270,
    ((0, -1), (1, 0)): _METHOD.ROTATE_90,
}
"""Where a picture's columns and rows run on the upright page, rightward and downward, and what brings them there."""


class _Placed(NamedTuple):
    """The picture that is all of a page."""

    item: pdfium.PdfImage
    method: Image.Transpose | None
    box: Box
    """On the upright page; what stands over its edge is cut off."""

    @property
    def dots(self) -> tuple[float, float]:
        """Its dots an inch across and down, upright."""
        size = self.item.get_px_size()
        wide, high = reversed(size) if self.method in _LYING else size
        return wide * 72 / self.box.width, high * 72 / self.box.height


_LYING = (_METHOD.TRANSPOSE, _METHOD.TRANSVERSE, _METHOD.ROTATE_270, _METHOD.ROTATE_90)


def scan(drawer: Drawer, data: bytes, number: int) -> Picture:
    """The page (from 1) in grey, read-only, upright, its dots square; `data` is the file that `drawer` draws."""
    with drawer.page(number) as page:
        left, bottom, right, top = page.get_bbox()
        upright = Upright(left, bottom, right, top, page.get_rotation())
        placed = _only_picture(page, upright)
        grey = None if placed is None else embedded(data, number, placed.item)
        if placed is not None and grey is not None:
            return _laid(number, grey, placed, upright)
        dpi = min(_fineness(page, upright), LONG_SIDE * 72 / max(upright.width, upright.height, 1.0))
    return drawer.grey(number, dpi)


def _only_picture(page: pdfium.PdfPage, upright: Upright) -> _Placed | None:
    """The page's one picture, where nothing else on it can be seen and it lies straight."""
    if any(_drawn(page, place) for place in range(raw.FPDFPage_GetAnnotCount(page.raw))):
        return None
    found: list[pdfium.PdfImage] = []
    for place, item in enumerate(page.get_objects(max_depth=1)):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            found.append(item)
        elif item.type != raw.FPDF_PAGEOBJ_TEXT or not _invisible(item):
            return None
        if len(found) > 1 or place >= _OBJECTS:
            return None
    return _placed(found[0], upright) if found and _plain(found[0]) else None


def _drawn(page: pdfium.PdfPage, place: int) -> bool:
    """Whether an annotation draws something."""
    annotation = raw.FPDFPage_GetAnnot(page.raw, place)
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    raw.FPDFPage_CloseAnnot(annotation)
    return kind not in _HARMLESS


def _invisible(text: pdfium.PdfObject) -> bool:
    return bool(raw.FPDFTextObj_GetTextRenderMode(text.raw) == raw.FPDF_TEXTRENDERMODE_INVISIBLE)


def _plain(item: pdfium.PdfImage) -> bool:
    """Whether the picture is shown whole and opaque, and is neither a dot nor a wall."""
    wide, high = item.get_px_size()
    clip = raw.FPDFPageObj_GetClipPath(item.raw)
    clipped = bool(clip) and raw.FPDFClipPath_CountPaths(clip) > 0
    seen_through = bool(raw.FPDFPageObj_HasTransparency(item.raw))
    fits = max(wide, high) >= LEAST_DOTS[0] and min(wide, high) >= LEAST_DOTS[1] and wide * high <= MAX_DOTS
    return fits and not (clipped or seen_through)


def _placed(item: pdfium.PdfImage, upright: Upright) -> _Placed | None:
    """Where the picture lies; None when it is askew."""
    a, b, c, d, e, f = item.get_matrix().get()
    x, y = upright.point(0, 0)
    columns, rows = (_along(px - x, py - y) for px, py in (upright.point(a, b), upright.point(-c, -d)))
    if columns is None or rows is None or (columns, rows) not in _METHODS:
        return None
    placed = _Placed(item, _METHODS[columns, rows], upright.box(e, f, e + a + c, f + b + d))
    return placed if _fits(placed, upright) else None


def _fits(placed: _Placed, upright: Upright) -> bool:
    """Whether it can be laid on its page without growing beyond measure: a stranger stretches what he likes."""
    width, height = placed.box.width, placed.box.height
    if not (_EDGE < width <= _LARGER * upright.width and _EDGE < height <= _LARGER * upright.height):
        return False
    return max(placed.dots) <= _LONGER * min(placed.dots)


def _along(x: float, y: float) -> tuple[int, int] | None:
    """The direction along the page's edges, rightward and downward; None for any other, and for none."""
    if x == y == 0:
        return None
    if abs(y) <= _ASKEW * abs(x):
        return (1 if x > 0 else -1), 0
    return (0, 1 if y > 0 else -1) if abs(x) <= _ASKEW * abs(y) else None


def _laid(number: int, grey: Image.Image, placed: _Placed, upright: Upright) -> Picture:
    """The picture turned upright, its dots squared, cut or set on white where it is not just as large as the page."""
    dpi = min(max(placed.dots), LONG_SIDE * 72 / max(upright.width, upright.height))
    turned = grey if placed.method is None else grey.transpose(placed.method)
    scaled = _scaled(turned, (placed.box.width * dpi / 72, placed.box.height * dpi / 72))
    if not _is_page(placed.box, upright):
        page = Image.new("L", (round(upright.width * dpi / 72), round(upright.height * dpi / 72)), "white")
        page.paste(scaled, (round(placed.box.left * dpi / 72), round(placed.box.top * dpi / 72)))
        scaled = page
    return Picture(number, scaled.width * 72 / upright.width, pixels(scaled))


def _scaled(image: Image.Image, size: tuple[float, float]) -> Image.Image:
    """In that size, or untouched where it is nearly so."""
    if all(abs(has / want - 1) <= _NEAR for has, want in zip(image.size, size, strict=True)):
        return image
    return resized(image, (max(round(size[0]), 1), max(round(size[1]), 1)))


def _is_page(box: Box, upright: Upright) -> bool:
    """Whether the picture ends where the page does."""
    misses = (box.left, box.top, box.right - upright.width, box.bottom - upright.height)
    return all(abs(miss) <= _EDGE for miss in misses)


def _fineness(page: pdfium.PdfPage, upright: Upright) -> float:
    """Dots an inch at which the page is drawn: those of its finest picture or strip, where these cover it."""
    whole, covered, finest = upright.width * upright.height, 0.0, _FAINT
    for place, item in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2)):
        if place >= _OBJECTS:
            break
        left, bottom, right, top = item.get_bounds()
        wide, high = item.get_px_size()
        area = (right - left) * (top - bottom)
        if area > _STRIP * whole:
            covered, finest = covered + area, max(finest, 72 * (wide * high / area) ** 0.5)
    return finest if covered > MOST * whole else DRAWN
