"""The child's side of mails and archives: a file is read, or taken apart into the files in it.

As in `reading`, everything here runs in a limited child; the pieces travel back as bytes, and each is read as a paper
of its own, with limits of its own. Nothing is written.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from processor import pages
from processor.findings import refusal
from processor.flows.reading import crop, read_paper
from processor.unpacking.kinds import container
from processor.unpacking.unpack import piece_of, unpack

if TYPE_CHECKING:
    from processor.model import Box, Submission
    from processor.unpacking.pieces import Piece, Unpacked

_ROOM = 2
"""Times the size of one file that a container may come to: several of them are held in memory at once."""
_LOGO = 300
"""Dots of the short side under which a picture in a mail's own text is no paper: a card of 2 inches at 150 dpi."""
_WIDE = 3
"""Times as long as it is high that such a picture is a banner."""
_SMILEY = 200
"""Dots of the long side under which nobody reads any picture."""


def read_file(name: str, data: bytes, file_mb: int, max_pages: int) -> Submission | Unpacked:
    """The documents of a paper, or what lies in a container. Raises `UnreadablePaper` as their readers do."""
    if container(name, data) is None:
        return read_paper(name, data, file_mb, max_pages)
    return taken_apart(name, data, file_mb)


def taken_apart(name: str, data: bytes, file_mb: int) -> Unpacked:
    """What lies in a container, logos and smileys told from papers. Raises `UnreadablePaper`."""
    if len(data) > file_mb << 20:
        raise refusal("too-big", what=f"{len(data) >> 20} MB, read are up to {file_mb}")
    found = unpack(name, data, _ROOM * file_mb << 20)
    return replace(found, pieces=tuple(replace(p, trifle=_trifle(p)) for p in found.pieces))


def _trifle(piece: Piece) -> bool:
    """Whether nobody sends this to be read. A PDF or a picture is a paper, whatever the mail says that it is."""
    paper = piece.data.startswith(b"%PDF") or any(pages.dots(piece.data))
    return (piece.trifle and not paper) or _logo(piece)


def _logo(piece: Piece) -> bool:
    """Whether this is a picture that nobody sends to be read."""
    short, long = sorted(pages.dots(piece.data))
    if not short:
        return False
    return long < _SMILEY or (piece.inline and (short < _LOGO or long > _WIDE * short))


def crop_inside(  # noqa: PLR0913, PLR0917 - a place, and the way to it
    name: str, data: bytes, digest: str, page: int, box: Box | None, file_mb: int, max_pages: int
) -> bytes:
    """A PNG of a place on the piece of that SHA-256 in a container; of the file itself where that is empty.

    Raises `UnreadablePaper` for what has no pages, such as a mail.
    """
    if digest:
        data = piece_of(name, data, digest, _ROOM * file_mb << 20)
    return crop(data, page, box, max_pages)
