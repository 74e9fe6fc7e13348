"""Which letter follows from the verdicts: one whole answer, or the questions that hold it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.errors import SetupBroken
from processor.letters.acknowledgement import acknowledgement
from processor.letters.certificate import certificate, running_certificate
from processor.letters.deficiency import deficiency, insufficient, outstanding
from processor.letters.earlier import Earlier, fingerprint
from processor.letters.good_standing import good_standing
from processor.letters.sheet import Matter
from processor.letters.too_large import too_large
from processor.letters.words import ENGLISH, Words
from processor.model import Answer, Letter, LetterKind, Question

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from processor.casework.years import Years
    from processor.model import Case, Verdict
    from processor.rulebook.terms import RebateTerms
    from processor.settings import Settings

__all__ = ["Earlier", "conclude", "fingerprint"]

SIZE = "size"
"""The requirement whose failing is no fault: the employer has grown past the program."""


def conclude(  # noqa: PLR0913 - what decides a letter stands in one place, each by name
    case: Case,
    verdicts: Sequence[Verdict],
    settings: Settings,
    day: date,
    *,
    number: str,
    certificate: str,
    title: str,
    years: Years,
    earlier: Sequence[Earlier] = (),
    rebate: RebateTerms | None = None,
    words: Words = ENGLISH,
) -> Letter | tuple[Question, ...] | None:
    """What a case is owed on a day.

    Args:
        case: one employer in one program.
        verdicts: all of its requirements, in the order that matters to the employer.
        settings: the office's.
        day: the day of decision.
        number: the letter's number, should one follow (`Letters.next_number`).
        certificate: the certificate's number, should one follow (`Letters.next_certificate`).
        title: the program's name as a certificate says it (`Rulebook.title`).
        years: the year that was judged (`collecting`).
        earlier: every letter of the case, oldest first (`Earlier.of`).
        rebate: what certification may lead to, where the program has it.
        words: the catalogue of the letter's language.

    Returns:
        A letter; or the questions that a person must settle first, at least one; or `None` when exactly this was
        said in the last letter, or stands on a running certificate.

    Raises:
        SetupBroken: no requirement was judged, so nothing may follow.
    """
    if not verdicts:
        raise SetupBroken(f"No requirement of {case.program} was judged.", do="Look at its rulebook.")
    matter = Matter(
        case=case,
        verdicts=verdicts,
        settings=settings,
        day=day,
        number=number,
        certificate=certificate,
        title=title,
        years=years,
        earlier=earlier,
        rebate=rebate,
        words=words,
    )
    answer = _answer(matter)
    if not isinstance(answer, Letter) or _said_already(answer, earlier):
        return None if isinstance(answer, Letter) else answer
    return answer


def _answer(matter: Matter) -> Letter | tuple[Question, ...]:
    size = next((v for v in matter.verdicts if v.requirement == SIZE and insufficient(v)), None)
    if size:
        return too_large(matter, size)
    held = any(v.answer is Answer.CANNOT_TELL for v in matter.verdicts)
    faulty = any(map(insufficient, matter.verdicts))
    if held and (matter.settings.answers.hold_for_questions or not faulty):
        return tuple(q for v in matter.verdicts for q in _questions(v))
    if faulty:
        return deficiency(matter)
    return acknowledgement(matter) if any(map(outstanding, matter.verdicts)) else _all_met(matter)


def _all_met(matter: Matter) -> Letter:
    """A certificate, or in a later year of it a letter of good standing.

    Where what stands says the same, an answer to whatever came since.
    """
    new, running = certificate(matter), running_certificate(matter)
    if running is None:
        return new
    if matter.years.year > 1 and not _stands(matter):
        return good_standing(matter, running)
    if running.fingerprint != fingerprint(new):
        return new
    last = matter.earlier[-1]
    if last.kind is LetterKind.GOOD_STANDING:
        return good_standing(matter, running)
    return new if last.kind is LetterKind.CERTIFICATE else acknowledgement(matter, running)


def _stands(matter: Matter) -> bool:
    """Whether the letter of good standing of this year was given."""
    years = (LetterKind.GOOD_STANDING, matter.years.cycle, matter.years.year)
    return any((e.kind, e.cycle, e.year) == years for e in matter.earlier)


def _questions(verdict: Verdict) -> tuple[Question, ...]:
    if verdict.answer is not Answer.CANNOT_TELL:
        return ()
    return verdict.questions or (
        Question(
            document=next((e.document for e in verdict.evidence), ""),
            code="unsure-reading",
            says=f"{verdict.title}: {verdict.because}",
        ),
    )


def _said_already(letter: Letter, earlier: Sequence[Earlier]) -> bool:
    return bool(earlier) and earlier[-1].kind is letter.kind and earlier[-1].fingerprint == fingerprint(letter)
