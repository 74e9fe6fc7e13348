"""`secor purge`: what is past its rule goes, that it went stays, and the balance holds."""

from __future__ import annotations

import json
import shutil
import stat
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import Desk

if TYPE_CHECKING:
    from pathlib import Path

RULES = "[retention]\nregistration = 100\nset_aside = 30\n"


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = Desk(tmp_path_factory.mktemp("worked") / "office")
    desk.drop("Ana Kowal.pdf")
    desk.run()
    desk.drop("waits.pdf", legal_name="Tallgras Roofing Ltd.", wcb_account="9000018", phone="")
    (desk.home / "inbox" / "Ana Kowal's list.xlsx").write_bytes(b"no paper at all")
    desk.run()
    return desk.home


@pytest.fixture
def office(worked: Path, tmp_path: Path) -> Desk:
    shutil.copytree(worked, tmp_path / "office")
    return Desk(tmp_path / "office")


def rules(desk: Desk, text: str = RULES) -> None:
    settings = desk.home / "secor.toml"
    settings.write_text(f"{settings.read_text()}\n{text}")


def originals(desk: Desk) -> int:
    return len([p for p in desk.home.glob("state/originals/*/*") if p.is_file()])


def test_without_rules_nothing_goes(office: Desk) -> None:
    assert "0 files erased" in office.secor("purge", "--day", "2099-01-01").stderr
    assert originals(office) == 3


def test_a_dry_run_says_what_would_go_and_removes_nothing(office: Desk) -> None:
    rules(office)
    shown = json.loads(office.secor("purge", "--dry-run", "--day", "2027-03-05", "--json").stdout)
    assert sorted(each["kinds"] for each in shown) == [["registration"], ["set_aside"]]
    assert originals(office) == 3


@pytest.mark.parametrize(("day", "left"), [("2026-12-24", 3), ("2026-12-25", 2), ("2027-03-04", 2), ("2027-03-05", 1)])
def test_what_is_past_its_rule_goes_on_its_day(office: Desk, day: str, left: int) -> None:
    rules(office)
    office.secor("purge", "--day", day)
    assert originals(office) == left
    assert office.secor("balance").exit_code == 0


def test_what_waits_for_a_person_stays_whatever_the_rule(office: Desk) -> None:
    rules(office)
    office.secor("purge", "--day", "2099-01-01")
    assert originals(office) == 1


def test_the_name_goes_and_what_was_decided_stays(office: Desk) -> None:
    rules(office)
    before = office.shown("status")
    events = office.shown("balance")["events"]
    office.secor("purge", "--day", "2027-03-05")
    assert not list(office.home.glob("state/aside/*"))
    left = b"".join(p.read_bytes() for p in office.home.glob("state/originals/*") if p.is_file())
    assert b"Kowal" not in left
    assert office.shown("status")["cases"] == before["cases"]
    assert office.shown("balance")["events"] == events + 2
    assert office.secor("replay").exit_code == 0
    again = office.secor("purge", "--day", "2027-03-05")
    assert "0 files erased" in again.stderr


def test_a_file_that_was_erased_is_still_known(office: Desk) -> None:
    rules(office)
    office.secor("purge", "--day", "2027-03-05")
    office.drop("again.pdf")
    shown = json.loads(office.secor("run", "--day", "2027-03-06", "--json").stdout.splitlines()[0])
    assert shown["outcome"] == "already-known"
    assert office.secor("balance").exit_code == 0
    office.secor("purge", "--day", "2027-03-07")
    assert originals(office) == 1
    assert office.secor("balance").exit_code == 0


def test_a_picture_of_what_was_erased_is_refused_with_a_sentence(office: Desk, tmp_path: Path) -> None:
    rules(office)
    office.secor("purge", "--day", "2027-03-05")
    result = office.secor("explain", "MB-0001", "--picture", str(tmp_path / "crops"))
    assert (result.exit_code, "is not kept any more" in result.stderr) == (2, True)


def test_the_state_is_for_its_owner_alone(office: Desk) -> None:
    paths = [office.home / "state", *(office.home / "state").rglob("*")]
    assert not [p for p in paths if stat.S_IMODE(p.stat().st_mode) & 0o077]
