"""What a rule declares of itself, so that the loader can hold a rulebook to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from processor.rulebook.edition import Asked
    from processor.rulebook.outcome import Outcome
    from processor.rulebook.sheets import File


class Shape(NamedTuple):
    """What a value must be: in words, and as a test."""

    says: str
    fits: Callable[[Any], bool]


WHOLE = Shape("a whole number", lambda v: type(v) is int and v >= 0)
FLAG = Shape("true or false", lambda v: type(v) is bool)
TEXT = Shape("a text", lambda v: isinstance(v, str) and bool(v.strip()))
TEXTS = Shape("a list of texts", lambda v: isinstance(v, list) and all(map(TEXT.fits, v)))
WHOLES = Shape("a list of whole numbers", lambda v: isinstance(v, list) and all(map(WHOLE.fits, v)))


def one_of(*choices: str) -> Shape:
    """One of these texts."""
    return Shape(" or ".join(f"“{c}”" for c in choices), lambda v: v in choices)


def rows(needed: Mapping[str, Shape], allowed: Mapping[str, Shape] | None = None) -> Shape:
    """A list of tables, each with the needed keys and perhaps the allowed ones."""
    every = {**needed, **(allowed or {})}

    def row(value: object) -> bool:
        return (
            isinstance(value, dict)
            and needed.keys() <= value.keys() <= every.keys()
            and all(every[key].fits(v) for key, v in value.items())
        )

    says = f"a list of tables with {', '.join(needed)}" + (f" and perhaps {', '.join(allowed)}" if allowed else "")
    return Shape(says, lambda v: isinstance(v, list) and bool(v) and all(map(row, v)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule that a requirement can name: its function, the values it asks for, and the words it says."""

    judge: Callable[[File, Asked], Outcome]
    values: Mapping[str, Shape] = field(default_factory=dict)
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For each kind of shortfall, the names that its words may use."""


def words(*kinds: str) -> dict[str, frozenset[str]]:
    """The kinds of shortfall, each written as `kind: name name`."""
    pairs = (kind.partition(":") for kind in kinds)
    return {kind.strip(): frozenset(names.split()) for kind, _, names in pairs}
