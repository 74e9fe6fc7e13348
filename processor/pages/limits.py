"""What a stranger's file may at most ask of us; beyond it the file is refused, not half read."""

from __future__ import annotations

MAX_FIELDS = 5_000
MAX_DEPTH = 32
"""Levels of a field tree; real forms have fewer than ten."""
MAX_PIXELS = 40_000_000
"""Letter size at 600 dpi is 34 million."""
MAX_CHARACTERS = 200_000
"""On one page; a page set in 6 point type holds about 12,000."""
MAX_STREAM = 20_000_000
"""Bytes of one stream when unpacked."""
MAX_VALUE = 100_000
"""Bytes of one field's value."""
MAX_RULES = 4_000
"""Lines and rectangles of a page that are searched for tables; a ruled page of 60 rows and 10 columns has 1,300."""
MAX_CELLS = 3_000
"""Of one table."""
MAX_DOTS = 120_000_000
"""Of one page of a picture file, as stored; Letter at 1,100 dpi. In colour it takes 480 MB while it is decoded."""
LEAST_DOTS = (200, 32)
"""Long and short side of a picture that can be a page or a card; smaller ones are logos and lines."""
LONG_SIDE = 4_400
"""Dots of the long side of a scan that is handed out: Letter at 400 dpi, beyond which nothing is read better."""
MAX_KEPT = 60_000_000
"""Dots of decoded pages of one picture file that are kept at hand: seven Letter pages at 300 dpi."""
