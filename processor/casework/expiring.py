"""Certificates of people that will not be valid for long: told before they expire, while there is time to renew."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from processor.casework.names import person_key
from processor.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from processor.model import Filed


class Expiring(NamedTuple):
    """A certificate and its last day."""

    holder: str
    course: str
    """As it is written on the certificate."""
    until: date
    document: str
    """`Filed.number`."""


def expiring(documents: Iterable[Filed], roster: Sequence[str], first: date, last: date) -> tuple[Expiring, ...]:
    """The certificates of people on the roster whose last day lies between two days, by that day.

    One that the same person renewed is none: of each person and course the certificate that lasts longest counts.
    Only days that are read for sure, or confirmed, are told.

    Args:
        documents: the case's papers.
        roster: who works there; certificates of others are nobody's concern any more.
        first: the first day that is told of.
        last: the last day that is told of.
    """
    people = {person_key(name) for name in roster}
    longest: dict[tuple[str, object], Expiring] = {}
    for filed in documents:
        found = _expiry(filed)
        if found is None or person_key(found.holder) not in people:
            continue
        about = (person_key(found.holder), filed.document["course"].value)
        if about not in longest or longest[about].until < found.until:
            longest[about] = found
    told = (one for one in longest.values() if first <= one.until <= last)
    return tuple(sorted(told, key=lambda one: (one.until, one.holder, one.course)))


def _expiry(filed: Filed) -> Expiring | None:
    document = filed.document
    holder, until, course = (document[name] for name in ("holder_name", "expiry_date", "course"))
    if document.kind not in (Kind.FIRST_AID, Kind.COURSE) or not (holder.known and until.known):
        return None
    if not isinstance(until.value, date):
        return None
    return Expiring(str(holder.value), course.raw or str(course.value or ""), until.value, filed.number)
