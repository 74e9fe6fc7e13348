"""All sums that parts can make, exactly: each part adds one of its moves, and messages pass along the parts both ways.

A state is a table float64 (first sum, second sum): two sums are kept side by side because they are made of the same
parts (points awarded and not applicable of the items, points awarded and possible of the sections). Row and column 0
are the unknown sum, into which a sum falls for good when a part is unknown; 1 + k is the sum `low + k`, in units.
Gathering with `np.add` gives posteriors, with `np.maximum` the best reading that goes through each move.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from processor.decoding.agreement import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from processor.decoding.agreement import Units

Table: TypeAlias = "NDArray[np.float64]"
Window: TypeAlias = "tuple[slice, slice]"


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """What one part can add to the two sums."""

    moves: Units
    """int (moves, 2): what is added; below zero: the sum is unknown from here on."""
    weights: Table
    """float (moves,)."""

    @property
    def low(self) -> Units:
        """The least that is added to each sum when it is known, int (2,)."""
        known = np.where(self.moves < 0, np.iinfo(np.int64).max, self.moves).min(axis=0)
        low: Units = np.where((self.moves < 0).all(axis=0), 0, known)
        return low

    @property
    def reach(self) -> Units:
        """By how much the two axes grow, int (2,)."""
        reach: Units = np.maximum(self.moves.max(axis=0) - self.low, 0)
        return reach

    @property
    def shifts(self) -> Units:
        """The moves along the axes, int (moves, 2)."""
        return np.where(self.moves < 0, UNKNOWN, self.moves - self.low)


def forward(steps: Sequence[Step], gather: np.ufunc) -> list[Table]:
    """The states before the first step, between the steps and after the last one; each scaled to a maximum of one."""
    start = np.zeros((2, 2))
    start[1, 1] = 1
    states = [start]
    for step in steps:
        states.append(scaled(_pushed(states[-1], step, gather)))
    return states


def backward(steps: Sequence[Step], end: Table, gather: np.ufunc) -> list[Table]:
    """What lies ahead of each of the states of `forward`, the last of which is `end`; all but it scaled."""
    ahead = [end]
    for step in reversed(steps):
        here = np.zeros(ahead[-1].shape - step.reach)
        for seen, weight in zip(_pulled(ahead[-1], step), step.weights, strict=True):
            gather(here, seen * weight, out=here)
        ahead.append(scaled(here))
    return ahead[::-1]


def around(before: Table, step: Step, after: Table, gather: np.ufunc) -> Table:
    """How much all the rest speaks for each move of a step, without the step's own weights: float (moves,)."""
    return scaled(np.array([gather.reduce(seen * before, axis=(0, 1)) for seen in _pulled(after, step)]))


def walked(steps: Sequence[Step], ahead: Sequence[Table]) -> tuple[list[int], tuple[int, int]]:
    """The best move of each step, one after the other, and the state in which they end; `ahead` is of `np.maximum`."""
    moves, state = [], (1, 1)
    for step, after in zip(steps, ahead[1:], strict=True):
        ends = [(_moved(state[0], int(first)), _moved(state[1], int(second))) for first, second in step.shifts]
        best = int(np.argmax([weight * after[end] for weight, end in zip(step.weights, ends, strict=True)]))
        moves.append(best)
        state = ends[best]
    return moves, state


def ends(steps: Sequence[Step], axis: int) -> Units:
    """The sums along one axis of the last state: unknown, and then upwards from the least."""
    low = sum(int(step.low[axis]) for step in steps)
    reach = sum(int(step.reach[axis]) for step in steps)
    return np.concatenate(([UNKNOWN], np.arange(low, low + reach + 1))).astype(np.int64)


def joined(table: Table, left: Table, right: Table, gather: np.ufunc) -> Table:
    """A table (x, y) seen through two others (x, i) and (y, j): float (i, j)."""
    half = gather.reduce(table[:, :, None] * left[:, None, :], axis=0)
    seen: Table = gather.reduce(half[:, :, None] * right[:, None, :], axis=0)
    return seen


def scaled(table: Table) -> Table:
    """The table with a maximum of one: only proportions count, and long products shall not vanish."""
    whole: Table = table / table.max()
    return whole


def _pushed(state: Table, step: Step, gather: np.ufunc) -> Table:
    grown = np.zeros(state.shape + step.reach)
    for (first, second), weight in zip(step.shifts, step.weights, strict=True):
        moved = state
        if first < 0:
            moved = gather.reduce(moved, axis=0, keepdims=True)
        if second < 0:
            moved = gather.reduce(moved, axis=1, keepdims=True)
        for source, target in _blocks(int(first), int(second), moved.shape):
            gather(grown[target], moved[source] * weight, out=grown[target])
    return grown


def _pulled(after: Table, step: Step) -> Iterator[Table]:
    """What lies after each move, seen from the states before it."""
    rows, columns = (int(size) for size in after.shape - step.reach)
    for first, second in step.shifts:
        seen = np.empty((rows, columns))
        for source, target in _blocks(int(first), int(second), seen.shape):
            seen[source] = after[target]
        yield seen


def _blocks(first: int, second: int, shape: tuple[int, ...]) -> Iterator[tuple[Window, Window]]:
    """The windows of a table that a move takes as a whole, each with the window in which it comes to lie."""
    for (left, left_to), (right, right_to) in product(_spans(first, shape[0]), _spans(second, shape[1])):
        yield (left, right), (left_to, right_to)


def _spans(shift: int, size: int) -> tuple[tuple[slice, slice], ...]:
    """The same along one axis: the unknown stays the unknown, and all falls into it when the shift is unknown."""
    unknown = slice(0, 1)
    if shift < 0:
        return ((slice(0, size), unknown),)
    return (unknown, unknown), (slice(1, size), slice(1 + shift, size + shift))


def _moved(index: int, shift: int) -> int:
    return 0 if shift < 0 or index == 0 else index + shift
