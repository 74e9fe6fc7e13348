"""A page beside what was read on it: boxes coloured by how far each reading may be relied on."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from processor.flows.house import templates_folder
from processor.model import State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from processor.model import Box, Reading

COLOURS = {
    State.SURE: "#0a7d28",
    State.CONFIRMED: "#0a7d28",
    State.UNSURE: "#d9730d",
    State.BLANK: "#9a9a9a",
    State.MISSING: "#d0021b",
    State.UNREADABLE: "#d0021b",
}
_FAINT = 0.3
"""How much of the page is left behind what was read."""
_EDGE = 0.015
"""Inches by which a frame stands off its box, so that it covers no writing."""


class Mark(NamedTuple):
    """A box of the page and what it was read as."""

    box: Box
    state: State
    text: str


def mark(box: Box, reading: Reading) -> Mark:
    """A box with what was read in it and how certain that is; `X` and a dash for what is on and off."""
    value = reading.value
    if isinstance(value, bool):
        text = "X" if value else "-"
    else:
        text = reading.raw if reading.state is State.UNSURE else "" if value is None else str(value)
    told = f"{text} {reading.confidence:.2f}".strip() if text or reading.doubt else ""
    return Mark(box, reading.state, told)


def side_by_side(page: Image.Image, dpi: float, marks: Iterable[Mark]) -> Image.Image:
    """The page with framed boxes, and to its right the same page faint, with what was read in each box."""
    own = page.convert("RGB")
    faint = Image.blend(Image.new("RGB", own.size, "white"), own, _FAINT)
    framed, told = ImageDraw.Draw(own), ImageDraw.Draw(faint)
    for one in marks:
        left, top, right, bottom = (v * dpi / 72 for v in one.box)
        off, colour = _EDGE * dpi, COLOURS[one.state]
        for side in (framed, told):
            side.rectangle((left - off, top - off, right + off, bottom + off), outline=colour, width=2)
        if one.text:
            told.rectangle((left, top, right, bottom), fill="white")
            told.text((left + 2, top), one.text, fill=colour, font=_font(one.text, right - left, bottom - top, dpi))
    both = Image.new("RGB", (2 * own.width, own.height))
    both.paste(own, (0, 0))
    both.paste(faint, (own.width, 0))
    return both


def _font(text: str, wide: float, high: float, dpi: float) -> ImageFont.FreeTypeFont:
    """As large as fits the box, from 4 to 10 points."""
    size = min(10 * dpi / 72, 0.75 * high)
    size *= min(1.0, wide / max(_noto(round(size) or 1).getlength(text), 1.0))
    return _noto(round(max(size, 4 * dpi / 72)))


@cache
def _noto(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(templates_folder() / "fonts" / "NotoSans-Regular.ttf"), size)


def png(picture: Image.Image) -> bytes:
    """The bytes of a PNG file."""
    out = BytesIO()
    picture.save(out, "png", compress_level=3)
    return out.getvalue()
