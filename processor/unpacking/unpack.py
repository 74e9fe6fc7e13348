"""A container taken apart, whatever lies in it: mails in mails, a zip file in a mail, `winmail.dat`."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from processor.errors import UnreadablePaper
from processor.findings import refusal
from processor.unpacking import archive, mailbox, mime, outlook, tnef
from processor.unpacking.kinds import Container, container, sealed
from processor.unpacking.limits import MAX_DEPTH
from processor.unpacking.names import Names
from processor.unpacking.pieces import Inside, Piece, Purse, Thing, Unpacked
from processor.unpacking.trifles import trifle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processor.model import Mail


def unpack(name: str, data: bytes, most: int) -> Unpacked:
    """Everything in a container. Call it in a limited child process only.

    Args:
        name: of the file, as it arrived.
        data: its bytes, of which `container` says that they are one.
        most: bytes that it may come to, all pieces together.

    Raises:
        UnreadablePaper: `too-big` for a bomb, `broken-file`, `not-a-paper` for a Word or Excel file.
    """
    kind = container(name, data)
    if kind is None:
        raise refusal("not-a-paper", what="nothing that holds papers")
    taking = _Taking(most)
    with _guarded():
        taking.open(kind, name, data)
    return Unpacked(mails=tuple(taking.mails), pieces=tuple(taking.pieces))


def piece_of(name: str, data: bytes, digest: str, most: int) -> bytes:
    """The bytes of the piece of that SHA-256. Raises `UnreadablePaper` (`broken-file`) when it is not there."""
    found = (piece.data for piece in unpack(name, data, most).pieces if sha256(piece.data).hexdigest() == digest)
    piece = next(found, None)
    if piece is None:
        raise refusal("broken-file")
    return piece


class _Taking:
    """One container being taken apart."""

    def __init__(self, most: int) -> None:
        self.mails: list[Mail] = []
        self.pieces: list[Piece] = []
        self._purse = Purse(most)
        self._names = Names()

    def open(  # noqa: PLR0913 - what it is, and where it lies
        self, kind: Container, name: str, data: bytes, *, within: str = "", depth: int = 1, zipped: bool = False
    ) -> None:
        """Take everything out of one container that lies at `within`."""
        if depth > MAX_DEPTH:
            raise refusal("too-big", what=f"mails and archives within each other, more than {MAX_DEPTH} deep")
        match kind:
            case Container.MAIL:
                self._take(mime.read(data), within, depth, zipped=zipped)
            case Container.MAILBOX:
                for number, mail in enumerate(mailbox.mails(data), start=1):
                    self._purse.pay(0)
                    self._take(mime.read(mail), f"{within}mail {number}/", depth, zipped=zipped)
            case Container.OUTLOOK:
                self._take(outlook.read(name, data), within, depth, zipped=zipped)
            case Container.TNEF:
                self._take(tnef.read(data), within, depth, zipped=zipped)
            case Container.ZIP:
                inside = archive.read(name, data, lambda: self._purse.bytes_left)
                if zipped:
                    raise refusal("not-a-paper", what="an archive in an archive")
                self._take(inside, within, depth, zipped=True)

    def _take(self, inside: Inside, within: str, depth: int, *, zipped: bool) -> None:
        if depth > MAX_DEPTH:
            raise refusal("too-big", what=f"mails and archives within each other, more than {MAX_DEPTH} deep")
        if inside.mail is not None:
            self.mails.append(replace(inside.mail, path=within.rstrip("/")))
        for thing in inside.things:
            self._put(thing, within, depth, zipped=zipped)

    def _put(self, thing: Thing, within: str, depth: int, *, zipped: bool) -> None:
        path = self._names.give(within, thing.name)
        if isinstance(thing.data, Inside):
            self._purse.pay(0)
            self._take(thing.data, f"{path}/", depth + 1, zipped=zipped)
            return
        self._purse.pay(len(thing.data))
        refused = thing.refused
        if sealed(path, thing.media):
            refused = refusal("not-a-paper", what="a mail sealed by S/MIME; an ordinary mail can be read")
        kind = None if refused else container(path, thing.data)
        if kind is not None:
            refused = self._opened(kind, path, thing.data, depth + 1, zipped=zipped)
            if refused is None:
                return
        self.pieces.append(
            Piece(
                path=path,
                data=thing.data,
                inline=thing.inline,
                trifle=trifle(path, thing.media, len(thing.data)),
                refused=refused,
            )
        )

    def _opened(self, kind: Container, path: str, data: bytes, depth: int, *, zipped: bool) -> UnreadablePaper | None:
        """Take everything out of a container within this one; why not, where that cannot be done."""
        try:
            with _guarded():
                self.open(kind, path, data, within=f"{path}/", depth=depth, zipped=zipped)
        except UnreadablePaper as why:
            if why.code == "too-big":
                raise  # who sends a bomb, or more than fits, is not read in part
            return why
        return None


@contextmanager
def _guarded() -> Iterator[None]:
    """Whatever a parser raises on a stranger's bytes becomes a refusal."""
    try:
        yield
    except (UnreadablePaper, MemoryError):
        raise
    except RecursionError:
        raise refusal("too-big", what="parts within parts, deeper than a mail has") from None
    except Exception as fault:  # a stranger raises whatever it likes
        raise refusal("broken-file") from fault
