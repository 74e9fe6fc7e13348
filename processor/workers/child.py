"""The child's side: it gets ready, is limited, and makes one call after the other."""

from __future__ import annotations

import os
import pickle
import signal
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from processor.errors import ProcessorError, UnreadablePaper
from processor.findings import refusal
from processor.workers.limits import Limits, allow_seconds, limit_this_process

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call came to; always picklable, so that the pool never chokes on it."""

    value: Any = None
    refused: UnreadablePaper | None = None
    trace: str = ""
    broken: ProcessorError | None = None
    """A fault of the operation, to be raised by the parent."""


_state: dict[str, Any] = {"limits": Limits(), "broken": None}


def get_ready(setup: bytes, limits: Limits) -> None:
    """Load what the work needs (`setup` is a pickled function and its arguments), then lock the door.

    The number of threads is set before anything imports numpy, whose threads would eat the address space.
    What goes wrong is kept for the first job to tell: a child that dies here would take the pool with it.
    """
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        function, args = pickle.loads(setup)  # noqa: S301 - our own parent's bytes
        if function is not None:
            function(*args)
        limit_this_process(limits)
    except ProcessorError as broken:
        _state["broken"] = broken
    except Exception as fault:  # noqa: BLE001 - whatever it is, the parent shall hear of it
        _state["broken"] = ProcessorError(f"A reading process could not start: {told(fault)}.", do="Report this.")
    _state["limits"] = limits


def call(function: Callable[..., Any], args: tuple[Any, ...]) -> Answer:
    """Make one call within the limits."""
    limits: Limits = _state["limits"]
    if _state["broken"] is not None:
        return Answer(broken=_state["broken"])
    allow_seconds(limits.seconds)
    try:
        return Answer(value=function(*args))
    except UnreadablePaper as refused:
        return Answer(refused=refused)
    except ProcessorError as broken:
        return Answer(broken=broken)
    except MemoryError:
        return Answer(refused=too_much_memory(limits))
    except Exception as fault:  # noqa: BLE001 - one paper's fault must not stop its neighbours
        return Answer(refused=refusal("broken-file"), trace=told(fault))


def too_much_memory(limits: Limits) -> UnreadablePaper:
    """The refusal of a paper that needs more memory than one may use."""
    return refusal("too-slow", what=f"it needs more than {limits.memory_mb:,} MB of memory")


def told(fault: BaseException) -> str:
    """The kind of an error and the lines it passed; never its message, which may quote a paper."""
    steps = traceback.extract_tb(fault.__traceback__)[-6:]
    return f"{type(fault).__name__} at " + " > ".join(f"{os.path.basename(s.filename)}:{s.lineno}" for s in steps)  # noqa: PTH119
