"""What was said before, and whether a new letter would say the same again."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, cast

from processor.letters.words import ENGLISH

if TYPE_CHECKING:
    from processor.model import Letter, LetterKind, Line

_DAYS = re.compile(rf"\d{{4}}-\d{{2}}-\d{{2}}|(?:{'|'.join(ENGLISH.months)}) \d{{1,2}}, \d{{4}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A letter that the case was sent before."""

    kind: LetterKind
    fingerprint: str
    day: date
    number: str
    """The letter's number; a certificate's own number for a certificate."""
    papers: tuple[str, ...] = ()
    """The documents that it knew, as `Filed.number`."""
    since: date | None = None
    """For a certificate: the day of certification."""
    until: date | None = None
    """For a certificate: its last day."""
    cycle: int = 0
    """For a certificate and a letter of good standing: which three years, from 1."""
    year: int = 0
    """For these: which year of the three they answer."""

    @classmethod
    def of(cls, letter: Letter) -> Earlier:
        """From a letter as it is kept; the store's own copy of the fingerprint is the same."""
        data = letter.data
        life = cast(dict[str, int], data.get("life") or {})
        return cls(
            kind=letter.kind,
            fingerprint=fingerprint(letter),
            day=letter.day,
            number=str(data["certificate"] or data["number"]),
            papers=tuple(cast(list[str], data["papers"])),
            since=_day(data.get("certified_on")),
            until=_day(data.get("valid_until")),
            cycle=life.get("cycle", 0),
            year=life.get("year", 0),
        )


def fingerprint(letter: Letter) -> str:
    """What a letter says, as 64 hexadecimal characters: the same on any day, under any number.

    Days inside a sentence do not count, since a sentence may name the day of judging; days that were read stand in
    the evidence and do. Lines without a requirement (deadline, thanks, address) do not count either. A certificate and
    a letter of good standing say who is certified in what, for which years, and nothing else.
    """
    whole = letter.data.get("says")
    said = whole or [_said(line) for line in letter.lines if line.requirement]
    text = json.dumps([letter.kind.value, said], ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()


def _day(written: object) -> date | None:
    return date.fromisoformat(str(written)) if written else None


def _said(line: Line) -> list[object]:
    places = [[e.document, e.reading, e.value] for e in line.evidence]
    return [line.requirement, line.reference, _DAYS.sub("…", line.text), places]
