"""Names that are nearly a name: those that stand next to it in the alphabet, read forwards and backwards.

So many are looked at and no more, however long the register is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEAR = 12
"""So many neighbours of a name are looked at on each side."""
_ALIKE = 4
"""A neighbour begins, or ends, with the same letters, so many at least."""


def neighbours(table: str, wanted: str, name: str) -> Iterator[tuple[str, tuple[object, ...]]]:
    """The questions, as SQL and its values, that find the `wanted` column of a name's neighbours, itself among them.

    The table has the names in `key` and the same written backwards in `backwards`, an index on each.
    """
    for column, text in (("key", name), ("backwards", name[::-1])):
        alike = text[:_ALIKE]
        after = f"SELECT {wanted} FROM {table} WHERE {column} >= ? AND {column} < ? ORDER BY {column}"
        yield f"{after} LIMIT {_NEAR}", (text, f"{alike}\U0010ffff")
        yield f"{after} DESC LIMIT {_NEAR}", (alike, text)


def turns(person: str) -> tuple[str, ...]:
    """A person's key in both orders, so that a slip in either name leaves the other to stand in the alphabet by."""
    return tuple(dict.fromkeys((person, " ".join(reversed(person.split())))))
