"""Writes a compound file ([MS-CFB], version 3): what Outlook and the old Word and Excel keep their streams in."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from typing import TypeAlias

Tree: TypeAlias = Mapping[str, "bytes | Tree"]
"""Storages and the streams in them, by name."""

_END, _FREE, _TABLE, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
_SMALL = 4096
"""Bytes under which a stream lies among the small ones."""
_STREAM, _STORAGE, _ROOT = 2, 1, 5


@dataclass
class _Sectors:
    """Bytes cut into sectors, and which sector follows which."""

    size: int
    data: bytearray = field(default_factory=bytearray)
    follows: list[int] = field(default_factory=list)

    def chain(self, data: bytes) -> int:
        """Put bytes in; the first sector."""
        first, count = len(self.follows), -(-len(data) // self.size)
        self.data += data.ljust(count * self.size, b"\0")
        self.follows += [first + n + 1 if n + 1 < count else _END for n in range(count)]
        return first if count else _END


@dataclass
class _Entry:
    name: str
    kind: int
    right: int = _NONE
    child: int = _NONE
    first: int = _END
    size: int = 0

    def packed(self) -> bytes:
        name, kind, right, child, first, size = astuple(self)
        text = name.encode("utf-16-le") + b"\0\0"
        return struct.pack(
            "<64sHBBIII16sIQQIQ", text, len(text), kind, 1, _NONE, right, child, b"", 0, 0, 0, first, size
        )


def cfb(tree: Tree) -> bytes:
    """The file with these storages and streams."""
    large, little, entries = _Sectors(512), _Sectors(64), [_Entry("Root Entry", _ROOT)]
    _fill(entries, 0, tree, large, little)
    entries[0].first, entries[0].size = large.chain(bytes(little.data)), len(little.data)
    directory = large.chain(b"".join(entry.packed() for entry in entries))
    of_little = large.chain(struct.pack(f"<{len(little.follows)}I", *little.follows))
    tables = 1
    while len(large.follows) + tables > tables * 128:
        tables += 1
    first = len(large.follows)
    table = [*large.follows, *[_TABLE] * tables]
    table += [_FREE] * (tables * 128 - len(table))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, directory, 0, _SMALL,
        of_little, -(-len(little.follows) // 128), _END, 0, first,
    )  # fmt: skip
    header += b"".join(struct.pack("<I", first + n) for n in range(1, tables))
    return header.ljust(512, b"\xff") + bytes(large.data) + struct.pack(f"<{len(table)}I", *table)


def _fill(entries: list[_Entry], parent: int, tree: Tree, large: _Sectors, little: _Sectors) -> None:
    """Add what lies in a storage, each the right neighbour of the one before."""
    before = 0
    for name, content in tree.items():
        place = len(entries)
        entries.append(_Entry(name, _STREAM if isinstance(content, bytes) else _STORAGE))
        if before:
            entries[before].right = place
        else:
            entries[parent].child = place
        before = place
        if isinstance(content, bytes):
            where = large if len(content) >= _SMALL else little
            entries[place].first, entries[place].size = where.chain(content), len(content)
        else:
            _fill(entries, place, content, large, little)
