"""A pool of limited child processes; a dead one costs its own paper and is replaced."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections import deque
from concurrent.futures import wait
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from pebble import ProcessExpired, ProcessPool

from processor.errors import TryLater, UnreadablePaper
from processor.findings import refusal
from processor.workers.child import Answer, call, get_ready, too_much_memory
from processor.workers.crew import Job, Result
from processor.workers.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future
    from types import TracebackType

_TRIES = 2
"""A paper is tried again once: the first child may have died of something else."""
_WINDOW = 8
"""Jobs under way for each child, so that one slow paper does not leave the others without work."""
_PAPERS = 500
"""After so many a child is replaced, so that no leak of a parser lasts."""
_ASK = 1.0
"""Seconds after which a silent pool is asked whether it still lives."""


class _Waiting(NamedTuple):
    job: Job
    future: Future[Answer]
    pool: ProcessPool
    """The pool it was given to, which may have been replaced since."""
    tries: int


class Isolated:
    """Runs jobs in child processes of their own, each within its limits.

    `setup` is a top-level function that loads in the child what the jobs need; it runs before the limits
    are set, once a child. The thread that calls `run` must live as long as the crew (Linux ends a child
    with the thread that started it). Children are spawned, never forked: nothing of the parent is in them.
    """

    def __init__(
        self,
        setup: Callable[..., None] | None = None,
        args: tuple[Any, ...] = (),
        *,
        workers: int = 0,
        limits: Limits | None = None,
    ) -> None:
        self._setup = pickle.dumps((setup, args))
        self._workers = workers or os.cpu_count() or 1
        self._limits = limits or Limits()
        self._pool = self._fresh()

    def run(self, jobs: Iterable[Job]) -> Iterator[Result]:
        """A result for each job, in their order; jobs are drawn as there is room for them."""
        waiting: deque[_Waiting] = deque()
        for job in jobs:
            waiting.append(self._begun(job))
            if len(waiting) >= _WINDOW * self._workers:
                yield self._next(waiting)
        while waiting:
            yield self._next(waiting)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop()

    def _fresh(self) -> ProcessPool:
        return ProcessPool(
            max_workers=self._workers,
            max_tasks=_PAPERS,
            initializer=get_ready,
            initargs=(self._setup, self._limits),
            context=multiprocessing.get_context("spawn"),
        )

    def _begun(self, job: Job, tries: int = 1) -> _Waiting:
        """Hand a job to the pool; to a new pool where the old one has lost all its children."""
        for _ in range(_TRIES):
            try:
                future = self._pool.schedule(call, args=(job.function, job.args), timeout=self._limits.clock)
                return _Waiting(job, future, self._pool, tries)
            except RuntimeError:
                self._stop()
                self._pool = self._fresh()
        raise TryLater("The reading processes cannot be kept alive.", do="See `secor doctor`.")

    def _next(self, waiting: deque[_Waiting]) -> Result:
        """The result of the oldest job; a job whose child was lost is tried again first."""
        while True:
            oldest = waiting.popleft()
            try:
                return _result(oldest.job.key, _answer(oldest))
            except (TimeoutError, ProcessExpired, BrokenProcessPool) as lost:
                if oldest.tries >= _TRIES:
                    return Result(oldest.job.key, refused=self._why(lost))
            waiting.appendleft(self._begun(oldest.job, oldest.tries + 1))

    def _stop(self) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def _why(self, lost: Exception) -> UnreadablePaper:
        """Why a child was lost, in words for a clerk."""
        code = -getattr(lost, "exitcode", 0)
        if isinstance(lost, TimeoutError) or code == signal.SIGXCPU:
            return refusal("too-slow", what="it takes longer than a paper may")
        if code in (signal.SIGABRT, signal.SIGKILL):
            return too_much_memory(self._limits)
        return refusal("broken-file")


def _answer(waiting: _Waiting) -> Answer:
    """What the child says. A pool that breaks may forget a job, so it is asked now and then if it lives."""
    while not wait([waiting.future], timeout=_ASK).done:
        if not waiting.pool.active:
            raise BrokenProcessPool("The pool is gone.")
    return waiting.future.result()


def _result(key: str, answer: Answer) -> Result:
    if answer.broken is not None:
        raise answer.broken
    return Result(key, answer.value, answer.refused, answer.trace)


def once(function: Callable[..., Any], *args: object, limits: Limits | None = None) -> Any:  # noqa: ANN401
    """Make one call in a child of its own and return what it returns. Raises `UnreadablePaper` as it does."""
    with Isolated(workers=1, limits=limits) as crew:
        (result,) = crew.run([Job("once", function, args)])
    if result.refused is not None:
        raise result.refused
    return result.value
