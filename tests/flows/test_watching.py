from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from processor.flows.answering import Answered
from processor.flows.house import make_office
from processor.flows.office import open_office
from processor.flows.running import Taken
from processor.flows.watching import watch
from tests.cli.conftest import Desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from processor.intake.wake import Waker

DAY = date(2026, 11, 24)


class Ticking:
    """A waker by whose waiting alone time passes; at each wait something may happen in the inbox."""

    def __init__(self, *happens: Callable[[], object]) -> None:
        self.now = 0.0
        self.going = True
        self._happens = list(happens)

    def wait(self, seconds: float) -> bool:
        self.now += max(seconds, 0.01)
        if self._happens:
            self._happens.pop(0)()
        self.going = self.going and self.now < 300
        return self.going

    def clock(self) -> float:
        return self.now


def watched(desk: Desk, *happens: Callable[[], object]) -> list[tuple[float, Taken | Answered]]:
    make_office(desk.home)
    waker = Ticking(*happens)
    with open_office(desk.home, DAY, workers=1) as office:
        seen = watch(office, cast("Waker", waker), lambda: DAY, waker.clock)
        return [(waker.now, happened) for happened in seen if isinstance(happened, Taken | Answered)]


def test_papers_that_come_together_get_one_answer_after_a_quiet_time(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "office")
    seen = watched(
        desk,
        lambda: desk.drop("first.pdf", signature_name=None),
        lambda: desk.drop("second.pdf"),
    )
    taken = [(at, what.outcome) for at, what in seen if isinstance(what, Taken)]
    assert [outcome for _, outcome in taken] == ["filed", "filed"]
    answers = [(at, what) for at, what in seen if isinstance(what, Answered) and what.written]
    [(at, answer)] = answers
    assert at >= taken[-1][0] + 60
    assert answer.written is not None
    assert answer.written.letter.kind == "acknowledgement"


def test_a_file_is_taken_when_it_has_been_still(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "office")

    def grow() -> None:
        with (desk.home / "inbox" / "scan.pdf").open("ab") as file:
            file.write(b"%PDF-1.7 more ")

    seen = watched(desk, *[grow] * 40)
    [(at, _)] = [(at, what) for at, what in seen if isinstance(what, Taken)]
    assert at >= 40 * 0.01 + 2


def test_what_a_crash_left_touched_is_answered_though_nothing_comes(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "office")
    desk.drop("tallgrass.pdf")
    with open_office(desk.home, DAY, workers=1) as office:
        from processor.flows.taking import everything  # noqa: PLC0415

        assert len(list(everything(office).taken)) == 1
    answers = [what for _, what in watched(desk) if isinstance(what, Answered) and what.written]
    assert len(answers) == 1
