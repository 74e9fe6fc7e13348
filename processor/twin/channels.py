"""How a page reaches the office: scanned, faxed or photographed, with a known way back (scans.md 0, 3, 5).

A channel takes a grey page at 300 dpi and gives what a machine at the other end holds. Wear differs by family: its
values are in no other family.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import cv2
import numpy as np

from processor.twin.chance import Family, between, one_of, some
from processor.twin.ink import DPI

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from processor.twin.ink import Grey

    Matrix = NDArray[np.float64]
    """3 x 3, from a pixel of the page at 300 dpi to one of what was sent; pixel centres are whole numbers."""


class Channel(StrEnum):
    """How a page reaches the office."""

    SCAN300 = "scan300"
    SCAN200 = "scan200"
    SCAN150 = "scan150"
    BILEVEL200 = "bilevel200"
    """A black and white scan at 200 dpi."""
    FAX_FINE = "fax_fine"
    """204 x 196 dots an inch."""
    FAX_STANDARD = "fax_standard"
    """204 x 98 dots an inch."""
    PHOTO = "photo"
    """A phone's camera, the paper bent a little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One page as the machine at the other end holds it."""

    pixels: Grey
    dpi: tuple[float, float]
    """Across and down; 0 where a camera does not know."""
    bilevel: bool = False
    quality: int = 90
    """Of the JPEG it is packed as, unless bilevel."""
    warm: float = 0.0
    """Share by which blue falls behind red; 0 is a grey picture."""
    matrix: Matrix | None = None
    """None where the page is bent besides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wear:
    """What a family's machines are like: lists to draw from, disjoint between families."""

    quality: tuple[int, ...]
    noise: tuple[float, ...]
    """Standard deviation in grey levels, for a scan at 200 dpi."""
    blur: tuple[float, ...]
    """Factor on a channel's own blur."""
    skew: tuple[float, ...]
    """Degrees, to either side, up to these."""
    threshold: tuple[int, ...]
    """Of a fax."""


WEAR = {
    Family.TUNE: Wear(
        quality=(50, 60, 75),
        noise=(4.0, 6.5, 8.0),
        blur=(0.8, 1.0, 1.2),
        skew=(0.5, 1.4, 2.5),
        threshold=(142, 152, 163),
    ),
    Family.CALIBRATE: Wear(
        quality=(48, 62, 78),
        noise=(3.5, 6.0, 7.5),
        blur=(0.85, 1.05, 1.25),
        skew=(0.4, 1.2, 2.3),
        threshold=(140, 150, 160),
    ),
    Family.REPORT: Wear(
        quality=(52, 58, 72),
        noise=(4.5, 7.0, 8.5),
        blur=(0.75, 0.95, 1.15),
        skew=(0.6, 1.6, 2.6),
        threshold=(145, 155, 165),
    ),
}


def send(page: Grey, channel: Channel, family: Family, rng: np.random.Generator) -> Sent:
    """The page after its way through a channel."""
    return _WAYS[channel](page, WEAR[family], rng)


# ---------------------------------------------------------------- scanners


def _scanned(page: Grey, wear: Wear, rng: np.random.Generator, *, dpi: int) -> Sent:
    pixels, matrix = _laid(page, wear, rng, (dpi, dpi))
    lift, gain = between(4, 20, rng), between(0.86, 0.94, rng)
    _shake(pixels, one_of(wear.noise, rng) * dpi / 200, rng, gain, lift)
    quality = one_of(wear.quality, rng) + (20 if dpi >= DPI else 0)
    return Sent(pixels=_grey(pixels), dpi=(dpi, dpi), quality=quality, matrix=matrix)


def _black_and_white(page: Grey, wear: Wear, rng: np.random.Generator, *, dpi: tuple[int, int]) -> Sent:
    """A scan by threshold: faint strokes break, noise turns into specks."""
    pixels, matrix = _laid(page, wear, rng, dpi)
    _shake(pixels, 1.8 * one_of(wear.noise, rng), rng)
    _, black = cv2.threshold(pixels, float(one_of(wear.threshold, rng)), 255, cv2.THRESH_BINARY)
    return Sent(pixels=_grey(black), dpi=dpi, bilevel=True, matrix=matrix)


def _faxed(page: Grey, wear: Wear, rng: np.random.Generator, *, down: int) -> Sent:
    """1,728 dots across, as every fax; specks, and now and then a line that the scanner's dust drew."""
    sent = _black_and_white(page, wear, rng, dpi=(204, down))
    pixels = sent.pixels
    high, wide = pixels.shape
    specks = high * wide // 6000
    rows, columns = rng.integers(0, high, specks), rng.integers(0, wide, specks)
    pixels[rows, columns] = 255 - pixels[rows, columns]
    if some(0.2, rng):
        pixels[:, int(rng.integers(wide))] = 0
    return sent


def _laid(page: Grey, wear: Wear, rng: np.random.Generator, dpi: tuple[int, int]) -> tuple[NDArray[np.float32], Matrix]:
    """The page on the glass: turned a little, shifted, scaled within half a percent, and sampled."""
    high, wide = page.shape
    most = one_of(wear.skew, rng)
    scale = np.diag([between(0.995, 1.005, rng), between(0.995, 1.005, rng), 1.0])
    turn = _turn(between(-most, most, rng), (wide / 2, high / 2))
    shift = _shift(between(-18, 18, rng), between(-18, 18, rng))
    across, down = dpi[0] / DPI, dpi[1] / DPI
    matrix = sampled(across, down) @ shift @ turn @ scale
    size = (1728 if dpi[0] == 204 else round(wide * across), round(high * down))
    soft = one_of(wear.blur, rng)
    blurred = cv2.GaussianBlur(page, (0, 0), max(0.45 * soft / across, 0.3), sigmaY=max(0.45 * soft / down, 0.3))
    flat = cv2.warpPerspective(
        blurred, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=255
    )
    return flat.astype(np.float32), matrix


# ---------------------------------------------------------------- cameras


_PHOTO = (2400, 3200)
"""Pixels across and down."""
_COARSE = 8
"""Light and background are worked out on every eighth pixel."""


def _photographed(page: Grey, wear: Wear, rng: np.random.Generator) -> Sent:
    """A sheet on a table, seen at an angle, bent, with a shadow over it."""
    bent = _bent(page, rng)
    matrix = _view(page, rng)
    seen = cv2.warpPerspective(bent, matrix, _PHOTO, flags=cv2.INTER_LINEAR, borderValue=0)
    sheet = cv2.warpPerspective(np.full_like(page, 255), matrix, _PHOTO, flags=cv2.INTER_NEAREST, borderValue=0)
    pixels = np.where(sheet > 127, seen, _table(rng)).astype(np.float32)
    pixels *= cv2.resize(_light(rng), _PHOTO, interpolation=cv2.INTER_LINEAR)
    pixels = cv2.GaussianBlur(pixels, (0, 0), one_of(wear.blur, rng) * between(0.7, 1.2, rng)).astype(np.float32)
    _shake(pixels, 0.8 * one_of(wear.noise, rng), rng, 0.95, 8)
    quality = one_of(wear.quality, rng)
    return Sent(pixels=_grey(pixels), dpi=(0, 0), quality=quality, warm=between(0.02, 0.2, rng))


def _bent(page: Grey, rng: np.random.Generator) -> Grey:
    """Curled along one side: lines of writing bow by up to 15 pixels."""
    high, wide = page.shape
    bow, phase = between(2, 15, rng), between(0, np.pi, rng)
    across = np.arange(wide, dtype=np.float32)
    lift = (bow * np.sin(1.3 * np.pi * across / wide + phase)).astype(np.float32)
    rows = np.arange(high, dtype=np.float32)[:, None] + lift[None, :]
    columns = np.broadcast_to(across[None, :], page.shape).copy()
    return _grey(cv2.remap(page, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=255))


def _view(page: Grey, rng: np.random.Generator) -> Matrix:
    """From the sheet to the picture: each corner somewhere near where it would stand seen from straight above."""
    high, wide = page.shape
    across, down = _PHOTO
    scale = min(across / wide, down / high) * between(0.86, 0.95, rng)
    middle, half = np.array([across / 2, down / 2]), np.array([wide, high]) * scale / 2
    ways = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
    corners = middle + ways * (half - rng.uniform(0, 0.045 * across, (4, 2)))
    paper = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    matrix = cv2.getPerspectiveTransform(paper, corners.astype(np.float32))
    return np.asarray(_turn(between(-3, 3, rng), (across / 2, down / 2)) @ matrix, np.float64)


def _table(rng: np.random.Generator) -> Grey:
    """What the sheet lies on: darker than paper, with a grain."""
    across, down = _PHOTO
    grain = rng.standard_normal((down // _COARSE, across // _COARSE), dtype=np.float32)
    grain = cv2.GaussianBlur(grain, (0, 0), sigmaX=between(1, 6, rng), sigmaY=between(0.5, 2, rng)).astype(np.float32)
    grain = between(50, 130, rng) + 25 * grain / max(float(grain.std()), 0.01)
    return _grey(cv2.resize(_grey(grain), _PHOTO, interpolation=cv2.INTER_LINEAR))


def _light(rng: np.random.Generator) -> NDArray[np.float32]:
    """Share of light at every eighth pixel: a slope, and the soft edge of a shadow."""
    across, down = _PHOTO
    y, x = np.mgrid[-0.5 : 0.5 : down // _COARSE * 1j, -0.5 : 0.5 : across // _COARSE * 1j]
    slope, edge = between(0, 2 * np.pi, rng), between(0, 2 * np.pi, rng)
    light = 0.9 + between(0.12, 0.32, rng) * (np.cos(slope) * x + np.sin(slope) * y)
    beyond = np.cos(edge) * x + np.sin(edge) * y - between(-0.3, 0.4, rng)
    return np.asarray(light * (1 - between(0.1, 0.45, rng) / (1 + np.exp(-beyond * between(15, 60, rng)))), np.float32)


# ---------------------------------------------------------------- arithmetic


def sampled(across: float, down: float) -> Matrix:
    """To another number of dots an inch; the half pixel of scans.md trap 5 is in it."""
    return np.array([[across, 0, across / 2 - 0.5], [0, down, down / 2 - 0.5], [0, 0, 1]], np.float64)


def _shift(right: float, down: float) -> Matrix:
    return np.array([[1, 0, right], [0, 1, down], [0, 0, 1]], np.float64)


def _turn(degrees: float, around: tuple[float, float]) -> Matrix:
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]], np.float64)
    return _shift(*around) @ turn @ _shift(-around[0], -around[1])


def _shake(
    pixels: NDArray[np.float32], noise: float, rng: np.random.Generator, gain: float = 1.0, lift: float = 0.0
) -> None:
    """Contrast, brightness and noise, in place."""
    pixels *= gain
    grain = rng.standard_normal(pixels.shape, dtype=np.float32)
    grain *= noise
    pixels += grain
    pixels += np.float32(lift)


def _grey(pixels: NDArray[np.float32] | NDArray[np.generic]) -> Grey:
    return np.clip(pixels, 0, 255).astype(np.uint8)


_WAYS: dict[Channel, Callable[[Grey, Wear, np.random.Generator], Sent]] = {
    Channel.SCAN300: lambda page, wear, rng: _scanned(page, wear, rng, dpi=300),
    Channel.SCAN200: lambda page, wear, rng: _scanned(page, wear, rng, dpi=200),
    Channel.SCAN150: lambda page, wear, rng: _scanned(page, wear, rng, dpi=150),
    Channel.BILEVEL200: lambda page, wear, rng: _black_and_white(page, wear, rng, dpi=(200, 200)),
    Channel.FAX_FINE: lambda page, wear, rng: _faxed(page, wear, rng, down=196),
    Channel.FAX_STANDARD: lambda page, wear, rng: _faxed(page, wear, rng, down=98),
    Channel.PHOTO: _photographed,
}
