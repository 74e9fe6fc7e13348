"""What the arithmetic of an audit may do with what was written, and what it must leave alone."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from processor.decoding.agreement import Trust
from processor.decoding.audits import AuditCells, Cell, ItemCells, SectionCells
from processor.decoding.sums import settle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from processor.decoding.audits import Number

CLEAR = 0.9999


def clear(name: str, value: Number) -> Cell:
    return Cell(name, {value: CLEAR}, 1 - CLEAR)


def item(place: str, points: int, awarded: int, *, na: bool = False) -> ItemCells:
    name = f"i{place}"
    return ItemCells(points=points, awarded=clear(name, awarded), not_applicable=clear(f"{name}.na", na))


def section(number: int, items: tuple[ItemCells, ...], **row: Number) -> SectionCells:
    cells = {name: clear(f"s{number}.{name}", value) for name, value in row.items()}
    return SectionCells(items=items, available=Cell(f"s{number}.available", {sum(i.points for i in items): 1}), **cells)


def audit() -> AuditCells:
    """8 of 9 and, without the two points that are not applicable, 5 of 6: 13 of 15."""
    first = (item("1.1", 4, 4), item("1.2", 5, 4))
    second = (item("2.1", 3, 2), item("2.2", 2, 0, na=True), item("2.3", 3, 3))
    return AuditCells(
        sections=(
            section(1, first, not_applicable=0, possible=9, awarded=8, percent=Decimal("88.9")),
            section(2, second, not_applicable=2, possible=6, awarded=5, percent=83),
        ),
        total_possible=clear("total_possible", 15),
        total_awarded=clear("total_awarded", 13),
        overall_percent=clear("overall_percent", Decimal("86.67")),
    )


NAMES = [
    *("i1.1", "i1.2", "i2.1", "i2.3", "i2.2.na"),
    *(f"s{n}.{name}" for n in (1, 2) for name in ("not_applicable", "possible", "awarded", "percent")),
    *("total_possible", "total_awarded", "overall_percent"),
]


def rewritten(audit: AuditCells, said: Mapping[str, Cell]) -> AuditCells:
    """The audit with other cells in the place of those of the same name."""

    def new(cell: Cell) -> Cell:
        return said.get(cell.name, cell)

    def row(part: SectionCells) -> SectionCells:
        items = tuple(
            replace(item, awarded=new(item.awarded), not_applicable=new(item.not_applicable)) for item in part.items
        )
        names = ("not_applicable", "possible", "awarded", "percent")
        return replace(part, items=items, **{name: new(getattr(part, name)) for name in names})

    totals = ("total_possible", "total_awarded", "overall_percent")
    return replace(
        audit,
        sections=tuple(row(part) for part in audit.sections),
        **{name: new(getattr(audit, name)) for name in totals},
    )


def truth(name: str) -> Number:
    return next(iter(cell_of(name).candidates))


def cell_of(name: str) -> Cell:
    whole = audit()
    cells = [getattr(whole, total) for total in ("total_possible", "total_awarded", "overall_percent")]
    for part in whole.sections:
        cells += [part.not_applicable, part.possible, part.awarded, part.percent]
        cells += [cell for item in part.items for cell in (item.awarded, item.not_applicable)]
    found: Cell = next(cell for cell in cells if cell.name == name)
    return found


# ---------------------------------------------------------------- what arithmetic can do


def test_an_audit_that_adds_up_is_read_as_it_is_written() -> None:
    settled = settle(audit())
    assert settled.differ == ()
    assert {name: settled.cells[name].value for name in NAMES} == {name: truth(name) for name in NAMES}
    assert not any(cell.moved for cell in settled.cells.values())


@pytest.mark.parametrize("name", NAMES)
def test_a_sum_that_confirms_a_cell_makes_it_surer(name: str) -> None:
    doubtful = rewritten(audit(), {name: Cell(name, {truth(name): 0.9}, 0.1)})
    assert settle(doubtful).cells[name].posterior > 0.98


@pytest.mark.parametrize("name", [name for name in NAMES if "percent" not in name])
def test_a_cell_read_as_something_else_is_moved_to_the_candidate_that_adds_up(name: str) -> None:
    right = truth(name)
    other = (not right) if isinstance(right, bool) else right + 1
    settled = settle(rewritten(audit(), {name: Cell(name, {other: 0.8, right: 0.15}, 0.05)}))
    cell = settled.cells[name]
    assert (cell.value, cell.moved, settled.differ) == (right, True, ())
    assert cell.posterior > 0.9
    assert cell.margin > 0


@given(st.sets(st.sampled_from(NAMES), max_size=2), st.data())
@settings(max_examples=25, deadline=None)
def test_noise_on_two_cells_is_seen_through(names: set[str], data: st.DataObject) -> None:
    """Two are what the sums can always bear, but for an item and its own section's awarded points."""
    assume(len({name[1] for name in names if name[0] in "is"}) == len([name for name in names if name[0] in "is"]))
    said = {}
    for name in names:
        right = truth(name)
        other = (not right) if isinstance(right, bool) else right + data.draw(st.sampled_from([1, 2, 3]))
        weight = data.draw(st.floats(0.2, 0.7))
        said[name] = Cell(name, {other: 0.9 - weight, right: weight}, 0.1)
    settled = settle(rewritten(audit(), said))
    assert {name: settled.cells[name].value for name in names} == {name: truth(name) for name in names}


def test_two_readings_that_are_as_good_are_not_mixed() -> None:
    """Either item may be the one with 3 points: the best reading has one of them, not both or none."""
    either = {name: Cell(name, {3: 0.5, 4: 0.5}) for name in ("i1.1", "i1.2")}
    settled = settle(rewritten(audit(), {**either, "s1.awarded": clear("s1.awarded", 7)}))
    assert sorted(int(settled.cells[name].value or 0) for name in either) == [3, 4]
    assert settled.cells["i1.1"].posterior == pytest.approx(0.5, abs=0.01)
    assert settled.cells["i1.1"].margin == pytest.approx(0)


# ---------------------------------------------------------------- what it must not do


@pytest.mark.parametrize(
    ("name", "value", "differ"),
    [
        ("s1.awarded", 7, {"s1.awarded", "s1.percent", "total_awarded"}),
        ("s1.possible", 8, {"s1.possible", "s1.percent", "total_possible"}),
        ("s2.not_applicable", 1, {"s2.not_applicable", "s2.possible"}),
        ("s2.percent", 82, {"s2.percent"}),
        ("total_awarded", 14, {"total_awarded", "overall_percent"}),
        ("total_possible", 14, {"total_possible", "overall_percent"}),
        ("overall_percent", 87, set()),
        ("overall_percent", 88, {"overall_percent"}),
        ("i1.1", 3, {"s1.awarded"}),
        ("i2.2.na", False, {"s2.not_applicable"}),
    ],
)
def test_a_clear_but_wrong_sum_is_kept_and_reported(name: str, value: Number, differ: set[str]) -> None:
    certain = {other: Cell(other, {truth(other): 1.0}) for other in NAMES}
    settled = settle(rewritten(audit(), {**certain, name: Cell(name, {value: 1.0})}))
    assert settled.cells[name].value == value
    assert settled.cells[name].posterior == pytest.approx(1)
    assert set(settled.differ) == differ


@pytest.mark.parametrize(("sure", "value"), [(0.999, 73), (0.95, None)])
def test_a_wrong_sum_written_less_than_perfectly_is_asked_about_and_never_replaced(sure: float, value: int) -> None:
    settled = settle(rewritten(audit(), {"s2.percent": Cell("s2.percent", {73: sure}, 1 - sure)}))
    cell = settled.cells["s2.percent"]
    assert cell.value == value
    assert cell.posteriors[73] < 0.96
    assert settled.differ == (("s2.percent",) if value else ())


def test_what_the_writing_does_not_support_is_never_said() -> None:
    """The sums would have 8 points; the writing says 3, and leaves one in ten thousand for 8."""
    settled = settle(rewritten(audit(), {"s1.awarded": Cell("s1.awarded", {3: 0.9999, 8: 0.0001})}))
    assert settled.cells["s1.awarded"].value in (3, None)
    assert 8 not in settled.cells["s1.awarded"].posteriors


@given(st.data())
@settings(max_examples=20, deadline=None)
def test_only_candidates_are_said_and_their_posteriors_are_probabilities(data: st.DataObject) -> None:
    names = data.draw(st.sets(st.sampled_from(NAMES)))
    values = st.lists(st.tuples(st.integers(0, 9), st.floats(0.01, 1)), min_size=1, max_size=3)
    said = {}
    for name in sorted(name for name in names if not name.endswith("na")):
        written: dict[Number, float] = dict(data.draw(values))
        said[name] = Cell(name, written, data.draw(st.floats(0, 1)))
    settled = settle(rewritten(audit(), said))
    for name, cell in settled.cells.items():
        assert name not in said or cell.value in {None, *said[name].candidates}
        assert sum(cell.posteriors.values()) == pytest.approx(1)
        assert cell.margin >= 0
        assert cell.posterior == cell.posteriors[cell.value]


@given(st.sampled_from(NAMES), st.floats(0.05, 0.6), st.floats(1.01, 5), st.sampled_from([12, 13]))
@settings(max_examples=25, deadline=None)
def test_clearer_writing_of_a_value_never_makes_it_less_probable(
    name: str, weight: float, clearer: float, total_awarded: int
) -> None:
    """Others keep their proportions; whether the rest of the sheet adds up does not matter."""
    total = {"total_awarded": clear("total_awarded", total_awarded)}
    right = truth(name)
    other = (not right) if isinstance(right, bool) else right + 2

    def probable(weight: float) -> float:
        cell = Cell(name, {right: weight, other: 0.3}, 0.1)
        return settle(rewritten(audit(), {**total, name: cell})).cells[name].posteriors[right]

    assert probable(weight * clearer) >= probable(weight)


# ---------------------------------------------------------------- boxes that are empty, and other corners


def test_points_possible_that_nobody_wrote_are_what_is_left_of_available() -> None:
    whole = audit()
    silent = replace(whole, sections=tuple(replace(part, possible=Cell()) for part in whole.sections))
    doubtful = Cell("total_possible", {16: 0.6, 15: 0.4})
    settled = settle(rewritten(silent, {"total_possible": doubtful}))
    assert settled.cells["total_possible"].value == 15
    assert "s1.possible" not in settled.cells


def test_an_empty_item_leaves_its_section_open_but_not_the_other_sums() -> None:
    whole = audit()
    first, *others = whole.sections
    empty = replace(first, items=(replace(first.items[0], awarded=Cell()), first.items[1]))
    settled = settle(replace(whole, sections=(empty, *others)))
    assert settled.differ == ()
    assert settled.cells["s1.awarded"].posterior > 0.999


def test_an_item_marked_not_applicable_brings_nothing_whatever_is_written_beside_the_mark() -> None:
    settled = settle(rewritten(audit(), {"i2.2": clear("i2.2", 2)}))
    assert (settled.cells["i2.2"].value, settled.differ) == (2, ())


def test_more_points_than_can_be_had_are_the_less_probable_reading() -> None:
    alone = AuditCells(sections=(SectionCells(items=(ItemCells(points=4, awarded=Cell("i", {9: 0.6, 4: 0.4})),)),))
    assert settle(alone).cells["i"].value == 4


@pytest.mark.parametrize("percent", ["66", "67", "66.6", "66.7", "66.66", "66.67"])
def test_every_usual_rounding_of_a_percentage_agrees(percent: str) -> None:
    assert settle(two_thirds(percent)).differ == ()


@pytest.mark.parametrize("percent", ["65", "68", "66.5", "66.8", "66.65", "66.68"])
def test_other_percentages_differ(percent: str) -> None:
    assert settle(two_thirds(percent)).differ == ("percent",)


def two_thirds(percent: str) -> AuditCells:
    row = SectionCells(
        available=Cell("available", {3: 1}),
        not_applicable=Cell("na", {0: 1}),
        awarded=Cell("awarded", {2: 1}),
        percent=Cell("percent", {Decimal(percent): 1}),
    )
    return AuditCells(sections=(row,))


def test_a_sheet_without_sections_has_totals_that_nothing_speaks_for() -> None:
    settled = settle(AuditCells(sections=(), total_awarded=Cell("total", {0: 0.75, 1: 0.25})))
    assert settled.differ == ()
    assert settled.cells["total"].posteriors[0] > 0.75


def test_a_cell_that_can_be_only_one_thing_has_no_rival() -> None:
    settled = settle(AuditCells(sections=(SectionCells(available=Cell("available", {3: 1})),)))
    assert settled.cells["available"].margin == math.inf


def test_less_trust_in_people_means_less_is_moved() -> None:
    said = rewritten(audit(), {"total_awarded": Cell("total_awarded", {14: 0.9, 13: 0.1})})
    some, none = (settle(said, Trust(wrong=wrong)).cells["total_awarded"].posteriors[13] for wrong in (0.02, 0.9))
    assert some > 0.9 > none


@pytest.mark.parametrize(
    ("candidates", "rest"), [({1: -0.1}, 0.0), ({1: math.nan}, 0.0), ({1: 0.0}, 0.0), ({1: 1}, -1)]
)
def test_what_is_no_probability_is_refused(candidates: Mapping[Number, float], rest: float) -> None:
    with pytest.raises(ValueError, match="no probabilities"):
        Cell("a", candidates, rest)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity")])
def test_what_is_no_number_is_refused(value: Decimal) -> None:
    with pytest.raises(ValueError, match="no numbers"):
        Cell("a", {value: 1.0})


@pytest.mark.parametrize("trust", [{"wrong": 0}, {"wrong": 1}, {"spread": 0.5}, {"floor": 1}, {"most": 0}])
def test_a_trust_that_rules_readings_out_is_refused(trust: Mapping[str, float]) -> None:
    with pytest.raises(ValueError, match="no such trust"):
        Trust(**trust)  # type: ignore[arg-type]
