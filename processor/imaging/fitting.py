"""A blank laid over a scan, to a tenth of a point; or refused, so that nothing is read in the wrong place.

First coarsely, by the marks in the corners, the page's codes, or what the page looks like; then finely, by patches of
the blank found again on the scan and a smooth bend through them (studies/scans.md 3).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from processor.imaging import bend, keypoints, patches, plane
from processor.imaging.light import shrunk
from processor.imaging.marks import marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from processor.imaging.codes import Code
    from processor.imaging.plane import Grey, Matrix, Points
    from processor.imaging.plate import Plate
    from processor.model import Box

_FAR, _NEAR, _WIDE = 22, 7, 60
"""Pixels at 150 dots an inch that a patch may lie off: at first, once the bend is known, and in another edition."""
_ALIKE = 0.45
"""The least correlation by which a patch counts as found."""
_LOOSE, _BENT, _AGREE = 2.0, 6.0, 0.72
"""Points: for a flat page seen roughly, for the bend of paper, for a patch that agrees with the others."""
_CLEARLY, _SURELY = 0.65, 0.8
"""The correlation from which a patch that lies nearby, or far off, speaks against the fit."""
LEAST_SHARE, MOST_SLIPPED, MOST_MOVED, MOST_RESIDUAL = 0.56, 0.02, 0.08, 0.2
"""What a fit must reach."""
LEAST_PATCHES = 20
_AROUND, _SOME = 12, 1
"""How many patches around a box are asked, and how many of them must agree."""
_ENOUGH = 220
"""Dots an inch above which patches at 150 gain nothing."""
_PLAIN = plane.scaled(2.0, 2.0)
"""A page as it may lie, to which a step must not do anything mad."""
_STEP = 16
"""Pixels between the places where the map is worked out: 0.01 pixels off for a photo from a low angle."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fit:
    """How a blank's page lies on a scan."""

    width: float
    height: float
    """Of the blank, in points."""
    matrix: Matrix
    """Points of the blank to pixels of the scan, after the bend."""
    bend: Points
    """A smooth displacement, see `bend.py`, in points of the blank."""
    shape: tuple[int, int]
    """Rows and columns of the scan."""
    at: Points = field(default_factory=lambda: np.zeros((0, 2)))
    """(n, 2) where the patches that should be on the scan stand on the blank, in points."""
    agree: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, bool))
    """(n,) which of them were found where the fit has them."""
    against: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, bool))
    """(n,) which of them were clearly found, but elsewhere."""
    slipped: float = 0.0
    """Of the patches that were clearly found, how many a little way off, 0 to 1: parts of the form were shifted."""
    moved: float = 0.0
    """The same for patches far off: parts of the form stand elsewhere, or it is another page."""
    residual: float = 0.0
    """Points that the middle patch lies off, of those that agree."""

    @property
    def share(self) -> float:
        """Of the patches that should be on the scan, how many agree, 0 to 1."""
        return float(self.agree.sum() / max(len(self.agree), LEAST_PATCHES))

    @property
    def dpi(self) -> float:
        """The resolution in which the middle of the page was scanned."""
        middle = np.array([[self.width / 2, self.height / 2]])
        return abs(float(plane.resolution(self.matrix, middle)[0]))

    @property
    def mirrored(self) -> bool:
        """Whether the scan shows the page with left and right swapped."""
        return bool(np.linalg.det(self.matrix) < 0)

    @property
    def turned(self) -> int:
        """By how many degrees clockwise the page lies on the scan: 0, 90, 180 or 270."""
        middle = np.array([self.width / 2, self.height / 2])
        up, down = plane.applied(self.matrix, np.array([middle, middle + np.array([0.0, 10.0])]))
        angle = np.degrees(np.arctan2(-(down - up)[0], (down - up)[1]))
        return round(float(angle) / 90) % 4 * 90

    def sure(self, box: Box) -> bool:
        """Whether the page lies as the blank does around a box: of the nearest patches some agree, fewer speak against.

        False where that part was cut off or stands elsewhere: it is missing, not blank. A paper laid over the page is
        not always noticed: near its edge the patches beside it still agree.
        """
        left, top, right, bottom = box
        if not self.within(np.array([[left, top], [right, top], [right, bottom], [left, bottom]])).all():
            return False
        off = np.maximum(np.maximum((left, top) - self.at, self.at - (right, bottom)), 0.0)
        near = np.argsort(np.square(off).sum(axis=1), kind="stable")[:_AROUND]
        agree = int(self.agree[near].sum())
        return agree >= _SOME and agree > int(self.against[near].sum())

    def within(self, points: Points) -> NDArray[np.bool_]:
        """Which points of the blank, (n, 2), are on the scan at all: what was cut off is not blank, it is missing."""
        at = to_scan(self, points)
        return np.asarray((at >= 0).all(axis=1) & (at <= self.shape[::-1]).all(axis=1))


def fitted(plate: Plate, grey: Grey, codes: Sequence[Code] = ()) -> Fit | None:
    """The blank on an evenly lit scan, by the first start that bears out; None where the page is another one."""
    fits = (fine(plate, grey, start) for start in starts(plate, grey, codes))
    return next((fit for fit in fits if fit is not None), None)


def coarse(plate: Plate, grey: Grey, codes: Sequence[Code] = ()) -> Matrix | None:
    """The first plausible start, blank points to scan pixels; None where there is none."""
    return next(starts(plate, grey, codes), None)


def starts(plate: Plate, grey: Grey, codes: Sequence[Code] = ()) -> Iterator[Matrix]:
    """Plausible starts, the likeliest and quickest first: by marks and codes, and by what the page looks like.

    A mirrored page is found only where a code says that it is mirrored.
    """
    back = any(code.mirrored for code in codes)
    flip = plane.mirrored(grey.shape[1]) if back else np.eye(3)
    seen = np.ascontiguousarray(grey[:, ::-1]) if back else grey
    told = [replace(code, corners=plane.applied(flip, code.corners)) for code in codes]
    for matrix in _guesses(plate, seen, told):
        if matrix is not None and plane.sane(matrix, plate.width, plate.height):
            yield flip @ matrix


def _guesses(plate: Plate, grey: Grey, codes: Sequence[Code]) -> Iterator[Matrix | None]:
    points = _code_points(plate, codes)
    yield by_marks(plate, marks(grey), points)
    yield _by_codes(*points)
    yield keypoints.start(plate, keypoints.features(grey))


def by_marks(plate: Plate, seen: Mapping[int, Points], codes: tuple[Points, Points] | None = None) -> Matrix | None:
    """The start by two corner marks or more; codes help where marks are missing. None with fewer."""
    both = [name for name in plate.marks if name in seen]
    if len(both) < 2:
        return None
    ours, theirs = [plate.marks[name] for name in both], [seen[name] for name in both]
    if codes is not None and len(both) < 4:
        ours, theirs = [*ours, codes[0]], [*theirs, codes[1]]
    matrix, _ = cv2.findHomography(np.vstack(ours), np.vstack(theirs), 0)
    return None if matrix is None else np.asarray(matrix, np.float64)


def _code_points(plate: Plate, codes: Sequence[Code]) -> tuple[Points, Points]:
    """Points of the blank and of the scan that are the same: corners of a QR, ends of a bar code."""
    pairs = [(own, one) for own in plate.codes for one in codes if (own.text, own.square) == (one.text, one.square)]
    ours = [_holds(own) for own, _ in pairs]
    return np.vstack([np.zeros((0, 2)), *ours]), np.vstack([np.zeros((0, 2)), *[_holds(one) for _, one in pairs]])


def _holds(code: Code) -> Points:
    return (
        code.corners
        if code.square
        else np.array([code.corners[[0, 3]].mean(axis=0), code.corners[[1, 2]].mean(axis=0)])
    )


def _by_codes(ours: Points, theirs: Points) -> Matrix | None:
    """Codes stand at the foot and fix size and turn alone: good enough for a flat scan."""
    if len(ours) < 2:
        return None
    part, _ = cv2.estimateAffinePartial2D(ours, theirs, method=cv2.LMEDS)
    return None if part is None else np.vstack([part, [0.0, 0.0, 1.0]])


def fine(plate: Plate, grey: Grey, start: Matrix) -> Fit | None:
    """The blank on an evenly lit scan, bend and all; None where too few of its patches are where they should be."""
    begun = Fit(width=plate.width, height=plate.height, matrix=start, bend=bend.flat(), shape=_shape(grey))
    small, wide, high = shrunk(grey, round(max(grey.shape) * min(_ENOUGH / begun.dpi, 1.0)))
    begun = replace(begun, matrix=plane.scaled(1 / wide, 1 / high) @ start, shape=_shape(small))
    straight = _straight(plate, small, begun)
    whole = None if straight is None else _bent(plate, small, straight)
    if whole is None or not _believed(whole):
        return None
    return replace(whole, matrix=plane.scaled(wide, high) @ whole.matrix, shape=_shape(grey))


def _believed(fit: Fit) -> bool:
    """Whether the page is this one, in this edition.

    Right pages have a share of 0.7 and more even as coarse faxes that are full of writing, and 0.58 where the foot is
    gone; other pages have 0.55 at most, with a third of their patches elsewhere.
    """
    return (
        fit.share >= LEAST_SHARE
        and fit.slipped <= MOST_SLIPPED
        and fit.moved <= MOST_MOVED
        and fit.residual <= MOST_RESIDUAL
    )


def _straight(plate: Plate, grey: Grey, fit: Fit) -> Fit | None:
    """A better homography and a first bend, by patches that may lie 3.7 mm off."""
    at, inside, seen = _seen(plate, grey, fit, _FAR, plate.spots[::2])
    good = inside & (seen.scores >= _ALIKE)
    if good.sum() < LEAST_PATCHES:
        return None
    ours, theirs = at[good], (at + seen.offsets)[good]
    step, _ = cv2.findHomography(ours, theirs, cv2.USAC_MAGSAC, _LOOSE, maxIters=2000, confidence=0.999)
    if step is None or not plane.sane(_PLAIN @ step, plate.width, plate.height):
        return None
    off = plane.applied(np.asarray(np.linalg.inv(step), np.float64), theirs) - ours
    near = np.linalg.norm(off, axis=1) < _BENT
    first = bend.fitted(_spread(fit, ours[near]), off[near], _AGREE)
    return replace(fit, matrix=fit.matrix @ step, bend=first)


def _bent(plate: Plate, grey: Grey, fit: Fit) -> Fit:
    """A better bend by patches that lie 1 mm off at most, and how well they agree."""
    at, inside, seen = _seen(plate, grey, fit, _NEAR, plate.spots)
    good = inside & (seen.scores >= _ALIKE)
    there = at + seen.offsets
    off = there + bend.bent(fit.bend, _spread(fit, there)) - at
    whole = bend.fitted(_spread(fit, at[good]), off[good], _AGREE)
    wrong = np.linalg.norm(off - bend.bent(whole, _spread(fit, at)), axis=1)
    agree = good & (wrong < _AGREE)
    near, far = inside & ~agree & (seen.scores >= _CLEARLY), np.zeros_like(good)
    lost = np.flatnonzero(inside & ~good)
    lost = lost[_seen(plate, grey, replace(fit, bend=whole), _WIDE, plate.spots[lost])[2].scores >= _SURELY]
    far[lost] = patches.lone(plate.small, plate.spots[lost], _WIDE)
    clear = max(int((agree | near | far).sum()), 1)
    return replace(
        fit,
        bend=whole,
        at=at[inside],
        agree=agree[inside],
        against=(near | far)[inside],
        slipped=float(near.sum() / clear),
        moved=float(far.sum() / clear),
        residual=float(np.median(wrong[agree])) if agree.any() else np.inf,
    )


def _seen(
    plate: Plate, grey: Grey, fit: Fit, reach: int, spots: NDArray[np.int64]
) -> tuple[Points, NDArray[np.bool_], patches.Found]:
    """The patches in points, which of them are on the scan, and where they were found, in points."""
    rows, columns = plate.small.shape
    unit = np.array([plate.width / columns, plate.height / rows])
    at = spots * unit
    seen = patches.found(plate.small, spots, _drawn(fit, grey, columns, rows), reach)
    return at, fit.within(at), patches.Found(seen.offsets * unit, seen.scores)


def to_scan(fit: Fit, points: Points) -> Points:
    """Where points of the blank, (n, 2), lie on the scan, in pixels."""
    return plane.applied(fit.matrix, points + bend.bent(fit.bend, _spread(fit, points)))


def laid(fit: Fit, grey: Grey, dpi: float) -> Grey:
    """The scan in the frame of the blank, at that resolution; white where it does not reach."""
    small, wide, high = grey, 1.0, 1.0
    if (parts := int(fit.dpi / dpi)) > 1:
        small, wide, high = shrunk(grey, round(max(grey.shape) / parts))
    own = replace(fit, matrix=plane.scaled(1 / wide, 1 / high) @ fit.matrix)
    return _drawn(own, small, round(fit.width * dpi / 72), round(fit.height * dpi / 72))


def _drawn(fit: Fit, grey: Grey, columns: int, rows: int) -> Grey:
    """One look-up a pixel, by a map that is worked out on a coarse grid and spread."""
    wide, high = -(-columns // _STEP) + 2, -(-rows // _STEP) + 2
    across = (np.arange(wide) - 0.5) * (_STEP * fit.width / columns)
    down = (np.arange(high) - 0.5) * (_STEP * fit.height / rows)
    grid = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
    coarse = (to_scan(fit, grid) - 0.5).reshape(high, wide, 2).astype(np.float32)
    spread = cv2.resize(coarse, (wide * _STEP, high * _STEP), interpolation=cv2.INTER_LINEAR)
    own = np.ascontiguousarray(spread[_STEP : _STEP + rows, _STEP : _STEP + columns])
    border = cv2.BORDER_CONSTANT
    # the stubs do not know that the second map may be none where the first is of pairs
    drawn = cv2.remap(grey, own, None, cv2.INTER_LINEAR, borderMode=border, borderValue=255)  # type: ignore[call-overload]
    return np.asarray(drawn, np.uint8)


def _spread(fit: Fit, points: Points) -> Points:
    """Points in units of the page, -1 to 1."""
    return points / (fit.width, fit.height) * 2 - 1


def _shape(grey: Grey) -> tuple[int, int]:
    return grey.shape[0], grey.shape[1]
