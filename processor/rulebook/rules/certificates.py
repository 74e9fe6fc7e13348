"""What a certificate is worth: it counts, it does not for a reason, or a person has to look at it first.

A requirement asks for the best of several: an unreadable one more takes nothing away from one that counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from processor.casework.names import folded, near_person, same_person
from processor.findings import finding
from processor.model import State
from processor.rulebook.edition import Effect

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from processor.model import Question, Shortfall
    from processor.rulebook.sheets import File, Sheet

HOLDER = "holder_name"


@dataclass(frozen=True, slots=True)
class Weighed:
    """One certificate as a requirement sees it."""

    sheet: Sheet
    holder: str | None
    """Nothing when the name cannot be relied on."""
    questions: tuple[Question, ...] = ()
    faults: tuple[Shortfall, ...] = ()
    """Why it does not count; told to the employer once nothing of the same paper is in question."""

    @property
    def good(self) -> bool:
        """Whether it counts for whoever holds it."""
        return not self.questions and not self.faults


@dataclass(slots=True)
class Scale:
    """What is put on the scale while a certificate is looked at."""

    file: File
    sheet: Sheet
    questions: list[Question]
    faults: list[Shortfall]

    def weighed(self) -> Weighed:
        """The certificate as a requirement sees it."""
        holder = self.sheet.text(HOLDER)
        return Weighed(self.sheet, holder, tuple(dict.fromkeys(self.questions)), tuple(self.faults))

    def ask(self, name: str) -> None:
        """Put a question about a reading."""
        self.questions.append(self.sheet.question(name))

    def look_ahead(self, name: str) -> None:
        """A day that has not come yet: a slip, or a paper that proves nothing yet."""
        look_ahead(self.sheet, name, self.file.day, self.questions, self.faults)


def scale(file: File, sheet: Sheet, needs: Collection[str]) -> Scale:
    """A certificate with what its findings say, and whether its holder is known."""
    on = Scale(file, sheet, list(sheet.objections(needs)), list(sheet.faults(needs)))
    if sheet.lost(HOLDER) or sheet.empty(HOLDER):
        on.faults.append(sheet.unreadable(HOLDER))
    elif sheet.doubtful(HOLDER) or sheet.text(HOLDER) is None:
        on.ask(HOLDER)
    return on


def look_ahead(sheet: Sheet, name: str, day: date, questions: list[Question], faults: list[Shortfall]) -> None:
    """Weigh a day that lies ahead; one that a person confirmed is no slip any more."""
    there = sheet.day(name)
    if there is None or there <= day or sheet.settled("future-date", name):
        return
    reading = sheet.reading(name)
    found = finding("future-date", page=reading.page, box=reading.box, reading=name, value=there.isoformat())
    effect = sheet.edition.effect("future-date")
    if effect is Effect.BLOCKS and reading.state is not State.CONFIRMED:
        questions.append(sheet.asked(found))
    elif effect is not Effect.INFORMS:
        faults.append(sheet.fault(found))


# ---------------------------------------------------------------- whose it is


@dataclass(frozen=True, slots=True)
class Holding:
    """What somebody has to show."""

    good: Weighed | None = None
    questions: tuple[Question, ...] = ()
    faults: tuple[Shortfall, ...] = ()


def holding(name: str, certificates: Sequence[Weighed], everybody: Iterable[str]) -> Holding:
    """The best that somebody has to show; the latest of what does not count, since it supersedes.

    Args:
        name: the person.
        certificates: in the order in which they came.
        everybody: the names on the roster, to tell a father from a son of nearly the same name.
    """
    others = {folded(other) for other in everybody} - {folded(name)}
    mine = [c for c in certificates if c.holder and _holds(c, name, others)]
    good = next((c for c in reversed(mine) if c.good), None)
    if good:
        return Holding(good)
    questions = [q for c in mine for q in c.questions]
    for certificate in certificates:
        if certificate in mine:
            continue
        if certificate.holder is None:
            questions += certificate.questions
        elif (
            not certificate.faults
            and near_person(certificate.holder, name)
            and not any(same_person(certificate.holder, o) for o in others)
        ):
            questions.append(_is_it(certificate, name))
    return Holding(None, tuple(questions), next((c.faults for c in reversed(mine) if c.faults), ()))


def _holds(certificate: Weighed, name: str, others: Collection[str]) -> bool:
    holder = certificate.holder or ""
    if folded(holder) in others:
        return False
    return same_person(holder, name) or (certificate.sheet.settled("near-name", HOLDER) and near_person(holder, name))


def _is_it(certificate: Weighed, name: str) -> Question:
    says = finding("near-name", name=certificate.holder, employer=f"{name} on the roster").says
    return certificate.sheet.question(HOLDER, "near-name", says)
