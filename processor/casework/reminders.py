"""Which letter a standing calls for on a day, each once: reminders before a deadline, overdue, lapse, decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from processor.casework.clock import later
from processor.casework.standing import Stage
from processor.model import LetterKind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from processor.casework.standing import Owed, Standing


class Notice(NamedTuple):
    """A letter that is called for, and what it says once for ever."""

    kind: LetterKind
    once: str
    first: date
    """The first day on which it is called for: a letter of this kind that was given since then says the same."""


def notice(now: Standing, reminders: Sequence[int], said: Collection[str]) -> Notice | None:
    """What a certified employer is told on the standing's day, and was not yet.

    Nobody is reminded while the partner has the papers in hand. After days without a run only the nearest reminder
    goes out.

    Args:
        now: where the case stands.
        reminders: how many days before a deadline each goes out.
        said: what was said before (`Letters.said`).
    """
    found = _called_for(now, reminders, said)
    return found if found and found.once not in said else None


def next_notice(now: Standing, reminders: Sequence[int]) -> date | None:
    """The next day on which a reminder goes out; nothing when none does."""
    if not now.certificate or now.owed is None:
        return None
    return min((d for n in reminders if (d := later(now.owed.due, -n)) > now.day), default=None)


def _called_for(now: Standing, reminders: Sequence[int], said: Collection[str]) -> Notice | None:
    if not now.certificate:
        return None
    if now.ended:
        kind = LetterKind.LAPSE if now.stage is Stage.LAPSED else LetterKind.WITHDRAWAL
        return Notice(kind, f"{now.cycle} {kind} {now.ended}", now.ended)
    if now.reinstated and (once := f"{now.cycle} reinstatement {now.reinstated}") not in said:
        return Notice(LetterKind.REINSTATEMENT, once, now.reinstated)
    if now.owed is None or now.waits_for_partner:
        return None
    if now.stage is Stage.OVERDUE:
        return Notice(LetterKind.OVERDUE, f"{now.owed.key} overdue", later(now.owed.due, 1))
    return _reminder(now.owed, (now.owed.due - now.day).days, reminders, said)


def _reminder(owed: Owed, left: int, reminders: Sequence[int], said: Collection[str]) -> Notice | None:
    nearest = min((n for n in reminders if left <= n), default=None)
    if nearest is None or any(f"{owed.key} reminder {n}" in said for n in reminders if n <= nearest):
        return None
    return Notice(LetterKind.REMINDER, f"{owed.key} reminder {nearest}", later(owed.due, -nearest))
