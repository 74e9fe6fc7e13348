"""What a registration says of its employer, for the register."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from processor.casework.names import person_key
from processor.model import Employer

if TYPE_CHECKING:
    from processor.model import Document

_PLAIN = ("operating_name", "province", "mailing_address", "city", "postal_code", "phone", "contact_name")


def entry(document: Document, number: int, known: Employer | None) -> tuple[Employer, tuple[tuple[str, str], ...]]:
    """The employer as a registration tells it, and the roster as (name, key) pairs.

    The legal name and the account of an employer that is known already stay: a change of either is a finding,
    and a person's business.
    """
    told = {name: text(document, name) for name in _PLAIN}
    roster = tuple((n, person_key(n)) for row in document.rows("workers") if (n := str(row["name"].value or "")))
    if known:
        kept = {name: value for name, value in told.items() if value}
        return replace(known, workers=tuple(n for n, _ in roster), **kept), roster  # type: ignore[arg-type]
    employer = Employer(
        number=number,
        legal_name=text(document, "legal_name"),
        account=text(document, "wcb_account"),
        workers=tuple(n for n, _ in roster),
        **told,
    )
    return employer, roster


def text(document: Document, name: str) -> str:
    """A reading as text; empty when it is not known."""
    reading = document[name]
    return str(reading.value) if reading.known and reading.value is not None else ""
