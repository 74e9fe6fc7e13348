"""Which year of a certification the papers are judged for, and which papers count in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from processor.casework.clock import anniversary, last_day
from processor.casework.standing import ENDED, Need, Stage
from processor.model import Answer, Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from processor.casework.standing import Standing
    from processor.model import Case, Filed, Verdict
    from processor.rulebook.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """The year that is judged, and the days of its certificate."""

    cycle: int
    year: int
    since: date
    until: date
    opens: date | None = None
    """For a year after another: the first day on which its audits count."""

    @property
    def letter_until(self) -> date:
        """The last day of this year of the certificate."""
        return min(last_day(self.since, self.year), self.until)


def collecting(now: Standing, terms: Terms, documents: Iterable[Filed], spent: Collection[str]) -> Years:
    """The year that papers are judged for on the standing's day.

    That is the year answered last, until papers for the next may come: from then on the next, as soon as a new audit
    came or the case is due.

    Args:
        now: where the case stands.
        terms: those in force when its present time began.
        documents: all its papers.
        spent: the papers that the last answer rested on.
    """
    day = now.day
    if now.since is None or now.until is None or now.stage in ENDED or now.owed is None:
        return Years(cycle=now.cycle + 1, year=1, since=day, until=last_day(day, terms.cycle_years))
    owed = now.owed
    new = any(f.document.kind is Kind.AUDIT and f.number not in spent and f.received >= owed.opens for f in documents)
    answered = answered_last(now, terms)
    if answered and (day < owed.opens or not (new or now.stage in (Stage.DUE, Stage.OVERDUE))):
        return answered
    if owed.need is Need.GOOD_STANDING:
        return Years(cycle=owed.cycle, year=owed.year, since=now.since, until=now.until, opens=owed.opens)
    # in time, the next three years begin where these end; late, on the day of the answer
    since = anniversary(now.since, terms.cycle_years) if day <= now.until else day
    return Years(cycle=owed.cycle, year=1, since=since, until=last_day(since, terms.cycle_years), opens=owed.opens)


def answered_last(now: Standing, terms: Terms) -> Years | None:
    """The year that the last certificate or letter of good standing was given for; nothing before the first."""
    if now.since is None or now.until is None:
        return None
    return Years(cycle=now.answered_in, year=now.answered if terms.yearly else 1, since=now.since, until=now.until)


def as_judged(case: Case, now: Standing, years: Years, spent: Collection[str]) -> Case:
    """The case as the rules look at it in the year that is judged.

    Args:
        case: with all its papers.
        now: where it stands.
        years: the year that is judged.
        spent: the papers that other years' answers rested on.
    """
    anew = now.owed if now.ended_once and now.since is None else None
    began = anew.known if anew and not now.begun else None
    given = (
        now.owed if now.owed and now.owed.need is Need.CERTIFICATION and (now.owed.moved or now.owed.again) else None
    )
    return replace(
        case,
        certified=None if now.ended else now.since,
        year=years.year,
        spent=frozenset(spent),
        counts_from=years.opens,
        registered_until=given.due if given else None,
        again=now.ended if now.ended and now.cycle else began,
        begun=now.begun if anew else None,
    )


def registered(documents: Iterable[Filed]) -> date | None:
    """The day on which the employer registered: the earliest that a registration was signed or came."""
    days = [d for f in documents if f.document.kind is Kind.REGISTRATION for d in _days(f)]
    return min(days, default=None)


def consents(case: Case) -> bool:
    """Whether the latest registration consents to the directory, read for sure or confirmed by a person."""
    forms = [f.document["directory_consent"] for f in case.documents if f.document.kind is Kind.REGISTRATION]
    return bool(forms) and forms[-1].known and forms[-1].value is True


def partners_turn(verdicts: Iterable[Verdict]) -> bool:
    """Whether the employer has sent all that is its own, and only what the partner makes is missing."""
    short = [v for v in verdicts if v.answer is not Answer.MET]
    return bool(short) and all(v.shortfalls and all(item.whose for item in v.shortfalls) for v in short)


def _days(filed: Filed) -> list[date]:
    signed = filed.document["signature_date"]
    return [filed.received, *([signed.value] if signed.known and isinstance(signed.value, date) else [])]
