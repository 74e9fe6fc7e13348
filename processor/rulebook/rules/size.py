"""Few enough people: counted as the program says, and told apart from a form that was filled in badly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.casework.scores import said
from processor.rulebook.outcome import Tally, nothing
from processor.rulebook.rules.filled_in import weigh
from processor.rulebook.shapes import WHOLE, Rule, words

if TYPE_CHECKING:
    from processor.rulebook.edition import Asked
    from processor.rulebook.outcome import Outcome
    from processor.rulebook.sheets import File, Sheet

COUNT = "employee_count"


def size(file: File, asked: Asked) -> Outcome:
    """At most so many people. Exactly so many is met, and shown to staff (domain.md 0, trap 2)."""
    sheet, most = file.registration, asked["most"]
    if sheet is None:
        return nothing(asked)
    tally = Tally(evidence=[sheet.place(COUNT)])
    stated, listed = sheet.number(COUNT), len(file.roster)
    if stated is not None and stated > most:
        tally.shortfalls.append(asked.words["too_many"].shortfall(tally.evidence, count=said(stated), most=most))
        return tally.outcome("")
    tally.questions += sheet.objections((COUNT,))
    if sheet.doubtful(COUNT):
        tally.questions.append(sheet.question(COUNT))
    people = listed if stated is None else int(stated)
    if stated is None and listed > most:
        tally.shortfalls.append(asked.words["too_many"].shortfall(tally.evidence, count=listed, most=most))
    elif stated is None and not listed:
        tally.shortfalls.append(asked.words["untold"].shortfall(tally.evidence))
    _compare_roster(tally, sheet, listed)
    if people == most:
        tally.notes.append(f"There are exactly {most} people; please look whether all are counted.")
    whence = "are stated" if stated is not None else "stand on the roster"
    return tally.outcome(f"{people} people {whence}; at most {most} may be.")


def _compare_roster(tally: Tally, sheet: Sheet, listed: int) -> None:
    """The check says whether count and roster differ; it knows how many the form has room for."""
    short = any(f.code == "roster-short" for f in sheet.filed.document.findings)
    if short and not sheet.settled("roster-short", COUNT):
        weigh(tally, sheet, "roster-short", COUNT, count=sheet.place(COUNT).value, rows=listed)


RULE = Rule(
    judge=size,
    values={"most": WHOLE},
    words=words("nothing", "too_many: count most", "untold"),
)
