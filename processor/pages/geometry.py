"""From the file's own coordinates to the upright page: points from its top left, crop box taken off."""

from __future__ import annotations

from typing import NamedTuple

from processor.model import Box


class Upright(NamedTuple):
    """How one page of the file is cropped and turned (ISO 32000-1, 7.7.3.3 and 14.11.2).

    The four lengths are the crop box in the file's coordinates, whose y grows upward.
    """

    left: float
    bottom: float
    right: float
    top: float
    turned: int
    """Degrees clockwise: 0, 90, 180 or 270."""

    @property
    def width(self) -> float:
        """Of the upright page, in points."""
        return self.right - self.left if self.turned % 180 == 0 else self.top - self.bottom

    @property
    def height(self) -> float:
        """Of the upright page, in points."""
        return self.top - self.bottom if self.turned % 180 == 0 else self.right - self.left

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the file stands on the upright page."""
        if not self.turned:
            return x - self.left, self.top - y
        match self.turned:
            case 90:
                return y - self.bottom, x - self.left
            case 180:
                return self.right - x, y - self.bottom
            case _:
                return self.top - y, self.right - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A rectangle given by any two opposite corners in the file's coordinates."""
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        if ax > bx:
            ax, bx = bx, ax
        if ay > by:
            ay, by = by, ay
        return Box(round(ax, 2), round(ay, 2), round(bx, 2), round(by, 2))
