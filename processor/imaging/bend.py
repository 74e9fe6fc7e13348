"""How paper bends: a smooth displacement over the page, of third degree, that outliers cannot pull."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from processor.imaging.plane import Points

TERMS = 11
_STIFF = 1e-2
"""Keeps corners without a patch from flying off."""
_ROUNDS = 4


def flat() -> Points:
    """No bend at all: (11, 2)."""
    return np.zeros((TERMS, 2))


def bent(bend: Points, points: Points) -> Points:
    """The displacements, (n, 2), at points in units of the page, -1 to 1."""
    return np.asarray(_terms(points) @ bend)


def fitted(points: Points, offsets: Points, least: float) -> Points:
    """The bend through most of the offsets: those beyond 2.5 medians, or `least` if that is more, are dropped."""
    terms, kept = _terms(points), np.ones(len(points), bool)
    bend = flat()
    for _ in range(_ROUNDS):
        some = terms[kept]
        bend = np.asarray(np.linalg.solve(some.T @ some + _STIFF * np.eye(TERMS), some.T @ offsets[kept]), np.float64)
        off = np.linalg.norm(terms @ bend - offsets, axis=1)
        kept = off <= max(least, 2.5 * float(np.median(off[kept])))
    return bend


def _terms(points: Points) -> NDArray[np.float64]:
    """Beyond the cubic terms one of fourth degree across the page: paper curls from side to side."""
    x, y = points[:, 0], points[:, 1]
    return np.stack([np.ones_like(x), x, y, x * y, x * x, y * y, x**3, x * x * y, x * y * y, y**3, x**4], axis=1)
