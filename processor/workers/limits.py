"""What a child process may use, set once in it after everything is imported."""

from __future__ import annotations

import ctypes
import math
import os
import resource
import signal
import sys
from dataclasses import dataclass
from multiprocessing import parent_process
from pathlib import Path

_FILE_BYTES = 64 << 20
_OPEN_FILES = 64
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one paper may cost."""

    seconds: float = 30.0
    """Of the processor, unless its work asks for more (`more_seconds`)."""
    clock_seconds: float = 0.0
    """Of the clock; 0 for as many as of the processor."""
    memory_mb: int = 1024
    """Beyond what the child needs to stand ready."""

    @property
    def clock(self) -> float:
        """Seconds after which the parent ends a job."""
        return self.clock_seconds or self.seconds


def limit_this_process(limits: Limits) -> None:
    """Take from this process what it does not need; irrevocable. Called when its work is loaded.

    Address space, size and number of files, core dumps; and it dies with its parent. Its standard output
    becomes standard error, so that no library can print into what the parent shows.
    """
    _die_with_parent()
    os.dup2(2, 1)
    space = _address_space() + (limits.memory_mb << 20)
    _cap(resource.RLIMIT_AS, space)
    _cap(resource.RLIMIT_FSIZE, _FILE_BYTES)
    _cap(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _cap(resource.RLIMIT_CORE, 0)


def allow_seconds(seconds: float) -> None:
    """From now on this process may use so many more seconds of the processor; then it is ended by SIGXCPU.

    The clock of the parent ends a job as well; this holds when the parent is held up.
    """
    usage = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(usage.ru_utime + usage.ru_stime + seconds) + 2
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def more_seconds(seconds: float) -> None:
    """Let this process use so many more seconds of the processor than it was allowed, where it is limited at all."""
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft != resource.RLIM_INFINITY:
        more = soft + math.ceil(seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (more if hard == resource.RLIM_INFINITY else min(more, hard), hard))


def _cap(what: int, most: int) -> None:
    """Lower a limit for good; one that is lower already stays."""
    _, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))


def _address_space() -> int:
    """Bytes of address space in use now; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 1 << 30
    return pages * resource.getpagesize()


def _die_with_parent() -> None:
    """Ask Linux for SIGKILL when the parent dies; and see whether it has died before we asked."""
    parent = parent_process()
    if sys.platform != "linux" or parent is None:
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent.pid:
        os._exit(1)
