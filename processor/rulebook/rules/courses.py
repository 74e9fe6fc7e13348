"""Courses: held by the owner, by every permanent full-time worker, or (modules) by a full-time worker each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.model import State
from processor.rulebook.outcome import Tally, nothing
from processor.rulebook.rules.certificates import Scale, Weighed, holding, scale
from processor.rulebook.shapes import FLAG, TEXT, TEXTS, Rule, rows, words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from processor.model import Evidence
    from processor.rulebook.edition import Asked
    from processor.rulebook.outcome import Outcome
    from processor.rulebook.sheets import File, Person, Sheet

NEEDS = ("holder_name", "course", "issue_date", "expiry_date")


def held_by_owner(file: File, asked: Asked) -> Outcome:
    """The owner or the most senior representative holds the course."""
    course = asked["course"]
    certificates = _of(file, asked, {course}, set())
    if file.registration is None or not file.roster:
        return _waiting(asked, certificates)
    if not certificates:
        return nothing(asked)
    tally, owners = Tally(), _owners(file)
    holdings = {name: holding(name, certificates, file.names) for name in owners}
    good = next((h.good for h in holdings.values() if h.good), None)
    if good:
        tally.evidence += _shown(good)
        return tally.outcome(f"{good.holder} holds {file.course(course)}.")
    for found in holdings.values():
        tally.questions += found.questions
        tally.shortfalls += found.faults
    _perhaps_owner(tally, file, file.registration, certificates)
    if not tally.shortfalls:
        others = [e for c in certificates for e in _shown(c)]
        who = " or ".join(owners) or "the owner or most senior representative"
        item = asked.words["missing"].shortfall(others, who=who, course=file.course(course))
        tally.shortfalls.append(item)
    return tally.outcome("")


def held_by_every_worker(file: File, asked: Asked) -> Outcome:
    """Every permanent full-time worker on the roster holds the course or an approved equivalent."""
    course = asked["course"]
    approved = {e["course"] for e in asked["equivalents"] if e["approved"]}
    refused = {e["course"] for e in asked["equivalents"]} - approved
    certificates = _of(file, asked, {course, *approved}, refused)
    if file.registration is None or not file.roster:
        return _waiting(asked, certificates)
    workers = [p for p in file.roster if p.full_time is not False]
    if not certificates and workers:
        return nothing(asked)
    tally = Tally()
    for worker in workers:
        _look_at(tally, worker, file, file.registration, asked, certificates)
    if not workers:
        tally.notes.append("Nobody on the roster is a permanent full-time employee.")
    return tally.outcome(f"Every permanent full-time employee ({len(workers)}) holds {file.course(course)}.")


def _look_at(tally: Tally, worker: Person, desk: Desk) -> None:
    if worker.name is None:
        _about_name(tally, desk.registration, worker)
        return
    found = holding(worker.name, desk.certificates, desk.file.names)
    if found.good:
        tally.evidence += _shown(found.good)
        return
    if worker.full_time is None:
        tally.questions.append(desk.registration.question(worker.tick("permanent_full_time")))
    tally.questions += found.questions
    where = [desk.registration.place(worker.path)]
    item = desk.asked.words["missing"].shortfall(where, who=worker.name, course=desk.file.course(desk.asked["course"]))
    tally.shortfalls += found.faults or (() if found.questions else (item,))


def modules(file: File, asked: Asked) -> Outcome:
    """Each of the modules is held by a full-time worker on the roster."""
    wanted = [(m["course"], {m["course"], *m.get("or", ())}) for m in asked["modules"]]
    certificates = _of(file, asked, {c for _, accepted in wanted for c in accepted}, set())
    if file.registration is None or not file.roster:
        return _waiting(asked, certificates)
    if not certificates:
        return nothing(asked)
    tally = Tally()
    for course, accepted in wanted:
        _look_for(tally, file, asked, course, _of(file, asked, accepted, set()))
    return tally.outcome(f"A full-time employee holds each of the {len(wanted)} modules.")


def _look_for(tally: Tally, file: File, asked: Asked, course: str, certificates: Sequence[Weighed]) -> None:
    people = [p for p in file.roster if p.name]
    holdings = [(p, holding(p.name or "", certificates, file.names)) for p in people]
    good = next((h.good for p, h in holdings if h.good and p.full_time), None)
    if good:
        tally.evidence += _shown(good)
        return
    before = len(tally.questions)
    for person, found in holdings:
        if found.good and person.full_time is None and file.registration:
            tally.questions.append(file.registration.question(person.tick("permanent_full_time")))
        elif person.full_time is not False:
            tally.questions += found.questions
    if len(tally.questions) > before:
        return
    faults = [f for p, h in holdings if p.full_time for f in h.faults]
    shown = [e for c in certificates if not c.questions for e in _shown(c)]
    kind = "not_full_time" if any(c.good for c in certificates) else "missing"
    tally.shortfalls += faults or [asked.words[kind].shortfall(shown, course=file.course(course))]


# ---------------------------------------------------------------- people


def _owners(file: File) -> tuple[str, ...]:
    """The owner or most senior representative, as the form names or ticks them."""
    named = file.registration.text("owner_name") if file.registration else None
    ticked = [p.name for p in file.roster if p.senior and p.name]
    return tuple(dict.fromkeys([*([named] if named else []), *ticked]))


def _perhaps_owner(tally: Tally, file: File, registration: Sheet, certificates: Sequence[Weighed]) -> None:
    """Ask who is the owner only where somebody who may be holds a good certificate."""
    for person in file.roster:
        unclear = person.name and person.senior is None
        if unclear and holding(person.name or "", certificates, file.names).good:
            tally.questions.append(registration.question(person.tick("owner_or_senior")))
    unread = registration.reading("owner_name").state is State.UNSURE and registration.doubtful("owner_name")
    if unread and any(c.good for c in certificates):
        tally.questions.append(registration.question("owner_name"))


def _about_name(tally: Tally, registration: Sheet, worker: Person) -> None:
    """A name that cannot be relied on; an empty one is the registration's own shortfall."""
    if registration.lost(worker.path):
        tally.shortfalls.append(registration.unreadable(worker.path))
    elif registration.doubtful(worker.path):
        tally.questions.append(registration.question(worker.path))


def _waiting(asked: Asked, certificates: Sequence[Weighed]) -> Outcome:
    """Without a roster nobody can say who must hold the course; what came is kept for then."""
    if not certificates:
        return nothing(asked)
    return nothing(asked, "no_roster", (f"{len(certificates)} certificates are kept until the roster comes.",))


# ---------------------------------------------------------------- certificates


def _of(file: File, asked: Asked, accepted: Collection[str], refused: Collection[str]) -> list[Weighed]:
    """The certificates that may be of these courses."""
    found = (_weigh(file, asked, sheet, accepted, refused) for sheet in file.courses)
    return [certificate for certificate in found if certificate]


def _weigh(
    file: File, asked: Asked, sheet: Sheet, accepted: Collection[str], refused: Collection[str]
) -> Weighed | None:
    """A certificate of one of the courses, or of one that nobody could read; nothing for another course."""
    course = sheet.text("course")
    on = scale(file, sheet, NEEDS)
    if sheet.lost("course"):
        on.faults.append(sheet.unreadable("course"))
    elif course in refused:
        who = {"who": sheet.text("holder_name") or "", "course": file.course(course or "")}
        on.faults.append(asked.words["not_approved"].shortfall([sheet.place("course")], **who))
    elif course is None and sheet.doubtful("course"):
        on.ask("course")
    elif course not in accepted and not any(q.code == "course-unknown" for q in on.questions):
        return None
    _weigh_days(on, asked)
    return on.weighed()


def _weigh_days(on: Scale, asked: Asked) -> None:
    sheet, expiry = on.sheet, on.sheet.day("expiry_date")
    on.look_ahead("issue_date")
    if sheet.lost("issue_date"):
        on.faults.append(sheet.unreadable("issue_date"))
    elif sheet.doubtful("issue_date"):
        on.ask("issue_date")
    if sheet.reading("expiry_date").state is State.UNSURE and sheet.doubtful("expiry_date"):
        on.ask("expiry_date")
    elif expiry and expiry < on.file.day:
        says = {
            "who": sheet.text("holder_name") or "",
            "course": sheet.place("course").value,
            "day": expiry.isoformat(),
        }
        on.faults.append(asked.words["expired"].shortfall([sheet.place("expiry_date")], **says))


def _shown(certificate: Weighed) -> list[Evidence]:
    return [certificate.sheet.place("holder_name"), certificate.sheet.place("course")]


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
