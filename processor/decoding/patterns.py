"""What a field of some kinds must look like, slot by slot, and the best text of that look in a lattice.

A pattern is a tuple of slots, each the letters that may stand there, one slot at least a choice. All patterns of a
kind are laid over the lattice at once; the best alignment of each gives its text (Viterbi; studies/scans.md 2a, step
3), the sum over all alignments says how probable it is that any such text was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from operator import contains
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from processor.decoding.alphabets import CAPITALS, DIGITS
from processor.decoding.lattice import COLUMN
from processor.forms.form import FieldKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

Pattern: TypeAlias = "tuple[str, ...]"

_LAID = 3
_POSTAL_FIRST, _POSTAL_LATER = "ABCEGHJKLMNPRSTVXY", "ABCEGHJKLMNPRSTVWXYZ"
"""Canada Post leaves out D, F, I, O, Q and U everywhere, and W and Z in front."""
_AREA = ("23456789", DIGITS, DIGITS)
_PHONE = (*_AREA, *_AREA, *[DIGITS] * 4)
_YEARS = (("2", "01", DIGITS, DIGITS), ("1", "9", DIGITS, DIGITS))
_MONTHS = (("01", DIGITS), ("123456789",))
_DAYS = (("0123", DIGITS), ("123456789",))
_ACCOUNT_TAIL = ("R", "CPRTZ", *[DIGITS] * 4)


def _dates() -> tuple[Pattern, ...]:
    """A day as figures: eight together; year, month and day with hyphens; or the year last, whichever leads."""
    packed = tuple((*year, *_MONTHS[0], *_DAYS[0]) for year in _YEARS)
    first = tuple((*year, "-", *month, "-", *day) for year in _YEARS for month in _MONTHS for day in _DAYS)
    last = tuple((*one, "-", *other, "-", *year) for one in _DAYS for other in _DAYS for year in _YEARS)
    return packed + first + last


def _money() -> tuple[Pattern, ...]:
    """Figures together or in groups of three, whole or with cents; the cents of figures together may have a comma."""
    cents = ((), (".", DIGITS, DIGITS))
    together = [((DIGITS,) * many, cent) for many in range(1, 8) for cent in (*cents, (",", DIGITS, DIGITS))]
    group = (",", DIGITS, DIGITS, DIGITS)
    grouped = [((DIGITS,) * many + group * groups, cent) for many in (1, 2, 3) for groups in (1, 2) for cent in cents]
    return tuple((*whole, *cent) for whole, cent in together + grouped)


_OF: dict[FieldKind, tuple[Pattern, ...]] = {
    FieldKind.DATE: _dates(),
    FieldKind.POSTAL_CODE: ((_POSTAL_FIRST, DIGITS, _POSTAL_LATER, DIGITS, _POSTAL_LATER, DIGITS),),
    FieldKind.PHONE: (_PHONE, ("1", *_PHONE)),
    FieldKind.MONEY: _money(),
    FieldKind.INDUSTRY_CODE: ((DIGITS,) * 5, (CAPITALS, DIGITS, DIGITS)),
    FieldKind.BUSINESS_NUMBER: ((DIGITS,) * 9, (*[DIGITS] * 9, *_ACCOUNT_TAIL)),
}


@cache
def patterns_of(kind: FieldKind, comb: int = 0) -> tuple[Pattern, ...]:
    """The patterns of a kind, none for most. In a comb a date has all its figures, and nothing exceeds the cells."""
    patterns = _OF.get(kind, ())
    if comb and kind is FieldKind.DATE:
        patterns = tuple(pattern for pattern in patterns if len(pattern) - pattern.count("-") == 8)
    return tuple(pattern for pattern in patterns if not comb or len(pattern) <= comb)


def is_of(text: str, pattern: Pattern) -> bool:
    """Whether the text has the look of the pattern."""
    return len(pattern) == len(text) and all(map(contains, pattern, text))


def varied(text: str, patterns: tuple[Pattern, ...]) -> tuple[str, ...]:
    """The text, and each that differs from it in one letter and is of its pattern too."""
    own = next(pattern for pattern in patterns if is_of(text, pattern))
    changed = (text[:place] + letter + text[place + 1 :] for place, slot in enumerate(own) for letter in slot)
    return tuple(dict.fromkeys((text, *changed)))


@dataclass(frozen=True, slots=True, eq=False)
class _Sheet:
    """Patterns as arrays: which letters they use at all, and which of them each slot of each pattern takes."""

    letters: str
    may: NDArray[np.float64]
    """(patterns, slots, letters): 1 or 0; short patterns end in slots that take nothing."""
    ends: NDArray[np.intp]


@cache
def _sheet(patterns: tuple[Pattern, ...]) -> _Sheet:
    letters = "".join(sorted({letter for pattern in patterns for slot in pattern for letter in slot}))
    may = np.zeros((len(patterns), max(map(len, patterns)), len(letters)))
    for one, pattern in enumerate(patterns):
        for place, slot in enumerate(pattern):
            may[one, place] = [letter in slot for letter in letters]
    return _Sheet(letters, may, np.array([len(pattern) for pattern in patterns], np.intp))


@dataclass(frozen=True, slots=True)
class Laid:
    """What comes of laying patterns over a lattice."""

    texts: tuple[str, ...]
    """The best of each of the three patterns that lie best, as far as they can be laid at all, best first."""
    total: float
    """The logarithm of the probability of all texts of these looks together."""


def laid(steps: NDArray[np.float64], patterns: tuple[Pattern, ...]) -> Laid:
    """Lay the patterns over the steps (of `lattice.masked`)."""
    sheet = _sheet(patterns)
    peaks = steps.max(axis=1)
    scaled = steps / peaks[:, None]
    chances = scaled[:, [COLUMN[letter] for letter in sheet.letters]]
    total = _total(sheet, scaled[:, 0], chances)
    with np.errstate(divide="ignore"):
        sums = float(np.log(total) + np.log(peaks).sum())
    trace = _viterbi(sheet, scaled[:, 0], chances)
    reached = _ended(sheet, np.maximum(trace[0][-1].max(axis=2), trace[1][-1][:, 1:]))
    best = np.argsort(-reached, kind="stable")[:_LAID]
    return Laid(tuple(_back(sheet, trace, int(one)) for one in best if reached[one] > 0), sums)


def _total(sheet: _Sheet, nones: NDArray[np.float64], chances: NDArray[np.float64]) -> float:
    """The scaled probability of all texts of the patterns; a text of two patterns counts twice."""
    on, gap = _start(sheet)
    for none, row in zip(nones, chances, strict=True):
        every = on.sum(axis=2)
        others = np.maximum(every[:, :-1, None] - on[:, :-1], 0.0)  # an equal letter needs none in between
        on += gap[:, :-1, None]
        on[:, 1:] += others
        gap[:, 1:] += every
        gap *= none
        on *= sheet.may * row
    return float(_ended(sheet, on.sum(axis=2) + gap[:, 1:]).sum())


_GAP = -1
_Trace: TypeAlias = "tuple[list[NDArray[np.float64]], list[NDArray[np.float64]]]"


def _viterbi(sheet: _Sheet, nones: NDArray[np.float64], chances: NDArray[np.float64]) -> _Trace:
    """For each step, the scaled probability of the best way into each letter of each slot, and into each gap."""
    on, gap = _start(sheet)
    ons, gaps = [on], [gap]
    for none, row in zip(nones, chances, strict=True):
        best = on.max(axis=2)
        entered = np.maximum(on, gap[:, :-1, None])
        entered[:, 1:] = np.maximum(entered[:, 1:], _best_other(on[:, :-1]))
        gap = gap.copy()
        gap[:, 1:] = np.maximum(gap[:, 1:], best)
        gap *= none
        on = entered * sheet.may * row
        ons.append(on)
        gaps.append(gap)
    return ons, gaps


def _start(sheet: _Sheet) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Nothing is written: gap j stands before slot j."""
    on, gap = np.zeros(sheet.may.shape), np.zeros((sheet.may.shape[0], sheet.may.shape[1] + 1))
    gap[:, 0] = 1.0
    return on, gap


def _best_other(on: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each letter of each slot the best chance among the slot's other letters."""
    top = np.partition(on, -2, axis=2)[:, :, -2:]
    return np.where(on == top[:, :, 1:], top[:, :, :1], top[:, :, 1:])


def _ended(sheet: _Sheet, by_slot: NDArray[np.float64]) -> NDArray[np.float64]:
    return by_slot[np.arange(len(sheet.ends)), sheet.ends - 1]


def _back(sheet: _Sheet, trace: _Trace, one: int) -> str:
    """The text of the best way through a pattern, read from its end, which is the gap after the last slot."""
    text: list[str] = []
    slot, letter = int(sheet.ends[one]), _GAP
    for on, gap in zip(reversed(trace[0]), reversed(trace[1]), strict=True):
        if letter == _GAP:
            if slot and on[one, slot - 1].max() > gap[one, slot]:
                slot, letter = slot - 1, int(on[one, slot - 1].argmax())
            continue
        before = on[one, slot - 1].copy() if slot else np.zeros(len(sheet.letters))
        before[letter] = 0.0
        stayed, came, leapt = on[one, slot, letter], gap[one, slot], before.max()
        if stayed < max(came, leapt):
            text.append(sheet.letters[letter])
            slot, letter = (slot, _GAP) if came >= leapt else (slot - 1, int(before.argmax()))
    return "".join(reversed(text))
