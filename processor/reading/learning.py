"""From texts with their truth to a calibration: weights by ridge regression, limits by what went wrong above them.

Weights of a group are drawn towards those of all texts, so a group that is seldom seen is judged as all are. Limits
are set on papers that the weights did not see.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from processor.reading.certainty import CUES, Calibration, Group, Head, Judge, measured

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from processor.reading.certainty import Cues, Style

    Floats: TypeAlias = NDArray[np.float64]
    Flags: TypeAlias = NDArray[np.bool_]

_FOLDS = 5
_RIDGE, _APART = 3.0, 10.0
"""How strongly weights are drawn to nothing, and those of a group to those of all: as so many texts would."""
_STEPS = 25
_CONFIDENCE = 0.5
"""With which the share of wrong ones is thought to be no more than aimed at: it is as likely a little less as more."""
_NEVER = 2.0


class Sample(NamedTuple):
    """A text whose truth is known, read twice."""

    paper: str
    quick: Cues
    quick_right: bool
    both: Cues
    both_right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What becomes of texts."""

    count: int
    asked: int
    wrong: int
    """And sure."""

    @property
    def sure(self) -> int:
        """How many were not asked about."""
        return self.count - self.asked

    def at_most(self, confidence: float = 0.95) -> float:
        """The share of wrong among sure ones that is not exceeded, with that confidence."""
        return upper(self.wrong, self.sure, confidence)


# ---------------------------------------------------------------- learning


def learned(
    samples: Sequence[Sample], targets: Mapping[Style, float], made: str = "", without: Collection[str] = ()
) -> Calibration:
    """The calibration of these samples.

    Args:
        samples: in any order; all of a paper go into one fold.
        targets: for each style, the share of wrong ones among sure ones that is aimed at.
        made: what the calibration says of itself.
        without: cues to be left out, to see what they are good for.
    """
    table = _Table.of(samples, without)
    weights = {head: _weights(table, head, np.ones(len(samples), bool)) for head in Head}
    unseen = {head: _unseen(table, head) for head in Head}
    limits = _limits(table, unseen, targets)
    judges = {
        (group, head): Judge(
            weights=tuple(round(float(w), 5) for w in weights[head][group]),
            limits={channel: limit for (h, g, channel), limit in limits.items() if (h, g) == (head, group)},
        )
        for head in Head
        for group in weights[head]
    }
    return Calibration(made=made, judges=judges)


def told(samples: Sequence[Sample], calibration: Calibration) -> Tally:
    """What becomes of these texts under a calibration."""
    asked = wrong = 0
    for one in samples:
        quick = calibration.sure(one.quick)
        asked += not (quick or calibration.sure(one.both))
        wrong += not one.quick_right if quick else calibration.sure(one.both) and not one.both_right
    return Tally(count=len(samples), asked=asked, wrong=wrong)


def upper(wrong: int, count: int, confidence: float = 0.95) -> float:
    """The largest probability under which so few went wrong is no surprise (Clopper and Pearson 1934, one side)."""
    low, high = wrong / max(count, 1), 1.0
    if wrong >= count:
        return 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(wrong, count, middle) > 1 - confidence else (low, middle)
    return high


def _at_most(wrong: int, count: int, probability: float) -> float:
    """The probability of so many or fewer."""
    terms = [
        math.lgamma(count + 1) - math.lgamma(k + 1) - math.lgamma(count - k + 1)
        + k * math.log(probability) + (count - k) * math.log1p(-probability)
        for k in range(wrong + 1)
    ]  # fmt: skip
    return math.fsum(map(math.exp, terms))


# ---------------------------------------------------------------- weights


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """The samples as arrays, a row each."""

    cues: Mapping[Head, Floats]
    right: Mapping[Head, Flags]
    open: Mapping[Head, Flags]
    group: NDArray[np.str_]
    channel: NDArray[np.str_]
    style: NDArray[np.str_]
    fold: NDArray[np.intp]

    @classmethod
    def of(cls, samples: Sequence[Sample], without: Collection[str]) -> _Table:
        papers = {paper: n for n, paper in enumerate(sorted({one.paper for one in samples}))}
        keep = np.array([*(name not in without for name in CUES), True], np.float64)
        both = {Head.QUICK: [one.quick for one in samples], Head.BOTH: [one.both for one in samples]}
        return cls(
            cues={head: np.array([measured(one) for one in cues]) * keep for head, cues in both.items()},
            right={
                Head.QUICK: np.array([one.quick_right for one in samples]),
                Head.BOTH: np.array([one.both_right for one in samples]),
            },
            open={head: np.array([one.open for one in cues]) for head, cues in both.items()},
            group=np.array([one.quick.group.value for one in samples]),
            channel=np.array([one.quick.channel for one in samples]),
            style=np.array([one.quick.style.value for one in samples]),
            fold=np.array([papers[one.paper] % _FOLDS for one in samples], np.intp),
        )


def _weights(table: _Table, head: Head, rows: Flags) -> dict[Group, Floats]:
    """The weights of each group that is there, from these rows."""
    rows = rows & ~table.open[head]
    cues, right = table.cues[head], table.right[head]
    scale = np.maximum(cues[rows].std(axis=0), 0.02)
    scale[-1] = 1.0
    everyone = _ridge(cues[rows] / scale, right[rows], np.zeros(cues.shape[1]), _RIDGE)
    found: dict[Group, Floats] = {}
    for group in Group:
        own = rows & (table.group == group.value)
        if own.any():
            found[group] = _ridge(cues[own] / scale, right[own], everyone, _APART) / scale
    return found


def _ridge(cues: Floats, right: Flags, prior: Floats, strength: float) -> Floats:
    """Logistic regression drawn to a prior, by Newton's method."""
    weights = prior.copy()
    for _ in range(_STEPS):
        odds = 1 / (1 + np.exp(-np.clip(cues @ weights, -30, 30)))
        slope = cues.T @ (right - odds) - strength * (weights - prior)
        bend = (cues * (odds * (1 - odds))[:, None]).T @ cues + strength * np.eye(len(weights))
        step = np.linalg.solve(bend, slope)
        weights += step * min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-9))
    return weights


def _unseen(table: _Table, head: Head) -> Floats:
    """Each text's probability by weights that did not see its paper; open ones have none."""
    found = np.zeros(len(table.fold))
    for fold in range(_FOLDS):
        out = table.fold == fold
        for group, weights in _weights(table, head, ~out).items():
            own = out & (table.group == group.value)
            found[own] = 1 / (1 + np.exp(-np.clip(table.cues[head][own] @ weights, -30, 30)))
    return np.where(table.open[head], -1.0, found)


# ---------------------------------------------------------------- limits


def _limits(
    table: _Table, unseen: Mapping[Head, Floats], targets: Mapping[Style, float]
) -> dict[tuple[Head, Group, str], float]:
    """The limit of each group and channel: no lower than that of its style, and above what went wrong in it.

    First for the quick model alone; then for both, counted together with what the quick one was sure of.
    """
    limits: dict[tuple[Head, Group, str], float] = {}
    for style, target in targets.items():
        left, sure, wrong = table.style == style.value, 0, 0
        for head in Head:
            chance, right = np.where(left, unseen[head], -1.0), table.right[head]
            least = _limit(chance, right, target, sure, wrong)
            for group in Group:
                for channel in sorted(set(table.channel[table.style == style.value])):
                    cell = (table.group == group.value) & (table.channel == channel)
                    if cell.any():
                        own = round(max(least, _above(chance[cell], right[cell], target)), 6)
                        limits[head, group, channel] = own
                        now = left & cell & (chance >= own)
                        sure, wrong = sure + int(now.sum()), wrong + int((now & ~right).sum())
                        left &= ~now
    return limits


def _limit(chance: Floats, right: Flags, target: float, sure: int, wrong: int) -> float:
    """From where on the texts, together with those that are sure already, are wrong no more often than aimed at."""
    order = np.argsort(-chance, kind="stable")
    order = order[chance[order] > 0]
    errors = np.cumsum(~right[order]) + wrong
    best = _NEVER
    for n, at in enumerate(order):
        last = n + 1 == len(order) or chance[order[n + 1]] < chance[at]
        if last and errors[n] <= target * (sure + n + 1) and upper(int(errors[n]), sure + n + 1, _CONFIDENCE) <= target:
            best = float(chance[at])
    return best


def _above(chance: Floats, right: Flags, target: float) -> float:
    """The lowest limit of a cell over which no more went wrong than aimed at; that is none, where it is small."""
    order = np.argsort(-chance, kind="stable")
    allowed = np.cumsum(~right[order]) <= target * (np.arange(len(order)) + 1)
    good = np.flatnonzero(allowed)
    last = float(chance[order[good[-1]]]) if good.size else _NEVER
    beyond = chance[(chance < last)]
    return last if last > 1 or not beyond.size else float((last + beyond.max()) / 2)
