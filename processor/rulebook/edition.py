"""A program's requirements through time, and the edition in force on a day.

Nothing here can be asked without a day: `Rulebook.on(day)` is the only way in.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from processor.model import Shortfall

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from processor.model import Evidence

ASKED = "asked"
"""The dated value of every requirement that says from which day it is asked, and where that stands."""


class Effect(StrEnum):
    """What a finding does to what rests on the paper."""

    BLOCKS = "blocks"
    """Nobody can tell until a person has looked."""
    FAILS = "fails"
    """The paper is not acceptable; the employer is told why."""
    INFORMS = "informs"
    """Staff see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What an employer is told of one kind of shortfall. `{names}` are filled in, as data."""

    looked_for: str
    found: str
    why: str
    to_do: str

    def shortfall(self, evidence: Iterable[Evidence] = (), **values: object) -> Shortfall:
        """The item of a letter."""
        return Shortfall(
            looked_for=self.looked_for.format_map(values),
            found=self.found.format_map(values),
            why=self.why.format_map(values),
            to_do=self.to_do.format_map(values),
            evidence=tuple(evidence),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """One value, the day from which it holds, and where it stands."""

    since: date
    value: Any
    """A number, text, true or false, a tuple of texts, or a tuple of mappings; as the rule declares it."""
    reference: str
    assumed: bool = False
    """The source does not say so; it is our assumption, and staff are shown that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One requirement as it is asked on a day."""

    id: str
    title: str
    rule: str
    asks: str
    values: Mapping[str, Dated]
    words: Mapping[str, Words]

    @property
    def reference(self) -> str:
        """Where the requirement stands."""
        return self.values[ASKED].reference

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - the loader held it to what the rule declares
        """The value in force."""
        return self.values[name].value

    @property
    def assumptions(self) -> tuple[str, ...]:
        """A sentence for each value in force that is assumed."""
        return tuple(
            f"Assumed: {name.replace('_', ' ')} ({dated.reference})."
            for name, dated in self.values.items()
            if dated.assumed
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """All that a program asks on a day, in the order that matters to the employer."""

    program: str
    title: str
    version: str
    day: date
    requirements: tuple[Asked, ...]
    effects: Mapping[str, Effect]
    words: Mapping[str, Words]
    """For each finding that fails a paper, and for a box that nobody could read, what the employer is told."""

    def effect(self, code: str) -> Effect:
        """What a finding does; one that the rulebook does not know asks a person."""
        return self.effects.get(code, Effect.BLOCKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One thing the program asks, with its whole history."""

    id: str
    title: str
    rule: str
    asks: str
    history: Mapping[str, tuple[Dated, ...]]
    """For each value, its entries by day."""
    words: Mapping[str, Words]

    def on(self, day: date) -> Asked | None:
        """The requirement on a day; nothing when it is not asked then."""
        values = in_force(self.history, day)
        if ASKED not in values or values[ASKED].value is not True:
            return None
        return Asked(id=self.id, title=self.title, rule=self.rule, asks=self.asks, values=values, words=self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """One program's requirements and what findings do in it."""

    program: str
    title: str
    version: str
    requirements: tuple[Requirement, ...]
    effects: Mapping[str, Effect]
    words: Mapping[str, Words]
    standing: Mapping[str, tuple[Dated, ...]]
    """The terms of a certification's life, each by day."""
    rebate: Mapping[str, tuple[Dated, ...]]
    """The terms of the rebate, each by day; none where the program qualifies for none."""

    def on(self, day: date) -> Edition:
        """What the program asks on a day."""
        asked = (requirement.on(day) for requirement in self.requirements)
        return Edition(
            program=self.program,
            title=self.title,
            version=self.version,
            day=day,
            requirements=tuple(a for a in asked if a is not None),
            effects=self.effects,
            words=self.words,
        )


def in_force(history: Mapping[str, tuple[Dated, ...]], day: date) -> dict[str, Dated]:
    """Of each value the entry that holds on a day; nothing for one that holds only later."""
    values = {name: _in_force(entries, day) for name, entries in history.items()}
    return {name: dated for name, dated in values.items() if dated is not None}


def _in_force(entries: tuple[Dated, ...], day: date) -> Dated | None:
    return next((entry for entry in reversed(entries) if entry.since <= day), None)
