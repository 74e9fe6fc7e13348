"""Jobs for the tests of workers: good ones, and every way in which a child can be lost."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import time
from pathlib import Path

from processor.errors import SetupBroken
from processor.findings import refusal
from processor.workers.limits import more_seconds

_known: dict[str, int] = {}


def ready(number: int) -> None:
    _known["number"] = number


def broken_setup() -> None:
    raise SetupBroken("The form “x” has no page.", do="Mend it.")


def failing_setup() -> None:
    raise KeyError("a private value")


def double(number: int) -> int:
    return number * 2


def known() -> int:
    return _known["number"]


def loop() -> None:
    while True:
        pass


def work(seconds: float, more: float) -> float:
    """Use so many seconds of the processor, after asking for more of them."""
    more_seconds(more)
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass
    return seconds


def crash() -> None:
    ctypes.string_at(0)


def die(number: int) -> None:
    os.kill(os.getpid(), number)


def eat() -> int:
    return len(bytearray(4 << 30))


def abort_when_full() -> None:
    """What pdfium does when it gets no memory."""
    try:
        eat()
    except MemoryError:
        os.kill(os.getpid(), signal.SIGABRT)


def refuse() -> None:
    raise refusal("locked-file")


def break_setup() -> None:
    raise SetupBroken("The rulebook is not there.", do="Put it back.")


def fail() -> None:
    raise KeyError("a private value")


def crash_once(path: str) -> str:
    """Lose the first child that comes here; the second finds the mark of the first."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return "second try"
    crash()
    return "not reached"


def shout() -> None:
    sys.stdout.write("noise of a library")
    sys.stdout.flush()


def write_core_limit() -> tuple[int, int]:
    return resource.getrlimit(resource.RLIMIT_CORE)[0], resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def process() -> int:
    return os.getpid()


def write_pid(path: str) -> None:
    Path(path).write_text(str(os.getpid()), encoding="ascii")
