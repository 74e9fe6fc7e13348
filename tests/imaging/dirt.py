"""What happens to paper: dirt in boxes, and what scanners and faxes make of a page. Seeded, so the same every time.

Each kind of dirt is drawn onto a page (uint8, 0 black) around a place, in pixels of 200 dots an inch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Grey: TypeAlias = NDArray[np.uint8]
    Seed: TypeAlias = np.random.Generator
    Place: TypeAlias = tuple[int, int, int, int]
    Dirt: TypeAlias = Callable[[Grey, Place, Seed], None]

PT = 200 / 72
MM = 200 / 25.4


def _darken(page: Grey, where: NDArray[Any], by: float) -> None:
    page[:] = np.clip(page - where.astype(np.float32) * by, 0, 255).astype(np.uint8)


def _near(place: Place, seed: Seed) -> tuple[int, int]:
    return int(seed.integers(place[0], place[2])), int(seed.integers(place[1], place[3]))


def _window(page: Grey, x: int, y: int, by: int) -> tuple[Grey, int, int]:
    left, top = max(x - by, 0), max(y - by, 0)
    return page[top : y + by, left : x + by], x - left, y - top


def smudge(page: Grey, place: Place, seed: Seed) -> None:
    """A finger's grease: wide, soft, at times dark."""
    part, x, y = _window(page, *_near(place, seed), 110)
    blot: NDArray[Any] = np.zeros(part.shape, np.float32)
    for _ in range(int(seed.integers(1, 5))):
        at = (x + int(seed.normal(0, 18)), y + int(seed.normal(0, 9)))
        axes = (int(seed.integers(6, 45)), int(seed.integers(5, 18)))
        cv2.ellipse(blot, at, axes, float(seed.uniform(-30, 30)), 0, 360, 1.0, -1)
    blot = cv2.GaussianBlur(blot, (0, 0), float(seed.uniform(2.5, 8)))
    grain = cv2.GaussianBlur(seed.normal(1, 0.5, part.shape).astype(np.float32), (0, 0), 1.5)
    _darken(part, blot * np.clip(grain, 0, 2), float(seed.uniform(25, 150)))


def coffee_ring(page: Grey, place: Place, seed: Seed) -> None:
    """The rim of a cup of 5 to 9 cm that crosses the box; broken, uneven, with drops."""
    x, y = _near(place, seed)
    radius, way = float(seed.uniform(25, 45)) * MM, float(seed.uniform(0, 2 * np.pi))
    cx, cy = x + radius * np.cos(way), y + radius * np.sin(way)
    part, px, py = _window(page, x, y, 330)
    rows, columns = np.mgrid[0 : part.shape[0], 0 : part.shape[1]]
    dx, dy = columns - px + x - cx, rows - py + y - cy
    turn = np.arctan2(dy, dx)
    wobble = sum(float(seed.normal(0, 1.2)) * np.sin(k * turn + float(seed.uniform(0, 6))) for k in (2, 3, 5, 9))
    off = np.hypot(dx, dy) - radius - wobble
    thick = float(seed.uniform(0.3, 1.6)) * MM
    rim = np.exp(-((off / (thick / 2)) ** 4)) + 0.25 * (off < 0) * np.exp(off / (3 * MM))
    patchy = cv2.GaussianBlur(seed.normal(0, 1, part.shape).astype(np.float32), (0, 0), 14) * 14
    _darken(part, rim * np.clip(0.9 + 0.5 * patchy, 0, 1.3), float(seed.uniform(35, 140)))


def staple_shadow(page: Grey, place: Place, seed: Seed) -> None:
    """A bar of 11 to 13 mm with the shadow beside it, and the two holes of its legs."""
    x, y = _near(place, seed)
    half, turn = float(seed.uniform(5.5, 6.5)) * MM, float(seed.choice([0, 45, 90, 135])) + float(seed.normal(0, 6))
    dx, dy = half * np.cos(np.radians(turn)), half * np.sin(np.radians(turn))
    a, b = (int(x - dx), int(y - dy)), (int(x + dx), int(y + dy))
    shade = int(seed.integers(30, 170))
    cv2.line(page, a, b, (shade,), int(seed.integers(2, 6)), cv2.LINE_AA)
    cv2.line(page, (a[0] + 4, a[1] + 4), (b[0] + 4, b[1] + 4), (min(shade + 90, 240),), 3, cv2.LINE_AA)
    for at in (a, b):
        cv2.circle(page, at, int(seed.integers(2, 5)), (shade,), -1, cv2.LINE_AA)


def ruled_line(page: Grey, place: Place, seed: Seed) -> None:
    """A line drawn with a ruler, a fold, or dirt on the scanner's glass: level, upright, or somewhat aslant."""
    x, y = _near(place, seed)
    turn = float(seed.choice([0, 0, 90, 90, 20])) + float(seed.normal(0, 1.0))
    half = float(seed.choice([1500, 300, 150]))
    dx, dy = half * np.cos(np.radians(turn)), half * np.sin(np.radians(turn))
    ends = (int(x - dx), int(y - dy)), (int(x + dx), int(y + dy))
    cv2.line(page, *ends, (int(seed.integers(0, 190)),), int(seed.integers(1, 5)), cv2.LINE_AA)


def specks(page: Grey, place: Place, seed: Seed) -> None:
    """Dust, toner and short hairs."""
    for _ in range(int(seed.integers(1, 14))):
        x, y = _near(place, seed)
        cv2.circle(page, (x, y), int(seed.integers(0, 3)), (int(seed.integers(0, 160)),), -1, cv2.LINE_AA)


def shading(page: Grey, place: Place, seed: Seed) -> None:
    """A soft shadow over box and surroundings, as flattening may leave it."""
    left, top, right, bottom = place
    part = page[max(top - 60, 0) : bottom + 60, max(left - 60, 0) : right + 60]
    ramp = np.linspace(0, 1, part.shape[1])[None, :] * np.ones((part.shape[0], 1))
    _darken(part, ramp if seed.random() < 0.5 else ramp[:, ::-1], float(seed.uniform(20, 90)))


def nothing(_page: Grey, _place: Place, _seed: Seed) -> None:
    """A clean box."""


DIRT: dict[str, Dirt] = {
    "smudge": smudge, "coffee ring": coffee_ring, "staple": staple_shadow, "ruled line": ruled_line,
    "specks": specks, "shading": shading, "nothing": nothing,
}  # fmt: skip


# ---------------------------------------------------------------- what machines do


def clean(page: Grey, _seed: Seed) -> Grey:
    return page.copy()


def scanned(page: Grey, seed: Seed) -> Grey:
    """A scan, laid back: shifted by up to a pixel, wobbling, blurred, noisy, and compressed."""
    grey = _laid_askew(page, seed)
    soft = cv2.GaussianBlur(grey, (0, 0), float(seed.uniform(0.5, 1.1)))
    noisy = np.clip(soft + seed.normal(0, float(seed.uniform(2, 6)), grey.shape), 0, 255).astype(np.uint8)
    _, data = cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, int(seed.integers(45, 80))])
    read = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
    assert read is not None
    return np.asarray(read, np.uint8)


def faxed(page: Grey, seed: Seed, lines: int = 196) -> Grey:
    """A fax: resampled to 204 by so many lines an inch, black or white only, resampled back."""
    high, wide = page.shape
    small = cv2.resize(
        cv2.GaussianBlur(page, (0, 0), 0.7), (wide * 204 // 200, high * lines // 200), interpolation=cv2.INTER_AREA
    )
    rough = small + seed.normal(0, 9, small.shape)
    black = np.where(rough < float(seed.uniform(120, 165)), 0, 255).astype(np.uint8)
    return _laid_askew(cv2.resize(black, (wide, high), interpolation=cv2.INTER_LINEAR), seed)


def faxed_coarsely(page: Grey, seed: Seed) -> Grey:
    return faxed(page, seed, 98)


def _laid_askew(page: NDArray[Any], seed: Seed) -> Grey:
    """What registration leaves: up to a pixel of shift, and a wobble of half a pixel."""
    high, wide = page.shape
    y, x = (axis.astype(np.float32) for axis in np.mgrid[0:high, 0:wide])
    (sx, sy), (wx, wy), (px, py) = seed.uniform(-0.8, 0.8, 2), seed.uniform(0, 0.4, 2), seed.uniform(0, 6, 2)
    moved_x = x + np.float32(sx) + np.float32(wx) * np.sin(y / 180 + np.float32(px))
    moved_y = y + np.float32(sy) + np.float32(wy) * np.sin(x / 210 + np.float32(py))
    laid = cv2.remap(page, moved_x, moved_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(laid, np.uint8)


MACHINES: dict[str, Callable[[Grey, Seed], Grey]] = {
    "clean": clean, "scan": scanned, "fax": faxed, "coarse fax": faxed_coarsely,
}  # fmt: skip
