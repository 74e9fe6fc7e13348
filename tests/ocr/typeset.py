"""Lines and pages of text set in a font of ours, as a scan would show them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from numpy.typing import NDArray

FONTS = Path(__file__).parents[2] / "templates" / "fonts"


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / "Lato-Regular.ttf", size)


def line(text: str, size: int = 34) -> NDArray[np.uint8]:
    """The text, dark on white, with a little white around."""
    left, top, right, bottom = (round(side) for side in font(size).getbbox(text))
    picture = Image.new("L", (right - left + 12, bottom - top + 12), 255)
    ImageDraw.Draw(picture).text((6 - left, 6 - top), text, font=font(size), fill=40)
    return np.array(picture)


def page(*texts: tuple[int, int, str], size: int = 34) -> NDArray[np.uint8]:
    """A page of 1000 x 700 pixels with the texts at (x, y)."""
    picture = Image.new("L", (1000, 700), 255)
    for x, y, text in texts:
        ImageDraw.Draw(picture).text((x, y), text, font=font(size), fill=40)
    return np.array(picture)
