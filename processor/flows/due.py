"""What employers owe, by when: every case's standing on a day, in the order of the days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from processor.flows.living import stood
from processor.outbox.calendar import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from processor.casework.standing import Standing
    from processor.rulebook.book import Rulebook
    from processor.store.store import Store
    from processor.store.values import Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One case that owes something, or that a person must decide about."""

    case: Summary
    now: Standing

    @property
    def day(self) -> date:
        """The last day that is in time; of what ended, the day on which it did."""
        return self.now.owed.due if self.now.owed else self.now.ended or self.now.day

    @property
    def what(self) -> str:
        """`good standing`, with its year; or the stage of what ended."""
        owed = self.now.owed
        if owed is None:
            return self.now.stage.value
        return f"{owed.need}, year {owed.year}" if owed.year > 1 else owed.need.value

    @property
    def left(self) -> int:
        """Days from the day that is asked about; below zero when it is over."""
        return (self.day - self.now.day).days

    def row(self) -> dict[str, object]:
        """The case as it is listed, by column."""
        return {
            "due": self.day.isoformat(),
            "days": self.left,
            "case": self.case.code,
            "employer": self.case.employer.legal_name,
            "program": self.case.program,
            "standing": self.now.says,
            "owes": self.what,
            "waits_for": "partner" if self.now.waits_for_partner else "decision" if self.now.to_decide else "employer",
            "because": self.now.because,
        }


def due(  # noqa: PLR0913 - a filter each
    store: Store, rulebooks: Mapping[str, Rulebook], day: date, *, like: str = "", kind: str = "", until: date | None
) -> tuple[Due, ...]:
    """The cases that owe something, by day.

    Args:
        store: the office's.
        rulebooks: of its programs.
        day: the day that is asked about.
        like: only cases whose code, account or employer has this text in it.
        kind: only what is owed so, as `good standing`, or stands so, as `overdue`.
        until: only what is due by that day; nothing for all.
    """
    found = [d for d in _all(store, rulebooks, day, like) if kind in ("", d.now.stage, d.now.owed and d.now.owed.need)]
    wanted = (d for d in found if (d.now.owed or kind) and (until is None or d.day <= until))
    return tuple(sorted(wanted, key=lambda d: (d.day, d.case.code)))


def _all(store: Store, rulebooks: Mapping[str, Rulebook], day: date, like: str) -> Iterator[Due]:
    for case in store.cases.summaries(like):
        if case.opened <= day:
            yield Due(case=case, now=stood(store, rulebooks[case.program], case.code, day))


def calendar_entries(found: Sequence[Due]) -> Iterator[Entry]:
    """What is due, as days of a calendar."""
    for one in found:
        key = one.now.owed.key if one.now.owed else one.now.stage.value
        yield Entry(
            uid=f"{one.case.code}-{key.replace(' ', '-')}@secor-processor",
            day=one.day,
            title=f"{one.case.code} {one.case.employer.legal_name}: {one.what}",
            says=one.now.because,
        )
