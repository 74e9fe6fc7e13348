"""Waking: by an event, by time, and at once when it is to stop."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from processor.intake.wake import Waker

if TYPE_CHECKING:
    import pytest

    from processor.settings import Paths


def test_a_new_file_wakes_it_long_before_the_time_is_over(office: Paths) -> None:
    with Waker(office.inbox) as waker:
        assert waker.hears
        (office.inbox / "a.pdf").write_bytes(b"%PDF")
        assert waker.wait(600)


def test_time_alone_wakes_it_too(office: Paths) -> None:
    with Waker(office.inbox, events=False) as waker:
        assert not waker.hears
        assert waker.wait(0)


def test_once_stopped_it_never_waits_again(office: Paths) -> None:
    with Waker(office.inbox, events=False) as waker:
        waker.stop()
        assert not waker.wait(600)
        assert not waker.wait(600)


def test_a_signal_ends_the_waiting(office: Paths) -> None:
    with Waker(office.inbox, events=False) as waker:
        before = signal.signal(signal.SIGALRM, lambda *_: waker.stop())
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        try:
            assert not waker.wait(600)
        finally:
            signal.signal(signal.SIGALRM, before)


def test_where_the_system_has_no_watch_left_time_has_to_do(office: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise OSError(24, "inotify instance limit reached")

    monkeypatch.setattr("watchdog.observers.api.BaseObserver.start", refuse)
    with Waker(office.inbox) as waker:
        assert not waker.hears
        assert waker.wait(0)
