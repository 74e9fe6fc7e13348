"""The pass mark: so much in each section and so much overall, by exact fractions.

N/A is taken out of what is possible, a section with nothing possible is left out, and nothing is rounded up
unless the rulebook says so. Percentages are computed from the points; those printed are only compared.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from processor.casework.scores import blank, parts, percent, said
from processor.rulebook.edition import Effect
from processor.rulebook.outcome import Tally, nothing
from processor.rulebook.shapes import WHOLE, Rule, one_of, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processor.casework.scores import Part
    from processor.rulebook.edition import Asked
    from processor.rulebook.outcome import Outcome
    from processor.rulebook.sheets import File, Sheet

ROUNDINGS = {"exact": 0, "one decimal": 10, "whole": 1}
"""Into how many parts of a percent is rounded, half up; 0 is not at all."""


def pass_mark(file: File, asked: Asked) -> Outcome:
    """Every audit that came reaches the mark. Which ones must come is another requirement."""
    if not file.audits:
        return nothing(asked)
    tally = Tally()
    for sheet in file.audits:
        _weigh(tally, asked, sheet)
    marks = f"at least {asked['section_percent']} % in each section and {asked['overall_percent']} % overall"
    came = "The audit that came" if len(file.audits) == 1 else f"Each of the {len(file.audits)} audits that came"
    return tally.outcome(f"{came} reaches {marks}.")


POINTS = ("awarded", "not_applicable")
AUDITS = {"self": "self-audit", "independent": "independent audit", "verification_review": "verification review"}


def _called(sheet: Sheet) -> str:
    """Which audit it is, in a sentence; the partner's own is simply the audit."""
    return AUDITS.get(sheet.text("audit_type") or "", "audit")


def _weigh(tally: Tally, asked: Asked, sheet: Sheet) -> None:
    needs = _needs(sheet)
    tally.questions += sheet.objections(needs, scores=True)
    tally.shortfalls += sheet.faults(needs, scores=True)
    tally.notes += sheet.remarks(needs, scores=True)
    if _unscored(sheet) or sheet.incomplete:
        return
    before = len(tally.questions) + len(tally.shortfalls)
    sections = parts(sheet.filed.document)
    if len(sections) < max(asked["sections"], 1):
        says = f"{len(sections)} sections of the audit could be read, not {asked['sections']}."
        _ask_to_judge(tally, sheet, says)
    elif sum(_weigh_section(tally, asked, sheet, part) for part in sections) == len(sections):
        _weigh_whole(tally, asked, sheet, sections)
    elif before == len(tally.questions) + len(tally.shortfalls) and not _told_of_blanks(sheet):
        says = "A section has no score, and that was let stand: say whether the audit passes."
        _ask_to_judge(tally, sheet, says)


def _needs(sheet: Sheet) -> frozenset[str]:
    """Every box that the points rest on: what a section or an item brings, what N/A takes out, and the totals."""
    tables = {"sections": (*POINTS, "available", "possible"), "items": POINTS}
    cells = {
        f"{table}[{place}].{name}"
        for table, names in tables.items()
        for place, _ in enumerate(sheet.filed.document.rows(table), start=1)
        for name in names
    }
    return frozenset({*cells, "total_awarded", "total_possible"})


def _ask_to_judge(tally: Tally, sheet: Sheet, says: str) -> None:
    """What only a person can decide; a person who lets it stand has decided that the audit passes."""
    if sheet.settled("needs-judgement", "sections"):
        tally.notes.append(f"A person judged the points: {says}")
        tally.evidence.append(sheet.paper())
    else:
        tally.questions.append(sheet.question("sections", "needs-judgement", says))


def _unscored(sheet: Sheet) -> bool:
    """Whether the sheet is told to be unscored, so that nothing needs to be said of each section."""
    effect = sheet.edition.effect("audit-unscored")
    return effect is not Effect.INFORMS and _open(sheet, "audit-unscored")


def _told_of_blanks(sheet: Sheet) -> bool:
    return sheet.edition.effect("score-blank") is not Effect.INFORMS and _open(sheet, "score-blank")


def _open(sheet: Sheet, code: str) -> bool:
    return any(f.code == code and not sheet.settled(code, f.reading) for f in sheet.filed.document.findings)


def _weigh_section(tally: Tally, asked: Asked, sheet: Sheet, part: Part) -> bool:
    """Whether the section's points are known; a shortfall when they do not reach the mark."""
    points, possible = f"{part.path}.awarded", f"{part.path}.possible"
    if part.possible == 0:
        return True
    if part.possible is None or part.possible < 0 or part.awarded is None:
        unknown = points if part.awarded is None else possible
        if sheet.lost(unknown):
            tally.shortfalls.append(sheet.unreadable(unknown))
        elif not blank(sheet.reading(unknown)) or unknown == possible:
            tally.questions.append(sheet.question(unknown))
        return False
    mark = asked["section_percent"]
    if _share(part.awarded, part.possible, asked["rounding"]) < mark:
        says = {"section": part.title, "awarded": said(part.awarded), "possible": said(part.possible)}
        exact = percent(part.awarded / part.possible * 100)
        where = [sheet.place(points), sheet.place(possible)]
        tally.shortfalls.append(
            asked.words["section"].shortfall(where, percent=exact, mark=mark, audit=_called(sheet), **says)
        )
    return True


def _weigh_whole(tally: Tally, asked: Asked, sheet: Sheet, sections: Sequence[Part]) -> None:
    """The sum of all points, not the mean of the percentages (domain.md 2.6)."""
    counted = [p for p in sections if p.possible]
    awarded = sum((p.awarded or Fraction(0) for p in counted), Fraction(0))
    possible = sum((p.possible or Fraction(0) for p in counted), Fraction(0))
    where, mark = [sheet.place("total_awarded"), sheet.place("total_possible")], asked["overall_percent"]
    if not possible:
        _ask_to_judge(tally, sheet, "No section of the audit has any points possible.")
    elif _share(awarded, possible, asked["rounding"]) < mark:
        says = {"awarded": said(awarded), "possible": said(possible), "percent": percent(awarded / possible * 100)}
        tally.shortfalls.append(asked.words["overall"].shortfall(where, mark=mark, audit=_called(sheet), **says))
    else:
        tally.evidence += where


def _share(awarded: Fraction, possible: Fraction, rounding: str) -> Fraction:
    """Percent of what is possible, rounded as the rulebook says."""
    exact, fine = awarded / possible * 100, ROUNDINGS[rounding]
    return Fraction((exact * fine + Fraction(1, 2)) // 1, fine) if fine else exact


RULE = Rule(
    judge=pass_mark,
    values={"section_percent": WHOLE, "overall_percent": WHOLE, "sections": WHOLE, "rounding": one_of(*ROUNDINGS)},
    words=words(
        "nothing",
        "section: audit section awarded possible percent mark",
        "overall: audit awarded possible percent mark",
    ),
)
