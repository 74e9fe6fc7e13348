"""Files whose bytes a retention rule has removed: what they came to stays, and that they went is an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from processor.store.values import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from processor.store.database import Database
    from processor.store.events import Events
    from processor.store.papers import Papers

SET_ASIDE = "set_aside"
"""The kind, for the rules, of a file that no reader opened."""

_KINDS = """
WITH held AS (
    SELECT ? AS sha256 UNION
    SELECT p.sha256 FROM parts p JOIN submissions s ON s.number = p.submission WHERE s.sha256 = ? AND p.came = 'known'
)
SELECT DISTINCT d.kind FROM documents d JOIN submissions s ON s.number = d.submission
LEFT JOIN parts p ON p.submission = d.submission AND p.path = d.part
WHERE s.sha256 IN (SELECT sha256 FROM held) OR p.sha256 IN (SELECT sha256 FROM held)
ORDER BY d.kind
"""


class Due(NamedTuple):
    """A file whose bytes are kept longer than every rule for what is in it asks."""

    sha256: str
    received: date
    kinds: tuple[str, ...]
    aside: bool


class Erased:
    """What was erased, and what is to be."""

    def __init__(self, database: Database, events: Events) -> None:
        self._database = database
        self._events = events

    def due(self, rules: Mapping[str, int], day: date, papers: Papers) -> Iterator[Due]:
        """The files that may go, oldest first: all that is in them is past its rule, and none of it waits for anything.

        Args:
            rules: for each kind of paper, the days that it is kept; 0 for good.
            day: today.
            papers: where it says what is done.
        """
        gone = {row["sha256"] for row in self._rows()}
        done = (r for p in (Progress.DONE, Progress.ASIDE) for r in papers.receipts(p) if r.sha256 not in gone)
        for receipt in sorted(done, key=lambda receipt: (receipt.received, receipt.sha256)):
            aside = receipt.progress is Progress.ASIDE
            kinds = (SET_ASIDE,) if aside else self._kinds(receipt.sha256)
            kept = [rules.get(kind, 0) for kind in kinds]
            if kept and all(kept) and (day - receipt.received).days > max(kept):
                yield Due(receipt.sha256, receipt.received, kinds, aside)

    def erase(self, due: Due, day: date) -> None:
        """Note that a file's bytes go; forget the name it came by and what its mail says. What was read of it stays."""
        with self._database.transaction():
            row = self._database.row("SELECT number FROM submissions WHERE sha256 = ?", due.sha256)
            assert row is not None  # noqa: S101 - submissions are never deleted
            if self._database.do(
                "INSERT OR IGNORE INTO erased (submission, day) VALUES (?, ?)", row["number"], day.isoformat()
            ):
                self._database.do("UPDATE submissions SET name = '' WHERE number = ?", row["number"])
                self._database.do(
                    "UPDATE mails SET sender = '', subject = '', text = '' WHERE submission = ?", row["number"]
                )
                self._events.add(
                    "erased", day, subject=due.sha256[:12], kinds=list(due.kinds), received=due.received.isoformat()
                )

    def all(self) -> tuple[str, ...]:
        """The hashes of all that was erased."""
        return tuple(row["sha256"] for row in self._rows())

    def _rows(self) -> list[Any]:
        sql = "SELECT s.sha256 FROM erased e JOIN submissions s ON s.number = e.submission ORDER BY s.number"
        return self._database.rows(sql)

    def _kinds(self, sha256: str) -> tuple[str, ...]:
        """The kinds of its papers, and of those that other files brought before with bytes that are in it."""
        return tuple(row["kind"] for row in self._database.rows(_KINDS, sha256, sha256))
