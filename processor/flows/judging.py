"""One case: judged on a day, and what follows from it owed, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from processor.casework import checks
from processor.casework.borne_out import borne_out
from processor.casework.years import as_judged, collecting, partners_turn, registered
from processor.flows.living import standing_of
from processor.flows.waiting import waiting_for
from processor.letters.conclude import Earlier, conclude, fingerprint
from processor.model import Letter, LetterKind
from processor.rulebook.terms import rebate_on, terms_on
from processor.rulebook.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from processor.casework.years import Years
    from processor.flows.office import Office
    from processor.model import Case, Employer, Filed, Question, Verdict


ANSWERS = (LetterKind.CERTIFICATE, LetterKind.GOOD_STANDING)
"""The letters that answer a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a case came to."""

    case: Case
    verdicts: tuple[Verdict, ...]
    letter: Letter | None
    questions: tuple[Question, ...]


def judge_touched(office: Office) -> Iterator[Judgement]:
    """Judge every case that something came for, once."""
    for code in office.store.cases.touched():
        yield judge(office, code)


def judge(office: Office, code: str) -> Judgement:
    """Judge one case and owe what follows, all or nothing."""
    store = office.store
    with store.transaction():
        case = checked(office, store.cases.case(code))
        book = office.rulebooks[case.program]
        earlier = tuple(Earlier.of(posted.letter) for posted in store.letters.of_case(code))
        case, years = _in_its_year(office, case, earlier)
        found = verdicts(case, book.on(office.day), office.vocabulary, office.day)
        number = store.letters.next_number(office.day)
        certificate = store.letters.next_certificate(office.settings.program(case.program).short, office.day)
        concluded = conclude(
            case,
            found,
            office.settings,
            office.day,
            number=number,
            certificate=certificate,
            title=book.title,
            years=years,
            earlier=earlier,
            rebate=rebate_on(book, office.day),
        )
        letter = concluded if isinstance(concluded, Letter) else None
        questions = concluded if isinstance(concluded, tuple) else tuple(q for v in found for q in v.questions)
        waiting = waiting_for(office, case)
        if waiting and office.settings.answers.hold_for_questions and letter and not _all_met(letter):
            letter = None  # it might ask for what has come already
        # two requirements may rest on one reading: it is asked once
        questions = tuple(dict.fromkeys((*questions, *waiting)))
        signed = registered(case.documents)
        tells = {"registered": signed.isoformat() if signed else "", "waits": "partner" if partners_turn(found) else ""}
        store.cases.judged(code, office.day, verdicts=found, questions=questions, tells=tells)
        if letter:
            used = certificate if letter.kind is LetterKind.CERTIFICATE else ""
            once = f"{years.cycle}.{years.year} good standing" if letter.kind is LetterKind.GOOD_STANDING else ""
            store.letters.owe(letter, number=number, fingerprint=fingerprint(letter), certificate=used, once=once)
        store.lives.look(code)
    return Judgement(case=case, verdicts=found, letter=letter, questions=questions)


def _in_its_year(office: Office, case: Case, earlier: Sequence[Earlier]) -> tuple[Case, Years]:
    """The case as it is judged in the year that its papers are for, and that year."""
    now = standing_of(office, case.code)
    answers = [e for e in earlier if e.kind in ANSWERS]
    book = office.rulebooks[case.program]
    terms = terms_on(book, now.owed.known if now.owed else office.day)
    years = collecting(now, terms, case.documents, answers[-1].papers if answers else ())
    other = [e for e in answers if (e.cycle, e.year) != (years.cycle, years.year)]
    return as_judged(case, now, years, {paper for e in other for paper in e.papers}), years


def _all_met(letter: Letter) -> bool:
    return letter.kind in ANSWERS


def checked(office: Office, case: Case) -> Case:
    """The case with what the checks find on its papers as they stand now: corrections and the register included."""
    return replace(case, documents=tuple(_checked(office, filed, case.employer) for filed in case.documents))


def _checked(office: Office, filed: Filed, employer: Employer) -> Filed:
    document = borne_out(filed.document, [employer])
    found = checks.check(document, office.forms.get(document.form), office.day)
    return replace(filed, document=replace(document, findings=(*document.findings, *found)))
