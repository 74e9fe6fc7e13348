"""A job may loop, crash or eat memory: it gets its own fault, and its neighbours are right."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

import pytest

from processor.errors import ProcessorError, SetupBroken, TryLater, UnreadablePaper
from processor.workers import Inline, Isolated, Job, Limits, Result, once
from processor.workers import isolated as module
from tests.workers import jobs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SMALL = Limits(seconds=1, memory_mb=512)


def good(count: int, start: int = 0) -> list[Job]:
    return [Job(f"good {n}", jobs.double, (n,)) for n in range(start, start + count)]


def run(bad: Job, **options: Any) -> Result:  # noqa: ANN401 - as the crew takes them
    """Run a bad job among good ones; the good ones must be right."""
    with Isolated(workers=2, limits=SMALL, **options) as crew:
        results = list(crew.run([*good(4), bad, *good(4, 4)]))
    assert [r.key for r in results] == [*(f"good {n}" for n in range(4)), bad.key, *(f"good {n}" for n in range(4, 8))]
    assert [r.value for r in results if r.key != bad.key] == [n * 2 for n in range(8)]
    return results[4]


def why(result: Result) -> tuple[str, str]:
    assert result.refused is not None
    assert result.refused.do
    return result.refused.code, result.refused.what


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """One try only, where a test would else wait twice."""
    monkeypatch.setattr(module, "_TRIES", 1)


@pytest.mark.usefixtures("impatient")
def test_a_job_that_loops_is_ended_and_said_to_be_too_slow() -> None:
    code, what = why(run(Job("bad", jobs.loop)))
    assert code == "too-slow"
    assert "longer" in what


@pytest.mark.usefixtures("impatient")
def test_a_job_may_ask_for_more_of_the_processor_and_is_ended_when_it_has_used_that_too() -> None:
    patient = Limits(seconds=1, clock_seconds=60, memory_mb=512)
    with Isolated(workers=2, limits=patient) as crew:
        both = [Job("more", jobs.work, (3.5, 2.0)), Job("endless", jobs.work, (60.0, 1.0))]
        more, endless = crew.run(both)
    assert more.value == 3.5
    assert why(endless)[0] == "too-slow"


def test_a_job_that_crashes_its_process_is_said_to_be_broken() -> None:
    assert why(run(Job("bad", jobs.crash)))[0] == "broken-file"


def test_a_job_that_eats_memory_is_told_so() -> None:
    code, what = why(run(Job("bad", jobs.eat)))
    assert code == "too-slow"
    assert "512 MB" in what


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        (signal.SIGABRT, "too-slow", "memory"),
        (signal.SIGKILL, "too-slow", "memory"),
        (signal.SIGXCPU, "too-slow", "longer"),
        (signal.SIGTERM, "broken-file", "damaged"),
    ],
)
def test_the_way_in_which_a_process_ends_tells_why(number: signal.Signals, code: str, words: str) -> None:
    said = why(run(Job("bad", jobs.die, (int(number),))))
    assert said[0] == code
    assert words in said[1]


def test_a_parser_that_aborts_for_want_of_memory_is_told_so() -> None:
    assert "512 MB of memory" in why(run(Job("bad", jobs.abort_when_full)))[1]


def test_a_paper_is_tried_again_when_its_process_was_lost(tmp_path: Path) -> None:
    assert run(Job("bad", jobs.crash_once, (str(tmp_path / "mark"),))).value == "second try"


def test_a_refusal_comes_back_with_its_remedy() -> None:
    assert why(run(Job("bad", jobs.refuse)))[0] == "locked-file"


def test_a_fault_of_ours_costs_one_paper_and_tells_no_value() -> None:
    result = run(Job("bad", jobs.fail))
    assert why(result)[0] == "broken-file"
    assert "KeyError" in result.trace
    assert "jobs.py" in result.trace
    assert "private" not in result.trace


def test_a_broken_setup_stops_the_run() -> None:
    with Isolated(workers=1, limits=SMALL) as crew, pytest.raises(SetupBroken, match="Put it back"):
        list(crew.run([Job("bad", jobs.break_setup), *good(2)]))


def test_setup_runs_in_the_child_before_the_jobs() -> None:
    with Isolated(jobs.ready, (7,), workers=1, limits=SMALL) as crew:
        assert [r.value for r in crew.run([Job("one", jobs.known)])] == [7]
    with pytest.raises(KeyError):
        jobs.known()


def test_a_setup_that_fails_says_so_and_does_not_start_children_for_ever() -> None:
    with Isolated(jobs.broken_setup, workers=1) as crew, pytest.raises(SetupBroken, match="has no page"):
        list(crew.run(good(1)))
    with Isolated(jobs.failing_setup, workers=1) as crew, pytest.raises(ProcessorError, match="KeyError") as fault:
        list(crew.run(good(1)))
    assert "private" not in str(fault.value)


def test_jobs_are_drawn_only_as_there_is_room_for_them() -> None:
    drawn: list[int] = []

    def source() -> Iterator[Job]:
        for number in range(100):
            drawn.append(number)
            yield Job(str(number), jobs.double, (number,))

    with Isolated(workers=1, limits=SMALL) as crew:
        results = crew.run(source())
        first = next(results)
        assert (first.value, len(drawn)) == (0, 8)
        assert [r.value for r in results] == [n * 2 for n in range(1, 100)]


def test_a_child_is_limited() -> None:
    with Isolated(workers=1, limits=SMALL) as crew:
        (result,) = crew.run([Job("limits", jobs.write_core_limit)])
    assert result.value == (0, 64)


def test_no_child_is_left(tmp_path: Path) -> None:
    with Isolated(workers=1, limits=SMALL) as crew:
        (result,) = crew.run([Job("pid", jobs.process)])
    assert result.value != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(result.value, 0)
    assert not list(tmp_path.iterdir())


def test_a_crew_whose_only_child_dies_while_idle_goes_on() -> None:
    with Isolated(workers=1, limits=SMALL) as crew:
        (result,) = crew.run([Job("pid", jobs.process)])
        os.kill(result.value, signal.SIGKILL)
        os.waitid(os.P_PID, result.value, os.WEXITED | os.WNOWAIT)
        assert [r.value for r in crew.run(good(3))] == [0, 2, 4]


class _Dead:
    """A pool whose children can never be started."""

    def schedule(self, *_: object, **__: object) -> object:
        raise RuntimeError("Unexpected error within the Pool")

    def stop(self) -> None:
        pass

    join = stop


class _Forgetful(_Dead):
    """A pool that breaks just after it took a job."""

    active = False

    def schedule(self, *_: object, **__: object) -> object:
        return Future[object]()


def test_a_pool_that_cannot_be_kept_alive_asks_to_try_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Isolated, "_fresh", lambda _: _Dead())
    with Isolated(workers=1) as crew, pytest.raises(TryLater):
        list(crew.run(good(1)))


def test_a_job_that_a_broken_pool_forgot_is_tried_again_and_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ASK", 0.01)
    with Isolated(workers=1) as crew:
        monkeypatch.setattr(crew, "_pool", _Forgetful())
        (result,) = crew.run(good(1))
    assert why(result)[0] == "broken-file"


def test_once_makes_one_call_in_a_child() -> None:
    assert once(jobs.double, 21, limits=SMALL) == 42
    with pytest.raises(UnreadablePaper) as refused:
        once(jobs.refuse, limits=SMALL)
    assert refused.value.code == "locked-file"


def _inline(todo: Iterable[Job]) -> list[Result]:
    with Inline(jobs.ready, (3,)) as crew:
        return list(crew.run(todo))


def test_inline_gives_the_same_answers_without_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_known", {})
    results = _inline([Job("a", jobs.double, (2,)), Job("b", jobs.refuse), Job("c", jobs.known)])
    assert [(r.key, r.value) for r in results] == [("a", 4), ("b", None), ("c", 3)]
    assert why(results[1])[0] == "locked-file"
    with Inline() as crew, pytest.raises(KeyError):
        list(crew.run([Job("d", jobs.fail)]))


PROGRAM = """
import sys
from processor.workers import Isolated, Job, Limits
from tests.workers import jobs
print("started")
if __name__ == "__main__":
    with Isolated(workers=1, limits=Limits(seconds=5)) as crew:
        print([r.value for r in crew.run([Job("n", jobs.shout), Job("p", jobs.double, (4,))])], flush=True)
        {end}
"""


def _program(tmp_path: Path, end: str) -> subprocess.CompletedProcess[str]:
    script = tmp_path / "program.py"
    script.write_text(PROGRAM.format(end=end), encoding="utf-8")
    command = [sys.executable, str(script)]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )


def test_a_child_prints_nothing_where_the_parent_shows_its_answer(tmp_path: Path) -> None:
    done = _program(tmp_path, "pass")
    assert done.returncode == 0, done.stderr
    assert "noise of a library" not in done.stdout
    assert done.stdout.endswith("[None, 8]\n")


def test_children_die_with_their_parent(tmp_path: Path) -> None:
    mark = (
        "next(iter(crew.run([Job('w', jobs.write_pid, (sys.argv[0] + '.pid',))]))); import os; os.kill(os.getpid(), 9)"
    )
    done = _program(tmp_path, mark)
    assert done.returncode == -signal.SIGKILL
    child = int((tmp_path / "program.py.pid").read_text(encoding="ascii"))
    for _ in range(1000):
        if not os.path.exists(f"/proc/{child}") or _state(child) == "Z":  # noqa: PTH110
            return
        os.sched_yield()
    pytest.fail("the child lives on")


def _state(process: int) -> str:
    try:
        with open(f"/proc/{process}/stat", encoding="ascii") as stat:  # noqa: PTH123
            return stat.read().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "Z"
