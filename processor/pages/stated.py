"""What a picture's file says about itself: which way it lies, how fine it is, who took it."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

from PIL import Image

from processor.pages.resolution import Stated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from processor.pages.resolution import Dots

_ORIENTATION, _X, _Y, _UNIT, _EXIF = 274, 282, 283, 296, 0x8769
_CENTIMETRE = 3
_LYING = (5, 6, 7, 8)
"""The orientations in which rows of the file are columns of the picture."""
_CAMERAS = (0x829A, 0x829D, 0x920A)
"""Exposure time, aperture, focal length: only a camera has them."""
_METHOD = Image.Transpose
_METHODS = {
    2: _METHOD.FLIP_LEFT_RIGHT,
    3: _METHOD.ROTATE_180,
    4: _METHOD.FLIP_TOP_BOTTOM,
    5: _METHOD.TRANSPOSE,
    6: _METHOD.ROTATE_270,
    7: _METHOD.TRANSVERSE,
    8: _METHOD.ROTATE_90,
}


class Turn(NamedTuple):
    """How a picture as Pillow decodes it is made upright."""

    lies: bool
    """Whether the file keeps it on its side."""
    method: Image.Transpose | None
    """What is left to do; Pillow turns the pages of a TIFF by itself, and tells their size as turned."""

    def upright(self, size: tuple[int, int]) -> tuple[int, int]:
        """The size that it has then."""
        return size if self.method is None or not self.lies else (size[1], size[0])


def turn(image: Image.Image) -> Turn:
    """By TIFF's and EXIF's own numbers, 1 to 8."""
    if image.format == "TIFF":
        return Turn(_tags(image).get(_ORIENTATION) in _LYING, None)
    number: object = _exif(image).get(_ORIENTATION)
    return Turn(number in _LYING, _METHODS.get(number) if isinstance(number, int) else None)


def stated(image: Image.Image) -> Stated:
    """Dots an inch across and down of the upright picture, 0 where nothing is said; and its maker's kind."""
    x, y = _tiff(image) if image.format == "TIFF" else _numbers(image.info.get("dpi"))
    if turn(image).lies:
        x, y = y, x
    taken = _exif(image).get_ifd(_EXIF)
    return Stated(x, y, camera=any(tag in taken for tag in _CAMERAS), bilevel=image.mode == "1")


def _exif(image: Image.Image) -> Image.Exif:
    """What stands before the picture; Pillow's own `getexif` would decode a whole PNG to look behind it too."""
    exif = Image.Exif()
    if isinstance(written := image.info.get("exif"), bytes):
        exif.load(written)
    return exif


def _tags(image: Image.Image) -> Mapping[int, Any]:
    tags: Mapping[int, Any] = image.tag_v2  # type: ignore[attr-defined]
    return tags


def _tiff(image: Image.Image) -> Dots:
    """From the tags themselves: a unit of none states a ratio, and mostly dots an inch after all."""
    tags = _tags(image)
    x, y = _numbers((tags.get(_X), tags.get(_Y)))
    scale = 2.54 if tags.get(_UNIT) == _CENTIMETRE else 1.0
    return x * scale, y * scale


def _numbers(pair: Any) -> Dots:  # noqa: ANN401 - whatever the file holds there
    """Two numbers as they come, or none: a stranger's may be words, or divided by nought."""
    try:
        x, y = pair
        dots = float(x), float(y)
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0, 0.0
    return dots if all(map(isfinite, dots)) else (0.0, 0.0)
