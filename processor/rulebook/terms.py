"""The terms of a certification's life: how long, by when, how far ahead; dated data like all that a program asks."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from processor.casework.clock import DEADLINES
from processor.rulebook.edition import in_force
from processor.rulebook.shapes import FLAG, WHOLE, Shape, one_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from processor.rulebook.edition import Rulebook

POSITIVE = Shape("a whole number above zero", lambda v: type(v) is int and v > 0)
LAPSES = ("a person decides", "by itself")
"""What happens at the end of the days of grace."""

TERMS: Mapping[str, Shape] = MappingProxyType({
    "registration_months": POSITIVE,
    "cycle_years": POSITIVE,
    "yearly": FLAG,
    "deadline": one_of(*DEADLINES),
    "earliest_months": WHOLE,
    "notice_days": WHOLE,
    "grace_days": WHOLE,
    "lapse": one_of(*LAPSES),
    "pauses": FLAG,
})  # fmt: skip
"""What `[standing]` of a rulebook says."""

REBATE: Mapping[str, Shape] = MappingProxyType({
    "percent": WHOLE,
    "least_cents": WHOLE,
    "most_percent": WHOLE,
    "offered": FLAG,
})  # fmt: skip
"""What `[rebate]` of a rulebook says, where the program qualifies for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for a certification on a day."""

    registration_months: int
    """So many months after registering the employer must be certified."""
    cycle_years: int
    """So many years a certificate is valid."""
    yearly: bool
    """Whether each year after the first needs a letter of good standing."""
    deadline: str
    """How the last day of a year is found, a key of `DEADLINES`."""
    earliest_months: int
    """Papers of the next year count from so many months after the last answer."""
    notice_days: int
    """So many days before the deadline the case stands as due."""
    grace_days: int
    """So many days after the deadline the certification lapses, or a person is asked."""
    lapse: str
    """One of `LAPSES`."""
    pauses: bool
    """Whether the clock stands still while the partner works."""

    @property
    def lapses_by_itself(self) -> bool:
        """Whether nobody need decide."""
        return self.lapse == LAPSES[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class RebateTerms:
    """What a rebate comes to."""

    percent: int
    least_cents: int
    most_percent: int
    offered: bool
    reference: str


def terms_on(book: Rulebook, day: date) -> Terms:
    """The terms in force on a day."""
    dated = in_force(book.standing, day)
    values: dict[str, Any] = {name: dated[name].value for name in TERMS}
    return Terms(**values)


def rebate_on(book: Rulebook, day: date) -> RebateTerms | None:
    """The rebate that is offered on a day; nothing where there is none."""
    dated = in_force(book.rebate, day)
    if not dated or not dated["offered"].value:
        return None
    values: dict[str, Any] = {name: dated[name].value for name in REBATE}
    return RebateTerms(**values, reference=dated["percent"].reference)
