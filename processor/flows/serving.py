"""The watch as a service: what happens as lines for a log, and the metrics and the heartbeat beside it."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from processor.errors import ProcessorError, TryLater
from processor.flows import metrics
from processor.flows.canary import sing
from processor.flows.digesting import digested, write_digest
from processor.flows.metrics import Tally
from processor.flows.running import Taken
from processor.flows.songs import Sang, keep_song, last_song
from processor.flows.telling import told, trouble
from processor.flows.watching import Looked, watch
from processor.store.database import utc_now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime

    from processor.flows.answering import Answered
    from processor.flows.canary import Song
    from processor.flows.office import Office
    from processor.flows.telling import Line
    from processor.intake.wake import Waker

_BEAT = 5.0
"""Seconds that lie between two heartbeats at least; each waits for the disk."""


class Service:
    """One watch, from its start to its end."""

    def __init__(
        self,
        office: Office,
        *,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = utc_now,
        canary: Callable[[], Song] = sing,
    ) -> None:
        self._office = office
        self._state = office.settings.paths.state
        self._canary = canary
        self._clock = clock
        self._now = now
        self._tally = Tally(now(), canary=last_song(self._state))
        self._next_beat = clock()
        self._told: set[str] = set()

    def serve(self, waker: Waker, today: Callable[[], date]) -> Iterator[Line]:
        """A line for each thing that happens, for ever; `started` first, and last `stopped` or `failed`.

        Raises:
            ProcessorError: what ends the watch, after it was told.
        """
        yield {"event": "started", "inbox": str(self._office.settings.paths.inbox)}
        try:
            for happened in watch(self._office, waker, today, self._clock):
                yield from self._line(happened)
                yield from self._beat()
        except ProcessorError as wrong:
            yield {"event": "failed", "says": wrong.what, "do": wrong.do}
            raise
        self._next_beat = self._clock()
        yield from self._beat()
        yield {"event": "stopped"}

    def _line(self, happened: Taken | Answered | TryLater | Looked) -> Iterator[Line]:
        match happened:
            case Looked():
                self._tally.scanned = self._now()
                yield from self._sing(happened.day)
                yield from self._digest(happened.day)
                return
            case Taken():
                self._tally.files[happened.outcome] += 1
            case TryLater():
                self._tally.troubles += 1
            case _:
                pass
        yield told(happened)

    def _sing(self, day: date) -> Iterator[Line]:
        """Ask the canary, once a day."""
        if self._tally.canary and self._tally.canary.day == day:
            return
        song = self._canary()
        self._tally.canary = Sang(day, self._now(), song.well)
        yield {"event": "canary", "well": song.well, "says": song.says}
        with suppress(OSError):  # it sings once more after a restart
            keep_song(self._state, self._tally.canary)

    def _digest(self, day: date) -> Iterator[Line]:
        """Write the digest of the day before, when it is over and what it brought is answered; also of a quiet one."""
        before, outbox = day - timedelta(days=1), self._office.settings.paths.outbox
        if digested(outbox, before):
            return
        try:
            path = write_digest(self._office.store, outbox, before, day)
        except TryLater as busy:
            yield from self._once("digest", busy.what, busy.do)
            return
        self._told.discard("digest")
        yield {"event": "digest", "path": path}

    def _beat(self) -> Iterator[Line]:
        if self._clock() < self._next_beat:
            return
        self._next_beat = self._clock() + _BEAT
        try:
            metrics.write(self._office.settings.paths.state, self._tally, self._office.store.queue.waits(), self._now())
        except OSError as error:
            yield from self._once(
                "metrics",
                f"The metrics cannot be written ({error.strerror}).",
                "Make room on the disk; the papers go on.",
            )
        except TryLater as busy:
            yield from self._once("metrics", busy.what, busy.do)
        else:
            self._told.discard("metrics")

    def _once(self, what: str, says: str, do: str) -> Iterator[Line]:
        """A trouble that comes back at every look is told when it begins."""
        if what not in self._told:
            self._told.add(what)
            self._tally.troubles += 1
            yield trouble(says, do)
