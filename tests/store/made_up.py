"""Made-up papers of made-up employers, as the machine would read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from processor.findings import finding
from processor.model import (
    Box,
    Document,
    Employer,
    Evidence,
    Kind,
    Letter,
    LetterKind,
    Line,
    Reading,
    Row,
    State,
    Submission,
)

if TYPE_CHECKING:
    from processor.store.store import Store

DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Keys:
    """As `casework.matching.keys` makes them."""

    account: str = ""
    names: tuple[str, ...] = ()
    postal_code: str = ""
    holders: tuple[str, ...] = ()


def registration(name: str = "Prairie Roofing Ltd.", *, state: State = State.SURE) -> Document:
    workers = (Row((Reading(name="name", value="Ana Yuen"), Reading(name="position", value="Roofer"))),)
    return Document(
        kind=Kind.REGISTRATION,
        form="csam-registration",
        program="csam-secor",
        pages=(1, 2),
        readings=(
            Reading(name="legal_name", value=name, state=state, page=1, box=Box(72.0, 140.5, 300.0, 158.0)),
            Reading(name="employee_count", value=4),
            Reading(name="signature_date", value=date(2026, 11, 2)),
            Reading(name="workers", value=workers),
        ),
        findings=(finding("unsigned", who="The employer", page=2),),
    )


def card(number: str = "FA-12 34", *, state: State = State.SURE) -> Document:
    return Document(
        kind=Kind.FIRST_AID,
        pages=(1,),
        readings=(
            Reading(name="holder_name", value="Ana Yuen"),
            Reading(name="certificate_number", value=number, state=state),
        ),
    )


def audit(auditor: str = "Ben Roy", number: str = "A-17") -> Document:
    return Document(
        kind=Kind.AUDIT,
        form="csam-audit",
        program="csam-secor",
        pages=(1,),
        readings=(
            Reading(name="auditor_name", value=auditor),
            Reading(name="auditor_registration", value=number),
        ),
    )


def submission(*documents: Document, name: str = "scan.pdf") -> Submission:
    return Submission(name=name, sha256=sha256(name.encode()).hexdigest(), documents=documents)


def employer(account: str = "1234567", name: str = "Prairie Roofing Ltd.", number: int = 0) -> Employer:
    return Employer(
        number=number, legal_name=name, account=account, province="MB", postal_code="R3C 1A1", city="Winnipeg"
    )


def letter(case: str, kind: LetterKind = LetterKind.DEFICIENCY, *, says: str = "Please sign page 2.") -> Letter:
    evidence = Evidence(document="0123456789ab.1", reading="legal_name", page=2, box=Box(1.0, 2.0, 3.0, 4.5))
    return Letter(
        kind=kind,
        case=case,
        day=DAY,
        data={"to": ["Prairie Roofing Ltd."], "items": [{"what": says, "page": 2}]},
        lines=(Line(text=says, requirement="registration", reference="CSAM 2", evidence=(evidence,)),),
    )


def filed_case(store: Store, *, name: str = "scan.pdf", account: str = "1234567") -> tuple[str, str]:
    """A registration kept and filed in a new case: the case's code and the paper's number."""
    with store.transaction():
        (number,) = store.papers.keep(submission(registration(), name=name), DAY, keys=[Keys(account=account)])
        who = store.register.enter(employer(account), DAY, names=[f"prairie roofing {account}"])
        code = store.cases.open(who, "csam-secor", DAY, prefix="MB")
        store.papers.file(number, DAY, employer=who, case=code)
    return code, number
