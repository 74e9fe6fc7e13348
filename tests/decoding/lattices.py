"""Lattices made by hand: what is written is given, and how surely."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from processor.decoding.lattice import COLUMN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray


def lattice(*steps: Mapping[str, float]) -> NDArray[np.float32]:
    """A lattice of these steps: letters with their probabilities, the rest of each step is none."""
    rows = np.zeros((len(steps), 1 + len(COLUMN)))
    for row, step in zip(rows, steps, strict=True):
        for letter, chance in step.items():
            row[COLUMN[letter]] = chance
        row[0] = 1 - row.sum()
    with np.errstate(divide="ignore"):
        return np.log(rows).astype(np.float32)


def written(text: str, sure: float = 1.0, instead: Mapping[int, str] | None = None) -> NDArray[np.float32]:
    """The text, a step a letter and an empty one after each; `instead` says which letter is nearly seen at a place."""
    return lattice(*_steps(text, sure, instead or {}))


def _steps(text: str, sure: float, instead: Mapping[int, str]) -> Sequence[Mapping[str, float]]:
    seen = (
        {letter: sure} | ({instead[place]: 1 - sure} if place in instead else {}) for place, letter in enumerate(text)
    )
    return [step for one in seen for step in (one, {})]
