"""A sample of decisions, read again by a person who does not see them."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from processor.cli import main
from processor.errors import Wrong
from processor.flows import deciding, sampling
from processor.flows.history import history
from processor.model import Answer
from tests.flows.partner import Partner, first_year

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

BEGAN = date(2026, 3, 14)
DRAW = ("sample", "draw", "--seed", "482915", "--below", "20")


@pytest.fixture
def partner(tmp_path: Path) -> Iterator[Partner]:
    one = Partner(tmp_path / "office", BEGAN)
    one.send(*first_year(date(2026, 3, 1))).run()
    yield one
    one.office.store.close()


def read(partner: Partner, *wrongly: str) -> sampling.Sample:
    """Read all that is to be read: as the program did, but for these requirements."""
    while (sample := sampling.current(partner.office)) and sample.to_read:
        decision = sample.to_read[0]
        other = Answer.NOT_MET if decision.answer == "met" else Answer.MET
        said = other if decision.requirement in wrongly else Answer(decision.answer)
        sampling.answer(partner.office, decision, said, by="Lou")
    assert sample
    return sample


def draw(partner: Partner, percent: str = "20") -> sampling.Sample:
    return sampling.draw(partner.office, seed="482915", percent=percent, by="Lou")


def test_without_an_error_it_says_how_few_are_wrong(partner: Partner) -> None:
    drawn = draw(partner)
    assert len(drawn.decisions) == drawn.found.population == 10
    assert drawn.says == f"{drawn.found.needed} more to read before anything can be said."
    assert read(partner).says == "With 95 % confidence fewer than 20 % of the 10 automatic decisions are wrong."


def test_an_error_widens_the_sample_and_has_the_case_judged_again(partner: Partner) -> None:
    drawn = draw(partner, "40")
    first = drawn.decisions[0].requirement
    assert partner.office.store.cases.touched() == ()
    after = read(partner, first)
    assert after.found.needed > drawn.found.needed
    assert [d.requirement for d in after.wrong] == [first]
    assert partner.office.store.cases.touched() == ("MB-0001",)
    assert any(t.says == f"{first} read again for a sample: not met, which does not agree" for t in
               history(partner.office.store, "MB-0001"))  # fmt: skip


def test_where_too_many_are_wrong_that_is_said(partner: Partner) -> None:
    drawn = draw(partner)
    after = read(partner, *(d.requirement for d in drawn.decisions))
    assert after.says == "All 10 automatic decisions were read, and 10 are wrong: not fewer than 20 %."


def test_what_a_person_decided_is_not_drawn(partner: Partner) -> None:
    deciding.waive(partner.office, "MB-0001", "size", date(2026, 4, 1), by="Lou", reason="Counted by hand.")
    partner.run()
    assert "size" not in {d.requirement for d in draw(partner).decisions}


def test_what_is_judged_later_changes_no_sample(partner: Partner) -> None:
    before = draw(partner).decisions
    partner.office.store.cases.touch("MB-0001")
    partner.on(date(2026, 3, 20)).run()
    again = sampling.current(partner.office)
    assert again
    assert again.decisions == before
    assert {p.received for p in sampling.papers(partner.office, before[0])} == {BEGAN}


def test_nobody_draws_until_one_pleases(partner: Partner) -> None:
    draw(partner)
    with pytest.raises(Wrong, match="is not finished"):
        draw(partner)
    read(partner)
    assert draw(partner).found.read == 0


def test_where_nothing_was_decided_nothing_is_drawn(tmp_path: Path) -> None:
    with pytest.raises(Wrong, match="Nothing was decided yet"):
        draw(Partner(tmp_path / "empty", BEGAN))


def test_a_requirement_that_is_asked_no_more_is_told_by_its_name(partner: Partner) -> None:
    decision = draw(partner).decisions[0]
    assert sampling.asks(partner.office, decision._replace(requirement="gone")) == "gone"


# ---------------------------------------------------------------- the command


def secor(home: Path, *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, [*words, "--office", str(home), "--day", "2026-03-20"], input=typed)


def test_the_commands_draw_read_and_report(partner: Partner) -> None:
    partner.office.store.close()
    home = partner.office.settings.paths.state.parent
    assert "No sample was drawn yet." in secor(home, "sample", "report").stderr
    drawn = secor(home, *DRAW)
    assert (drawn.exit_code, drawn.stdout) == (3, "8 of 10 decisions are to be read: `secor sample read`.\n")
    half = secor(home, "sample", "read", "--by", "Lou", typed="m\ns\nm\nq\n")
    assert half.exit_code == 3
    assert "2 of 8 read again.\n6 more to read" in half.stdout
    assert "registration: 1.pdf, page 1, 2: " in half.stdout
    assert "not met, " not in half.stdout.replace("n  not met", "")
    whole = secor(home, "sample", "read", "--by", "Lou", typed="m\n" * 6)
    assert whole.exit_code == 0
    assert "With 95 % confidence fewer than 20 % of the 10 automatic decisions are wrong.\nExact" in whole.stdout
    told = json.loads(secor(home, "sample", "report", "--json").stdout)
    assert (told["read"], told["wrong"], told["holds"], told["seed"], told["disagreed"]) == (8, 0, True, "482915", [])


def test_the_report_names_what_was_answered_otherwise(partner: Partner) -> None:
    partner.office.store.close()
    home = partner.office.settings.paths.state.parent
    secor(home, *DRAW)
    shown = secor(home, "sample", "read", typed="n\n" * 10)
    assert shown.exit_code == 6
    assert "MB-0001 size: answered otherwise" in shown.stderr
    assert secor(home, "sample", "report").exit_code == 6
