"""The days on a card: which is the issue and which the expiry, and in which order day and month are printed.

A date that can be two days is settled only by what the same paper shows: the order printed beside it, another
date in the same writing that can be one day only, or an expiry that fits the issue to the day. Else a person is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from processor.forms.form import FieldKind
from processor.model import Means, Reading, State, missing
from processor.reading.date_search import Written, written
from processor.reading.values import parse
from processor.reading.vocabulary import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from processor.model import Box
    from processor.reading.labels import Mark
    from processor.reading.lines import Line, Sheet
    from processor.reading.pointing import Reader, Value
    from processor.reading.spots import Spot
    from processor.reading.vocabulary import Vocabulary

_THIN = re.compile(r"[\s:：.,;()#\-–—_]*(?:\([^()]{0,20}\))?[\s:：.,;\-–—_]*")  # noqa: RUF001
_NOTHING = Label("", 9)
_ORDERS = {
    "dmy": re.compile(
        r"\b(?:dd?\W?mm?m?\W?(?:yyyy|yy)|jj?\W?mm?\W?(?:aaaa|aa)|day\W{1,3}month\W{1,3}year|jour\W{1,3}mois)\b"
    ),
    "mdy": re.compile(r"\b(?:mm?\W?dd?\W?(?:yyyy|yy)|mm?\W?jj?\W?(?:aaaa|aa)|month\W{1,3}day\W{1,3}year)\b"),
}


@dataclass(frozen=True, slots=True)
class Day:
    """A date of the card: what it is for, what it can mean, and where it stands."""

    role: str
    """`issued`, `expiry`, `other_date`, or nothing when nobody explains it."""
    rank: int
    raw: str
    value: date | None
    """None when it is not one day for sure."""
    code: str
    """Why not: the finding's code."""
    either: tuple[date, ...]
    """For a date that can be two days: day first, then month first."""
    page: int
    box: Box
    order: str
    """The order printed beside it: `dmy`, `mdy` or nothing."""


def days(reader: Reader, vocabulary: Vocabulary) -> tuple[Day, ...]:
    """Every date of a sheet, with what its label or phrase says it is; a date that two claim is nobody's."""
    claims: dict[tuple[int, ...], list[Day]] = {}
    for day in (*_labelled(reader, vocabulary), *_phrased(reader.sheet, vocabulary)):
        claims.setdefault((day.page, *map(round, day.box)), []).append(day)
    settled = [_settled(several) for several in claims.values()]
    return _ordered(settled, _printed_orders(reader))


def _settled(claims: list[Day]) -> Day:
    """One date's meaning: what most explains it; contested when labels of two kinds point to it."""
    explained = [day for day in claims if day.role]
    if len({day.role for day in explained}) > 1:
        return replace(explained[0], value=None, code=explained[0].code or "unclear-value")
    return min(explained or claims, key=lambda day: day.rank)


def _labelled(reader: Reader, vocabulary: Vocabulary) -> Iterator[Day]:
    for mark in reader.of("issued", "expiry", "other_date"):
        hint = _order(mark.line.text[mark.start : mark.until])
        for value in reader.values(mark):
            found = written(value.text) or _unread(mark, value, vocabulary)
            for one in found:
                at = value.line.text.find(one.raw)
                box = value.line.box_of(at, at + len(one.raw))
                order = hint or _order(value.text)
                alone = len(found) == 1 and not value.listed
                yield _day(mark.label, one._replace(whole=one.whole and alone), value.line.page, box, order)


def _unread(mark: Mark, value: Value, vocabulary: Vocabulary) -> list[Written]:
    """What stands behind a date's label and has digits, but is no date that we can read."""
    lasting_so_long = vocabulary.phrases["lasts"].find(mark.line.tokens)
    if mark.weak or mark.label.rank > 1 or lasting_so_long or not any(c.isdecimal() for c in value.text):
        return []
    return [Written(value.text, 0, len(value.text), whole=False)]


def _phrased(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[Day]:
    """Dates in running text, explained by the words right before them or by nothing."""
    for text in sheet.paragraphs:
        for one in written(text.text):
            label = _before(text, one.start, vocabulary)
            order = _order(text.text[one.end : one.end + 20])
            yield _day(label or _NOTHING, one, text.page, text.box_of(one.start, one.end), order)


def _before(text: Line, start: int, vocabulary: Vocabulary) -> Label | None:
    """The label or phrase that ends right before this place."""
    before = [token for token in text.tokens if token.end <= start]
    for index in range(max(len(before) - 6, 0), len(before)):
        match = vocabulary.date_words.at(before, index)
        if match is not None and _THIN.fullmatch(text.text[before[match.end - 1].end : start]):
            return match.what
    return None


def _day(label: Label, one: Written, page: int, box: Box, order: str) -> Day:
    parsed = parse(FieldKind.DATE, _plain(one.raw))
    value = parsed.value if isinstance(parsed.value, date) else None
    code = "" if value is not None else parsed.code or "unclear-value"
    if not one.whole:
        value, code = None, "unclear-value"
    either = _either(one.raw) if code == "ambiguous-date" else ()
    return Day(label.role, label.rank, one.raw, value, code, either, page, box, order)


def _plain(raw: str) -> str:
    """A date without `day of` and `th`, its blanks single.

    >>> _plain("5th day of  March,2024")
    '5 March, 2024'
    """
    bare = re.sub(r"(?<=\d)\s?(?:st|nd|rd|th|er|e)\b", "", raw, flags=re.IGNORECASE)
    bare = re.sub(r"\s+(?:day\s+)?(?:of|de)\s+|\s+day\s+", " ", bare, flags=re.IGNORECASE)
    bare = re.sub(r"(?<=\d)\s*([-/.])\s*(?=\d)", r"\1", bare)
    return " ".join(bare.replace(",", ", ").split())


_TWO = re.compile(r"(\d{1,2})\D+(\d{1,2})\D+(\d{4})")


def _either(raw: str) -> tuple[date, ...]:
    """Both days that a date can be, of which the parser has said that it can: day first, then month first."""
    first, second, year = map(int, re.findall(r"\d+", raw))
    return date(year, second, first), date(year, first, second)


def reading(name: str, found: Sequence[Day], role: str) -> Reading:
    """The date of that role; where several labels say one, the more telling label wins, and two days ask."""
    claims = [day for day in found if day.role == role]
    if not claims:
        return missing(name)
    best = [day for day in claims if day.rank == min(day.rank for day in claims)]
    first = best[0]
    sure = first.value is not None and {day.value for day in best} == {first.value}
    return Reading(
        name=name,
        value=first.value,
        state=State.SURE if sure else State.UNSURE,
        raw=first.raw,
        confidence=0.98 if sure else 0.4,
        means=Means.CARD,
        page=first.page,
        box=first.box,
        doubt="" if sure else first.code or "unsure-reading",
    )


def column(label: Label, heading: str, cells: Sequence[Spot]) -> tuple[Day, ...]:
    """The dates of a table's column, one a cell; a cell that holds more or less than one whole date is none.

    The order of day and month is settled by the heading, or by another date of the column that can be one day only.
    """
    order = _order(heading)
    found = []
    for cell in cells:
        text = cell.raw.strip()
        alone = [one for one in written(text) if one.raw == text]
        one = alone[0] if alone else Written(text, 0, len(text), whole=False)
        found.append(_day(label, one, cell.page, cell.box, order))
    return _ordered(found, set())


# ---------------------------------------------------------------- which order


def _order(text: str) -> str:
    """The order of day and month that a text spells out, when it spells out one."""
    flat = text.lower()
    named = [name for name, pattern in _ORDERS.items() if pattern.search(flat)]
    return named[0] if len(named) == 1 else ""


def _printed_orders(reader: Reader) -> set[str]:
    """The orders that the sheet spells out for all its dates: not beside a label, which speaks for its own."""
    labelled = [mark.line for mark in reader.marks]
    lines = [line for line in reader.sheet.lines if not any(line is one for one in labelled)]
    return {name for line in lines for name, pattern in _ORDERS.items() if pattern.search(line.text.lower())}


def _ordered(found: Sequence[Day], printed: set[str]) -> tuple[Day, ...]:
    """Dates that can be two days, settled where the paper itself settles them."""
    return tuple(day if not day.either else _chosen(day, found, printed) for day in found)


def _chosen(day: Day, found: Sequence[Day], printed: set[str]) -> Day:
    orders = ({day.order} if day.order else set(printed)) | _proven(day, found)
    if not orders:
        orders = _fitting(day, found)
    if len(orders) != 1:
        return day
    return replace(day, value=day.either[0 if orders == {"dmy"} else 1], code="", either=())


def _proven(day: Day, found: Sequence[Day]) -> set[str]:
    """The orders shown by the card's own dates, in the same writing, that can be one day only."""
    orders = set()
    for other in (other for other in found if other.role in ("issued", "expiry")):
        match = _TWO.fullmatch(other.raw)
        if match is not None and _writing(other.raw) == _writing(day.raw):
            first, second = int(match[1]), int(match[2])
            orders |= {"dmy"} if second <= 12 < first else {"mdy"} if first <= 12 < second else set()
    return orders


def _writing(raw: str) -> str:
    return re.sub(r"\d+", "", raw)


def _fitting(day: Day, found: Sequence[Day]) -> set[str]:
    """The orders in which an expiry falls on the anniversary of its issue, or on the day before."""
    if day.role not in ("issued", "expiry"):
        return set()
    orders = set()
    for other in (other for other in found if {other.role, day.role} == {"issued", "expiry"}):
        for n, order in enumerate(("dmy", "mdy")):
            mine, theirs = day.either[n], other.either[n] if other.either else other.value
            if theirs is not None and _anniversary(min(mine, theirs), max(mine, theirs)):
                orders.add(order)
    return orders


def _anniversary(issue: date, expiry: date) -> bool:
    return any(expiry in (lasting(issue, months), lasting(issue, months) + timedelta(1)) for months in (12, 24, 36))


def lasting(issue: date, months: int) -> date:
    """The last day of a certificate of so many months: the day before the anniversary (domain.md 5.4).

    >>> lasting(date(2018, 12, 15), 36)
    datetime.date(2021, 12, 14)
    """
    year, month = divmod(issue.year * 12 + issue.month - 1 + months, 12)
    leap = issue.month == 2 and issue.day == 29
    return date(year, month + 1, 28 if leap else issue.day) + timedelta(1 if leap else 0) - timedelta(1)
