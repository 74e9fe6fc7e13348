"""A zip file: what lies in it, each entry counted while it is unpacked, so that no bomb goes off."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from typing import TYPE_CHECKING

from processor.findings import refusal
from processor.unpacking.kinds import office_file
from processor.unpacking.limits import MAX_PIECES, MAX_RATIO, SMALL
from processor.unpacking.names import way
from processor.unpacking.pieces import Inside, Thing, too_much

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LOCKED = 1
"""The bit of an entry's flags that says that it is encrypted."""
_AT_ONCE = 1 << 16
_DAMAGE = (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError)


def read(name: str, data: bytes, left: Callable[[], int]) -> Inside:
    """What lies in a zip file; `left` tells how many bytes may still be unpacked.

    Raises `UnreadablePaper`: `not-a-paper` for a Word or Excel file, `broken-file`, `too-big`.
    """
    try:
        file = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE:
        raise _no_archive(name) or refusal("broken-file") from None
    entries = [entry for entry in file.infolist() if not entry.is_dir()]
    inside = tuple(entry.filename for entry in entries)
    if "[Content_Types].xml" in inside or "mimetype" in inside:
        raise _no_archive(name, inside) or refusal("not-a-paper", what="a Word, Excel or similar file")
    if len(entries) > MAX_PIECES:
        raise refusal("too-big", what=f"{len(entries):,} files in it, unpacked are up to {MAX_PIECES}")
    return Inside(things=_things(file, entries, left))


def _no_archive(name: str, inside: tuple[str, ...] = ()) -> Exception | None:
    what = office_file(name, inside)
    return refusal("not-a-paper", what=what) if what else None


def _things(file: zipfile.ZipFile, entries: list[zipfile.ZipInfo], left: Callable[[], int]) -> Iterator[Thing]:
    for entry in entries:
        name = way(entry.filename)
        if entry.flag_bits & _LOCKED:
            yield Thing(name=name, data=b"", refused=refusal("locked-file"))
            continue
        try:
            data = _unpacked(file, entry, left())
        except (*_DAMAGE, RuntimeError, zlib.error, lzma.LZMAError):
            yield Thing(name=name, data=b"", refused=refusal("broken-file"))
        else:
            yield Thing(name=name, data=data)


def _unpacked(file: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """The bytes of one entry, whatever size it states. Raises `UnreadablePaper` (`too-big`) as soon as it is."""
    out = io.BytesIO()
    most = min(left, max(SMALL, MAX_RATIO * entry.compress_size))
    with file.open(entry) as packed:
        while part := packed.read(_AT_ONCE):
            out.write(part)
            if out.tell() > most:
                raise too_much()
    return out.getvalue()
