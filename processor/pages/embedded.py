"""The dots of a picture in a PDF, in grey, as stored: by Pillow where it is a plain JPEG, else by pdfium."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2 as pdfium
from PIL import Image

from processor.errors import UnreadablePaper
from processor.pages.fields import array
from processor.pages.frames import guarded
from processor.pages.text import plain

if TYPE_CHECKING:
    from PIL.JpegImagePlugin import JpegImageFile

_GREY_OR_RED_GREEN_BLUE = (1, 3)
_COVERS = ("/SMask", "/Mask", "/ImageMask")
"""What shows through a picture or makes a stencil of it."""
_CHANGES = ("/Decode", "/DecodeParms", "/DP")
"""What makes a picture another than its JPEG alone."""
_LOCK = 32
"""Bytes by which a stream of a locked file is longer than what it holds (ISO 32000-1, 7.6.2)."""
_FAULTS = (pikepdf.PdfError, AttributeError, KeyError, RuntimeError, TypeError, ValueError)
"""What pikepdf raises on a page whose resources are not what they should be."""


def embedded(data: bytes, number: int, item: pdfium.PdfImage) -> Image.Image | None:
    """The picture `item` of the page (from 1) in grey, as it is stored, not turned.

    None where it cannot be decoded, stands behind a mask, or on a layer, which may be hidden: pdfium then draws
    what a person sees.
    """
    written = bytes(item.get_data())
    try:
        with pikepdf.open(io.BytesIO(data)) as file:
            picture = _stored(file, number, written)
            if picture is None:
                return None
            fast = item.get_filters() == ["DCTDecode"] and _is_jpeg_alone(picture)
    except _FAULTS:
        return None
    return (_from_jpeg(written, item.get_px_size()) if fast else None) or _by_pdfium(item)


def _stored(file: pikepdf.Pdf, number: int, written: bytes) -> pikepdf.Object | None:
    """The picture of these bytes among the page's resources; pdfium does not tell a picture's dictionary.

    None where there is none, such as for one that stands in the page's content, and where it is not all that is seen.
    """
    if "/OCProperties" in file.Root:
        return None
    for picture in file.pages[number - 1].obj.Resources.XObject.values():
        if 0 <= picture.Length - len(written) <= _LOCK and picture.read_raw_bytes() == written:
            return None if any(key in picture for key in _COVERS) else picture
    return None


def _is_jpeg_alone(picture: pikepdf.Object) -> bool:
    """Whether the page shows just what the JPEG says: grey or red, green and blue, whatever their profile."""
    if any(key in picture for key in _CHANGES):
        return False
    space = picture.get("/ColorSpace")
    if plain(space) in ("DeviceGray", "DeviceRGB"):
        return True
    parts = array(space)
    return len(parts) == 2 and plain(parts[0]) == "ICCBased" and parts[1].get("/N") in _GREY_OR_RED_GREEN_BLUE


def _from_jpeg(written: bytes, size: tuple[int, int]) -> Image.Image | None:
    """Pillow asks the JPEG for its grey alone: a third of the work. None where its dots are not what the PDF says."""
    try:
        with guarded():
            image: JpegImageFile = Image.open(io.BytesIO(written), formats=["JPEG"])  # type: ignore[assignment]
            if image.size != size or image.mode not in ("L", "RGB"):
                return None
            image.draft("L", size)
            return image.convert("L")
    except UnreadablePaper:
        return None


def _by_pdfium(item: pdfium.PdfImage) -> Image.Image | None:
    try:
        bitmap = item.get_bitmap()
    except pdfium.PdfiumError:
        return None
    try:
        image: Image.Image = bitmap.to_pil().convert("L")
        return image
    finally:
        bitmap.close()
