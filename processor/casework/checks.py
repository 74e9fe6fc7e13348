"""What a clerk would notice on one paper, by looking at nothing else.

The findings are of the document as it stands, a person's corrections included: check again after each.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from processor.casework.scores import amount, arithmetic, blank
from processor.findings import finding
from processor.model import Kind, State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processor.forms.form import Form
    from processor.model import Document, Finding, Reading, Row

PAST = ("signature_date", "issue_date", "audit_date", "date_submitted")
"""Days that cannot lie ahead; an expiry can."""
SIGNED = {"agreement_signed": "unsigned", "auditor_signed": "auditor-unsigned", "officer_signed": "officer-unsigned"}
"""The boxes for signatures, and the finding when one is empty."""
TICKS = frozenset({"permanent_full_time", "owner_or_senior"})
FIRST_LETTERS = {
    "AB": "T", "BC": "V", "MB": "R", "NB": "E", "NL": "A", "NS": "B", "NT": "X", "NU": "X", "ON": "KLMNP",
    "PE": "C", "QC": "GHJ", "SK": "S", "YT": "Y",
}  # fmt: skip
"""How a province's postal codes begin (domain.md 8)."""


def check(document: Document, form: Form | None, day: date) -> tuple[Finding, ...]:
    """What is to be said about a document; the findings that it has already are not repeated.

    Args:
        document: any; nothing on it makes this raise.
        form: the document's form, which says what must be filled in; `None` for cards and unknown papers.
        day: the day of the check, for dates that lie ahead of it.
    """
    found = [*_signatures(document), *_blanks(document, form), *_future(document, day)]
    if document.kind is Kind.REGISTRATION:
        found += [*_roster(document, form), *_postal(document)]
    elif document.kind is Kind.AUDIT:
        found += [*_audit_sheet(document), *arithmetic(document, form)]
    elif document.kind in (Kind.FIRST_AID, Kind.COURSE):
        found += _reversed(document)
    known = {(f.code, f.reading) for f in document.findings}
    return tuple(f for f in found if (f.code, f.reading) not in known)


# ---------------------------------------------------------------- signed, dated, filled in


def _signatures(document: Document) -> Iterator[Finding]:
    for name, code in SIGNED.items():
        reading = document[name]
        if unticked(reading):
            yield _about(code, reading, name, who="The employer")
    day = document["signature_date"]
    if blank(day):
        yield _about("undated", day, day.name)


def _blanks(document: Document, form: Form | None) -> Iterator[Finding]:
    """Required fields that were seen empty. Signatures, their dates and the audit's type have codes of their own."""
    code = "audit-blank" if document.kind is Kind.AUDIT else "field-blank"
    own = {*SIGNED, "signature_date", "audit_type"}
    for field in form.fields if form else ():
        reading = document[field.name]
        if field.required and field.name not in own and blank(reading):
            yield _about(code, reading, field.name)


def _audit_sheet(document: Document) -> Iterator[Finding]:
    """The type of audit, and at least one site; a form without a table of sites asks for none."""
    sites = [row["location"] for row in document.rows("sites")]
    if sites and all(map(blank, sites)):
        yield _about("audit-blank", sites[0], "sites[1].location")
    if blank(document["audit_type"]):
        yield _about("audit-type-unmarked", document["audit_type"], "audit_type")


# ---------------------------------------------------------------- days


def _future(document: Document, day: date) -> Iterator[Finding]:
    for name in PAST:
        reading = document[name]
        if reading.known and isinstance(reading.value, date) and reading.value > day:
            yield _about("future-date", reading, name, value=reading.value.isoformat())


def _reversed(document: Document) -> Iterator[Finding]:
    issue, expiry = document["issue_date"], document["expiry_date"]
    days = [r.value for r in (issue, expiry) if r.known and isinstance(r.value, date)]
    if len(days) == 2 and days[1] < days[0]:
        yield _about("dates-reversed", expiry, "expiry_date")


# ---------------------------------------------------------------- registration


def people(document: Document) -> tuple[tuple[int, Row], ...]:
    """The rows of the roster on which something is written, with their place from 1."""
    return tuple(
        (place, row)
        for place, row in enumerate(document.rows("workers"), start=1)
        if any(_written(cell) for cell in row.cells)
    )


def _written(cell: Reading) -> bool:
    """Whether somebody wrote here; a smudge in a tick box of an empty row makes no person."""
    if cell.name in TICKS and not cell.known:
        return False
    return not unticked(cell) and cell.state is not State.MISSING


def _roster(document: Document, form: Form | None) -> Iterator[Finding]:
    listed = people(document)
    for place, row in listed:
        if blank(row["name"]):
            yield _about("field-blank", row["name"], f"workers[{place}].name")
    count, room = document["employee_count"], _room(form)
    stated = amount(count)
    if document["workers"].state is State.MISSING or stated is None or stated == len(listed):
        return
    if not (room == len(listed) and stated > room):
        yield _about("roster-short", count, "employee_count", count=stated, rows=len(listed))


def _room(form: Form | None) -> int | None:
    """How many people a form's roster has room for: who is more cannot be listed."""
    tables = form.tables if form else ()
    return next((len(table.rows) for table in tables if table.name == "workers"), None)


def _postal(document: Document) -> Iterator[Finding]:
    code, province = document["postal_code"], document["province"]
    if not (code.known and province.known and isinstance(code.value, str) and code.value):
        return
    letters = FIRST_LETTERS.get(str(province.value))
    if letters and code.value[0].upper() not in letters:
        yield _about("postal-province", code, code.name, raw=code.value, province=province.value)


# ---------------------------------------------------------------- boxes


def unticked(reading: Reading) -> bool:
    """Whether a box was seen without a mark, or a field without writing."""
    return blank(reading) or (reading.known and reading.value is False)


def _about(code: str, reading: Reading, name: str, **values: object) -> Finding:
    return finding(code, page=reading.page, box=reading.box, reading=name, **values)
