"""The history under changed rules: whose answers would have been others. Nothing is written.

Each judging is done again on its day, with the papers that had come by then, under the rules as they are and as they
would be. A person's corrections are taken as they stand today; a waiver holds, under either rules, on the days it was
given for.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from processor.casework.waiving import waive
from processor.flows.judging import checked, judged_as_of
from processor.flows.living import waivers
from processor.rulebook.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processor.flows.office import Office
    from processor.rulebook.book import Rulebook


class Change(NamedTuple):
    """One requirement that would have been answered otherwise."""

    day: date
    case: str
    requirement: str
    now: str
    """As the rules are; empty where they do not ask for it."""
    then: str
    """As they would be; empty where they would not ask for it."""


def what_if(office: Office, changed: Rulebook, since: date = date.min) -> tuple[int, tuple[Change, ...]]:
    """How many judgings were looked at, and what would have been otherwise.

    Args:
        office: the office; cases of the changed rulebook's program are looked at.
        changed: the rules that are tried.
        since: judgings before this day are left out.
    """
    found: list[Change] = []
    count = 0
    for code, day in _judgings(office, changed.program, since):
        count += 1
        found += _changes(replace(office, day=day), changed, code)
    return count, tuple(found)


def _judgings(office: Office, program: str, since: date) -> Iterator[tuple[str, date]]:
    """Each case and day of a judging, once."""
    for summary in office.store.cases.summaries():
        if summary.program == program:
            trail = office.store.events.of_case(summary.code)
            for day in sorted({e.day for e in trail if e.kind == "judged" and e.day >= since}):
                yield summary.code, day


def _changes(office: Office, changed: Rulebook, code: str) -> Iterator[Change]:
    day, case = office.day, office.store.cases.case(code)
    came = tuple(filed for filed in case.documents if filed.received <= day)
    case = checked(office, judged_as_of(office, replace(case, documents=came)))
    let_go = tuple(waivers(office.store.events.of_case(code)))
    now, then = (
        {
            v.requirement: v.answer.value
            for v in waive(verdicts(case, book.on(day), office.vocabulary, day), let_go, day)
        }
        for book in (office.rulebooks[case.program], changed)
    )
    for requirement in {**now, **then}:
        before, after = now.get(requirement, ""), then.get(requirement, "")
        if before != after:
            yield Change(day, code, requirement, before, after)
