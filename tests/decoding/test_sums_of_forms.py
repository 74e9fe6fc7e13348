"""A form's readings are handed over by their names, and come back by them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from processor.decoding.audit_cells import settled
from processor.forms.form import Form, Item, Section
from processor.model import Kind

if TYPE_CHECKING:
    from processor.decoding.audits import Number


def item(number: str, points: int) -> Item:
    return Item(number=number, text="", points=points)


FORM = Form(
    name="small-audit",
    title="Audit",
    version="1",
    kind=Kind.AUDIT,
    pages=(),
    sections=(
        Section(number=1, name="Policy", items=(item("1.1", 4), item("1.2", 5))),
        Section(number=2, name="Rules", items=(item("2.1", 3), item("2.2", 2))),
    ),
)


def said() -> dict[str, dict[Number, float]]:
    """9 of 9; 1 of 3, as 2.2 is not applicable: 10 of 12."""
    values: dict[str, Number | None] = {
        "items[1].awarded": 4,
        "items[1].not_applicable": False,
        "items[2].awarded": 5,
        "items[2].not_applicable": False,
        "items[3].awarded": 1,
        "items[3].not_applicable": False,
        "items[4].awarded": None,
        "items[4].not_applicable": True,
        "sections[1].not_applicable": None,
        "sections[1].possible": 9,
        "sections[1].awarded": 9,
        "sections[1].percent": 100,
        "sections[2].not_applicable": 2,
        "sections[2].possible": 3,
        "sections[2].awarded": 1,
        "sections[2].percent": Decimal("33.3"),
        "total_possible": 12,
        "total_awarded": 10,
        "overall_percent": Decimal("83.3"),
    }
    return {name: {} if value is None else {value: 0.9999} for name, value in values.items()}


def test_what_was_said_comes_back_and_nothing_else() -> None:
    given = said()
    found = settled(FORM, given)
    assert found.differ == ()
    assert set(found.cells) == {name for name, values in given.items() if values}
    assert all(cell.value in given[name] and cell.posterior > 0.999 for name, cell in found.cells.items())


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("items[3].awarded", 1, 2),
        ("sections[2].awarded", 1, 7),
        ("total_awarded", 10, 16),
        ("overall_percent", Decimal("83.3"), Decimal("88.3")),
        ("items[4].not_applicable", True, False),
    ],
)
def test_a_misread_is_put_right_by_the_sums_around_it(name: str, right: Number, wrong: Number) -> None:
    found = settled(FORM, {**said(), name: {wrong: 0.7, right: 0.25}})
    assert (found.cells[name].value, found.cells[name].moved, found.differ) == (right, True, ())


def test_an_empty_box_for_points_not_applicable_says_none() -> None:
    found = settled(FORM, {**said(), "sections[2].not_applicable": {}})
    assert set(found.differ) == {"sections[2].not_applicable", "sections[2].possible"}


def test_a_row_that_was_not_seen_speaks_against_nothing() -> None:
    seen = {name: values for name, values in said().items() if not name.startswith("sections[2]")}
    found = settled(FORM, seen)
    assert found.differ == ()
    assert "sections[2].awarded" not in found.cells


def test_points_available_that_are_written_on_the_form_are_read_too() -> None:
    found = settled(FORM, {**said(), "sections[1].available": {4: 0.6, 9: 0.35}})
    assert found.cells["sections[1].available"].value == 9
