from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner

from processor.cli import main
from processor.flows.house import make_office, read_settings
from processor.flows.rulebooks import said
from tests.rulebook.cases import HOME

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def secor(*words: str) -> Result:
    return CliRunner().invoke(main, ["rulebook", *words])


def test_the_rulebooks_are_listed_with_how_much_is_assumed(tmp_path: Path) -> None:
    make_office(tmp_path)
    rows = json.loads(secor("list", "--office", str(tmp_path), "--json").stdout)
    assert {row["name"] for row in rows if row["used"]} == {"csam-secor", "scsa-secor"}
    assert {"acsa-secor", "bccsa-small-cor", "nsny-secor"} <= {row["name"] for row in rows}
    assert all(row["assumed"] for row in rows)
    assert "csam-secor\t" in secor("list", "--office", str(tmp_path)).stdout


def test_every_value_is_shown_with_its_source(tmp_path: Path) -> None:
    make_office(tmp_path)
    here = ("--office", str(tmp_path), "--day", "2026-11-24")
    shown = secor("show", "csam-secor", *here).stdout
    assert "standing\tcycle_years\t3\t0001-01-01\t\tCSAM program page" in shown
    assert "rebate\toffered\tyes\t2018-01-01\tassumed\t" in shown
    rows = json.loads(secor("show", "csam-secor", *here, "--assumed", "--json").stdout)
    assert {row["assumed"] for row in rows} == {True}
    assert {"grace_days", "lapse", "pauses", "rounding"} <= {row["name"] for row in rows}
    assert secor("show", "other", *here).exit_code == 2


def test_values_are_said_as_a_person_reads_them() -> None:
    assert said(({"type": "self", "years": (1, 2)}, True)) == "type self, years 1; 2; yes"


def test_a_rulebook_is_checked_and_what_is_wrong_is_named(tmp_path: Path) -> None:
    text = (HOME / "csam-secor.toml").read_text("utf-8")
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text(text, "utf-8")
    bad.write_text(text.replace('value = "before the anniversary month"', 'value = "some day"'), "utf-8")
    assert secor("check", str(good)).stdout.startswith("csam-secor 2026.1: 10 requirements, ")
    refused = secor("check", str(bad))
    assert refused.exit_code == 6
    assert "standing.deadline[1].value is not right" in refused.stderr


def test_an_office_takes_part_in_another_program_once_it_names_it(tmp_path: Path) -> None:
    make_office(tmp_path)
    (tmp_path / "secor.toml").write_text('[programs.acsa-secor]\nsignatory = "Pat Elm"\n', "utf-8")
    here = ("--office", str(tmp_path))
    rows = json.loads(secor("list", *here, "--json").stdout)
    assert {row["name"] for row in rows if row["used"]} == {"acsa-secor", "csam-secor", "scsa-secor"}
    assert "size\tmost\t10\t0001-01-01\t\tACSA, SECOR process" in secor("show", "acsa-secor", *here).stdout
    assert read_settings(tmp_path).program("acsa-secor").short == "ACSA"


def test_the_edition_that_is_switched_on_is_the_one_in_use(tmp_path: Path) -> None:
    make_office(tmp_path)
    (tmp_path / "secor.toml").write_text('[programs.scsa-secor]\nedition = "2018"\n', "utf-8")
    rows = json.loads(secor("list", "--office", str(tmp_path), "--json").stdout)
    assert {row["name"]: row["used"] for row in rows if row["program"] == "scsa-secor"} == {
        "scsa-secor": False,
        "scsa-secor-2018": True,
    }
    assert "milestone\tmonths\t12\t" in secor("show", "scsa-secor-2018", "--office", str(tmp_path)).stdout


def test_a_built_in_rulebook_is_checked_by_its_name() -> None:
    assert secor("check", "bccsa-small-cor").stdout.startswith("bccsa-small-cor 2026.1: 7 requirements, ")
    refused = secor("check", "no-such-rules")
    assert refused.exit_code == 6
    assert "There is no rulebook no-such-rules." in refused.stderr
