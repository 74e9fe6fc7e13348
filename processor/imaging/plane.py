"""Maps of the plane that straight lines survive: 3 by 3 matrices from the points of a blank to the pixels of a scan.

Everywhere the centre of the first pixel is at 0.5, so that a change of resolution is a mere factor;
`indexed` changes to the way OpenCV counts, where that centre is at 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Grey: TypeAlias = "NDArray[np.uint8]"
Points: TypeAlias = "NDArray[np.float64]"
"""(n, 2): x and y."""
Matrix: TypeAlias = "NDArray[np.float64]"

_LOWEST, _HIGHEST = 40.0, 1300.0
"""Dots an inch between which a page may have been scanned."""
_SLANT = 2.5
"""How much larger one corner of a page may appear than another: a photo from a low angle."""


def scaled(x: float, y: float) -> Matrix:
    """The matrix that multiplies."""
    return np.diag([x, y, 1.0])


def moved(x: float, y: float) -> Matrix:
    """The matrix that adds."""
    return np.array([[1.0, 0.0, x], [0.0, 1.0, y], [0.0, 0.0, 1.0]])


def mirrored(width: float) -> Matrix:
    """The matrix that swaps left and right of a picture of that width."""
    return moved(width, 0.0) @ scaled(-1.0, 1.0)


def indexed(matrix: Matrix) -> Matrix:
    """The same map between pixels counted as OpenCV does, the first centre at 0."""
    return moved(-0.5, -0.5) @ matrix @ moved(0.5, 0.5)


def applied(matrix: Matrix, points: Points) -> Points:
    """Where the points come to lie, (n, 2)."""
    spread = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return np.asarray(spread[:, :2] / spread[:, 2:])


def corners(width: float, height: float) -> Points:
    """The corners of a page from the top left, as a clock goes."""
    return np.array([[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]])


def resolution(matrix: Matrix, at: Points) -> Points:
    """Dots an inch, (n,), around those points of a blank; negative where the map mirrors."""
    depth = at @ matrix[2, :2] + matrix[2, 2]
    area = np.linalg.det(matrix) / depth**3
    return np.asarray(np.sign(area) * np.sqrt(np.abs(area)) * 72)


def sane(matrix: Matrix, width: float, height: float) -> bool:
    """Whether a page of that size in points can lie so on a scan: unmirrored, convex, of believable resolution."""
    if not np.isfinite(matrix).all():
        return False
    ends = corners(width, height)
    depth = ends @ matrix[2, :2] + matrix[2, 2]
    if depth.min() * depth.max() <= 0:
        return False
    dots = resolution(matrix, ends)
    sides = np.diff(applied(matrix, np.vstack([ends, ends[:2]])), axis=0)
    turns = sides[:-1, 0] * sides[1:, 1] - sides[:-1, 1] * sides[1:, 0]
    return bool(turns.min() > 0 and dots.min() > _LOWEST and dots.max() < min(_HIGHEST, _SLANT * dots.min()))
