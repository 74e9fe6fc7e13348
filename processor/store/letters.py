"""Letters: owed in the transaction that decides them, then written, then sent; numbered without a gap."""

from __future__ import annotations

import json
import secrets
from datetime import date
from hashlib import sha256 as _sha256
from typing import TYPE_CHECKING, Any

from processor.contract import letter_json, letter_of
from processor.errors import Wrong
from processor.store.values import Listed, Post, Posted

if TYPE_CHECKING:
    from processor.model import Letter, LetterKind
    from processor.store.database import Database
    from processor.store.events import Events
    from processor.store.values import GivenOut


class Letters:
    """What the office owes and has given out."""

    def __init__(self, database: Database, events: Events) -> None:
        self._database = database
        self._events = events

    def next_number(self, day: date) -> str:
        """The number that the next letter will have, `L-2026-000123`: reserved while the transaction lasts."""
        name = f"L-{day.year}"
        return f"{name}-{self._next(name):06d}"

    def next_certificate(self, short: str, day: date) -> str:
        """The number that the next certificate will have, `CSAM-2026-0001`: reserved while the transaction lasts."""
        name = f"{short}-{day.year}"
        return f"{name}-{self._next(name):04d}"

    def owe(self, letter: Letter, *, number: str, fingerprint: str, certificate: str = "", once: str = "") -> None:
        """Owe a letter, in the transaction that also marks its case judged; the numbers are used up.

        Args:
            letter: everything that printing needs.
            number: from `next_number`, in this transaction.
            fingerprint: of what it says; two letters that say the same have the same.
            certificate: from `next_certificate`, in this transaction; empty for other letters.
            once: what this letter says and no other of the case ever may, as `1.2 good standing reminder 30`.

        Raises:
            Wrong: it was said once, a number is not the next one, or it is a second letter of that kind in one round.
        """
        with self._database.transaction():
            for taken in filter(None, (number, certificate)):
                self._take(taken)
            self._add(letter, number, fingerprint, certificate, once)

    def take_up(self, given: GivenOut, letter: Letter, *, fingerprint: str, day: date, once: str = "") -> None:
        """Owe a letter that lies in the outbox already, found there after a restore: its number is used, it is written.

        In the transaction that also marks its case judged. Raises `Wrong` as `owe` does.
        """
        with self._database.transaction():
            self._add(letter, given.number, fingerprint, given.certificate, once)
            self.written(given.number, day, path=given.path, sha256=given.sha256)

    def _add(self, letter: Letter, number: str, fingerprint: str, certificate: str, once: str) -> None:
        content = json.dumps(letter_json(letter), ensure_ascii=False)
        self._refuse_second(letter)
        self._database.add(
            "INSERT INTO letters (number, place, case_code, round, kind, day, certificate, fingerprint, content,"
            " post, path, sha256) VALUES (?, ?, ?, (SELECT rounds FROM cases WHERE code = ?), ?, ?, ?, ?, ?,"
            " 'owed', '', '')",
            number,
            self._database.count("letters"),
            letter.case,
            letter.case,
            letter.kind.value,
            letter.day.isoformat(),
            certificate or None,
            fingerprint,
            content,
        )
        salt = secrets.token_hex(16)
        self._database.add("INSERT INTO salts (letter, salt) VALUES (?, ?)", number, salt)
        detail = {"kind": letter.kind.value, "certificate": certificate, "says": salted(salt, content)}
        life = letter.data.get("life")
        detail |= life if isinstance(life, dict) else {}
        if once:
            self._say_once(letter.case, once, number)
        self._events.add("owed", letter.day, case=letter.case, subject=number, letter=detail)

    def said(self, code: str) -> frozenset[str]:
        """What was said to a case that is never said again."""
        rows = self._database.rows("SELECT key FROM said_once WHERE case_code = ?", code)
        return frozenset(row["key"] for row in rows)

    def owed(self) -> tuple[Posted, ...]:
        """Letters that are owed and not yet written, in the order in which they were owed."""
        return self._posted("WHERE post = 'owed' ORDER BY place")

    def written(self, number: str, day: date, *, path: str, sha256: str) -> None:
        """Note that the letter lies in the outbox for good. Saying the same again changes nothing.

        Raises:
            Wrong: no such letter; or it was written before, elsewhere or with other bytes.
        """
        with self._database.transaction():
            before = self.letter(number)
            if (before.path, before.sha256) == (path, sha256):
                return
            if before.post is not Post.OWED:
                raise Wrong(f"Letter {number} was written before, with other bytes.", do="Keep the one given out.")
            self._database.do(
                "UPDATE letters SET post = 'written', path = ?, sha256 = ? WHERE number = ?", path, sha256, number
            )
            self._events.add("written", day, case=before.case, subject=number, sha256=sha256)

    def sent(self, number: str, day: date, *, by: str = "") -> None:
        """Note that a written letter was sent. Saying it again changes nothing. Raises `Wrong` before it is written."""
        with self._database.transaction():
            before = self.letter(number)
            if before.post is Post.OWED:
                raise Wrong(f"Letter {number} is not written yet.", do="Run `secor run` first.")
            if self._database.do("UPDATE letters SET post = 'sent' WHERE number = ? AND post = 'written'", number):
                self._events.add("sent", day, case=before.case, subject=number, by=by)

    def letter(self, number: str) -> Posted:
        """The letter of that number, or the certificate. Raises `Wrong` when there is none."""
        found = self._posted("WHERE number = ? OR certificate = ?", number, number)
        if not found:
            raise Wrong(f"There is no letter {number}.", do="`secor status` lists the letters of a case.")
        return found[0]

    def of_case(self, code: str) -> tuple[Posted, ...]:
        """Every letter of a case, oldest first."""
        return self._posted("WHERE case_code = ? ORDER BY place", code)

    def latest(self, code: str, kind: LetterKind | None = None) -> Posted | None:
        """The last letter of a case, or the last of one kind; `None` when there is none."""
        wanted = kind.value if kind else None
        found = self._posted(
            "WHERE case_code = ? AND (? IS NULL OR kind = ?) ORDER BY place DESC LIMIT 1", code, wanted, wanted
        )
        return found[0] if found else None

    def listed(self, day: date) -> tuple[Listed, ...]:
        """A day's written and sent letters, in their order: its manifest. What they say stays in the store."""
        rows = self._database.rows(
            "SELECT l.number, l.case_code, l.kind, l.certificate, e.legal_name, l.path, l.sha256 FROM letters l"
            " JOIN cases c ON c.code = l.case_code JOIN employers e ON e.number = c.employer"
            " WHERE l.day = ? AND l.post <> 'owed' ORDER BY l.place",
            day.isoformat(),
        )
        found = self._database.rows(
            "SELECT number, case_code, kind, certificate, employer, path, sha256 FROM given_out g WHERE day = ?"
            " AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.number = g.number) ORDER BY number",
            day.isoformat(),
        )
        rows = sorted((*rows, *found), key=lambda row: row["number"]) if found else rows
        return tuple(Listed(*row) for row in rows)

    def last_day(self) -> tuple[date, ...]:
        """The day of the last letter; none where there is none."""
        row = self._database.row("SELECT day FROM letters ORDER BY place DESC LIMIT 1")
        return (date.fromisoformat(row["day"]),) if row else ()

    def every(self) -> tuple[Posted, ...]:
        """Every letter there is, oldest first. For replay and balance, not for every paper."""
        return self._posted("ORDER BY place")

    def _posted(self, where: str, *values: object) -> tuple[Posted, ...]:
        return tuple(map(_posted, self._database.rows(f"SELECT * FROM letters {where}", *values)))

    def _next(self, name: str) -> int:
        if not self._database.in_transaction:
            raise Wrong("A number is reserved inside a transaction only.", do="Ask for it where the letter is owed.")
        row = self._database.row("SELECT value FROM counters WHERE name = ?", name)
        return row["value"] + 1 if row else 1

    def _take(self, number: str) -> None:
        name, _, last = number.rpartition("-")
        if self._next(name) != int(last):
            raise Wrong(f"{number} is not the next number.", do="Ask for it in the transaction that owes the letter.")
        self._database.count(name)

    def _say_once(self, code: str, key: str, number: str) -> None:
        before = self._database.row("SELECT letter FROM said_once WHERE case_code = ? AND key = ?", code, key)
        if before:
            raise Wrong(f"Letter {before['letter']} says so already: {key}.", do="It is said once.")
        self._database.add("INSERT INTO said_once (case_code, key, letter) VALUES (?, ?, ?)", code, key, number)

    def _refuse_second(self, letter: Letter) -> None:
        second = self._database.row(
            "SELECT l.number FROM letters l JOIN cases c ON c.code = l.case_code AND c.rounds = l.round"
            " WHERE c.code = ? AND l.kind = ?",
            letter.case,
            letter.kind.value,
        )
        if second:
            raise Wrong(f"Case {letter.case} is owed letter {second['number']} already.", do="Judge it again first.")


def salted(salt: str, content: str) -> str:
    """What an event keeps of a letter: it proves the words while the salt is kept, and tells nothing without it."""
    return _sha256(f"{salt}{content}".encode()).hexdigest()


def _posted(row: Any) -> Posted:  # noqa: ANN401 - SQL comes in here
    return Posted(
        number=row["number"],
        case=row["case_code"],
        letter=letter_of(json.loads(row["content"])),
        fingerprint=row["fingerprint"],
        certificate=row["certificate"] or "",
        post=Post(row["post"]),
        path=row["path"],
        sha256=row["sha256"],
    )
