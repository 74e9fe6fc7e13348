"""Whether a paper is filled in, signed and dated: one shortfall an empty box, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.casework.checks import SIGNED
from processor.findings import finding
from processor.rulebook.edition import Effect
from processor.rulebook.rules.certificates import look_ahead

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from processor.rulebook.outcome import Tally
    from processor.rulebook.sheets import Sheet

CODES = {**SIGNED, "signature_date": "undated", "audit_type": "audit-type-unmarked"}
"""The finding when a box is empty that has one of its own."""


def fill_in(  # noqa: PLR0913 - what it looks for stands in one place, each by name
    tally: Tally, sheet: Sheet, needed: Iterable[str], *, code: str, day: date, but: Iterable[str] = ()
) -> None:
    """Look at every box that must be filled in: those asked for, and those that the form itself requires.

    A day that is asked for must have come.

    Args:
        tally: to which it is added.
        sheet: the paper.
        needed: readings that the rulebook asks for.
        code: the finding for an empty box (`field-blank` or `audit-blank`).
        day: of the decision.
        but: readings that another requirement looks at.
    """
    own = [f.reading for f in sheet.filed.document.findings if f.code == code and f.reading]
    for name in dict.fromkeys([*needed, *own]):
        if name not in but:
            _look(tally, sheet, name, CODES.get(name, code))
            look_ahead(sheet, name, day, tally.questions, tally.shortfalls)


def _look(tally: Tally, sheet: Sheet, name: str, code: str) -> None:
    if sheet.lost(name):
        tally.shortfalls.append(sheet.unreadable(name))
    elif sheet.doubtful(name) and not sheet.let_stand(name):
        tally.questions.append(sheet.question(name))
    elif not sheet.empty(name) and not sheet.gone(name):
        tally.evidence.append(sheet.place(name))
    elif sheet.empty(name) and not sheet.settled(code, name):
        weigh(tally, sheet, code, name)


def weigh(tally: Tally, sheet: Sheet, code: str, name: str, **values: object) -> None:
    """Do with a finding about a reading what the rulebook says."""
    reading = sheet.reading(name)
    found = finding(code, page=reading.page, box=reading.box, reading=name, who="The employer", **values)
    effect = sheet.edition.effect(code)
    if effect is Effect.FAILS:
        tally.shortfalls.append(sheet.fault(found))
    elif effect is Effect.BLOCKS:
        tally.questions.append(sheet.asked(found))
    else:
        tally.notes.append(found.says)
