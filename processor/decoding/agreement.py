"""How much a written sum speaks for what it is the sum of: it agrees, it differs, or nobody can tell.

A percentage agrees in any of the roundings that the checks let pass (`scores.printable`): none, one or two decimals,
cut off or rounded half up.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from processor.casework.scores import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from numpy.typing import NDArray

Units: TypeAlias = "NDArray[np.int64]"
"""Amounts in half points, for people give halves; `UNKNOWN` and `NEVER` are negative."""

PER_POINT = 2
UNKNOWN = -1
"""An amount that could be any."""
NEVER = -2
"""An amount that nothing adds up to: less than nothing, more than can be had, thirds of points."""
AGREES, DIFFERS, OPEN = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """How far the arithmetic is trusted.

    One sum multiplies the odds between two readings by at most `(1 - wrong) * spread / wrong`: 980, and 4,900 for a
    percentage. `wrong` is a guess; `spread` is the size of a section and of the scale of percentages.

    Raises:
        ValueError: a number that is no probability or rules readings out, or a spread under one.
    """

    wrong: float = 0.02
    """Probability that a person's sum is wrong, or that more is given than can be had."""
    spread: float = 20
    """How many values a wrong sum, or one with an illegible part, is spread over."""
    percent_spread: float = 100
    """The same for a percentage."""
    floor: float = 0.001
    """A candidate less probable than this is not supported by the writing; it counts as something else."""
    most: int = 12
    """Candidates of a cell that are looked at, the most probable ones."""

    def __post_init__(self) -> None:
        least = min(self.spread, self.percent_spread, self.most)
        if not (0 < self.wrong < 1 and 0 <= self.floor < 1 and least >= 1):
            raise ValueError(f"no such trust: {self}")

    def weigh(self, agreements: NDArray[np.int8]) -> NDArray[np.float64]:
        """What each agreement of a sum multiplies the probability of a reading by; of the same shape."""
        return np.array([1 - self.wrong, self.wrong / self.spread, 1 / self.spread])[agreements]

    def weigh_shares(self, agreements: NDArray[np.int8]) -> NDArray[np.float64]:
        """The same for percentages."""
        spread = self.percent_spread
        return np.array([1 - self.wrong, self.wrong / spread, 1 / spread])[agreements]


def units(value: int | Decimal | None, most: int) -> int:
    """Points in half points; `UNKNOWN` for none, `NEVER` for what is not on the grid or more than `most` points."""
    if value is None:
        return UNKNOWN
    halves = Fraction(value) * PER_POINT
    return int(halves) if halves.denominator == 1 and 0 <= halves <= most * PER_POINT else NEVER


def agreements(stated: Units, computed: Units) -> NDArray[np.int8]:
    """Whether each stated amount is the computed one. The two shapes are broadcast together."""
    unknown = (stated == UNKNOWN) | (computed == UNKNOWN)
    same = (stated == computed) & (stated >= 0)
    return np.where(unknown, OPEN, np.where(same, AGREES, DIFFERS)).astype(np.int8)


def less(whole: Units, part: Units) -> Units:
    """What is left of the whole without the part; `NEVER` where that is less than nothing."""
    left = np.where((whole < part) | (whole == NEVER) | (part == NEVER), NEVER, whole - part)
    return np.where((whole == UNKNOWN) | (part == UNKNOWN), UNKNOWN, left)


def shares(awarded: Units, possible: Units, stated: Sequence[int | Decimal | None]) -> NDArray[np.int8]:
    """Whether each stated percentage is awarded of possible: int8 (awarded, possible, stated).

    Nothing of nothing is no percentage: that is open, and so is what is off the grid.
    """
    found = np.full((len(awarded), len(possible), len(stated)), OPEN, np.int8)
    for i, part in enumerate(awarded.tolist()):
        for j, whole in enumerate(possible.tolist()):
            if part >= 0 and whole > 0:
                rounded = printable(Fraction(part * 100, whole))
                found[i, j] = [OPEN if p is None else AGREES if Fraction(p) in rounded else DIFFERS for p in stated]
    return found
