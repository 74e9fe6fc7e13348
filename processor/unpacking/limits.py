"""What a stranger's container may at most ask of us; beyond it the whole container is refused, not half unpacked."""

from __future__ import annotations

MAX_PIECES = 200
"""In one container, whatever it is nested in; a mailbox of a week holds fewer."""
MAX_DEPTH = 4
"""Containers within containers: a mail that forwards a mail with a zip file is three deep."""
MAX_MIME = 20
"""Levels of a mail's own parts; real ones have four."""
MAX_HEADERS = 2_000
"""Header lines of one mail."""
MAX_HEADER_BYTES = 256 << 10
MAX_RATIO = 100
"""Times its packed size that a large entry of a zip file may unpack to."""
SMALL = 10 << 20
"""Bytes under which the ratio is nobody's business: a blank page without compression packs a thousandfold."""
MAX_TEXT = 20_000
"""Characters of a mail's own words that are kept."""
MAX_NAME = 200
"""Characters of a piece's name."""
MAX_LINE = 300
"""Characters of a sender or a subject that are kept."""
