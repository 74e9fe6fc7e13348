"""The registration form: complete, the agreement accepted, signed and dated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.rulebook.outcome import Tally, nothing
from processor.rulebook.rules.filled_in import fill_in, weigh
from processor.rulebook.rules.size import COUNT, SHORT, roster_short
from processor.rulebook.shapes import TEXTS, Rule, words

if TYPE_CHECKING:
    from processor.rulebook.edition import Asked
    from processor.rulebook.outcome import Outcome
    from processor.rulebook.sheets import File, Sheet


def registration(file: File, asked: Asked) -> Outcome:
    """Every box that the program asks for is filled in; one item each that is not."""
    sheet = file.registration
    if sheet is None:
        return nothing(asked)
    tally, needed = Tally(), asked["needed"]
    tally.questions += sheet.objections(needed)
    tally.shortfalls += sheet.faults(needed)
    tally.notes += sheet.remarks(needed)
    fill_in(tally, sheet, needed, code="field-blank", day=file.day)
    if not file.roster:
        _without_roster(tally, sheet, asked)
    elif roster_short(sheet):
        weigh(tally, sheet, SHORT, COUNT, count=sheet.place(COUNT).value, rows=len(file.roster))
    return tally.outcome("The form is complete, the agreement is accepted, signed and dated.")


def _without_roster(tally: Tally, sheet: Sheet, asked: Asked) -> None:
    if sheet.doubtful("workers"):
        if not sheet.let_stand("workers"):
            tally.questions.append(sheet.question("workers"))
    elif not sheet.gone("workers"):
        tally.shortfalls.append(asked.words["no_roster"].shortfall([sheet.place("workers")]))


RULE = Rule(judge=registration, values={"needed": TEXTS}, words=words("nothing", "no_roster"))
