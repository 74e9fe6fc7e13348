"""Recognised readings that what the register knows bears out: written unsurely, and the very name that is known.

It never replaces what is written by what is expected. Only papers other than the registration are raised, since the
register says what the registration said. Source: design.md 4.5.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from processor.casework.names import account_key, folded
from processor.model import Kind, State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from processor.model import Document, Employer, Reading, Registration

UNSURE = "unsure-reading"
_NAMES = ("legal_name", "operating_name")
_PEOPLE = ("holder_name", "officer_name", "auditor_name")
_CERTAINTY = 0.999
_SHORTEST = 6
"""Letters of a name that is told from another by more than one misread letter."""


def borne_out(document: Document, employers: Iterable[Employer], auditors: Iterable[Registration] = ()) -> Document:
    """The document with those readings sure that are, letter for letter, what the register knows of one employer.

    A name bears itself out; an account does where the paper names the same employer. An auditor may be one of the
    `auditors` that are registered; the number of a registration is borne out beside its auditor's name.
    """
    if document.kind is Kind.REGISTRATION:
        return document
    raised = {reading.name for each in employers for reading in _agreeing(document, each)}
    raised |= {reading.name for each in auditors for reading in _registered(document, each)}
    if not raised:
        return document
    readings = tuple(_sure(r) if r.name in raised else r for r in document.readings)
    findings = tuple(f for f in document.findings if f.code != UNSURE or f.reading not in raised)
    return replace(document, readings=readings, findings=findings)


def _agreeing(document: Document, employer: Employer) -> Iterable[Reading]:
    """The unsure readings that say what is known of this employer."""
    known = {folded(name) for name in (employer.legal_name, employer.operating_name) if len(name) >= _SHORTEST}
    named = any(folded(_text(document[name])) in known for name in _NAMES)
    people = {folded(worker) for worker in employer.workers if len(worker) >= _SHORTEST}
    tests = {
        "wcb_account": named and account_key(_text(document["wcb_account"])) == account_key(employer.account) != "",
        **{name: folded(_text(document[name])) in people for name in _PEOPLE},
        **{name: folded(_text(document[name])) in known for name in _NAMES},
    }
    return [document[name] for name, agrees in tests.items() if agrees and _doubted(document[name])]


def _registered(document: Document, auditor: Registration) -> Iterable[Reading]:
    """The unsure readings that say what is known of this auditor."""
    name, number = document["auditor_name"], document["auditor_registration"]
    named = len(auditor.name) >= _SHORTEST and folded(_text(name)) == folded(auditor.name)
    if named and _doubted(name):
        yield name
    if named and _doubted(number) and folded(_text(number)) == folded(auditor.number):
        yield number


def _doubted(reading: Reading) -> bool:
    """Whether only the recogniser doubts it; other doubts are a person's business."""
    return reading.state is State.UNSURE and reading.doubt == UNSURE


def _sure(reading: Reading) -> Reading:
    return replace(reading, state=State.SURE, doubt="", confidence=max(reading.confidence, _CERTAINTY))


def _text(reading: Reading) -> str:
    return reading.value if isinstance(reading.value, str) else ""
