"""Letters that are owed become files in the outbox, whole and once; and the list of the day."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from processor.errors import PrintingFailed
from processor.outbox.manifest import table
from processor.outbox.names import letter_path, manifest_path
from processor.outbox.publish import publish, replace_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from processor.flows.office import Office
    from processor.store.values import Posted

COLUMNS = ("letter", "case", "kind", "certificate", "employer", "file", "sha256")


def issue_owed(office: Office, failed: list[PrintingFailed]) -> Iterator[Posted]:
    """Write every letter that is owed, oldest first, then the list of each day touched. Repeats safely.

    A letter that cannot be printed faithfully stays owed, why is put into `failed`, and the others go on.
    """
    days: set[date] = set()
    for posted in office.store.letters.owed():
        try:
            yield issue(office, posted)
        except PrintingFailed as wrong:
            failed.append(PrintingFailed(f"{posted.number}: {wrong.what}", do=wrong.do))
        else:
            days.add(posted.letter.day)
    for day in sorted(days):
        _list(office, day)


def issue(office: Office, posted: Posted) -> Posted:
    """Print one letter and put it into the outbox; what the store then knows of it."""
    data = office.press.print(posted.letter)
    letter = posted.letter
    relative = letter_path(letter.day, letter.case, letter.kind.value, posted.number)
    publish(office.settings.paths.outbox, relative, data)
    office.store.letters.written(posted.number, office.day, path=str(relative), sha256=sha256(data).hexdigest())
    return office.store.letters.letter(posted.number)


def _list(office: Office, day: date) -> None:
    rows = [
        (p.number, p.case, p.letter.kind.value, p.certificate, _employer(office, p.case), p.path, p.sha256)
        for p in office.store.letters.of_day(day)
    ]
    replace_whole(office.settings.paths.outbox, manifest_path(day), table(COLUMNS, rows))


def _employer(office: Office, case: str) -> str:
    return office.store.cases.summary(case).employer.legal_name
