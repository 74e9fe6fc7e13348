"""Numbers that are given once each and in order: of letters, certificates and cases."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from processor.store.database import Database

PASSED_OVER = "passed over"
"""The kind of the event that explains a gap: its subject is the number that nothing has."""

_NUMBERS = """
SELECT number FROM letters UNION ALL SELECT certificate FROM letters WHERE certificate IS NOT NULL
UNION ALL SELECT code FROM cases UNION ALL SELECT code FROM free_codes
UNION ALL SELECT number FROM given_out UNION ALL SELECT certificate FROM given_out WHERE certificate IS NOT NULL
UNION ALL SELECT case_code FROM given_out
"""


class Series(NamedTuple):
    """The numbers of one kind: `L-2026`, `CSAM-2026`, or those of the cases, `MB`."""

    name: str
    last: int
    """The last one that was given; 0 for none."""
    missing: tuple[str, ...]
    """From 1 to the last, those that nothing has and no event passes over."""
    beyond: tuple[str, ...]
    """Those that something has and that were never given."""


def series(database: Database) -> Iterator[Series]:
    """Every series, by name."""
    last = {_plain(row["name"]): row["value"] for row in database.rows("SELECT name, value FROM counters")}
    last.pop("letters", None)  # counts places, not numbers
    have = _grouped(row["number"] for row in database.rows(_NUMBERS))
    over = _grouped(row["subject"] for row in database.rows("SELECT subject FROM events WHERE kind = ?", PASSED_OVER))
    for name in sorted(last.keys() | have.keys()):
        given = range(1, last.get(name, 0) + 1)
        known = have[name].keys() | over[name].keys()
        width = len(next(iter(have[name].values()), "").rpartition("-")[2])
        yield Series(
            name=name,
            last=last.get(name, 0),
            missing=tuple(f"{name}-{n:0{width}d}" for n in given if n not in known),
            beyond=tuple(number for n, number in sorted(have[name].items()) if n not in given),
        )


def parts(number: str) -> tuple[str, int]:
    """A number as its series and its place in it; place 0 for what is none."""
    name, _, place = number.rpartition("-")
    return name, int(place) if place.isdecimal() else 0


def _grouped(numbers: Iterable[str]) -> defaultdict[str, dict[int, str]]:
    found: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for number in numbers:
        name, place = parts(number)
        found[name][place] = number
    return found


def _plain(counter: str) -> str:
    return counter.removeprefix("case ")
