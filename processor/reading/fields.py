"""From what the boxes show to readings: parsed, compared, and each doubt with the finding that says why.

A reading is sure only when all places that keep it agree and its parser takes it. Blank is an empty box that was seen,
missing is a box that could not be seen. Rows of a table that nobody began are left off its end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from processor.findings import finding
from processor.forms.form import FieldKind
from processor.model import Means, Reading, Row, State, missing
from processor.reading.looking import differs, look, marks_only, one
from processor.reading.parsed import Parsed
from processor.reading.seen import Said, Seen
from processor.reading.stored import BUTTONS, switched, typed
from processor.reading.values import parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from processor.forms.form import Field, Spot, Table
    from processor.model import Finding, Widget
    from processor.reading.sheets import Layout, Sheet

_CONFIDENCE = {Means.WIDGET: 1.0, Means.TEXT: 0.99, Means.ZONE: 0.99}
_UNSURE = 0.5

Read = tuple[Reading, tuple["Finding", ...]]


@dataclass(frozen=True, slots=True)
class Copy:
    """One filled copy of a form: its sheets, of which a page may be missing or there twice."""

    plan: Layout
    sheets: Mapping[int, tuple[Sheet, ...]]
    """By page of the form."""
    widgets: Mapping[str, tuple[Widget, ...]]
    """Every widget of these pages by name, hidden ones too."""


def copy(plan: Layout, sheets: Sequence[Sheet]) -> Copy:
    """The sheets of one copy, put together."""
    by_page: dict[int, tuple[Sheet, ...]] = {}
    widgets: dict[str, tuple[Widget, ...]] = {}
    for sheet in sheets:
        by_page[sheet.number] = (*by_page.get(sheet.number, ()), sheet)
        for widget in sheet.page.widgets:
            if widget.name in plan.names:
                widgets[widget.name] = (*widgets.get(widget.name, ()), widget)
    return Copy(plan, by_page, widgets)


def readings(filled: Copy) -> tuple[tuple[Reading, ...], tuple[Finding, ...]]:
    """Every reading that the form yields, in its order, and what is to be said about them."""
    form = filled.plan.form
    read = [_field(filled, field, field.name) for field in form.fields]
    read += [_table(filled, table) for table in form.tables]
    return tuple(reading for reading, _ in read), tuple(found for _, several in read for found in several)


def _table(filled: Copy, table: Table) -> Read:
    """A table: its state is that of its rows as a whole; each cell has its own."""
    read = [
        [_field(filled, field, f"{table.name}[{number}].{field.name}") for field in row]
        for number, row in enumerate(table.rows, start=1)
    ]
    while read and all(_untouched(cell) for cell, _ in read[-1]):
        read.pop()
    rows = tuple(Row(tuple(cell for cell, _ in row)) for row in read)
    cells = [cell for row in rows for cell in row.cells if cell.page is not None]
    findings = tuple(found for row in read for _, several in row for found in several)
    if rows and not cells:
        return replace(missing(table.name), value=rows), findings
    state = State.SURE if rows else State.BLANK
    page = cells[0].page if cells else None
    return Reading(name=table.name, value=rows, state=state, page=page, means=_means(cells)), findings


def _untouched(cell: Reading) -> bool:
    """Whether nobody wrote in the cell. What the form prints in a row keeps the row."""
    return cell.state is State.BLANK or (cell.value is False and cell.state is State.SURE)


def _means(cells: Sequence[Reading]) -> Means:
    return next((cell.means for cell in cells), Means.WIDGET)


def _field(filled: Copy, field: Field, path: str) -> Read:
    if not field.spots:
        return Reading(name=field.name, value=field.constant, raw=str(field.constant), means=Means.TEXT), ()
    seen = [_seen(filled, field, spot) for spot in field.spots]
    found = [each for each in seen if each is not None]
    if len(found) < len(seen):
        return missing(field.name), ()
    if field.kind is FieldKind.CHOICE and marks_only(field):
        return _choice(field, path, found)
    return _read(field, path, found[0])


def _seen(filled: Copy, field: Field, spot: Spot) -> Seen | None:
    """What the box shows on every sheet where it stands; `field-twice` when one says other than another."""
    sheets = filled.sheets.get(spot.page, ())
    seen = [each for sheet in sheets if (each := look(field, spot, sheet, filled.plan.names)) is not None]
    if not seen:
        return None
    said = one([each.said for each in seen])
    first = next((each for each in seen if each.said.raw == said.raw), seen[0])
    return first._replace(said=_beside_twins(filled, field, spot, first, said))


def _beside_twins(filled: Copy, field: Field, spot: Spot, first: Seen, said: Said) -> Said:
    """Compared with the widgets of the same name elsewhere, hidden ones too: a form may keep a field twice."""
    twins = filled.widgets.get(spot.widget, ())
    if said.doubt or len(twins) < (2 if first.means is Means.WIDGET else 1):
        return said
    if marks_only(field):
        raws = [switched(w, twins).raw for w in twins if w.kind in BUTTONS and (not spot.value or w.on == spot.value)]
    else:
        raws = [typed(widget, field.kind).raw for widget in twins if not widget.hidden or _tells(widget)]
    return _compared(field, said, raws, first.means)


def _compared(field: Field, said: Said, raws: Sequence[str], means: Means) -> Said:
    other = next((raw for raw in raws if differs(field, said.raw, raw)), None)
    if other is None or (means is not Means.WIDGET and not other):
        return said
    if means is Means.WIDGET:
        return said._replace(raw=said.raw or other, doubt="field-twice")
    return Said(said.raw or other, "stored-differs", other, said.raw)


def _tells(widget: Widget) -> bool:
    return any(source.value.strip() for source in widget.sources)


# ---------------------------------------------------------------- understood


class _Meant(NamedTuple):
    """What a box means; `state` holds unless `doubt`, a finding's code, says why not."""

    parsed: Parsed
    state: State
    doubt: str


def _read(field: Field, path: str, seen: Seen) -> Read:
    """The value of a box with a text or a tick."""
    said = seen.said
    if not said.raw:
        empty = False if field.kind in (FieldKind.TICK, FieldKind.SIGNATURE) else None
        state = State.SURE if field.kind is FieldKind.TICK else State.BLANK
        return _result(field.name, path, seen, _Meant(Parsed(empty), state, said.doubt))
    parsed = Parsed(value=True) if field.kind is FieldKind.TICK else parse(field.kind, said.raw)
    return _result(field.name, path, seen, _Meant(parsed, State.SURE, said.doubt or parsed.code))


def _choice(field: Field, path: str, seen: Sequence[Seen]) -> Read:
    """The one box of several that is ticked."""
    pairs = list(zip(field.spots, seen, strict=True))
    on = [(spot.means or spot.value, each) for spot, each in pairs if each.said.raw]
    doubtful = next((each for _, each in pairs if each.said.doubt), None)
    where = on[0][1] if on else doubtful or seen[0]
    meant = tuple(dict.fromkeys(means for means, _ in on))
    said = Said(", ".join(meant)) if doubtful is None else doubtful.said._replace(raw=", ".join(meant))
    doubt = "two-ticks" if len(meant) > 1 else said.doubt
    parsed = Parsed(meant[0]) if len(meant) == 1 else Parsed()
    meaning = _Meant(parsed, State.SURE if on else State.BLANK, doubt)
    return _result(field.name, path, where._replace(said=said), meaning)


def _result(name: str, path: str, seen: Seen, meant: _Meant) -> Read:
    doubt = meant.doubt
    reading = Reading(
        name=name,
        value=None if doubt and not seen.said.raw else meant.parsed.value,
        state=State.UNSURE if doubt else meant.state,
        raw=seen.said.raw,
        confidence=_confidence(seen, doubt),
        means=seen.means,
        page=seen.page,
        box=seen.box,
        doubt=doubt,
    )
    return reading, (_finding(path, seen, meant),) if doubt else ()


def _confidence(seen: Seen, doubt: str) -> float:
    if seen.confidence is None:
        return _UNSURE if doubt else _CONFIDENCE[seen.means]
    return min(seen.confidence, _UNSURE) if doubt not in ("", "unsure-reading") else seen.confidence


def _finding(path: str, seen: Seen, meant: _Meant) -> Finding:
    said, parsed = seen.said, meant.parsed
    words = {"raw": said.raw, "expected": parsed.expected, "stored": said.stored, "drawn": said.drawn}
    found = finding(meant.doubt, page=seen.page, box=seen.box, reading=path, **words)
    guesses = parsed.guesses
    return replace(found, says=f"{found.says} It may be {guesses}.") if guesses else found
