"""The pages of the blanks, made ready to be found on scans: each when it is first asked for, then kept."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import cv2
import numpy as np

from processor import pages
from processor.flows.forms import MAX_PAGES, folders
from processor.imaging.plate import plate
from processor.model import Draw, Picture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from processor.flows.forms import Folder
    from processor.imaging.plate import Plate

DPI = 200
"""Enough for any pen; a page of a finer scan is brought down to it."""
_DRAWN = 300
"""As a printer would: at less, pdfium shifts what it draws by up to half a pixel."""


def _brought_down(drawn: Picture) -> Picture:
    high, wide = drawn.pixels.shape
    size = (round(wide * DPI / drawn.dpi), round(high * DPI / drawn.dpi))
    return Picture(drawn.page, DPI, np.asarray(cv2.resize(drawn.pixels, size, interpolation=cv2.INTER_AREA), np.uint8))


class Blanks(Mapping[tuple[str, int], "Plate"]):
    """Plates by the form's name and the page's number. Opens blanks: for a limited child only."""

    def __init__(self, templates: tuple[Path, ...]) -> None:
        self._templates = templates
        self._made: dict[tuple[str, int], Plate] = {}

    @cached_property
    def _folders(self) -> dict[str, Folder]:
        return {folder.name: folder for folder in folders(self._templates)}

    def __getitem__(self, key: tuple[str, int]) -> Plate:
        if key not in self._made:
            name, number = key
            with pages.open(self._folders[name].blank.read_bytes(), max_pages=MAX_PAGES) as paper:
                self._made[key] = plate(_brought_down(paper.draw(Draw(number, _DRAWN))))
        return self._made[key]

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)
