"""A letter that is owed becomes a file in the outbox, whole and once; and the list of the day's letters."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from processor.outbox.manifest import table
from processor.outbox.names import letter_path, manifest_path
from processor.outbox.publish import publish, replace_whole
from processor.store.values import Listed

if TYPE_CHECKING:
    from datetime import date

    from processor.flows.office import Office
    from processor.store.values import Posted


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
    rows = office.store.letters.listed(day)
    if rows:
        replace_whole(office.settings.paths.outbox, manifest_path(day), table(Listed._fields, rows))
