"""A partner's office in a folder, whose papers are made by hand: no PDF, no reading, no print; all the rest is real."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

from processor.flows import house
from processor.flows.answering import answer
from processor.flows.filing import file_submission
from processor.flows.living import standing_of
from processor.flows.office import Office
from processor.intake.folders import prepare
from processor.model import Document, LetterKind, Submission
from processor.settings import Settings
from processor.store.store import Store
from tests.rulebook import cases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from processor.casework.standing import Standing
    from processor.model import Letter
    from processor.printing.typeset import Press
    from processor.rulebook.book import Rulebook
    from processor.store.values import Posted
    from processor.workers.crew import Crew, Job, Result

MODULES = ("principles-of-safety-management", "safety-auditor", "leadership-for-safety-excellence")
NAME, ACCOUNT = "Northwind Roofing Ltd.", "1234567"


class Plain:
    """A press that sets no type."""

    def print(self, letter: Letter) -> bytes:
        return f"{letter.data['number']} {letter.kind}".encode()


class Nobody:
    """A crew that is asked to read nothing."""

    def run(self, jobs: Iterable[Job]) -> Iterator[Result]:
        assert list(jobs) == []
        return iter(())


class Partner:
    """One office, from day to day."""

    def __init__(self, home: Path, day: date, *, rulebooks: Mapping[str, Rulebook] | None = None) -> None:
        home.mkdir(parents=True, exist_ok=True)
        (home / house.SETTINGS).write_text("", "utf-8")
        settings = house.read_settings(home)
        prepare(settings.paths)
        self.sent = 0
        self.office = Office(
            settings=settings,
            store=Store.open(settings.paths.state / "secor.db"),
            rulebooks=rulebooks or house.read_rulebooks(Settings()),
            vocabulary=cases.words(),
            press=cast("Press", Plain()),
            crew=cast("Crew", Nobody()),
            forms={},
            day=day,
        )

    def on(self, day: date) -> Partner:
        """The same office on another day."""
        self.office = replace(self.office, day=day)
        return self

    def send(self, *documents: Document) -> Partner:
        """Papers come, each in a file of its own."""
        for document in documents:
            self.sent += 1
            name = f"{self.sent}.pdf"
            digest = sha256(f"{self.office.settings.paths.state} {name}".encode()).hexdigest()
            file_submission(self.office, Submission(name=name, sha256=digest, documents=(document,)))
        return self

    def run(self) -> list[LetterKind]:
        """The kinds of the letters that the day's run wrote."""
        return [a.written.letter.kind for a in answer(self.office) if a.written]

    def run_until(self, last: date, *, every: int = 1) -> list[tuple[date, LetterKind]]:
        """Run day after day; what was written, with its day."""
        found: list[tuple[date, LetterKind]] = []
        while self.office.day < last:
            self.on(min(self.office.day + timedelta(days=every), last))
            found += [(self.office.day, kind) for kind in self.run()]
        return found

    def standing(self, code: str = "MB-0001") -> Standing:
        return standing_of(self.office, code)

    def letters(self, code: str = "MB-0001") -> tuple[Posted, ...]:
        return self.office.store.letters.of_case(code)

    def last(self, kind: LetterKind, code: str = "MB-0001") -> Posted:
        found = self.office.store.letters.latest(code, kind)
        assert found is not None
        return found


def registration(day: date, name: str = NAME, account: str = ACCOUNT, **changed: Any) -> Document:  # noqa: ANN401
    values = {
        "legal_name": name,
        "wcb_account": account,
        "signature_date": day,
        "directory_consent": True,
        "annual_wcb_premium": 4000,
        **changed,
    }
    return cases.registration("csam-secor", **values)


def run_by(owner: str) -> dict[str, Any]:
    """What a registration says of an employer of one."""
    ticks = {"position": "Owner", "permanent_full_time": True, "owner_or_senior": True}
    people = dict.fromkeys(("owner_name", "contact_name", "signature_name"), owner)
    return {"workers": [{"name": owner, **ticks}], **people}


def courses(day: date, holder: str = "Jane Doe") -> list[Document]:
    """The three modules, held by the owner."""
    return [cases.course(holder, m, issue_date=day, certificate_number=f"{holder}-{m}") for m in MODULES]


def audit(of_type: str, day: date, name: str = NAME, account: str = ACCOUNT, **changed: Any) -> Document:  # noqa: ANN401
    _, who, company = cases.MADE.get(of_type, (day, "Robin Vale", "CSAM"))
    values = {
        "legal_name": name,
        "wcb_account": account,
        "audit_date": day,
        "signature_date": day,
        "auditor_name": who,
        "auditor_company": company or "CSAM",
        **changed,
    }
    return cases.audit("csam-secor", of_type, **values)


def first_year(day: date, name: str = NAME, account: str = ACCOUNT) -> list[Document]:
    """All that a certificate needs."""
    return [registration(day, name, account), *courses(day), *audits(day, name, account)]


def audits(day: date, name: str = NAME, account: str = ACCOUNT) -> list[Document]:
    made = enumerate(("self", "partner", "independent"))
    return [audit(t, day - timedelta(days=n), name, account) for n, t in made]


def later_year(day: date, name: str = NAME, account: str = ACCOUNT) -> list[Document]:
    """What a letter of good standing needs."""
    return [audit("self", day, name, account), audit("verification_review", day, name, account)]
