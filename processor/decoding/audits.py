"""An audit's points as they may have been written: cells with their candidates, in the places that the sums join.

Plain values, independent of forms; `audit_cells.py` makes them of a form's readings, `sums.py` settles them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from processor.decoding.agreement import NEVER, Trust, units

if TYPE_CHECKING:
    from collections.abc import Mapping

    from processor.decoding.agreement import Units
    from processor.decoding.chain import Table

Number: TypeAlias = int | Decimal
"""Points, a percentage, or True and False for a box that is ticked or not."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a box may say.

    Raises:
        ValueError: a candidate that is no finite number, or weights that are no probabilities.
    """

    name: str = ""
    """What the caller calls it; different for all cells that have candidates."""
    candidates: Mapping[Number, float] = field(default_factory=dict)
    """How probable each value is by its writing alone. None for a box that is empty or was not seen."""
    rest: float = 0
    """How probable it is that something else is written."""

    def __post_init__(self) -> None:
        weights = (self.rest, *self.candidates.values())
        if not all(0 <= weight < math.inf for weight in weights) or (self.candidates and sum(weights) <= 0):
            raise ValueError(f"{self.name}: no probabilities: {self.candidates}, {self.rest}")
        if not all(math.isfinite(value) for value in self.candidates):
            raise ValueError(f"{self.name}: no numbers: {self.candidates}")


NOTHING = Cell()
"""A box that is empty or was not seen: it takes part in no sum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCells:
    """One item: what it can bring, what it was awarded, and whether it is marked N/A."""

    points: int
    awarded: Cell = NOTHING
    not_applicable: Cell = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionCells:
    """One section: its items, and its row on the summary sheet."""

    items: tuple[ItemCells, ...] = ()
    available: Cell = NOTHING
    not_applicable: Cell = NOTHING
    """For a box that was seen empty: certainly 0."""
    possible: Cell = NOTHING
    """Without candidates, possible is what available is without N/A."""
    awarded: Cell = NOTHING
    percent: Cell = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditCells:
    """All points of an audit."""

    sections: tuple[SectionCells, ...]
    total_possible: Cell = NOTHING
    total_awarded: Cell = NOTHING
    overall_percent: Cell = NOTHING


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """A cell as it is weighed: its supported candidates, the most probable first, and something else as the last."""

    cell: Cell
    values: tuple[Number | None, ...]
    amounts: Units
    weights: Table


def choices(cell: Cell, trust: Trust, most: int) -> Choices:
    """What is looked at of a cell of points.

    Args:
        cell: any; an empty one has something else as its only choice.
        trust: what is supported; more than `most` is given as rarely as a sum is wrong.
        most: the most points that the cell can have.
    """
    plain = marks(cell, trust)
    amounts = np.array([units(value, most) for value in plain.values])
    return Choices(cell, plain.values, amounts, plain.weights * np.where(amounts == NEVER, trust.wrong, 1.0))


def marks(cell: Cell, trust: Trust) -> Choices:
    """What is looked at of a cell of no points: a tick, a percentage. It has no amounts."""
    whole = sum(cell.candidates.values()) + cell.rest
    shares = sorted(((weight / whole, value) for value, weight in cell.candidates.items()), reverse=True)
    likely = [(share, value) for share, value in shares if share >= trust.floor][: trust.most]
    rest = max(0.0, 1 - sum(share for share, _ in likely))
    weights = np.array([*(share for share, _ in likely), rest])
    return Choices(cell, (*(value for _, value in likely), None), np.zeros(0, np.int64), weights)
