"""Between an audit's readings and its cells: `sections[3].awarded`, `items[12].not_applicable`, `total_awarded`."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from processor.decoding.audits import AuditCells, Cell, ItemCells, SectionCells
from processor.decoding.sums import settle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from processor.decoding.agreement import Trust
    from processor.decoding.audits import Number
    from processor.decoding.sums import Settled
    from processor.forms.form import Form, Section


def settled(form: Form, said: Mapping[str, Mapping[Number, float]], trust: Trust | None = None) -> Settled:
    """The most probable reading of a form's points, and how sure each is.

    Args:
        form: an audit, whose rows stand in the order of its sections and items.
        said: for each reading that was seen, how probable each value is by its writing; what is missing to one is the
            probability of something else. Ticks are True and False, also where no mark is. An empty box for a number
            has no values; a reading that is left out was not seen.
        trust: how far arithmetic is trusted.

    Returns:
        For each reading with values, the settled one; for none of them a value that was not said.

    Raises:
        ValueError: what is no probability or no number.
    """
    found = settle(cells(form, said), trust)
    return replace(found, cells={name: cell for name, cell in found.cells.items() if said.get(name)})


def cells(form: Form, said: Mapping[str, Mapping[Number, float]]) -> AuditCells:
    """The cells of a form; see `settled`."""
    items = count(1)
    return AuditCells(
        sections=tuple(_section(place, section, said, items) for place, section in enumerate(form.sections, start=1)),
        total_possible=_cell("total_possible", said),
        total_awarded=_cell("total_awarded", said),
        overall_percent=_cell("overall_percent", said),
    )


def _section(
    place: int, section: Section, said: Mapping[str, Mapping[Number, float]], items: Iterator[int]
) -> SectionCells:
    """A section; what it has available is printed, and an empty N/A says that nothing is taken out."""
    row = f"sections[{place}]"
    return SectionCells(
        items=tuple(_item(next(items), item.points, said) for item in section.items),
        available=Cell(f"{row}.available", said.get(f"{row}.available") or {section.points: 1.0}),
        not_applicable=_not_applicable(f"{row}.not_applicable", said),
        possible=_cell(f"{row}.possible", said),
        awarded=_cell(f"{row}.awarded", said),
        percent=_cell(f"{row}.percent", said),
    )


def _item(place: int, points: int, said: Mapping[str, Mapping[Number, float]]) -> ItemCells:
    row = f"items[{place}]"
    return ItemCells(
        points=points,
        awarded=_cell(f"{row}.awarded", said),
        not_applicable=_cell(f"{row}.not_applicable", said),
    )


def _not_applicable(name: str, said: Mapping[str, Mapping[Number, float]]) -> Cell:
    return Cell(name, {0: 1.0}) if name in said and not said[name] else _cell(name, said)


def _cell(name: str, said: Mapping[str, Mapping[Number, float]]) -> Cell:
    values = said.get(name, {})
    return Cell(name, values, max(0.0, 1 - sum(values.values())))
