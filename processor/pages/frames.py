"""The pages of a picture file, decoded by Pillow: upright, on white, with square dots.

Pillow is shown only the one format that the file's first bytes name. A TIFF is a stack of pages; of a moving
picture only the first counts.
"""

from __future__ import annotations

import io
import logging
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PIL import Image, UnidentifiedImageError

from processor.errors import UnreadablePaper
from processor.findings import refusal
from processor.pages.limits import LEAST_DOTS, LONG_SIDE, MAX_DOTS
from processor.pages.overheard import overheard
from processor.pages.resolution import resolution
from processor.pages.stated import stated, turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

Size = tuple[int, int]
"""Columns and rows."""


class Frame(NamedTuple):
    """One page of a picture file."""

    place: int
    """In the file, from 0."""
    width: float
    """Points of the upright page."""
    height: float
    dots: Size
    """Of the page as a scan: upright, dots made square, no larger than anyone needs."""

    @property
    def dpi(self) -> float:
        """Dots of the scan to 72 points."""
        return max(self.dots) * 72 / max(self.width, self.height)


def frames(data: bytes, kind: str, most: int) -> tuple[Frame, ...]:
    """The pages of a file of this kind (Pillow's name of it). No dot is decoded yet.

    Raises `UnreadablePaper`: `not-a-paper` for logos and rare kinds, `too-big`, `broken-file`.
    """
    with guarded():
        image = _opened(data, kind)
        found = tuple(_frame(image, place) for place in _places(image, most))
    if not any(min(frame.dots) >= LEAST_DOTS[1] and max(frame.dots) >= LEAST_DOTS[0] for frame in found):
        raise refusal("not-a-paper", what="a picture of {} × {} dots, too small to read".format(*found[0].dots))  # noqa: RUF001
    return found


class Decoded(NamedTuple):
    """A page's dots, and how they came."""

    image: Image.Image
    mended: bool
    """Whether some lines were damaged and left out."""


def decoded(data: bytes, kind: str, frame: Frame, mode: str) -> Decoded:
    """The page as a scan, in the mode `L` (grey) or `RGB`. Raises `UnreadablePaper` (`broken-file`)."""
    with guarded(), overheard() as complaints:
        image = _opened(data, kind)
        if frame.place:
            image.seek(frame.place)
        how = turn(image)
        if kind == "JPEG":  # its own grey and its own halves cost nothing
            image.draft(mode, frame.dots[::-1] if how.lies else frame.dots)
        image.load()
        whole = on_white(image)
        plain = whole if whole.mode == mode else whole.convert(mode)  # which would copy it
        turned = plain if how.method is None else plain.transpose(how.method)
    return Decoded(resized(turned, frame.dots), mended=_is_mended(image, sum(complaints)))


def _is_mended(image: Image.Image, complaints: int) -> bool:
    """Whether a few lines of it are damaged. In a G3 fax the next line is whole again; in all else the rest is lost."""
    if not complaints:
        return False
    if image.info.get("compression") != "group3" or complaints > _DAMAGED * image.height:
        raise refusal("broken-file")
    return True


def resized(image: Image.Image, size: Size) -> Image.Image:
    """The picture in another size: each new dot the weighted mean of all that it covers."""
    if image.size == size:
        return image
    shrinks = size[0] <= image.width and size[1] <= image.height
    return image.resize(size, Image.Resampling.HAMMING if shrinks else Image.Resampling.BILINEAR)


def pixels(image: Image.Image) -> NDArray[np.uint8]:
    """The dots of a picture in the mode `L` or `RGB`, read-only."""
    array = np.asarray(image, np.uint8)
    array.setflags(write=False)
    return array


def on_white(image: Image.Image) -> Image.Image:
    """The picture in a mode that Pillow turns into grey or colour rightly: opaque, eight bits."""
    if image.mode.startswith(("I", "F")):
        return Image.fromarray(_eight_bits(image))
    if image.mode == "LAB":
        return image.getchannel("L")
    if not image.has_transparency_data:
        return image
    over = image.convert("RGBA")
    white = Image.new("RGB", over.size, "white")
    white.paste(over, mask=over.getchannel("A"))
    return white


def _eight_bits(image: Image.Image) -> NDArray[np.uint8]:
    """Sixteen bits by their worth (twelve where no more are used); whole and broken numbers between their extremes."""
    deep = np.asarray(image)
    if image.mode.startswith("I;16"):
        shallow: NDArray[np.uint8] = (deep >> (8 if deep.max() > 0xFFF else 4)).astype(np.uint8)
        white_is_zero = getattr(image, "tag_v2", {}).get(_PHOTOMETRIC) == 0  # Pillow turns only eight bits round
        return ~shallow if white_is_zero else shallow
    clean = np.nan_to_num(deep.astype(np.float64), posinf=0, neginf=0)
    low, high = clean.min(), clean.max()
    return np.asarray((clean - low) * (255 / max(high - low, 1e-9)), np.uint8)


_DAMAGED = 0.01
"""The share of a fax's lines that may be damaged before it is refused."""
_PHOTOMETRIC = 262
_KIND_OF_PAGE = 254
"""A TIFF page's tag that says whether it is a small copy (1) or a mask (4) of another."""
_NO_PAGE = 1 | 4


def _opened(data: bytes, kind: str) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=[kind])
    _fits(image)
    return image


def _fits(image: Image.Image) -> None:
    """Refuse what is too large before it is decoded."""
    wide, high = image.size
    if wide * high > MAX_DOTS:
        raise refusal("too-big", what=f"{wide:,} × {high:,} dots")  # noqa: RUF001


def _places(image: Image.Image, most: int) -> Iterator[int]:
    """The places of the pages, each sought in turn; all frames where every one calls itself a copy."""
    if image.format != "TIFF":
        yield 0
        return
    copies = [_is_copy(image)]
    for place in range(1, 4 * most + 1):
        try:
            image.seek(place)
        except EOFError:
            break
        _fits(image)
        copies.append(_is_copy(image))
    pages = [place for place, copy in enumerate(copies) if not copy] or list(range(len(copies)))
    if len(pages) > most or len(copies) > 4 * most:
        raise refusal("too-big", what=f"{len(pages):,} pages, read are up to {most:,}")
    for place in pages:
        image.seek(place)
        yield place


def _is_copy(image: Image.Image) -> bool:
    kind = image.tag_v2.get(_KIND_OF_PAGE, 0)  # type: ignore[attr-defined]
    return bool(kind & _NO_PAGE) if isinstance(kind, int) else False


def _frame(image: Image.Image, place: int) -> Frame:
    """The page's measures, from what the file says and the picture's shape."""
    wide, high = turn(image).upright(image.size)
    x, y = resolution((wide, high), stated(image))
    fine = max(x, y)
    across, down = wide * fine / x, high * fine / y
    shrunk = min(1.0, LONG_SIDE / max(across, down))
    dots = (max(round(across * shrunk), 1), max(round(down * shrunk), 1))
    return Frame(place, max(round(wide / x * 72, 2), 1.0), max(round(high / y * 72, 2), 1.0), dots)


@contextmanager
def guarded() -> Iterator[None]:
    """Whatever Pillow raises on a stranger's bytes becomes a refusal; what it would warn of or log is kept quiet."""
    logging.getLogger("PIL").setLevel(logging.CRITICAL + 1)
    Image.MAX_IMAGE_PIXELS = None  # `_fits` says it in our words, before a dot is decoded
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    except (UnreadablePaper, MemoryError):
        raise
    except UnidentifiedImageError:
        raise refusal("not-a-paper", what="a picture that is damaged or of a rare kind; send it as JPEG") from None
    except Exception as fault:  # a stranger raises whatever it likes
        raise refusal("broken-file") from fault
