"""The letter of good standing: that a certified employer has kept the standards for another year."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from processor.casework.rebate import dollars, rebate
from processor.casework.scores import amount
from processor.letters.certificate import life
from processor.letters.deficiency import shown_to_be_met
from processor.letters.papers import said_on_registration
from processor.letters.sheet import Sheet
from processor.model import LetterKind

if TYPE_CHECKING:
    from fractions import Fraction

    from processor.letters.earlier import Earlier
    from processor.letters.sheet import Matter
    from processor.model import Letter

PREMIUM = "annual_wcb_premium"


def good_standing(matter: Matter, running: Earlier) -> Letter:
    """The letter of one year.

    Args:
        matter: the case, and the verdicts of the year, all met.
        running: the certificate that it goes with.
    """
    sheet, words, years = Sheet(matter), matter.words, matter.years
    name = " ".join(matter.case.employer.legal_name.split())
    until = years.letter_until
    sheet.salute()
    where = said_on_registration(matter.case, "legal_name")
    sheet.block("paragraph", lines=[sheet.line(words.good_standing.format(name=name, title=matter.title), None, where)])
    told = words.good_standing_confirms.format(since=matter.long(years.since), number=running.number, year=years.year)
    sheet.paragraph(told, words.good_standing_until.format(until=matter.long(until)))
    sheet.heading(words.maintained)
    items = [
        {"title": sheet.line(v.title, v, v.evidence), "lines": [sheet.spoken(v.because, v, v.evidence)]}
        for v in filter(shown_to_be_met, matter.verdicts)
    ]
    sheet.block("list", mark="done", items=items)
    _rebate(sheet)
    sheet.ask_us()
    subject = words.subject_good_standing.format(year=years.year)
    letter = sheet.letter(LetterKind.GOOD_STANDING, subject, certificate=running.number)
    says = {"legal_name": name, "program": matter.title, "cycle": years.cycle, "year": years.year}
    return replace(letter, data={**letter.data, "says": says, "life": life(years, until)})


def premium_cents(value: Fraction) -> int:
    """A premium that was written in dollars, in whole cents."""
    return int(value * 100)


def _rebate(sheet: Sheet) -> None:
    """That the employer may be eligible, and what it would come to where the premium is known."""
    terms, words, case = sheet.matter.rebate, sheet.matter.words, sheet.matter.case
    if terms is None:
        return
    sheet.heading(words.rebate)
    may = words.rebate_may.format(percent=terms.percent, least=dollars(terms.least_cents), most=terms.most_percent)
    lines = [sheet.line(may)]
    where = said_on_registration(case, PREMIUM)
    stated = next(
        (amount(f.document[PREMIUM]) for f in case.documents if where and f.number == where[0].document), None
    )
    if stated is not None and stated >= 0:
        premium = premium_cents(stated)
        comes_to = words.rebate_comes_to.format(premium=dollars(premium), rebate=dollars(rebate(premium, terms)))
        lines.append(sheet.line(comes_to, evidence=where))
    sheet.block("paragraph", lines=[*lines, sheet.line(words.rebate_decides)])
