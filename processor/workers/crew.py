"""The seam: jobs go in one by one, results come out in the same order, few are ever under way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, Self

from processor.errors import UnreadablePaper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType


@dataclass(frozen=True, slots=True)
class Job:
    """One call to make. The function stands at the top level of a module, so that a child can find it."""

    key: str
    function: Callable[..., Any]
    args: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a job: a value, or the reason why its paper is set aside."""

    key: str
    value: Any = None
    refused: UnreadablePaper | None = None
    trace: str = ""
    """For a fault of ours, the kind of error and the lines it passed; no values, so it may be logged."""


class Crew(Protocol):
    """Runs jobs. Used with `with`; afterwards no child is left."""

    def run(self, jobs: Iterable[Job]) -> Iterator[Result]:
        """A result for each job, in their order. Jobs are drawn as there is room for them.

        A job that raises `UnreadablePaper`, dies or takes too long gives a refused result; any other
        `ProcessorError` (a broken set-up, say) is raised here, since it would befall every job.
        """

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...


class Inline:
    """Runs each job here and now. For our own papers and for tests; a stranger's bytes need `Isolated`."""

    def __init__(self, setup: Callable[..., None] | None = None, args: tuple[Any, ...] = ()) -> None:
        if setup is not None:
            setup(*args)

    def run(self, jobs: Iterable[Job]) -> Iterator[Result]:
        """A result for each job, in their order."""
        for job in jobs:
            try:
                yield Result(job.key, job.function(*job.args))
            except UnreadablePaper as refused:
                yield Result(job.key, refused=refused)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        pass
