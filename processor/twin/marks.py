"""What a pen draws that is no letter: ticks, signatures, strokes through a wrong value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from processor.twin.chance import between
from processor.twin.hands import Tick
from processor.twin.ink import POINT, curve, strokes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processor.model import Box
    from processor.twin.hands import Pen
    from processor.twin.ink import Grey, Path


def mark(page: Grey, box: Box, tick: Tick, pen: Pen, rng: np.random.Generator) -> None:
    """Mark a box of the page, in place."""
    side = min(box.width, box.height)
    wobble = 0.05 * pen.shake
    drawn = [np.array(path) + rng.normal(0, wobble, (len(path), 2)) for path in _shape(tick, rng)]
    shift = rng.normal(0, 0.06 * pen.shake, 2)
    at = np.array(box.centre)
    paths = [(at + (path + shift) * side / 2) * POINT for path in drawn]
    bent = [curve(path) for path in paths] if tick is not Tick.FILLED else paths
    strokes(page, bent if pen.shake else paths, _width(pen, rng) * POINT, pen.ink)


def sign(page: Grey, box: Box, ink: int, rng: np.random.Generator) -> None:
    """A scribble as a signature: loops that run to the right and die away. It may leave its box a little."""
    turns = int(rng.integers(5, 11))
    share = between(0.45, 0.85, rng)
    left = box.left + between(0.03, 0.12, rng) * box.width
    x = left + np.sort(rng.uniform(0, 1, 3 * turns)) * share * box.width + rng.normal(0, 2.5, 3 * turns)
    fade = np.linspace(1, 0.45, 3 * turns)
    y = box.top + box.height / 2 + rng.uniform(-0.55, 0.5, 3 * turns) * box.height * fade
    paths: list[Path] = [curve(np.stack([x, y], axis=1) * POINT)]
    if rng.random() < 0.4:
        flourish = [
            [left, box.bottom - 4],
            [left + 0.4 * box.width, box.bottom - 6],
            [left + share * box.width, box.bottom - 3],
        ]
        paths.append(curve(np.array(flourish) * POINT))
    strokes(page, paths, between(0.8, 1.5, rng) * POINT, ink)


def strike(page: Grey, area: Sequence[float], pen: Pen, rng: np.random.Generator) -> None:
    """Cross out what stands in an area (left, top, right, bottom, in points)."""
    left, top, right, bottom = area
    paths = []
    for _ in range(int(rng.integers(1, 3))):
        height = top + between(0.3, 0.7, rng) * (bottom - top)
        line = [
            [left - 1.5, height + rng.normal(0, 1)],
            [(left + right) / 2, height],
            [right + 1.5, height + rng.normal(0, 1)],
        ]
        paths.append(curve(np.array(line) * POINT))
    strokes(page, paths, _width(pen, rng) * POINT, pen.ink)


def scratch(page: Grey, box: Box, pen: Pen, rng: np.random.Generator) -> None:
    """Scribble over a box that was marked by mistake, well beyond its edges."""
    n = 9
    x = np.where(np.arange(n) % 2 == 0, -1.5, 1.5) + rng.normal(0, 0.15, n)
    path = np.stack([x, np.linspace(-1.1, 1.1, n) + rng.normal(0, 0.1, n)], axis=1)
    strokes(page, [(np.array(box.centre) + path * box.width / 2) * POINT], _width(pen, rng) * POINT, pen.ink)


def _width(pen: Pen, rng: np.random.Generator) -> float:
    """Points: a machine's line is always as wide."""
    return between(0.9, 1.5, rng) if pen.shake else 1.1


def _shape(tick: Tick, rng: np.random.Generator) -> list[list[tuple[float, float]]]:
    """Lines in a box that reaches from -1 to 1."""
    if tick is Tick.CIRCLED:
        around = np.linspace(0, 2 * np.pi * between(0.95, 1.1, rng), 14)
        return [[(float(1.7 * np.cos(a)), float(1.7 * np.sin(a))) for a in around]]
    return _SHAPES[tick]


_SHAPES: dict[Tick, list[list[tuple[float, float]]]] = {
    Tick.CROSS: [[(-0.75, -0.75), (0.75, 0.75)], [(0.75, -0.75), (-0.75, 0.75)]],
    Tick.SMALL: [[(-0.4, -0.4), (0.4, 0.4)], [(0.4, -0.4), (-0.4, 0.4)]],
    Tick.SLASH: [[(-0.8, 0.8), (0.85, -0.85)]],
    Tick.TICK: [[(-0.7, 0.0), (-0.2, 0.75), (1.3, -1.25)]],
    Tick.OUTSIDE: [[(-0.3, 0.1), (0.2, 0.8), (2.2, -1.8)]],
    Tick.FILLED: [[(0.75 * (-1) ** n, -0.75 + 1.5 * n / 7) for n in range(8)]],
}
