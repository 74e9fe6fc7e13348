"""Submissions and the papers in them: kept once, filed, corrected by people, and never lost sight of."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from processor.contract import document_json, document_of, finding_json, finding_of, reading_json, reading_of
from processor.errors import TryLater, Wrong
from processor.store.keys import all_keys, plain_key
from processor.store.near import neighbours, turns
from processor.store.parts import Parts
from processor.store.values import Holder, Kept, Progress, Receipt

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from processor.model import Document, Finding, Reading, Submission
    from processor.store.database import Database
    from processor.store.events import Events
    from processor.store.values import Keys

_KEPT = """
SELECT d.id, d.number, d.content, d.filing, d.employer, d.case_code, d.dismissed, d.version,
       s.sha256, s.name, s.received, d.part, p.sha256 AS inner
FROM documents d JOIN submissions s ON s.number = d.submission
    LEFT JOIN parts p ON p.submission = d.submission AND p.path = d.part
"""
_RECEIPT = """
SELECT s.number, s.sha256, s.name, s.note, s.received, s.findings, CASE
    WHEN s.aside THEN 'aside'
    WHEN EXISTS (SELECT 1 FROM documents d WHERE d.submission = s.number AND d.dismissed = 0 AND (d.employer IS NULL
        OR EXISTS (SELECT 1 FROM questions q WHERE q.document = d.number))) THEN 'waiting'
    WHEN EXISTS (SELECT 1 FROM documents d JOIN cases c ON c.code = d.case_code
            OR (d.case_code IS NULL AND c.employer = d.employer)
        WHERE d.submission = s.number AND c.touched = 1) THEN 'work'
    ELSE 'done' END AS progress
FROM submissions s
"""


class Papers:
    """What arrived, and what it came to."""

    def __init__(self, database: Database, events: Events) -> None:
        self._database = database
        self._events = events
        self._parts = Parts(database)

    # ------------------------------------------------------------ submissions

    def receipt(self, sha256: str) -> Receipt | None:
        """What the office knows of a file with these bytes; `None` when it never came."""
        row = self._database.row(f"{_RECEIPT} WHERE s.sha256 = ?", sha256)
        return self._receipt(row) if row else None

    def receipts(self, progress: Progress | None = None, *, at_most: int = -1) -> tuple[Receipt, ...]:
        """Submissions, newest first; of one progress when asked. For lists and counts, not for every paper."""
        sql = f"SELECT * FROM ({_RECEIPT}) WHERE ? IS NULL OR progress = ? ORDER BY number DESC LIMIT ?"
        wanted = progress.value if progress else None
        return tuple(self._receipt(row) for row in self._database.rows(sql, wanted, wanted, at_most))

    def balance(self) -> dict[Progress, int]:
        """How many submissions stand where; the sum is all that were ever kept."""
        rows = self._database.rows(f"SELECT progress, count(*) AS many FROM ({_RECEIPT}) GROUP BY progress")
        return dict.fromkeys(Progress, 0) | {Progress(row["progress"]): row["many"] for row in rows}

    def keep(self, submission: Submission, day: date, *, keys: Sequence[Keys], note: str = "") -> tuple[str, ...]:
        """Keep a submission and all its documents, unfiled; their numbers.

        Args:
            submission: with what the machine read; a document's own checks are already among its findings.
            day: on which it was received.
            keys: for each document in turn, what it is looked up by.
            note: the sub-folder of the inbox.

        Raises:
            Wrong: these bytes are kept already (ask `receipt` first, in the same transaction).
        """
        with self._database.transaction():
            number = self._submission(submission, day, note, aside=False)
            added = [
                self._document(submission.sha256, number, place, document, its)
                for place, (document, its) in enumerate(zip(submission.documents, keys, strict=True), start=1)
            ]
            self._events.add("received", day, subject=submission.sha256[:12], papers=added, note=bool(note))
        return tuple(added)

    def set_aside(self, submission: Submission, day: date, *, note: str = "") -> None:
        """Keep a submission that no reader opens; its findings say why. Raises `Wrong` as `keep` does."""
        with self._database.transaction():
            self._submission(submission, day, note, aside=True)
            codes = [f.code for f in submission.findings]
            self._events.add("set aside", day, subject=submission.sha256[:12], findings=codes)

    def _submission(self, submission: Submission, day: date, note: str, *, aside: bool) -> int:
        if self._database.row("SELECT 1 FROM submissions WHERE sha256 = ?", submission.sha256):
            raise Wrong("This file is kept already.", do="Nothing needs to be done.")
        number = self._database.add(
            "INSERT INTO submissions (sha256, name, note, received, aside, findings, pages)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            submission.sha256,
            submission.name,
            note,
            day.isoformat(),
            int(aside),
            _findings_text(submission.findings),
            submission.pages,
        )
        self._parts.keep(number, submission)
        return number

    def arrived(self, sha256: str, claim: int, day: date) -> None:
        """Note that a kept submission came by this claim; the first time or again. Saying it again changes nothing."""
        with self._database.transaction():
            row = self._database.row("SELECT number FROM submissions WHERE sha256 = ?", sha256)
            if row is None:
                raise Wrong(f"There is no submission {sha256[:12]}.", do="Keep it first.")
            before = self._database.row("SELECT 1 FROM arrivals WHERE submission = ? LIMIT 1", row["number"])
            new = self._database.do(
                "INSERT OR IGNORE INTO arrivals (claim, submission, day) VALUES (?, ?, ?)",
                claim,
                row["number"],
                day.isoformat(),
            )
            if new and before:
                self._events.add("came again", day, subject=sha256[:12], claim=claim)

    def last_claim(self) -> int:
        """The highest number of a claim that is noted; 0 for none."""
        row = self._database.row("SELECT max(claim) AS last FROM arrivals")
        return max(row["last"] or 0, 0) if row else 0

    def _document(self, sha256: str, submission: int, place: int, document: Document, keys: Keys) -> str:
        number = f"{sha256[:12]}.{place}"
        order = self._database.add(
            "INSERT INTO documents (number, submission, place, kind, form, program, content, part, filing,"
            " dismissed, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '[]', 0, 1)",
            number,
            submission,
            place,
            document.kind.value,
            document.form,
            document.program,
            _text(document_json(document)),
            document.part,
        )
        self._keys(order, document, keys)
        return number

    def _receipt(self, row: Any) -> Receipt:  # noqa: ANN401 - SQL comes in here
        numbers = self._database.rows("SELECT number FROM documents WHERE submission = ? ORDER BY place", row["number"])
        return Receipt(
            sha256=row["sha256"],
            name=row["name"],
            note=row["note"],
            received=date.fromisoformat(row["received"]),
            progress=Progress(row["progress"]),
            documents=tuple(n["number"] for n in numbers),
            findings=_findings_of(row["findings"]),
        )

    # ------------------------------------------------------------ papers

    def paper(self, number: str) -> Kept:
        """The document of that number. Raises `Wrong` when there is none."""
        rows = self._database.rows(f"{_KEPT} WHERE d.number = ?", number)
        if not rows:
            raise Wrong(f"There is no paper {number}.", do="`secor status` lists the papers of a case.")
        return self._kept(rows[0])

    def of_case(self, code: str) -> tuple[Kept, ...]:
        """The papers that count in a case, in the order in which they were kept; dismissed ones left out."""
        rows = self._database.rows(
            f"{_KEPT} WHERE d.dismissed = 0 AND (d.case_code = ? OR (d.case_code IS NULL"
            " AND d.employer = (SELECT employer FROM cases WHERE code = ?))) ORDER BY d.id",
            code,
            code,
        )
        return tuple(map(self._kept, rows))

    def pool(self, *, at_most: int = -1) -> tuple[Kept, ...]:
        """The papers that nobody claims, oldest first."""
        sql = f"{_KEPT} WHERE d.employer IS NULL AND d.dismissed = 0 ORDER BY d.id LIMIT ?"
        return tuple(map(self._kept, self._database.rows(sql, at_most)))

    def unclaimed(self, keys: Keys) -> tuple[Kept, ...]:
        """The papers in the pool that share an account, a company name or a person with these keys, oldest first.

        Those of nearly that name are among them, when filing has put them there.
        """
        wanted = [("account", keys.account)] if keys.account else []
        wanted += [("name", n) for n in keys.names] + [("holder", h) for h in keys.holders]
        found: dict[int, Kept] = {}
        for sort, key in wanted:
            rows = self._database.rows(
                f"{_KEPT} JOIN document_keys k ON k.document = d.id"
                " WHERE k.sort = ? AND k.key = ? AND d.employer IS NULL AND d.dismissed = 0",
                sort,
                key,
            )
            found.update({row["id"]: self._kept(row) for row in rows if row["id"] not in found})
        for order in self._nearly(keys) - set(found):
            found[order] = self._kept(self._database.row(f"{_KEPT} WHERE d.id = ?", order))
        return tuple(found[order] for order in sorted(found))

    def filed_elsewhere(self, holders: Sequence[str], employer: int) -> tuple[str, ...]:
        """The cards of people with these keys that lie with another employer than this one, oldest first."""
        found: dict[int, str] = {}
        for holder in holders:
            rows = self._database.rows(
                "SELECT d.id, d.number FROM document_keys k JOIN documents d ON d.id = k.document"
                " WHERE k.sort = 'holder' AND k.key = ? AND d.dismissed = 0"
                " AND d.employer IS NOT NULL AND d.employer <> ?",
                holder,
                employer,
            )
            found.update({row["id"]: row["number"] for row in rows})
        return tuple(found[order] for order in sorted(found))

    def waiting_for(self, employer: int) -> tuple[Kept, ...]:
        """The papers in the pool that may be this employer's, oldest first."""
        sql = f"{_KEPT} JOIN pool_candidates c ON c.document = d.id WHERE c.employer = ? ORDER BY d.id"
        return tuple(map(self._kept, self._database.rows(sql, employer)))

    def came_with(self, number: str) -> tuple[int, ...]:
        """The employers of the other papers of the same mail or archive; none for a file that is no container."""
        rows = self._database.rows(
            "SELECT DISTINCT o.employer FROM documents d JOIN documents o ON o.submission = d.submission"
            " WHERE d.number = ? AND o.id <> d.id AND o.employer IS NOT NULL AND o.dismissed = 0"
            " AND EXISTS (SELECT 1 FROM parts p WHERE p.submission = d.submission) ORDER BY o.employer",
            number,
        )
        return tuple(row["employer"] for row in rows)

    def holders(self, certificate_number: str) -> tuple[Holder, ...]:
        """Who holds a card of that number, after all cards ever kept, oldest first; two names are a finding on both."""
        rows = self._database.rows(
            "SELECT d.number, h.key FROM document_keys k JOIN documents d ON d.id = k.document"
            " JOIN document_keys h ON h.document = d.id AND h.sort = 'holder'"
            " WHERE k.sort = 'certificate' AND k.key = ? ORDER BY d.id, h.key",
            plain_key(certificate_number),
        )
        return tuple(Holder(row["number"], row["key"]) for row in rows)

    def file(  # noqa: PLR0913 - filing has so many sides
        self,
        number: str,
        day: date,
        *,
        employer: int,
        case: str,
        findings: Iterable[Finding] = (),
        maybe: Iterable[int] = (),
        by: str = "",
        saw: int | None = None,
    ) -> None:
        """Put a paper into a case, or out of the pool into another one; both cases are touched.

        So are all cases of the employers that might have been meant, and of those that may be now. What is filed
        there already, for the same reasons, is left as it is.

        Args:
            number: the document's.
            day: on which it is filed.
            employer: whose it is; 0 puts it back into the pool.
            case: the code; empty for a paper that counts in all cases of the employer.
            findings: what matching found; they replace what it found before.
            maybe: of a paper in the pool, the employers that may be meant.
            by: the person who chose; empty for the machine.
            saw: the version that the person saw; a later one raises `TryLater`.
        """
        findings = tuple(findings)
        new = (employer or None, case or None, _findings_text(findings))
        with self._database.transaction():
            before = self._seen(number, saw)
            changed = self._wait(before["id"], () if employer else maybe, named=not employer)
            if not changed and new == (before["employer"], before["case_code"], before["filing"]):
                return
            self._database.do(
                "UPDATE documents SET employer = ?, case_code = ?, filing = ?, version = version + 1 WHERE id = ?",
                *new,
                before["id"],
            )
            self._touch(before["case_code"], before["employer"])
            self._touch(case, employer)
            codes = [f.code for f in findings]
            kind = json.loads(before["content"])["kind"]
            self._events.add(
                "filed", day, case=case, subject=number, employer=employer, by=by, findings=codes, paper=kind
            )

    def add_finding(self, number: str, finding: Finding, day: date) -> None:
        """Note something that another paper brought to light; the case is touched. The same one twice is one."""
        with self._database.transaction():
            row = self._seen(number, None)
            known = _findings_of(row["filing"])
            if finding in known:
                return
            self._database.do(
                "UPDATE documents SET filing = ?, version = version + 1 WHERE id = ?",
                _findings_text((*known, finding)),
                row["id"],
            )
            self._touch(row["case_code"], row["employer"])
            self._events.add("found", day, case=row["case_code"] or "", subject=number, code=finding.code)

    # ------------------------------------------------------------ what people say

    def correct(  # noqa: PLR0913 - a person's word has so many sides
        self, number: str, path: str, reading: Reading, *, by: str, day: date, saw: int, keys: Keys | None = None
    ) -> None:
        """Keep what a person read; the machine's reading stays beside it, and the case is touched.

        Args:
            number: the document's.
            path: `legal_name`, or `workers[2].name`.
            reading: the person's: confirmed or unreadable, by means of a person.
            by: who.
            day: when.
            saw: the version that the person saw.
            keys: what the corrected paper is looked up by from now on; `None` leaves them.

        Raises:
            Wrong: no such paper, or no such row.
            TryLater: somebody changed the paper meanwhile.
        """
        with self._database.transaction():
            row = self._seen(number, saw)
            corrected = self._corrected(row, path, reading)
            self._database.add(
                "INSERT INTO corrections (document, path, reading, by, day) VALUES (?, ?, ?, ?, ?)",
                row["id"],
                path,
                _text(reading_json(reading)),
                by,
                day.isoformat(),
            )
            self._newer(row)
            if keys is not None:
                self._database.do("DELETE FROM document_keys WHERE document = ?", row["id"])
                self._keys(row["id"], corrected, keys)
            detail = {"reading": path, "state": reading.state.value, "by": by}
            self._events.add("corrected", day, case=row["case_code"] or "", subject=number, **detail)

    def settle(  # noqa: PLR0913
        self, number: str, code: str, *, by: str, day: date, saw: int, reading: str = "", decision: str = ""
    ) -> None:
        """A person looked at a finding and lets it stand as no obstacle; the case is touched.

        `decision` is why, in the person's words. Raises as `correct` does.
        """
        with self._database.transaction():
            row = self._seen(number, saw)
            self._database.add(
                "INSERT INTO settlements (document, code, reading, decision, by, day) VALUES (?, ?, ?, ?, ?, ?)",
                row["id"],
                code,
                reading,
                decision,
                by,
                day.isoformat(),
            )
            self._newer(row)
            case = row["case_code"] or ""
            self._events.add("settled", day, case=case, subject=number, code=code, reading=reading, by=by)

    def dismiss(self, number: str, *, by: str, day: date, saw: int) -> None:
        """A person says that this paper counts for nobody: it leaves the pool or its case, and stays kept."""
        with self._database.transaction():
            row = self._seen(number, saw)
            self._database.do("UPDATE documents SET dismissed = 1 WHERE id = ?", row["id"])
            self._wait(row["id"], (), named=False)
            self._newer(row)
            self._events.add("dismissed", day, case=row["case_code"] or "", subject=number, by=by)

    # ------------------------------------------------------------ inside

    def _seen(self, number: str, saw: int | None) -> Any:  # noqa: ANN401
        row = self._database.row(f"{_KEPT} WHERE d.number = ?", number)
        if row is None:
            raise Wrong(f"There is no paper {number}.", do="`secor status` lists the papers of a case.")
        if saw is not None and row["version"] != saw:
            raise TryLater(f"Somebody changed paper {number} meanwhile.", do="Look at it again, then save.")
        return row

    def _newer(self, row: Any) -> None:  # noqa: ANN401
        self._database.do("UPDATE documents SET version = version + 1 WHERE id = ?", row["id"])
        self._touch(row["case_code"], row["employer"])

    def _wait(self, order: int, maybe: Iterable[int], *, named: bool) -> bool:
        """Note whom a paper in the pool waits for, and what it is called; whether the employers are others now."""
        self._database.do("DELETE FROM pool_names WHERE document = ?", order)
        if named:
            sql = "SELECT sort, key FROM document_keys WHERE document = ? AND sort IN ('name', 'holder')"
            keys = [(r["key"],) if r["sort"] == "name" else turns(r["key"]) for r in self._database.rows(sql, order)]
            self._database.add_many(
                "INSERT OR IGNORE INTO pool_names (key, document, backwards) VALUES (?, ?, ?)",
                [(turn, order, turn[::-1]) for each in keys for turn in each],
            )
        before, after = set(self._maybe(order)), set(maybe)
        if before != after:
            self._database.do("DELETE FROM pool_candidates WHERE document = ?", order)
            self._database.add_many(
                "INSERT INTO pool_candidates (employer, document) VALUES (?, ?)", [(n, order) for n in sorted(after)]
            )
            for employer in sorted(before | after):
                self._touch(None, employer)
        return before != after

    def _maybe(self, order: int) -> tuple[int, ...]:
        sql = "SELECT employer FROM pool_candidates WHERE document = ? ORDER BY employer"
        return tuple(row["employer"] for row in self._database.rows(sql, order))

    def _nearly(self, keys: Keys) -> set[int]:
        """The papers in the pool with nearly one of these names."""
        names = [*keys.names, *(turn for holder in keys.holders for turn in turns(holder))]
        asked = (q for name in filter(None, names) for q in neighbours("pool_names", "document", name))
        return {row["document"] for sql, values in asked for row in self._database.rows(sql, *values)}

    def _touch(self, case: str | None, employer: int | None) -> None:
        if case:
            self._database.do("UPDATE cases SET touched = 1 WHERE code = ?", case)
        elif employer:
            self._database.do("UPDATE cases SET touched = 1 WHERE employer = ?", employer)

    def _corrected(self, row: Any, path: str, reading: Reading) -> Document:  # noqa: ANN401
        try:
            return self._kept(row).document.corrected(path, reading)
        except (IndexError, ValueError) as error:
            raise Wrong(f"Paper {row['number']} has no reading “{path}”.", do="Rows count from 1.") from error

    def _keys(self, order: int, document: Document, keys: Keys) -> None:
        self._database.add_many(
            "INSERT INTO document_keys (sort, key, document) VALUES (?, ?, ?)",
            ((sort, key, order) for sort, key in sorted(all_keys(document, keys))),
        )

    def _kept(self, row: Any) -> Kept:  # noqa: ANN401
        machine = document_of(json.loads(row["content"]))
        filing = _findings_of(row["filing"])
        document = replace(machine, findings=(*machine.findings, *filing))
        for path, reading in self._corrections(row["id"]):
            document = document.corrected(path, reading)
        return Kept(
            number=row["number"],
            order=row["id"],
            sha256=row["sha256"],
            submission=f"{row['name']}/{row['part']}" if row["part"] else row["name"],
            inner=row["inner"] or "",
            received=date.fromisoformat(row["received"]),
            document=document,
            machine=machine,
            filing=filing,
            employer=row["employer"] or 0,
            maybe=() if row["employer"] else self._maybe(row["id"]),
            case=row["case_code"] or "",
            settled=self._settled(row["id"]),
            dismissed=bool(row["dismissed"]),
            version=row["version"],
        )

    def _corrections(self, order: int) -> list[tuple[str, Reading]]:
        rows = self._database.rows("SELECT path, reading FROM corrections WHERE document = ? ORDER BY seq", order)
        return [(row["path"], reading_of(_last_name(row["path"]), json.loads(row["reading"]))) for row in rows]

    def _settled(self, order: int) -> frozenset[str]:
        rows = self._database.rows("SELECT code, reading FROM settlements WHERE document = ?", order)
        return frozenset(f"{r['code']}@{r['reading']}" if r["reading"] else r["code"] for r in rows)


def _last_name(path: str) -> str:
    return path.rpartition("].")[2] if "[" in path else path


def _text(shown: object) -> str:
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))


def _findings_text(findings: Iterable[Finding]) -> str:
    return _text([finding_json(f) for f in findings])


def _findings_of(text: str) -> tuple[Finding, ...]:
    return tuple(finding_of(shown) for shown in json.loads(text))
