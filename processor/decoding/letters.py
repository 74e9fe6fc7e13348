"""The words that are most probably written on a line, each with its place and how certain it is.

Two models read the line. What decides is a letter on which they agree; where they differ in a blank, the blank is
believed: small models drop blanks and hardly ever invent them (seen on cards, scans.md 2c).
"""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

import numpy as np

from processor.model import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

_APART = 0.5
"""What a letter's certainty comes to on which the models differ, and one beside a blank that only one model sees."""
_STOPS = frozenset(".,:;)&")
"""A blank behind one of these is no doubt."""
_ALIKE = str.maketrans("\u2018\u2019\u2013\u2014", "''--")


class Letter(NamedTuple):
    """One letter of a line."""

    text: str
    at: float
    """Its middle, in parts of the line's length from the left."""
    probability: float


class Written(NamedTuple):
    """One word of a line."""

    text: str
    left: float
    """Where it begins, in parts of the line's length from the left; `right` is where it ends."""
    right: float
    certainty: float
    """0 to 1: that of its least certain letter."""


def letters(lattice: NDArray[np.float32]) -> tuple[Letter, ...]:
    """The letters of a line, as `processor.model.Recognise` answers it, blanks between words included."""
    best = lattice.argmax(axis=1)
    found: list[Letter] = []
    starts = np.flatnonzero(np.diff(best, prepend=-1))
    for start, end in zip(starts, [*starts[1:], len(best)], strict=True):
        if which := int(best[start]):
            certain = float(np.exp(lattice[start:end, which].max()))
            found.append(Letter(LETTERS[which - 1], (start + end) / 2 / len(best), certain))
    return tuple(found)


def written(careful: Sequence[Letter], quick: Sequence[Letter]) -> tuple[Written, ...]:
    """The words of a line as the careful model spells them, as certain as the quick one bears out."""
    ours, our_blanks = _parted(careful)
    theirs, their_blanks = _parted(quick)
    pairs, certain = _compared(ours, theirs)
    back = {other: own for own, other in pairs.items()}
    seen = {back[at] for at in their_blanks if at in back}
    seen |= {back[at - 1] + 1 for at in their_blanks if at - 1 in back}
    blanks = {at for at in our_blanks | seen if 0 < at < len(ours)} | set(_behind_colons(ours))
    for at in blanks - (our_blanks & seen):
        if ours[at - 1].text not in _STOPS:
            certain[at - 1 : at + 1] *= _APART
    cuts = [0, *sorted(blanks), len(ours)]
    return tuple(_word(ours[a:b], certain[a:b]) for a, b in pairwise(cuts) if a < b)


def _parted(line: Sequence[Letter]) -> tuple[list[Letter], set[int]]:
    """The letters that are none of the blanks, and the places among them before which a blank stands."""
    own: list[Letter] = []
    blanks: set[int] = set()
    for letter in line:
        if letter.text == " ":
            blanks.add(len(own))
        else:
            own.append(letter)
    return own, blanks


def _compared(ours: Sequence[Letter], theirs: Sequence[Letter]) -> tuple[dict[int, int], NDArray[np.float64]]:
    """Which of our letters is which of theirs, and how certain each of ours is."""
    matcher = SequenceMatcher(None, _plain(ours), _plain(theirs), autojunk=False)
    certain = np.array([letter.probability for letter in ours])
    pairs: dict[int, int] = {}
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            pairs |= zip(range(a, b), range(c, d), strict=True)
        elif what == "insert":
            certain[max(a - 1, 0) : a + 1] *= _APART
        else:
            certain[a:b] *= _APART
    return pairs, certain


def _plain(line: Sequence[Letter]) -> list[str]:
    """What is compared: neither accents nor a letter's size make another word, and they are what models mistake."""
    return [normalize("NFKD", letter.text.translate(_ALIKE))[0].casefold() for letter in line]


def _behind_colons(line: Sequence[Letter]) -> Iterator[int]:
    """Where a value stands close behind its label's colon; not in `10:30` nor in `https://`."""
    for at in range(1, len(line)):
        before, here = line[at - 2].text if at > 1 else " ", line[at].text
        if line[at - 1].text == ":" and before.isalpha() and here.isalnum():
            yield at


def _word(run: Sequence[Letter], certain: NDArray[np.float64]) -> Written:
    half = 0.5 * (run[-1].at - run[0].at) / (len(run) - 1) if len(run) > 1 else 0.01
    text = "".join(letter.text for letter in run)
    return Written(text, run[0].at - half, run[-1].at + half, float(certain.min()))
