from __future__ import annotations

import json
import shutil
import tempfile
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from processor.cli import main
from processor.errors import TryLater
from processor.flows import canary
from processor.flows.canary import EXPECTED, PAPER, canary_folder, heard, sing
from processor.flows.forms import load_all
from processor.flows.house import templates_folder
from tests.cli.conftest import CLEAN, FORM
from tests.papers.filling import fill

if TYPE_CHECKING:
    from pathlib import Path


def paper() -> bytes:
    """The known paper, as it is made: the form's blank, with a made-up employer."""
    form = next(f for f in load_all((templates_folder(),)) if f.name == FORM)
    return fill((templates_folder() / "forms" / FORM / "blank.pdf").read_bytes(), form, CLEAN)


@pytest.fixture
def cage(tmp_path: Path) -> Path:
    return shutil.copytree(canary_folder(), tmp_path / "canary")


def test_the_known_paper_comes_out_as_it_must(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--write-goldens"):
        canary_folder().mkdir(exist_ok=True)
        (canary_folder() / PAPER).write_bytes(paper())
        text = json.dumps(heard(paper()), ensure_ascii=False, indent=1)
        (canary_folder() / EXPECTED).write_text(f"{text}\n", "utf-8")
    song = sing()
    assert song.well, song
    must = json.loads((canary_folder() / EXPECTED).read_text("utf-8"))
    assert must["outcome"] == "filed"
    assert must["letter"] == "acknowledgement"
    assert must["letter printed"] is True
    assert must["reading legal_name"] == [CLEAN["legal_name"], "sure"]


def test_the_known_paper_is_of_the_blank_that_is_given_out() -> None:
    assert (canary_folder() / PAPER).read_bytes() == paper(), "write it again: --write-goldens"


def test_another_reading_is_seen(cage: Path) -> None:
    must = json.loads((cage / EXPECTED).read_text("utf-8"))
    must["reading city"] = ["Brandon", "sure"]
    must["reading fax"] = ["", "sure"]
    del must["reading phone"]
    (cage / EXPECTED).write_text(json.dumps(must), "utf-8")
    song = sing(cage)
    assert not song.well
    assert [d.what for d in song.differences] == ["reading city", "reading fax", "reading phone"]
    assert (song.differences[0].came, song.differences[0].must) == (["Winnipeg", "sure"], ["Brandon", "sure"])
    assert "Winnipeg" not in song.says


def test_a_paper_that_is_not_read_is_seen(cage: Path) -> None:
    (cage / PAPER).write_bytes(b"%PDF-1.7 gone")
    song = sing(cage)
    assert {"outcome", "letter"} <= {d.what for d in song.differences}


def test_an_office_that_does_not_open_is_an_answer(cage: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> object:
        raise TryLater("The disk is full.", do="Make room.")

    monkeypatch.setattr(canary, "open_office", full)
    song = sing(cage)
    assert (song.well, song.fault) == (False, "The disk is full. Make room.")


def test_a_fault_of_ours_is_an_answer(cage: Path) -> None:
    (cage / EXPECTED).unlink()
    assert sing(cage).fault == "FileNotFoundError."


def test_the_command_says_what_came_otherwise_and_ends_with_6(cage: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    well = CliRunner().invoke(main, ["canary"])
    assert (well.exit_code, well.stdout) == (0, "")
    must = json.loads((cage / EXPECTED).read_text("utf-8"))
    (cage / EXPECTED).write_text(json.dumps(must | {"letter": "certificate"}), "utf-8")
    monkeypatch.setattr(canary, "canary_folder", lambda: cage)
    bad = CliRunner().invoke(main, ["canary"])
    assert bad.exit_code == 6
    assert bad.stdout.splitlines()[1] == 'letter\t"acknowledgement"\t"certificate"'
    shown = CliRunner().invoke(main, ["canary", "--json"])
    assert shown.exit_code == 6
    assert [d["what"] for d in json.loads(shown.stdout)["differences"]] == ["letter"]


def test_the_scratch_office_is_gone_afterwards(cage: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    assert sing(cage).well
    assert not list(scratch.iterdir())
