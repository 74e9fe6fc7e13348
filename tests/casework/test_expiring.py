from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from processor.casework.expiring import expiring
from processor.model import Filed
from tests.rulebook.cases import course, first_aid, registration, unsure

if TYPE_CHECKING:
    from processor.model import Document

FIRST, LAST = date(2027, 1, 1), date(2027, 3, 31)
ROSTER = ("Luc Roy", "Jane Doe")


def told(*documents: Document) -> list[tuple[str, date]]:
    papers = [
        Filed(number=f"a.{n}", submission="a.pdf", received=FIRST, order=n, document=d)
        for n, d in enumerate(documents, start=1)
    ]
    return [(one.holder, one.until) for one in expiring(papers, ROSTER, FIRST, LAST)]


def until(day: date | None, holder: str = "Luc Roy") -> Document:
    return first_aid(holder, expiry_date=day)


def test_what_expires_between_two_days_is_told_by_its_day() -> None:
    days = (date(2026, 12, 31), FIRST, LAST, date(2027, 4, 1))
    found = told(*(course("Jane Doe", f"c{n}", expiry_date=day) for n, day in enumerate(days)), until(date(2027, 2, 1)))
    assert found == [("Jane Doe", FIRST), ("Luc Roy", date(2027, 2, 1)), ("Jane Doe", LAST)]


def test_what_was_renewed_is_not_told_in_whatever_order_it_came() -> None:
    old, new = until(date(2027, 2, 1)), until(date(2030, 2, 1), "ROY, Luc")
    assert told(old, new) == told(new, old) == []


def test_neither_is_what_is_not_sure_or_another_s() -> None:
    assert told(until(date(2027, 2, 1), "Pat Else"), until(None), registration("csam-secor")) == []
    assert told(first_aid("Luc Roy", expiry_date=unsure(date(2027, 2, 1)))) == []
    assert told(first_aid(unsure("Luc Roy"), expiry_date=date(2027, 2, 1))) == []
    assert told(first_aid("Luc Roy", expiry_date="soon")) == []
    assert replace(until(FIRST)) == until(FIRST)
