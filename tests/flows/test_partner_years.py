"""A short one of `tests/tools/partner_years.py`, whose rules hold each made-up day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.tools.partner_years import simulate

if TYPE_CHECKING:
    from pathlib import Path


def test_some_employers_over_some_years_are_right_on_every_day(tmp_path: Path) -> None:
    years = simulate(tmp_path / "office", employers=5, days=1300, seed=3)
    assert {"certificate", "good-standing", "reminder", "overdue", "deficiency"} <= set(years.told)
    years.partner.office.store.close()
