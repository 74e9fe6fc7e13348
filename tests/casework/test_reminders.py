from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from processor.casework.reminders import Notice, next_notice, notice
from processor.model import LetterKind
from tests.casework.stories import stands

if TYPE_CHECKING:
    from collections.abc import Collection

YEAR_1 = "2025-09-01 opened; 2026-03-14 certified number=CSAM-2026-0001"
KEY = "1.2 good standing"
DAYS = (90, 60, 30, 7)


def called(text: str, day: str, said: Collection[str] = ()) -> Notice | None:
    return notice(stands(text, day), DAYS, said)


@pytest.mark.parametrize(
    ("day", "said", "once"),
    [
        ("2026-11-29", (), ""),
        ("2026-11-30", (), "90"),
        ("2026-12-29", (), "90"),
        ("2026-12-30", (), "60"),
        ("2026-12-30", ("90",), "60"),
        ("2026-12-30", ("60",), ""),
        ("2027-01-28", ("60",), ""),
        ("2027-01-29", (), "30"),
        ("2027-02-20", ("7",), ""),
        ("2027-02-21", ("30",), "7"),
        ("2027-02-28", (), "7"),
        ("2027-02-28", ("7",), ""),
    ],
)
def test_the_nearest_reminder_goes_out_once(day: str, said: tuple[str, ...], once: str) -> None:
    found = called(YEAR_1, day, {f"{KEY} reminder {n}" for n in said})
    first = date(2027, 2, 28) - timedelta(days=int(once or 0))
    assert found == (Notice(LetterKind.REMINDER, f"{KEY} reminder {once}", first) if once else None)


@pytest.mark.parametrize(
    ("text", "day", "kind", "once"),
    [
        (YEAR_1, "2027-03-01", LetterKind.OVERDUE, f"{KEY} overdue"),
        (YEAR_1, "2029-03-14", LetterKind.LAPSE, "1 lapse 2029-03-14"),
        (f"{YEAR_1}; 2027-05-05 lapsed", "2027-06-01", LetterKind.LAPSE, "1 lapse 2027-05-05"),
        (f"{YEAR_1}; 2026-05-05 withdrawn", "2026-06-01", LetterKind.WITHDRAWAL, "1 withdrawal 2026-05-05"),
        (
            f"{YEAR_1}; 2026-05-05 withdrawn; 2026-05-09 reinstated",
            "2026-06-01",
            LetterKind.REINSTATEMENT,
            "1 reinstatement 2026-05-09",
        ),
    ],
)
def test_what_else_is_told_once(text: str, day: str, kind: LetterKind, once: str) -> None:
    found = called(text, day)
    assert found is not None
    assert (found.kind, found.once) == (kind, once)
    assert found.first <= date.fromisoformat(day)
    assert called(text, day, {once}) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-09-01 opened", "2027-02-25"),
        ("2025-09-01 opened", "2027-03-02"),
        (f"{YEAR_1}; 2027-01-05 came", "2027-02-25"),
        (f"{YEAR_1}; 2027-01-05 came; 2027-01-06 answered; 2027-01-06 partner", "2027-02-25"),
        (f"{YEAR_1}; 2027-05-05 lapsed; 2027-06-01 registered", "2027-06-01"),
    ],
)
def test_who_is_not_certified_or_waits_for_the_partner_is_reminded_of_nothing(text: str, day: str) -> None:
    assert called(text, day) is None


def test_a_case_is_looked_at_on_the_day_of_its_next_reminder() -> None:
    day, found = date(2026, 4, 1), []
    while (after := next_notice(stands(YEAR_1, day.isoformat()), DAYS)) is not None:
        found.append((date(2027, 2, 28) - after).days)
        day = after
    assert found == [90, 60, 30, 7]
    assert next_notice(stands(YEAR_1, (day + timedelta(days=3)).isoformat()), DAYS) is None
    assert next_notice(stands("2025-09-01 opened", "2026-01-01"), DAYS) is None
