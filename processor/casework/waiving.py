"""Waivers: one requirement of one case that a person lets go until a day, with the reason; never silently."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from processor.model import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from processor.model import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """What a person decided."""

    requirement: str
    since: date
    until: date
    by: str
    reason: str


def waive(verdicts: Iterable[Verdict], waivers: Iterable[Waiver], day: date) -> tuple[Verdict, ...]:
    """The verdicts, with what is waived on a day met, and saying so; what it would be stands in the notes.

    Args:
        verdicts: of all requirements.
        waivers: of the case, in the order in which they were given; the last of a requirement counts.
        day: of the decision.
    """
    in_force = {w.requirement: w for w in waivers if w.since <= day <= w.until}
    return tuple(_waived(v, in_force.get(v.requirement)) for v in verdicts)


def _waived(verdict: Verdict, waiver: Waiver | None) -> Verdict:
    if waiver is None or verdict.answer is Answer.MET:
        return verdict
    return replace(
        verdict,
        answer=Answer.MET,
        because=f"Waived until {waiver.until}.",
        received=True,
        waived=True,
        shortfalls=(),
        questions=(),
        notes=(f"Waived by {waiver.by} ({waiver.reason}); else: {verdict.because}", *verdict.notes),
    )
