"""Courses: held by the owner, by every permanent full-time worker, or (modules) by a full-time worker each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from processor.casework.names import folded, same_person
from processor.findings import finding
from processor.rulebook.outcome import Tally, nothing
from processor.rulebook.rules.certificates import HOLDER, Holding, Weighed, holding
from processor.rulebook.rules.course_certificates import Wanted, certificates_of, shown
from processor.rulebook.shapes import FLAG, TEXT, TEXTS, Rule, rows, words

if TYPE_CHECKING:
    from processor.model import Evidence
    from processor.rulebook.edition import Asked
    from processor.rulebook.outcome import Outcome
    from processor.rulebook.sheets import File, Person, Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What lies on the desk for one requirement: the roster and the certificates that may count."""

    file: File
    asked: Asked
    registration: Sheet
    certificates: list[Weighed]
    tally: Tally

    def holding(self, name: str) -> Holding:
        """What somebody has to show."""
        return holding(name, self.certificates, self.file.names)

    def good(self, certificate: Weighed) -> None:
        """A certificate that the requirement is met by."""
        self.tally.evidence += shown(certificate)

    def short(self, kind: str, where: list[Evidence], course: str, **values: object) -> None:
        """An item for the letter."""
        item = self.asked.words[kind].shortfall(where, course=self.file.course(course), **values)
        self.tally.shortfalls.append(item)


def _desk(file: File, asked: Asked, wanted: Wanted) -> Desk | Outcome:
    """The desk; or what there is to say while there is no certificate, or no roster to count them by.

    Without a roster nobody can say who must hold the course; what came is kept until it comes.
    """
    certificates = certificates_of(file, asked, wanted)
    if not certificates:
        return nothing(asked)
    if file.registration is None or not file.roster:
        return nothing(asked, "no_roster", (f"{len(certificates)} certificates are kept until the roster comes.",))
    return Desk(file=file, asked=asked, registration=file.registration, certificates=certificates, tally=Tally())


# ---------------------------------------------------------------- the owner


def held_by_owner(file: File, asked: Asked) -> Outcome:
    """The owner or the most senior representative holds the course."""
    course = asked["course"]
    desk = _desk(file, asked, Wanted({course}))
    if not isinstance(desk, Desk):
        return desk
    tally, owners = desk.tally, _owners(desk)
    holdings = [_owner_holding(desk, name) for name in owners]
    good = next((h.good for h in holdings if h.good), None)
    if good:
        desk.good(good)
        return tally.outcome(f"{good.holder} holds {file.course(course)}.")
    for found in holdings:
        tally.questions += found.questions
        tally.shortfalls += found.faults
    _perhaps_owner(desk)
    if not owners and desk.registration.gone("owner_name"):
        tally.shortfalls += desk.registration.faults(())
    if not tally.shortfalls:
        who = " or ".join(owners) or "the owner or most senior representative"
        desk.short("missing", [e for c in desk.certificates for e in shown(c)], course, who=who)
    return tally.outcome("")


def _owners(desk: Desk) -> tuple[str, ...]:
    """The owner or most senior representative, as the form names or ticks them."""
    named = desk.registration.text("owner_name")
    ticked = [p.name for p in desk.file.roster if p.senior and p.name]
    return tuple(dict.fromkeys([*([named] if named else []), *ticked]))


def _owner_holding(desk: Desk, name: str) -> Holding:
    """What an owner has to show, who may stand on the roster under another spelling of the name."""
    others = [n for n in desk.file.names if folded(n) == folded(name) or not same_person(n, name)]
    return holding(name, desk.certificates, others)


def _perhaps_owner(desk: Desk) -> None:
    """Ask who is the owner only where somebody who may be holds a good certificate."""
    registration = desk.registration
    for person in desk.file.roster:
        if person.name and person.senior is None and desk.holding(person.name).good:
            desk.tally.questions.append(registration.question(person.tick("owner_or_senior")))
    if registration.unsure("owner_name") and any(c.good for c in desk.certificates):
        desk.tally.questions.append(registration.question("owner_name"))


# ---------------------------------------------------------------- every worker


def held_by_every_worker(file: File, asked: Asked) -> Outcome:
    """Every permanent full-time worker on the roster holds the course or an approved equivalent."""
    course = asked["course"]
    approved = {e["course"] for e in asked["equivalents"] if e["approved"]}
    refused = {e["course"] for e in asked["equivalents"]} - approved
    if file.roster and all(p.full_time is False for p in file.roster):
        return _nobody(file)
    desk = _desk(file, asked, Wanted({course, *approved}, refused))
    if not isinstance(desk, Desk):
        return desk
    workers = [p for p in file.roster if p.full_time is not False]
    taken: set[str] = set()
    for worker in workers:
        _look_at(desk, worker, taken)
    return desk.tally.outcome(f"Every permanent full-time employee ({len(workers)}) holds {file.course(course)}.")


def _nobody(file: File) -> Outcome:
    """A roster without a single tick: perhaps nobody works full time, perhaps the column was overlooked."""
    tally = Tally()
    for sheet in file.registrations[-1:]:
        tally.evidence += [sheet.place(p.tick("permanent_full_time")) for p in file.roster]
        if not sheet.judged("workers"):
            says = "Nobody on the roster is ticked as permanent and full-time. Say whether that is so."
            tally.questions.append(sheet.question("workers", "needs-judgement", says))
    return tally.outcome("Nobody on the roster is a permanent full-time employee.")


def _look_at(desk: Desk, worker: Person, taken: set[str]) -> None:
    """One worker; a name that stays empty is the registration's own shortfall.

    One certificate is one person's: where the names of two fit it, a person says whose it is.
    """
    tally, registration = desk.tally, desk.registration
    if worker.name is None:
        if registration.lost(worker.path):
            tally.shortfalls.append(registration.unreadable(worker.path))
        elif registration.doubtful(worker.path):
            tally.questions.append(registration.question(worker.path))
        return
    found = desk.holding(worker.name)
    if found.good:
        _take(desk, found.good, taken)
        return
    if worker.full_time is None:
        tally.questions.append(registration.question(worker.tick("permanent_full_time")))
    tally.questions += found.questions
    tally.shortfalls += found.faults
    if not found.faults and not found.questions:
        desk.short("missing", [registration.place(worker.path)], desk.asked["course"], who=worker.name)


def _take(desk: Desk, certificate: Weighed, taken: set[str]) -> None:
    sheet, code = certificate.sheet, "holder-unclear"
    if sheet.filed.number in taken and not sheet.settled(code, HOLDER):
        desk.tally.questions.append(sheet.question(HOLDER, code, finding(code).says))
    taken.add(sheet.filed.number)
    desk.good(certificate)


# ---------------------------------------------------------------- modules


def modules(file: File, asked: Asked) -> Outcome:
    """Each of the modules is held by a full-time worker on the roster."""
    wanted = [(m["course"], Wanted({m["course"], *m.get("or", ())})) for m in asked["modules"]]
    every = _desk(file, asked, Wanted({course for _, one in wanted for course in one.accepted}))
    if not isinstance(every, Desk):
        return every
    for course, one in wanted:
        _look_for(replace(every, certificates=certificates_of(file, asked, one)), course)
    return every.tally.outcome(f"A full-time employee holds each of the {len(wanted)} modules.")


def _look_for(desk: Desk, course: str) -> None:
    holdings = [(p, desk.holding(p.name)) for p in desk.file.roster if p.name]
    good = next((h.good for p, h in holdings if h.good and p.full_time), None)
    if good:
        desk.good(good)
        return
    questions = [desk.registration.question(p.tick("permanent_full_time")) for p, h in holdings if h.good and _open(p)]
    questions += [q for p, h in holdings if p.full_time is not False for q in h.questions]
    if questions:
        desk.tally.questions += questions
        return
    faults = [f for p, h in holdings if p.full_time for f in h.faults]
    desk.tally.shortfalls += faults
    if not faults:
        where = [e for c in desk.certificates for e in shown(c)]
        desk.short("not_full_time" if any(c.good for c in desk.certificates) else "missing", where, course)


def _open(person: Person) -> bool:
    return person.full_time is None


OWNER = Rule(
    judge=held_by_owner,
    values={"course": TEXT},
    words=words("nothing", "no_roster", "missing: who course", "expired: who course day"),
)
EVERY_WORKER = Rule(
    judge=held_by_every_worker,
    values={"course": TEXT, "equivalents": rows({"course": TEXT, "approved": FLAG})},
    words=words("nothing", "no_roster", "missing: who course", "expired: who course day", "not_approved: who course"),
)
MODULES = Rule(
    judge=modules,
    values={"modules": rows({"course": TEXT}, {"or": TEXTS})},
    words=words("nothing", "no_roster", "missing: course", "not_full_time: course", "expired: who course day"),
)
