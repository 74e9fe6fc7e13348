"""Papers that wait in the pool: what a person is asked about each, and whose answer it holds back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.findings import finding
from processor.model import Question, State

if TYPE_CHECKING:
    from processor.flows.office import Office
    from processor.model import Case
    from processor.store.values import Kept

_WHOSE = ("legal_name", "wcb_account", "holder_name")
"""The readings that filing goes by."""
WHOSE_IT_IS = frozenset({"no-employer", "several-employers", "near-name", "account-differs", "needs-judgement"})
"""What a person answers by saying whose paper it is."""
_UNREAD = frozenset({"no-text", "unknown-paper", "several-forms", "not-aligned", "mail-alone"}) | frozenset(
    {"locked-file", "broken-file", "not-a-paper", "empty-file", "too-big", "too-slow"}
)
"""What keeps us from reading a paper, and so is why nobody fits it."""


def question(paper: Kept) -> Question:
    """What keeps a paper from being filed: a reading that filing goes by and that is not sure; else the whole paper."""
    unsure = next((r for r in map(paper.document.__getitem__, _WHOSE) if r.state is State.UNSURE), None)
    if unsure is not None:
        own = (f.says for f in paper.document.findings if f.reading == unsure.name)
        return Question(
            document=paper.number,
            code=unsure.doubt or "unsure-reading",
            says=next(own, "") or finding("unsure-reading", reading=unsure.name).says,
            reading=unsure.name,
            page=unsure.page or paper.document.pages[0],
            box=unsure.box,
        )
    fits = (f for f in paper.filing if f.code in WHOSE_IT_IS and f.code != "no-employer")
    unread = (f for f in paper.machine.findings if f.code in _UNREAD)
    why, *_ = (*fits, *unread, finding("no-employer"))
    return Question(document=paper.number, code=why.code, says=why.says, page=why.page or paper.document.pages[0])


def waiting_for(office: Office, case: Case) -> tuple[Question, ...]:
    """The questions about papers in the pool that may belong to a case, oldest first."""
    papers = office.store.papers.waiting_for(case.employer.number)
    return tuple(question(p) for p in papers if p.document.program in ("", case.program))


def may_be(office: Office, paper: Kept) -> tuple[str, ...]:
    """The codes of the cases that a paper in the pool may belong to."""
    cases = (office.store.cases.of_employer(employer) for employer in paper.maybe)
    return tuple(c for of in cases for program, c in of.items() if paper.document.program in ("", program))
