"""What lay in a mail or an archive: covering mails, and each file with what came of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from processor.contract import finding_json, finding_of
from processor.model import Came, Mail, Part

if TYPE_CHECKING:
    from processor.model import Submission
    from processor.store.database import Database


class Parts:
    """The insides of submissions. Kept with the submission, in its transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, number: int, submission: Submission) -> None:
        """Keep what lay in a submission, under its number, as part of keeping it."""
        self._database.add_many(
            "INSERT INTO mails (submission, place, path, sender, subject, sent, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (number, place, mail.path, mail.sender, mail.subject, mail.sent, mail.text)
                for place, mail in enumerate(submission.mails, start=1)
            ],
        )
        self._database.add_many(
            "INSERT INTO parts (submission, place, path, sha256, came, findings) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (number, place, part.path, part.sha256, part.came.value, _text(part))
                for place, part in enumerate(submission.parts, start=1)
            ],
        )

    def mails(self, sha256: str) -> tuple[Mail, ...]:
        """The mails of the submission with these bytes, outermost first; none for other files."""
        rows = self._database.rows(
            "SELECT m.* FROM mails m JOIN submissions s ON s.number = m.submission WHERE s.sha256 = ? ORDER BY m.place",
            sha256,
        )
        names = ("path", "sender", "subject", "sent", "text")
        return tuple(Mail(**{name: row[name] for name in names}) for row in rows)

    def of(self, sha256: str) -> tuple[Part, ...]:
        """The files in the submission with these bytes, in their order; none for a file that is no container."""
        rows = self._database.rows(
            "SELECT p.* FROM parts p JOIN submissions s ON s.number = p.submission WHERE s.sha256 = ? ORDER BY p.place",
            sha256,
        )
        return tuple(
            Part(
                path=row["path"],
                sha256=row["sha256"],
                came=Came(row["came"]),
                findings=tuple(finding_of(shown) for shown in json.loads(row["findings"])),
            )
            for row in rows
        )

    def known(self, sha256: str) -> bool:
        """Whether a file with these bytes was read before: alone, or in a mail or an archive."""
        row = self._database.row(
            "SELECT 1 FROM submissions s WHERE s.sha256 = ? AND s.aside = 0 UNION ALL"
            " SELECT 1 FROM parts p WHERE p.sha256 = ? AND p.came = 'read' LIMIT 1",
            sha256,
            sha256,
        )
        return row is not None


def _text(part: Part) -> str:
    return json.dumps([finding_json(f) for f in part.findings], ensure_ascii=False, separators=(",", ":"))
