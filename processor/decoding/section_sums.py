"""One section of an audit as the sums see it: its items add up to what its row says, and the row adds up in itself.

The axes of a row's table are always: awarded, not applicable, available, possible, percent.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from processor.decoding.agreement import DIFFERS, UNKNOWN, agreements, less, shares, units
from processor.decoding.audits import Choices, choices, marks
from processor.decoding.chain import Step, around, backward, ends, joined, walked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from processor.decoding.agreement import Trust, Units
    from processor.decoding.audits import ItemCells, SectionCells
    from processor.decoding.chain import Table

ANY = Step(np.array([[UNKNOWN, UNKNOWN]]), np.ones(1))
"""Where there are no parts at all, nobody can tell what they add up to."""


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """The choices of an item, and the steps that they make: (awarded, ticked) in this order."""

    awarded: Choices
    ticked: Choices
    step: Step


@dataclass(frozen=True, slots=True, eq=False)
class SectionSums:
    """Everything about a section that does not depend on the rest of the audit."""

    items: tuple[Item, ...]
    steps: tuple[Step, ...]
    row: tuple[Choices, ...]
    """In the order of the axes."""
    table: Table
    """How probable each row is by its writing, its possible points and its percentage."""
    agree: tuple[NDArray[np.int8], ...]
    """Of each of the row's sums: (awarded, items), (not applicable, ticks), and two that broadcast to the row's table:
    possible, percent."""
    awarded_by: Table
    """(awarded, what the items add up to): the first agreement weighed."""
    taken_by: Table
    """(not applicable, what the ticks take out): the second."""

    @property
    def sides(self) -> tuple[int, int]:
        """How many choices awarded and possible have: what the totals are made of."""
        return len(self.row[0].weights), len(self.row[3].weights)

    def rows(self, states: list[Table], gather: np.ufunc) -> Table:
        """How much the section's own cells speak for each row."""
        items = joined(states[-1], self.awarded_by.T, self.taken_by.T, gather)
        return self.table * items[:, :, None, None, None]

    def step(self, rows: Table, gather: np.ufunc) -> Step:
        """What the section adds to the totals, (awarded, possible)."""
        moves = np.array(list(product(self.row[0].amounts.tolist(), self.row[3].amounts.tolist())))
        return Step(moves, gather.reduce(rows, axis=(1, 2, 4)).ravel())

    def seen(self, states: list[Table], outside: Table, gather: np.ufunc) -> Iterator[tuple[Choices, Table]]:
        """How much all cells of the audit speak for each choice of each cell.

        Args:
            states: of the items, forward.
            outside: what the rest of the audit says of the section's move.
            gather: as the states were gathered.
        """
        around_row = outside.reshape(self.sides)[:, None, None, :, None]
        rows = self.rows(states, gather) * around_row
        for axis, cell in enumerate(self.row):
            yield cell, gather.reduce(rows, axis=tuple({0, 1, 2, 3, 4} - {axis}))
        said = gather.reduce(self.table * around_row, axis=(2, 3, 4))
        ahead = backward(self.steps, joined(said, self.awarded_by, self.taken_by, gather), gather)
        for item, before, after in zip(self.items, states, ahead[1:], strict=False):
            weights = around(before, item.step, after, gather) * item.step.weights
            both = weights.reshape(len(item.awarded.weights), len(item.ticked.weights))
            yield item.awarded, gather.reduce(both, axis=1)
            yield item.ticked, gather.reduce(both, axis=0)

    def best(self, states: list[Table], move: int) -> tuple[list[tuple[Choices, int]], list[str]]:
        """The best choice of each cell, given the section's move, and the names of the cells whose sum then differs."""
        awarded, possible = divmod(move, self.sides[1])
        rows = self.rows(states, np.maximum)[awarded, :, :, possible, :]
        taken, available, percent = (int(i) for i in np.unravel_index(int(rows.argmax()), rows.shape))
        end = np.outer(self.awarded_by[awarded], self.taken_by[taken])
        moves, (earned, out) = walked(self.steps, backward(self.steps, end, np.maximum))
        chosen = list(zip(self.row, (awarded, taken, available, possible, percent), strict=True))
        for item, index in zip(self.items, moves, strict=False):
            points, tick = divmod(index, len(item.ticked.weights))
            chosen += [(item.awarded, points), (item.ticked, tick)]
        found = (
            self.agree[0][awarded, earned],
            self.agree[1][taken, out],
            self.agree[2][0, taken, available, possible, 0],
            self.agree[3][awarded, 0, 0, possible, percent],
        )
        stated = (self.row[0], self.row[1], self.row[3], self.row[4])
        return chosen, [cell.cell.name for cell, sign in zip(stated, found, strict=True) if sign == DIFFERS]


def section_sums(section: SectionCells, trust: Trust) -> SectionSums:
    """A section made ready."""
    items = tuple(_item(item, trust) for item in section.items)
    steps = tuple(item.step for item in items) or (ANY,)
    most = most_points(section)
    awarded, taken, available = (
        choices(cell, trust, most) for cell in (section.awarded, section.not_applicable, section.available)
    )
    left = less(available.amounts[None, :], taken.amounts[:, None])
    possible, silent = choices(section.possible, trust, most), not section.possible.candidates
    if silent:
        possible = _left_over(possible, left)
    percent = marks(section.percent, trust)
    by_left = agreements(possible.amounts[None, None, :], left[:, :, None])[None, :, :, :, None]
    by_share = shares(awarded.amounts, possible.amounts, percent.values)[:, None, None, :, :]
    row = (awarded, taken, available, possible, percent)
    own = np.where(np.maximum(left, UNKNOWN)[:, :, None] == possible.amounts, 1.0, 0.0)[None, :, :, :, None]
    table = _outer(row) * (own if silent else trust.weigh(by_left)) * trust.weigh_shares(by_share)
    earned = agreements(awarded.amounts[:, None], ends(steps, 0))
    out = agreements(taken.amounts[:, None], ends(steps, 1))
    agree = (earned, out, by_left, by_share)
    return SectionSums(items, steps, row, table, agree, trust.weigh(earned), trust.weigh(out))


def most_points(section: SectionCells) -> int:
    """The most that a section can bring: what its items bring or, without items, the highest number beside it."""
    of_items = sum(item.points for item in section.items)
    return of_items or math.ceil(max((*section.available.candidates, *section.possible.candidates), default=0))


def _item(item: ItemCells, trust: Trust) -> Item:
    """What an item adds: (points, points taken out). Marked N/A it brings nothing, whatever stands beside the mark."""
    awarded, ticked = choices(item.awarded, trust, item.points), marks(item.not_applicable, trust)
    out = {True: units(item.points, item.points), False: 0, None: UNKNOWN}
    moves = [
        (0 if tick else amount, out[None if tick is None else bool(tick)])
        for amount, tick in product(awarded.amounts.tolist(), ticked.values)
    ]
    return Item(awarded, ticked, Step(np.array(moves), np.outer(awarded.weights, ticked.weights).ravel()))


def _left_over(possible: Choices, left: Units) -> Choices:
    """The choices of a possible that nobody wrote: all that may be left."""
    amounts = np.unique(np.maximum(left, UNKNOWN))
    return Choices(possible.cell, (None,) * len(amounts), amounts, np.ones(len(amounts)))


def _outer(row: tuple[Choices, ...]) -> Table:
    """The product of the cells' own probabilities, one axis each."""
    table = np.ones(())
    for cell in row:
        table = np.multiply.outer(table, cell.weights)
    return table
