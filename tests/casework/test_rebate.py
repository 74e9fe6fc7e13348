"""The table of domain.md 4, and both sides of each break point."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.casework.rebate import dollars, rebate
from processor.rulebook.terms import RebateTerms, rebate_on
from tests.rulebook.cases import rulebook

DAY = date(2026, 11, 24)


def terms() -> RebateTerms:
    found = rebate_on(rulebook("csam-secor"), DAY)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("premium", "comes_to"),
    [
        (0, 0),
        (1, 1),
        (800_00, 600_00),
        (1_000_00, 750_00),
        (2_500_00, 1_875_00),
        (3_999_98, 2_999_99),
        (3_999_99, 2_999_99),
        (4_000_00, 3_000_00),
        (4_000_01, 3_000_00),
        (10_000_00, 3_000_00),
        (19_999_99, 3_000_00),
        (20_000_00, 3_000_00),
        (20_000_01, 3_000_00),
        (20_000_04, 3_000_01),
        (20_001_00, 3_000_15),
        (25_000_00, 3_750_00),
        (100_000_00, 15_000_00),
    ],
)
def test_the_rebate_is_exact_to_the_cent(premium: int, comes_to: int) -> None:
    assert rebate(premium, terms()) == comes_to


@given(premium=st.integers(0, 10**9), more=st.integers(0, 10**6))
@settings(deadline=None)
def test_a_rebate_never_falls_with_the_premium_and_never_passes_its_bounds(premium: int, more: int) -> None:
    found = rebate(premium, terms())
    assert found <= rebate(premium + more, terms())
    assert found <= Fraction(premium * 75, 100) + Fraction(1, 2)
    assert found >= min(Fraction(premium * 15, 100), Fraction(premium * 75, 100)) - Fraction(1, 2)


@pytest.mark.parametrize(
    ("day", "offered"),
    [("2017-12-31", False), ("2018-01-01", True), ("2028-12-31", True), ("2029-01-01", False)],
)
def test_the_rebate_is_offered_while_the_program_lasts(day: str, offered: bool) -> None:  # noqa: FBT001
    assert (rebate_on(rulebook("csam-secor"), date.fromisoformat(day)) is not None) is offered


def test_a_program_without_a_rebate_offers_none() -> None:
    assert rebate_on(rulebook("scsa-secor"), DAY) is None


def test_money_is_written_as_a_letter_writes_it() -> None:
    assert [dollars(cents) for cents in (5, 3_000_15, 1_234_567_00)] == ["$0.05", "$3,000.15", "$1,234,567.00"]
