"""What lies in a container, what comes out of it, and the purse that bounds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from processor.findings import refusal
from processor.unpacking.limits import MAX_PIECES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from processor.errors import UnreadablePaper
    from processor.model import Mail


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What one container holds, as its reader finds it: drawn one by one, so that nothing piles up."""

    mail: Mail | None = None
    things: Iterable[Thing] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One thing in a container."""

    name: str
    """As the sender calls it, made fit to be shown; may be empty."""
    data: bytes | Inside
    """Its bytes; or what it holds, where the reader has opened it already."""
    media: str = ""
    """The media type that the mail states, `image/png`; empty where none is stated."""
    inline: bool = False
    refused: UnreadablePaper | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One file that lay in a container."""

    path: str
    """Its way inside: `scan.pdf`, `forwarded.eml/scan.pdf`; no two of one container are the same."""
    data: bytes = field(repr=False)
    inline: bool = False
    """Shown within the mail's own text, as logos are, and photos that somebody pasted."""
    trifle: bool = False
    """What mail programs add and nobody sends on purpose: seals, business cards, invitations."""
    refused: UnreadablePaper | None = None
    """Why it could not be taken out; its bytes are missing or still packed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """A container taken apart."""

    mails: tuple[Mail, ...] = ()
    """Every mail in it, outermost first; none for a zip file of papers."""
    pieces: tuple[Piece, ...] = ()


@dataclass(slots=True)
class Purse:
    """What may still be spent on one container."""

    bytes_left: int
    pieces_left: int = MAX_PIECES

    def pay(self, size: int) -> None:
        """For one thing of that many bytes. Raises `UnreadablePaper` (`too-big`) when that is too much."""
        self.bytes_left -= size
        self.pieces_left -= 1
        if self.pieces_left < 0:
            raise refusal("too-big", what=f"more than {MAX_PIECES} files in it")
        if self.bytes_left < 0:
            raise too_much()


def too_much() -> UnreadablePaper:
    """The refusal of a container that unpacks to more than may be read."""
    return refusal("too-big", what="it unpacks to more than may be read at once")
