"""What follows from what came: each touched case judged, its letter written at once, the day's lists last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from processor.errors import PrintingFailed
from processor.flows.directory import publish_directory
from processor.flows.issuing import issue, list_day
from processor.flows.judging import judge_touched
from processor.flows.renewing import renew
from processor.store.values import Post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processor.flows.judging import Judgement
    from processor.flows.office import Office
    from processor.store.values import Posted


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What came of one case."""

    case: str
    judgement: Judgement | None = None
    """None for a letter that was owed before and is written only now."""
    written: Posted | None = None
    failed: PrintingFailed | None = None
    """Why the letter could not be printed; it stays owed, and the other cases go on."""


def answer(office: Office) -> Iterator[Answered]:
    """What a crash left owed, every case that something came for, and what the calendar brings. Repeats safely."""
    days = {office.day, *office.store.letters.last_day()}  # a crash may have left the list of that day unwritten
    try:
        for posted in office.store.letters.owed():
            days.add(posted.letter.day)
            yield _issued(office, posted, None)
        for judgement in judge_touched(office):
            posted_now = office.store.letters.latest(judgement.case.code) if judgement.letter else None
            yield (
                _issued(office, posted_now, judgement)
                if posted_now
                else Answered(case=judgement.case.code, judgement=judgement)
            )
        for owed in renew(office):
            yield _issued(office, owed, None)
    finally:
        for day in sorted(days):
            list_day(office, day)
        publish_directory(office)


def _issued(office: Office, posted: Posted, judgement: Judgement | None) -> Answered:
    if posted.post is not Post.OWED:  # it was given out before the database was restored
        return Answered(case=posted.case, judgement=judgement, written=posted)
    try:
        return Answered(case=posted.case, judgement=judgement, written=issue(office, posted))
    except PrintingFailed as wrong:
        failed = PrintingFailed(f"{posted.number}: {wrong.what}", do=wrong.do)
        return Answered(case=posted.case, judgement=judgement, failed=failed)
