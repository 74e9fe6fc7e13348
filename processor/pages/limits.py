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
