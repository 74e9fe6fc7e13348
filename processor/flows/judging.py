"""One case: judged on a day, and what follows from it owed, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from processor.casework import checks
from processor.letters.conclude import conclude
from processor.model import Letter
from processor.rulebook.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from processor.flows.office import Office
    from processor.model import Case, Filed, Question, Verdict


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
    """Judge one case and owe what follows."""
    with office.store.transaction():
        judgement = consider(office, code)
        store = office.store
        store.cases.judged(code, office.day, verdicts=judgement.verdicts, questions=judgement.questions)
        if judgement.letter:
            _owe(office, judgement.case, judgement.letter)
    return judgement


def consider(office: Office, code: str) -> Judgement:
    """What a case would come to today; nothing is kept."""
    case = checked(office, office.store.cases.case(code), office.day)
    edition = office.rulebooks[case.program].on(office.day)
    found = verdicts(case, edition, office.vocabulary, office.day)
    concluded = conclude(case, found, office.settings, office.day, **_numbers(office, case))
    letter = concluded if isinstance(concluded, Letter) else None
    questions = tuple(q for v in found for q in v.questions)
    return Judgement(case=case, verdicts=found, letter=letter, questions=questions)


def checked(office: Office, case: Case, day: date) -> Case:
    """The case with what the checks find on its papers as they stand now, corrections included."""
    return replace(case, documents=tuple(_checked(office, filed, day) for filed in case.documents))


def _checked(office: Office, filed: Filed, day: date) -> Filed:
    found = checks.check(filed.document, office.forms.get(filed.document.form), day)
    return replace(filed, document=replace(filed.document, findings=(*filed.document.findings, *found)))
