"""The certificate: who is certified in what, from and until when, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.letters.papers import said_on_registration
from processor.letters.sheet import Sheet
from processor.model import Letter, LetterKind

if TYPE_CHECKING:
    from datetime import date

    from processor.casework.years import Years
    from processor.letters.earlier import Earlier
    from processor.letters.sheet import Matter


def running_certificate(matter: Matter) -> Earlier | None:
    """The latest certificate of the three years that are judged; a new one then only replaces it."""
    years = matter.years
    same = [e for e in matter.earlier if (e.kind, e.cycle) == (LetterKind.CERTIFICATE, years.cycle)]
    return next((e for e in reversed(same) if e.since == years.since), None)


def certificate(matter: Matter) -> Letter:
    """The certificate of a case that meets everything.

    Its lines say each name, and each requirement with its evidence. One that corrects a running certificate keeps
    that one's days: a new name must not make a certificate last longer.
    """
    running, years = running_certificate(matter), matter.years
    employer, words, program = matter.case.employer, matter.words, matter.program
    legal, operating = " ".join(employer.legal_name.split()), " ".join(employer.operating_name.split())
    sheet = Sheet(matter)
    sheet.line(words.certificate_name.format(name=legal), evidence=said_on_registration(matter.case, "legal_name"))
    if operating:
        where = said_on_registration(matter.case, "operating_name")
        sheet.line(words.certificate_operating.format(name=operating), evidence=where)
    for verdict in matter.verdicts:
        sheet.line(words.item.format(title=verdict.title, because=verdict.because), verdict, verdict.evidence)
    if running:
        sheet.line(words.certificate_replaces.format(number=running.number))
    says = {
        "legal_name": legal,
        "operating_name": operating,
        "account": employer.account,
        "program": matter.title,
        "cycle": years.cycle,
    }
    data: dict[str, object] = {
        "language": words.language,
        "number": matter.number,
        "certificate": matter.certificate,
        "title": words.title_certificate.format(number=matter.certificate),
        "says": says,
        "certified_on": years.since.isoformat(),
        "valid_until": years.until.isoformat(),
        "life": life(years, years.until),
        "fields": {
            "legal_name": legal,
            "operating_name": words.certificate_trading.format(name=operating) if operating else "",
            "program": matter.title,
            "number": matter.certificate,
            "account": employer.account,
            "certified_on": matter.long(years.since),
            "valid_until": matter.long(years.until),
            "cycle": str(says["cycle"]),
            "signatory": program.signatory,
            "signatory_title": program.signatory_title,
            "partner": program.partner,
            "small_print": words.certificate_small.format(case=matter.case.code, number=matter.number),
        },
        "papers": [filed.number for filed in matter.case.documents],
    }
    return Letter(
        kind=LetterKind.CERTIFICATE, case=matter.case.code, day=matter.day, data=data, lines=tuple(sheet.lines)
    )


def life(years: Years, until: date) -> dict[str, object]:
    """What a letter that answers a year tells of it, for the trail: standing is computed from this."""
    return {
        "cycle": years.cycle,
        "year": years.year,
        "since": years.since.isoformat(),
        "until": until.isoformat(),
    }
