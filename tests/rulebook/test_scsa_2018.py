"""SCSA's program since September 2018: a second edition, switched on by a setting; and the milestone of its courses."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from processor.errors import SetupBroken
from processor.flows.house import make_office, read_rulebooks, read_settings
from processor.model import Answer, Case, Document, Employer, Filed, Kind, Verdict
from processor.rulebook import book
from processor.rulebook.edition import Rulebook
from processor.rulebook.terms import terms_on
from processor.rulebook.verdicts import verdicts
from tests.rulebook.cases import DAY, HOME, audit, course, registration, unsure, words

SCSA = "scsa-secor"
COURSES = ("safety-management", "safety-auditor-fundamentals", "leadership-for-safety-excellence", "scot")
STAFF = frozenset({"needs-judgement@mailing_address", "needs-judgement@owner_name"})
OVER = date(2027, 9, 1)
"""Twelve months after the registration of 2026-09-01: the last day of the milestone."""
BARS = "bar]]\nsince = 2018-09-01\nvalue = "


def rules(old: str = "", new: str = "") -> Rulebook:
    text = (HOME / "scsa-secor-2018.toml").read_text("utf-8")
    return book.load(text.replace(old, new), (HOME / "common.toml").read_text("utf-8"))


def clean(*, without: str = "", of_type: str = "partner") -> list[Document]:
    held = [course("Jane Doe", which) for which in COURSES if which != without]
    others = [course("Luc Roy", "scot")] if without != "scot" else []
    return [registration(SCSA), *held, *others, audit(SCSA, of_type)]


def judged(
    papers: list[Document],
    day: date = DAY,
    *,
    of: Rulebook | None = None,
    **case: Any,  # noqa: ANN401 - of the case
) -> dict[str, Verdict]:
    filed = (
        Filed(number=f"0123456789ab.{i}", submission=f"{i}.pdf", received=date(2026, 11, 2), order=i, document=d,
              settled=STAFF if d.kind is Kind.REGISTRATION else frozenset())
        for i, d in enumerate(papers, start=1)
    )  # fmt: skip
    employer = Employer(number=1, legal_name="Northwind Roofing Ltd.", account="1234567")
    opened = Case(code="SK-0001", program=SCSA, employer=employer, opened=date(2026, 9, 3), documents=tuple(filed))
    found = verdicts(replace(opened, **case), (of or rules()).on(day), words(), day)
    return {v.requirement: v for v in found}


def test_an_office_switches_the_edition_on_by_a_setting(tmp_path: Path) -> None:
    make_office(tmp_path)
    assert "safety_management" in {r.id for r in read_rulebooks(read_settings(tmp_path))[SCSA].requirements}
    (tmp_path / "secor.toml").write_text(f'[programs.{SCSA}]\nedition = "2018"\n', "utf-8")
    assert read_rulebooks(read_settings(tmp_path))[SCSA] == rules()
    (tmp_path / "secor.toml").write_text(f'[programs.{SCSA}]\nedition = "1999"\n', "utf-8")
    with pytest.raises(SetupBroken, match=r"There is no rulebook .*scsa-secor-1999\.toml"):
        read_rulebooks(read_settings(tmp_path))


def test_it_asks_from_september_2018_on_and_each_year() -> None:
    assert rules().on(date(2018, 8, 31)).requirements == ()
    assert len(rules().on(date(2018, 9, 1)).requirements) == 11
    terms = terms_on(rules(), DAY)
    assert (terms.cycle_years, terms.yearly, terms.registration_months) == (3, True, 18)


def test_a_clean_case_is_met() -> None:
    assert {id_: v.because for id_, v in judged(clean()).items() if v.answer is not Answer.MET} == {}


@pytest.mark.parametrize("which", COURSES)
def test_each_course_is_needed(which: str) -> None:
    found = judged(clean(without=which))["scot" if which == "scot" else "courses"]
    assert found.answer is Answer.NOT_MET


@pytest.mark.parametrize(("year", "of_type", "answer"), [
    (1, "partner", Answer.MET), (1, "self", Answer.NOT_MET),
    (2, "self", Answer.MET), (3, "self", Answer.MET), (2, "partner", Answer.NOT_MET),
])  # fmt: skip
def test_the_first_audit_is_scsa_s_and_the_next_two_the_company_s(year: int, of_type: str, answer: Answer) -> None:
    certified = None if year == 1 else date(2025, 11, 24)
    assert judged(clean(of_type=of_type), year=year, certified=certified)["audits"].answer is answer


# ---------------------------------------------------------------- the milestone


def test_a_milestone_that_is_missed_warns_and_says_which_courses() -> None:
    papers = clean(without="safety-management")
    before, after = (judged(papers, day)["milestone"] for day in (OVER, OVER + timedelta(days=1)))
    assert (before.answer, before.notes[0][:7]) == (Answer.MET, "Assumed")
    assert after.answer is Answer.MET
    assert (
        after.notes[0]
        == "Warning: You registered on 2026-09-01, and of these courses no certificate has come: Safety Management."
    )
    assert judged(clean(), OVER + timedelta(days=1))["milestone"].because.endswith("are to be shown until 2027-09-01.")


def test_an_office_may_let_a_milestone_bar() -> None:
    late, bars = OVER + timedelta(days=1), rules(f"{BARS}false", f"{BARS}true")
    papers = clean(without="safety-management")
    assert judged(papers, late, of=bars)["milestone"].answer is Answer.NOT_MET
    assert judged(papers, late, of=bars, certified=date(2027, 1, 4))["milestone"].answer is Answer.MET
    assert judged(papers[1:], late, of=bars)["milestone"].received is False
    unread = [*papers, course("Jane Doe", unsure("safety-management"))]
    assert judged(unread, late, of=bars)["milestone"].answer is Answer.MET
