"""One warm press for all tests, and what readers see of a page."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pypdfium2

from processor.printing.typeset import Press

TEMPLATES = Path(__file__).parents[2] / "templates"
MM = 72 / 25.4


class Glyph(NamedTuple):
    """A character and its box, in millimetres from the top left of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@cache
def press() -> Press:
    return Press(TEMPLATES)


def pages(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def text(pdf: bytes) -> str:
    return " ".join(pages(pdf))


def glyphs(pdf: bytes, number: int = 0) -> list[Glyph]:
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[number]
        height, shown = page.get_height(), page.get_textpage()
        found = []
        for i in range(shown.count_chars()):
            character = shown.get_text_range(i, 1)
            if character.strip():
                left, bottom, right, top = shown.get_charbox(i)
                box = (left / MM, (height - top) / MM, right / MM, (height - bottom) / MM)
                found.append(Glyph(character, *box))
        return found
