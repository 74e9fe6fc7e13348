"""A letter that is owed becomes a file in the outbox, whole and once; and the list of the day's letters."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from processor.outbox.manifest import table
from processor.outbox.names import letter_path, manifest_path
from processor.outbox.publish import publish, replace_whole

if TYPE_CHECKING:
    from datetime import date

    from processor.flows.office import Office
    from processor.store.values import Posted

COLUMNS = ("letter", "case", "kind", "certificate", "employer", "file", "sha256")


def issue(office: Office, posted: Posted) -> Posted:
    """Print one letter and put it into the outbox; what the store then knows of it. Repeats safely."""
    data = office.press.print(posted.letter)
    letter = posted.letter
    relative = letter_path(letter.day, letter.case, letter.kind.value, posted.number)
    publish(office.settings.paths.outbox, relative, data)
    office.store.letters.written(posted.number, office.day, path=str(relative), sha256=sha256(data).hexdigest())
    return office.store.letters.letter(posted.number)


def list_day(office: Office, day: date) -> None:
    """Put the list of a day's letters beside them, in place of the one before; none for a day without."""
    rows = [
        (p.number, p.case, p.letter.kind.value, p.certificate, _employer(office, p.case), p.path, p.sha256)
        for p in office.store.letters.of_day(day)
    ]
    if rows:
        replace_whole(office.settings.paths.outbox, manifest_path(day), table(COLUMNS, rows))


def _employer(office: Office, case: str) -> str:
    return office.store.cases.summary(case).employer.legal_name
