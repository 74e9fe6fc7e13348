"""What no paper shows: a person looks, once for each registration, and says that it is so.

For what a program asks and this house cannot see: a membership, a checklist that the partner approved, a course whose
certificate nobody here has seen. So a rulebook need not leave it out, and no certificate goes out without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.rulebook.outcome import Tally, nothing
from processor.rulebook.shapes import TEXT, Rule, words

if TYPE_CHECKING:
    from processor.rulebook.edition import Asked
    from processor.rulebook.outcome import Outcome
    from processor.rulebook.sheets import File


def asked_of_staff(file: File, asked: Asked) -> Outcome:
    """Met when a person let the question stand; until then nobody can tell.

    The question hangs on one reading of the registration (`on`), which must be another for each such requirement.
    """
    sheet, name = file.registration, asked["on"]
    if sheet is None:
        return nothing(asked)
    tally = Tally(evidence=[sheet.place(name)])
    if not sheet.judged(name):
        tally.questions.append(sheet.question(name, "needs-judgement", asked["says"]))
    return tally.outcome("A person looked, and said that it is so.")


RULE = Rule(judge=asked_of_staff, values={"on": TEXT, "says": TEXT}, words=words("nothing"))
