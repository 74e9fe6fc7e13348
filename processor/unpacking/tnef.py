"""`winmail.dat`: what Outlook sends in place of attachments ([MS-OXTNEF]): a row of attributes, each with its length.

A damaged end ends it: what stood before is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from processor.findings import refusal
from processor.unpacking import mapi
from processor.unpacking.names import file_name
from processor.unpacking.pieces import Inside, Thing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processor.model import Mail

_SUBJECT, _PROPERTIES = 0x8004, 0x9003
_NEXT, _TITLE, _DATA, _OF_ATTACHMENT = 0x9002, 0x8010, 0x800F, 0x9005
_MANY = 0x1000
"""The bit of a property's type that says that it has several values."""
_SIZES = {2: 2, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
"""Bytes of a value by its type; a truth takes four here."""
_MOST = 5_000
"""Properties of one attribute."""


class _Attribute(NamedTuple):
    number: int
    data: bytes


def read(data: bytes) -> Inside:
    """What a `winmail.dat` holds. Raises `UnreadablePaper` (`broken-file`) when not one attribute can be read."""
    attributes = list(_attributes(data))
    if not attributes:
        raise refusal("broken-file")
    return Inside(mail=_mail(attributes), things=_things(attributes))


def _attributes(data: bytes) -> Iterator[_Attribute]:
    place = 6  # a signature and a key
    while place + 9 <= len(data):
        number = int.from_bytes(data[place + 1 : place + 3], "little")
        size = int.from_bytes(data[place + 5 : place + 9], "little")
        place += 9
        if place + size > len(data):
            return
        yield _Attribute(number, data[place : place + size])
        place += size + 2  # a checksum, which some writers get wrong


def _mail(attributes: list[_Attribute]) -> Mail:
    known: dict[int, bytes | str] = {}
    for number, data in attributes:
        if number == _SUBJECT:
            known[mapi.SUBJECT] = mapi.text_of(mapi.TEXT8, data)
        elif number == _PROPERTIES:
            known |= _properties(data)
    return mapi.mail_of(known)


def _things(attributes: list[_Attribute]) -> Iterator[Thing]:
    """The attachments, each of which begins with an attribute of its own."""
    groups: list[dict[int, bytes]] = []
    for number, data in attributes:
        if number == _NEXT:
            groups.append({})
        elif groups and number in (_TITLE, _DATA, _OF_ATTACHMENT):
            groups[-1].setdefault(number, data)
    for group in groups:
        known = _properties(group.get(_OF_ATTACHMENT, b""))
        name = mapi.name_of(known) or file_name(mapi.text_of(mapi.TEXT8, group.get(_TITLE, b"")))
        object_ = known.get(mapi.DATA)
        if _DATA in group:
            yield Thing(name=name, data=group[_DATA], media=mapi.media_of(known), inline=mapi.inline(known))
        elif isinstance(object_, bytes) and len(object_) > _GUID:
            yield Thing(name=name or "mail.dat", data=object_[_GUID:])
        else:
            yield Thing(name=name, data=b"", refused=refusal("broken-file"))


_GUID = 16
"""Bytes before an object that say what it is; a mail within is a `winmail.dat` of its own."""


def _properties(data: bytes) -> dict[int, bytes | str]:
    """The properties of an attribute; those before the first that cannot be read."""
    known: dict[int, bytes | str] = {}
    reader = _Reader(data)
    try:
        for _ in range(min(reader.number(), _MOST)):
            kind, number = reader.number(2), reader.number(2)
            if number >= 0x8000:
                _skip_name(reader)
            value = _value(reader, kind)
            known[number] = mapi.text_of(kind, value) if kind in (mapi.TEXT8, mapi.TEXT16) else value
    except EOFError:
        pass
    return known


def _skip_name(reader: _Reader) -> None:
    """A property with a name of its own says it before its value."""
    reader.take(_GUID)
    if reader.number():
        reader.padded(reader.number())
    else:
        reader.number()


def _value(reader: _Reader, kind: int) -> bytes:
    plain = kind & ~_MANY
    several = kind & _MANY or plain not in _SIZES
    first = b""
    for place in range(min(reader.number(), _MOST) if several else 1):
        value = reader.take(_SIZES[plain]) if plain in _SIZES else reader.padded(reader.number())
        first = first if place else value
    if plain in _SIZES and _SIZES[plain] == 2:
        reader.take(2)
    return first


class _Reader:
    """Takes bytes from the front. Raises `EOFError` when there are too few."""

    def __init__(self, data: bytes) -> None:
        self._data, self._place = data, 0

    def take(self, size: int) -> bytes:
        """So many bytes."""
        end = self._place + size
        if end > len(self._data):
            raise EOFError
        taken, self._place = self._data[self._place : end], end
        return taken

    def number(self, size: int = 4) -> int:
        """A whole number of so many bytes."""
        return int.from_bytes(self.take(size), "little")

    def padded(self, size: int) -> bytes:
        """So many bytes, and what fills them up to a multiple of four."""
        taken = self.take(size)
        self.take(-size % 4)
        return taken
