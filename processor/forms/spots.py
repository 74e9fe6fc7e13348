"""From the widgets of a blank to the spots of a field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from processor.forms.faults import close
from processor.forms.form import FieldKind, Spot
from processor.forms.readings import CHOICES
from processor.model import WidgetKind as W

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from processor.forms.faults import Faults
    from processor.model import Page, Widget

_BOXES = frozenset({W.TICK, W.RADIO})
_FITS = {
    FieldKind.TICK: _BOXES,
    FieldKind.CHOICE: _BOXES | {W.CHOICE},
    FieldKind.SIGNATURE: frozenset({W.TEXT, W.SIGNATURE}),
}
_WRITTEN = frozenset({W.TEXT, W.CHOICE})
"""For all other kinds of field."""


class Blank:
    """The widgets of a blank by name, hidden ones left out, and which of them a reading uses."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.widgets: dict[str, list[Widget]] = {}
        self.used: set[str] = set()
        for widget in (w for page in pages for w in page.widgets if not w.hidden):
            self.widgets.setdefault(widget.name, []).append(widget)

    def spots(
        self, where: str, kind: FieldKind, widget: str, entry: Mapping[str, Any], faults: Faults
    ) -> tuple[Spot, ...]:
        """Where a field stands. What is wrong with its declaration goes to the faults.

        Args:
            where: the field, as a fault names it.
            kind: what is written in it.
            widget: the name of its widget; a group of radio buttons has one name.
            entry: its declaration; for a choice, `choices` maps what a button stores to what it means, or
                `boxes` maps the names of single ticks to that.
            faults: what is wrong so far.
        """
        if kind is not FieldKind.CHOICE:
            found = self._named(where, kind, widget, faults)
            return tuple(_spot(w, w.on) for w in found[:1])
        boxes = faults.table(where, entry, "boxes")
        if boxes:
            spots = [
                _spot(w, w.on, self._meaning(where, str(means), faults))
                for name, means in boxes.items()
                for w in self._named(where, kind, name, faults)[:1]
            ]
        else:
            spots = self._choices(where, widget, faults.table(where, entry, "choices"), faults)
        return tuple(spots)

    def _choices(self, where: str, widget: str, choices: Mapping[str, Any], faults: Faults) -> list[Spot]:
        """One spot for each value that the widget can store, in the order of the blank."""
        found = self._named(where, FieldKind.CHOICE, widget, faults)
        stored = [(w, value) for w in found for value in (w.options if w.kind is W.CHOICE else (w.on,))]
        known = [value for _, value in stored]
        for value in choices if found else ():
            if value not in known:
                faults.add(where, f"no box stores “{value}”.", f"Write {close(value, known) or ' or '.join(known)}.")
        spots = []
        for w, value in stored:
            if choices and value not in choices:
                faults.add(where, f"nothing says what the box “{value}” means.", "Add it to its choices.")
            spots.append(_spot(w, value, self._meaning(where, str(choices.get(value, value)), faults)))
        return spots

    def _meaning(self, where: str, means: str, faults: Faults) -> str:
        allowed = CHOICES.get(where.removeprefix("field "), ())
        if allowed and means not in allowed:
            faults.add(
                where, f"a box cannot mean “{means}”.", f"Write {close(means, allowed) or ' or '.join(allowed)}."
            )
        return means

    def _named(self, where: str, kind: FieldKind, name: str, faults: Faults) -> list[Widget]:
        """The widgets of a name, if they are such that the kind of field can be written in them."""
        found = self.widgets.get(name, [])
        if not found:
            near = close(name, self.widgets) or "the name of a box; `secor forms check` lists them"
            faults.add(where, f"the blank has no box “{name}”.", f"Write {near}.")
            return []
        if name in self.used:
            faults.add(where, f"the box “{name}” is used by another reading too.", "Use each box once.")
        self.used.add(name)
        if any(w.kind not in _FITS.get(kind, _WRITTEN) for w in found):
            faults.add(
                where,
                f"the box “{name}” is a {found[0].kind} box; a {kind} cannot stand in it.",
                "Correct box or kind.",
            )
            return []
        return found


def _spot(widget: Widget, value: str = "", means: str = "") -> Spot:
    return Spot(
        widget=widget.name,
        page=widget.page,
        box=widget.box,
        value=value,
        means=means,
        comb=widget.comb,
        multiline=widget.multiline,
    )
