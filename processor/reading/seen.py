"""What a box of a form shows, by whatever means: seen, not yet understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from processor.model import Box, Means
    from processor.reading.certainty import Weighed


class Said(NamedTuple):
    """What a box says, as text (`On` and nothing for ticks), and the code of what speaks against it."""

    raw: str
    doubt: str = ""
    stored: str = ""
    drawn: str = ""


class Seen(NamedTuple):
    """What a box shows and where it is on the page of the submission."""

    said: Said
    page: int
    box: Box
    means: Means
    confidence: float | None = None
    """Of what was recognised; None where nothing was."""
    guesses: tuple[tuple[str, float], ...] = ()
    """Of what was recognised in a clean zone: each text that it may be, and how probably."""
    weighed: Weighed | None = None
    """Of what was recognised: what speaks for it."""
