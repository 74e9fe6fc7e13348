"""The lives of certifications: what people decide of them, where each stood, and when to look at it again.

Standing itself is computed from the events; what is kept of it here is for the directory and for finding, without
reading every case, those that stand otherwise today.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from processor.store.values import Certified

if TYPE_CHECKING:
    from processor.store.database import Database
    from processor.store.events import Events
    from processor.store.values import Running

_NOW = date.min.isoformat()


class Lives:
    """The shelf of standings."""

    def __init__(self, database: Database, events: Events) -> None:
        self._database = database
        self._events = events

    def decide(  # noqa: PLR0913 - who says what, and why
        self,
        code: str,
        kind: str,
        day: date,
        *,
        by: str,
        reason: str,
        until: date | None = None,
        requirement: str = "",
    ) -> None:
        """Keep what a person decided of a case, as an event, and look at the case again.

        Args:
            code: the case's.
            kind: `extended`, `lapsed`, `withdrawn`, `reinstated`, `reapplied`, `renamed`, `reissued` or `waived`.
            day: on which it holds.
            by: who decided.
            reason: in the person's words; a letter may print it.
            until: of time that was given, and of a waiver, the last day.
            requirement: of a waiver.
        """
        with self._database.transaction():
            given = {"until": until.isoformat()} if until else {}
            given |= {"requirement": requirement} if requirement else {}
            self._events.add(kind, day, case=code, by=by, reason=reason, **given)
            self.look(code)

    def look(self, code: str, *, consents: bool | None = None) -> None:
        """Have a case looked at the next time; and keep whether it consents to the directory, where that is said."""
        with self._database.transaction():
            self._database.do(
                "INSERT INTO standings (case_code, looks, consents, in_force, to_decide, certificate, since, until)"
                " VALUES (?, ?, ?, 0, 0, '', '', '') ON CONFLICT (case_code) DO UPDATE SET looks = excluded.looks,"
                " consents = coalesce(excluded.consents, consents)",
                code,
                _NOW,
                consents,
            )

    def consents(self, code: str) -> bool | None:
        """Whether a case consents to the directory; nothing when that was never kept."""
        row = self._database.row("SELECT consents FROM standings WHERE case_code = ?", code)
        return None if row is None or row["consents"] is None else bool(row["consents"])

    def to_look(self, day: date) -> tuple[str, ...]:
        """The codes of the cases that may stand otherwise on a day than when they were last looked at."""
        rows = self._database.rows(
            "SELECT case_code FROM standings WHERE looks <> '' AND looks <= ? ORDER BY case_code", day.isoformat()
        )
        return tuple(row["case_code"] for row in rows)

    def undecided(self) -> tuple[str, ...]:
        """The codes of the cases whose days of grace are over, and a person must say what follows."""
        rows = self._database.rows("SELECT case_code FROM standings WHERE to_decide = 1 ORDER BY case_code")
        return tuple(row["case_code"] for row in rows)

    def looked(self, code: str, *, looks: date | None, running: Running | None, to_decide: bool = False) -> None:
        """Keep where a case stands.

        Args:
            code: the case's.
            looks: the next day on which it may stand otherwise by itself; nothing for never.
            running: the certificate that is in force; nothing where none is.
            to_decide: whether a person must say what follows.
        """
        with self._database.transaction():
            self._database.do(
                "UPDATE standings SET looks = ?, to_decide = ?, in_force = ?, certificate = ?, since = ?, until = ?"
                " WHERE case_code = ?",
                looks.isoformat() if looks else "",
                int(to_decide),
                int(running is not None),
                running.certificate if running else "",
                running.since.isoformat() if running else "",
                running.until.isoformat() if running else "",
                code,
            )

    def certified(self) -> tuple[Certified, ...]:
        """Who stands in the public directory, by case."""
        rows = self._database.rows(
            "SELECT s.case_code, c.program, e.legal_name, e.operating_name, e.city, s.certificate, s.since, s.until"
            " FROM standings s JOIN cases c ON c.code = s.case_code JOIN employers e ON e.number = c.employer"
            " WHERE s.in_force = 1 AND s.consents = 1 ORDER BY s.case_code"
        )
        return tuple(
            Certified(
                case=row["case_code"],
                program=row["program"],
                legal_name=row["legal_name"],
                operating_name=row["operating_name"],
                city=row["city"],
                certificate=row["certificate"],
                since=date.fromisoformat(row["since"]),
                until=date.fromisoformat(row["until"]),
            )
            for row in rows
        )
