"""The certificate: who is certified in what, from and until when, and why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from processor.letters.papers import said_on_registration
from processor.letters.sheet import Sheet
from processor.model import Letter, LetterKind

if TYPE_CHECKING:
    from processor.letters.earlier import Earlier
    from processor.letters.sheet import Matter

YEARS = 3
"""CSAM: "valid for a period not exceeding three years" (program page). SCSA likewise: assumed."""


def valid_until(certified_on: date) -> date:
    """The last day: the one before the same day three years later.

    >>> valid_until(date(2026, 11, 24))
    datetime.date(2029, 11, 23)
    """
    year = certified_on.year + YEARS
    leap_day = (certified_on.month, certified_on.day) == (2, 29)
    return (date(year, 3, 1) if leap_day else certified_on.replace(year=year)) - timedelta(days=1)


def running_certificate(matter: Matter) -> Earlier | None:
    """The latest certificate that is valid on the day; a new one then only replaces it."""
    valid = [e for e in matter.earlier if e.since and e.until and e.since <= matter.day <= e.until]
    return valid[-1] if valid else None


def certificate(matter: Matter) -> Letter:
    """The certificate of a case that meets everything.

    Its lines say each name, and each requirement with its evidence. One that corrects a running certificate keeps
    that one's days: a new name must not make a certificate last longer.
    """
    running = running_certificate(matter)
    since = running.since if running and running.since else matter.day
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
        "cycle": _cycle(matter),
    }
    data: dict[str, object] = {
        "language": words.language,
        "number": matter.number,
        "certificate": matter.certificate,
        "title": words.title_certificate.format(number=matter.certificate),
        "says": says,
        "certified_on": since.isoformat(),
        "valid_until": valid_until(since).isoformat(),
        "fields": {
            "legal_name": legal,
            "operating_name": words.certificate_trading.format(name=operating) if operating else "",
            "program": matter.title,
            "number": matter.certificate,
            "account": employer.account,
            "certified_on": matter.long(since),
            "valid_until": matter.long(valid_until(since)),
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


def _cycle(matter: Matter) -> int:
    """The three-year cycle: one more than those that have run out."""
    over = {e.since for e in matter.earlier if e.since and e.until and e.until < matter.day}
    return 1 + len(over)
