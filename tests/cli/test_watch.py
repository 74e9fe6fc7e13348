from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Desk


def watching(desk: Desk, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "processor", "watch", "--office", str(desk.home), "--poll", *more]
    return subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def lines_until(watch: subprocess.Popen[str], event: str) -> list[dict[str, Any]]:
    """The lines up to the first of that kind."""
    assert watch.stderr is not None
    lines: list[dict[str, Any]] = []
    for text in watch.stderr:
        lines.append(json.loads(text))
        if lines[-1]["event"] == event:
            break
    return lines


def test_sigterm_ends_the_watch_cleanly_and_every_line_is_json(desk: Desk) -> None:
    (desk.home / "secor.toml").write_text("[watch]\nstill_seconds = 0.1\nscan_seconds = 0.1\n")
    (desk.home / "inbox" / "Ana Kowal.txt").write_text("Ana Kowal")
    with watching(desk) as watch:
        seen = lines_until(watch, "file")
        watch.send_signal(signal.SIGTERM)
        seen += lines_until(watch, "stopped")
        out, rest = watch.communicate(timeout=60)
    assert watch.returncode == 0
    assert (out, rest) == ("", "")
    assert all("at" in line for line in seen)
    assert [line["outcome"] for line in seen if line["event"] == "file"] == ["set-aside"]
    assert "Kowal" not in json.dumps(seen)
    assert (desk.home / "state" / "metrics.prom").stat().st_mode & 0o777 == 0o600


def test_the_lines_go_to_a_file_that_may_be_renamed(desk: Desk, tmp_path: Path) -> None:
    log = tmp_path / "watch.log"
    with watching(desk, "--log", str(log)) as watch:
        while not log.exists() or "started" not in log.read_text():
            assert watch.poll() is None
        log.rename(tmp_path / "watch.log.1")
        watch.send_signal(signal.SIGTERM)
        assert watch.wait(60) == 0
    assert json.loads(log.read_text().splitlines()[-1])["event"] == "stopped"
    assert log.stat().st_mode & 0o777 == 0o600


def test_a_log_that_cannot_be_written_is_told_with_its_remedy(desk: Desk, tmp_path: Path) -> None:
    with watching(desk, "--log", str(tmp_path / "nowhere" / "watch.log")) as watch:
        _, said = watch.communicate(timeout=60)
    assert watch.returncode == 75
    assert "The log cannot be written" in said
    assert "Traceback" not in said
