"""A text written into a box: typed as a viewer types it, or by hand, shaken glyph by glyph (scans.md 0)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image, ImageDraw

from processor.twin import writers
from processor.twin.hands import capital, sized
from processor.twin.ink import POINT, blend, strokes
from processor.twin.writers import Writer

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import ImageFont

    from processor.forms.form import Spot
    from processor.twin.hands import Font, Pen
    from processor.twin.ink import Grey

_PAD = 2.0
"""Points that a viewer leaves beside a text."""
_SMALLEST = 4.5
"""Points; smaller type is not written, it runs out of its box."""
_ROOM = 1.15
"""Height of a line as a share of the type's size."""

At = tuple[float, float]
"""Where a baseline begins, in points."""


def length(text: str, pen: Pen, size: float) -> float:
    """Points that a text takes; of a real writer's only about so many."""
    if isinstance(pen.face, Writer):
        return (0.95 * len(text) - 0.3 * text.count(" ")) * size
    return float(sized(pen.face.path, 200).getlength(text)) / 200 * size


@dataclass(frozen=True, slots=True)
class Scribe:
    """Somebody with a pen at one page, which is written on in place."""

    page: Grey
    pen: Pen
    rng: np.random.Generator

    def write(self, spot: Spot, text: str) -> None:
        """Write a text into a box."""
        if spot.comb:
            self._cells(spot, text)
            return
        size = self._size(spot, text)
        lines = wrapped(text, self.pen, size, spot.box.width - 2 * _PAD) if spot.multiline else [text]
        for number, line in enumerate(lines):
            self._line(self._start(spot, size, number, len(lines)), line, size)

    def room_for_two(self, spot: Spot, text: str) -> bool:
        """Whether a wrong value and the right one have room beside each other."""
        taken = 2.4 * length(text, self.pen, self._size(spot, text))
        return not spot.comb and not spot.multiline and taken < spot.box.width

    def write_again(self, spot: Spot, wrong: str, right: str) -> tuple[float, float, float, float]:
        """Write a wrong value and after it the right one.

        Returns:
            Left, top, right and bottom of the wrong one in points, to be crossed out.
        """
        size = self._size(spot, right)
        left, base = self._start(spot, size, 0, 1)
        wide = length(wrong, self.pen, size)
        self._line((left, base), wrong, size)
        self._line((left + wide + 0.8 * size, base), right, size)
        return left, base - size * capital(self.pen.face), left + wide, base

    def _size(self, spot: Spot, text: str) -> float:
        """A viewer takes what fits, 12 points at most; a hand keeps to its size and makes it smaller where it must."""
        box, pen = spot.box, self.pen
        longest = max(text.split(), key=len) if spot.multiline else text
        fitting = (box.width - 2 * _PAD) / max(length(longest, pen, 1.0), 0.1)
        by_hand = min(pen.cap, 0.55 * box.height) / capital(pen.face)
        usual = by_hand if pen.shake else min(12.0, 0.6 * box.height)
        if spot.multiline:
            usual = min(usual, (box.width * box.height / max(length(text, pen, 1.0) * 1.8 * _ROOM, 1)) ** 0.5)
        return max(min(usual, fitting), _SMALLEST)

    def _start(self, spot: Spot, size: float, number: int, lines: int) -> At:
        """Where the baseline of a line begins."""
        box, cap, step = spot.box, size * capital(self.pen.face), _ROOM * size
        base = box.top + (box.height - (lines - 1) * step + cap) / 2 + number * step
        if not self.pen.shake:
            return box.left + _PAD, base
        room = max(box.width - 2 * _PAD, 1) * 0.03
        down = self.pen.shake * float(self.rng.normal(0.3, 0.9))
        return box.left + _PAD + float(self.rng.uniform(0, 1 + room)), base + down

    def _cells(self, spot: Spot, text: str) -> None:
        """One character a cell, in its middle, or near it."""
        pen, cell, cap = self.pen, spot.box.width / spot.comb, capital(self.pen.face)
        size = min(pen.cap, 0.5 * spot.box.height) / cap if pen.shake else min(12.0, 0.6 * spot.box.height)
        base = spot.box.top + (spot.box.height + size * cap) / 2
        for number, letter in enumerate(text):
            left = spot.box.left + number * cell + (cell - length(letter, pen, size)) / 2
            off = self.rng.normal(0, 0.5, 2) * pen.shake
            self._line((left + float(off[0]), base + float(off[1])), letter, size)

    def _line(self, at: At, text: str, size: float) -> None:
        """One line from where its baseline begins."""
        face = self.pen.face
        if isinstance(face, Writer):
            self._strokes(at, text, face, size)
        elif self.pen.shake:
            self._by_hand(at, text, face, size)
        else:
            self._typed(at, text, face, size)

    def _typed(self, at: At, text: str, face: Font, size: float) -> None:
        x, y = (v * POINT for v in at)
        font = sized(face.path, max(round(size * POINT), 1))
        high, wide = round(2 * size * POINT), round(font.getlength(text) + size * POINT)
        image = Image.new("L", (wide, high))
        base, left = round(1.4 * size * POINT), round(0.3 * size * POINT)
        ImageDraw.Draw(image).text((left, base), text, font=font, fill=255, anchor="ls")
        blend(self.page, np.asarray(image, np.uint8), (round(x) - left, round(y) - base), self.pen.ink)

    def _by_hand(self, at: At, text: str, face: Font, size: float) -> None:
        """Glyph by glyph: turned, scaled and slanted a little, on a baseline that climbs and wanders."""
        (x, y), pen, rng = (at[0] * POINT, at[1] * POINT), self.pen, self.rng
        font = sized(face.path, max(round(size * POINT), 1))
        climb, wander, start = pen.shake * rng.normal(0, 0.008), 0.0, x
        for letter in text:
            if letter != " ":
                wander = 0.7 * wander + pen.shake * rng.normal(0, 0.8)
                mask, left, base = self._glyph(letter, font, round(size * POINT))
                ink = int(np.clip(pen.ink + rng.normal(0, 5), 0, 130))
                blend(self.page, mask, (round(x) - left, round(y + climb * (x - start) + wander) - base), ink)
            x += float(font.getlength(letter)) * float(rng.normal(1.0, 0.03 * pen.shake))

    def _glyph(self, letter: str, font: ImageFont.FreeTypeFont, pixels: int) -> tuple[Grey, int, int]:
        """One letter as a mask, and where in it the baseline begins (x, y)."""
        side, left, base = round(2.8 * pixels), round(0.8 * pixels), round(1.7 * pixels)
        image = Image.new("L", (side, side))
        stroke = self.pen.width * POINT / 2
        ImageDraw.Draw(image).text((left, base), letter, font=font, fill=255, anchor="ls", stroke_width=stroke)
        turn = self._shaken()
        origin = np.array([left, base])
        matrix = np.hstack([turn, (origin - turn @ origin)[:, None]])
        mask = cv2.warpAffine(np.asarray(image, np.uint8), matrix, (side, side), flags=cv2.INTER_LINEAR)
        return np.asarray(mask, np.uint8), left, base

    def _shaken(self) -> NDArray[np.float64]:
        """How a hand turns, scales and slants one letter: 2 x 2, for points as x, y."""
        pen, rng = self.pen, self.rng
        angle = np.radians(pen.shake * rng.normal(0, 1.5))
        scale = 1 + pen.shake * rng.normal(0, 0.025)
        slant = np.tan(np.radians(pen.slant + pen.shake * rng.normal(0, 1.0)))
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        return np.asarray(scale * turn @ np.array([[1, -slant], [0, 1]]), np.float64)

    def _strokes(self, at: At, text: str, who: Writer, size: float) -> None:
        """Stroke by stroke, as a real writer wrote each letter; squeezed where it would take more room than it has."""
        x, drawn = 0.0, []
        for letter in text:
            if letter == " ":
                x += 0.55
                continue
            glyph = writers.glyph(letter, who, self.rng)
            turn, up = self._shaken(), self.pen.shake * self.rng.normal(0, 0.03)
            drawn += [path @ turn.T + (x, up) for path in glyph.paths]
            x += glyph.width + 0.28 * float(self.rng.uniform(0.75, 1.4))
        squeeze = min(1.0, length(text, self.pen, 1.0) / max(x, 0.1))
        paths = [(np.array(at) + path * (size * squeeze, size)) * POINT for path in drawn]
        strokes(self.page, paths, self.pen.width * POINT, self.pen.ink)


def wrapped(text: str, pen: Pen, size: float, width: float) -> list[str]:
    """The text in lines that are no wider, words whole."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and length(longer, pen, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
