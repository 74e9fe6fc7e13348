"""What a paper can be looked up by: what the flow says of it, and the numbers that stand on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.model import Kind

if TYPE_CHECKING:
    from processor.model import Document
    from processor.store.values import Keys


def all_keys(document: Document, keys: Keys) -> frozenset[tuple[str, str]]:
    """Every key of a paper, as (sort, key): account, name, holder, certificate, auditor. Unsure numbers give none."""
    found = {("account", keys.account)}
    found |= {("name", name) for name in keys.names} | {("holder", holder) for holder in keys.holders}
    if document.kind in (Kind.FIRST_AID, Kind.COURSE):
        found.add(("certificate", _known(document, "certificate_number")))
    if document.kind is Kind.AUDIT:
        found |= {("auditor", key) for key in auditor_keys(document)}
    return frozenset((sort, key) for sort, key in found if key)


def auditor_keys(document: Document) -> tuple[str, ...]:
    """What the auditor of an audit can be looked up by: the registration's number, the name."""
    return tuple(filter(None, (_known(document, name) for name in ("auditor_registration", "auditor_name"))))


def plain_key(text: str) -> str:
    """A number or a name as it is compared: letters and digits, small."""
    return "".join(c for c in text.casefold() if c.isalnum())


def _known(document: Document, name: str) -> str:
    reading = document[name]
    return plain_key(str(reading.value)) if reading.known and reading.value else ""
