"""Days of a certification: anniversaries, deadlines and pauses, each with its arithmetic in words."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
DAY = timedelta(days=1)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month; the calendar's last day at most.

    >>> months_later(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def anniversary(since: date, years: int) -> date:
    """The day on which so many years are over. Of a leap day, in a common year, that is the first of March.

    >>> anniversary(date(2024, 2, 29), 1), anniversary(date(2024, 2, 29), 4)
    (datetime.date(2025, 3, 1), datetime.date(2028, 2, 29))
    """
    year = since.year + years
    if year > MAXYEAR:
        return date.max
    if (since.month, since.day) == (2, 29) and monthrange(year, 2)[1] == 28:
        return date(year, 3, 1)
    return since.replace(year=year)


def last_day(since: date, years: int) -> date:
    """The last of so many years.

    >>> last_day(date(2026, 11, 24), 3)
    datetime.date(2029, 11, 23)
    """
    return anniversary(since, years) - DAY


def years_over(since: date, day: date) -> int:
    """How many years are over on a day; negative before `since`."""
    years = day.year - since.year
    return years if anniversary(since, years) <= day else years - 1


def later(day: date, days: int) -> date:
    """So many days later, or earlier for a number below zero; within the calendar."""
    return day + timedelta(days=max(min(days, (date.max - day).days), (date.min - day).days))


def written(day: date) -> str:
    """`1 March 2027`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


# ---------------------------------------------------------------- deadlines


class Deadline(NamedTuple):
    """The last day that is in time, and how it was found."""

    day: date
    says: str


def _before_the_month(since: date, years: int) -> Deadline:
    # of a leap day the month is February, though the year is over on the first of March
    first = date(min(since.year + years, MAXYEAR), since.month, 1)
    return Deadline(first - DAY, f"anniversary month {MONTHS[since.month - 1]}; due before {written(first)}")


def _before_the_day(since: date, years: int) -> Deadline:
    day = anniversary(since, years)
    return Deadline(day - DAY, f"anniversary {day}; due before {written(day)}")


def _on_the_day(since: date, years: int) -> Deadline:
    day = anniversary(since, years)
    return Deadline(day, f"anniversary {day}; due on or before {written(day)}")


def _in_the_month(since: date, years: int) -> Deadline:
    year = min(since.year + years, MAXYEAR)
    last = date(year, since.month, monthrange(year, since.month)[1])
    return Deadline(last, f"anniversary month {MONTHS[since.month - 1]}; due on or before {written(last)}")


def _end_of_quarter(since: date, years: int) -> Deadline:
    month = (since.month + 2) // 3 * 3
    year = min(since.year + years, MAXYEAR)
    last = date(year, month, monthrange(year, month)[1])
    return Deadline(last, f"quarter of the anniversary ends on {last}; due on or before {written(last)}")


def _end_of_year(since: date, years: int) -> Deadline:
    last = date(min(since.year + years, MAXYEAR), 12, 31)
    return Deadline(last, f"year of the anniversary ends on {last}; due on or before {written(last)}")


DEADLINES: Mapping[str, Callable[[date, int], Deadline]] = MappingProxyType({
    "before the anniversary month": _before_the_month,
    "before the anniversary": _before_the_day,
    "on the anniversary": _on_the_day,
    "in the anniversary month": _in_the_month,
    "end of the quarter": _end_of_quarter,
    "end of the year": _end_of_year,
})  # fmt: skip
"""The ways in which programs set the deadline of a year (domain.md 6), by the words that a rulebook uses."""


# ---------------------------------------------------------------- pauses


class Span(NamedTuple):
    """From a day on, until another, which is not in it any more."""

    start: date
    end: date


def paused(due: date, opens: date, works: Iterable[Span]) -> int:
    """By how many days a deadline moves, since the clock stands still while the partner works.

    Args:
        due: the deadline before.
        opens: the first day of the time that the employer has; work before it costs the employer nothing.
        works: when the partner had papers in hand, in order; spans do not overlap.
    """
    moved = 0
    for span in works:
        start = max(span.start, opens)
        if start <= later(due, moved) and span.end > start:
            moved += (span.end - start).days
    return moved
