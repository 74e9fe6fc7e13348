"""How good a scan is: only a gate before reading, and words for the sender why it did not pass.

Quality says little about how well a page will be read (studies/scans.md 7), so nothing finer is decided by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from processor.imaging.fitting import laid
from processor.imaging.light import shrunk

if TYPE_CHECKING:
    from processor.imaging.fitting import Fit
    from processor.imaging.plane import Grey

_LOOK = 75
_LONGEST = 900
_DARKEST = 60
"""So many dark dots are ink, and no dust: a page may bear a single word."""
_COARSE = 85.0
_DARK = 70.0
_FAINT = 40.0
_BLURRED = 0.15
_PLACES = ("on the left third", "in the middle third", "on the right third")
_SAYS = {
    "coarse": "scanned too coarsely ({dpi:.0f} dots an inch)",
    "dark": "too dark {place}",
    "faint": "too faint",
    "blurred": "blurred",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """What a scan is like."""

    dpi: float
    """Dots an inch that the page really has, by its fit where there is one."""
    contrast: float
    """Grey levels between paper and the darkest ink, 0 to 255."""
    sharpness: float
    """How sudden ink begins, against the contrast; around 1 for a good scan, below 0.15 letters run together."""
    paper: tuple[float, float, float]
    """How bright the paper is on the left, in the middle and on the right, 0 to 255."""
    poor: str = ""
    """`coarse`, `dark`, `faint` or `blurred`; empty where the page can be read."""

    @property
    def place(self) -> str:
        """Where it is too dark: the sentence's second part."""
        dark = [place for place, level in zip(_PLACES, self.paper, strict=True) if level < _DARK]
        return dark[0] if len(dark) == 1 else "on a large part" if len(dark) == 2 else "all over"

    @property
    def says(self) -> str:
        """What is wrong, to follow "The page is": `too dark on the left third`; empty where nothing is."""
        return _SAYS[self.poor].format(dpi=self.dpi, place=self.place) if self.poor else ""


def grade(pixels: Grey, dpi: float, fit: Fit | None = None) -> Grade:
    """Grades a scan as it came, light and all; with a fit, the page alone and not the table around it."""
    seen = shrunk(pixels, _LONGEST)[0] if fit is None else laid(fit, pixels, _LOOK)
    real = dpi if fit is None else fit.dpi
    paper = _paper(seen)
    low, high = float(np.partition(seen.ravel(), _DARKEST)[_DARKEST]), float(np.percentile(seen, 95))
    contrast = high - low
    sharpness = _edge(seen, high - 0.5 * contrast) / max(contrast, 1.0)
    return Grade(
        dpi=real,
        contrast=contrast,
        sharpness=sharpness,
        paper=paper,
        poor=_poor(real, contrast, sharpness, min(paper)),
    )


def _edge(seen: Grey, middle: float) -> float:
    """How steep the edges of what is written are; measured where ink is."""
    near = cv2.dilate((seen < middle).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    steep = np.abs(np.asarray(cv2.Laplacian(seen, cv2.CV_32F)))[near]
    return float(np.percentile(steep, 80)) if steep.size else 0.0


def _paper(seen: Grey) -> tuple[float, float, float]:
    left, middle, right = (float(np.percentile(part, 80)) for part in np.array_split(seen, 3, axis=1))
    return left, middle, right


def _poor(dpi: float, contrast: float, sharpness: float, paper: float) -> str:
    wrong = {
        "coarse": dpi < _COARSE,
        "dark": paper < _DARK,
        "faint": contrast < _FAINT,
        "blurred": sharpness < _BLURRED,
    }
    return next((name for name, is_so in wrong.items() if is_so), "")
