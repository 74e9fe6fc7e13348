"""What a box of a form shows on a sheet: by its widget, by the words in it, by its ink. Seen, not yet understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.forms.form import FieldKind
from processor.model import Means
from processor.reading import marks
from processor.reading.marks import Mark
from processor.reading.seen import Said, Seen
from processor.reading.stored import BUTTONS, squeezed, switched, typed
from processor.reading.values import parse
from processor.reading.written import beside, goes_on, overlaid, runs_on, sticks_out, text, within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processor.forms.form import Field, Spot
    from processor.model import Box, Widget
    from processor.reading.sheets import Sheet

_TICKS = frozenset("xX✓✔✗✘☑☒•●")
_SIGNED = {Mark.NONE: Said(""), Mark.FAINT: Said("", "faint-mark"), Mark.MADE: Said("ink")}


def marks_only(field: Field) -> bool:
    """Whether the field's boxes are ticked, not written in. A choice of one box without a value is a list."""
    if field.kind is FieldKind.CHOICE:
        return len(field.spots) > 1 or bool(field.spots[0].means or field.spots[0].value)
    return field.kind is FieldKind.TICK


def look(field: Field, spot: Spot, sheet: Sheet, taken: frozenset[str]) -> Seen | None:
    """What the box shows on this sheet; None when it cannot be found there."""
    if sheet.zones is not None:
        return sheet.zones.get(spot)
    widgets = sheet.widgets(spot, taken)
    marked = marks_only(field)
    if marked:
        widgets = tuple(w for w in widgets if w.kind in BUTTONS and (not spot.value or w.on == spot.value)) or (
            widgets if len(widgets) == 1 else ()
        )
    if widgets:
        seen = _ticked(widgets, sheet, spot) if marked else _typed(field, widgets, sheet)
        return seen._replace(page=sheet.page.number)
    place = sheet.place(spot)
    if place is None:
        return None
    said, means = _marked(place, sheet) if marked else _written(field, spot, place, sheet)
    return Seen(said, sheet.page.number, place, means)


# ---------------------------------------------------------------- by the widget


def _typed(field: Field, widgets: Sequence[Widget], sheet: Sheet) -> Seen:
    """The text of a widget, or what was written over it while it was left blank."""
    box = widgets[0].box
    said = one([typed(widget, field.kind) for widget in widgets])
    over = text(within(box, sheet.written), comb=bool(widgets[0].comb))
    if over and not said.raw:
        return Seen(Said(over, said.doubt, said.stored, said.drawn), 0, box, Means.TEXT)
    if over and squeezed(over) != squeezed(said.raw):
        said = said._replace(doubt=said.doubt or "field-twice")
    if field.kind is FieldKind.SIGNATURE and not said.raw and sheet.picture is not None:
        return Seen(_SIGNED[marks.inked(sheet.picture, box, sheet.over(box))], 0, box, Means.ZONE)
    return Seen(said, 0, box, Means.WIDGET)


def _ticked(widgets: Sequence[Widget], sheet: Sheet, spot: Spot) -> Seen:
    """Whether a tick or radio button is on, or was crossed with a typewriter."""
    box = widgets[0].box
    group = sheet.named.get(spot.widget, ())
    said = one([switched(widget, group) for widget in widgets])
    over = text(within(box, sheet.written))
    if over and not said.raw:
        return Seen(_crossed(over), 0, box, Means.TEXT)
    return Seen(said, 0, box, Means.WIDGET)


def one(several: Sequence[Said]) -> Said:
    """What several boxes of one name say: `field-twice` when they differ, with the first that says something."""
    first = next((said for said in several if said.raw), several[0])
    if len({squeezed(said.raw) for said in several}) > 1:
        return first._replace(doubt="field-twice")
    return next((said for said in several if said.doubt), first)


# ---------------------------------------------------------------- by words and ink


def _written(field: Field, spot: Spot, place: Box, sheet: Sheet) -> tuple[Said, Means]:
    """The words in the box; unsure where they run over its edge, go on beside it, or come from a scanner.

    Also where words lie over one another, and on a page with Hebrew or Arabic, whose lines pdfium puts into an order
    of its own, English beside them too (`notes;` becomes `;notes`).
    """
    words = within(place, sheet.written)
    raw = text(words, comb=bool(spot.comb))
    doubtful = (
        sticks_out(place, (*sheet.written, *sheet.unseen))
        or goes_on(place, words, sheet.unseen)
        or runs_on(place, words, sheet.written)
        or overlaid(words)
        or (words and (beside(place, sheet.strays) or sheet.page.pictured or sheet.turned))
    )
    if words or doubtful:
        return Said(raw, "unsure-reading" if doubtful else ""), Means.TEXT
    picture = sheet.picture
    mark = Mark.NONE if picture is None else marks.inked(picture, place, sheet.over(place), comb=spot.comb)
    if field.kind is FieldKind.SIGNATURE:
        return _SIGNED[mark], Means.ZONE
    return (Said(""), Means.TEXT) if mark is Mark.NONE else (Said("", "unsure-reading"), Means.ZONE)


def _marked(place: Box, sheet: Sheet) -> tuple[Said, Means]:
    """A tick by its ink; a letter in the box must look like one."""
    words = within(place, sheet.written)
    mark = Mark.NONE if sheet.picture is None else marks.ticked(sheet.picture, place, sheet.over(place))
    if mark is Mark.MADE:
        return Said("On", "faint-mark" if sheet.page.pictured else ""), Means.ZONE
    if words:
        return _crossed(text(words)), Means.TEXT
    return Said("", "" if mark is Mark.NONE else "faint-mark"), Means.ZONE


def _crossed(over: str) -> Said:
    return Said("On") if set(over) <= _TICKS else Said("", "faint-mark")


def differs(field: Field, one_raw: str, other: str) -> bool:
    """Whether two texts of one field mean different things."""
    if squeezed(one_raw) == squeezed(other):
        return False
    value = parse(field.kind, one_raw).value
    return value is None or value != parse(field.kind, other).value
