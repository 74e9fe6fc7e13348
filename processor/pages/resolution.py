"""How large a picture's page is: the dots an inch that its file states, or, where those are idle, its shape's.

What a file states is believed when a scanner may have written it. 72 and 96 dots an inch are what programs write
that do not know; a camera's are an accident. A picture of unknown size is taken to be 11 inches long.
"""

from __future__ import annotations

from typing import NamedTuple

Dots = tuple[float, float]
"""Across and down: of a picture, or to an inch."""

LONG = 11.0
"""Inches of the long side of a page of unknown size: Letter's."""
_LEAST, _MOST = 100.0, 1250.0
"""Dots an inch of scanners; the coarsest fax has 204 x 98."""
_SMALLEST, _LARGEST = 2.0, 40.0
"""Inches of the long side of what people scan, from half a wallet card to a plan."""
_PAPERS = ((8.5, 11.0), (8.5, 14.0), (8.27, 11.69))
"""Letter, Legal and A4 in inches."""
_USUAL = (150, 200, 240, 300, 400, 600)
_NEAR = 0.02
_FAX = {1728: 204.0, 2048: 204.0, 2432: 204.0, 3456: 408.0}
"""Dots in a row of a fax (ITU-T T.4) and dots to an inch of it."""


class Stated(NamedTuple):
    """What a picture's file says of its size."""

    x: float = 0.0
    y: float = 0.0
    camera: bool = False
    """Whether a camera took it."""
    bilevel: bool = False


def resolution(size: Dots, stated: Stated) -> Dots:
    """Dots an inch across and down of a picture of this size in dots.

    >>> resolution((2550, 3300), Stated(300, 300)), resolution((1728, 1100), Stated(bilevel=True))
    ((300, 300), (204.0, 98.0))
    """
    if not stated.camera:
        if believable(size, (stated.x, stated.y)):
            return stated.x, stated.y
        if guess := _fax(size, stated) or _paper(size):
            return guess
    ratio = stated.x / stated.y if _alike(stated.x, stated.y) else 1.0
    down = max(size[0] / ratio, size[1]) / LONG
    return down * ratio, down


def believable(size: Dots, dots: Dots) -> bool:
    """Whether a scanner may have made these dots an inch."""
    fine, coarse = max(dots), min(dots)
    if not (_LEAST <= fine <= _MOST and _alike(*dots)):
        return False
    return _SMALLEST <= max(size[0] / dots[0], size[1] / dots[1]) <= _LARGEST and coarse > 0


def _alike(x: float, y: float) -> bool:
    """Whether two numbers of dots can belong together: a fax has at most 204 to 98, or 408 to 98."""
    return min(x, y) > 0 and max(x, y) <= 4.5 * min(x, y)


def _fax(size: Dots, stated: Stated) -> Dots | None:
    """A fax by the length of its rows; how fine they stand by the page's shape, unless the file says the ratio."""
    across = _FAX.get(round(size[0])) if stated.bilevel else None
    if across is None:
        return None
    if _alike(stated.x, stated.y) and stated.x != stated.y:
        return across, across * stated.y / stated.x
    shape = size[1] / size[0] * across / 204
    return across, 98.0 if shape < 0.85 else 196.0 if shape < 1.75 else 391.0


def _paper(size: Dots) -> Dots | None:
    """The usual resolution at which the picture is a Letter, Legal or A4 page, either way up."""
    short, long = sorted(size)
    for wide, high in _PAPERS:
        for dots in _USUAL:
            if abs(short / dots / wide - 1) < _NEAR and abs(long / dots / high - 1) < _NEAR:
                return float(dots), float(dots)
    return None
