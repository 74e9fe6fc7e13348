"""The letters of the calendar and of decisions, and the letter of good standing: what they say and leave out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from processor.casework.years import Years
from processor.letters.conclude import Earlier, fingerprint
from processor.letters.renewal import Paper, notice
from processor.letters.sheet import Matter
from processor.letters.words import ENGLISH
from processor.model import Answer, Case, Document, Filed, Kind, Letter, LetterKind, Reading
from processor.rulebook.terms import LAPSES, rebate_on
from tests.casework.stories import stands
from tests.letters import cases
from tests.letters.cases import CASE, DAY, MET, NO_AUDIT, SETTINGS, TITLE, letter
from tests.rulebook.cases import rulebook

if TYPE_CHECKING:
    from processor.casework.standing import Standing

YEAR_1 = "2025-09-01 opened; 2026-03-14 certified number=CSAM-2026-0001"
YEAR_3 = f"{YEAR_1}; 2027-02-10 standing year=2; 2028-02-10 standing year=3"
NEEDED = (Paper("company self-audit", ours=False), Paper("CSAM verification review", ours=True))


def written(
    kind: LetterKind,
    now: Standing,
    papers: tuple[Paper, ...] = NEEDED,
    *,
    contact: str = "Ada Berg",
    case: Case = CASE,
) -> str:
    case = replace(case, employer=replace(case.employer, contact_name=contact))
    matter = Matter(
        case=case,
        verdicts=(),
        settings=SETTINGS,
        day=now.day,
        number="L-2027-000001",
        certificate="",
        title=TITLE,
        earlier=(),
        years=Years(cycle=1, year=1, since=now.day, until=now.day),
        words=ENGLISH,
    )
    made = notice(kind, matter, now, papers)
    assert made.kind is kind
    assert ["Certificate", "CSAM-2026-0001"] in made.data["facts"]  # type: ignore[operator]
    return " ".join(line.text for line in made.lines)


def test_a_reminder_says_by_when_what_and_why() -> None:
    text = written(LetterKind.REMINDER, stands(YEAR_1, "2027-01-29"))
    assert "Your papers for year 2 are due by February 28, 2027" in text
    assert "That is 30 days from today." in text
    assert "The company self-audit, from you." in text
    assert "The CSAM verification review. We make it ourselves: please call us to plan it." in text
    assert "Certified March 14, 2026; anniversary month March; due before March 1, 2027." in text


def test_a_reminder_tells_of_certificates_that_expire_by_then() -> None:
    told = cases.filed("old.1", Kind.FIRST_AID, 7, holder_name="Ada Berg", course="Standard First Aid")
    until = Reading(name="expiry_date", value=date(2027, 3, 31), page=1)
    card = replace(told, document=replace(told.document, readings=(*told.document.readings, until)))
    employer = replace(cases.EMPLOYER, workers=("Ada Berg",))
    case = replace(CASE, employer=employer, documents=(*CASE.documents, card))
    text = written(LetterKind.REMINDER, stands(YEAR_1, "2027-01-29"), case=case)
    assert "Standard First Aid of Ada Berg, valid until March 31, 2027" in text
    assert "Certificates that expire" not in written(LetterKind.REMINDER, stands(YEAR_1, "2027-01-29"))


def test_a_reminder_of_the_last_days() -> None:
    assert "That is tomorrow." in written(LetterKind.REMINDER, stands(YEAR_1, "2027-02-27"))
    assert "That is" not in written(LetterKind.REMINDER, stands(YEAR_1, "2027-02-28"), ())


def test_a_reminder_of_the_fourth_year_is_of_a_new_certificate() -> None:
    text = written(LetterKind.REMINDER, stands(YEAR_3, "2029-01-29"))
    assert "Your papers for a new SECOR® certificate are due by February 28, 2029" in text
    assert "is certified in the SECOR® program until March 13, 2029" in text


@pytest.mark.parametrize(
    ("lapse", "says"),
    [
        (LAPSES[0], "we will have to decide whether your certification lapses"),
        (LAPSES[1], "your certification lapses."),
    ],
)
def test_a_letter_about_what_is_overdue_says_what_follows(lapse: str, says: str) -> None:
    text = written(LetterKind.OVERDUE, stands(YEAR_1, "2027-03-01", lapse=lapse))
    assert "If they do not come by April 29, 2027" in text
    assert says in text
    assert "for a new certificate" in written(LetterKind.OVERDUE, stands(YEAR_3, "2029-03-01"))


def test_no_employer_reads_who_gave_time_and_why() -> None:
    now = stands(f"{YEAR_1}; 2027-02-01 extended until=2027-04-30 by=mia reason=flood", "2027-05-01")
    text = written(LetterKind.OVERDUE, now)
    assert "extended to April 30, 2027." in text
    assert "mia" not in text
    assert "flood" not in text


def test_a_lapse_says_since_when_and_how_that_was_found_or_the_reason_that_a_person_gave() -> None:
    text = written(LetterKind.LAPSE, stands(YEAR_1, "2029-03-14"))
    assert "It has not been valid since March 14, 2029." in text
    assert "The certificate was valid until March 13, 2029; certified March 14, 2026" in text
    by_person = written(LetterKind.LAPSE, stands(f"{YEAR_1}; 2027-05-05 lapsed by=mia reason=Silence.", "2027-05-05"))
    assert "The reason: Silence." in by_person
    assert "mia" not in by_person
    assert "The reason" not in written(LetterKind.LAPSE, stands(f"{YEAR_1}; 2027-05-05 lapsed by=mia", "2027-05-05"))


def test_what_is_withdrawn_and_put_back_is_told() -> None:
    now = stands(f"{YEAR_1}; 2026-06-01 withdrawn by=mia reason=Copied.", "2026-06-02")
    assert "On June 1, 2026 we withdrew" in written(LetterKind.WITHDRAWAL, now)
    assert "The reason: Copied." in written(LetterKind.WITHDRAWAL, now, contact="")
    assert "The reason" not in written(LetterKind.WITHDRAWAL, replace(now, reason=""))
    back = stands(f"{YEAR_1}; 2026-06-01 withdrawn by=mia; 2026-06-05 reinstated by=tom", "2026-06-05")
    text = written(LetterKind.REINSTATEMENT, back)
    assert "valid until March 13, 2029" in text
    assert "due by February 28, 2027" in text
    over = replace(back, owed=None, in_force=False)
    assert "valid until" not in written(LetterKind.REINSTATEMENT, over)


# ---------------------------------------------------------------- good standing

SINCE = date(2026, 3, 14)
SECOND = Years(cycle=1, year=2, since=SINCE, until=date(2029, 3, 13), opens=date(2026, 9, 14))
FIRST = replace(SECOND, year=1, opens=None)
CERTIFIED = Earlier.of(letter(*MET, day=SINCE, years=FIRST))


def good(years: Years = SECOND, earlier: tuple[Earlier, ...] = (CERTIFIED,), premium: object = None) -> Letter:
    case = CASE
    if premium is not None:
        told = Reading(name="annual_wcb_premium", value=premium, page=1)  # type: ignore[arg-type]
        form = Filed(
            number="northwind-premium.1",
            submission="premium.pdf",
            received=DAY,
            order=9,
            document=Document(kind=Kind.REGISTRATION, pages=(1,), readings=(told,)),
        )
        case = replace(CASE, documents=(*CASE.documents, form))
    return letter(*MET, case=case, earlier=earlier, years=years, rebate=rebate_on(rulebook("csam-secor"), DAY))


def texts(made: Letter) -> str:
    return " ".join(line.text for line in made.lines)


def test_a_later_year_brings_a_letter_of_good_standing_with_its_evidence() -> None:
    made = good()
    assert made.kind is LetterKind.GOOD_STANDING
    assert made.data["life"] == {"cycle": 1, "year": 2, "since": "2026-03-14", "until": "2028-03-13"}
    assert "valid until March 13, 2028" in texts(made)
    assert {line.requirement for line in made.lines} >= {v.requirement for v in MET}
    assert "may be eligible" in texts(made)
    assert "would come to" not in texts(made)
    assert "replaces" not in texts(made)


@pytest.mark.parametrize(
    ("premium", "says"),
    [(4000, "premium of $4,000.00. On that the rebate would come to $3,000.00"), (0, "$0.00"), (-1, ""), ("many", "")],
)
def test_the_rebate_is_told_where_the_premium_is_known(premium: object, says: str) -> None:
    found = texts(good(premium=premium))
    assert says in found
    assert ("would come to" in found) is bool(says)


def test_without_a_rebate_nothing_is_said_of_it() -> None:
    assert "Rebate" not in texts(letter(*MET, earlier=(CERTIFIED,), years=SECOND))


def test_the_same_letter_of_good_standing_is_not_given_twice() -> None:
    first = Earlier.of(good())
    assert (first.cycle, first.year) == (1, 2)
    assert cases.outcome(*MET, earlier=(CERTIFIED, first), years=SECOND) is None
    third = good(replace(SECOND, year=3), (CERTIFIED, first))
    assert third.kind is LetterKind.GOOD_STANDING
    assert fingerprint(third) != first.fingerprint


def test_after_another_letter_a_year_that_stands_is_acknowledged() -> None:
    acknowledged = Earlier.of(letter(*MET, NO_AUDIT))
    answer = letter(*MET, earlier=(CERTIFIED, Earlier.of(good()), acknowledged), years=SECOND)
    assert answer.kind is LetterKind.ACKNOWLEDGEMENT


def test_a_new_name_in_a_later_year_brings_the_certificate_again() -> None:
    earlier = (CERTIFIED, Earlier.of(good()))
    made = letter(*MET, case=cases.named("Southwind Roofing Ltd."), earlier=earlier, years=SECOND)
    assert made.kind is LetterKind.CERTIFICATE
    assert made.data["certified_on"] == "2026-03-14"


def test_what_a_later_year_lacks_is_no_good_standing() -> None:
    assert letter(*MET, NO_AUDIT, earlier=(CERTIFIED,), years=SECOND).kind is LetterKind.ACKNOWLEDGEMENT
    assert all(v.answer is Answer.MET for v in MET)


def test_a_new_audit_of_another_year_takes_no_one_s_place() -> None:
    again = replace(cases.AUDIT, number="self-audit-2027.1", order=5, received=DAY, submission="self-audit-2027.pdf")
    case = replace(CASE, documents=(*CASE.documents, again))
    assert "it replaces the one" in texts(letter(*MET, NO_AUDIT, case=case, earlier=(CERTIFIED,), years=SECOND))
    of_year = replace(case, spent=frozenset({cases.AUDIT.number}))
    made = letter(*MET, NO_AUDIT, case=of_year, earlier=(CERTIFIED,), years=SECOND)
    assert "it replaces the one" not in texts(made)
    assert "self-audit-2026.pdf" not in texts(made)
