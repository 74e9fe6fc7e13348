"""A milestone on the way: so many months after registering, certificates of these courses have come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.casework.clock import months_later
from processor.rulebook.outcome import Tally, nothing
from processor.rulebook.rules.in_time import SIGNED, registered_on
from processor.rulebook.shapes import FLAG, TEXTS, WHOLE, Rule, words

if TYPE_CHECKING:
    from processor.rulebook.edition import Asked
    from processor.rulebook.outcome import Outcome
    from processor.rulebook.sheets import File


def milestone(file: File, asked: Asked) -> Outcome:
    """In time, or reached; whether the certificates are good is for the requirement of each course to say.

    A card whose course nobody could read yet may be any of them, and what is not certain is no delay of the employer's.
    """
    if file.registration is None:
        return nothing(asked)
    registered, sheet = registered_on(file)
    last = months_later(registered, asked["months"])
    tally = Tally(evidence=[sheet.place(SIGNED)] if sheet else [])
    came = {course for s in file.courses for course in [s.text("course")] if course}
    unread = any(s.doubtful("course") for s in file.courses)
    late = [file.course(c) for c in asked["courses"] if c not in came]
    if file.day > last and late and not unread and file.case.certified is None:
        says = {"registered": registered.isoformat(), "last": last.isoformat(), "months": asked["months"]}
        tally.shortfalls.append(asked.words["late"].shortfall(tally.evidence, courses=", ".join(late), **says))
    return tally.outcome(f"Registered on {registered}; the courses are to be shown until {last}.")


RULE = Rule(
    judge=milestone,
    values={"months": WHOLE, "courses": TEXTS, "bar": FLAG},
    words=words("nothing", "late: registered last months courses"),
)
