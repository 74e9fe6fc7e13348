"""A mail as Outlook saves it (.msg): a file system in a file ([MS-CFB]), a stream a property ([MS-OXMSG])."""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING

import olefile

from processor.findings import refusal
from processor.unpacking import mapi
from processor.unpacking.kinds import office_file
from processor.unpacking.limits import MAX_MIME
from processor.unpacking.pieces import Inside, Thing

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIXED = "__properties_version1.0"
_STREAM = re.compile(r"__substg1\.0_([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})")
_ATTACHED = "__attach_version1.0_#"
_EMBEDDED = "__substg1.0_3701000D"
_ROOT, _WITHIN, _ATTACHMENT = 32, 24, 8
"""Bytes before the fixed properties: of the file, of a mail within, of an attachment."""
Way = tuple[str, ...]
"""A stream's or a storage's name, those of the storages around it before."""


def read(name: str, data: bytes) -> Inside:
    """The mail in an Outlook file. Raises `UnreadablePaper`: `not-a-paper` for a Word or Excel file, `broken-file`."""
    logging.getLogger("olefile").setLevel(logging.CRITICAL + 1)
    file = _File(data)
    if (_FIXED,) not in file.ways:
        what = office_file(name, tuple(way[0] for way in file.ways)) or "an old Word, Excel or Outlook file"
        raise refusal("not-a-paper", what=what)
    return _mail(file, (), _ROOT)


class _File:
    """The storages and streams of an Outlook file."""

    def __init__(self, data: bytes) -> None:
        self._most = len(data)
        self._file = olefile.OleFileIO(io.BytesIO(data))
        self._checked(self._file.root.size)  # where the small streams lie
        self.ways = [tuple(way) for way in self._file.listdir(streams=True, storages=True)]

    def within(self, at: Way) -> Iterator[Way]:
        """What lies in a storage."""
        return (way for way in self.ways if len(way) == len(at) + 1 and way[: len(at)] == at)

    def stream(self, way: Way) -> bytes:
        """The bytes of a stream; none for a storage. One that states more than the file has goes round in circles."""
        if self._file.get_type(list(way)) != olefile.STGTY_STREAM:
            return b""
        self._checked(self._file.get_size(list(way)))
        content: bytes = self._file.openstream(list(way)).read()
        return content

    def _checked(self, size: int) -> None:
        if size > self._most:
            raise refusal("broken-file")


def _mail(file: _File, at: Way, head: int) -> Inside:
    return Inside(mail=mapi.mail_of(_known(file, at, head)), things=_things(file, at))


def _things(file: _File, at: Way) -> Iterator[Thing]:
    if len(at) > MAX_MIME:
        raise refusal("too-big", what="mails within mails, deeper than anybody forwards them")
    for way in sorted(way for way in file.within(at) if way[-1].startswith(_ATTACHED)):
        known = _known(file, way, _ATTACHMENT)
        name, embedded = mapi.name_of(known), (*way, _EMBEDDED)
        data = known.get(mapi.DATA)
        if (*embedded, _FIXED) in file.ways:
            yield Thing(name=name or "mail.msg", data=_mail(file, embedded, _WITHIN))
        elif isinstance(data, bytes):
            yield Thing(name=name, data=data, media=mapi.media_of(known), inline=mapi.inline(known))
        elif embedded in file.ways:
            yield Thing(name=name, data=b"", refused=refusal("not-a-paper", what="an object drawn into the mail"))
        else:
            yield Thing(name=name, data=b"", refused=refusal("not-a-paper", what="only a link to a file elsewhere"))


def _known(file: _File, at: Way, head: int) -> dict[int, bytes | str]:
    """The properties of a mail or an attachment: the fixed ones from one stream, the others from one each."""
    known: dict[int, bytes | str] = {}
    for way in file.within(at):
        if way[-1] == _FIXED:
            known |= _fixed(file.stream(way), head)
        elif named := _STREAM.fullmatch(way[-1]):
            number, kind = int(named[1], 16), int(named[2], 16)
            if kind in (mapi.TEXT8, mapi.TEXT16):
                known[number] = mapi.text_of(kind, file.stream(way))
            elif kind == mapi.BINARY and number in (mapi.DATA, mapi.HTML):
                known[number] = file.stream(way)
    return known


def _fixed(data: bytes, head: int) -> dict[int, bytes | str]:
    """The properties of a fixed size: eight bytes each, behind a type, a number and flags."""
    known: dict[int, bytes | str] = {}
    for place in range(head, len(data) - 15, 16):
        kind, number = (int.from_bytes(data[place + n : place + n + 2], "little") for n in (0, 2))
        if kind not in (mapi.TEXT8, mapi.TEXT16, mapi.BINARY, mapi.OBJECT):
            known[number] = data[place + 8 : place + 16]
    return known
