"""What a written date means: one day, or the reason why it is not one. Canada writes three orders (domain.md 8).

Day and month that can change places are never guessed, two-digit years are not taken, and whether a day lies in the
future is judged where there is a today.
"""

from __future__ import annotations

import re
from datetime import date

from processor.reading.parsed import Parsed, flat, unaccented, unclear

EXPECTED = "a date with a four-digit year, as in 2026-11-24"
_FIRST, _LAST = 1900, 2199
"""Years that a paper of ours can mean; outside of them somebody slipped."""

_MONTHS = (
    "january jan janvier janv",
    "february feb fevrier fevr fev",
    "march mar mars",
    "april apr avril avr",
    "may mai",
    "june jun juin",
    "july jul juillet juil",
    "august aug aout",
    "september sept sep septembre",
    "october oct octobre",
    "november nov novembre",
    "december dec decembre",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}

_GAP = r"(?: ?[-/.] ?| )"
_NTH = r"(?:st|nd|rd|th|er|e)?"
_YEAR_FIRST = re.compile(rf"([0-9]{{4}}){_GAP}([0-9]{{1,2}}){_GAP}([0-9]{{1,2}})")
_PACKED = re.compile(r"((?:19|20|21)[0-9]{2})[-/.]?([0-9]{2})[-/.]?([0-9]{2})")
_YEAR_LAST = re.compile(rf"([0-9]{{1,2}}){_GAP}([0-9]{{1,2}}){_GAP}([0-9]{{4}})")
_DAY_NAMED = re.compile(rf"([0-9]{{1,2}}){_NTH}[-/. ]*([a-z]{{3,9}})\.?,?[-/. ]*([0-9]{{4}})")
_NAMED_DAY = re.compile(rf"([a-z]{{3,9}})[-/. ]*([0-9]{{1,2}}){_NTH}(?:, ?|[-/. ])([0-9]{{4}})")
_YEAR_NAMED = re.compile(r"([0-9]{4})[-/. ]*([a-z]{3,9})\.?[-/. ]*([0-9]{1,2})")


def parse_date(raw: str) -> Parsed:
    """The one day that is written, whatever the order; else `ambiguous-date`, `impossible-date` or `unclear-value`.

    >>> parse_date("2 0 2 6 - 1 1 - 2 4").value
    datetime.date(2026, 11, 24)
    >>> parse_date("03/04/2026").guesses
    '3 April 2026 or 4 March 2026'
    """
    text = unaccented(flat(raw)) if len(raw) <= 64 else ""
    if match := _YEAR_LAST.fullmatch(text):
        first, second, year = map(int, match.groups())
        return _either(first, second, year)
    if match := _YEAR_FIRST.fullmatch(text) or _PACKED.fullmatch(text.replace(" ", "")):
        year, month, day = map(int, match.groups())
        return _day(year, month, day)
    return _named(text)


def _named(text: str) -> Parsed:
    """A date whose month is a word."""
    if match := _DAY_NAMED.fullmatch(text):
        day, name, year = match.groups()
    elif match := _NAMED_DAY.fullmatch(text):
        name, day, year = match.groups()
    elif match := _YEAR_NAMED.fullmatch(text):
        year, name, day = match.groups()
    else:
        return unclear(EXPECTED)
    month = _MONTH.get(name)
    return unclear(EXPECTED) if month is None else _day(int(year), month, int(day))


def _either(first: int, second: int, year: int) -> Parsed:
    """Numbers with the year last: month first or day first, whichever is a day; both is ambiguous."""
    orders = (_day(year, second, first), _day(year, first, second))
    days = dict.fromkeys(order.value for order in orders if isinstance(order.value, date))
    if len(days) == 2:
        return Parsed(code="ambiguous-date", guesses=" or ".join(map(_said, days)))
    return Parsed(next(iter(days))) if days else orders[0]


def _day(year: int, month: int, day: int) -> Parsed:
    try:
        value = date(year, month, day)
    except ValueError:
        return Parsed(code="impossible-date")
    return Parsed(value) if _FIRST <= year <= _LAST else Parsed(code="impossible-date")


def _said(day: date) -> str:
    """A day without room for doubt, whatever the machine's language."""
    return f"{day.day} {_MONTHS[day.month - 1].split()[0].capitalize()} {day.year}"
