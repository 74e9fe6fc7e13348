"""What the calendar brings: each case that may stand otherwise today is looked at, and told what follows, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.casework.reminders import next_notice, notice
from processor.casework.years import Years, consents
from processor.flows.living import standing_of
from processor.letters.conclude import fingerprint
from processor.letters.renewal import Paper
from processor.letters.renewal import notice as written
from processor.letters.sheet import Matter
from processor.letters.words import ENGLISH
from processor.model import LetterKind
from processor.rulebook.rules.audits import PARTNERS
from processor.store.values import Running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processor.casework.reminders import Notice
    from processor.casework.standing import Standing
    from processor.flows.office import Office
    from processor.model import Case, Letter
    from processor.rulebook.edition import Edition
    from processor.store.values import Posted


def renew(office: Office) -> Iterator[Posted]:
    """Owe every letter that the day calls for; each as soon as it is owed. Repeats safely."""
    for code in office.store.lives.to_look(office.day):
        posted = look(office, code)
        if posted:
            yield posted


def look(office: Office, code: str) -> Posted | None:
    """Look at one case, keep where it stands, and owe the letter that follows, all or nothing."""
    store, reminders = office.store, office.settings.answers.reminders
    again = False
    with store.transaction():
        now = standing_of(office, code)
        found = notice(now, reminders, store.letters.said(code))
        if found and found.kind is LetterKind.REMINDER and _written_to(office, code):
            found, again = None, True
        if found and _given_before(office, code, found):
            found = None
        number = _owe(office, code, now, found) if found else ""
        days = [d for d in (now.looks, next_notice(now, reminders)) if d]
        # after a letter another may be called for, so the case is looked at once more
        looks = office.day if found or again else min(days, default=None)
        if store.lives.consents(code) is None:
            store.lives.look(code, consents=consents(store.cases.case(code)))
        store.lives.looked(code, looks=looks, running=_running(now), to_decide=now.to_decide)
    return store.letters.letter(number) if number else None


def _given_before(office: Office, code: str, found: Notice) -> bool:
    """Whether the outbox holds such a letter from before the database was restored, so that it is not said twice."""
    return any(g.kind == found.kind.value and g.day >= found.first for g in office.store.given.waiting(code))


def _written_to(office: Office, code: str) -> bool:
    """Whether a letter goes out today already, which says what is missing: a reminder can wait for tomorrow."""
    last = office.store.letters.latest(code)
    return last is not None and last.letter.day == office.day


def _owe(office: Office, code: str, now: Standing, found: Notice) -> str:
    letters, case = office.store.letters, office.store.cases.case(code)
    number = letters.next_number(office.day)
    letter = _letter(office, case, now, found.kind, number)
    office.store.cases.next_round(code)
    letters.owe(letter, number=number, fingerprint=fingerprint(letter), once=found.once)
    return number


def _letter(office: Office, case: Case, now: Standing, kind: LetterKind, number: str) -> Letter:
    book = office.rulebooks[case.program]
    matter = Matter(
        case=case,
        verdicts=(),
        settings=office.settings,
        day=office.day,
        number=number,
        certificate="",
        title=book.title,
        earlier=(),
        years=Years(cycle=now.cycle, year=now.year, since=now.since or now.day, until=now.until or now.day),
        words=ENGLISH,
    )
    return written(kind, matter, now, needed(book.on(office.day), now))


def needed(edition: Edition, now: Standing) -> tuple[Paper, ...]:
    """The audits that a case owes, as the rulebook names them."""
    rows = (row for asked in edition.requirements if "types" in asked.values for row in asked["types"])
    year = now.owed.year if now.owed else 0
    return tuple(Paper(row["title"], row["type"] in PARTNERS) for row in rows if year in row["years"])


def _running(now: Standing) -> Running | None:
    """The certificate that is in force."""
    if now.in_force and now.since and now.until:
        return Running(certificate=now.certificate, since=now.since, until=now.until)
    return None
