"""Pages that were scanned, faxed or photographed: where each box of the blank lies on them, and what ink is in it.

All of it is arithmetic on grey arrays: uint8, (rows, columns), 0 black to 255 white. Points are 1/72 inch from the top
left; the point p lies at p * dpi / 72 pixels, where the centre of the first pixel is at 0.5.
"""

from __future__ import annotations

DPI = 200
"""Dots an inch at which a registered page is looked at."""
