"""Messages along a chain are all its paths written out; and what agrees with what."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.decoding.agreement import AGREES, DIFFERS, NEVER, OPEN, UNKNOWN, Trust, agreements, less, shares, units
from processor.decoding.audits import Cell, marks
from processor.decoding.chain import Step, around, backward, ends, forward, scaled, walked

if TYPE_CHECKING:
    from collections.abc import Sequence

AMOUNTS = st.sampled_from([UNKNOWN, 0, 1, 2, 5])


@st.composite
def chains(draw: st.DrawFn) -> list[Step]:
    moves = st.lists(st.tuples(AMOUNTS, AMOUNTS, st.floats(0.1, 1)), min_size=1, max_size=4)
    drawn = draw(st.lists(moves, min_size=1, max_size=4))
    return [Step(np.array([m[:2] for m in step]), np.array([m[2] for m in step])) for step in drawn]


def total(amounts: Sequence[int]) -> int:
    return UNKNOWN if min(amounts) < 0 else sum(amounts)


@settings(max_examples=60, deadline=None)
@given(chains(), st.sampled_from([np.add, np.maximum]), st.integers(0, 99))
def test_messages_say_what_all_paths_say(steps: list[Step], gather: np.ufunc, seed: int) -> None:
    sums = [ends(steps, axis).tolist() for axis in (0, 1)]
    end = np.random.default_rng(seed).random((len(sums[0]), len(sums[1]))) + 0.1
    states, ahead = forward(steps, gather), backward(steps, end, gather)
    last = np.zeros_like(end)
    through = [np.zeros(len(step.weights)) for step in steps]
    best = 0.0
    for path in product(*(range(len(step.weights)) for step in steps)):
        taken = [step.moves[move] for step, move in zip(steps, path, strict=True)]
        at = tuple(sums[axis].index(total([int(move[axis]) for move in taken])) for axis in (0, 1))
        weights = [float(step.weights[move]) for step, move in zip(steps, path, strict=True)]
        weight = float(np.prod(weights))
        last[at] = gather(last[at], weight)
        best = max(best, weight * end[at])
        for found, move in zip(through, path, strict=True):
            found[move] = gather(found[move], weight * end[at])
    assert states[-1] == pytest.approx(scaled(last))
    for step, before, after, found in zip(steps, states, ahead[1:], through, strict=False):
        assert scaled(around(before, step, after, gather) * step.weights) == pytest.approx(scaled(found))
    if gather is np.maximum:
        moves, at = walked(steps, ahead)
        weight = float(np.prod([step.weights[move] for step, move in zip(steps, moves, strict=True)]))
        assert weight * end[at] == pytest.approx(best)


@pytest.mark.parametrize(
    ("whole", "part", "left"),
    [(20, 6, 14), (20, 0, 20), (6, 7, NEVER), (20, UNKNOWN, UNKNOWN), (UNKNOWN, 2, UNKNOWN), (NEVER, 2, NEVER)],
)
def test_what_is_left_is_known_when_both_are_and_never_less_than_nothing(whole: int, part: int, left: int) -> None:
    assert int(less(np.array(whole), np.array(part))) == left


@pytest.mark.parametrize(
    ("stated", "computed", "sign"),
    [
        (4, 4, AGREES),
        (4, 5, DIFFERS),
        (UNKNOWN, 4, OPEN),
        (4, UNKNOWN, OPEN),
        (NEVER, 4, DIFFERS),
        (NEVER, NEVER, DIFFERS),
    ],
)
def test_only_the_same_known_points_agree(stated: int, computed: int, sign: int) -> None:
    assert int(agreements(np.array(stated), np.array(computed))) == sign


def test_a_percentage_of_nothing_is_open() -> None:
    found = shares(np.array([0, 8, NEVER, UNKNOWN]), np.array([0, 10]), (80, 75, None))
    assert found[:, 0].tolist() == [[OPEN] * 3] * 4
    assert found[:, 1].tolist() == [[DIFFERS, DIFFERS, OPEN], [AGREES, DIFFERS, OPEN], [OPEN] * 3, [OPEN] * 3]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(Decimal("4.5"), 9), (5, 10), (6, NEVER), (-1, NEVER), (Decimal("4.25"), NEVER), (None, UNKNOWN)],
)
def test_points_are_counted_in_halves_up_to_the_most_there_can_be(value: Decimal | int | None, expected: int) -> None:
    assert units(value, 5) == expected


def test_only_the_most_probable_candidates_are_looked_at_and_the_others_are_something_else() -> None:
    found = marks(Cell("a", {1: 0.2, 2: 0.5, 3: 0.1}, 0.2), Trust(most=2))
    assert found.values == (2, 1, None)
    assert found.weights == pytest.approx([0.5, 0.2, 0.3])
