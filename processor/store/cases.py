"""Cases: opened once, touched by whatever comes for them, judged once for each touch."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from processor.contract import question_json, question_of, verdict_json, verdict_of
from processor.errors import Wrong
from processor.model import Case, Filed, Kind
from processor.store.keys import auditor_keys
from processor.store.papers import Papers
from processor.store.register import Register
from processor.store.values import Asked, Summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from processor.model import Question, Verdict
    from processor.store.database import Database
    from processor.store.events import Events


class Cases:
    """One employer in one program, each."""

    def __init__(self, database: Database, events: Events) -> None:
        self._database = database
        self._events = events
        self._papers = Papers(database, events)
        self._register = Register(database, events)

    def open(self, employer: int, program: str, day: date, *, prefix: str) -> str:
        """The code of the employer's case in the program, `MB-0001`; opened when there is none. Touches it."""
        with self._database.transaction():
            row = self._database.row("SELECT code FROM cases WHERE employer = ? AND program = ?", employer, program)
            if row:
                self.touch(row["code"])
                return str(row["code"])
            code = self._code(employer, prefix)
            self._database.add(
                "INSERT INTO cases (code, employer, program, opened, touched, rounds, verdicts)"
                " VALUES (?, ?, ?, ?, 1, 0, '[]')",
                code,
                employer,
                program,
                day.isoformat(),
            )
            self._events.add("opened", day, case=code, employer=employer, program=program)
        return code

    def case(self, code: str) -> Case:
        """The case with all its papers, corrected, and the registrations of the auditors that its audits name.

        Raises:
            Wrong: there is no case of that code.
        """
        row = self._row(code)
        papers = self._papers.of_case(code)
        audits = [p.document for p in papers if p.document.kind is Kind.AUDIT]
        return Case(
            code=code,
            program=row["program"],
            employer=self._register.employer(row["employer"]),
            opened=date.fromisoformat(row["opened"]),
            documents=tuple(
                Filed(
                    number=p.number,
                    submission=p.submission,
                    received=p.received,
                    order=p.order,
                    document=p.document,
                    settled=p.settled,
                )
                for p in papers
            ),
            auditors=self._register.auditors(key for audit in audits for key in auditor_keys(audit)),
        )

    def of_employer(self, employer: int) -> dict[str, str]:
        """The code of the employer's case in each program, in the order in which they were opened."""
        rows = self._database.rows("SELECT program, code FROM cases WHERE employer = ? ORDER BY rowid", employer)
        return {row["program"]: row["code"] for row in rows}

    def touched(self) -> tuple[str, ...]:
        """The codes of the cases that something came for since they were judged."""
        return tuple(
            row["code"] for row in self._database.rows("SELECT code FROM cases WHERE touched = 1 ORDER BY code")
        )

    def touch(self, code: str) -> None:
        """Have a case judged again."""
        with self._database.transaction():
            self._database.do("UPDATE cases SET touched = 1 WHERE code = ?", code)

    def judged(
        self,
        code: str,
        day: date,
        *,
        verdicts: Iterable[Verdict],
        questions: Iterable[Question] = (),
        tells: Mapping[str, str] | None = None,
    ) -> None:
        """Keep what the case came to, in the transaction in which it was read; it is touched no more.

        The questions replace those before; one that was open already keeps its age. What else is told (days and
        codes) stands in the event.
        """
        verdicts, questions = tuple(verdicts), tuple(questions)
        with self._database.transaction():
            self._row(code)
            self._database.do(
                "UPDATE cases SET touched = 0, rounds = rounds + 1, judged = ?, verdicts = ? WHERE code = ?",
                day.isoformat(),
                json.dumps([verdict_json(v) for v in verdicts], ensure_ascii=False),
                code,
            )
            self._ask(code, day, questions)
            answers = {v.requirement: v.answer.value for v in verdicts}
            self._events.add("judged", day, case=code, answers=answers, questions=len(questions), **(tells or {}))

    def next_round(self, code: str) -> None:
        """Begin a round of letters without judging: what is owed now follows from a day or a decision."""
        with self._database.transaction():
            self._row(code)
            self._database.do("UPDATE cases SET rounds = rounds + 1 WHERE code = ?", code)

    def verdicts(self, code: str) -> tuple[Verdict, ...]:
        """What the case came to when it was last judged; none before that. Raises `Wrong` for an unknown case."""
        return tuple(verdict_of(shown) for shown in json.loads(self._row(code)["verdicts"]))

    def questions(self, code: str = "") -> tuple[Asked, ...]:
        """The open questions of one case or of all: the review queue, oldest first."""
        rows = self._database.rows(
            "SELECT case_code, content, since FROM questions WHERE ? = '' OR case_code = ? ORDER BY since, id",
            code,
            code,
        )
        return tuple(
            Asked(
                case=row["case_code"],
                question=question_of(json.loads(row["content"])),
                since=date.fromisoformat(row["since"]),
            )
            for row in rows
        )

    def summary(self, code: str) -> Summary:
        """One case at a glance. Raises `Wrong` for an unknown case."""
        return self._summary(self._row(code))

    def summaries(self, like: str = "") -> tuple[Summary, ...]:
        """Cases by code; those alone whose code, account or employer's name holds the text."""
        # instr, not LIKE: a percent sign in a name is a percent sign
        columns = ("c.code", "e.legal_name", "e.operating_name", "e.account")
        holds = " OR ".join(f"instr(lower({column}), lower(?))" for column in columns)
        rows = self._database.rows(
            f"SELECT c.* FROM cases c JOIN employers e ON e.number = c.employer WHERE {holds} ORDER BY c.code",
            *[like] * len(columns),
        )
        return tuple(map(self._summary, rows))

    def _code(self, employer: int, prefix: str) -> str:
        """The next code; after a rebuild the one that stands on the employer's letters, else one that lay between."""
        known = self._database.row(
            "SELECT g.case_code FROM employers e JOIN given_out g ON g.employer = e.legal_name WHERE e.number = ?"
            " AND g.employer <> '' AND g.case_code LIKE ? AND NOT EXISTS (SELECT 1 FROM cases WHERE code = g.case_code)"
            " ORDER BY g.number LIMIT 1",
            employer,
            f"{prefix}-%",
        )
        if known:
            return str(known["case_code"])
        free = self._database.row("SELECT code FROM free_codes WHERE prefix = ? ORDER BY code LIMIT 1", prefix)
        if free:
            self._database.do("DELETE FROM free_codes WHERE code = ?", free["code"])
            return str(free["code"])
        return f"{prefix}-{self._database.count(f'case {prefix}'):04d}"

    def _row(self, code: str) -> Any:  # noqa: ANN401 - SQL comes in here
        row = self._database.row("SELECT * FROM cases WHERE code = ?", code)
        if row is None:
            raise Wrong(f"There is no case {code}.", do="`secor status` lists the cases.")
        return row

    def _summary(self, row: Any) -> Summary:  # noqa: ANN401
        code = row["code"]
        asked = self._database.row("SELECT count(*) AS many FROM questions WHERE case_code = ?", code)
        last = self._database.row("SELECT kind, day FROM letters WHERE case_code = ? ORDER BY place DESC LIMIT 1", code)
        return Summary(
            code=code,
            program=row["program"],
            employer=self._register.employer(row["employer"]),
            opened=date.fromisoformat(row["opened"]),
            judged=date.fromisoformat(row["judged"]) if row["judged"] else None,
            touched=bool(row["touched"]),
            questions=asked["many"] if asked else 0,
            letter=last["kind"] if last else "",
            lettered=date.fromisoformat(last["day"]) if last else None,
        )

    def _ask(self, code: str, day: date, questions: tuple[Question, ...]) -> None:
        before = self._database.rows("SELECT document, code, reading, since FROM questions WHERE case_code = ?", code)
        since = {tuple(row)[:3]: row["since"] for row in before}
        self._database.do("DELETE FROM questions WHERE case_code = ?", code)
        for q in questions:
            self._database.add(
                "INSERT OR IGNORE INTO questions (case_code, document, code, reading, content, since)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                code,
                q.document,
                q.code,
                q.reading,
                json.dumps(question_json(q), ensure_ascii=False),
                since.get((q.document, q.code, q.reading), day.isoformat()),
            )
