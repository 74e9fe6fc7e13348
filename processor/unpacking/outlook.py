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
_HEADS = (32, 24, 8)
"""Bytes before the fixed properties: of the file, of a mail within, of an attachment."""
_ROOT, _WITHIN, _ATTACHMENT = _HEADS


def read(name: str, data: bytes) -> Inside:
    """The mail in an Outlook file. Raises `UnreadablePaper`: `not-a-paper` for a Word or Excel file, `broken-file`."""
    logging.getLogger("olefile").setLevel(logging.CRITICAL + 1)
    file = olefile.OleFileIO(io.BytesIO(data))
    ways = [tuple(way) for way in file.listdir(streams=True, storages=True)]
    if (_FIXED,) not in ways:
        what = office_file(name, tuple(way[0] for way in ways)) or "an old Word, Excel or Outlook file"
        raise refusal("not-a-paper", what=what)
    return _mail(file, ways, (), _ROOT)


def _mail(file: olefile.OleFileIO, ways: list[tuple[str, ...]], at: tuple[str, ...], head: int) -> Inside:
    return Inside(mail=mapi.mail_of(_known(file, ways, at, head)), things=_things(file, ways, at))


def _things(file: olefile.OleFileIO, ways: list[tuple[str, ...]], at: tuple[str, ...]) -> Iterator[Thing]:
    if len(at) > MAX_MIME:
        raise refusal("too-big", what="mails within mails, deeper than anybody forwards them")
    deep = len(at)
    attached = sorted(w for w in ways if len(w) == deep + 1 and w[:deep] == at and w[-1].startswith(_ATTACHED))
    for way in attached:
        known = _known(file, ways, way, _ATTACHMENT)
        name, embedded = mapi.name_of(known), (*way, _EMBEDDED)
        data = known.get(mapi.DATA)
        if (*embedded, _FIXED) in ways:
            yield Thing(name=name or "mail.msg", data=_mail(file, ways, embedded, _WITHIN))
        elif isinstance(data, bytes):
            yield Thing(name=name, data=data, media=mapi.media_of(known), inline=mapi.inline(known))
        elif embedded in ways:
            yield Thing(name=name, data=b"", refused=refusal("not-a-paper", what="an object drawn into the mail"))
        else:
            yield Thing(name=name, data=b"", refused=refusal("not-a-paper", what="only a link to a file elsewhere"))


def _known(
    file: olefile.OleFileIO, ways: list[tuple[str, ...]], at: tuple[str, ...], head: int
) -> dict[int, bytes | str]:
    """The properties of a mail or an attachment: the fixed ones from one stream, the others from one each."""
    known: dict[int, bytes | str] = {}
    deep = len(at)
    if (*at, _FIXED) in ways:
        fixed = file.openstream([*at, _FIXED]).read()
        for place in range(head, len(fixed) - 15, 16):
            kind, number = (int.from_bytes(fixed[place + n : place + n + 2], "little") for n in (0, 2))
            if kind not in (mapi.TEXT8, mapi.TEXT16, mapi.BINARY, mapi.OBJECT):
                known[number] = fixed[place + 8 : place + 16]
    for way in ways:
        named = _STREAM.fullmatch(way[-1]) if len(way) == deep + 1 and way[:deep] == at else None
        if named is None or file.get_type(list(way)) != olefile.STGTY_STREAM:
            continue
        number, kind = int(named[1], 16), int(named[2], 16)
        if kind in (mapi.TEXT8, mapi.TEXT16):
            known[number] = mapi.text_of(kind, file.openstream(list(way)).read())
        elif kind == mapi.BINARY and number in (mapi.DATA, mapi.HTML):
            known[number] = file.openstream(list(way)).read()
    return known
