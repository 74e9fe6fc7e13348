"""When to look at the inbox again: at an event, and always after a while; that events get lost does no harm."""

from __future__ import annotations

import queue
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from watchdog.observers.api import BaseObserver

_SETTLE = 0.2
"""Seconds in which a burst of events counts as one."""


class Waker:
    """`with Waker(inbox) as waker: while waker.wait(30): ...`.

    On network shares, where the system tells nothing of what others write, `events=False` and short waits.
    """

    def __init__(self, inbox: Path, *, events: bool = True) -> None:
        self._inbox = inbox
        self._bell: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._observer = _observer(inbox, self._bell) if events else None
        self._stopped = False

    @property
    def hears(self) -> bool:
        """Whether events wake it; else only time does."""
        return self._observer is not None

    @property
    def going(self) -> bool:
        """Whether nobody has stopped it."""
        return not self._stopped

    def wait(self, seconds: float) -> bool:
        """Wait until something stirs in the inbox, for so many seconds at most; `False` once it was stopped."""
        if self._rang(seconds) and not self._stopped:
            until = time.monotonic() + _SETTLE
            while self._rang(until - time.monotonic()) and not self._stopped:
                pass
        return not self._stopped

    def stop(self) -> None:
        """End the waiting, now and for good. May be called from a signal handler or another thread."""
        self._stopped = True
        self._bell.put(None)  # the one queue that a signal handler may put into

    def _rang(self, seconds: float) -> bool:
        if self._stopped:
            return True
        try:
            self._bell.get(timeout=max(seconds, 0.0))
        except queue.Empty:
            return False
        return True

    def close(self) -> None:
        """Let go of the system's watch."""
        self.stop()
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
            self._observer = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _observer(inbox: Path, bell: queue.SimpleQueue[None]) -> BaseObserver | None:
    from watchdog.events import (  # noqa: PLC0415 - only `watch` pays for it
        FileClosedEvent,
        FileCreatedEvent,
        FileModifiedEvent,
        FileMovedEvent,
        FileSystemEvent,
        FileSystemEventHandler,
    )
    from watchdog.observers import Observer  # noqa: PLC0415

    class Ring(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            del event
            bell.put(None)

    observer = Observer()
    wanted: list[type[FileSystemEvent]] = [FileCreatedEvent, FileModifiedEvent, FileMovedEvent, FileClosedEvent]
    observer.schedule(Ring(), str(inbox), recursive=True, event_filter=wanted)
    try:
        observer.start()
    except OSError:
        return None  # the system has no watch left; time alone wakes us then
    return observer
