"""The folders of an office: made private, kept apart, held by one process at a time."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from processor.errors import SetupBroken, TryLater
from processor.intake.folders import HOUSE, prepare, refuse_overlap
from processor.intake.lock import office_lock

if TYPE_CHECKING:
    from pathlib import Path

    from processor.settings import Paths


def test_the_state_is_for_its_owner_alone(office: Paths) -> None:
    folders = [office.state, *office.state.iterdir()]
    assert {f.name for f in folders} == {"state", "claimed", "originals", "aside"}
    assert {stat.S_IMODE(f.stat().st_mode) for f in folders} == {0o700}


def test_preparing_again_changes_nothing(office: Paths) -> None:
    (office.inbox / "a.pdf").write_bytes(b"a")
    prepare(office)
    assert (office.inbox / "a.pdf").read_bytes() == b"a"


@pytest.mark.parametrize("name", ["inbox", "outbox", "state"])
def test_a_folder_within_another_is_refused(office: Paths, name: str) -> None:
    others = {"inbox", "outbox", "state"} - {name}
    for other in others:
        folder = getattr(office, other)
        for overlapping in (folder, folder / "within"):
            with pytest.raises(SetupBroken, match="lie in one another"):
                refuse_overlap(replace(office, **{name: overlapping}))


def test_a_folder_behind_a_link_is_seen_through(office: Paths, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(office.inbox)
    with pytest.raises(SetupBroken, match="lie in one another"):
        refuse_overlap(replace(office, outbox=link / "letters"))


@pytest.mark.parametrize("folder", [HOUSE, HOUSE / "store", HOUSE.parent])
def test_a_folder_that_overlaps_the_program_is_refused(office: Paths, folder: Path) -> None:
    with pytest.raises(SetupBroken, match="overlaps the program"):
        refuse_overlap(replace(office, inbox=folder))


def test_a_folder_that_cannot_be_made_is_named(office: Paths, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(SetupBroken, match="cannot be made"):
        prepare(replace(office, inbox=tmp_path / "file" / "inbox"))


def test_a_second_process_is_told_whose_turn_it_is(office: Paths) -> None:
    code = (
        "import sys; from pathlib import Path; from processor.intake.lock import office_lock\n"
        "with office_lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(office.state)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=HOUSE.parent
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(TryLater, match=f"process {other.pid}"), office_lock(office.state):
            pass
        other.kill()
    with office_lock(office.state):
        assert (office.state / "lock").read_text() == f"{os.getpid()}\n"


def test_the_lock_is_free_after_an_error(office: Paths) -> None:
    with pytest.raises(RuntimeError), office_lock(office.state):
        raise RuntimeError
    with office_lock(office.state):
        pass
