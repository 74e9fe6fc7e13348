"""What may be said of all decisions after some were read again."""

import doctest
import random
from datetime import date
from fractions import Fraction
from math import ceil

import pytest

from processor.casework import sampling
from processor.casework.sampling import RISK, Decision, found, needed, ordered

ONE = Fraction(1, 100)


def test_the_examples_hold() -> None:
    assert doctest.testmod(sampling).failed == 0


def test_the_size_is_the_rule_of_three_at_half_the_risk_for_many() -> None:
    assert needed(50_000, ONE, 0) == pytest.approx(367, abs=1)  # ln(1 / 0.025) / 0.01005


@pytest.mark.parametrize("population", [1, 5, 60, 400])
@pytest.mark.parametrize("wrong", [0, 1, 3])
def test_what_is_read_is_the_least_that_shows_it(population: int, wrong: int) -> None:
    size, limit = needed(population, ONE * 5, wrong), ceil(ONE * 5 * population)
    risk = RISK / 2 ** (wrong + 1)
    assert size <= population
    assert size == population or sampling._chance(population, limit, size, wrong) <= risk
    assert sampling._chance(population, limit, size - 1, wrong) > risk


def test_nothing_is_claimed_before_all_that_must_be_read_was() -> None:
    size = needed(1000, ONE, 0)
    before, after = found([True] * (size - 1) + [None] * (1001 - size), ONE), found([True] * 1000, ONE)
    assert (before.holds, before.left, after.holds, after.left) == (False, 1, True, 0)


def test_a_wrong_decision_widens_the_sample() -> None:
    size = needed(1000, ONE, 0)
    what = found([False] + [True] * (size - 1) + [None] * (1000 - size), ONE)
    assert (what.wrong, what.holds) == (1, False)
    assert what.left == needed(1000, ONE, 1) - size
    assert found([False] + [True] * 999, ONE).holds


def test_a_wrong_decision_beyond_the_sample_counts_once_it_is_in_it() -> None:
    size = needed(1000, ONE, 0)
    assert found([True] * size + [False] + [True] * (999 - size), ONE).wrong == 0


@pytest.mark.parametrize(("wrong", "holds"), [(9, True), (10, False), (40, False)])
def test_when_all_are_read_they_are_counted(wrong: int, holds: bool) -> None:  # noqa: FBT001 - what is expected
    what = found([False] * wrong + [True] * (1000 - wrong), ONE)
    assert (what.needed, what.wrong, what.holds) == (1000 if wrong > 8 else what.needed, wrong, holds)


def test_of_nothing_nothing_is_claimed() -> None:
    assert found([], ONE) == (0, 0, 0, 0, False)


def test_where_too_many_are_wrong_it_is_claimed_too_often_in_one_of_twenty_at_most() -> None:
    chance, share = random.Random(7), Fraction(1, 20)  # noqa: S311 - a simulation, the same each time
    population, limit, tries = 200, 10, 600
    claims = 0
    for _ in range(tries):
        bad = set(chance.sample(range(population), limit))
        claims += found([i not in bad for i in range(population)], share).holds
    assert claims / tries <= 0.05


def test_only_the_seed_decides_the_order() -> None:
    many = [Decision(f"MB-{n:04}", "size", date(2026, 3, 14), "met") for n in range(50)]
    assert ordered(many, "7") == ordered(reversed(many), "7")
    assert ordered(many, "7") != ordered(many, "8")
