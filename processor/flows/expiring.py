"""Whose certificates and registrations run out in the next days: for the office, before the employer is told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from processor.casework.expiring import expiring

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from processor.store.store import Store


class RunsOut(NamedTuple):
    """One paper or registration, and its last day."""

    until: date
    case: str
    """Empty for an auditor's registration."""
    employer: str
    who: str
    what: str


def running_out(store: Store, day: date, days: int, like: str = "") -> tuple[RunsOut, ...]:
    """What runs out from a day on, within so many days; auditors only where no employer is asked for."""
    last = day + timedelta(days=days)
    found = [*_certificates(store, day, last, like), *(_auditors(store, day, last) if not like else ())]
    return tuple(sorted(found))


def _certificates(store: Store, day: date, last: date, like: str) -> Iterator[RunsOut]:
    for summary in store.cases.summaries(like):
        case = store.cases.case(summary.code)
        for one in expiring(case.documents, case.employer.workers, day, last):
            yield RunsOut(one.until, summary.code, case.employer.legal_name, one.holder, one.course)


def _auditors(store: Store, day: date, last: date) -> Iterator[RunsOut]:
    """Registrations that end, of auditors who have none that lasts longer."""
    longest = {r.number: r for r in sorted(store.register.auditors(), key=lambda r: r.until)}
    for one in longest.values():
        if day <= one.until <= last:
            yield RunsOut(one.until, "", "", one.name, f"auditor's registration {one.number}")
