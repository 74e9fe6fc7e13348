"""A clean case of each program, and how to spoil it: made-up people, read as a machine would."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from processor.casework.checks import check
from processor.model import (
    Box,
    Case,
    Document,
    Employer,
    Filed,
    Kind,
    Reading,
    Registration,
    Row,
    State,
    Verdict,
)
from processor.reading import vocabulary
from processor.rulebook import book
from processor.rulebook.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from processor.model import Finding
    from processor.reading.vocabulary import Vocabulary
    from processor.rulebook.edition import Rulebook

DAY = date(2026, 11, 24)
HOME = Path(__file__).parents[2] / "processor" / "rulebook"
PROGRAMS = ("csam-secor", "scsa-secor")
OF_ROWS = frozenset({"number", "name", "available", "not_applicable", "possible", "awarded", "percent", "comment"})


@cache
def words() -> Vocabulary:
    return vocabulary.load((HOME / "vocabulary.toml").read_text("utf-8"))


@cache
def rulebook(program: str) -> Rulebook:
    return book.load((HOME / f"{program}.toml").read_text("utf-8"))


def toml(program: str) -> dict[str, Any]:
    return tomllib.loads((HOME / f"{program}.toml").read_text("utf-8"))


# ---------------------------------------------------------------- readings


def reading(name: str, value: Any, place: int = 0) -> Reading:  # noqa: ANN401 - any value can be written
    """A value; `None` is an empty box, a `Reading` stays what it is."""
    if isinstance(value, Reading):
        return replace(value, name=name, page=1, box=Box(72.0, 100.0 + place, 300.0, 112.0 + place))
    state = State.BLANK if value is None else State.SURE
    box = Box(72.0, 100.0 + place, 300.0, 112.0 + place)
    return Reading(name=name, value=value, raw=str(value or ""), state=state, page=1, box=box)


def unsure(value: Any = None, doubt: str = "") -> Reading:  # noqa: ANN401
    return Reading(name="", value=value, state=State.UNSURE, doubt=doubt, confidence=0.5)


def confirmed(value: Any) -> Reading:  # noqa: ANN401
    return Reading(name="", value=value, state=State.CONFIRMED)


def lost() -> Reading:
    return Reading(name="", state=State.UNREADABLE)


def unseen() -> Reading:
    return Reading(name="", state=State.MISSING)


def readings(values: Mapping[str, Any]) -> tuple[Reading, ...]:
    return tuple(reading(name, value, 14 * i) for i, (name, value) in enumerate(values.items()))


def rows(many: Iterable[Mapping[str, Any]]) -> tuple[Row, ...]:
    return tuple(Row(readings(one)) for one in many)


# ---------------------------------------------------------------- papers

WORKERS = (
    {"name": "Jane Doe", "position": "Owner", "permanent_full_time": True, "owner_or_senior": True},
    {"name": "Luc Roy", "position": "Roofer", "permanent_full_time": True, "owner_or_senior": False},
    {"name": "Ann Lee", "position": "Office", "permanent_full_time": False, "owner_or_senior": False},
)
EMPTY = {"name": None, "position": None, "permanent_full_time": False, "owner_or_senior": False}


def registration(program: str, workers: Iterable[Mapping[str, Any]] = WORKERS, **changed: Any) -> Document:  # noqa: ANN401
    manitoba = program == "csam-secor"
    listed = [*workers]
    values: dict[str, Any] = {
        "legal_name": "Northwind Roofing Ltd.",
        "operating_name": None,
        "wcb_account": "1234567",
        "industry_code": "40403" if manitoba else "B11",
        "nature_of_work": "Roofing",
        "mailing_address": "12 Elm St",
        "city": "Winnipeg" if manitoba else "Regina",
        "province": "MB" if manitoba else "SK",
        "postal_code": "R3B 2E4" if manitoba else "S4N 6E3",
        "phone": "204-555-0123",
        "owner_name": "Jane Doe",
        "contact_name": "Ann Lee",
        "employee_count": len(listed),
        "largest_crew": 3,
        "first_aid_hazard": "other" if manitoba else "low",
        "distance_to_medical_aid": "close" if manitoba else None,
        "agreement_signed": True,
        "signature_name": "Jane Doe",
        "signature_date": date(2026, 9, 1),
    }
    table = Reading(name="workers", value=rows([*listed, *[EMPTY] * (10 - len(listed))]))
    whole = tuple(r for r in readings({**values, **changed}) if r.name != "workers_unread")
    other = changed.get("workers_unread")
    return Document(
        kind=Kind.REGISTRATION,
        form=f"{program.partition('-')[0]}-registration",
        program=program,
        pages=(1, 2),
        readings=(*whole, replace(other, name="workers") if other else table),
    )


def course(holder: Any = "Jane Doe", which: Any = "scot", **changed: Any) -> Document:  # noqa: ANN401
    values = {
        "holder_name": holder,
        "course": which,
        "issuer": "Saskatchewan Construction Safety Association",
        "certificate_number": f"{which}-{holder}",
        "issue_date": date(2026, 5, 4),
        "expiry_date": unseen(),
    }
    return Document(kind=Kind.COURSE, pages=(1,), readings=readings({**values, **changed}))


def first_aid(holder: Any = "Luc Roy", level: Any = "intermediate", **changed: Any) -> Document:  # noqa: ANN401
    values = {
        "holder_name": holder,
        "course": "first-aid",
        "level": level,
        "cpr_level": "C",
        "issuer": "St. John Ambulance",
        "certificate_number": f"FA-{holder}",
        "issue_date": date(2025, 3, 1),
        "expiry_date": date(2028, 3, 1),
    }
    return Document(kind=Kind.FIRST_AID, pages=(1,), readings=readings({**values, **changed}))


MADE: dict[object, tuple[date, str, str]] = {
    "self": (date(2026, 10, 5), "Kim Aster", "Aster Safety Inc."),
    "partner": (date(2026, 10, 5), "Robin Vale", ""),
    "independent": (date(2026, 10, 6), "Kim Aster", "Aster Safety Inc."),
}
"""Of each type of audit, its day, its auditor and their company; none is the partner of the program."""


def section(at: int, awarded: Any = 18, possible: Any = 20, **changed: Any) -> dict[str, Any]:  # noqa: ANN401
    share = None
    if isinstance(awarded, int) and isinstance(possible, int) and possible:
        share = Decimal(round(Decimal(awarded) / possible * 100, 1))
    values = {
        "number": at,
        "name": f"Part {at}",
        "available": possible,
        "not_applicable": 0,
        "possible": possible,
        "awarded": awarded,
        "percent": share,
        "comment": "as seen",
    }
    return {**values, **changed}


def audit(program: str, of_type: Any = "self", sections: Iterable[Mapping[str, Any]] = (), **changed: Any) -> Document:  # noqa: ANN401
    scored = [*sections] or [section(n) for n in range(1, 16)]
    total = {key: _total(scored, key) for key in ("possible", "awarded")}
    known = isinstance(total["awarded"], int) and isinstance(total["possible"], int) and total["possible"]
    typed = of_type.value if isinstance(of_type, Reading) else of_type
    day, name, company = MADE.get(typed, (date(2026, 10, 6), "Kim Aster", "Aster Safety Inc."))
    values = {
        "legal_name": "Northwind Roofing Ltd.",
        "wcb_account": "1234567",
        "audit_type": of_type,
        "audit_date": day,
        "auditor_name": name,
        "auditor_company": company or program.partition("-")[0].upper(),
        "auditor_registration": "A-17",
        "total_possible": total["possible"],
        "total_awarded": total["awarded"],
        "overall_percent": round(Decimal(total["awarded"]) / total["possible"] * 100, 1) if known else unseen(),
        "auditor_signed": True,
        "officer_signed": True,
        "officer_name": "Jane Doe",
        "signature_date": date(2026, 10, 6),
    }
    return Document(
        kind=Kind.AUDIT,
        form=f"{program.partition('-')[0]}-audit",
        program=program,
        pages=(1, 2),
        readings=(*readings({**values, **changed}), Reading(name="sections", value=rows(scored))),
    )


def _total(scored: list[Mapping[str, Any]], key: str) -> Any:  # noqa: ANN401
    values = [s[key] for s in scored]
    return sum(values) if all(isinstance(v, int) for v in values) else unseen()


# ---------------------------------------------------------------- cases


@dataclass
class Papers:
    """What has come, to be changed before it is judged."""

    program: str
    documents: list[Document] = field(default_factory=list)
    settled: dict[int, frozenset[str]] = field(default_factory=dict)
    auditors: tuple[Registration, ...] = ()
    certified: date | None = None
    year: int = 1
    spent: frozenset[str] = frozenset()
    counts_from: date | None = None
    again: date | None = None
    opened: date = date(2026, 9, 3)
    received: date = date(2026, 11, 2)

    def add(self, *documents: Document) -> Papers:
        self.documents += documents
        return self

    def without(self, kind: Kind) -> Papers:
        self.documents = [d for d in self.documents if d.kind is not kind]
        return self

    def case(self, day: date = DAY) -> Case:
        return Case(
            code="MB-0001",
            program=self.program,
            employer=Employer(number=1, legal_name="Northwind Roofing Ltd.", account="1234567"),
            opened=self.opened,
            documents=tuple(self._filed(i, d, day) for i, d in enumerate(self.documents, start=1)),
            auditors=self.auditors,
            certified=self.certified,
            year=self.year,
            spent=self.spent,
            counts_from=self.counts_from,
            again=self.again,
        )

    def _filed(self, order: int, document: Document, day: date) -> Filed:
        found: tuple[Finding, ...] = (*document.findings, *check(document, None, day))
        return Filed(
            number=f"0123456789ab.{order}",
            submission=f"paper-{order}.pdf",
            received=self.received,
            order=order,
            document=replace(document, findings=found),
            settled=self.settled.get(order, frozenset()),
        )

    def verdicts(self, day: date = DAY) -> dict[str, Verdict]:
        found = verdicts(self.case(day), rulebook(self.program).on(day), words(), day)
        return {v.requirement: v for v in found}

    def verdict(self, requirement: str, day: date = DAY) -> Verdict:
        return self.verdicts(day)[requirement]


def clean(program: str) -> Papers:
    """Everything has come, and all is well."""
    papers = Papers(program).add(registration(program), first_aid())
    if program == "csam-secor":
        modules = ("principles-of-safety-management", "safety-auditor", "leadership-for-safety-excellence")
        papers.add(*(course("Jane Doe", module) for module in modules))
        return papers.add(*(audit(program, t) for t in ("self", "partner", "independent")))
    papers.add(course("Jane Doe", "small-employer-safety-management"))
    papers.add(course("Jane Doe"), course("Luc Roy"))
    return papers.add(audit(program, "partner"))


def paper_of(papers: Papers, kind: Kind, nth: int = 0) -> int:
    """The place of the nth paper of a kind."""
    return [i for i, d in enumerate(papers.documents) if d.kind is kind][nth]


def change(papers: Papers, kind: Kind, nth: int = 0, /, **changed: Any) -> Papers:  # noqa: ANN401
    """The same papers with readings of one of them changed; cells as `workers__2__name`."""
    place = paper_of(papers, kind, nth)
    document = papers.documents[place]
    for name, value in changed.items():
        table, _, rest = name.partition("__")
        path = f"{table}[{rest.partition('__')[0]}].{rest.partition('__')[2]}" if rest else name
        old = document[path]
        new = replace(reading(rest.partition("__")[2] or name, value), box=old.box, page=old.page)
        document = document.corrected(path, new)
    papers.documents[place] = document
    return papers


def find(papers: Papers, kind: Kind, *findings: Finding, nth: int = 0) -> Papers:
    """The same papers with findings on one of them."""
    place = paper_of(papers, kind, nth)
    papers.documents[place] = replace(papers.documents[place], findings=findings)
    return papers
