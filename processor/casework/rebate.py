"""The prevention rebate in cents, exact: a share of the premium, at least so much, at most another share."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from processor.rulebook.terms import RebateTerms


def rebate(premium: int, terms: RebateTerms) -> int:
    """What the rebate of a premium comes to. Both in cents; a half is rounded up, once, at the end.

    Args:
        premium: of a year, not below zero.
        terms: those in force.
    """
    share, most = Fraction(premium * terms.percent, 100), Fraction(premium * terms.most_percent, 100)
    return int(min(max(share, Fraction(terms.least_cents)), most) + Fraction(1, 2))


def dollars(cents: int) -> str:
    """As a letter writes it.

    >>> dollars(300015)
    '$3,000.15'
    """
    return f"${cents // 100:,}.{cents % 100:02}"
