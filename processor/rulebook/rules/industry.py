"""Construction and related industries, by industry code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from processor.rulebook.outcome import Tally, nothing
from processor.rulebook.shapes import FLAG, TEXTS, Rule, words

if TYPE_CHECKING:
    from processor.rulebook.edition import Asked
    from processor.rulebook.outcome import Outcome
    from processor.rulebook.sheets import File


def industry(file: File, asked: Asked) -> Outcome:
    """One of the industry codes is the program's own. An employer may have several accounts, and so several codes."""
    sheet = file.registration
    if sheet is None:
        return nothing(asked)
    tally = Tally(evidence=[sheet.place("industry_code")])
    code = sheet.text("industry_code") or ""
    if asked["bar"] and sheet.doubtful("industry_code"):
        tally.questions.append(sheet.question("industry_code"))
    elif sheet.gone("industry_code"):
        tally.shortfalls += sheet.faults(())
    elif set(re.findall(r"[^\W_]+", code.upper())).isdisjoint(asked["codes"]):
        tally.shortfalls.append(asked.words["other"].shortfall(tally.evidence, code=code or "none"))
    return tally.outcome(f"The industry code {code} is one of the program's own.")


RULE = Rule(judge=industry, values={"codes": TEXTS, "bar": FLAG}, words=words("nothing", "other: code"))
