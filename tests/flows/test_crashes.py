"""A run that ends at any step: the next one finishes it alone, and everything balances."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from processor.flows.answering import answer
from processor.flows.balancing import balance
from processor.flows.taking import everything
from tests.intake.test_claim import Breaking, PowerCut
from tests.papers.making import made
from tests.papers.office import opened, staff
from tests.papers.recipe import recipe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from processor.flows.office import Office
    from tests.papers.office import Staff
    from tests.papers.recipe import Recipe

EVERY = 3
"""Every third step is enough in each run of the tests; the steps are others before a call and after it."""


@pytest.fixture(scope="module")
def team() -> Iterator[Staff]:
    with staff(1) as all_of_them:
        yield all_of_them


def work(office: Office) -> None:
    """One whole run."""
    list(everything(office).taken)
    list(answer(office))


def breaks(office: Office, monkeypatch: pytest.MonkeyPatch, breaking: Breaking) -> bool:
    with monkeypatch.context() as patched:
        for name in Breaking.STEPS:
            patched.setattr(os, name, breaking.step(getattr(os, name)))
        try:
            work(office)
        except PowerCut:
            return True
    return False


def drop(sample: Recipe, home: Path) -> None:
    inbox = home / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    registration = made(sample)[0]
    for name in (registration.name, "again.pdf"):
        (inbox / name).write_bytes(registration.data)
    (inbox / "broken.pdf").write_bytes(b"no paper at all")


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_a_run_that_ends_at_any_step_is_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, team: Staff, *, before: bool
) -> None:
    sample = recipe("passes/csam-clean")
    nth, broke = 1, True
    while broke:
        home = tmp_path / str(nth)
        drop(sample, home)
        with opened(sample, home, team) as office:
            broke = breaks(office, monkeypatch, Breaking(nth, before=before))
        with opened(sample, home, team) as office:
            work(office)
            found = balance(office.settings.paths, office.store)
            assert found.faults == ()
            assert (found.written, found.owed, found.standing["aside"].files) == (1, 0, 1)
            assert (found.numbers["L-2026"], found.numbers["MB"]) == (1, 1)
            assert (found.standing["claimed"].files, found.standing["known"].files) == (0, 1)
            assert list((home / "inbox").iterdir()) == []
        nth += EVERY
    assert nth > 30
