from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from processor.flows.digesting import digest_of
from processor.outbox.digest import text
from tests.cli.conftest import Desk
from tests.flows.partner import NAME, Partner, registration
from tests.rulebook import cases

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 11, 24)


def said(partner: Partner, day: date, today: date | None = None) -> str:
    return text(digest_of(partner.office.store, day, today or partner.office.day))


def test_what_came_and_what_was_written_is_counted(tmp_path: Path) -> None:
    partner = Partner(tmp_path, DAY).send(registration(DAY), cases.course("Jane Doe", issue_date=DAY))
    partner.run()
    shown = said(partner, DAY)
    assert "New files: 2\n" in shown
    assert "Letters written: 1 (acknowledgement 1)" in shown
    assert "Nothing came" in said(partner, DAY + timedelta(days=1))


def test_the_age_of_the_oldest_waiting_file_is_told(tmp_path: Path) -> None:
    partner = Partner(tmp_path, DAY).send(cases.first_aid("Luc Roy"))
    oldest = partner.office.store.papers.pool()[0].sha256[:12]
    partner.on(DAY + timedelta(days=3)).send(cases.first_aid("Max Stone"))
    shown = said(partner, partner.office.day)
    assert "Papers that no employer claims: 2" in shown
    assert f"The oldest waiting file: {oldest}, came 2026-11-24, waits 3 days" in shown


def test_questions_are_told_by_their_code(tmp_path: Path) -> None:
    unsure = registration(DAY, city=cases.unsure("Winnipeg", "unsure-reading"))
    partner = Partner(tmp_path, DAY).send(unsure)
    partner.run()
    asked = partner.office.store.cases.questions()
    assert asked
    assert f"Questions of cases: {len(asked)} (" in said(partner, DAY)
    assert asked[0].question.code in said(partner, DAY)


def test_no_name_is_in_a_digest(tmp_path: Path) -> None:
    partner = Partner(tmp_path, DAY).send(registration(DAY), cases.first_aid("Luc Roy"))
    partner.run()
    shown = said(partner, DAY)
    assert NAME not in shown
    assert "Luc Roy" not in shown


def test_the_command_shows_a_day(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "office")
    (desk.home / "inbox" / "notes.txt").write_text("no paper")
    desk.run()
    (desk.home / "inbox" / "again.txt").write_text("no paper")
    desk.run()
    shown = desk.secor("digest", "--day", "2026-11-24")
    assert shown.exit_code == 0
    assert "New files: 1, of which nobody could read 1\nFiles that were known already: 1\n" in shown.stdout
    assert desk.shown("digest", "--day", "2026-11-24")["aside"] == 1
    assert "Nothing came" in desk.secor("digest", "--day", "2026-11-20").stdout
