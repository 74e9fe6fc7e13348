"""Sent pages packed as people send them: TIFF (G3, G4), JPEG, PNG, or a PDF of pictures. The same bytes every time."""

from __future__ import annotations

import io
import struct
from enum import StrEnum
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image, ImageChops
from PIL.TiffImagePlugin import TiffImageFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processor.twin.channels import Sent

_CAMERA_DPI = 200.0
"""At which a camera's picture is laid into a PDF; it has no resolution of its own."""
_STRIP, _LENGTH, _ROWS, _TONE = 273, 279, 278, 262
_BLACK_ZERO, _WHITE_ZERO = (struct.pack("<HHII", _TONE, 3, 1, value) for value in (1, 0))
"""The entry of a TIFF that says which of 0 and 1 is white."""


class Pack(StrEnum):
    """The kind of file; JPEG and PNG hold one page only."""

    PDF = "pdf"
    TIFF = "tif"
    JPEG = "jpg"
    PNG = "png"


def packs(pages: Sequence[Sent]) -> tuple[Pack, ...]:
    """What these pages can be sent as."""
    bilevel, camera = pages[0].bilevel, not pages[0].dpi[0]
    if len(pages) > 1:
        return (Pack.PDF,) if camera else (Pack.PDF, Pack.TIFF)
    if camera:
        return (Pack.JPEG, Pack.PDF)
    return (Pack.TIFF, Pack.PDF) if bilevel else (Pack.PDF, Pack.JPEG, Pack.PNG, Pack.TIFF)


def packed(pages: Sequence[Sent], pack: Pack) -> bytes:
    """The file. In every kind the pixels are those of the JPEG, unless they are black and white."""
    match pack:
        case Pack.PDF:
            return _pdf(pages)
        case Pack.TIFF:
            return _tiff(pages)
        case Pack.JPEG:
            return _jpeg(pages[0])
        case Pack.PNG:
            return _saved(_pictured(pages[0]), "PNG", dpi=_tags(pages[0]))


def _tags(page: Sent) -> tuple[float, float]:
    across, down = page.dpi
    return (across or 72.0, down or 72.0)


def _saved(image: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def _pictured(page: Sent) -> Image.Image:
    """What an opened file shows."""
    if page.bilevel:
        return Image.fromarray(page.pixels).point(lambda v: 255 * (v > 127), mode="1")
    return Image.open(io.BytesIO(_jpeg(page)))


def _jpeg(page: Sent) -> bytes:
    grey = Image.fromarray(page.pixels)
    if page.warm:
        tones = (1.0, 1 - page.warm / 3, 1 - page.warm)
        grey = Image.merge("RGB", [grey.point([round(v * tone) for v in range(256)]) for tone in tones])
    return _saved(grey, "JPEG", quality=page.quality, dpi=tuple(round(v) for v in _tags(page)))


def _tiff(pages: Sequence[Sent]) -> bytes:
    if pages[0].bilevel:
        return _fax(pages, "group3" if pages[0].dpi[1] < 150 else "group4")
    first, *others = [_pictured(page) for page in pages]
    more = {"save_all": True, "append_images": others} if others else {}
    return _saved(first, "TIFF", compression="tiff_lzw", dpi=_tags(pages[0]), **more)


def _fax(pages: Sequence[Sent], compression: str, **how: object) -> bytes:
    """White as zero, as fax machines write it: given so, pillow would turn every pixel over in Python."""
    first, *others = [ImageChops.invert(_pictured(page)) for page in pages]
    more = {"save_all": True, "append_images": others} if others else {}
    data = _saved(first, "TIFF", compression=compression, dpi=_tags(pages[0]), **how, **more)
    return data.replace(_BLACK_ZERO, _WHITE_ZERO)


def _pdf(pages: Sequence[Sent]) -> bytes:
    with pikepdf.new() as pdf:
        for page in pages:
            dpi = page.dpi if page.dpi[0] else (_CAMERA_DPI, _CAMERA_DPI)
            high, wide = page.pixels.shape
            size = (round(72 * wide / dpi[0], 2), round(72 * high / dpi[1], 2))
            image = pdf.make_stream(*_image(page))
            shown = pdf.add_blank_page(page_size=size)
            shown.Resources = Dictionary(XObject=Dictionary(Im=image))
            shown.Contents = pdf.make_stream(f"q {size[0]} 0 0 {size[1]} 0 0 cm /Im Do Q".encode())
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _image(page: Sent) -> tuple[bytes, Dictionary]:
    """The data and the dictionary of a picture: JPEG as it is, black and white as G4."""
    high, wide = page.pixels.shape
    about = Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=wide, Height=high)
    if not page.bilevel:
        about.ColorSpace = Name.DeviceRGB if page.warm else Name.DeviceGray
        about.BitsPerComponent, about.Filter = 8, Name.DCTDecode
        return _jpeg(page), about
    tiff = _fax([page], "group4", tiffinfo={_ROWS: high})
    opened = TiffImageFile(io.BytesIO(tiff))
    [start], [length] = opened.tag_v2[_STRIP], opened.tag_v2[_LENGTH]
    about.ColorSpace, about.BitsPerComponent, about.Filter = Name.DeviceGray, 1, Name.CCITTFaxDecode
    about.DecodeParms = Dictionary(K=-1, Columns=wide, Rows=high, BlackIs1=False)
    return tiff[start : start + length], about
