"""What libtiff says to standard error while it decodes: its only word on a damaged fax, which Pillow passes over."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def overheard() -> Iterator[list[int]]:
    """Within it, nothing reaches standard error; afterwards the list holds the number of lines that were meant for it.

    It turns the descriptor of the whole process aside, since a library of C writes there: for a child of one thread.
    """
    lines: list[int] = []
    kept = os.dup(2)
    with tempfile.TemporaryFile() as heard:
        os.dup2(heard.fileno(), 2)
        try:
            yield lines
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            heard.seek(0)
            lines.append(heard.read(_MOST).count(b"\n"))


_MOST = 1 << 20
"""Bytes of it that are looked at: 15,000 lines, more than any fax has."""
