"""A risk-limiting check: how many decisions a person must read again before we may say how few are wrong.

The decisions lie in an order that only the seed decides, and are read from its beginning. Let at least W of N decisions
be wrong, W being the share that is to be ruled out. The chance that k or fewer of the first n are among them is
hypergeometric, and falls as n grows; n is the least with which it is at most the risk. After each decision that was
found wrong the sample widens, and that look has half the risk of the look before, so that all looks together stay
within the risk (Boole's inequality). Everything is whole numbers, so nothing is rounded.
"""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256
from math import ceil, comb
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

RISK = Fraction(5, 100)
"""The chance with which we may say so wrongly: 95 % confidence."""
METHOD = (
    "Exact hypergeometric test of a random sample without replacement; the risk of 5 % is shared by halves over the "
    "widenings. After M. Lindeman and P. B. Stark, A Gentle Introduction to Risk-Limiting Audits, "
    "IEEE Security & Privacy 10(5), 2012."
)


class Decision(NamedTuple):
    """One answer that the program gave by itself."""

    case: str
    requirement: str
    day: date
    answer: str
    """`met` or `not met`."""


class Found(NamedTuple):
    """What the reading has come to."""

    population: int
    needed: int
    """So many must be read in all before anything may be said."""
    read: int
    """Of these."""
    wrong: int
    """Of those that were read."""
    holds: bool
    """Whether it may be said that fewer than the share are wrong."""

    @property
    def left(self) -> int:
        """So many are still to be read."""
        return self.needed - self.read


def ordered(decisions: Iterable[Decision], seed: str) -> tuple[Decision, ...]:
    """The decisions in the order in which they are read: by the SHA-256 of seed, case and requirement."""
    return tuple(sorted(decisions, key=lambda d: sha256(f"{seed}:{d.case}:{d.requirement}".encode()).digest()))


def needed(population: int, share: Fraction, wrong: int) -> int:
    """How many must be read when so many of them were wrong; all, where fewer cannot show it.

    Args:
        population: of decisions.
        share: that is to be ruled out, above 0.
        wrong: found so far.

    >>> needed(10_000, Fraction(1, 100), 0), needed(10_000, Fraction(1, 100), 1)
    (361, 619)
    """
    limit, risk = ceil(share * population), RISK / 2 ** (wrong + 1)
    low, high = 0, population
    while low < high:
        middle = (low + high) // 2
        if _chance(population, limit, middle, wrong) <= risk:
            high = middle
        else:
            low = middle + 1
    return low


def found(agrees: Sequence[bool | None], share: Fraction) -> Found:
    """What may be said.

    Args:
        agrees: of each decision in its order whether the person who read it again agreed; nothing while unread.
        share: that is to be ruled out.
    """
    population, wrong = len(agrees), 0
    while True:
        first = agrees[: needed(population, share, wrong)]
        seen = sum(one is False for one in first)
        if seen <= wrong:
            break
        wrong = seen
    read = sum(one is not None for one in first)
    few = seen < share * population if len(first) == population else True
    return Found(population, len(first), read, seen, bool(population) and read == len(first) and few)


def _chance(population: int, limit: int, drawn: int, wrong: int) -> Fraction:
    """That at most so many of those drawn are wrong, when `limit` of all are."""
    ways = (comb(limit, i) * comb(population - limit, drawn - i) for i in range(min(wrong, drawn) + 1))
    return Fraction(sum(ways), comb(population, drawn))
