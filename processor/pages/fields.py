"""What a node of the field tree says of its field, its parents' words included.

A widget may be a field itself or one of several kids of a field; type, flags, value, options and length
may stand on any ancestor (ISO 32000-1, 12.7.3.1). A stranger's tree may loop: each node is visited once.
"""

from __future__ import annotations

from typing import NamedTuple, TypeGuard

import pikepdf

from processor.pages.limits import MAX_DEPTH
from processor.pages.text import plain

Node = pikepdf.Object
Key = tuple[int, int]


class Field(NamedTuple):
    """One node's field, inheritance done. `kind` is `/Tx`, `/Btn`, `/Ch`, `/Sig` or empty."""

    name: str = ""
    label: str = ""
    kind: str = ""
    flags: int = 0
    length: int = 0
    value: object = None
    chosen: object = None
    """`/I`: the numbers of the chosen options."""
    rich: object = None
    options: object = None
    owner: object = None
    """The node that carries `/Opt`, whose kids the options are counted by."""

    def flag(self, bit: int) -> bool:
        """Whether a flag is set; bits count from 1, as in the standard."""
        return bool(self.flags >> (bit - 1) & 1)


class Fields:
    """The fields of one file, each node worked out once."""

    def __init__(self) -> None:
        self._known: dict[Key, Field] = {}
        self._places: dict[Key, dict[Key, int]] = {}

    def of(self, node: Node, depth: int = 0) -> Field:
        """The field that a node belongs to. A loop or a tree too deep ends where it is noticed."""
        key = node.objgen
        if key != (0, 0) and key in self._known:
            return self._known[key]
        self._known[key] = Field()
        parent = node.get("/Parent")
        above = self.of(parent, depth + 1) if is_dictionary(parent) and depth < MAX_DEPTH else Field()
        found = _own(node, above)
        self._known[key] = found
        return found

    def place(self, owner: Node, node: Node) -> int:
        """Which of its parent's kids a node is, from 0; a node without siblings is the first."""
        places = self._places.get(owner.objgen)
        if places is None:
            kids = [k for k in array(owner.get("/Kids")) if is_dictionary(k)]
            places = {kid.objgen: place for place, kid in reversed(list(enumerate(kids)))}
            self._places[owner.objgen] = places
        return places.get(node.objgen, 0)


def _own(node: Node, above: Field) -> Field:
    """The parent's words with the node's own put over them."""
    keys = node.keys()
    part = plain(node["/T"]) if "/T" in keys else ""
    return Field(
        name=".".join(filter(None, (above.name, part))),
        label=plain(node["/TU"]) if "/TU" in keys else above.label,
        kind=_name(node["/FT"]) if "/FT" in keys else above.kind,
        flags=whole(node["/Ff"]) if "/Ff" in keys else above.flags,
        length=whole(node["/MaxLen"]) if "/MaxLen" in keys else above.length,
        value=node["/V"] if "/V" in keys else above.value,
        chosen=node["/I"] if "/I" in keys else above.chosen,
        rich=node["/RV"] if "/RV" in keys else above.rich,
        options=node["/Opt"] if "/Opt" in keys else above.options,
        owner=node if "/Opt" in keys else above.owner,
    )


def is_dictionary(value: object) -> TypeGuard[pikepdf.Dictionary]:
    """Whether something read from a file is a dictionary, as it should be."""
    return isinstance(value, pikepdf.Dictionary)


def array(value: object) -> list[Node]:
    """The items of an array; none where the file has something else."""
    return list(value) if isinstance(value, pikepdf.Array) else []


def true(value: object) -> bool:
    """Whether the file says yes, in so many words."""
    return value is True


def whole(value: object) -> int:
    """A whole number; 0 where the file has something else."""
    try:
        return int(value)  # type: ignore[call-overload, no-any-return]
    except (TypeError, ValueError, OverflowError):
        return 0


def numbers(value: object, count: int) -> tuple[float, ...]:
    """So many numbers of an array; empty where the file has something else."""
    items = array(value)
    try:
        found = tuple(float(item) for item in items)
    except (TypeError, ValueError, OverflowError):
        return ()
    return found if len(found) == count and all(abs(n) < 1e7 for n in found) else ()


def _name(value: object) -> str:
    return "/" + plain(value) if isinstance(value, pikepdf.Name) else ""
