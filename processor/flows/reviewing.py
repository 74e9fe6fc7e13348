"""What a person settles: unsure readings, findings that block, papers that nobody claims.

Every answer names what the person saw (the paper's version), so that a colleague's change is never overwritten.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from processor.casework import matching
from processor.errors import TryLater, Wrong
from processor.flows.filing import ANOTHER_NAME, assign, bring_up_to_date, file_paper
from processor.flows.waiting import WHOSE_IT_IS, may_be, question
from processor.forms.form import FieldKind
from processor.model import Kind, Means, Reading, State
from processor.reading.values import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processor.flows.office import Office
    from processor.model import Question, Value
    from processor.store.values import Kept

_CARD_KINDS = {
    "holder_name": FieldKind.PERSON,
    "issuer": FieldKind.ORGANISATION,
    "issue_date": FieldKind.DATE,
    "expiry_date": FieldKind.DATE,
    "legal_name": FieldKind.ORGANISATION,
    "wcb_account": FieldKind.ACCOUNT,
    "valid_to": FieldKind.DATE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to settle, with the paper as it stands."""

    question: Question
    paper: Kept
    case: str = ""
    """Empty for a paper in the pool."""
    may_be: tuple[str, ...] = ()
    """Of a paper in the pool: the cases that it may belong to, and whose answers wait for it."""

    @property
    def reading(self) -> Reading | None:
        """The reading that is asked about; none when the question is about the paper."""
        return self.paper.document[self.question.reading] if self.question.reading else None


def items(office: Office) -> Iterator[Item]:
    """What blocks an answer, oldest first; then the papers that nobody claims, each once whoever waits for it."""
    for asked in office.store.cases.questions():
        paper = office.store.papers.paper(asked.question.document)
        if paper.employer:
            yield Item(question=asked.question, paper=paper, case=asked.case)
    for paper in office.store.papers.pool():
        yield Item(question=question(paper), paper=paper, may_be=may_be(office, paper))


def confirm(office: Office, item: Item, *, by: str) -> None:
    """The value is right as it was read (a blank one: it is blank), or the finding is no obstacle.

    That a paper nearly fits one employer, and no other, is no obstacle: it is theirs.
    """
    reading = item.reading
    if reading is None and not item.case and len(item.paper.maybe) == 1:
        _give(office, item, item.paper.maybe[0], by=by)
        return
    if reading is None or item.question.code not in ("unsure-reading", reading.doubt):
        settle(office, item, by=by, decision="no obstacle")
        return
    if reading.value is None and reading.raw.strip():
        raise Wrong(
            f"“{reading.raw}” was written there, and what it means is the question.",
            do="Type = and what stands there, or u when it cannot be read.",
        )
    _keep(office, item, reading.value, by=by)


def correct(office: Office, item: Item, typed: str, *, by: str) -> None:
    """What stands there is what the person types. Raises `Wrong` when it cannot be that kind of value."""
    _keep(office, item, _parsed(office, item, typed), by=by)


def unreadable(office: Office, item: Item, *, by: str) -> None:
    """A person could not read it either; the employer will be asked."""
    _keep(office, item, None, by=by, state=State.UNREADABLE)


def settle(office: Office, item: Item, *, by: str, decision: str) -> None:
    """A finding that a person looked at and lets stand; a registration under another name is the employer's then."""
    paper = item.paper
    with office.store.transaction():
        office.store.papers.settle(
            paper.number,
            item.question.code,
            by=by,
            day=office.day,
            saw=paper.version,
            reading=item.question.reading,
            decision=decision,
        )
        if item.question.code == ANOTHER_NAME and paper.employer:
            bring_up_to_date(office, paper, paper.employer)


def claim_for(office: Office, item: Item, named: str, *, by: str) -> str:
    """The paper belongs to the employer of this case code; its case. Raises `Wrong` when there is none."""
    return _give(office, item, office.store.cases.summary(named).employer.number, by=by)


def _give(office: Office, item: Item, employer: int, *, by: str) -> str:
    paper, papers = item.paper, office.store.papers
    with office.store.transaction():
        if papers.paper(paper.number).version != paper.version:
            raise TryLater(f"Somebody changed paper {paper.number} meanwhile.", do="Look at it again, then say whose.")
        for told in (f for f in paper.filing if f.code == "near-name" and f.reading):
            # whose it is settles whose name is meant: the case need not ask that again
            papers.settle(paper.number, told.code, by=by, day=office.day, saw=paper.version, reading=told.reading)
        left = [f for f in paper.filing if f.code not in WHOSE_IT_IS]
        case = assign(office, paper, employer, left, by=by)
        if not case:
            name = office.store.register.employer(employer).legal_name
            raise Wrong(f"{name} takes no part in this paper's program.", do="Choose an employer who takes part in it.")
    return case


def dismiss(office: Office, item: Item, *, by: str) -> None:
    """The paper counts for nobody; it stays kept."""
    office.store.papers.dismiss(item.paper.number, by=by, day=office.day, saw=item.paper.version)


def _keep(office: Office, item: Item, value: Value, *, by: str, state: State = State.CONFIRMED) -> None:
    before = item.reading
    if before is None:
        raise Wrong("This question is about the whole paper.", do="Accept it, or reject the paper.")
    reading = Reading(
        name=before.name, value=value, raw=before.raw, state=state, means=Means.PERSON, page=before.page, box=before.box
    )
    document = item.paper.document.corrected(item.question.reading, reading)
    with office.store.transaction():
        office.store.papers.correct(
            item.paper.number,
            item.question.reading,
            reading,
            by=by,
            day=office.day,
            saw=item.paper.version,
            keys=matching.keys(document),
        )
        if not item.case:
            file_paper(office, item.paper.number)  # now that it says whose it is


def _parsed(office: Office, item: Item, typed: str) -> Value:
    kind, choices = _kind(office, item)
    parsed = parse(kind, typed, choices=choices)
    if parsed.code:
        raise Wrong(f"“{typed}” is not {parsed.expected}.", do="Type it again.")
    return parsed.value


def _kind(office: Office, item: Item) -> tuple[FieldKind, tuple[str, ...]]:
    """What kind of value the question's reading has."""
    table, _, rest = item.question.reading.partition("[")
    form = office.forms.get(item.paper.document.form)
    if form is None or item.paper.document.kind is Kind.OTHER:
        return _CARD_KINDS.get(table, FieldKind.TEXT), ()
    name = rest.partition("].")[2] or table
    fields = form.fields if not rest else next((t.rows[0] for t in form.tables if t.name == table), ())
    field = next((f for f in fields if f.name == name), None)
    if field is None:
        return FieldKind.TEXT, ()
    return field.kind, tuple(s.means for s in field.spots if s.means)
