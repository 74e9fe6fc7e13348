"""The yearly list for the compensation board: who stayed certified, and what rebate its premium may lead to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from processor.casework.clock import DAY, anniversary, years_over
from processor.casework.rebate import dollars, rebate
from processor.casework.scores import amount
from processor.flows.living import stood
from processor.letters.good_standing import PREMIUM, premium_cents
from processor.letters.papers import said_on_registration
from processor.rulebook.terms import rebate_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from processor.model import Case
    from processor.rulebook.book import Rulebook
    from processor.store.store import Store


class Eligible(NamedTuple):
    """One employer that may be eligible. Whether it is, the board decides."""

    case: str
    legal_name: str
    account: str
    certificate: str
    anniversary: str
    good_standing_year: int
    premium: str
    """As its registration says; empty where it says none."""
    rebate: str


def eligible(store: Store, rulebooks: Mapping[str, Rulebook], year: int) -> tuple[Eligible, ...]:
    """Who stayed certified past its anniversary in a year, with the papers of the next; where there is a rebate."""
    found = (
        row
        for summary in store.cases.summaries()
        for row in _row(store, rulebooks[summary.program], summary.code, year)
    )
    return tuple(found)


def _row(store: Store, book: Rulebook, code: str, year: int) -> Iterator[Eligible]:
    case = store.cases.case(code)
    if case.opened.year > year:
        return
    last = stood(store, book, code, date(year, 12, 31))
    if last.since is None or last.since.year > year:
        return
    # of a first certificate this is its own day, before which nothing was certified
    day = anniversary(last.since, year - last.since.year)
    before, now, terms = stood(store, book, code, day - DAY), stood(store, book, code, day), rebate_on(book, day)
    answered = now.since is not None and now.year == years_over(now.since, day) + 1
    if not (before.day < day and before.in_force and now.in_force and answered and terms):
        return
    premium = _premium(case)
    yield Eligible(
        case=code,
        legal_name=case.employer.legal_name,
        account=case.employer.account,
        certificate=now.certificate,
        anniversary=day.isoformat(),
        good_standing_year=now.year,
        premium=dollars(premium) if premium is not None else "",
        rebate=dollars(rebate(premium, terms)) if premium is not None else "",
    )


def _premium(case: Case) -> int | None:
    where = said_on_registration(case, PREMIUM)
    values = (amount(f.document[PREMIUM]) for f in case.documents if where and f.number == where[0].document)
    stated = next(values, None)
    return premium_cents(stated) if stated is not None and stated >= 0 else None
