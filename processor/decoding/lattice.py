"""A lattice as probabilities, and the texts in it: greedy, the N best, and how probable a given text is.

A text's probability is the sum over all its alignments (connectionist temporal classification): at each step a letter
or none is written, a letter that stays counts once, and none must stand between two equal letters.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from processor.model import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from processor.decoding.alphabets import Alphabet

COLUMN = {letter: place for place, letter in enumerate(LETTERS, start=1)}
"""The column of each letter; column 0 is none."""
_EMPTY = 1e-4
"""Steps that are none but for this much are run together: first-order exact, and half the steps."""
_FAINT = 1e-4
"""Letters and prefixes less probable than this, beside the best, are not followed."""
_LEAST = -100.0


def probabilities(lattice: NDArray[np.float32]) -> NDArray[np.float64]:
    """The steps of a lattice as probabilities, float64 (steps, 1 + len(LETTERS)), empty ones run together.

    Within a run of empty steps the chance of none multiplies and the chances of a letter add up.
    """
    steps = np.exp(np.maximum(lattice.astype(np.float64), _LEAST))
    empty = steps[:, 0] > 1 - _EMPTY
    starts = np.flatnonzero(~empty | np.diff(empty, prepend=False))
    if not len(steps):
        return steps
    merged = np.add.reduceat(steps, starts)
    merged[:, 0] = np.multiply.reduceat(steps[:, 0], starts)
    return merged


def folded(steps: NDArray[np.float64], alphabet: Alphabet) -> NDArray[np.float64]:
    """The steps with look-alikes counted for what they mean; rows keep their sums."""
    order = np.argsort(alphabet.means, kind="stable")
    columns, starts = np.unique(alphabet.means[order], return_index=True)
    counted = np.zeros_like(steps)
    counted[:, columns] = np.add.reduceat(steps[:, order], starts, axis=1)
    return counted


def greedy(steps: NDArray[np.float64]) -> str:
    """The most probable letter of each step."""
    best = steps.argmax(axis=1)
    return "".join(LETTERS[column - 1] for column in best[np.diff(best, prepend=0) != 0] if column)


def likelihoods(steps: NDArray[np.float64], texts: Sequence[str]) -> NDArray[np.float64]:
    """The logarithm of the probability of each text, summed over its alignments; minus infinity for none.

    All texts at once (the forward algorithm): a state for each letter and for each gap around them.
    """
    labels = np.zeros((len(texts), 1 + 2 * max(map(len, texts), default=0)), np.intp)
    for row, text in enumerate(texts):
        labels[row, 1 : 2 * len(text) : 2] = [COLUMN[letter] for letter in text]
    peaks = steps.max(axis=1)
    emitted = (steps / peaks[:, None])[:, labels]
    leap = (labels[:, 2:] != labels[:, :-2]) & (labels[:, 2:] > 0)
    at = np.zeros(labels.shape)
    at[:, 0] = 1.0
    for emits in emitted:
        came = at.copy()
        came[:, 1:] += at[:, :-1]
        came[:, 2:] += at[:, :-2] * leap
        at = came * emits
    ends = 2 * np.array([len(text) for text in texts], np.intp)
    everyone = np.arange(len(texts))
    arrived = at[everyone, ends] + np.where(ends > 0, at[everyone, ends - 1], 0.0)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(arrived) + np.log(peaks).sum())


def best_texts(steps: NDArray[np.float64], most: int = 5, width: int = 12) -> tuple[tuple[str, float], ...]:
    """At most so many distinct texts with their probabilities, best first, by a prefix beam search.

    Letters that are faint at a step are not followed (Graves 2006; Hannun 2014), but the probabilities of the texts
    found are exact, so they sum to no more than one.
    """
    beam = {"": (1.0, 0.0)}  # prefix: (it ends in none, it ends in its last letter)
    for none, letters in _seen(steps):
        beam = _strongest(_onwards(beam, none, letters), width)
    texts = tuple(beam)[:most]
    scored = sorted(zip(texts, np.exp(likelihoods(steps, texts)).tolist(), strict=True), key=lambda one: -one[1])
    return tuple(scored)


def _seen(steps: NDArray[np.float64]) -> Iterator[tuple[float, dict[str, float]]]:
    """For each step none and the letters that are not faint, beside the most probable."""
    scaled = steps / steps.max(axis=1, keepdims=True)
    where, which = np.nonzero(scaled[:, 1:] > _FAINT)
    letters = zip(which.tolist(), scaled[where, which + 1].tolist(), strict=True)
    for none, many in zip(scaled[:, 0].tolist(), np.bincount(where, minlength=len(steps)).tolist(), strict=True):
        yield none, {LETTERS[column]: chance for column, chance in islice(letters, many)}


def _onwards(
    beam: dict[str, tuple[float, float]], none: float, letters: dict[str, float]
) -> dict[str, tuple[float, float]]:
    """The beam a step later."""
    after = {text: ((gap + on) * none, on * letters.get(text[-1:], 0.0)) for text, (gap, on) in beam.items()}
    for text, (gap, on) in beam.items():
        for letter, chance in letters.items():
            start = gap if text.endswith(letter) else gap + on
            if start * chance:
                longer = text + letter
                before = after.get(longer, (0.0, 0.0))
                after[longer] = (before[0], before[1] + start * chance)
    return after


def _strongest(beam: dict[str, tuple[float, float]], width: int) -> dict[str, tuple[float, float]]:
    floor = _FAINT * max(sum(ends) for ends in beam.values())
    kept = [(text, ends) for text, ends in beam.items() if sum(ends) >= floor]
    return dict(sorted(kept, key=lambda one: -sum(one[1]))[:width])
