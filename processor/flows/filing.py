"""One submission: kept, and each of its papers filed under the employer it is about, or left in the pool.

A card that comes before its employer's registration waits in the pool; the registration calls it.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from processor.casework import matching, names
from processor.findings import finding
from processor.flows.register import entry
from processor.model import Came, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from processor.casework.matching import Keys
    from processor.flows.office import Office
    from processor.model import Document, Finding, Submission
    from processor.store.values import Kept

PREFIX = {"scsa-secor": "SK", "csam-secor": "MB"}
"""How the codes of a program's cases begin; other programs begin with their own letters."""


ANOTHER_NAME = "name-differs"
"""A paper with the account of one and the name of another: perhaps a slip of the account."""


class Outcome(StrEnum):
    """What came of a submission (`design.md` 6)."""

    FILED = "filed"
    NEEDS_PERSON = "needs-person"
    SET_ASIDE = "set-aside"
    ALREADY_KNOWN = "already-known"


OTHER_PROGRAM = "The employer takes part in another program than this paper is of."


def file_submission(office: Office, submission: Submission, note: str = "") -> bool:
    """Keep a submission and file its papers, all or nothing; false when its bytes were known already.

    A file that lay in a mail before is kept without papers: they are there.
    """
    papers = office.store.papers
    with office.store.transaction():
        if papers.receipt(submission.sha256):
            return False
        if not submission.parts and office.store.parts.known(submission.sha256):
            submission = replace(submission, documents=(), pages=0)  # it came in a mail before
        elif not submission.documents and all(part.came is not Came.KNOWN for part in submission.parts):
            papers.set_aside(submission, office.day, note=note)
            return True
        keys = [matching.keys(document) for document in submission.documents]
        numbers = papers.keep(_told(submission), office.day, keys=keys, note=note)
        for number in numbers:
            file_paper(office, number)
        for number in numbers if submission.parts else ():
            _look_again(office, number)
    return True


def _look_again(office: Office, number: str) -> None:
    """A paper of a mail that nobody claims waits with the employers that the mail's other papers are about."""
    kept = office.store.papers.paper(number)
    if not kept.employer and kept.document.kind is not Kind.REGISTRATION:
        file_paper(office, number)


def _told(submission: Submission) -> Submission:
    """What is to be said of the file is to be said of each paper in it: a case sees its papers, never the file."""
    documents = tuple(replace(d, findings=(*d.findings, *submission.findings)) for d in submission.documents)
    return replace(submission, documents=documents)


def file_paper(office: Office, number: str) -> None:
    """File one paper that is kept: find its employer, enter a new one, or say why a person must choose."""
    kept = office.store.papers.paper(number)
    keys = matching.keys(kept.document)
    match = matching.match(kept.document, office.store.register.candidates(keys))
    employer = match.employer or (_enter(office, kept, keys) if match.new else 0)
    # that papers came together proves nothing; but who may be meant has no answer before a person has looked
    maybe = match.maybe or office.store.papers.came_with(number)
    assign(office, kept, employer, (*match.findings, *_two_holders(office, kept)), maybe=maybe)


def assign(  # noqa: PLR0913 - who says so, and who may be meant, each by name
    office: Office,
    kept: Kept,
    employer: int,
    findings: Iterable[Finding] = (),
    *,
    maybe: Iterable[int] = (),
    by: str = "",
) -> str:
    """Put a paper under an employer (0: the pool), in the case of its program; the case's code.

    While it waits in the pool, the cases of those that may be meant (`maybe`) wait with it.

    A registration brings the register up to date, and calls what waits in the pool for its employer; one that says
    another legal name does so only once a person has said that it is theirs.
    """
    store, document, findings = office.store, kept.document, tuple(findings)
    case = _case(office, employer, document) if employer else ""
    filed = employer if case else 0
    if employer and not case:
        findings = (*findings, finding("needs-judgement", what=OTHER_PROGRAM))
    store.papers.file(kept.number, office.day, employer=filed, case=case, findings=findings, maybe=maybe, by=by)
    if case and (by or all(f.code != ANOTHER_NAME for f in findings)):
        bring_up_to_date(office, kept, employer)
    return case


def bring_up_to_date(office: Office, kept: Kept, employer: int) -> None:
    """Have the register say what a registration of this employer says; other papers change nothing in it."""
    if kept.document.kind is Kind.REGISTRATION:
        _enter(office, kept, matching.keys(kept.document), employer)
        _call_from_pool(office, employer)


def _case(office: Office, employer: int, document: Document) -> str:
    """The code of the case: of the form's program, or the employer's latest; empty for none."""
    program = document.program
    if document.kind is Kind.REGISTRATION:
        return office.store.cases.open(employer, program, office.day, prefix=PREFIX.get(program, program[:2].upper()))
    codes = office.store.cases.of_employer(employer)
    return codes.get(program, "") if program else next(reversed(codes.values()), "")


def _enter(office: Office, kept: Kept, keys: Keys, number: int = 0) -> int:
    """Enter the employer of a registration, or bring it up to date."""
    employer, workers = entry(kept.document, number, office.store.register.employer(number) if number else None)
    return office.store.register.enter(employer, office.day, names=keys.names, workers=workers, document=kept.number)


def _call_from_pool(office: Office, employer: int) -> None:
    """File what waits in the pool and fits now, or nearly; and look again at what may have been this employer's."""
    known = office.store.register.employer(employer)
    keys = matching.Keys(
        account=names.account_key(known.account),
        names=(*names.company_keys(known.legal_name), *names.company_keys(known.operating_name)),
        holders=tuple(key for worker in known.workers for key in names.person_keys(worker)),
    )
    papers = office.store.papers
    waiting = {w.number: w.document.kind for w in (*papers.unclaimed(keys), *papers.waiting_for(employer))}
    for number, kind in waiting.items():
        if kind is not Kind.REGISTRATION:
            file_paper(office, number)
    for number in papers.filed_elsewhere(keys.holders, employer):
        # a name alone put it there, before this employer's roster had the name as well
        papers.add_finding(number, finding("several-employers", count=2), office.day)


def _two_holders(office: Office, kept: Kept) -> tuple[Finding, ...]:
    """The finding that a card's number stands under another name too; the other paper gets it as well."""
    number = kept.document["certificate_number"]
    if kept.document.kind not in (Kind.FIRST_AID, Kind.COURSE) or not number.known or not number.value:
        return ()
    holders = office.store.papers.holders(str(number.value))
    mine = {h.holder for h in holders if h.document == kept.number}
    same = {h.document for h in holders if h.holder in mine}
    others = {h.document for h in holders} - same
    if not mine:
        return ()
    for other in sorted(others):
        office.store.papers.add_finding(other, _doubled(office.store.papers.paper(other).document), office.day)
    return (_doubled(kept.document),) if others else ()


def _doubled(document: Document) -> Finding:
    number = document["certificate_number"]
    return finding("number-two-holders", page=number.page, box=number.box, reading=number.name, number=number.value)
