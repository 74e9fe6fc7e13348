"""Time: certified soon enough after registering, and no audit from the future or from long ago."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from processor.casework.clock import months_later
from processor.rulebook.outcome import Tally
from processor.rulebook.rules.certificates import look_ahead
from processor.rulebook.shapes import WHOLE, Rule, words

if TYPE_CHECKING:
    from processor.rulebook.edition import Asked
    from processor.rulebook.outcome import Outcome
    from processor.rulebook.sheets import File, Sheet

SIGNED = "signature_date"
AUDITED = "audit_date"


def in_time(file: File, asked: Asked) -> Outcome:
    """Not more than so many months since the employer registered; days of audits that have come already."""
    tally = Tally()
    for audit in file.audits:
        _weigh(tally, file, audit)
        _ask_old(tally, file, audit, asked["audit_months"])
    if file.case.again and not _since(file, file.case.again):
        tally.shortfalls.append(asked.words["again"].shortfall(ended=file.case.again.isoformat()))
        return tally.outcome("")
    registered, sheet = registered_on(file)
    last = max(months_later(registered, asked["months"]), file.case.registered_until or date.min)
    if sheet:
        _ask_signed(tally, sheet)
    where = [sheet.place(SIGNED)] if sheet else []
    says = {"registered": registered.isoformat(), "last": last.isoformat(), "months": asked["months"]}
    if file.case.certified is None and file.day > last:
        tally.shortfalls.append(asked.words["late"].shortfall(where, **says))
    tally.evidence += [] if sheet in file.registrations[:-1] and _spoilt(sheet) else where
    if file.case.certified:
        return tally.outcome(f"Registered on {says['registered']}, and certified since {file.case.certified}.")
    return tally.outcome(f"Registered on {says['registered']}; there is time until {says['last']}.")


def registered_on(file: File) -> tuple[date, Sheet | None]:
    """The first registration counts: the day it was signed, or came, whichever is earlier; else the case's first.

    After an end it is the day on which the first came since, or on which a person said that the case begins again.
    """
    if file.case.begun:
        return file.case.begun, None
    if file.case.again:
        first = _since(file, file.case.again)[0]
        return first.filed.received, first
    days = [(min(s.day(SIGNED) or s.filed.received, s.filed.received), s) for s in file.registrations]
    return min(days, key=lambda pair: pair[0]) if days else (file.case.opened, None)


def _since(file: File, ended: date) -> list[Sheet]:
    """The registrations that came since the end, as they came."""
    return [s for s in file.registrations if s.filed.received >= ended]


def _spoilt(sheet: Sheet) -> bool:
    """Whether something is open on a superseded paper. Its day counts all the same, never to the employer's gain."""
    return bool(sheet.objections((SIGNED,)) or sheet.faults(()))


def _ask_signed(tally: Tally, sheet: Sheet) -> None:
    if sheet.unsure(SIGNED) and not sheet.let_stand(SIGNED):
        tally.questions.append(sheet.question(SIGNED))


def _weigh(tally: Tally, file: File, sheet: Sheet) -> None:
    """A day that cannot be read is asked for; one that is empty is the business of who asks for the box."""
    if sheet.unsure(AUDITED) and not sheet.let_stand(AUDITED):
        tally.questions.append(sheet.question(AUDITED))
    look_ahead(sheet, AUDITED, file.day, tally.questions, tally.shortfalls)


def _ask_old(tally: Tally, file: File, sheet: Sheet, months: int) -> None:
    """An audit made so long before the decision may say nothing of today's program: a person says whether it counts."""
    made = sheet.day(AUDITED)
    if made is None or months_later(made, months) >= file.day or sheet.judged(AUDITED):
        return
    says = f"The audit was made on {made.isoformat()}, more than {months} months ago. Say whether it still counts."
    tally.questions.append(sheet.question(AUDITED, "needs-judgement", says))


RULE = Rule(
    judge=in_time,
    values={"months": WHOLE, "audit_months": WHOLE},
    words=words("late: registered last months", "again: ended"),
)
