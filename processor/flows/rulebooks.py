"""What the rulebooks say on a day, value by value, each with its day, its reference, and whether it is assumed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from processor.rulebook import book
from processor.rulebook.edition import in_force

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from processor.rulebook.book import Rulebook
    from processor.rulebook.edition import Dated


class Value(NamedTuple):
    """One value in force."""

    where: str
    """`audits`, or `standing` and `rebate`."""
    name: str
    value: str
    since: date
    assumed: bool
    reference: str


class About(NamedTuple):
    """One rulebook at a glance."""

    program: str
    title: str
    version: str
    requirements: int
    assumed: int
    """Of the values in force on the day."""


def about(rules: Rulebook, day: date) -> About:
    """A rulebook on a day."""
    found = list(values(rules, day))
    assumed = sum(value.assumed for value in found)
    return About(rules.program, rules.title, rules.version, len(rules.on(day).requirements), assumed)


def values(rules: Rulebook, day: date) -> Iterator[Value]:
    """Every value in force on a day, the requirements first."""
    for asked in rules.on(day).requirements:
        yield from _told(asked.id, asked.values)
    yield from _told("standing", in_force(rules.standing, day))
    yield from _told("rebate", in_force(rules.rebate, day))


def read(path: Path) -> Rulebook:
    """A rulebook in a file. Raises `SetupBroken`, which names what is wrong with it."""
    return book.load(path.read_text("utf-8"))


def _told(where: str, dated: Mapping[str, Dated]) -> Iterator[Value]:
    for name, one in dated.items():
        yield Value(where, name, said(one.value), one.since, one.assumed, one.reference)


def said(value: object) -> str:
    """A value as a person reads it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(map(said, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {said(one)}" for name, one in value.items())
    return str(value)
