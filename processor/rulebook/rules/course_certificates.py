"""Course certificates: which of them may be of the courses asked for, and whether their days are right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from processor.model import State
from processor.rulebook.rules.certificates import Scale, Weighed, scale

if TYPE_CHECKING:
    from collections.abc import Collection

    from processor.model import Evidence
    from processor.rulebook.edition import Asked
    from processor.rulebook.sheets import File, Sheet

NEEDS = ("holder_name", "course", "issue_date", "expiry_date")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The courses that a requirement takes, and those that look like one and are not approved."""

    accepted: Collection[str]
    refused: Collection[str] = ()


def certificates_of(file: File, asked: Asked, wanted: Wanted) -> list[Weighed]:
    """The certificates that may be of these courses, in the order in which they came."""
    found = (_weigh(file, asked, sheet, wanted) for sheet in file.courses)
    return [certificate for certificate in found if certificate]


def shown(certificate: Weighed) -> list[Evidence]:
    """The places that say whose certificate it is, and of what."""
    return [certificate.sheet.place("holder_name"), certificate.sheet.place("course")]


def _weigh(file: File, asked: Asked, sheet: Sheet, wanted: Wanted) -> Weighed | None:
    """A certificate of one of the courses, or of one that nobody could read; nothing for another course."""
    course = sheet.text("course")
    on = scale(file, sheet, NEEDS)
    if sheet.lost("course"):
        on.faults.append(sheet.unreadable("course"))
    elif course in wanted.refused:
        who = {"who": sheet.text("holder_name") or "", "course": file.course(course or "")}
        on.faults.append(asked.words["not_approved"].shortfall([sheet.place("course")], **who))
    elif course is None and sheet.doubtful("course"):
        on.ask("course")
    elif course not in wanted.accepted and not any(q.code == "course-unknown" for q in on.questions):
        return None
    _weigh_days(on, asked)
    return on.weighed()


def _to_be_told(sheet: Sheet, name: str) -> bool:
    """Whether a person has to say the day: of a day of issue that is blank too, until somebody has confirmed that."""
    if name == "expiry_date":
        return sheet.unsure(name)
    undated = sheet.empty(name) and sheet.reading(name).state is not State.CONFIRMED and not sheet.let_stand(name)
    return undated or sheet.doubtful(name)


def _weigh_days(on: Scale, asked: Asked) -> None:
    """Issued on a day that has come, and not expired; a course that prints no expiry does not expire."""
    sheet, expiry = on.sheet, on.sheet.day("expiry_date")
    on.look_ahead("issue_date")
    for name in ("issue_date", "expiry_date"):
        if sheet.lost(name):
            on.faults.append(sheet.unreadable(name))
        elif _to_be_told(sheet, name):
            on.ask(name)
    if expiry and expiry < on.file.day:
        who, course = sheet.text("holder_name") or "", sheet.place("course").value
        says = {"who": who, "course": course, "day": expiry.isoformat()}
        on.faults.append(asked.words["expired"].shortfall([sheet.place("expiry_date")], **says))
