"""One case: judged on a day, and what follows from it owed, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from processor.casework import checks
from processor.casework.borne_out import borne_out
from processor.casework.clock import last_day
from processor.casework.waiving import waive
from processor.casework.years import answered_last, as_judged, collecting, consents, partners_turn, registered
from processor.flows.living import standing_before, standing_of, waivers
from processor.flows.waiting import waiting_for
from processor.letters.certificate import certificate
from processor.letters.conclude import Earlier, conclude, fingerprint
from processor.letters.sheet import Matter
from processor.letters.words import ENGLISH
from processor.model import Answer, Kind, Letter, LetterKind
from processor.rulebook.terms import rebate_on, terms_on
from processor.rulebook.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from processor.casework.years import Years
    from processor.flows.office import Office
    from processor.model import Case, Employer, Filed, Question, Verdict
    from processor.rulebook.book import Rulebook
    from processor.store.values import GivenOut, Posted


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
        case = store.cases.case(code)
        book = office.rulebooks[case.program]
        earlier = tuple(Earlier.of(posted.letter) for posted in store.letters.of_case(code))
        case, years = _in_its_year(office, case, earlier)
        case = checked(office, case)
        found = _verdicts(office, case)
        number = store.letters.next_number(office.day)
        next_one = store.letters.next_certificate(office.settings.program(case.program).short, office.day)
        following = partial(
            conclude,
            case,
            found,
            office.settings,
            title=book.title,
            years=years,
            earlier=earlier,
            rebate=rebate_on(book, office.day),
        )
        concluded = following(office.day, number=number, certificate=next_one)
        given = given_already(office, case, concluded.kind) if isinstance(concluded, Letter) else None
        if given:
            concluded = following(
                given.day,
                number=given.number,
                certificate=given.certificate or next_one,
                years=_as_given(office, book, years, given.day),
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
        once = f"{years.cycle}.{years.year} good standing" if letter and letter.kind is LetterKind.GOOD_STANDING else ""
        if letter and given:
            store.letters.take_up(given, letter, fingerprint=fingerprint(letter), day=office.day, once=once)
        elif letter:
            used = next_one if letter.kind is LetterKind.CERTIFICATE else ""
            store.letters.owe(letter, number=number, fingerprint=fingerprint(letter), certificate=used, once=once)
        store.lives.look(code, consents=consents(case))
    return Judgement(case=case, verdicts=found, letter=letter, questions=questions)


def certificate_again(office: Office, code: str) -> bool:
    """Owe the running certificate once more, under a new number and with the same days, without judging the case.

    Whether that could be done: the year that was answered last must still be met. An audit that no answer rested on is
    for the next year, and is left for it.
    """
    store = office.store
    with store.transaction():
        case = store.cases.case(code)
        book = office.rulebooks[case.program]
        earlier = tuple(Earlier.of(posted.letter) for posted in store.letters.of_case(code))
        case, years = _in_its_year(office, case, earlier, answered=True)
        rested = {paper for e in earlier if e.kind in ANSWERS for paper in e.papers}
        counted = (f for f in case.documents if f.document.kind is not Kind.AUDIT or f.number in rested)
        case = checked(office, replace(case, documents=tuple(counted)))
        found = _verdicts(office, case)
        if any(v.answer is not Answer.MET for v in found):
            return False
        matter = Matter(
            case=case,
            verdicts=found,
            settings=office.settings,
            day=office.day,
            number=store.letters.next_number(office.day),
            certificate=store.letters.next_certificate(office.settings.program(case.program).short, office.day),
            title=book.title,
            earlier=earlier,
            years=years,
            words=ENGLISH,
        )
        letter = certificate(matter)
        store.cases.next_round(code)
        store.letters.owe(letter, number=matter.number, fingerprint=fingerprint(letter), certificate=matter.certificate)
        store.lives.look(code)
    return True


def _verdicts(office: Office, case: Case) -> tuple[Verdict, ...]:
    """The verdicts of the day, with what people waived."""
    edition = office.rulebooks[case.program].on(office.day)
    let_go = waivers(office.store.events.of_case(case.code))
    return waive(verdicts(case, edition, office.vocabulary, office.day), let_go, office.day)


def judged_as_of(office: Office, case: Case) -> Case:
    """A case, with papers that had come by the office's day, as the rules looked at it on that day."""
    posted = office.store.letters.of_case(case.code)
    earlier = tuple(Earlier.of(p.letter) for p in posted if p.letter.day < office.day)
    return _in_its_year(office, case, earlier, before=True)[0]


def _in_its_year(
    office: Office, case: Case, earlier: Sequence[Earlier], *, answered: bool = False, before: bool = False
) -> tuple[Case, Years]:
    """The case as it is judged in the year that its papers are for (or in the one answered last), and that year."""
    now = standing_before(office, case.code) if before else standing_of(office, case.code)
    answers = [e for e in earlier if e.kind in ANSWERS]
    book = office.rulebooks[case.program]
    terms = terms_on(book, now.owed.known if now.owed else office.day)
    spent = answers[-1].papers if answers else ()
    years = (answered_last(now, terms) if answered else None) or collecting(now, terms, case.documents, spent)
    other = [e for e in answers if (e.cycle, e.year) != (years.cycle, years.year)]
    return as_judged(case, now, years, {paper for e in other for paper in e.papers}), years


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


def _as_given(office: Office, book: Rulebook, years: Years, day: date) -> Years:
    """A certificate that began on the day on which it was given began then, not today."""
    if years.since != office.day:
        return years
    return replace(years, since=day, until=last_day(day, terms_on(book, day).cycle_years))


def _number(posted: Posted | None) -> str:
    return posted.number if posted else ""


def _all_met(letter: Letter) -> bool:
    return letter.kind in ANSWERS


def checked(office: Office, case: Case) -> Case:
    """The case with what the checks find on its papers as they stand now: corrections and the register included.

    An audit that another year's answer rested on counts for nothing here, so nobody looks at its sums again.
    """
    spent = {f.number for f in case.documents if f.document.kind is Kind.AUDIT and f.number in case.spent}
    looked_at = (f if f.number in spent else _checked(office, f, case.employer) for f in case.documents)
    return replace(case, documents=tuple(looked_at))


def _checked(office: Office, filed: Filed, employer: Employer) -> Filed:
    named = [filed.document[name].value for name in ("auditor_name", "auditor_registration")]
    auditors = office.store.register.auditors([key for key in named if isinstance(key, str)])
    document = borne_out(filed.document, [employer], auditors)
    found = checks.check(document, office.forms.get(document.form), office.day)
    return replace(filed, document=replace(document, findings=(*document.findings, *found)))
