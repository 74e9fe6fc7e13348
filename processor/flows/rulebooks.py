"""What the rulebooks say on a day, value by value, each with its day, its reference, and whether it is assumed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from processor.flows.house import built_in_rulebooks, read_rulebook, read_rulebooks, rulebook_name
from processor.rulebook.edition import in_force

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from processor.rulebook.book import Rulebook
    from processor.rulebook.edition import Dated
    from processor.settings import Settings


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

    name: str
    """What `show` calls it: the program, and of a later edition that too."""
    program: str
    title: str
    version: str
    requirements: int
    assumed: int
    """Of the values in force on the day."""
    used: bool
    """Whether the office decides by it."""


def about(rules: Rulebook, day: date, name: str = "", *, used: bool = False) -> About:
    """A rulebook on a day."""
    found = list(values(rules, day))
    assumed = sum(value.assumed for value in found)
    asked = len(rules.on(day).requirements)
    return About(name or rules.program, rules.program, rules.title, rules.version, asked, assumed, used)


def known(settings: Settings) -> dict[str, tuple[Rulebook, bool]]:
    """By name every rulebook: the office's and the built-in ones, each with whether the office decides by it.

    Raises `SetupBroken` when one cannot be used.
    """
    own = {rulebook_name(name, program): name for name, program in settings.programs.items()}
    used = read_rulebooks(settings)
    found = {name: (read_rulebook(path), False) for name, path in built_in_rulebooks().items()}
    found |= {name: (used[program], True) for name, program in own.items()}
    return dict(sorted(found.items()))


def values(rules: Rulebook, day: date) -> Iterator[Value]:
    """Every value in force on a day, the requirements first."""
    for asked in rules.on(day).requirements:
        yield from _told(asked.id, asked.values)
    yield from _told("standing", in_force(rules.standing, day))
    yield from _told("rebate", in_force(rules.rebate, day))


def read(name: str) -> Rulebook:
    """A rulebook in a file, or a built-in one by its name. Raises `SetupBroken`, which names what is wrong with it."""
    path = Path(name)
    return read_rulebook(path if path.is_file() else built_in_rulebooks().get(name, path))


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
