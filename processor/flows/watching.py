"""The watch: the inbox looked through again and again, each case answered when nothing more comes for it."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from processor.flows.answering import answer
from processor.flows.running import take_in
from processor.flows.taking import those
from processor.intake.claim import Claims
from processor.intake.scan import scan
from processor.intake.still import Stillness
from processor.outbox.publish import sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from processor.errors import TryLater
    from processor.flows.answering import Answered
    from processor.flows.office import Office
    from processor.flows.running import Taken
    from processor.intake.wake import Waker


@dataclass(frozen=True, slots=True)
class Looked:
    """The inbox was looked through, all that was still is taken in, and nothing is under way."""

    day: date


def watch(
    office: Office, waker: Waker, today: Callable[[], date], clock: Callable[[], float] = time.monotonic
) -> Iterator[Taken | Answered | TryLater | Looked]:
    """What comes of each file and of each answering, for ever; ends when the waker is stopped.

    What was left over is finished first, and each new day's letters are written. Files are taken when they are
    still; answers are given when nothing came for `quiet_seconds`, so that the papers of one employer get one answer.
    """
    times = office.settings.watch
    sweep(office.settings.paths.outbox)
    claims = Claims(office.settings.paths.state)
    later: list[TryLater] = []
    yield from take_in(office, claims, claims.leftovers(), later)
    stillness = Stillness(times.still_seconds, clock)
    last = clock()
    open_ends = True
    going = True
    while going:
        day = today()
        open_ends = open_ends or day != office.day  # a new day may bring letters though nothing came
        office = replace(office, day=day)
        found = takewhile(lambda _: waker.going, stillness.still(scan(office.settings.paths.inbox).found))
        for taken in those(office, claims, found, later):
            last, open_ends = clock(), True
            yield taken
        if open_ends and clock() - last >= times.quiet_seconds:
            open_ends = False
            yield from answer(office)
        yield from later
        later.clear()
        yield Looked(day)
        pauses = [times.scan_seconds]
        if stillness.waiting:
            pauses.append(times.still_seconds)
        if open_ends:
            pauses.append(max(last + times.quiet_seconds - clock(), 0.0))
        going = waker.wait(min(pauses))
    if open_ends:
        yield from answer(office)
