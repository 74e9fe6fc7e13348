"""The unit of the service, by systemd's own judgement, where systemd is there."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from processor.cli import main
from processor.errors import Exit

UNIT = Path(__file__).parents[1] / "contrib" / "secor-watch.service"
PROGRAM = "/opt/secor/.venv/bin/secor"

needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")


def analyzed(tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What systemd-analyze says of the unit; a program that is there takes the place of ours."""
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text("utf-8").replace(PROGRAM, "/bin/true"), "utf-8")
    command = ["systemd-analyze", "--no-pager", *words, str(unit)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def setting(name: str) -> str:
    found = re.search(rf"^{name}=(.*)$", UNIT.read_text("utf-8"), re.MULTILINE)
    assert found, name
    return found[1]


@needs_systemd
def test_systemd_understands_every_line_of_the_unit(tmp_path: Path) -> None:
    verified = analyzed(tmp_path, "verify")
    assert (verified.returncode, verified.stderr) == (0, "")


@needs_systemd
def test_the_unit_leaves_a_strangers_file_little_to_reach(tmp_path: Path) -> None:
    judged = analyzed(tmp_path, "security", "--offline=true", "--threshold=10")
    assert judged.returncode == 0, judged.stdout[-200:]


def test_the_unit_starts_a_command_that_there_is() -> None:
    program, command, *words = shlex.split(setting("ExecStart"))
    assert program == PROGRAM
    shown = CliRunner().invoke(main, [command, "--help"])
    assert shown.exit_code == 0
    assert all(word in shown.output for word in words if word.startswith("--"))


def test_no_new_start_is_tried_where_a_person_is_needed() -> None:
    assert setting("RestartPreventExitStatus").split() == [str(int(Exit.USAGE)), str(int(Exit.SETUP_BROKEN))]


def test_the_readers_of_the_file_in_hand_get_no_sigterm() -> None:
    assert setting("KillMode") == "mixed"
