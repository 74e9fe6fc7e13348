"""What happened, in order, for good: rows that are only ever added, each carrying the hash of the one before."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from processor.store.values import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processor.store.database import Database

_ALL = "SELECT seq, day, at, kind, case_code, subject, detail, previous, hash FROM events"


class Events:
    """The trail. Details are keys, codes, counts and names of staff; never what a paper says."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, kind: str, day: date, *, case: str = "", subject: str = "", **detail: object) -> None:
        """Say that something happened, as part of the change that it tells of."""
        with self._database.transaction():
            last = self._database.row("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1")
            seq, previous = (last["seq"] + 1, last["hash"]) if last else (1, "")
            at = self._database.now().isoformat(timespec="seconds")
            said = json.dumps(detail, ensure_ascii=False, sort_keys=True)
            told = (seq, day.isoformat(), at, kind, case, subject, said, previous)
            self._database.add("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", *told, _hash(told))

    def of_case(self, code: str) -> tuple[Event, ...]:
        """Everything that happened to a case, oldest first."""
        return tuple(
            map(_event, self._database.rows(f"{_ALL} WHERE case_code = ? AND case_code <> '' ORDER BY seq", code))
        )

    def of_subject(self, subject: str) -> tuple[Event, ...]:
        """Everything that happened to one paper, letter, submission (twelve characters) or employer."""
        return tuple(
            map(_event, self._database.rows(f"{_ALL} WHERE subject = ? AND subject <> '' ORDER BY seq", subject))
        )

    def since(self, seq: int = 0, *, at_most: int = 1000) -> tuple[Event, ...]:
        """The events after that one, oldest first, so many at a time."""
        return self._told("seq > ? ORDER BY seq LIMIT ?", seq, at_most)

    def latest(self, kind: str) -> Event | None:
        """The last event of a kind; `None` when there is none."""
        found = self._told("kind = ? ORDER BY seq DESC LIMIT 1", kind)
        return found[0] if found else None

    def faults(self) -> tuple[str, ...]:
        """Where the chain is broken, in sentences; empty when nobody touched it."""
        found: list[str] = []
        previous, expected = "", 1
        for row in self._walk():
            if row["previous"] != previous or row["seq"] != expected or row["hash"] != _hash(tuple(row)[:-1]):
                found.append(f"Event {row['seq']} does not follow from the one before: the trail was changed.")
            previous, expected = row["hash"], row["seq"] + 1
        return tuple(found)

    def _told(self, where: str, *values: object) -> tuple[Event, ...]:
        return tuple(map(_event, self._database.rows(f"{_ALL} WHERE {where}", *values)))

    def _walk(self) -> Iterator[Any]:
        seq = 0
        while rows := self._database.rows(f"{_ALL} WHERE seq > ? ORDER BY seq LIMIT 5000", seq):
            yield from rows
            seq = rows[-1]["seq"]


def _hash(told: tuple[object, ...]) -> str:
    return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _event(row: Any) -> Event:  # noqa: ANN401 - SQL comes in here
    return Event(
        seq=row["seq"],
        day=date.fromisoformat(row["day"]),
        at=row["at"],
        kind=row["kind"],
        case=row["case_code"],
        subject=row["subject"],
        detail=json.loads(row["detail"]),
        previous=row["previous"],
        hash=row["hash"],
    )
