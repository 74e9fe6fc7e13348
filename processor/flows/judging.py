"""One case: judged on a day, and what follows from it owed, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from processor.casework import checks
from processor.casework.borne_out import borne_out
from processor.flows.waiting import waiting_for
from processor.letters.conclude import Earlier, conclude, fingerprint
from processor.model import Letter, LetterKind
from processor.rulebook.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processor.flows.office import Office
    from processor.model import Case, Employer, Filed, Question, Verdict
    from processor.store.values import GivenOut, Posted


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
        found = verdicts(case, book.on(office.day), office.vocabulary, office.day)
        number = store.letters.next_number(office.day)
        certificate = store.letters.next_certificate(office.settings.program(case.program).short, office.day)
        earlier = tuple(Earlier.of(posted.letter) for posted in store.letters.of_case(code))
        following = partial(conclude, case, found, office.settings, title=book.title, earlier=earlier)
        concluded = following(office.day, number=number, certificate=certificate)
        given = given_already(office, case, concluded.kind) if isinstance(concluded, Letter) else None
        if given:
            concluded = following(given.day, number=given.number, certificate=given.certificate or certificate)
        letter = concluded if isinstance(concluded, Letter) else None
        questions = concluded if isinstance(concluded, tuple) else tuple(q for v in found for q in v.questions)
        waiting = waiting_for(office, case)
        if waiting and office.settings.answers.hold_for_questions and letter and not _all_met(letter):
            letter = None  # it might ask for what has come already
        # two requirements may rest on one reading: it is asked once
        questions = tuple(dict.fromkeys((*questions, *waiting)))
        store.cases.judged(code, office.day, verdicts=found, questions=questions)
        if letter and given:
            store.letters.take_up(given, letter, fingerprint=fingerprint(letter), day=office.day)
        elif letter:
            used = certificate if letter.kind is LetterKind.CERTIFICATE else ""
            store.letters.owe(letter, number=number, fingerprint=fingerprint(letter), certificate=used)
    return Judgement(case=case, verdicts=found, letter=letter, questions=questions)


def given_already(office: Office, case: Case, kind: LetterKind) -> GivenOut | None:
    """The letter of that kind that the case was given before the database was restored, and that follows now again.

    On the day on which it was given that is the one of that day. A certificate is taken up on a later day too, as long
    as nothing came for the case since: a person had to answer the same question twice, and it keeps its number.
    """
    last = office.store.letters.latest(case.code)
    waiting = [g for g in office.store.given.waiting(case.code) if g.kind == kind.value and g.number > _number(last)]
    came = max((filed.received for filed in case.documents), default=office.day)
    same_day = (g for g in waiting if g.day == office.day)
    later = (g for g in waiting if kind is LetterKind.CERTIFICATE and came <= g.day)
    return next(same_day, next(later, None))


def _number(posted: Posted | None) -> str:
    return posted.number if posted else ""


def _all_met(letter: Letter) -> bool:
    return letter.kind is LetterKind.CERTIFICATE


def checked(office: Office, case: Case) -> Case:
    """The case with what the checks find on its papers as they stand now: corrections and the register included."""
    return replace(case, documents=tuple(_checked(office, filed, case.employer) for filed in case.documents))


def _checked(office: Office, filed: Filed, employer: Employer) -> Filed:
    document = borne_out(filed.document, [employer])
    found = checks.check(document, office.forms.get(document.form), office.day)
    return replace(filed, document=replace(document, findings=(*document.findings, *found)))
