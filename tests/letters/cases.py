"""Hand-made cases and verdicts. Every person and company is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from processor.casework.clock import last_day
from processor.casework.years import Years
from processor.letters.conclude import Earlier, conclude
from processor.model import (
    Answer,
    Box,
    Case,
    Document,
    Employer,
    Evidence,
    Filed,
    Kind,
    Letter,
    Question,
    Reading,
    Shortfall,
    State,
    Verdict,
)
from processor.settings import Fee, Office, Program, Settings

if TYPE_CHECKING:
    from processor.rulebook.terms import RebateTerms

DAY = date(2026, 11, 24)
TITLE = "Small Employer Certificate of Recognition (SECOR®)"
BOX = Box(72.0, 140.0, 300.0, 158.0)


def reading(name: str, value: str, *, state: State = State.SURE, raw: str = "") -> Reading:
    return Reading(name=name, value=value, state=state, raw=raw or value, page=1, box=BOX)


def filed(number: str, kind: Kind, order: int, received: date = date(2026, 11, 20), **values: str) -> Filed:
    readings = tuple(reading(n, v) for n, v in values.items())
    return Filed(
        number=number,
        submission=f"{number.split('.', maxsplit=1)[0]}.pdf",
        received=received,
        order=order,
        document=Document(kind=kind, pages=(1,), readings=readings),
    )


EMPLOYER = Employer(
    number=1,
    legal_name="Northwind Roofing Ltd.",
    operating_name="Northwind Roofing & Eavestroughing",
    account="4071289",
    province="MB",
    mailing_address="12-455 Portage Ave.",
    city="Winnipeg",
    postal_code="R3B2E4",
    contact_name="Ada Berg",
)
REGISTRATION = filed(
    "northwind-registration.1",
    Kind.REGISTRATION,
    1,
    legal_name="Northwind Roofing Ltd.",
    operating_name="Northwind Roofing & Eavestroughing",
    mailing_address="12-455 Portage Ave.",
)
FIRST_AID = filed("first-aid-card.1", Kind.FIRST_AID, 2, holder_name="Ada Berg", level="intermediate")
COURSE = filed("scan0004.1", Kind.COURSE, 3, holder_name="Jón Łukasz", course="safety-auditor")
AUDIT = filed("self-audit-2026.1", Kind.AUDIT, 4, audit_type="self")
CASE = Case(
    code="MB-0001",
    program="csam-secor",
    employer=EMPLOYER,
    opened=date(2026, 11, 20),
    documents=(REGISTRATION, FIRST_AID, COURSE, AUDIT),
)
SETTINGS = Settings(
    programs={
        "csam-secor": Program(
            partner="Construction Safety Association of Manitoba",
            short="CSAM",
            signatory="Robin Sample",
            signatory_title="Manager, COR® and SECOR® Programs",
            email="secor@csam.example",
            website="csam.example",
            offices=(
                Office(
                    name="Winnipeg office",
                    address=("1447 EXAMPLE ST", "WINNIPEG MB  R3H 0W0"),
                    phone="204-555-0100",
                    advisor="Kim Example, safety advisor",
                    advisor_phone="204-555-0142",
                ),
            ),
            fees=(Fee(since=date(2024, 1, 1), says="SECOR® costs members nothing. For others the fee is $250."),),
        )
    }
)


def seen(document: Filed, name: str, value: str, page: int = 1) -> Evidence:
    return Evidence(document=document.number, reading=name, page=page, box=BOX, value=value)


def verdict(
    requirement: str,
    title: str,
    answer: Answer = Answer.MET,
    because: str = "It is there and in order.",
    *,
    received: bool = True,
    evidence: tuple[Evidence, ...] = (),
    shortfalls: tuple[Shortfall, ...] = (),
    questions: tuple[Question, ...] = (),
) -> Verdict:
    return Verdict(
        requirement=requirement,
        title=title,
        answer=answer,
        because=because,
        reference=f"CSAM SECOR® program page, {title.lower()}",
        evidence=evidence,
        received=received,
        shortfalls=shortfalls,
        questions=questions,
    )


SIZE = verdict(
    "size",
    "Number of people",
    because="Seven people work there.",
    evidence=(seen(REGISTRATION, "employee_count", "7"),),
)
REGISTERED = verdict(
    "registration",
    "Registration form",
    because="It is complete, signed and dated.",
    evidence=(seen(REGISTRATION, "agreement_signed", "yes"),),
)
TRAINED = verdict(
    "training",
    "Three training modules",
    because="Ada Berg and Jón Łukasz hold them.",
    evidence=(seen(COURSE, "course", "Safety Auditor"),),
)
AUDITED = verdict(
    "audits", "Audits", because="All three audits passed.", evidence=(seen(AUDIT, "overall_percent", "91"),)
)
MET = (SIZE, REGISTERED, TRAINED, AUDITED)

UNSIGNED = verdict(
    "registration",
    "Registration form",
    Answer.NOT_MET,
    because="Nobody signed it.",
    shortfalls=(
        Shortfall(
            looked_for="The signature of the owner or of the most senior person under the SECOR® agreement.",
            found="The signature box on the last page is empty.",
            why="An agreement binds only when somebody signed it.",
            to_do="Sign and date the agreement on page 2 of the form, and send us that page.",
            evidence=(seen(REGISTRATION, "agreement_signed", "", page=2),),
        ),
    ),
)
LOW = verdict(
    "pass_mark",
    "Pass mark in each section",
    Answer.NOT_MET,
    because="Section 4 is below half.",
    shortfalls=(
        Shortfall(
            looked_for="At least 50 % of the points in each section of the audit, and at least 80 % of all points.",
            found="Section 4, Safe Job Procedures, has 9 of 20 points. That is 45 %.",
            why="Each section must reach at least half of its points.",
            to_do="Write the job procedures that are missing, use them on site, and have the section audited again. "
            "Then send us the new audit.",
            evidence=(
                seen(AUDIT, "sections[4].awarded", "9", page=7),
                seen(AUDIT, "sections[4].possible", "20", page=7),
            ),
        ),
    ),
)
NO_AUDIT = verdict(
    "audits",
    "Audits",
    Answer.NOT_MET,
    because="No audit came.",
    received=False,
    shortfalls=(
        Shortfall(
            looked_for="The company self-audit.",
            found="Nothing.",
            why="The first year asks for three audits.",
            to_do="Send us your self-audit, signed by the auditor and by a senior officer.",
        ),
    ),
)
TOO_MANY = verdict(
    "size",
    "Number of people",
    Answer.NOT_MET,
    because="Fourteen people work there.",
    shortfalls=(
        Shortfall(
            looked_for="Nine people or fewer.",
            found="Your registration form says that 14 people work for you.",
            why="SECOR® is made for companies of nine people or fewer.",
            to_do="Ask us about COR®.",
            evidence=(seen(REGISTRATION, "employee_count", "14"),),
        ),
    ),
)
UNSURE = verdict(
    "first_aid",
    "First aid",
    Answer.CANNOT_TELL,
    because="The expiry date can be two days.",
    evidence=(seen(FIRST_AID, "expiry_date", "03/04/2027"),),
    questions=(
        Question(document=FIRST_AID.number, code="ambiguous-date", says="Which day is it?", reading="expiry_date"),
    ),
)


def outcome(
    *verdicts: Verdict,
    case: Case = CASE,
    settings: Settings = SETTINGS,
    day: date = DAY,
    earlier: tuple[Earlier, ...] = (),
    years: Years | None = None,
    rebate: RebateTerms | None = None,
) -> Letter | tuple[Question, ...] | None:
    return conclude(
        case,
        verdicts,
        settings,
        day,
        number="L-2026-000123",
        certificate="CSAM-2026-0007",
        title=TITLE,
        years=years or years_of(day, earlier),
        earlier=earlier,
        rebate=rebate,
    )


def years_of(day: date, earlier: tuple[Earlier, ...] = ()) -> Years:
    """The first year of the certificate that is running, or of a new one."""
    certificates = [e for e in earlier if e.since and e.until]
    for e in reversed(certificates):
        if e.since and e.until and e.since <= day <= e.until:
            return Years(cycle=e.cycle, year=1, since=e.since, until=e.until)
    return Years(cycle=len({e.since for e in certificates}) + 1, year=1, since=day, until=last_day(day, 3))


def letter(
    *verdicts: Verdict,
    case: Case = CASE,
    settings: Settings = SETTINGS,
    day: date = DAY,
    earlier: tuple[Earlier, ...] = (),
    years: Years | None = None,
    rebate: RebateTerms | None = None,
) -> Letter:
    found = outcome(*verdicts, case=case, settings=settings, day=day, earlier=earlier, years=years, rebate=rebate)
    assert isinstance(found, Letter)
    return found


def named(name: str, operating: str = "") -> Case:
    return replace(CASE, employer=replace(EMPLOYER, legal_name=name, operating_name=operating))
