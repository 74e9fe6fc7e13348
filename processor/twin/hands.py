"""The typefaces and handwriting fonts that the twin writes with, each in one family, and the pens made of them.

Files, authors and licences: `templates/hands/hands.toml`. No font writes a text of which it lacks a letter.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from fontTools.ttLib import TTFont
from PIL import ImageFont

from processor.errors import Wrong
from processor.flows.house import templates_folder
from processor.twin import writers
from processor.twin.chance import Family, between, one_of, some
from processor.twin.writers import Writer

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np

FOLDER = templates_folder() / "hands"


class Writing(StrEnum):
    """What a form is filled with."""

    TYPED = "typed"
    """A typeface, and crosses drawn by a viewer; printed, then signed by pen."""
    HAND = "hand"
    """A handwriting font, shaken glyph by glyph."""
    PRINT = "print"
    """Letters and figures of real writers, stroke by stroke; small letters only."""


class Tick(StrEnum):
    """How somebody marks a box."""

    CROSS = "cross"
    TICK = "tick"
    FILLED = "filled"
    SLASH = "slash"
    SMALL = "small"
    CIRCLED = "circled"
    OUTSIDE = "outside"
    """A tick of which much lies outside the box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """One font file."""

    path: Path
    hand: bool
    """Handwriting; else a typeface."""
    family: Family
    case: str = ""
    """`upper` when its small letters are capitals, `mixed` when nobody writes capitals in a row so."""

    def writes(self, text: str) -> bool:
        """Whether it has every letter of a text."""
        return set(text) <= _letters(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Who fills the form, and with what. Lengths are points."""

    face: Font | Writer
    ink: int
    """Grey of a full stroke, 0 to 255."""
    cap: float = 8.5
    """Height of a capital."""
    width: float = 0.0
    """What is added to a font's strokes, or the width of a real writer's."""
    slant: float = 0.0
    """Degrees to the right."""
    shake: float = 0.0
    """0 for a machine, about 1 for a hand."""
    case: str = ""
    """`upper` or `lower` when only such letters are written."""
    gaps: bool = False
    """Leaves cells empty where a hyphen would stand between groups of figures."""
    ticks: tuple[Tick, ...] = (Tick.CROSS,)
    mistakes: float = 0.0
    """How often a value is crossed out and written again."""

    @property
    def name(self) -> str:
        """The font, or the writers of letters and figures."""
        return (
            f"writers {self.face.letters} and {self.face.figures}"
            if isinstance(self.face, Writer)
            else self.face.path.stem
        )

    def spelled(self, text: str) -> str:
        """The text in the letters that this pen writes."""
        return {"upper": text.upper(), "lower": text.lower()}.get(self.case, text)


@cache
def fonts() -> tuple[Font, ...]:
    """Every font, in the order of the table."""
    table = tomllib.loads((FOLDER / "hands.toml").read_text("utf-8"))["fonts"]
    return tuple(
        Font(
            path=FOLDER / f["file"],
            hand=f["kind"] == "hand",
            family=Family(f["family"]),
            case=f.get("case", ""),
        )
        for f in table
    )


@cache
def _letters(path: Path) -> frozenset[str]:
    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


@cache
def sized(path: Path, pixels: int) -> ImageFont.FreeTypeFont:
    """The font at a size, laid out glyph by glyph so that every machine lays it out alike."""
    return ImageFont.truetype(str(path), pixels, layout_engine=ImageFont.Layout.BASIC)


def capital(face: Font | Writer) -> float:
    """Height of capitals and figures as a share of the size; a writer's size is that height."""
    return 1.0 if isinstance(face, Writer) else _capital(face.path)


@cache
def _capital(path: Path) -> float:
    heights = [sized(path, 200).getbbox(text, anchor="ls") for text in ("HEZ", "258")]
    return sum(float(bottom - top) for _, top, _, bottom in heights) / len(heights) / 200


def pen(writing: Writing, family: Family, text: str, rng: np.random.Generator) -> Pen:
    """A pen of that family that can write the whole text (all values of a form in a row).

    Raises:
        Wrong: nothing of that family has all the letters.
    """
    if writing is Writing.PRINT and writers.writes(text):
        return _held(writers.writer(family, rng), "lower", between(0.9, 1.5, rng), rng)
    hand = writing is Writing.HAND
    able = [f for f in fonts() if f.hand == hand and f.family is family and f.writes(text)]
    if writing is Writing.PRINT or not able:
        raise Wrong(f"No pen of the family {family} can write these values.", do="Write other letters.")
    font = one_of(able, rng)
    if not hand:
        return Pen(face=font, ink=int(rng.integers(0, 30)))
    upper = font.case == "upper" or (some(0.4, rng) and not font.case)
    return _held(font, "upper" if upper else "", between(0.0, 0.35, rng), rng)


def _held(face: Font | Writer, case: str, width: float, rng: np.random.Generator) -> Pen:
    """A pen in somebody's hand."""
    return Pen(
        face=face,
        ink=int(rng.integers(25, 96)),
        cap=between(7.6, 9.6, rng),
        width=width,
        slant=between(-4, 10, rng),
        shake=between(0.6, 1.4, rng),
        case=case,
        gaps=some(0.7, rng),
        ticks=one_of(_HABITS, rng),
        mistakes=0.01,
    )


_HABITS = (
    (Tick.CROSS, Tick.CROSS, Tick.CROSS, Tick.SMALL),
    (Tick.TICK, Tick.TICK, Tick.TICK, Tick.OUTSIDE),
    (Tick.CROSS, Tick.TICK, Tick.CROSS, Tick.TICK, Tick.SLASH),
    (Tick.FILLED, Tick.FILLED, Tick.CROSS),
    (Tick.TICK, Tick.OUTSIDE, Tick.SMALL),
    (Tick.CROSS, Tick.SLASH, Tick.CIRCLED),
)
"""A person keeps to one way of marking, more or less."""
