"""The most probable consistent reading of an audit: every cell weighed together with the sums it stands in.

What must add up, as the form prints it: the items to the section's awarded points; the points of the items marked N/A
to its points not applicable; possible = available less not applicable; percent = awarded of possible; the two columns
to the totals; overall percent = total awarded of total possible. Each is of the cells as written: who took a wrong
number on has made one mistake, not two. Any sum may be wrong (`Trust.wrong`), so a clear cell is not bent into one that
adds up: arithmetic only chooses among what the writing supports. No reading of the audit is left out.

Sources: domain.md 2.4, the sentence under the summary sheet (`templates/forms/audit.typ`), `casework/scores.py`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from processor.decoding.agreement import DIFFERS, Trust, agreements, shares
from processor.decoding.audits import Choices, choices, marks
from processor.decoding.chain import around, backward, ends, forward, joined, walked
from processor.decoding.section_sums import ANY, most_points, section_sums

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from processor.decoding.audits import AuditCells, Number
    from processor.decoding.chain import Step, Table
    from processor.decoding.section_sums import SectionSums


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledCell:
    """One cell of the best reading of the whole audit."""

    value: Number | None
    """None: something else than any candidate."""
    posterior: float
    """How probable the value is, given all cells and sums."""
    margin: float
    """Natural logarithm of how much more probable the best reading is than the best one in which this cell differs."""
    moved: bool
    """Whether the writing alone would have said another value."""
    posteriors: Mapping[Number | None, float]
    """Of each supported candidate, and of something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """An audit, read as a whole."""

    cells: Mapping[str, SettledCell]
    """Of each cell that had candidates, by its name."""
    differ: tuple[str, ...]
    """The cells whose sum does not add up in the best reading: the stated ones, as findings name them."""


def settle(audit: AuditCells, trust: Trust | None = None) -> Settled:
    """The most probable reading of an audit, and how sure each of its cells is.

    Args:
        audit: all cells; the names of those with candidates are different.
        trust: how far arithmetic is trusted; the default is `Trust()`.
    """
    trust = trust or Trust()
    parts = [section_sums(section, trust) for section in audit.sections]
    totals = _totals(audit, trust, parts)
    likely = dict(_seen(parts, totals, np.add))
    strongest = dict(_seen(parts, totals, np.maximum))
    chosen, differ = _best(parts, totals)
    cells = {
        cell.cell.name: _settled(cell, index, likely[cell], strongest[cell])
        for cell, index in chosen
        if cell.cell.candidates
    }
    return Settled(cells=cells, differ=tuple(differ))


# ---------------------------------------------------------------- totals


@dataclass(frozen=True, slots=True, eq=False)
class _Totals:
    """The three cells below the columns; axes of the table: total awarded, total possible, overall percent."""

    cells: tuple[Choices, Choices, Choices]
    table: Table
    share: NDArray[np.int8]
    awarded: NDArray[np.int8]
    """Agreement (total awarded, what the sections add up to)."""
    possible: NDArray[np.int8]
    trust: Trust

    def ahead(self, gather: np.ufunc) -> Table:
        """How much the totals speak for each pair of sums."""
        stated = gather.reduce(self.table, axis=2)
        return joined(stated, self.trust.weigh(self.awarded), self.trust.weigh(self.possible), gather)

    def seen(self, sums: Table, gather: np.ufunc) -> Iterator[tuple[Choices, Table]]:
        """How much all cells of the audit speak for each choice, given what the sections add up to."""
        below = joined(sums, self.trust.weigh(self.awarded).T, self.trust.weigh(self.possible).T, gather)
        whole = self.table * below[:, :, None]
        for axis, cell in enumerate(self.cells):
            yield cell, gather.reduce(whole, axis=tuple({0, 1, 2} - {axis}))

    def best(self, end: tuple[int, int]) -> tuple[list[tuple[Choices, int]], list[str]]:
        """The best choices when the sections add up to this, and the names of the cells whose sum differs."""
        weights = np.outer(self.trust.weigh(self.awarded[:, end[0]]), self.trust.weigh(self.possible[:, end[1]]))
        whole = self.table * weights[:, :, None]
        awarded, possible, percent = (int(i) for i in np.unravel_index(int(whole.argmax()), whole.shape))
        found = (self.awarded[awarded, end[0]], self.possible[possible, end[1]], self.share[awarded, possible, percent])
        chosen = list(zip(self.cells, (awarded, possible, percent), strict=True))
        return chosen, [cell.cell.name for cell, sign in zip(self.cells, found, strict=True) if sign == DIFFERS]


def _totals(audit: AuditCells, trust: Trust, parts: Sequence[SectionSums]) -> _Totals:
    most = sum(most_points(section) for section in audit.sections)
    awarded, possible = choices(audit.total_awarded, trust, most), choices(audit.total_possible, trust, most)
    percent = marks(audit.overall_percent, trust)
    share = shares(awarded.amounts, possible.amounts, percent.values)
    own = np.multiply.outer(np.outer(awarded.weights, possible.weights), percent.weights)
    steps = [part.step(np.ones_like(part.table), np.add) for part in parts] or [ANY]
    return _Totals(
        (awarded, possible, percent),
        own * trust.weigh_shares(share),
        share,
        agreements(awarded.amounts[:, None], ends(steps, 0)),
        agreements(possible.amounts[:, None], ends(steps, 1)),
        trust,
    )


# ---------------------------------------------------------------- the chain over the sections


def _seen(parts: Sequence[SectionSums], totals: _Totals, gather: np.ufunc) -> Iterator[tuple[Choices, Table]]:
    """How much all cells together speak for each choice of each cell."""
    inner, steps = _steps(parts, gather)
    before = forward(steps, gather)
    after = backward(steps, totals.ahead(gather), gather)
    for part, states, step, left, right in zip(parts, inner, steps, before, after[1:], strict=False):
        yield from part.seen(states, around(left, step, right, gather), gather)
    yield from totals.seen(before[-1], gather)


def _best(parts: Sequence[SectionSums], totals: _Totals) -> tuple[list[tuple[Choices, int]], list[str]]:
    """The best reading of all cells together, and the names of the cells whose sum differs in it."""
    inner, steps = _steps(parts, np.maximum)
    moves, end = walked(steps, backward(steps, totals.ahead(np.maximum), np.maximum))
    found = [part.best(states, move) for part, states, move in zip(parts, inner, moves, strict=False)]
    found.append(totals.best(end))
    return [choice for chosen, _ in found for choice in chosen], [name for _, names in found for name in names]


def _steps(parts: Sequence[SectionSums], gather: np.ufunc) -> tuple[list[list[Table]], list[Step]]:
    """Of each section: the states of its items, and what it adds to the totals."""
    inner = [forward(part.steps, gather) for part in parts]
    steps = [part.step(part.rows(states, gather), gather) for part, states in zip(parts, inner, strict=True)]
    return inner, steps or [ANY]


def _settled(cell: Choices, chosen: int, likely: Table, strongest: Table) -> SettledCell:
    posteriors = likely / likely.sum()
    others = np.delete(strongest, chosen).max(initial=0.0)
    return SettledCell(
        value=cell.values[chosen],
        posterior=float(posteriors[chosen]),
        margin=math.log(strongest[chosen] / others) if others else math.inf,
        moved=cell.values[chosen] != max(cell.cell.candidates, key=cell.cell.candidates.__getitem__),
        posteriors=dict(zip(cell.values, posteriors.tolist(), strict=True)),
    )
