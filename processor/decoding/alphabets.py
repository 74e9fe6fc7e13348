"""Which letters may stand in a field of each kind, and which letters look alike there.

What means the same in a kind is counted as one letter before anything is decided: small letters as capitals where case
means nothing, O as 0 where only figures stand, hyphens and blanks as nothing where they only group. Names are left
alone.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from processor.forms.form import FieldKind
from processor.model import LETTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

DIGITS = "0123456789"
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PLAIN = CAPITALS + CAPITALS.lower()
_ACCENTED = "".join(letter for letter in LETTERS if letter > "\x7f" and letter.isalpha())
_BLANK = {" ": ""}
_FIGURES = dict.fromkeys("Oo", "0") | dict.fromkeys("Il", "1") | _BLANK
"""A ring and a stroke are figures where only figures stand: the ink is the same."""
_UPPER = dict(zip(CAPITALS.lower(), CAPITALS, strict=True))
_JOINTS = dict.fromkeys(" -\u2013\u2014.", "")
_DASHES = dict.fromkeys("\u2013\u2014", "-")


@dataclass(frozen=True, slots=True, eq=False)
class Alphabet:
    """The letters of a kind, as arrays over the columns of a lattice."""

    folds: Mapping[str, str]
    """The letter, or nothing, that a letter counts as."""
    mask: NDArray[np.bool_]
    """Columns that may stand, none among them."""
    means: NDArray[np.intp]
    """The column that each column counts as."""

    def plain(self, text: str) -> str:
        """The text as it would be decoded; what no lattice knows is left out."""
        known = (self.folds.get(letter, letter) for letter in unicodedata.normalize("NFC", text))
        return "".join(letter for letter in known if letter in LETTERS)


def alphabet(letters: str, folds: Mapping[str, str] | None = None) -> Alphabet:
    """The alphabet of these letters; `folds` maps a letter to the one it counts as, or to nothing."""
    folds = folds or {}
    mask = np.array([True, *(letter in letters for letter in LETTERS)])
    meant = (folds.get(letter, letter) for letter in LETTERS)
    return Alphabet(folds, mask, np.array([0, *(1 + LETTERS.index(letter) if letter else 0 for letter in meant)]))


_PERSON = _PLAIN + _ACCENTED + " .,-'\u2018\u2019\"()&/\u2013\u2014"
_LETTERS: dict[FieldKind, tuple[str, dict[str, str]]] = {
    FieldKind.PERSON: (_PERSON, {}),
    FieldKind.SIGNATURE: (_PERSON, {}),
    FieldKind.ACCOUNT: (CAPITALS + DIGITS + " -/", _UPPER | _DASHES),
    FieldKind.INDUSTRY_CODE: (CAPITALS + DIGITS, _UPPER | _JOINTS),
    FieldKind.BUSINESS_NUMBER: (DIGITS + "RCPTZ", _UPPER | _FIGURES | _JOINTS),
    FieldKind.PROVINCE: (_PLAIN + _ACCENTED + " .-&'\u2019", _DASHES),
    FieldKind.POSTAL_CODE: (CAPITALS + DIGITS, _UPPER | _JOINTS | dict.fromkeys("Oo", "0") | {"I": "1"}),
    FieldKind.PHONE: (DIGITS, _FIGURES | _JOINTS | dict.fromkeys("()/+", "")),
    FieldKind.EMAIL: (_PLAIN + _ACCENTED + DIGITS + "._%+&'-@", _DASHES | _BLANK),
    FieldKind.COUNT: (DIGITS, _FIGURES),
    FieldKind.POINTS: (DIGITS + ".", _FIGURES | {",": "."}),
    FieldKind.PERCENT: (DIGITS + ".%", _FIGURES | {",": "."}),
    FieldKind.MONEY: (DIGITS + ".,", _FIGURES | {"$": ""}),
    FieldKind.DATE: (DIGITS + "-", _FIGURES | dict.fromkeys("./\u2013\u2014_", "-")),
}
"""Kinds that are not here take every letter."""


@cache
def of_kind(kind: FieldKind, comb: bool = False) -> Alphabet:  # noqa: FBT001, FBT002 - cached, so by place
    """What may stand in a field of the kind (studies/scans.md 2a, step 2).

    In the cells of a comb nothing groups, so an account has no joints, and a slanted stroke is a one.
    """
    letters, folds = _LETTERS.get(kind, (LETTERS, {}))
    if comb and kind in _LETTERS:
        folds = folds | (_JOINTS if kind is FieldKind.ACCOUNT else {}) | {"/": "1"}
    return alphabet(letters, folds)


@cache
def free() -> Alphabet:
    """Every letter for itself."""
    return alphabet(LETTERS)


@cache
def alike() -> Alphabet:
    """For closed lists: case, accents, blanks, stops and the sort of dash or apostrophe mean nothing."""
    folds = _UPPER | _JOINTS | dict.fromkeys("\u2019\u2018'", "") | {letter: _bare(letter) for letter in _ACCENTED}
    return alphabet(LETTERS, folds)


def _bare(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0].upper()
