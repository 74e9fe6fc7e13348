"""The register: employers, the people on their rosters, registered auditors; every look-up by index."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from processor.errors import Wrong
from processor.model import Employer, Registration
from processor.store.keys import plain_key
from processor.store.near import neighbours, turns
from processor.store.values import Known

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from processor.store.database import Database
    from processor.store.events import Events
    from processor.store.values import Keys

_COLUMNS = tuple(f.name for f in fields(Employer) if f.name not in ("number", "workers"))
_MANY = 30
"""So many employers of one postal code, or with one name on the roster, are enough to choose from."""


class Register:
    """Who the papers are about."""

    def __init__(self, database: Database, events: Events) -> None:
        self._database = database
        self._events = events

    def enter(
        self,
        employer: Employer,
        day: date,
        *,
        names: Iterable[str],
        workers: Sequence[tuple[str, str]] | None = None,
        document: str = "",
    ) -> int:
        """Enter a new employer (number 0), or put what is known of one up to date; its number.

        All its cases are touched when anything changed.

        Args:
            employer: all that the register shall say; `workers` in it is not looked at.
            day: on which it is entered.
            names: folded legal and operating names; earlier ones stay, since old papers carry them.
            workers: the latest roster as (name, folded name), which replaces the one before; `None` leaves it.
            document: the paper that says so.

        Raises:
            Wrong: another employer has that account in that province; or there is no employer of that number.
        """
        with self._database.transaction():
            before = self.employer(employer.number) if employer.number else None
            self._refuse_second(employer)
            number = self._write(employer)
            self._add_names(number, names)
            if workers is not None:
                self._replace_workers(number, workers)
            if before != self.employer(number):
                self._database.do("UPDATE cases SET touched = 1 WHERE employer = ?", number)
                kind = "employer entered" if before is None else "employer changed"
                self._events.add(kind, day, subject=str(number), document=document)
        return number

    def employer(self, number: int) -> Employer:
        """The employer of that number. Raises `Wrong` when there is none."""
        found = self._known([number])
        if not found:
            raise Wrong(f"There is no employer {number}.", do="`secor status` lists them.")
        return found[0].employer

    def candidates(self, keys: Keys) -> tuple[Known, ...]:
        """The employers that a paper may be about: same account, same name, a person on the roster, or nearly.

        Nearly is the same postal code, or a name that begins or ends alike (`near.neighbours`), a company's or a
        person's, so many and no more however long the register is. The order is the register's.
        """
        numbers: set[int] = set()
        for sql, values in self._lookups(keys):
            numbers.update(row[0] for row in self._database.rows(sql, *values))
        return self._known(sorted(numbers))

    def _lookups(self, keys: Keys) -> Iterable[tuple[str, tuple[object, ...]]]:
        if keys.account:
            # the index leaves the empty ones out, so the question must too
            yield "SELECT number FROM employers WHERE account = ? AND account <> ''", (keys.account,)
        for name in filter(None, keys.names):
            yield from neighbours("employer_names", "employer", name)
        for holder in filter(None, keys.holders):
            yield f"SELECT DISTINCT employer FROM workers WHERE key = ? LIMIT {_MANY}", (holder,)
            for name in turns(holder):
                yield from neighbours("worker_names", "employer", name)
        if keys.postal_code and keys.names:
            same_code = "SELECT number FROM employers WHERE postal_code = ? AND postal_code <> ''"
            yield f"{same_code} LIMIT {_MANY}", (keys.postal_code,)

    def _known(self, numbers: Sequence[int]) -> tuple[Known, ...]:
        wanted = json.dumps(list(numbers))
        these = "(SELECT value FROM json_each(?))"
        workers: dict[int, list[str]] = {number: [] for number in numbers}
        programs: dict[int, list[str]] = {number: [] for number in numbers}
        for row in self._database.rows(
            f"SELECT employer, name FROM workers WHERE employer IN {these} ORDER BY employer, place", wanted
        ):
            workers[row["employer"]].append(row["name"])
        for row in self._database.rows(
            f"SELECT employer, program FROM cases WHERE employer IN {these} ORDER BY employer, code", wanted
        ):
            programs[row["employer"]].append(row["program"])
        rows = self._database.rows(f"SELECT * FROM employers WHERE number IN {these} ORDER BY number", wanted)
        return tuple(
            Known(_employer(row, tuple(workers[row["number"]])), tuple(programs[row["number"]])) for row in rows
        )

    def _refuse_second(self, employer: Employer) -> None:
        other = self._database.row(
            "SELECT number FROM employers WHERE account <> '' AND account = ? AND province = ? AND number <> ?",
            employer.account,
            employer.province,
            employer.number,
        )
        if other:
            raise Wrong(
                f"Employer {other['number']} has the account {employer.account} already.",
                do="Say whether the two are one.",
            )

    def _write(self, employer: Employer) -> int:
        row = [getattr(employer, name) for name in _COLUMNS]
        if employer.number:
            assigned = ", ".join(f"{name} = ?" for name in _COLUMNS)
            self._database.do(f"UPDATE employers SET {assigned} WHERE number = ?", *row, employer.number)
            return employer.number
        marks = ", ".join("?" for _ in _COLUMNS)
        return self._database.add(f"INSERT INTO employers ({', '.join(_COLUMNS)}) VALUES ({marks})", *row)

    def _add_names(self, number: int, names: Iterable[str]) -> None:
        self._database.add_many(
            "INSERT OR IGNORE INTO employer_names (key, employer, backwards) VALUES (?, ?, ?)",
            [(name, number, name[::-1]) for name in names if name],
        )

    def _replace_workers(self, number: int, workers: Sequence[tuple[str, str]]) -> None:
        self._database.do("DELETE FROM workers WHERE employer = ?", number)
        self._database.add_many(
            "INSERT INTO workers (employer, place, name, key) VALUES (?, ?, ?, ?)",
            [(number, place, name, key) for place, (name, key) in enumerate(workers, start=1)],
        )
        self._database.do("DELETE FROM worker_names WHERE employer = ?", number)
        self._database.add_many(
            "INSERT OR IGNORE INTO worker_names (key, employer, backwards) VALUES (?, ?, ?)",
            [(turn, number, turn[::-1]) for _, key in workers for turn in turns(key) if turn],
        )

    # ------------------------------------------------------------ auditors

    def import_auditors(self, registrations: Iterable[Registration], day: date) -> int:
        """Keep registrations as events; how many are new. Cases whose audits name one of the new are touched.

        The same number from the same day replaces what was known of it, such as an extended `until`.
        """
        new = 0
        with self._database.transaction():
            for registration in registrations:
                new += self._import_auditor(registration)
            self._events.add("auditors imported", day, new=new)
        return new

    def auditors(self, keys: Iterable[str] | None = None) -> tuple[Registration, ...]:
        """Registrations of the auditors with these numbers or names, or of all, by number and day."""
        all_of = "SELECT DISTINCT a.number, a.name, a.since, a.until FROM auditors a"
        if keys is None:
            rows = self._database.rows(f"{all_of} ORDER BY a.number, a.since")
            return tuple(map(_registration, rows))
        found: set[Registration] = set()
        for key in keys:
            sql = f"{all_of} JOIN auditor_keys k USING (number, since) WHERE k.key = ?"
            found.update(map(_registration, self._database.rows(sql, plain_key(key))))
        return tuple(sorted(found, key=lambda r: (r.number, r.since)))

    def _import_auditor(self, registration: Registration) -> bool:
        number, since = registration.number, registration.since.isoformat()
        row = (number, since, registration.until.isoformat(), registration.name)
        known = self._database.row("SELECT * FROM auditors WHERE number = ? AND since = ?", number, since)
        if known and tuple(known) == row:
            return False
        self._database.add("INSERT OR REPLACE INTO auditors (number, since, until, name) VALUES (?, ?, ?, ?)", *row)
        for key in {plain_key(number), plain_key(registration.name)} - {""}:
            self._database.add("INSERT OR IGNORE INTO auditor_keys VALUES (?, ?, ?)", key, number, since)
            self._database.do(
                "UPDATE cases SET touched = 1 WHERE code IN (SELECT d.case_code FROM document_keys k"
                " JOIN documents d ON d.id = k.document WHERE k.sort = 'auditor' AND k.key = ?)",
                key,
            )
        return known is None


def _employer(row: Any, workers: tuple[str, ...]) -> Employer:  # noqa: ANN401 - SQL comes in here
    return Employer(number=row["number"], workers=workers, **{name: row[name] for name in _COLUMNS})


def _registration(row: Any) -> Registration:  # noqa: ANN401 - SQL comes in here
    since, until = date.fromisoformat(row["since"]), date.fromisoformat(row["until"])
    return Registration(name=row["name"], number=row["number"], since=since, until=until)
