from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from processor.cli import main
from processor.errors import Exit, PrintingFailed
from processor.intake.lock import office_lock
from processor.store.store import Store

if TYPE_CHECKING:
    from processor.model import Letter
    from tests.cli.conftest import Desk

DAY = "2026-11-24"
HOUSE = Path(__file__).parents[2]
COMMANDS = main.list_commands(click.Context(main))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_help_with_an_example_and_stands_in_the_readme(command: str) -> None:
    shown = CliRunner().invoke(main, [command, "--help"])
    assert shown.exit_code == 0
    assert re.search(rf"\bsecor {command}\b", (HOUSE / "README.md").read_text())


def test_nothing_in_the_inbox_is_said_and_is_no_fault(desk: Desk) -> None:
    done = desk.run()
    assert (done.exit_code, done.stdout) == (Exit.DONE, "")
    assert "nothing to do" in done.stderr


def test_a_registration_alone_is_acknowledged(desk: Desk) -> None:
    desk.drop("tallgrass.pdf")
    assert desk.run().exit_code == Exit.DONE
    assert desk.letters() == ["MB-0001-acknowledgement-L-2026-000001.pdf"]
    assert not list((desk.home / "inbox").iterdir())


def test_the_same_bytes_again_change_nothing_and_write_nothing(desk: Desk) -> None:
    def files() -> dict[Path, bytes]:
        """All but the database and the book of arrivals, which counts the second arrival."""
        found = (p for p in desk.home.rglob("*") if p.is_file() and p.parent.name not in ("state", "originals"))
        return {p: p.read_bytes() for p in found}

    desk.drop("tallgrass.pdf")
    desk.run()
    before = files()
    shown = desk.shown("status")
    desk.drop("again.pdf")
    again = desk.secor("run", "--day", "2026-12-01", "--json")
    outcome, cases = map(json.loads, again.stdout.splitlines())
    assert (outcome["outcome"], cases) == ("already-known", {"cases": []})
    assert files() == before
    assert desk.shown("status") == shown


def test_a_corrected_form_supersedes_and_the_letter_says_so(desk: Desk) -> None:
    desk.drop("first.pdf", signature_name=None)
    desk.run()
    desk.drop("second.pdf")
    desk.run()
    assert desk.letters() == ["MB-0001-acknowledgement-L-2026-000002.pdf", "MB-0001-deficiency-L-2026-000001.pdf"]
    [letter] = desk.shown("explain", "L-2026-000002")
    assert any("replaces" in line["text"] for line in letter["lines"])


def test_every_line_about_a_requirement_names_its_clause_and_every_place_its_file(desk: Desk) -> None:
    desk.drop("tallgrass.pdf", signature_name=None)
    desk.run()
    [letter] = desk.shown("explain", "MB-0001")
    about = [line for line in letter["lines"] if line["requirement"]]
    assert about
    assert all(line["reference"] for line in about)
    places = [e for line in about for e in line["evidence"]]
    assert places
    assert all(e["file"] == "tallgrass.pdf" and e["page"] in (1, 2, None) for e in places)
    assert any("Name of the person who signs" in line["text"] or "signature" in line["text"].lower() for line in about)


def test_explain_cuts_the_places_out_as_pictures(desk: Desk, tmp_path: Path) -> None:
    desk.drop("tallgrass.pdf")
    desk.run()
    assert desk.secor("explain", "L-2026-000001", "--picture", str(tmp_path / "crops")).exit_code == Exit.DONE
    pictures = list((tmp_path / "crops").iterdir())
    assert pictures
    assert all(p.read_bytes().startswith(b"\x89PNG") for p in pictures)


def test_a_letter_replays_to_the_same_bytes_and_a_changed_one_is_told(desk: Desk) -> None:
    desk.drop("tallgrass.pdf")
    desk.run()
    done = desk.secor("replay")
    assert done.exit_code == Exit.DONE
    assert "same bytes" in done.stdout


def test_what_is_no_paper_is_set_aside_with_a_note(desk: Desk) -> None:
    (desk.home / "inbox" / "list.xlsx").write_bytes(b"PK\x03\x04 not a pdf")
    done = desk.run()
    assert done.exit_code == Exit.SET_ASIDE
    assert "Ask the sender for a PDF" in (desk.home / "state" / "aside" / "list.xlsx.txt").read_text()
    assert (desk.home / "state" / "aside" / "list.xlsx").read_bytes() == b"PK\x03\x04 not a pdf"


def test_an_unsure_reading_waits_and_a_person_settles_it(desk: Desk) -> None:
    desk.drop("tallgrass.pdf", signature_date="03/04/2026")
    assert desk.run().exit_code == Exit.NEEDS_PERSON
    assert desk.letters() == []
    [asked] = desk.shown("review")
    assert (asked["reading"], asked["file"]) == ("signature_date", "tallgrass.pdf")
    done = desk.secor("review", "--day", DAY, "--by", "clerk", typed="=2026-04-03\n")
    assert done.exit_code == Exit.DONE, done.output
    assert desk.letters() == ["MB-0001-acknowledgement-L-2026-000001.pdf"]


def test_a_correction_that_cannot_be_is_refused_and_asked_again(desk: Desk) -> None:
    desk.drop("tallgrass.pdf", signature_date="03/04/2026")
    desk.run()
    done = desk.secor("review", "--day", DAY, "--by", "clerk", typed="=31 February 2026\ns\n")
    assert "Type it again." in done.stderr
    assert done.exit_code == Exit.NEEDS_PERSON


def test_enter_does_not_turn_what_is_written_into_a_blank(desk: Desk) -> None:
    desk.drop("tallgrass.pdf", signature_date="03/04/2026")
    desk.run()
    done = desk.secor("review", "--day", DAY, "--by", "clerk", typed="\ns\n")
    assert "what it means is the question" in done.stderr
    assert done.exit_code == Exit.NEEDS_PERSON
    assert desk.letters() == []


def test_what_a_person_cannot_read_is_asked_of_the_employer(desk: Desk) -> None:
    desk.drop("tallgrass.pdf", signature_date="03/04/2026")
    desk.run()
    desk.secor("review", "--day", DAY, "--by", "clerk", typed="u\n")
    assert desk.letters() == ["MB-0001-deficiency-L-2026-000001.pdf"]


@pytest.mark.parametrize(("typed", "street"), [("x\n", "12 Example Street"), ("\n", "7 Other Road")])
def test_another_firm_s_registration_under_this_account_changes_the_register_only_once_a_person_says_so(
    desk: Desk, typed: str, street: str
) -> None:
    desk.drop("first.pdf")
    desk.run()
    desk.drop("second.pdf", legal_name="Coulee Masonry Inc.", mailing_address="7 Other Road", operating_name="Coulee")
    assert desk.run().exit_code == Exit.NEEDS_PERSON
    assert _register(desk) == ("12 Example Street", "")
    desk.secor("review", "--day", DAY, "--by", "clerk", typed=typed)
    assert _register(desk)[0] == street


def _register(desk: Desk) -> tuple[str, str]:
    with Store.open(desk.home / "state" / "secor.db") as store:
        employer = store.cases.summary("MB-0001").employer
        return employer.mailing_address, employer.operating_name


def test_json_is_all_there_is_on_standard_output(desk: Desk) -> None:
    desk.drop("tallgrass.pdf")
    lines = desk.secor("run", "--day", DAY, "--json").stdout.splitlines()
    submission, cases = map(json.loads, lines)
    assert submission["documents"][0]["case"] == "MB-0001"
    assert submission["outcome"] == "filed"
    [case] = cases["cases"]
    assert set(case) == {"case", "employer", "program", "verdicts", "letters", "waiting_for"}
    assert Path(case["letters"][0]["path"]).is_file()


def test_a_case_left_unanswered_by_a_crash_is_answered_at_the_next_start(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    desk.drop("tallgrass.pdf")
    with monkeypatch.context() as patched:
        patched.setattr("processor.flows.answering.judge_touched", killed)
        assert desk.run().exit_code == Exit.INTERRUPTED
    assert desk.letters() == []
    assert desk.run().exit_code == Exit.DONE
    assert desk.letters() == ["MB-0001-acknowledgement-L-2026-000001.pdf"]


def test_a_letter_owed_before_a_crash_is_written_at_the_next_start(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    desk.drop("tallgrass.pdf")
    with monkeypatch.context() as patched:
        patched.setattr("processor.flows.answering.issue", killed)
        desk.run()
    desk.run()
    assert desk.letters() == ["MB-0001-acknowledgement-L-2026-000001.pdf"]


def test_a_letter_that_cannot_be_printed_stays_owed_and_the_others_go_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from processor.printing.typeset import Press  # noqa: PLC0415

    whole = Press.print

    def choosy(press: Press, letter: Letter) -> bytes:
        if letter.case == "MB-0001":
            raise PrintingFailed("A letter lacks a glyph.", do="Add a font.")
        return whole(press, letter)

    desk.drop("a.pdf")
    desk.drop("b.pdf", legal_name="Quill Lake Drywall Inc.", wcb_account="9000018", postal_code="R0K 1X0")
    with monkeypatch.context() as patched:
        patched.setattr(Press, "print", choosy)
        done = desk.run()
    assert done.exit_code == Exit.FAULT
    assert "L-2026-000001: A letter lacks a glyph. Add a font." in done.stderr
    assert desk.letters() == ["MB-0002-acknowledgement-L-2026-000002.pdf"]
    desk.run()
    assert len(desk.letters()) == 2


def test_a_second_process_is_told_who_is_at_work(desk: Desk) -> None:
    with office_lock(desk.home / "state"):
        done = desk.run()
    assert done.exit_code == Exit.TRY_LATER
    assert "at work in this office" in done.stderr


def test_a_misspelt_setting_is_named(desk: Desk) -> None:
    (desk.home / "secor.toml").write_text("[watch]\nstill_secs = 3\n")
    done = desk.run()
    assert done.exit_code == Exit.SETUP_BROKEN
    assert "still_secs" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_office_is_a_sentence_with_a_remedy(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["run", "--office", str(tmp_path)])
    assert done.exit_code == Exit.USAGE
    assert "secor init" in done.stderr


def test_reading_needs_no_office_and_keeps_nothing(desk: Desk) -> None:
    desk.drop("tallgrass.pdf")
    before = sorted(desk.home.rglob("*"))
    done = CliRunner().invoke(main, ["read", str(desk.home / "inbox" / "tallgrass.pdf"), "--day", DAY, "--json"])
    [document] = json.loads(done.stdout)["documents"]
    assert document["readings"]["legal_name"]["value"] == "Tallgrass Roofing Ltd."
    assert document["readings"]["workers"]["value"][1]["name"]["value"] == "Ben Okafor"
    assert sorted(desk.home.rglob("*")) == before


def test_auditors_are_imported_once(desk: Desk, tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text("name,number,since,until\nOla Brandt,RA-17,2025-01-01,2027-12-31\n")
    assert "1 registration read, 1 new" in desk.secor("auditors", str(register)).stderr
    assert "1 registration read, 0 new" in desk.secor("auditors", str(register)).stderr
    register.write_text("name,number\nOla Brandt,RA-17\n")
    assert desk.secor("auditors", str(register)).exit_code == Exit.USAGE


def test_the_doctor_finds_a_fresh_office_well(desk: Desk) -> None:
    done = desk.secor("doctor")
    assert done.exit_code == Exit.DONE, done.output
    assert "NOT" not in done.stdout
