"""The restore drill: backup, more papers, the database destroyed, and every case and number is there again."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.conftest import Desk
from tests.papers.making import made
from tests.papers.recipe import recipe

if TYPE_CHECKING:
    from pathlib import Path

OTHER = {
    "legal_name": "Pembina Valley Roofing Inc.",
    "account": "000-2204",
    "business_number": "000000024",
    "email": "office@pembina-roofing.example.com",
    "owner": "Gerhard Wiebe-Plett",
    "second": "Clementine Roulette",
    "third": "Jasper Ouellette",
    "fourth": "Winifred Stobbe",
    "fifth": "Lionel Catcheway",
    "mark": "524",
}
THIRD = OTHER | {
    "legal_name": "Red Coulee Siding Ltd.",
    "account": "000-2205",
    "owner": "Ottoline Marchbanks",
    "second": "Peregrin Dube",
    "mark": "536",
}


def sends(desk: Desk, sample: str, **employer: str) -> None:
    for sent in made(recipe(sample, employer)):
        (desk.home / "inbox" / sent.name).write_bytes(sent.data)


def on(desk: Desk, day: str) -> int:
    return desk.secor("run", "--day", day).exit_code


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office that was backed up on the first of three days; all kinds of papers came on the others."""
    folder = tmp_path_factory.mktemp("worked")
    desk = Desk(folder / "office")
    sends(desk, "passes/csam-clean")
    on(desk, "2026-11-24")
    assert desk.secor("backup", str(folder / "shelf")).exit_code == 0
    sends(desk, "passes/csam-clean", **OTHER)
    desk.drop("tallgrass.pdf", signature_name=None)
    on(desk, "2026-11-25")
    (desk.home / "inbox" / "broken.pdf").write_bytes(b"no paper at all")
    shutil.copyfile(next(p for p in desk.home.glob("state/originals/*/*")), desk.home / "inbox" / "again.pdf")
    sends(desk, "passes/scsa-clean")
    desk.drop("signed.pdf")
    desk.drop("asked.pdf", legal_name="Tallgras Roofing Ltd.", wcb_account="9000018", phone="")
    on(desk, "2026-11-26")
    return folder


@pytest.fixture
def place(worked: Path, tmp_path: Path) -> Path:
    shutil.copytree(worked, tmp_path / "place", symlinks=True)
    return tmp_path / "place"


def known(desk: Desk) -> Any:  # noqa: ANN401 - JSON
    """All that an employer or a clerk could notice: cases, their letters, what is asked, and every count."""
    balance = desk.shown("balance")
    return {
        "status": desk.shown("status"),
        "letters": {p.relative_to(desk.home): p.read_bytes() for p in sorted(desk.home.glob("outbox/*/*"))},
        "counts": {k: v for k, v in balance.items() if k not in ("events", "head")},
    }


def test_the_restore_drill(place: Path) -> None:
    desk = Desk(place / "office")
    before = known(desk)
    assert before["counts"]["faults"] == []
    assert before["counts"]["numbers"]["CSAM-2026"] == 2
    (desk.home / "state" / "secor.db").unlink()
    (desk.home / "state" / "secor.db-wal").write_bytes(b"of the database that is gone")
    result = desk.secor("rebuild", "--backup", str(place / "shelf"), "--day", "2026-11-27")
    assert result.exit_code == 3, result.stdout + result.stderr
    assert "letters found in the outbox" in result.stderr
    assert (desk.home / "state" / "secor.db-wal.lost").exists()
    assert known(desk) == before
    again = desk.secor("rebuild", "--day", "2026-11-27")
    assert "0 files read again; 0 letters found" in again.stderr
    assert known(desk) == before

    sends(desk, "passes/csam-clean", **THIRD)
    on(desk, "2026-11-27")
    new = {p.name for p in desk.home.glob("outbox/2026-11-27/*.pdf")}
    numbers = desk.shown("balance")["numbers"]
    assert (numbers["CSAM-2026"], numbers["L-2026"]) == (3, before["counts"]["numbers"]["L-2026"] + 1)
    assert len(new) == 1
    assert desk.secor("balance").exit_code == 0


def test_an_office_rises_elsewhere_from_what_is_left_of_it(place: Path) -> None:
    desk = Desk(place / "office")
    before = known(desk)
    (desk.home / "state" / "secor.db").write_bytes(b"rotten")
    new = Desk.__new__(Desk)
    new.home = place / "new"
    assert new.secor("restore", str(place / "shelf"), str(new.home), office=False).exit_code == 0
    result = new.secor("rebuild", "--from", str(desk.home), "--day", "2026-11-27")
    assert result.exit_code == 3, result.stdout + result.stderr
    assert known(new) == before


def test_a_restored_database_is_not_worked_with_before_it_is_rebuilt(place: Path) -> None:
    desk = Desk(place / "office")
    restored(desk, place)
    desk.drop("new.pdf", legal_name="New Roofing Ltd.", wcb_account="9000033")
    result = desk.secor("run")
    assert (result.exit_code, "secor rebuild" in result.stderr) == (5, True)
    assert (desk.home / "inbox" / "new.pdf").exists()


def test_letters_alone_are_enough_to_stop_it(place: Path) -> None:
    """A person's answer may be all that came since the backup: then the outbox alone is newer."""
    desk = Desk(place / "office")
    restored(desk, place)
    book = desk.home / "state/originals/journal.jsonl"
    first = [line for line in book.read_text().splitlines() if json.loads(line)["day"] == "2026-11-24"]
    book.write_text("\n".join(first) + "\n")
    assert desk.secor("run").exit_code == 5


def test_a_letter_of_nobody_keeps_its_number_and_what_lies_between_is_passed_over(place: Path) -> None:
    desk = Desk(place / "office")
    real = next(desk.home.glob("outbox/2026-11-26/SK-0001-certificate-*.pdf"))
    far = real.with_name("SK-0009-certificate-L-2026-000040.pdf")
    shutil.copyfile(real, far)
    restored(desk, place)
    result = desk.secor("rebuild", "--day", "2026-11-27")
    assert far.name in result.stdout
    assert real.name not in result.stdout
    assert desk.secor("balance").exit_code == 0, desk.secor("balance").stdout
    sends(desk, "passes/csam-clean", **THIRD)
    on(desk, "2026-11-27")
    assert desk.shown("balance")["numbers"]["L-2026"] == 41
    assert desk.secor("balance").exit_code == 0


def test_a_letter_whose_file_is_gone_keeps_its_number_too(place: Path) -> None:
    desk = Desk(place / "office")
    next(desk.home.glob("outbox/2026-11-26/SK-0001-certificate-*.pdf")).unlink()
    restored(desk, place)
    assert desk.secor("rebuild", "--day", "2026-11-27").exit_code == 6
    (fault,) = desk.shown("balance")["faults"]
    assert "has no file" in fault["says"]
    assert desk.shown("balance")["numbers"]["SCSA-2026"] == 1


def test_what_a_person_answered_is_asked_again_and_the_certificate_keeps_its_number(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "office")
    on(desk, "2026-11-23")
    assert desk.secor("backup", str(tmp_path / "shelf")).exit_code == 0
    sends(desk, "asks/ambiguous-date")
    on(desk, "2026-11-24")
    answer = ("review", "--by", "clerk", "--day")
    assert desk.secor(*answer, "2026-11-25", typed="=2026-04-03\n").exit_code == 0
    letters = known(desk)["letters"]
    assert any("certificate" in path.name for path in letters)
    (desk.home / "state" / "secor.db").unlink()
    result = desk.secor("rebuild", "--backup", str(tmp_path / "shelf"), "--day", "2026-11-27")
    assert (result.exit_code, "SCSA-2026-0001" in result.stdout) == (3, True)
    assert desk.secor(*answer, "2026-11-27", typed="=2026-04-03\n").exit_code == 0
    assert {p: data for p, data in known(desk)["letters"].items() if p.name != "manifest.csv"} == {
        p: data for p, data in letters.items() if p.name != "manifest.csv"
    }
    assert known(desk)["counts"]["numbers"]["SCSA-2026"] == 1
    assert desk.secor("replay", "SCSA-2026-0001").exit_code == 0


def test_a_list_that_a_spreadsheet_spoilt_stops_it_with_a_sentence(place: Path) -> None:
    desk = Desk(place / "office")
    restored(desk, place)
    (desk.home / "outbox" / "2026-11-25" / "manifest.csv").write_text("number;who\n1;2\n")
    result = desk.secor("rebuild", "--day", "2026-11-27")
    assert (result.exit_code, "is no list of letters any more" in result.stderr) == (2, True)


def test_a_database_that_is_there_is_not_taken_away(place: Path) -> None:
    desk = Desk(place / "office")
    result = desk.secor("rebuild", "--backup", str(place / "shelf"))
    assert (result.exit_code, "is there" in result.stderr) == (2, True)


def restored(desk: Desk, place: Path) -> None:
    (desk.home / "state" / "secor.db").unlink()
    shutil.copyfile(next(place.glob("shelf/*/state/secor.db")), desk.home / "state" / "secor.db")


def test_an_end_that_a_person_decided_since_is_told_to_be_decided_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "office")
    sends(desk, "passes/csam-clean")
    on(desk, "2026-11-24")
    assert desk.secor("backup", str(tmp_path / "shelf")).exit_code == 0
    end = ("case", "withdraw", "MB-0001", "--reason", "The audit was copied.", "--by", "mia", "--day", "2026-11-25")
    shown = desk.secor(*end, "--office", str(desk.home), office=False)
    assert shown.exit_code == 0, shown.stderr
    (desk.home / "state" / "secor.db").unlink()
    result = desk.secor("rebuild", "--backup", str(tmp_path / "shelf"), "--day", "2026-11-27")
    assert (result.exit_code, "MB-0001 was told of its withdrawal on 2026-11-25" in result.stderr) == (3, True)
