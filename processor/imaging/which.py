"""Which blank a page without a readable code is: its picture against every page of every form.

Cheap looks first: pages with marks in their corners are laid flat and compared in small; others by what stands out
on them. The few that come near are fitted, and what the fits say is the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from processor.imaging import keypoints, plane
from processor.imaging.fitting import by_marks, fine, laid
from processor.imaging.light import shrunk
from processor.imaging.marks import marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from processor.imaging.fitting import Fit
    from processor.imaging.plane import Grey, Matrix
    from processor.imaging.plate import Plate

_SMALL = 40
"""Dots an inch for the comparison in small."""
_LOOK = 75
"""Dots an inch for telling two blanks apart."""
_TRIED = 3
_VOTES = 8
"""Features that must agree before a blank is tried at all."""
CLEAR = 0.2
"""How clearly a page must be one blank and not the other, -1 to 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A blank that a page may be."""

    plate: Plate
    fit: Fit


def which(plates: Sequence[Plate], grey: Grey) -> tuple[Candidate, ...]:
    """The blanks that an evenly lit page may be, best first, at any turn.

    One: it is this. Several: they are too close to say. None: it is none of them.
    """
    found = [_fitted(plate, grey, start) for plate, start in _likely(plates, grey)]
    fits = sorted((one for one in found if one), key=lambda one: -one.fit.share)
    best = next((one for one in fits if all(_nearer(one, other, grey) for other in fits if other is not one)), None)
    return tuple(fits) if best is None else (best,)


def _nearer(one: Candidate, other: Candidate, grey: Grey) -> bool:
    """Whether the page is clearly the one, looking only where the two blanks differ.

    No box for writing is there, and forms of one family share most of their patches.
    """
    ours, theirs = (_at(c.plate.small, c.plate, _LOOK).astype(np.float64) for c in (one, other))
    if ours.shape != theirs.shape:
        return one.fit.share > other.fit.share + CLEAR
    page = cv2.blur(laid(one.fit, grey, _LOOK), (3, 3)).astype(np.float64)
    apart = ours - theirs
    scale = float(np.square(apart).sum())
    return 2 * float(((page - (ours + theirs) / 2) * apart).sum()) > CLEAR * scale > 0.0


def _at(grey: Grey, plate: Plate, dpi: float) -> Grey:
    """A softened blank at a lower resolution."""
    size = (round(plate.width * dpi / 72), round(plate.height * dpi / 72))
    return np.asarray(cv2.blur(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), (3, 3)), np.uint8)


def _fitted(plate: Plate, grey: Grey, start: Matrix) -> Candidate | None:
    fit = fine(plate, grey, start)
    return None if fit is None else Candidate(plate, fit)


def _likely(plates: Sequence[Plate], grey: Grey) -> Iterator[tuple[Plate, Matrix]]:
    """The blanks worth fitting, with a start each."""
    seen = marks(grey)
    by_corners = [(plate, start) for plate in plates if (start := _sane(plate, by_marks(plate, seen))) is not None]
    if by_corners:
        return iter(sorted(by_corners, key=lambda one: -_alike(one[0], one[1], grey))[:_TRIED])
    scan = keypoints.features(grey)
    counted = sorted(((keypoints.votes(plate, scan), i) for i, plate in enumerate(plates)), reverse=True)
    near = [plates[i] for count, i in counted[:_TRIED] if count >= _VOTES]
    starts = ((plate, _sane(plate, keypoints.start(plate, scan))) for plate in near)
    return ((plate, start) for plate, start in starts if start is not None)


def _sane(plate: Plate, start: Matrix | None) -> Matrix | None:
    return start if start is not None and plane.sane(start, plate.width, plate.height) else None


def _alike(plate: Plate, start: Matrix, grey: Grey) -> float:
    """How alike the page and the blank are in small, -1 to 1."""
    size = (round(plate.width * _SMALL / 72), round(plate.height * _SMALL / 72))
    dots = float(plane.resolution(start, np.array([[plate.width / 2, plate.height / 2]]))[0])
    small, wide, high = shrunk(grey, round(max(grey.shape) * min(2 * _SMALL / dots, 1.0)))
    back = plane.scaled(1 / wide, 1 / high) @ start @ plane.scaled(plate.width / size[0], plate.height / size[1])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    seen = cv2.warpPerspective(small, plane.indexed(back), size, flags=flags, borderValue=255)
    return float(cv2.matchTemplate(cv2.blur(seen, (3, 3)), _at(plate.small, plate, _SMALL), cv2.TM_CCOEFF_NORMED)[0, 0])
