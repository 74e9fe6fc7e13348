"""Which year papers are judged for, and who has what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from processor.casework.waiving import Waiver, waive
from processor.casework.years import Years, answered_last, as_judged, collecting, consents, partners_turn, registered
from processor.model import Answer, Filed, Reading, Shortfall, State, Verdict
from tests.casework.stories import stands, terms_of
from tests.rulebook.cases import Papers, audit, course, registration

if TYPE_CHECKING:
    from processor.model import Document

MB = "csam-secor"
BEGAN = "2025-09-01 opened; 2026-03-14 certified number=CSAM-2026-0001"
YEAR_3 = f"{BEGAN}; 2027-02-10 standing year=2; 2028-02-10 standing year=3"


def filed(number: str, document: Document, received: str = "2026-03-14") -> Filed:
    day = date.fromisoformat(received)
    return Filed(number=number, submission="a.pdf", received=day, order=1, document=document)


def judged(text: str, day: str, *papers: Filed, program: str = MB) -> Years:
    now = stands(text, day, program)
    return collecting(now, terms_of(program)(now.day), papers, {"old.1"})


@pytest.mark.parametrize(
    ("text", "day", "came", "year"),
    [
        ("2025-09-01 opened", "2026-01-01", "", "1.1 2026-01-01 2028-12-31"),
        (BEGAN, "2026-05-01", "", "1.1 2026-03-14 2029-03-13"),
        (BEGAN, "2026-05-01", "2026-04-30", "1.1 2026-03-14 2029-03-13"),
        (BEGAN, "2026-09-14", "2026-09-13", "1.1 2026-03-14 2029-03-13"),
        (BEGAN, "2026-09-14", "", "1.1 2026-03-14 2029-03-13"),
        (BEGAN, "2026-09-14", "2026-09-14", "1.2 2026-03-14 2029-03-13"),
        (BEGAN, "2026-12-01", "", "1.2 2026-03-14 2029-03-13"),
        (BEGAN, "2027-05-01", "", "1.2 2026-03-14 2029-03-13"),
        (YEAR_3, "2029-02-01", "", "2.1 2029-03-14 2032-03-13"),
        (f"{YEAR_3}; 2029-02-01 extended until=2029-05-01 by=mia", "2029-04-01", "", "2.1 2029-04-01 2032-03-31"),
        (YEAR_3, "2029-03-14", "", "2.1 2029-03-14 2032-03-13"),
        (f"{BEGAN}; 2026-06-01 withdrawn", "2026-07-01", "", "2.1 2026-07-01 2029-06-30"),
    ],
)
def test_papers_are_judged_for_the_year_that_they_are_for(text: str, day: str, came: str, year: str) -> None:
    old = filed("old.1", audit(MB), day)
    card = filed("card.1", course(), day)
    new = [filed("new.1", audit(MB), came)] if came else []
    found = judged(text, day, old, card, *new)
    assert f"{found.cycle}.{found.year} {found.since} {found.until}" == year


def test_where_no_year_needs_a_letter_the_certificate_is_for_all() -> None:
    found = judged("2025-09-01 opened; 2026-03-14 certified", "2027-05-01", program="scsa-secor")
    assert (found.cycle, found.year, found.opens) == (1, 1, None)


def test_before_the_first_certificate_no_year_was_answered() -> None:
    assert answered_last(stands("2025-09-01 opened", "2026-01-01"), terms_of()(date(2026, 1, 1))) is None


def test_a_letter_of_good_standing_lasts_its_year_and_no_longer_than_the_certificate() -> None:
    years = Years(cycle=1, year=2, since=date(2026, 3, 14), until=date(2029, 3, 13))
    lasts = [replace(years, year=year).letter_until for year in (1, 2, 3, 4)]
    assert lasts == [date(2027, 3, 13), date(2028, 3, 13), date(2029, 3, 13), date(2029, 3, 13)]


@pytest.mark.parametrize(
    ("text", "day", "certified", "until", "again"),
    [
        ("2025-09-01 opened", "2026-01-01", None, None, None),
        ("2025-09-01 opened; 2026-01-01 extended until=2027-06-01 by=mia", "2026-01-02", None, "2027-06-01", None),
        ("2025-09-01 opened; 2026-01-01 came; 2026-01-05 answered", "2026-01-06", None, "2027-03-05", None),
        ("2025-09-01 opened", "2027-05-01", None, None, None),
        (BEGAN, "2026-05-01", "2026-03-14", None, None),
        (f"{BEGAN}; 2026-06-01 withdrawn", "2026-07-01", None, None, "2026-06-01"),
        (f"{BEGAN}; 2026-06-01 withdrawn; 2026-07-01 registered", "2026-07-02", None, None, "2026-07-01"),
    ],
)
def test_a_case_is_shown_to_the_rules_as_it_stands(
    text: str, day: str, certified: str | None, until: str | None, again: str | None
) -> None:
    now = stands(text, day)
    case = as_judged(Papers(MB).case(), now, judged(text, day), {"old.1"})
    found = (case.certified, case.registered_until, case.again)
    assert tuple(d and d.isoformat() for d in found) == (certified, until, again)
    assert case.spent == {"old.1"}


def test_the_registration_s_day_is_the_earliest_that_it_was_signed_or_came() -> None:
    def form(received: str, signed: Any) -> Filed:  # noqa: ANN401
        return filed("a.1", registration(MB, signature_date=signed), received)

    assert registered([filed("c.1", course())]) is None
    assert registered([form("2026-03-14", date(2026, 3, 1)), form("2026-02-20", None)]) == date(2026, 2, 20)
    assert registered([form("2026-03-14", date(2026, 3, 1))]) == date(2026, 3, 1)
    assert registered([form("2026-03-14", "soon")]) == date(2026, 3, 14)


@pytest.mark.parametrize(("said", "listed"), [(True, True), (False, False), (None, False)])
def test_only_who_ticked_the_box_consents(said: bool | None, listed: bool) -> None:  # noqa: FBT001
    case = Papers(MB).case()
    assert not consents(case)
    told = filed("a.1", registration(MB, directory_consent=said))
    assert consents(replace(case, documents=(told,))) is listed
    unsure = Reading(name="directory_consent", value=True, state=State.UNSURE)
    doubted = filed("a.1", registration(MB, directory_consent=unsure))
    assert not consents(replace(case, documents=(told, doubted)))


OURS = Shortfall(looked_for="", found="", why="", to_do="", whose="partner")
THEIRS = replace(OURS, whose="")


def verdict(answer: Answer, *items: Shortfall, requirement: str = "audits") -> Verdict:
    return Verdict(requirement=requirement, title="", answer=answer, because="b", reference="", shortfalls=items)


@pytest.mark.parametrize(
    ("items", "partner"),
    [((OURS,), True), ((OURS, OURS), True), ((OURS, THEIRS), False), ((THEIRS,), False), ((), False)],
)
def test_it_is_the_partner_s_turn_when_only_what_it_makes_is_missing(
    items: tuple[Shortfall, ...],
    partner: bool,  # noqa: FBT001
) -> None:
    met = verdict(Answer.MET)
    assert partners_turn([met, verdict(Answer.NOT_MET, *items)]) is partner
    assert not partners_turn([met])


def test_a_waiver_holds_between_its_days_for_its_requirement_and_the_last_counts() -> None:
    first = Waiver(requirement="audits", since=date(2026, 3, 1), until=date(2026, 4, 1), by="mia", reason="one")
    last = replace(first, until=date(2026, 5, 1), reason="two")
    short = verdict(Answer.NOT_MET, THEIRS)
    for day, answer in (("2026-02-28", Answer.NOT_MET), ("2026-05-01", Answer.MET), ("2026-05-02", Answer.NOT_MET)):
        [found] = waive([short], [first, last], date.fromisoformat(day))
        assert found.answer is answer
    [found] = waive([short], [first, last], date(2026, 3, 15))
    assert found.notes == ("Waived by mia (two); else: b",)
    met, other = verdict(Answer.MET), verdict(Answer.NOT_MET, requirement="modules")
    assert waive([met, other], [first], date(2026, 3, 15)) == (met, other)
