"""What the rows say when they are counted: the store's side of the balance. It reads, and changes nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from processor.store.letters import salted
from processor.store.series import Series, series
from processor.store.values import Progress

if TYPE_CHECKING:
    from collections.abc import Mapping

    from processor.store.database import Database
    from processor.store.papers import Papers

_PAGES = """
SELECT d.submission, d.part, page.value AS page, CASE
    WHEN d.dismissed THEN 0
    WHEN d.employer IS NULL OR EXISTS (SELECT 1 FROM questions q WHERE q.document = d.number) THEN 2
    WHEN EXISTS (SELECT 1 FROM cases c WHERE c.touched = 1
        AND (c.code = d.case_code OR (d.case_code IS NULL AND c.employer = d.employer))) THEN 1
    ELSE 0 END AS standing
FROM documents d, json_each(d.content, '$.pages') page
"""
_STANDING = (Progress.DONE, Progress.WORK, Progress.WAITING)
"""The place of each is its number in `_PAGES`; a page of two papers stands where the later one does."""
_UNTOLD = {
    "submission": (
        "SELECT substr(sha256, 1, 12) AS key FROM submissions s WHERE NOT EXISTS (SELECT 1 FROM events e"
        " WHERE e.subject = substr(s.sha256, 1, 12) AND e.subject <> '' AND e.kind IN ('received', 'set aside'))"
    ),
    "case": (
        "SELECT code AS key FROM cases c WHERE NOT EXISTS (SELECT 1 FROM events e"
        " WHERE e.case_code = c.code AND e.case_code <> '' AND e.kind = 'opened')"
    ),
    "letter": (
        "SELECT number AS key FROM letters l WHERE NOT EXISTS (SELECT 1 FROM events e"
        " WHERE e.subject = l.number AND e.subject <> '' AND e.kind = 'owed')"
        " OR (l.post <> 'owed' AND NOT EXISTS (SELECT 1 FROM events e WHERE e.subject = l.number AND e.subject <> ''"
        " AND e.kind = 'written' AND json_extract(e.detail, '$.sha256') = l.sha256))"
    ),
}
"""Rows that no event tells of."""
_UNKEPT = {
    "submission": (
        "SELECT subject AS key FROM events WHERE kind IN ('received', 'set aside')"
        " EXCEPT SELECT substr(sha256, 1, 12) FROM submissions"
    ),
    "case": "SELECT case_code AS key FROM events WHERE kind = 'opened' EXCEPT SELECT code FROM cases",
    "letter": "SELECT subject AS key FROM events WHERE kind = 'owed' EXCEPT SELECT number FROM letters",
}
"""What events tell of and no row keeps."""


class Stored(NamedTuple):
    """A submission, as far as its file goes."""

    sha256: str
    aside: bool
    erased: bool
    """Whether the retention rule has removed its bytes."""


class LetterFile(NamedTuple):
    """A letter, as far as its file goes."""

    number: str
    path: str
    """Within the outbox; empty while it is owed."""
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """All the counts of one moment."""

    claims: Mapping[int, str]
    """The hash of what came by each claim; those from before the book of arrivals have numbers below 0."""
    files: Mapping[Progress, int]
    pages: Mapping[Progress, int]
    """Of each page that lies in a paper, where it stands."""
    pages_received: int
    """Pages of all files that came, as counted when they were opened; of those set aside, none were."""
    pages_again: int
    """Pages of files that came again."""
    miscounted: Mapping[str, tuple[int, int]]
    """Submissions (twelve characters) whose pages are others than those of its papers: counted, and in papers."""
    stored: tuple[Stored, ...]
    given: tuple[LetterFile, ...]
    series: tuple[Series, ...]
    untold: tuple[tuple[str, str], ...]
    """Rows that no event tells of: what it is, and its key."""
    unkept: tuple[tuple[str, str], ...]
    """What an event tells of and no row keeps."""
    reworded: tuple[str, ...]
    """Letters that say something else than when they were owed."""
    events: int
    head: str
    """The hash of the last event, which vouches for all before it; empty for none."""

    @property
    def again(self) -> int:
        """Files that were known already."""
        return len(self.claims) - len(self.stored)


class Accounts:
    """The counts."""

    def __init__(self, database: Database, papers: Papers) -> None:
        self._database = database
        self._papers = papers

    def taken(self) -> Account:
        """Everything counted in one moment, so that it belongs together."""
        with self._database.transaction():
            pages, in_papers = self._pages()
            last = self._database.row("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1")
            return Account(
                claims=self._claims(),
                files=self._papers.balance(),
                pages=pages,
                pages_received=self._pages_received(in_papers),
                pages_again=self._pages_again(in_papers),
                miscounted=self._miscounted(in_papers),
                stored=self._stored(),
                given=self._given(),
                series=tuple(series(self._database)),
                untold=self._keys(_UNTOLD),
                unkept=self._keys(_UNKEPT),
                reworded=self._reworded(),
                events=last["seq"] if last else 0,
                head=last["hash"] if last else "",
            )

    def _claims(self) -> dict[int, str]:
        sql = "SELECT a.claim, s.sha256 FROM arrivals a JOIN submissions s ON s.number = a.submission ORDER BY a.claim"
        return {row["claim"]: row["sha256"] for row in self._database.rows(sql)}

    def _pages(self) -> tuple[dict[Progress, int], Counter[int]]:
        """Where pages stand, and how many pages of each submission lie in its papers."""
        standing: dict[tuple[int, str, int], int] = {}
        for row in self._database.rows(_PAGES):
            page = row["submission"], row["part"], row["page"]
            standing[page] = max(standing.get(page, 0), row["standing"])
        stands = Counter(_STANDING[place] for place in standing.values())
        return {each: stands[each] for each in _STANDING}, Counter(submission for submission, *_ in standing)

    def _pages_again(self, in_papers: Counter[int]) -> int:
        rows = self._database.rows("SELECT submission, count(*) - 1 AS again FROM arrivals GROUP BY submission")
        return sum(in_papers[row["submission"]] * row["again"] for row in rows)

    def _pages_received(self, in_papers: Counter[int]) -> int:
        rows = self._database.rows(
            "SELECT s.number, s.pages, count(a.claim) AS times FROM submissions s LEFT JOIN arrivals a"
            " ON a.submission = s.number GROUP BY s.number"
        )
        # files from before pages were counted have 0, and are taken as their papers say
        return sum((row["pages"] or in_papers[row["number"]]) * row["times"] for row in rows)

    def _miscounted(self, in_papers: Counter[int]) -> dict[str, tuple[int, int]]:
        rows = self._database.rows(
            "SELECT number, substr(sha256, 1, 12) AS key, pages FROM submissions WHERE pages > 0"
        )
        wrong = (row for row in rows if row["pages"] != in_papers[row["number"]])
        return {row["key"]: (row["pages"], in_papers[row["number"]]) for row in wrong}

    def _stored(self) -> tuple[Stored, ...]:
        rows = self._database.rows(
            "SELECT sha256, aside, EXISTS (SELECT 1 FROM erased e WHERE e.submission = s.number) AS erased"
            " FROM submissions s ORDER BY number"
        )
        return tuple(Stored(row["sha256"], bool(row["aside"]), bool(row["erased"])) for row in rows)

    def _given(self) -> tuple[LetterFile, ...]:
        rows = self._database.rows(
            "SELECT number, path, sha256 FROM letters UNION ALL SELECT number, path, sha256 FROM given_out g"
            " WHERE NOT EXISTS (SELECT 1 FROM letters l WHERE l.number = g.number)"
        )
        return tuple(LetterFile(*row) for row in rows)

    def _keys(self, asked: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        return tuple((what, row["key"]) for what, sql in asked.items() for row in self._database.rows(sql))

    def _reworded(self) -> tuple[str, ...]:
        rows = self._database.rows(
            "SELECT l.number, l.content, s.salt, json_extract(e.detail, '$.letter.says') AS says FROM letters l"
            " JOIN salts s ON s.letter = l.number JOIN events e ON e.subject = l.number AND e.subject <> ''"
            " AND e.kind = 'owed' ORDER BY l.place"
        )
        return tuple(row["number"] for row in rows if salted(row["salt"], row["content"]) != row["says"])
