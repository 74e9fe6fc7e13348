"""What an operator sees of certifications' lives, and decides of them."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from processor.cli import main
from processor.model import Registration
from processor.outbox.calendar import Entry, calendar
from processor.outbox.directory import Entry as Listed
from processor.outbox.directory import data, page, sheet
from tests.flows.partner import Partner, audits, first_year, later_year, registration
from tests.rulebook import cases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

BEGAN = date(2026, 3, 14)
KIM = Registration(name="Kim Aster", number="A-17", since=date(2020, 1, 1), until=date(2040, 1, 1))


@pytest.fixture
def partner(tmp_path: Path) -> Iterator[Partner]:
    one = Partner(tmp_path / "office", BEGAN)
    one.send(*first_year(date(2026, 3, 1)))
    one.run()
    yield one
    one.office.store.close()


@pytest.fixture
def home(partner: Partner, tmp_path: Path) -> Path:
    assert partner.letters()
    return tmp_path / "office"


def secor(home: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [words[0], *words[1:], "--office", str(home)])


def test_due_says_what_is_owed_by_when_and_why(home: Path) -> None:
    shown = secor(home, "due", "--day", "2027-01-15")
    assert "2027-02-28\t44\tMB-0001\tNorthwind Roofing Ltd.\tgood standing due\tgood standing, year 2" in shown.stdout
    assert "certified 2026-03-14; anniversary month March; due before 1 March 2027" in shown.stdout


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ((), 1),
        (("northwind",), 1),
        (("southwind",), 0),
        (("--kind", "good standing"), 1),
        (("--kind", "good standing due"), 1),
        (("--kind", "overdue"), 0),
        (("--until", "2027-02-28"), 1),
        (("--until", "2027-02-27"), 0),
        (("--day", "2026-01-01"), 0),
    ],
)
def test_due_shows_what_is_asked_for(home: Path, words: tuple[str, ...], count: int) -> None:
    day = () if "--day" in words else ("--day", "2027-01-15")
    assert len(json.loads(secor(home, "due", *day, *words, "--json").stdout)["due"]) == count


def test_due_is_a_table_for_a_spreadsheet_and_a_calendar(home: Path) -> None:
    [row] = csv.DictReader(io.StringIO(secor(home, "due", "--day", "2027-01-15", "--csv").stdout.lstrip("\ufeff")))
    assert (row["due"], row["waits_for"]) == ("2027-02-28", "employer")
    made = secor(home, "due", "--day", "2027-01-15", "--ics").stdout_bytes
    assert b"DTSTART;VALUE=DATE:20270228\r\n" in made
    assert b"UID:MB-0001-1.2-good-standing@secor-processor\r\n" in made
    assert secor(home, "due", "--day", "2027-01-15", "--ics").stdout_bytes == made
    assert secor(home, "due", "--day", "2026-01-01", "--csv").stdout.startswith("\ufeffdue,days,case")


def test_a_calendar_folds_its_lines_and_escapes_what_it_says() -> None:
    made = calendar([Entry("x", date(2027, 2, 28), "é" * 100, "a; b, c\\d\ne")], BEGAN)
    lines = made.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert "é" * 100 in made.replace(b"\r\n ", b"").decode()
    assert b"DESCRIPTION:a\\; b\\, c\\\\d e" in lines


def test_what_runs_out_is_shown_before_it_does(partner: Partner, home: Path) -> None:
    partner.office.store.register.import_auditors([KIM], BEGAN)
    partner.send(cases.first_aid("Luc Roy", issue_date=date(2026, 1, 2), expiry_date=date(2026, 4, 1))).run()
    shown = secor(home, "expiring", "--day", "2026-03-15").stdout
    assert "2026-04-01\tMB-0001\tNorthwind Roofing Ltd.\tLuc Roy\tfirst-aid\n" in shown
    assert secor(home, "expiring", "northwind", "--day", "2026-03-15", "--days", "5").stdout.count("\n") == 1
    partner.send(cases.first_aid("Luc Roy", issue_date=date(2026, 3, 10), expiry_date=date(2029, 3, 10))).run()
    assert "Luc Roy" not in secor(home, "expiring", "--day", "2026-03-15").stdout
    [row] = json.loads(secor(home, "expiring", "--day", "2039-12-15", "--json").stdout)
    assert (row["who"], row["what"]) == ("Kim Aster", "auditor's registration A-17")


def test_history_says_everything_that_happened_and_who_did_it(home: Path) -> None:
    shown = secor(home, "history", "MB-0001").stdout
    assert "\tcase opened in csam-secor\n" in shown
    assert re.search(r"secor\tregistration [0-9a-f]{12}\.1 filed\n", shown)
    assert "\tjudged: everything met\n" in shown
    assert "certificate CSAM-2026-0001 for year 1 of cycle 1 owed: letter L-2026-000001" in shown
    rows = json.loads(secor(home, "history", "MB-0001", "--json").stdout)
    assert rows[0]["day"] == "2026-03-14"
    assert secor(home, "history", "MB-0009").exit_code == 2


def test_the_directory_shows_who_is_certified(home: Path) -> None:
    assert "Northwind Roofing Ltd.\t\tWinnipeg\t" in secor(home, "directory").stdout
    shown = json.loads(secor(home, "directory", "--json").stdout)
    assert [one["valid_to"] for one in shown["certified"]] == ["2029-03-13"]


def test_status_says_where_a_case_stands(home: Path) -> None:
    shown = secor(home, "status", "MB-0001", "--day", "2027-01-15").stdout
    assert "\tgood standing due\n" in shown
    assert "  good standing due: certified 2026-03-14; anniversary month March" in shown
    [case] = json.loads(secor(home, "status", "--day", "2027-01-15", "--json").stdout)["cases"]
    assert (case["standing"], case["due"]) == ("good standing due", "2027-02-28")


def test_the_list_for_the_board_says_who_was_certified_on_its_anniversary(partner: Partner, home: Path) -> None:
    partner.office.store.register.import_auditors([KIM], BEGAN)
    assert json.loads(secor(home, "rebates", "2026", "--json").stdout) == []
    assert json.loads(secor(home, "rebates", "2027", "--json").stdout) == []
    partner.on(date(2027, 1, 20)).send(*later_year(date(2027, 1, 15))).run()
    shown = secor(home, "rebates", "2027").stdout
    assert 'MB-0001,Northwind Roofing Ltd.,1234567,CSAM-2026-0001,2027-03-14,2,"$4,000.00","$3,000.00"' in shown
    assert json.loads(secor(home, "rebates", "2025", "--json").stdout) == []
    assert json.loads(secor(home, "rebates", "2028", "--json").stdout) == []
    partner.on(date(2028, 1, 20)).send(*later_year(date(2028, 1, 15))).run()
    partner.on(date(2028, 12, 1)).send(registration(date(2028, 11, 30), annual_wcb_premium=None)).run()
    partner.on(date(2029, 2, 1)).send(*audits(date(2029, 1, 15))).run()
    [row] = json.loads(secor(home, "rebates", "2028", "--json").stdout)
    assert (row["anniversary"], row["premium"], row["rebate"]) == ("2028-03-14", "", "")
    assert json.loads(secor(home, "rebates", "2029", "--json").stdout) == []  # the program ends with 2028


# ---------------------------------------------------------------- the directory as it is published

LISTED = (
    Listed("<b>Åsa & Co.</b>", "", "Brandon", 'SECOR "x"', "CSAM-2026-0002", "2026-03-14", "2029-03-13"),
    Listed("Zed Ltd.", "=Zed", "Winnipeg", "SECOR", "CSAM-2026-0001", "2026-03-14", "2029-03-13"),
)  # fmt: skip


class Read(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, text: str) -> None:
        self.text.append(text)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_the_page_can_be_read_aloud_and_without_a_script_or_a_server() -> None:
    html = page(LISTED).decode()
    read = Read(html)
    assert read.all("html") == [{"lang": "en-CA"}]
    assert len(read.all("h1")) == len(read.all("main")) == len(read.all("caption")) == len(read.all("title")) == 1
    assert [a["scope"] for a in read.all("th")] == ["col"] * 7 + ["row"] * 2
    assert {a["for"] for a in read.all("label")} == {a["id"] for tag in ("input", "select") for a in read.all(tag)}
    assert "hidden" in read.all("form")[0]
    assert not read.all("link")
    assert not [a for tag in ("script", "img") for a in read.all(tag) if "src" in a]
    ids = [a["id"] for _, a in read.tags if "id" in a]
    assert len(ids) == len(set(ids))
    assert "<b>" not in html
    assert "<b>Åsa & Co.</b>" in read.text


def test_the_same_entries_are_the_same_bytes_and_no_cell_is_a_formula() -> None:
    assert page(LISTED) == page(LISTED)
    assert "'=Zed" in sheet(LISTED).decode()
    assert json.loads(data(LISTED))["certified"][1]["operating_as"] == "=Zed"


def test_a_run_puts_the_directory_in_the_outbox_and_leaves_it_alone_while_it_is_right(partner: Partner) -> None:
    folder = partner.office.settings.paths.outbox / "directory"
    before = {p.name: (p.stat().st_ino, p.read_bytes()) for p in folder.iterdir()}
    assert set(before) == {"directory.html", "directory.csv", "directory.json"}
    partner.run()
    assert {p.name: (p.stat().st_ino, p.read_bytes()) for p in folder.iterdir()} == before
    partner.office.store.lives.decide("MB-0001", "withdrawn", BEGAN, by="mia", reason="x")
    partner.run()
    assert b"0 certified companies" in (folder / "directory.html").read_bytes()


# ---------------------------------------------------------------- decisions


def test_a_run_says_for_whom_the_days_of_grace_are_over(partner: Partner, home: Path) -> None:
    partner.office.store.close()
    shown = secor(home, "run", "--day", "2027-04-29")
    assert (shown.exit_code, "grace" in shown.stderr) == (0, False)
    shown = secor(home, "run", "--day", "2027-04-30")
    assert shown.exit_code == 3
    assert "The days of grace are over for MB-0001" in shown.stderr


def decides(home: Path, day: str, *words: str) -> Result:
    return secor(home, "case", *words, "--day", day, "--by", "mia", "--reason", "Because.")


def test_a_person_decides_and_the_letters_are_written_at_once(partner: Partner, home: Path) -> None:
    partner.office.store.close()
    shown = decides(home, "2027-02-01", "extend", "MB-0001", "--until", "2027-04-30")
    assert "extended to 2027-04-30 by mia (Because.)" in shown.stderr
    assert decides(home, "2027-02-02", "extend", "MB-0001", "--until", "2027-03-30").exit_code == 2
    assert decides(home, "2027-02-02", "lapse", "MB-0001").exit_code == 2
    assert decides(home, "2027-02-02", "reinstate", "MB-0001").exit_code == 2
    assert decides(home, "2027-02-02", "begin-again", "MB-0001").exit_code == 2
    assert "certificate" in decides(home, "2027-02-03", "reissue", "MB-0001").stdout
    assert "certificate" in decides(home, "2027-02-04", "rename", "MB-0001", "Southwind Roofing Ltd.").stdout
    assert decides(home, "2027-02-04", "rename", "MB-0001", "Southwind Roofing Ltd.").exit_code == 2
    assert "MB-0001 withdrawal" in decides(home, "2027-02-05", "withdraw", "MB-0001").stdout
    for words in (("withdraw", "MB-0001"), ("extend", "MB-0001", "--until", "2028-01-01"), ("reissue", "MB-0001")):
        assert decides(home, "2027-02-06", *words).exit_code == 2
    assert "MB-0001 reinstatement" in decides(home, "2027-02-06", "reinstate", "MB-0001").stdout
    assert "MB-0001 lapse" in decides(home, "2027-06-01", "lapse", "MB-0001").stdout
    assert "re-applied" in decides(home, "2027-06-02", "begin-again", "MB-0001").stderr
    trail = secor(home, "history", "MB-0001").stdout
    for kind in ("extended until 2027-04-30", "reissued", "renamed", "withdrawn", "reinstated", "lapsed", "reapplied"):
        assert f"\tmia\t{kind}: Because.\n" in trail
    assert "Southwind Roofing Ltd." not in trail
