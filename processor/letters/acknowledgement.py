"""The letter that says what came, what is accepted and what is still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.letters.deficiency import outstanding, shown_to_be_met, still_to_come
from processor.letters.papers import paper_received, standing
from processor.letters.sheet import Sheet, papers_of_year
from processor.model import Evidence, LetterKind

if TYPE_CHECKING:
    from processor.letters.earlier import Earlier
    from processor.letters.sheet import Matter
    from processor.model import Letter


def acknowledgement(matter: Matter, running: Earlier | None = None) -> Letter:
    """Received, accepted, outstanding, and the fee of the day.

    Args:
        matter: the case and its verdicts.
        running: the certificate that stands, when nothing is outstanding.
    """
    sheet, words = Sheet(matter), matter.words
    sheet.greet()
    name = " ".join(matter.case.employer.legal_name.split())
    sheet.paragraph((words.acknowledgement_all if running else words.acknowledgement).format(name=name))
    if running and running.until:
        sheet.paragraph(words.certificate_stands.format(number=running.number, until=matter.long(running.until)))
    still_to_come(sheet, words.when_you_have_them)
    _accepted(sheet)
    _received(sheet)
    if any(map(outstanding, matter.verdicts)):
        sheet.how_to_send()
        _fee(sheet)
    sheet.ask_us()
    return sheet.letter(LetterKind.ACKNOWLEDGEMENT, words.subject_acknowledgement)


def _accepted(sheet: Sheet) -> None:
    met = list(filter(shown_to_be_met, sheet.matter.verdicts))
    if met:
        sheet.heading(sheet.matter.words.accepted)
        items = [
            {"title": sheet.line(v.title, v, v.evidence), "lines": [sheet.spoken(v.because, v, v.evidence)]}
            for v in met
        ]
        sheet.block("list", mark="done", items=items)


def _received(sheet: Sheet) -> None:
    papers = standing(papers_of_year(sheet.matter.case))
    if not papers:
        return
    sheet.heading(sheet.matter.words.received)
    lines = [sheet.line(paper_received(f, sheet.matter.words), evidence=(Evidence(document=f.number),)) for f in papers]
    sheet.block("list", mark="paper", items=[{"title": line, "lines": []} for line in lines])


def _fee(sheet: Sheet) -> None:
    fee = sheet.matter.program.fee_on(sheet.matter.day)
    if fee:
        sheet.heading(sheet.matter.words.fee)
        sheet.paragraph(fee)
