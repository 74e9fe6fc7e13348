from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from processor.cli import main
from processor.flows import deciding
from processor.flows.what_if import Change, what_if
from processor.model import Registration
from processor.rulebook import book
from tests.flows.partner import Partner, first_year, later_year
from tests.rulebook.cases import HOME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BEGAN, SECOND = date(2026, 3, 14), date(2027, 1, 20)
KIM = Registration(name="Kim Aster", number="A-17", since=date(2020, 1, 1), until=date(2040, 1, 1))
TEXT = (HOME / "csam-secor.toml").read_text("utf-8")
STRICTER = TEXT.replace("value = 80\n", "value = 95\n")


@pytest.fixture
def partner(tmp_path: Path) -> Iterator[Partner]:
    one = Partner(tmp_path / "office", BEGAN)
    one.office.store.register.import_auditors([KIM], BEGAN)
    one.send(*first_year(date(2026, 3, 1))).run()
    one.on(SECOND).send(*later_year(date(2027, 1, 15))).run()
    yield one
    one.office.store.close()


def test_the_same_rules_change_nothing(partner: Partner) -> None:
    assert what_if(partner.office, book.load(TEXT)) == (2, ())


def test_stricter_rules_show_whose_answer_would_have_been_another_on_which_day(partner: Partner) -> None:
    events = len(partner.office.store.events.since(0))
    count, changes = what_if(partner.office, book.load(STRICTER))
    assert (count, changes) == (
        2,
        (
            Change(BEGAN, "MB-0001", "pass_mark", "met", "not met"),
            Change(SECOND, "MB-0001", "pass_mark", "met", "not met"),
        ),
    )
    assert len(partner.office.store.events.since(0)) == events
    assert what_if(partner.office, book.load(STRICTER), date(2026, 3, 15))[0] == 1


def test_a_waiver_holds_under_changed_rules_on_the_days_it_was_given_for(partner: Partner) -> None:
    until = date(2027, 4, 30)
    deciding.waive(partner.office, "MB-0001", "pass_mark", until, by="Lou", reason="The scale was another.")
    _, changes = what_if(partner.office, book.load(STRICTER))
    assert [(c.day, c.requirement) for c in changes] == [(BEGAN, "pass_mark")]


def test_a_requirement_that_would_not_be_asked_is_a_change_too(partner: Partner) -> None:
    start = TEXT.index("[[requirement.modules.values.asked]]")
    less = TEXT[:start] + TEXT[start:].replace("value = true", "value = false", 1)
    _, changes = what_if(partner.office, book.load(less))
    assert {(c.requirement, c.now, c.then) for c in changes} == {("modules", "met", "")}


def test_another_program_s_rules_look_at_nothing(partner: Partner) -> None:
    assert what_if(partner.office, book.load((HOME / "scsa-secor.toml").read_text("utf-8"))) == (0, ())


def test_the_command_prints_the_changes_and_their_count(partner: Partner, tmp_path: Path) -> None:
    partner.office.store.close()
    rules = tmp_path / "stricter.toml"
    rules.write_text(STRICTER, "utf-8")
    words = ["what-if", "--office", str(tmp_path / "office"), "--rulebook", str(rules)]
    shown = CliRunner().invoke(main, words)
    assert "2026-03-14\tMB-0001\tpass_mark\tmet\tnot met\n" in shown.stdout
    assert "2 judgings looked at: 2 answers of 1 case would change." in shown.stderr
    assert json.loads(CliRunner().invoke(main, [*words, "--since", "2027-01-01", "--json"]).stdout)["judgings"] == 1
