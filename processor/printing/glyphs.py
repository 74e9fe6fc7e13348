"""A character that no font can draw is an error before anything is typeset, never a gap on paper."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from processor.errors import PrintingFailed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FAMILIES = ("Lato", "NotoSans", "NotoSansHebrew", "NotoSansArabic")
"""The fallback chain of the templates, by file name; each has a regular and a bold face."""
_JOINERS = {"\u200c", "\u200d"}
"""Invisible and meaningful: Persian spelling needs them."""


def refuse_undrawable(texts: Iterable[str], fonts: Path) -> None:
    """Raise `PrintingFailed` naming the first character that cannot be drawn, or that would turn text around.

    Args:
        texts: composed text (NFC); a letter with its combining marks must come from one font.
        fonts: the folder of font files.
    """
    known = faces(fonts)
    seen: set[str] = set()
    for text in texts:
        for cluster in _clusters(text):
            if cluster not in seen and not _drawable(cluster, known):
                _refuse(cluster)
            seen.add(cluster)


@lru_cache(maxsize=4)
def faces(fonts: Path) -> tuple[frozenset[int], ...]:
    """For each family, the code points that both its faces have."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - costs 0.1 s, and only printing needs it

    def points(family: str, weight: str) -> set[int]:
        with TTFont(fonts / f"{family}-{weight}.ttf", lazy=True) as font:
            return set(font.getBestCmap())

    return tuple(frozenset(points(f, "Regular") & points(f, "Bold")) for f in FAMILIES)


def _clusters(text: str) -> Iterator[str]:
    """Letters with the combining marks that belong to them."""
    start = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or not unicodedata.category(text[i]).startswith("M"):
            if text[start:i]:
                yield text[start:i]
            start = i


def _drawable(cluster: str, known: tuple[frozenset[int], ...]) -> bool:
    if cluster in _JOINERS:
        return True
    if unicodedata.category(cluster[0]) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return False
    return any(all(ord(c) in family for c in cluster) for family in known)


def _refuse(cluster: str) -> None:
    points = " ".join(f"U+{ord(c):04X}" for c in cluster)
    name = unicodedata.name(cluster[0], "a character without a name")
    raise PrintingFailed(
        f"The letter holds {points} ({name}), which our fonts cannot draw.",
        do="Correct the value with `secor review`, writing it in Latin, Hebrew or Arabic letters.",
    )
