"""What happened to a case, as its standing sees it: days and keys, no paper and no name of an employer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class What(StrEnum):
    """One thing that can happen."""

    OPENED = "opened"
    REGISTERED = "registered"
    """The registration that counts was signed, or came, on `since`."""
    REAPPLIED = "re-applied"
    """A registration came after the certification had ended, or a person said that the case begins again."""
    CAME = "came"
    """A paper other than a registration was filed: the partner has work."""
    ANSWERED = "answered"
    """The case was judged, and nobody of the partner's is asked any more."""
    PARTNERS_TURN = "partner's turn"
    """The employer has sent all that is its own to send; what is missing, the partner must make."""
    CERTIFIED = "certified"
    """A certificate was issued: `number`, `cycle`, from `since` to `until`."""
    GOOD_STANDING = "good standing"
    """A letter of good standing was issued for `year`."""
    EXTENDED = "extended"
    """A person gave time until `until`."""
    LAPSED = "lapsed"
    """A person decided that the certification has lapsed."""
    WITHDRAWN = "withdrawn"
    REINSTATED = "reinstated"
    """A person put it back as it was; there is time until `until`, where that is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One thing that happened, on a day."""

    what: What
    day: date
    since: date | None = None
    until: date | None = None
    year: int = 0
    cycle: int = 0
    number: str = ""
    """Of a certificate."""
    by: str = ""
    reason: str = ""
