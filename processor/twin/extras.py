"""What happens to paper besides: holes, rings of coffee, stamps, staples, print shining through; and what machines add.

On paper: before a channel, on a grey page at 300 dpi. In the machine: on what was sent, its matrix kept right.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image, ImageDraw

from processor.twin.chance import between, one_of
from processor.twin.hands import fonts, sized
from processor.twin.ink import DPI, blend

if TYPE_CHECKING:
    from collections.abc import Callable

    from processor.twin.chance import Family
    from processor.twin.channels import Sent
    from processor.twin.ink import Grey


class Extra(StrEnum):
    """One thing more that happened to a page."""

    HOLES = "holes"
    COFFEE = "coffee"
    STAMP = "stamp"
    STAPLE = "staple"
    THROUGH = "through"
    """The back of the sheet shines through, mirrored."""
    BORDER = "border"
    """Black where the glass was bare."""
    HEADER = "header"
    """The line that a fax machine prints at the top."""
    TURNED90 = "turned90"
    TURNED180 = "turned180"
    TURNED270 = "turned270"


ON_PAPER = (Extra.HOLES, Extra.COFFEE, Extra.STAMP, Extra.STAPLE, Extra.THROUGH)
TURNS = {Extra.TURNED90: 90, Extra.TURNED180: 180, Extra.TURNED270: 270}
"""Degrees clockwise."""


def soil(page: Grey, extra: Extra, family: Family, rng: np.random.Generator) -> Grey:
    """The page with that on it."""
    soiled = page.copy()
    if extra is Extra.STAMP:
        _stamp(soiled, family, rng)
    elif extra in _SOILS:
        _SOILS[extra](soiled, rng)
    return soiled


def _holes(page: Grey, rng: np.random.Generator) -> None:
    """Three holes along the left edge, black or grey on the glass."""
    tone = one_of((10, 60, 150), rng)
    for share in (0.115, 0.5, 0.885):
        at = (round(0.5 * DPI), round(share * page.shape[0]))
        cv2.circle(page, at, round(0.14 * DPI), tone, -1, cv2.LINE_AA)


def _coffee(page: Grey, rng: np.random.Generator) -> None:
    """A ring as a cup leaves it: pale inside, darker at its edge."""
    radius = between(1.2, 1.7, rng) * DPI
    at = (between(0, page.shape[1], rng), between(0, page.shape[0], rng))
    reach = round(1.2 * radius)
    top, left = max(round(at[1]) - reach, 0), max(round(at[0]) - reach, 0)
    part = page[top : round(at[1]) + reach, left : round(at[0]) + reach]
    y, x = np.ogrid[: part.shape[0], : part.shape[1]]
    away = np.hypot(x + left - at[0], y + top - at[1])
    edge = np.exp(-(((away - radius) / (0.04 * DPI)) ** 2)) * between(0.2, 0.45, rng)
    inside = np.where(away < radius, between(0.0, 0.08, rng), 0)
    part[:] = (part * (1 - np.maximum(edge, inside))).astype(np.uint8)


def _stamp(page: Grey, family: Family, rng: np.random.Generator) -> None:
    """A rubber stamp in the top right corner, beside the heading: no field stands there."""
    face = next(f for f in fonts() if f.family is family and not f.hand)
    image = Image.new("L", (760, 300))
    pen = ImageDraw.Draw(image)
    pen.rectangle((70, 70, 690, 230), outline=255, width=7)
    word = one_of(("RECEIVED", "COPY", "SCANNED", "REÇU"), rng)
    pen.text((380, 150), word, font=sized(face.path, 90), fill=255, anchor="mm")
    turned = np.asarray(image.rotate(between(-9, 9, rng), Image.Resampling.BICUBIC), np.float32)
    worn = cv2.GaussianBlur(rng.standard_normal(turned.shape, dtype=np.float32), (0, 0), 3)
    mask = np.clip(turned * np.clip(0.8 + 2.0 * worn, 0, 1), 0, 255).astype(np.uint8)
    at = (page.shape[1] - 1250 + int(rng.integers(-30, 30)), int(rng.integers(90, 150)))
    blend(page, mask, at, int(rng.integers(60, 130)))


def _staple(page: Grey, rng: np.random.Generator) -> None:
    """A staple in the top left corner, and its shadow."""
    start = np.array([between(0.25, 0.5, rng), between(0.25, 0.45, rng)]) * DPI
    angle = np.radians(between(-50, 10, rng))
    end = start + np.array([np.cos(angle), np.sin(angle)]) * 0.42 * DPI
    for shift, tone, width in (((6, 8), 170, 14), ((0, 0), 70, 7)):
        first, last = ((int(p[0] + shift[0]), int(p[1] + shift[1])) for p in (start, end))
        cv2.line(page, first, last, tone, width, cv2.LINE_AA)


def _through(page: Grey, rng: np.random.Generator) -> None:
    """The same sheet's ink from behind: mirrored, blurred, faint."""
    back = cv2.GaussianBlur(np.ascontiguousarray(page[:, ::-1]), (0, 0), 4)
    back = np.roll(back, (int(rng.integers(-60, 60)), int(rng.integers(-60, 60))), axis=(0, 1))
    share = between(0.06, 0.16, rng)
    page[:] = np.minimum(page, cv2.convertScaleAbs(back, alpha=share, beta=255 * (1 - share)))


_SOILS: dict[Extra, Callable[[Grey, np.random.Generator], None]] = {
    Extra.HOLES: _holes,
    Extra.COFFEE: _coffee,
    Extra.STAPLE: _staple,
    Extra.THROUGH: _through,
}

# ---------------------------------------------------------------- in the machine


def machine(sent: Sent, extra: Extra, family: Family, rng: np.random.Generator) -> Sent:
    """What was sent with that done to it."""
    if extra is Extra.BORDER:
        return replace(sent, pixels=_bordered(sent, rng))
    if extra is Extra.HEADER:
        return replace(sent, pixels=_headed(sent, family, rng))
    return turned(sent, TURNS[extra])


def turned(sent: Sent, degrees: int) -> Sent:
    """Turned clockwise by quarters."""
    high, wide = sent.pixels.shape
    quarters = degrees // 90
    pixels = np.ascontiguousarray(np.rot90(sent.pixels, -quarters))
    ways = {
        1: [[0, -1, high - 1], [1, 0, 0], [0, 0, 1]],
        2: [[-1, 0, wide - 1], [0, -1, high - 1], [0, 0, 1]],
        3: [[0, 1, 0], [-1, 0, wide - 1], [0, 0, 1]],
    }
    matrix = None if sent.matrix is None else np.array(ways[quarters], np.float64) @ sent.matrix
    dpi = sent.dpi if quarters == 2 else (sent.dpi[1], sent.dpi[0])
    return replace(sent, pixels=pixels, matrix=matrix, dpi=dpi)


def _bordered(sent: Sent, rng: np.random.Generator) -> Grey:
    """Black along one or two edges, with a ragged inner side."""
    pixels = sent.pixels.copy()
    dark = 0 if sent.bilevel else int(rng.integers(5, 50))
    for edge in rng.permutation(4)[: int(rng.integers(1, 3))]:
        side = np.rot90(pixels, int(edge))  # a view: what is painted here is painted there
        most = 0.015 * side.shape[0]
        depth = np.clip(np.cumsum(rng.normal(0, 0.25, side.shape[1])) + between(0.3, 1.0, rng) * most, 1, 1.5 * most)
        side[np.arange(side.shape[0])[:, None] < depth[None, :]] = dark
    return pixels


def _headed(sent: Sent, family: Family, rng: np.random.Generator) -> Grey:
    """Sender, time and page in a strip along the top, as fax machines print it over the page."""
    pixels = sent.pixels.copy()
    face = [f for f in fonts() if f.family is family and not f.hand][-1]
    across, down = (d or DPI for d in sent.dpi)
    high, wide = round(0.16 * across), pixels.shape[1]
    strip = Image.new("L", (wide, high), 255)
    line = f"2026-{rng.integers(1, 13):02d}-{rng.integers(1, 29):02d} {rng.integers(8, 18):02d}:{rng.integers(60):02d}"
    line += (
        f"   FROM {rng.integers(204, 999)}5550{rng.integers(100, 200)}   TO SECOR OFFICE   P.{rng.integers(1, 8):02d}"
    )
    ImageDraw.Draw(strip).text(
        (wide // 20, high // 2), line, font=sized(face.path, round(0.8 * high)), fill=0, anchor="lm"
    )
    squeezed = cv2.resize(
        np.asarray(strip, np.uint8), (wide, round(high * down / across)), interpolation=cv2.INTER_AREA
    )
    top = round(0.03 * down)
    pixels[top : top + len(squeezed)] = np.where(squeezed > 127, 255, 0) if sent.bilevel else squeezed
    return pixels
