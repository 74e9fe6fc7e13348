"""What waits for a person and since when, and what came on a day: counted by the index, without reading a paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from processor.store.database import Database

_OLDEST = """
SELECT min(submission) AS number FROM (
    SELECT min(submission) AS submission FROM documents WHERE employer IS NULL AND dismissed = 0
    UNION ALL SELECT min(d.submission) FROM questions q JOIN documents d ON d.number = q.document AND d.dismissed = 0)
"""


class Oldest(NamedTuple):
    """The file that has waited longest for a person."""

    sha256: str
    received: date
    since: datetime | None
    """By the machine's clock, UTC; `None` where no event tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """What a person is asked about now."""

    questions: int
    """Open questions of cases."""
    pool: int
    """Papers that nobody claims."""
    oldest: Oldest | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCame:
    """How many files came on a day."""

    new: int
    aside: int
    """Of the new ones, those that no reader opens."""
    again: int
    """Files that were known already."""


class Queue:
    """The review queue, counted."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def waits(self) -> Waits:
        """How much waits for a person, and the file that has waited longest."""
        pool = "SELECT count(*) AS many FROM documents WHERE employer IS NULL AND dismissed = 0"
        return Waits(
            questions=self._count("SELECT count(*) AS many FROM questions"),
            pool=self._count(pool),
            oldest=self._oldest(),
        )

    def asked(self) -> dict[str, int]:
        """The open questions of cases by their code, the most frequent first."""
        rows = self._database.rows("SELECT code, count(*) AS many FROM questions GROUP BY code ORDER BY 2 DESC, 1")
        return {row["code"]: row["many"] for row in rows}

    def came(self, day: date) -> DayCame:
        """What was received on a day."""
        on = day.isoformat()
        return DayCame(
            new=self._count("SELECT count(*) AS many FROM submissions WHERE received = ?", on),
            aside=self._count("SELECT count(*) AS many FROM submissions WHERE received = ? AND aside = 1", on),
            again=self._count("SELECT count(*) AS many FROM events WHERE day = ? AND kind = 'came again'", on),
        )

    def _oldest(self) -> Oldest | None:
        row = self._database.row(f"SELECT sha256, received FROM submissions WHERE number = ({_OLDEST})")
        if row is None:
            return None
        told = self._database.row(
            "SELECT at FROM events WHERE subject = ? AND subject <> '' ORDER BY seq LIMIT 1", row["sha256"][:12]
        )
        since = datetime.fromisoformat(told["at"]) if told else None
        return Oldest(row["sha256"], date.fromisoformat(row["received"]), since)

    def _count(self, sql: str, *values: object) -> int:
        row = self._database.row(sql, *values)
        return int(row["many"]) if row else 0
