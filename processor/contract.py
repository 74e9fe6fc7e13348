"""The JSON contract of `design.md` 6: our values to plain JSON, and documents back again.

What the store keeps and what `--json` prints are the same shapes, so there is one pair of functions.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from processor.model import Box, Document, Finding, Kind, Means, Reading, Row, Severity, State

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
    """One document, its readings by name."""
    return {
        "form": document.form,
        "kind": document.kind.value,
        "program": document.program,
        "pages": list(document.pages),
        "readings": {r.name: reading_json(r) for r in document.readings},
        "findings": [finding_json(f) for f in document.findings],
    }


def reading_of(name: str, shown: Json) -> Reading:
    """The reading back from its JSON."""
    value = shown["value"]
    if isinstance(value, list):
        value = tuple(Row(tuple(reading_of(n, c) for n, c in row.items())) for row in value)
    elif isinstance(value, float):
        value = Decimal(str(value))
    elif name in _DAYS and isinstance(value, str):
        value = date.fromisoformat(value)
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
    )


def _box_json(box: Box | None) -> list[float] | None:
    return None if box is None else [round(v, 2) for v in box]


def _box_of(shown: list[float] | None) -> Box | None:
    return None if shown is None else Box(*shown)
