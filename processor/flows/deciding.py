"""What a person decides of a certification: more time, a waiver, its end, its return, another name, a reissue."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from processor.casework.names import company_keys
from processor.casework.standing import HOLDS, Stage
from processor.errors import Wrong
from processor.flows.judging import certificate_again
from processor.flows.living import standing_of

if TYPE_CHECKING:
    from datetime import date

    from processor.casework.standing import Standing
    from processor.flows.office import Office


def extend(office: Office, code: str, until: date, *, by: str, reason: str) -> Standing:
    """Give a case time until a day. Raises `Wrong` when it owes nothing, or has so much time already."""
    now = standing_of(office, code)
    if now.owed is None:
        raise Wrong(f"{code} is {now.says} and owes nothing.", do="Have it reinstated first, or begin again.")
    if until <= max(now.owed.due, office.day):
        raise Wrong(
            f"{code} has time until {now.owed.due} already.",
            do="Give a later day, which is still to come, with --until.",
        )
    return _decide(office, code, "extended", by, reason, until)


def lapse(office: Office, code: str, *, by: str, reason: str) -> Standing:
    """Let a certification lapse. Raises `Wrong` unless it is overdue."""
    now = standing_of(office, code)
    if now.stage is not Stage.OVERDUE:
        raise Wrong(f"{code} is {now.says}, not overdue.", do="To end a certification for a reason, withdraw it.")
    return _decide(office, code, "lapsed", by, reason)


def withdraw(office: Office, code: str, *, by: str, reason: str) -> Standing:
    """Withdraw a certification; the letter says the reason. Raises `Wrong` when there is none."""
    now = standing_of(office, code)
    if now.stage not in HOLDS:
        raise Wrong(
            f"{code} is {now.says}: there is no certification to withdraw.", do="`secor due` shows who has one."
        )
    return _decide(office, code, "withdrawn", by, reason)


def reinstate(office: Office, code: str, until: date | None, *, by: str, reason: str) -> Standing:
    """Put back what a person ended, with time until a day where one is given.

    Raises `Wrong` when nobody ended it, or when its certificate's days are over by now.
    """
    now = standing_of(office, code)
    if not now.by_person or now.until is None:
        raise Wrong(f"{code} is {now.says}; nobody ended it.", do="After the three years it begins again.")
    if office.day > now.until:
        raise Wrong(f"The certificate of {code} was valid until {now.until}.", do="After that it begins again.")
    return _decide(office, code, "reinstated", by, reason, until)


def begin_again(office: Office, code: str, *, by: str, reason: str) -> Standing:
    """Have an ended case begin again without a new registration form. Raises `Wrong` when it has not ended."""
    now = standing_of(office, code)
    if now.ended is None:
        raise Wrong(f"{code} is {now.says}, so it has not ended.", do="Only what has ended begins again.")
    return _decide(office, code, "reapplied", by, reason)


def waive(  # noqa: PLR0913 - which requirement, until when, who and why
    office: Office, code: str, requirement: str, until: date, *, by: str, reason: str
) -> Standing:
    """Let one requirement of a case go until a day; the case is judged again. Raises `Wrong` for an unknown one."""
    program = office.store.cases.summary(code).program
    known = [asked.id for asked in office.rulebooks[program].on(office.day).requirements]
    if requirement not in known:
        raise Wrong(f"{program} has no requirement {requirement}.", do=f"It has {', '.join(known)}.")
    if until < office.day:
        raise Wrong(f"{until} is over.", do="Give a day that is still to come, with --until.")
    with office.store.transaction():
        office.store.lives.decide(
            code, "waived", office.day, by=by, reason=reason, until=until, requirement=requirement
        )
        office.store.cases.touch(code)
    return standing_of(office, code)


def rename(office: Office, code: str, name: str, *, by: str, reason: str) -> Standing:
    """Change an employer's legal name; its certificates are issued again under it, with the same days."""
    store = office.store
    employer = store.cases.case(code).employer
    name = " ".join(name.split())
    if not name or name == employer.legal_name:
        raise Wrong(f"The legal name is “{employer.legal_name}” already.", do="Give the new name.")
    with store.transaction():
        store.register.enter(replace(employer, legal_name=name), office.day, names=company_keys(name))
        after = _decide(office, code, "renamed", by, reason)
        if after.in_force:
            certificate_again(office, code)  # where it cannot be, the judging says why
    return after


def reissue(office: Office, code: str, *, by: str, reason: str) -> Standing:
    """Issue the certificate again, under a new number and with the same days. Raises `Wrong` when none is in force."""
    now = standing_of(office, code)
    if not now.in_force:
        raise Wrong(f"{code} is {now.says}: no certificate is in force.", do="`secor due` shows who has one.")
    with office.store.transaction():
        after = _decide(office, code, "reissued", by, reason)
        if not certificate_again(office, code):
            raise Wrong(f"{code} does not meet everything today.", do=f"`secor status {code}` shows what is open.")
    return after


def _decide(  # noqa: PLR0913, PLR0917 - who, what and why
    office: Office, code: str, kind: str, by: str, reason: str, until: date | None = None
) -> Standing:
    office.store.lives.decide(code, kind, office.day, by=by, reason=reason, until=until)
    return standing_of(office, code)
