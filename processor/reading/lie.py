"""How a page lies against its blank: a printed copy is scaled, shifted, or on another size of paper.

The blank's printed words are the landmarks: those that stand once on the blank and once on the page are paired,
and medians of them give a scale and a shift each way, so that no single moved word can bend the fit.
"""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from processor.model import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from processor.model import Page, Word

_FEW = 6
"""Fewer landmarks than this prove nothing."""
_OFF = 2.5
"""Points by which a landmark may miss its place."""
_MOST = 0.75
"""The share of landmarks that must stand in their place."""
_SCALES = (0.4, 2.5)
_APART = 36.0
"""Points that two landmarks must lie apart to tell a scale."""


class Axis(NamedTuple):
    """One direction: a place on the blank times `scale` plus `shift` (points) is the place on the page."""

    scale: float = 1.0
    shift: float = 0.0

    def at(self, place: float) -> float:
        """The place on the page."""
        return self.scale * place + self.shift


class Lie(NamedTuple):
    """Where the blank's boxes are on a page."""

    across: Axis = Axis()
    down: Axis = Axis()

    def placed(self, box: Box) -> Box:
        """The blank's box on the page, in points."""
        return Box(self.across.at(box.left), self.down.at(box.top), self.across.at(box.right), self.down.at(box.bottom))


SAME = Lie()


def lie(printed: Sequence[Word], page: Page, size: tuple[float, float]) -> Lie | None:
    """How the page lies against the blank that prints these words and has this size; None when it does not fit.

    A blank with hardly any words cannot be compared: its page lies as it is, provided that it has the same size.
    """
    if page.words[: len(printed)] == tuple(printed):
        return SAME if printed or _alike(page, size) else None
    pairs = _pairs(printed, page.words)
    if len(pairs) < _FEW:
        return SAME if len(_landmarks(printed)) < _FEW and _alike(page, size) else None
    found = _fitted(pairs)
    near = sum(_near(found.placed(one), other) for one, other in pairs)
    scales = (found.across.scale, found.down.scale)
    sane = all(_SCALES[0] < scale < _SCALES[1] for scale in scales)
    return found if sane and near >= _MOST * len(pairs) else None


def _alike(page: Page, size: tuple[float, float]) -> bool:
    return abs(page.width - size[0]) <= 2 and abs(page.height - size[1]) <= 2


def _pairs(printed: Sequence[Word], words: Sequence[Word]) -> list[tuple[Box, Box]]:
    theirs = _landmarks(words)
    return [(box, theirs[text]) for text, box in _landmarks(printed).items() if text in theirs]


def _landmarks(words: Iterable[Word]) -> dict[str, Box]:
    """Words that stand once on the page and are long enough to be no accident."""
    long = [word for word in words if len(word.text) > 2]
    counts = Counter(word.text for word in long)
    return {word.text: word.box for word in long if counts[word.text] == 1}


def _fitted(pairs: Sequence[tuple[Box, Box]]) -> Lie:
    across = [(one.left, other.left) for one, other in pairs]
    down = [(one.centre[1], other.centre[1]) for one, other in pairs]
    scales = (_scale(across), _scale(down))
    wide, high = (scale or next(filter(None, scales), 1.0) for scale in scales)
    return Lie(_axis(across, wide), _axis(down, high))


def _scale(places: Sequence[tuple[float, float]]) -> float | None:
    """The median of the slopes between landmarks half the page apart; None where all lie close together."""
    ordered = sorted(places)
    half = len(ordered) // 2
    ends = [(a, b) for a, b in zip(ordered, ordered[half:], strict=False) if b[0] - a[0] >= _APART]
    return median((b[1] - a[1]) / (b[0] - a[0]) for a, b in ends) if ends else None


def _axis(places: Sequence[tuple[float, float]], scale: float) -> Axis:
    return Axis(scale, median(there - scale * here for here, there in places))


def _near(one: Box, other: Box) -> bool:
    """Whether two boxes begin at the same place and stand equally high."""
    return abs(one.left - other.left) <= _OFF and abs(one.centre[1] - other.centre[1]) <= _OFF
