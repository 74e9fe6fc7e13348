"""Letters that lie in the outbox and that a restored database does not know: their numbers are used, and stay so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from processor.store.series import PASSED_OVER, parts
from processor.store.values import GivenOut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from processor.store.database import Database
    from processor.store.events import Events

_WAITING = """
SELECT number, case_code, kind, day, certificate, employer, path, sha256 FROM given_out g
WHERE NOT EXISTS (SELECT 1 FROM letters l WHERE l.number = g.number)
"""


class Given:
    """What was given out beyond what the store knew when it was restored."""

    def __init__(self, database: Database, events: Events) -> None:
        self._database = database
        self._events = events

    def knows(self, number: str) -> bool:
        """Whether a letter of that number is known, here or as a letter."""
        sql = "SELECT 1 FROM letters WHERE number = ? UNION ALL SELECT 1 FROM given_out WHERE number = ?"
        return self._database.row(sql, number, number) is not None

    def enter(self, found: Iterable[GivenOut], day: date) -> int:
        """Enter what the outbox shows; how many were not known. All counting goes on after their numbers.

        A number of a letter or certificate that lies between and that nothing has is passed over, and an event says so;
        a case's code that lies between is given to the next case that is opened.
        """
        with self._database.transaction():
            new = [given for given in found if not self.knows(given.number)]
            for given in new:
                self._database.add(
                    "INSERT INTO given_out (number, case_code, kind, day, certificate, employer, path, sha256)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    given.number,
                    given.case,
                    given.kind,
                    given.day.isoformat(),
                    given.certificate or None,
                    given.employer,
                    given.path,
                    given.sha256,
                )
                detail = {"kind": given.kind, "certificate": given.certificate, "sha256": given.sha256}
                self._events.add("found", day, case=given.case, subject=given.number, letter=detail)
            self._go_on(sorted({g.number for g in new}), day)
            self._go_on(sorted({g.certificate for g in new if g.certificate}), day)
            codes = sorted({g.case for g in new})
            between = [code for number in codes for code in self._between(number, f"case {parts(number)[0]}")]
            self._free((*between, *(code for code in codes if code not in {g.case for g in new if g.employer})))
        return len(new)

    def waiting(self, case: str = "") -> tuple[GivenOut, ...]:
        """Those of a case, or all, that no judging has come to again yet, oldest first."""
        rows = self._database.rows(f"{_WAITING} AND (? = '' OR case_code = ?) ORDER BY number", case, case)
        return tuple(
            GivenOut(
                number=row["number"],
                case=row["case_code"],
                kind=row["kind"],
                day=date.fromisoformat(row["day"]),
                certificate=row["certificate"] or "",
                employer=row["employer"],
                path=row["path"],
                sha256=row["sha256"],
            )
            for row in rows
        )

    def _go_on(self, numbers: list[str], day: date) -> None:
        for number in numbers:
            for missing in self._between(number, parts(number)[0]):
                if missing not in numbers:
                    self._events.add(PASSED_OVER, day, subject=missing)

    def _free(self, codes: Iterable[str]) -> None:
        for code in codes:
            prefix = parts(code)[0]
            self._database.do(
                "INSERT OR IGNORE INTO free_codes (prefix, code) SELECT ?, ? WHERE NOT EXISTS"
                " (SELECT 1 FROM cases WHERE code = ?) AND NOT EXISTS"
                " (SELECT 1 FROM given_out WHERE case_code = ? AND employer <> '')",
                prefix,
                code,
                code,
                code,
            )

    def _between(self, number: str, counter: str) -> list[str]:
        """Let a counter stand at a number at least; the numbers that it skips, without that one."""
        name, place = parts(number)
        row = self._database.row("SELECT value FROM counters WHERE name = ?", counter)
        last = row["value"] if row else 0
        if place <= last:
            return []
        self._database.do("INSERT OR REPLACE INTO counters (name, value) VALUES (?, ?)", counter, place)
        width = len(number) - len(name) - 1
        return [f"{name}-{n:0{width}d}" for n in range(last + 1, place)]
