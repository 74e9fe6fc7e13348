"""Few enough people: counted as the program says, and told apart from a form that was filled in badly."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from processor.rulebook.edition import Effect
from processor.rulebook.outcome import Tally, nothing
from processor.rulebook.rules.filled_in import weigh
from processor.rulebook.shapes import WHOLE, Rule, words

if TYPE_CHECKING:
    from processor.rulebook.edition import Asked
    from processor.rulebook.outcome import Outcome
    from processor.rulebook.sheets import File, Sheet

COUNT = "employee_count"
SHORT = "roster-short"


def size(file: File, asked: Asked) -> Outcome:
    """At most so many people. Exactly so many is met, and shown to staff (domain.md 0, trap 2).

    Not met and received means too large, which has a letter of its own: what is filled in badly is the
    registration's business.
    """
    sheet, most = file.registration, asked["most"]
    if sheet is None:
        return nothing(asked)
    tally = Tally(evidence=[sheet.place(COUNT)])
    stated, listed = sheet.number(COUNT), len(file.roster)
    sure = stated is not None or not sheet.doubtful(COUNT)
    people = listed if stated is None else int(stated)
    if sure and people > most:
        tally.questions += sheet.objections(())
        tally.shortfalls.append(asked.words["too_many"].shortfall(tally.evidence, count=people, most=most))
        return tally.outcome("")
    if sheet.gone(COUNT) and not listed:
        tally.shortfalls += sheet.faults(())
        return replace(tally.outcome(""), received=False)
    if sure and stated is None and not listed:
        return nothing(asked, "untold")
    tally.questions += sheet.objections((COUNT,))
    if not sure:
        tally.questions.append(sheet.question(COUNT))
    if roster_short(sheet) and sheet.edition.effect(SHORT) is Effect.BLOCKS:
        weigh(tally, sheet, SHORT, COUNT, count=sheet.place(COUNT).value, rows=listed)
    if people == most:
        tally.notes.append(f"There are exactly {most} people; please look whether all are counted.")
    whence = "are stated" if stated is not None else "stand on the roster"
    return tally.outcome(f"{people} people {whence}; at most {most} may be.")


def roster_short(sheet: Sheet) -> bool:
    """Whether count and roster differ, as the check says, who knows how many the form has room for."""
    found = any(f.code == SHORT for f in sheet.filed.document.findings)
    return found and not sheet.settled(SHORT, COUNT)


RULE = Rule(
    judge=size,
    values={"most": WHOLE},
    words=words("nothing", "too_many: count most", "untold"),
)
