"""The JSON contract of `design.md` 6: our values to plain JSON, and documents back again.

What the store keeps and what `--json` prints are the same shapes, so there is one pair of functions.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from processor.model import (
    Answer,
    Box,
    Came,
    Document,
    Evidence,
    Finding,
    Kind,
    Letter,
    LetterKind,
    Line,
    Mail,
    Means,
    Part,
    Question,
    Reading,
    Row,
    Severity,
    Shortfall,
    State,
    Submission,
    Verdict,
)

Json = dict[str, Any]

_DAYS = frozenset({"signature_date", "issue_date", "expiry_date", "audit_date", "date_submitted", "valid_to"})


def plain(value: object) -> object:
    """A scalar as JSON has it: days as ISO text, decimals as numbers when whole, else as text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def reading_json(reading: Reading) -> Json:
    """One reading; a table's value is a list of rows, objects whose cells are readings."""
    value = (
        [{c.name: reading_json(c) for c in row.cells} for row in reading.value]
        if isinstance(reading.value, tuple)
        else plain(reading.value)
    )
    shown: Json = {
        "value": value,
        "raw": reading.raw,
        "state": reading.state.value,
        "confidence": round(reading.confidence, 4),
        "means": reading.means.value,
        "page": reading.page,
        "box": _box_json(reading.box),
    }
    if reading.doubt:
        shown["doubt"] = reading.doubt
    return shown


def finding_json(finding: Finding) -> Json:
    """One finding."""
    shown: Json = {
        "code": finding.code,
        "severity": finding.severity.value,
        "says": finding.says,
        "page": finding.page,
        "box": _box_json(finding.box),
    }
    if finding.reading:
        shown["reading"] = finding.reading
    return shown


def document_json(document: Document) -> Json:
    """One document, its readings by name; `part` where it lay in a mail or a zip file."""
    shown: Json = {
        "form": document.form,
        "kind": document.kind.value,
        "program": document.program,
        "pages": list(document.pages),
        "readings": {r.name: reading_json(r) for r in document.readings},
        "findings": [finding_json(f) for f in document.findings],
    }
    if document.part:
        shown["part"] = document.part
    return shown


def reading_of(name: str, shown: Json) -> Reading:
    """The reading back from its JSON."""
    value = shown["value"]
    if isinstance(value, list):
        value = tuple(Row(tuple(reading_of(n, c) for n, c in row.items())) for row in value)
    elif isinstance(value, float):
        value = Decimal(str(value))
    elif name in _DAYS and isinstance(value, str):
        value = _day_of(value)
    return Reading(
        name=name,
        value=value,
        raw=shown["raw"],
        state=State(shown["state"]),
        confidence=shown["confidence"],
        means=Means(shown["means"]),
        page=shown["page"],
        box=_box_of(shown["box"]),
        doubt=shown.get("doubt", ""),
    )


def finding_of(shown: Json) -> Finding:
    """The finding back from its JSON."""
    return Finding(
        code=shown["code"],
        severity=Severity(shown["severity"]),
        says=shown["says"],
        page=shown["page"],
        box=_box_of(shown["box"]),
        reading=shown.get("reading", ""),
    )


def document_of(shown: Json) -> Document:
    """The document back from its JSON."""
    return Document(
        kind=Kind(shown["kind"]),
        form=shown["form"],
        program=shown["program"],
        pages=tuple(shown["pages"]),
        readings=tuple(reading_of(n, r) for n, r in shown["readings"].items()),
        findings=tuple(finding_of(f) for f in shown["findings"]),
        part=shown.get("part", ""),
    )


def submission_json(submission: Submission) -> Json:
    """One submission, as `secor read --json` prints it; `mails` and `parts` only where it has them."""
    shown: Json = {
        "submission": submission.name,
        "sha256": submission.sha256,
        "documents": [document_json(d) for d in submission.documents],
        "findings": [finding_json(f) for f in submission.findings],
    }
    if submission.mails:
        shown["mails"] = [mail_json(m) for m in submission.mails]
    if submission.parts:
        shown["parts"] = [part_json(p) for p in submission.parts]
    return shown


def mail_json(mail: Mail) -> Json:
    """One covering mail."""
    return {
        "path": mail.path,
        "sender": mail.sender,
        "subject": mail.subject,
        "sent": mail.sent,
        "text": mail.text,
    }


def part_json(part: Part) -> Json:
    """One file that lay in a submission."""
    return {
        "path": part.path,
        "sha256": part.sha256,
        "came": part.came.value,
        "findings": [finding_json(f) for f in part.findings],
    }


def part_of(shown: Json) -> Part:
    """The part back from its JSON."""
    findings = tuple(finding_of(f) for f in shown["findings"])
    return Part(path=shown["path"], sha256=shown["sha256"], came=Came(shown["came"]), findings=findings)


def submission_of(shown: Json) -> Submission:
    """The submission back from its JSON."""
    return Submission(
        name=shown["submission"],
        sha256=shown["sha256"],
        documents=tuple(document_of(d) for d in shown["documents"]),
        findings=tuple(finding_of(f) for f in shown["findings"]),
        mails=tuple(Mail(**m) for m in shown.get("mails", ())),
        parts=tuple(part_of(p) for p in shown.get("parts", ())),
    )


def evidence_json(evidence: Evidence) -> Json:
    """One place that a statement rests on."""
    return {
        "document": evidence.document,
        "reading": evidence.reading,
        "page": evidence.page,
        "box": _box_json(evidence.box),
        "value": evidence.value,
    }


def evidence_of(shown: Json) -> Evidence:
    """The place back from its JSON."""
    return Evidence(**{**shown, "box": _box_of(shown["box"])})


def question_json(question: Question) -> Json:
    """One question to a person."""
    return {
        "document": question.document,
        "code": question.code,
        "says": question.says,
        "reading": question.reading,
        "page": question.page,
        "box": _box_json(question.box),
    }


def question_of(shown: Json) -> Question:
    """The question back from its JSON."""
    return Question(**{**shown, "box": _box_of(shown["box"])})


def shortfall_json(shortfall: Shortfall) -> Json:
    """One item of a deficiency letter."""
    shown: Json = {
        "looked_for": shortfall.looked_for,
        "found": shortfall.found,
        "why": shortfall.why,
        "to_do": shortfall.to_do,
        "evidence": [evidence_json(e) for e in shortfall.evidence],
    }
    if shortfall.whose:
        shown["whose"] = shortfall.whose
    return shown


def shortfall_of(shown: Json) -> Shortfall:
    """The item back from its JSON."""
    return Shortfall(**{**shown, "evidence": tuple(evidence_of(e) for e in shown["evidence"])})


def verdict_json(verdict: Verdict) -> Json:
    """One verdict, with all that it rests on."""
    waived = {"waived": True} if verdict.waived else {}
    return {
        "requirement": verdict.requirement,
        "title": verdict.title,
        "answer": verdict.answer.value,
        "because": verdict.because,
        "reference": verdict.reference,
        "evidence": [evidence_json(e) for e in verdict.evidence],
        "received": verdict.received,
        "shortfalls": [shortfall_json(s) for s in verdict.shortfalls],
        "questions": [question_json(q) for q in verdict.questions],
        "notes": list(verdict.notes),
        **waived,
    }


def verdict_of(shown: Json) -> Verdict:
    """The verdict back from its JSON."""
    return Verdict(
        requirement=shown["requirement"],
        title=shown["title"],
        answer=Answer(shown["answer"]),
        because=shown["because"],
        reference=shown["reference"],
        evidence=tuple(evidence_of(e) for e in shown["evidence"]),
        received=shown["received"],
        shortfalls=tuple(shortfall_of(s) for s in shown["shortfalls"]),
        questions=tuple(question_of(q) for q in shown["questions"]),
        notes=tuple(shown["notes"]),
        waived=shown.get("waived", False),
    )


def letter_json(letter: Letter) -> Json:
    """One letter: what printing needs, and why each line stands there. Its `data` is JSON already."""
    return {
        "kind": letter.kind.value,
        "case": letter.case,
        "day": letter.day.isoformat(),
        "data": dict(letter.data),
        "lines": [
            {
                "text": line.text,
                "requirement": line.requirement,
                "reference": line.reference,
                "evidence": [evidence_json(e) for e in line.evidence],
            }
            for line in letter.lines
        ],
    }


def letter_of(shown: Json) -> Letter:
    """The letter back from its JSON."""
    return Letter(
        kind=LetterKind(shown["kind"]),
        case=shown["case"],
        day=date.fromisoformat(shown["day"]),
        data=shown["data"],
        lines=tuple(
            Line(**{**line, "evidence": tuple(evidence_of(e) for e in line["evidence"])}) for line in shown["lines"]
        ),
    )


def _day_of(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text  # what was kept must always be readable again


def _box_json(box: Box | None) -> list[float] | None:
    return None if box is None else [round(v, 2) for v in box]


def _box_of(shown: list[float] | None) -> Box | None:
    return None if shown is None else Box(*shown)
