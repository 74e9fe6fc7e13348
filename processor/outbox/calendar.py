"""Days as an iCalendar file (RFC 5545): whole days, the same entries give the same bytes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

_LONGEST = 73
"""Octets of a line before it is folded; the standard allows 75 with the blank that continues one."""


class Entry(NamedTuple):
    """One whole day in a calendar."""

    uid: str
    """The same for the same matter, so that a calendar replaces it when the day moves."""
    day: date
    title: str
    says: str


def calendar(entries: Iterable[Entry], made: date) -> bytes:
    """An iCalendar file. `made` stands as the time stamp of each entry."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//SECOR Processor//secor due//EN", "CALSCALE:GREGORIAN"]
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(entry.uid)}",
            f"DTSTAMP:{made:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(entry.title)}",
            f"DESCRIPTION:{_text(entry.says)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _text(text: str) -> str:
    plain = "".join(c if c.isprintable() else " " for c in text)
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> Iterator[str]:
    part = ""
    for character in line:
        if len((part + character).encode()) > _LONGEST:
            yield part
            part = " "
        part += character
    yield part
