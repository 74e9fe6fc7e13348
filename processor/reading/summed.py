"""The points of a scanned audit read as a whole: each cell as probable as its writing and the sums it stands in.

A clear figure is never replaced by the one that would add up: arithmetic only chooses among what the writing supports.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from processor.decoding.agreement import Trust
from processor.decoding.audit_cells import settled
from processor.forms.form import FieldKind
from processor.reading.values import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from processor.decoding.audits import Number
    from processor.decoding.sums import SettledCell
    from processor.forms.form import Field, Form, Spot
    from processor.reading.seen import Seen
    from processor.reading.sheets import Sheet

_SURE = 0.999
_TRUST = Trust(floor=0.01)
"""A candidate that the writing hardly supports is none: the recogniser's own figures are a little too certain."""
_OF_POINTS = ("sections", "items")
_TOTALS = ("total_possible", "total_awarded", "overall_percent")


def summed(form: Form, sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets with the points of their scanned boxes settled together; sheets that were not scanned stay."""
    shown = [(path, field, seen) for path, field in _cells(form) for seen in _seen(field, sheets)]
    by_path = {path: seen for path, _, seen in shown}
    if len(by_path) < len(shown):  # a page that is there twice: two copies of a sum are not one
        return list(sheets)
    said = {path: _said(field, seen) for path, field, seen in shown if seen.guesses or not seen.said.doubt}
    if not any(said.values()):
        return list(sheets)
    found = settled(form, said, _TRUST)
    told: dict[Spot, Seen] = {
        field.spots[0]: _told(field, seen, found.cells[path], differs=path in found.differ)
        for path, field, seen in shown
        if path in found.cells and field.kind is not FieldKind.TICK
    }
    return [_with(sheet, told) for sheet in sheets]


def _with(sheet: Sheet, told: Mapping[Spot, Seen]) -> Sheet:
    zones = None if sheet.zones is None else {spot: told.get(spot, seen) for spot, seen in sheet.zones.items()}
    return replace(sheet, zones=zones)


def _cells(form: Form) -> Iterator[tuple[str, Field]]:
    """The fields that stand in sums, by the path of their reading."""
    for path, field in form.paths():
        table, bracket, _ = path.partition("[")
        points = field.kind in (FieldKind.POINTS, FieldKind.PERCENT, FieldKind.TICK)
        if field.spots and (table in _OF_POINTS and points if bracket else path in _TOTALS):
            yield path, field


def _seen(field: Field, sheets: Sequence[Sheet]) -> Iterator[Seen]:
    for sheet in sheets:
        if sheet.zones is not None and field.spots[0] in sheet.zones:
            yield sheet.zones[field.spots[0]]


def _said(field: Field, seen: Seen) -> dict[Number, float]:
    """How probable each value is by its writing; nothing for an empty box."""
    if field.kind is FieldKind.TICK:
        on = 0.5 if seen.said.doubt else (seen.confidence or 0.0) if seen.said.raw else 1 - (seen.confidence or 0.0)
        return {True: on, False: 1 - on}
    values: dict[Number, float] = {}
    for text, probability in seen.guesses:
        value = parse(field.kind, text).value
        if isinstance(value, int | Decimal):
            values[value] = values.get(value, 0.0) + probability
    return values


def _told(field: Field, seen: Seen, cell: SettledCell, *, differs: bool) -> Seen:
    """The box with the settled value; asked about where that is not sure."""
    texts = [text for text, _ in seen.guesses if parse(field.kind, text).value == cell.value]
    raw = texts[0] if cell.value is not None and texts else seen.said.raw
    sure = cell.value is not None and cell.posterior >= _SURE and not (differs and cell.moved)
    said = seen.said._replace(raw=raw, doubt="" if sure else "unsure-reading")
    return seen._replace(said=said, confidence=cell.posterior if cell.value is not None else 0.0)
