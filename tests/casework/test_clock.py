from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.casework.clock import (
    DEADLINES,
    Span,
    anniversary,
    last_day,
    later,
    months_later,
    paused,
    written,
    years_over,
)

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


BEFORE_MONTH, IN_MONTH = "before the anniversary month", "in the anniversary month"
BEFORE = "before the anniversary"
OF_QUARTER, OF_YEAR = "quarter of the anniversary ends on", "year of the anniversary ends on"
QUARTER, YEAR = "end of the quarter", "end of the year"


def on(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("rule", "since", "years", "last", "says"),
    [
        (BEFORE_MONTH, "2026-03-14", 1, "2027-02-28", "anniversary month March; due before 1 March 2027"),
        (BEFORE_MONTH, "2026-03-14", 2, "2028-02-29", "anniversary month March; due before 1 March 2028"),
        (BEFORE_MONTH, "2026-03-01", 1, "2027-02-28", "anniversary month March; due before 1 March 2027"),
        (BEFORE_MONTH, "2026-03-31", 3, "2029-02-28", "anniversary month March; due before 1 March 2029"),
        (BEFORE_MONTH, "2026-01-15", 1, "2026-12-31", "anniversary month January; due before 1 January 2027"),
        (BEFORE_MONTH, "2026-12-31", 1, "2027-11-30", "anniversary month December; due before 1 December 2027"),
        (BEFORE_MONTH, "2024-02-29", 1, "2025-01-31", "anniversary month February; due before 1 February 2025"),
        (BEFORE_MONTH, "2024-02-29", 4, "2028-01-31", "anniversary month February; due before 1 February 2028"),
        ("before the anniversary", "2026-03-14", 1, "2027-03-13", "anniversary 2027-03-14; due before 14 March 2027"),
        ("before the anniversary", "2024-02-29", 1, "2025-02-28", "anniversary 2025-03-01; due before 1 March 2025"),
        (BEFORE, "2024-02-29", 4, "2028-02-28", "anniversary 2028-02-29; due before 29 February 2028"),
        ("on the anniversary", "2026-03-14", 3, "2029-03-14", "anniversary 2029-03-14; due on or before 14 March 2029"),
        ("on the anniversary", "2024-02-29", 3, "2027-03-01", "anniversary 2027-03-01; due on or before 1 March 2027"),
        (IN_MONTH, "2026-02-03", 2, "2028-02-29", "anniversary month February; due on or before 29 February 2028"),
        (IN_MONTH, "2026-12-01", 1, "2027-12-31", "anniversary month December; due on or before 31 December 2027"),
        (QUARTER, "2026-01-01", 1, "2027-03-31", OF_QUARTER + " 2027-03-31; due on or before 31 March 2027"),
        (QUARTER, "2026-04-30", 1, "2027-06-30", OF_QUARTER + " 2027-06-30; due on or before 30 June 2027"),
        (QUARTER, "2026-12-31", 2, "2028-12-31", OF_QUARTER + " 2028-12-31; due on or before 31 December 2028"),
        (YEAR, "2026-03-14", 1, "2027-12-31", OF_YEAR + " 2027-12-31; due on or before 31 December 2027"),
    ],
)  # fmt: skip
def test_a_deadline_is_found_and_says_how(rule: str, since: str, years: int, last: str, says: str) -> None:
    assert DEADLINES[rule](on(since), years) == (on(last), says)


@given(rule=st.sampled_from(sorted(DEADLINES)), since=DAYS, years=st.integers(1, 9))
@settings(deadline=None)
def test_a_deadline_lies_in_the_months_around_the_anniversary_and_the_next_is_a_year_on(
    rule: str, since: date, years: int
) -> None:
    due = DEADLINES[rule](since, years).day
    assert abs((due - anniversary(since, years)).days) <= (366 if rule == "end of the year" else 92)
    assert due > since
    assert 335 <= (DEADLINES[rule](since, years + 1).day - due).days <= 396


@pytest.mark.parametrize(
    ("since", "years", "day", "last"),
    [
        ("2026-11-24", 3, "2029-11-24", "2029-11-23"),
        ("2024-02-29", 1, "2025-03-01", "2025-02-28"),
        ("2024-02-29", 4, "2028-02-29", "2028-02-28"),
        ("2025-03-01", 3, "2028-03-01", "2028-02-29"),
        ("2026-01-01", 1, "2027-01-01", "2026-12-31"),
    ],
)
def test_years_end_on_the_day_before_the_anniversary(since: str, years: int, day: str, last: str) -> None:
    assert (anniversary(on(since), years), last_day(on(since), years)) == (on(day), on(last))


@given(since=DAYS, days=st.integers(-800, 4000))
@settings(deadline=None)
def test_years_that_are_over_are_those_whose_anniversary_has_come(since: date, days: int) -> None:
    day = since + timedelta(days=days)
    over = years_over(since, day)
    assert anniversary(since, over) <= day < anniversary(since, over + 1)


def test_the_calendar_ends_somewhere() -> None:
    far = date(9999, 12, 1)
    assert months_later(far, 2) == date.max
    assert anniversary(far, 1) == date.max
    assert later(far, 99) == date.max
    assert later(date(1, 1, 5), -99) == date.min
    assert {rule(date(9999, 5, 5), 3).day.year for rule in DEADLINES.values()} <= {9999}


def test_a_day_is_written_out() -> None:
    assert written(date(2027, 3, 1)) == "1 March 2027"


SPAN = Span


@pytest.mark.parametrize(
    ("works", "moved"),
    [
        ([], 0),
        ([("2027-01-01", "2027-01-11")], 10),
        ([("2027-01-01", "2027-01-01")], 0),
        ([("2026-08-20", "2026-09-04")], 3),
        ([("2026-08-01", "2026-08-20")], 0),
        ([("2027-02-28", "2027-03-05")], 5),
        ([("2027-03-01", "2027-03-05")], 0),
        ([("2027-02-20", "2027-02-25"), ("2027-03-04", "2027-03-06")], 7),
        ([("2027-02-20", "2027-02-25"), ("2027-03-06", "2027-03-08")], 5),
        ([("2027-02-27", "2027-03-10"), ("2027-03-11", "2027-03-12")], 12),
    ],
)
def test_the_clock_stands_still_while_the_partner_works(works: list[tuple[str, str]], moved: int) -> None:
    spans = [SPAN(on(a), on(b)) for a, b in works]
    assert paused(on("2027-02-28"), on("2026-09-01"), spans) == moved
