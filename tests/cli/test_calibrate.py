"""`secor calibrate`: from labelled papers to a file that says from when on a recognised text is sure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from processor.cli import main
from processor.errors import Exit
from processor.reading.certainty import FAMILIES, load
from tests.cli.conftest import Desk

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def secor(*words: str) -> Result:
    return CliRunner().invoke(main, words)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two made-up registrations, typed and scanned, with their truth."""
    folder = tmp_path_factory.mktemp("labelled")
    how = ("--family", "calibrate", "--channel", "scan200", "--pen", "typed", "--count", "2", "--seed", "7")
    made = secor("forms", "twin", "csam-registration", *how, "--out", str(folder))
    assert made.exit_code == Exit.DONE
    return folder


def test_papers_become_a_file_that_is_used_where_it_lies_in_the_office_s_templates(
    papers: Path, tmp_path: Path
) -> None:
    file = tmp_path / "certainty.toml"
    result = secor("calibrate", str(papers), "--out", str(file), "--ablation", "--json")
    assert result.exit_code == Exit.DONE
    told = json.loads(result.stdout)
    assert (told["papers"], told["targets"]) == (2, {"typed": 0.001, "by-hand": 0.003})
    rows = {row["of"]: row for row in told["texts"]}
    whole = rows.pop("all")
    parts = [row for of, row in rows.items() if not of.startswith("all, ")]
    assert sum(row["count"] for row in parts) == whole["count"] > 30
    assert len(rows) - len(parts) == len(FAMILIES)
    assert (whole["asked"], whole["wrong"]) == (whole["count"], 0), "so few papers make nothing sure"
    assert load(file.read_text("utf-8")).judges

    desk = Desk(tmp_path / "office")
    paper = next(p for p in sorted(papers.iterdir()) if p.suffix != ".json")

    def sure() -> int:
        shown = json.loads(desk.secor("read", "--json", str(paper)).stdout)
        readings = shown["documents"][0]["readings"]
        return sum(readings[name]["state"] == "sure" for name in ("legal_name", "city", "phone", "owner_name"))

    before = sure()
    (desk.home / "templates").mkdir()
    (desk.home / "templates" / "certainty.toml").write_bytes(file.read_bytes())
    assert before > sure() == 0
    (desk.home / "templates" / "certainty.toml").write_text("version = 0", "utf-8")
    broken = desk.secor("read", str(paper))
    assert broken.exit_code == Exit.SETUP_BROKEN
    assert "secor calibrate" in broken.stderr
    again = desk.secor("calibrate", str(papers), "--out", str(desk.home / "templates" / "certainty.toml"))
    assert again.exit_code == Exit.DONE
    assert sure() == 0


def test_a_folder_without_labelled_papers_is_told_how_to_get_some(tmp_path: Path) -> None:
    result = secor("calibrate", str(tmp_path), "--out", str(tmp_path / "x.toml"))
    assert result.exit_code == Exit.USAGE
    assert "forms twin" in result.stderr


def test_a_truth_that_is_none_is_told(papers: Path, tmp_path: Path) -> None:
    paper = next(p for p in papers.iterdir() if p.suffix != ".json")
    (tmp_path / paper.name).write_bytes(paper.read_bytes())
    (tmp_path / f"{paper.stem}.truth.json").write_text("[]", "utf-8")
    result = secor("calibrate", str(tmp_path), "--out", str(tmp_path / "x.toml"))
    assert result.exit_code == Exit.SETUP_BROKEN
    assert f"The truth of {paper.name} cannot be read" in result.stderr
