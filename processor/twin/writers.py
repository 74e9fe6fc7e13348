"""Real writers' letters and figures as lines: small letters of Omniglot, figures of UCI's optdigits (scans.md 5).

No capitals were found under an open licence, so these pens write small letters. Accents and signs are drawn by us.
Sources and licences: `templates/hands/WRITERS.md`.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from processor.flows.house import templates_folder
from processor.twin.chance import Family, one_of
from processor.twin.ink import curve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from processor.twin.ink import Path

_FILE = templates_folder() / "hands" / "writers.npz"
_XHEIGHT = 0.66
"""Height of a small letter without a tail, as a share of a capital's."""
_LOW, _TAILED, _DROP = frozenset("acemnorsuvwxz"), frozenset("gjpqy"), 0.36

Letter = tuple["Path", ...]


class Writer(NamedTuple):
    """Somebody's letters, and somebody's figures; which is which nobody knows any more."""

    letters: int
    figures: int


class Glyph(NamedTuple):
    """A letter in heights of a capital: x from 0, y from 0 on the baseline, down is more."""

    paths: Letter
    width: float


@cache
def glyphs() -> Mapping[tuple[str, int], tuple[Letter, ...]]:
    """Every letter and figure by writer, as often as it was written."""
    with np.load(_FILE) as held:
        points, lengths, strokes = held["points"].astype(np.float64), held["lengths"], held["strokes"]
        keys = list(zip(held["letters"].tolist(), held["writers"].tolist(), strict=True))
    paths = np.split(points, np.cumsum(lengths)[:-1])
    found: dict[tuple[str, int], list[Letter]] = {}
    first = 0
    for (letter, writer), count in zip(keys, strokes.tolist(), strict=True):
        found.setdefault((chr(letter), writer), []).append(tuple(paths[first : first + count]))
        first += count
    return {key: tuple(written) for key, written in found.items()}


@cache
def _writers(family: Family) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who writes letters, and who figures, in a family."""
    with np.load(_FILE) as held:
        ours = held["families"] == list(Family).index(family)
        figures = held["letters"] <= ord("9")
        letters, counted = (np.unique(held["writers"][ours & which]).tolist() for which in (~figures, figures))
    return tuple(letters), tuple(counted)


def writer(family: Family, rng: np.random.Generator) -> Writer:
    """Somebody of a family."""
    letters, figures = _writers(family)
    return Writer(one_of(letters, rng), one_of(figures, rng))


def writes(text: str) -> bool:
    """Whether every letter of a text can be written."""
    return all(c == " " or c in _SIGNS or _base(c)[0] in _WRITTEN for c in text.lower())


def glyph(letter: str, by: Writer, rng: np.random.Generator) -> Glyph:
    """A small letter, figure or sign as that writer writes it."""
    if letter in _SIGNS:
        paths = tuple(np.array(path, np.float64) for path in _SIGNS[letter])
        return Glyph(paths, max(float(path[:, 0].max()) for path in paths))
    base, accent = _base(letter)
    who = by.figures if base.isdigit() else by.letters
    written = [path for path in one_of(glyphs()[base, who], rng) if len(path)]
    paths, high = _fitted(base, written)
    width = max(float(path[:, 0].max()) for path in paths)
    if accent:
        paths += tuple(np.add(path, (width / 2, -high - 0.1)) for path in _ACCENTS[accent])
    return Glyph(tuple(curve(path, 4) for path in paths), width)


def _fitted(base: str, written: list[Path]) -> tuple[Letter, float]:
    """Standing on the baseline, as high as its kind of letter is, wide as it was written; and its height above it."""
    points = np.concatenate(written)
    left, top = points.min(axis=0)
    bottom = float(points[:, 1].max())
    drop = _DROP if base in _TAILED else 0.0
    dotted = base == "j" and len(written) > 1  # many leave the dot out
    low = base in _LOW or base in _TAILED or (base == "i" and len(written) == 1)
    high = _XHEIGHT if low and not dotted else 1.0
    scale = (high + drop) / max(bottom - top, 1.0)
    wide = float(points[:, 0].max() - left) * scale
    squeeze = min(1.0, 1.05 * (high + drop) / max(wide, 0.01))
    paths = tuple((path - (left, bottom)) * (scale * squeeze, scale) + (0, drop) for path in written)
    return paths, high


def _base(letter: str) -> tuple[str, str]:
    """A letter without its accent, and the accent."""
    parts = unicodedata.normalize("NFD", letter)
    known = len(parts) == 2 and parts[1] in _ACCENTS
    return (parts[0], parts[1]) if known else (letter, "")


_WRITTEN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_ACCENTS: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "\u0300": (((-0.12, -0.18), (0.08, 0.0)),),
    "\u0301": (((0.14, -0.2), (-0.06, 0.0)),),
    "\u0302": (((-0.14, 0.0), (0.0, -0.18), (0.14, 0.0)),),
    "\u0308": (((-0.12, -0.08), (-0.11, -0.05)), ((0.12, -0.08), (0.13, -0.05))),
    "\u0327": (((0.0, 0.78), (0.08, 0.9), (-0.06, 1.0)),),
}
_SIGNS: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "-": (((0.05, -0.42), (0.42, -0.44)),),
    ".": (((0.05, -0.03), (0.08, 0.0)),),
    ",": (((0.1, -0.06), (0.03, 0.14)),),
    "'": (((0.08, -1.05), (0.04, -0.8)),),
    "\u2019": (((0.08, -1.05), (0.04, -0.8)),),
    ":": (((0.06, -0.5), (0.08, -0.47)), ((0.05, -0.03), (0.08, 0.0))),
    "/": (((0.42, -1.0), (0.0, 0.05)),),
    "#": (((0.2, -0.9), (0.1, 0)), ((0.42, -0.9), (0.32, 0)), ((0, -0.6), (0.5, -0.62)), ((0, -0.28), (0.5, -0.3))),
    "$": (
        (
            (0.48, -0.78), (0.3, -0.88), (0.08, -0.75), (0.1, -0.55), (0.4, -0.4), (0.42, -0.15), (0.2, -0.03),
            (0.0, -0.14),
        ),
        ((0.28, -1.02), (0.22, 0.1)),
    ),
    "%": (
        ((0.55, -0.95), (0.05, 0.0)),
        ((0.15, -0.95), (0.02, -0.8), (0.14, -0.64), (0.26, -0.8), (0.15, -0.95)),
        ((0.5, -0.32), (0.38, -0.16), (0.5, 0.0), (0.62, -0.16), (0.5, -0.32)),
    ),
    "&": (
        (
            (0.62, 0.0), (0.2, -0.6), (0.22, -0.9), (0.36, -0.92), (0.4, -0.75), (0.08, -0.3), (0.1, -0.05),
            (0.3, 0.0), (0.6, -0.4),
        ),
    ),
    "@": (
        (
            (0.6, -0.5), (0.45, -0.65), (0.28, -0.55), (0.28, -0.3), (0.42, -0.22), (0.58, -0.35), (0.6, -0.6),
            (0.62, -0.26), (0.78, -0.24), (0.88, -0.5), (0.75, -0.85), (0.45, -0.95), (0.12, -0.8), (0.0, -0.45),
            (0.12, -0.1), (0.45, 0.03), (0.75, -0.05),
        ),
    ),
}  # fmt: skip
"""Lines of signs, in heights of a capital."""
